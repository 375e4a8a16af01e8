/* wish.h: the words behind “ferryctl vm”: what to do, with which virtual machine, and how it should be.
 *
 * From argv to values by GOption. It knows no libvirt; sizes and addresses are parsed here, everything else is
 * judged by guest/guest.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *verb;                     /* "create"; NULL for the list of verbs */
  char *name;                     /* of the virtual machine, or NULL */
  gboolean help, json, yes, dry_run, force, keep_disk;
  gboolean no_tuning, huge_pages, no_window, hidden, hdr;
  char *root, *machine, *connect; /* NULL: this computer, the system's libvirt */
  char **cards;                   /* addresses as typed, or NULL */
  char **gear, **usb, **keyboards, **mice;
  char *system, *medium, *drivers, *disk_file, *pool, *network, *rom, *glass;
  guint64 memory, disk;           /* bytes, 0 when not said */
  int processors;                 /* 0 when not said */
} FerryWish;

FerryWish *ferry_wish_parse (int argc, char **argv, GError **error);
gboolean ferry_wish_parse_size (const char *text, guint64 *bytes);
void ferry_wish_free (FerryWish *wish);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryWish, ferry_wish_free)

G_END_DECLS
