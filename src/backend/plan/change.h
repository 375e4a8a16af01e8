/* change.h: one planned change, with what is there before and after.
 *
 * A value. File changes carry both texts; a step that runs a program of the distribution carries only
 * typed values, from which act/ builds a fixed command line. Kept and read back as JSON in the
 * journal, so every field is plain.
 */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_CHANGE_FILE,      /* write, or remove when @after is NULL, or create when @before is NULL */
  FERRY_CHANGE_LINK,      /* remove the symbolic link @path; @before is its target */
  FERRY_CHANGE_PACKAGES,  /* @items: package names of the fixed table */
  FERRY_CHANGE_SERVICE,   /* @items: unit names to enable and start */
  FERRY_CHANGE_NETWORK,   /* libvirt's network "default": autostart and start */
  FERRY_CHANGE_GROUP,     /* the caller joins @items[0] */
  FERRY_CHANGE_INITRAMFS, /* make the first RAM disk of every kernel again; @items: modules to find inside */
  FERRY_CHANGE_MENU,      /* make the boot menu again; @items: words to find in every normal entry */
  FERRY_CHANGE_BLS_ARGS   /* grubby: add @items to every entry (Fedora) */
} FerryChangeKind;

typedef struct
{
  FerryChangeKind kind;
  char *path;     /* relative to the root; "" where the kind has none */
  char *before;   /* NULL: does not exist */
  char *after;    /* NULL: will not exist */
  guint mode;     /* permission bits of the file after the change */
  guint uid, gid;
  char **items;   /* NULL-terminated, may be empty */
  char *tool;     /* "mkinitcpio", "dracut", "initramfs-tools", "grub-mkconfig", "apt", ... or "" */
  char *title;    /* for the person in front of the screen */
  char *reason;   /* why */
  gboolean owned; /* the whole file is Ferry's own */
  gboolean reversible; /* FALSE: undo leaves it (installed packages), and says so */
} FerryChange;

FerryChange *ferry_change_new (FerryChangeKind kind, const char *path);
void ferry_change_free (FerryChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryChange, ferry_change_free)

const char *ferry_change_kind_to_string (FerryChangeKind kind);
gboolean ferry_change_kind_from_string (const char *text, FerryChangeKind *kind);
void ferry_change_to_json (const FerryChange *change, JsonBuilder *builder);
FerryChange *ferry_change_from_json (JsonObject *object, GError **error);

G_END_DECLS
