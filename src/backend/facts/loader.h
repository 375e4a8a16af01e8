/* loader.h: which boot loader started this computer, by evidence.
 *
 * Order of evidence: BOOT_IMAGE= in proc/cmdline, the efivars LoaderInfo and StubInfo, files
 * present (Boot Loader Interface, systemd.io; GNU GRUB manual). When evidence disagrees the answer is
 * FERRY_LOADER_UNKNOWN with both in the evidence text. Reads only; the edit is plan's work.
 */
#pragma once

#include "facts/cmdline.h"
#include "facts/firmware.h"
#include "facts/root.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_LOADER_UNKNOWN,
  FERRY_LOADER_GRUB,
  FERRY_LOADER_SYSTEMD_BOOT,
  FERRY_LOADER_UKI, /* a unified kernel image started by the firmware or by a loader */
  FERRY_LOADER_LIMINE,
  FERRY_LOADER_REFIND,
  FERRY_LOADER_EFISTUB
} FerryLoaderKind;

typedef struct
{
  FerryLoaderKind kind;
  char *evidence;    /* one line, untranslated: what was seen */
  char *config;      /* the file that holds the kernel's words, relative to the root, or NULL */
  gboolean bls;      /* GRUB with Boot Loader Specification entries (Fedora) */
  FerryAnswer drop_in; /* GRUB: this grub-mkconfig reads etc/default/grub.d */
  char *mkconfig;    /* GRUB: "usr/bin/grub-mkconfig" or grub2-mkconfig, or NULL */
  char *menu;        /* GRUB: "boot/grub/grub.cfg" or boot/grub2/grub.cfg, or NULL */
  char *esp;         /* mount point of the EFI system partition relative to the root, or NULL */
} FerryLoader;

FerryLoader *ferry_loader_read (FerryRoot *root, const FerryCmdline *cmdline,
                                const FerryFirmware *firmware);
void ferry_loader_free (FerryLoader *loader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryLoader, ferry_loader_free)

const char *ferry_loader_kind_to_string (FerryLoaderKind kind); /* "GRUB", "systemd-boot", ... */

G_END_DECLS
