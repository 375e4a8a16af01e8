/* element.h: reading and writing libvirt's XML with libxml2: bounded, and nothing is ever fetched.
 *
 * The few calls that the files of this folder need, so that none of them prints XML by itself. It
 * knows no word of libvirt's. Not a general XML library: no entity, no document type is taken.
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

#define FERRY_ELEMENT_MAX_XML (4 * 1024 * 1024)

typedef xmlNode FerryElement;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

xmlDoc *ferry_element_parse (const char *text, const char *name, GError **error);
char *ferry_element_print (xmlDoc *document);

xmlDoc *ferry_element_new (const char *name);
FerryElement *ferry_element_add (FerryElement *parent, const char *name);
FerryElement *ferry_element_add_text (FerryElement *parent, const char *name, const char *text);
/* Attributes as pairs of name and value, NULL at the end; a pair whose value is NULL is left out. */
FerryElement *ferry_element_add_with (FerryElement *parent, const char *name, ...)
    G_GNUC_NULL_TERMINATED;
void ferry_element_set (FerryElement *element, const char *name, const char *value);
void ferry_element_set_number (FerryElement *element, const char *name, guint64 value);

FerryElement *ferry_element_find (FerryElement *parent, const char *name);
FerryElement *ferry_element_next (FerryElement *element, const char *name);
char *ferry_element_get (FerryElement *element, const char *name);
char *ferry_element_get_text (FerryElement *element);
gboolean ferry_element_says (FerryElement *element, const char *name, const char *value);

G_END_DECLS
