/* preset.h: the images that a preset of mkinitcpio makes, and with which arguments.
 *
 * Pure: reads the text of etc/mkinitcpio.d/NAME.preset, which mkinitcpio sources as bash (mkinitcpio(8), "About presets"),
 * without running it. What is computed, and options outside of a short list, are refused.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *kernel;    /* a version, or the path of a kernel: "/boot/vmlinuz-6.12-x86_64" */
  char *config;    /* only where the preset names one, else NULL */
  char *image;     /* relative to the root */
  gboolean uki;    /* a unified kernel image */
  char **options;  /* may be empty */
} FerryPreset;

/* One for each image, in the order of PRESETS; those without a kernel or image are left out, as mkinitcpio does.
 * FERRY_ERROR_UNSUPPORTED when it cannot be known what would be made. */
GPtrArray *ferry_preset_parse (const char *text, GError **error);

G_END_DECLS
