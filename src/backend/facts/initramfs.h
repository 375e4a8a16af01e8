/* initramfs.h: which program makes the first RAM disk, and how it is set up here.
 *
 * By evidence, never by the distribution's name: the programs present and their configuration
 * (mkinitcpio.conf(5), dracut.conf(5), initramfs.conf(5)). More than one present gives UNKNOWN
 * unless the distribution's package database names the owner of the "initramfs" provide.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_INITRAMFS_UNKNOWN,
  FERRY_INITRAMFS_MKINITCPIO,
  FERRY_INITRAMFS_DRACUT,
  FERRY_INITRAMFS_TOOLS,
  FERRY_INITRAMFS_BOOSTER
} FerryInitramfsKind;

typedef struct
{
  FerryInitramfsKind kind;
  char *evidence;
  char **presets; /* mkinitcpio: names below etc/mkinitcpio.d that end in .preset, sorted */
} FerryInitramfs;

FerryInitramfs *ferry_initramfs_read (FerryRoot *root);
void ferry_initramfs_free (FerryInitramfs *initramfs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryInitramfs, ferry_initramfs_free)

const char *ferry_initramfs_kind_to_string (FerryInitramfsKind kind);

G_END_DECLS
