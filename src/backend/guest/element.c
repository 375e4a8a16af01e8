/* element.c: see element.h. */
#include "config.h"

#include <limits.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/element.h"

static const xmlChar *
in (const char *text)
{
  return (const xmlChar *) text;
}

/* libxml2 wants to be made ready once before threads use it. */
static void
prepare (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      xmlInitParser ();
      g_once_init_leave (&ready, 1);
    }
}

/**
 * ferry_element_parse:
 * @text: XML, from anybody
 * @name: what the outermost element must be called
 *
 * At most %FERRY_ELEMENT_MAX_XML bytes. libxml2 itself bounds the depth (256 levels). A document type
 * is refused, so that there are no entities that could grow or name files. Blanks that only set
 * elements apart are dropped; printing sets them anew.
 *
 * Returns: (transfer full) (nullable): the document; %FERRY_ERROR_TOO_LARGE or %FERRY_ERROR_INVALID
 */
xmlDoc *
ferry_element_parse (const char *text, const char *name, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  gsize size = strlen (text);
  xmlNode *root;

  prepare ();
  if (size > FERRY_ELEMENT_MAX_XML)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_TOO_LARGE,
                           _("The description from libvirt is too large to be real."));
      return NULL;
    }
  document = xmlReadMemory (text, (int) size, NULL, "UTF-8",
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                | XML_PARSE_NOBLANKS);
  root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  if (root == NULL || document->intSubset != NULL || document->extSubset != NULL
      || !xmlStrEqual (root->name, in (name)))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("The description is not one that libvirt makes."));
      return NULL;
    }
  return g_steal_pointer (&document);
}

/**
 * ferry_element_print:
 *
 * As libvirt writes it: without the line that says "xml version", set in by two blanks a level.
 *
 * Returns: (transfer full): the text
 */
char *
ferry_element_print (xmlDoc *document)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  xmlSaveCtxt *save
      = xmlSaveToBuffer (buffer, "UTF-8", XML_SAVE_FORMAT | XML_SAVE_NO_DECL | XML_SAVE_AS_XML);
  char *text;

  xmlSaveDoc (save, document);
  xmlSaveClose (save);
  text = g_strdup ((const char *) xmlBufferContent (buffer));
  xmlBufferFree (buffer);
  return text;
}

/**
 * ferry_element_new:
 *
 * Returns: (transfer full): a document with one element @name
 */
xmlDoc *
ferry_element_new (const char *name)
{
  xmlDoc *document;

  prepare ();
  document = xmlNewDoc (in ("1.0"));
  xmlDocSetRootElement (document, xmlNewDocNode (document, NULL, in (name), NULL));
  return document;
}

/**
 * ferry_element_add:
 *
 * Returns: (transfer none): a new element at the end of @parent
 */
FerryElement *
ferry_element_add (FerryElement *parent, const char *name)
{
  return xmlNewChild (parent, NULL, in (name), NULL);
}

FerryElement *
ferry_element_add_text (FerryElement *parent, const char *name, const char *text)
{
  return xmlNewTextChild (parent, NULL, in (name), in (text));
}

FerryElement *
ferry_element_add_with (FerryElement *parent, const char *name, ...)
{
  FerryElement *element = ferry_element_add (parent, name);
  const char *attribute;
  va_list pairs;

  va_start (pairs, name);
  while ((attribute = va_arg (pairs, const char *)) != NULL)
    {
      const char *value = va_arg (pairs, const char *);

      if (value != NULL)
        ferry_element_set (element, attribute, value);
    }
  va_end (pairs);
  return element;
}

void
ferry_element_set (FerryElement *element, const char *name, const char *value)
{
  xmlSetProp (element, in (name), in (value));
}

void
ferry_element_set_number (FerryElement *element, const char *name, guint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  ferry_element_set (element, name, text);
}

static FerryElement *
skip_to (xmlNode *node, const char *name)
{
  while (node != NULL
         && (node->type != XML_ELEMENT_NODE || (name != NULL && !xmlStrEqual (node->name, in (name)))))
    node = node->next;
  return node;
}

/**
 * ferry_element_find:
 * @parent: (nullable)
 * @name: (nullable): %NULL for any
 *
 * Returns: (transfer none) (nullable): the first element @name directly in @parent
 */
FerryElement *
ferry_element_find (FerryElement *parent, const char *name)
{
  return parent != NULL ? skip_to (parent->children, name) : NULL;
}

FerryElement *
ferry_element_next (FerryElement *element, const char *name)
{
  return skip_to (element->next, name);
}

static char *
take (xmlChar *text)
{
  char *copy = g_strdup ((const char *) text);

  if (text != NULL)
    xmlFree (text);
  return copy;
}

/**
 * ferry_element_get:
 * @element: (nullable)
 *
 * Returns: (transfer full) (nullable): the attribute @name
 */
char *
ferry_element_get (FerryElement *element, const char *name)
{
  return element != NULL ? take (xmlGetNoNsProp (element, in (name))) : NULL;
}

/**
 * ferry_element_get_text:
 * @element: (nullable)
 *
 * Returns: (transfer full) (nullable): what is written in it, without blanks at both ends
 */
char *
ferry_element_get_text (FerryElement *element)
{
  char *text = element != NULL ? take (xmlNodeGetContent (element)) : NULL;

  return text != NULL ? g_strstrip (text) : NULL;
}

/**
 * ferry_element_says:
 *
 * Returns: whether the attribute @name is @value
 */
gboolean
ferry_element_says (FerryElement *element, const char *name, const char *value)
{
  g_autofree char *found = ferry_element_get (element, name);

  return g_strcmp0 (found, value) == 0;
}
