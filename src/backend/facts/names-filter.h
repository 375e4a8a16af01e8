/* names-filter.h: the lines of a list of names that some devices need.
 *
 * libpci puts every line of its list into a table before it answers the first question; of some
 * forty thousand a computer needs some dozen. The format is that of pci.ids(5). Nothing is
 * understood here but where a block starts: what is kept is kept byte for byte, and libpci reads
 * it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FerryNamesFilter FerryNamesFilter;

FerryNamesFilter *ferry_names_filter_new (void);
void ferry_names_filter_free (FerryNamesFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryNamesFilter, ferry_names_filter_free)

void ferry_names_filter_add (FerryNamesFilter *filter, guint16 vendor, guint16 device,
                             guint16 subvendor);
gboolean ferry_names_filter_read (FerryNamesFilter *filter, int fd, GString *out);

G_END_DECLS
