/* mark.h: Ferry's mark in the description of a virtual machine: which files Ferry made for it.
 *
 * Pure: libvirt's XML in, XML out. libvirt keeps elements of other name spaces below "metadata"
 * (https://libvirt.org/formatdomain.html#general-metadata). Only what is marked is ever deleted.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FERRY_MARK_SPACE "urn:org.ferryvm"
#define FERRY_MARK_MAX_FILES 8

/* @uuid: (nullable) becomes the machine's; @files: absolute paths, NULL at the end. */
char *ferry_mark_write (const char *xml, const char *uuid, const char *const *files, GError **error);
/* The marked files (transfer full); NULL when the machine has no mark, so that it is not Ferry's. */
char **ferry_mark_read (const char *xml);

G_END_DECLS
