/* mark.c: see mark.h. */
#include "config.h"

#include "guest/element.h"
#include "guest/mark.h"

/* The mark in the metadata, or NULL. Prefixes are anybody's; the name space counts. */
static FerryElement *
find_mark (xmlDoc *document)
{
  FerryElement *metadata = ferry_element_find (xmlDocGetRootElement (document), "metadata");

  for (xmlNode *child = metadata != NULL ? metadata->children : NULL; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && child->ns != NULL
        && xmlStrEqual (child->ns->href, (const xmlChar *)FERRY_MARK_SPACE))
      return child;
  return NULL;
}

/**
 * ferry_mark_write:
 *
 * A mark that is there already is replaced.
 *
 * Returns: (transfer full) (nullable): @xml with the mark; %FERRY_ERROR_INVALID when it is no virtual machine
 */
char *
ferry_mark_write (const char *xml, const char *uuid, const char *const *files, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domain", error);
  FerryElement *domain, *metadata, *mark;

  if (document == NULL)
    return NULL;
  domain = xmlDocGetRootElement (document);
  mark = find_mark (document);
  if (mark != NULL)
    {
      xmlUnlinkNode (mark);
      xmlFreeNode (mark);
    }
  if (uuid != NULL && ferry_element_find (domain, "uuid") == NULL)
    ferry_element_add_text (domain, "uuid", uuid);
  metadata = ferry_element_find (domain, "metadata");
  if (metadata == NULL)
    metadata = ferry_element_add (domain, "metadata");
  mark = ferry_element_add_with (metadata, "ferry:machine", "xmlns:ferry", FERRY_MARK_SPACE, NULL);
  for (guint i = 0; files[i] != NULL && i < FERRY_MARK_MAX_FILES; i++)
    ferry_element_add_with (mark, "ferry:made", "path", files[i], NULL);
  return ferry_element_print (document);
}

char **
ferry_mark_read (const char *xml)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domain", NULL);
  FerryElement *mark = document != NULL ? find_mark (document) : NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  if (mark == NULL)
    return NULL;
  for (xmlNode *child = mark->children; child != NULL && files->len < FERRY_MARK_MAX_FILES; child = child->next)
    {
      g_autofree char *path
          = child->type == XML_ELEMENT_NODE && xmlStrEqual (child->name, (const xmlChar *)"made") ? ferry_element_get (child, "path")
                                                                                                 : NULL;
      if (path != NULL && g_path_is_absolute (path))
        g_ptr_array_add (files, g_steal_pointer (&path));
    }
  g_ptr_array_add (files, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&files), FALSE);
}
