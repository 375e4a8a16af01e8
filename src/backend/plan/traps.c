/* traps.c: the part of the planner for what would break a desktop or a start later.
 *
 * Pure. Known traps: mhwd's X configuration that forces the driver of the card that leaves, a boot folder
 * that is too full, an EFI partition that is not mounted, a hibernated system. Blacklists are never
 * written and never taken away.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"

#define MHWD_X "etc/X11/xorg.conf.d/90-mhwd.conf"
#define MHWD_MODULES "etc/modules-load.d/mhwd-gpu.conf"

/* Room that is left after the largest image was written a second time. */
#define RESERVE (16 * 1024 * 1024)

static gboolean
leaves_nvidia_behind (FerryDraft *draft)
{
  gboolean takes = FALSE;

  for (guint i = 0; i < draft->functions->len; i++)
    takes |= ((FerryDevice *) g_ptr_array_index (draft->functions, i))->vendor == 0x10de;
  if (!takes)
    return FALSE;
  for (guint i = 0; i < draft->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (draft->machine->devices, i);

      if (device->vendor == 0x10de && ferry_device_is_display (device)
          && !g_ptr_array_find (draft->functions, device, NULL))
        return FALSE;
    }
  return TRUE;
}

/* A line Driver "nvidia" that is not a comment. */
static gboolean
forces_nvidia (const char *text)
{
  return g_regex_match_simple ("^[ \\t]*Driver[ \\t]+\"nvidia\"", text, G_REGEX_CASELESS | G_REGEX_MULTILINE, 0);
}

/* X would not start: its configuration names a driver whose card is gone. */
static void
add_mhwd (FerryDraft *draft)
{
  const FerryFile *file = ferry_draft_file (draft, MHWD_X);
  FerryChange *change;

  if (file->kind == FERRY_FILE_ABSENT || !leaves_nvidia_behind (draft))
    return;
  if (file->text == NULL || !forces_nvidia (file->text))
    return;
  change = ferry_change_new (file->kind == FERRY_FILE_LINK ? FERRY_CHANGE_LINK : FERRY_CHANGE_FILE,
                             MHWD_X);
  change->before = g_strdup (file->kind == FERRY_FILE_LINK ? file->target : file->text);
  change->mode = file->mode;
  change->uid = file->uid;
  change->gid = file->gid;
  g_free (change->title);
  change->title = g_strdup (_("Let the desktop use your other graphics card"));
  g_free (change->reason);
  change->reason = g_strdup (_("A setting of Manjaro ties the desktop to the card that goes to the virtual "
                               "machine. With it, the screen would stay black."));
  ferry_plan_add (draft->plan, change);
}

/* "PCI:1:0:0" and "PCI:1@0:0:0", decimal: xorg.conf(5). */
static gboolean
names_card (FerryDraft *draft, const char *text)
{
  for (guint i = 0; i < draft->functions->len; i++)
    {
      const FerryAddress *address = &((FerryDevice *) g_ptr_array_index (draft->functions, i))->address;
      g_autofree char *plain = g_strdup_printf ("PCI:%u:%u:%u\"", address->bus, address->slot, address->function);
      g_autofree char *full = g_strdup_printf ("PCI:%u@%u:%u:%u\"", address->bus, address->domain, address->slot,
                                               address->function);
      g_autofree char *upper = g_ascii_strup (text, -1);

      if (strstr (upper, plain) != NULL || strstr (upper, full) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Configuration of X that somebody made by hand is theirs; but with it there may be no picture. */
static void
warn_x (FerryDraft *draft)
{
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/X11/xorg.conf.d", ".conf");

  g_ptr_array_add (paths, (char *) "etc/X11/xorg.conf");
  for (guint i = 0; i < paths->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (paths, i));

      if (file->text == NULL || g_str_equal (file->path, MHWD_X))
        continue;
      if (names_card (draft, file->text) || (forces_nvidia (file->text) && leaves_nvidia_behind (draft)))
        ferry_plan_warn (draft->plan, "x-forced",
                         _("The file “/%s” ties the desktop to the card that goes to the virtual machine. With X11 "
                           "the screen can stay black; move the file away before you restart."),
                         file->path);
    }
}

static void
warn_modules (FerryDraft *draft)
{
  const FerryFile *file = ferry_draft_file (draft, MHWD_MODULES);

  if (file->text != NULL && strstr (file->text, "nvidia") != NULL && leaves_nvidia_behind (draft))
    ferry_plan_warn (draft->plan, "mhwd-modules",
                     _("At each start the system will report that an NVIDIA driver found no card. That "
                       "is harmless."));
}

static void
refuse_full_boot (FerryDraft *draft)
{
  const FerryConfiguration *configuration = draft->machine->configuration;
  guint64 need = configuration->image_bytes + configuration->largest_image + RESERVE;

  if (!draft->images || configuration->boot_free == G_MAXUINT64)
    return;
  if (configuration->boot_free < need)
    {
      g_autofree char *size = g_format_size (need);
      g_autofree char *left = g_format_size (configuration->boot_free);

      ferry_plan_refuse (draft->plan, "boot-full",
                         _("The folder “/%s” has %s free, and %s are needed to keep the old start files "
                           "until the new ones are proven. Remove a kernel that you do not use."),
                         configuration->image_folder, left, size);
    }
}

/**
 * ferry_draft_add_traps:
 *
 * Plans what can be mended and refuses or warns of the rest; called when draft->images is known.
 */
void
ferry_draft_add_traps (FerryDraft *draft)
{
  add_mhwd (draft);
  warn_x (draft);
  warn_modules (draft);
  refuse_full_boot (draft);
  if (draft->machine->configuration->esp_mounted == FERRY_ANSWER_NO)
    ferry_plan_refuse (draft->plan, "esp-not-mounted",
                       _("The EFI partition is listed for this system but is not mounted. Mount it, then "
                         "come back; otherwise the new start files would land in the wrong place."));
  if (draft->machine->configuration->hibernated == FERRY_ANSWER_UNKNOWN)
    ferry_plan_warn (draft->plan, "hibernation",
                     _("Shut down or restart; do not hibernate before the restart. A sleeping system "
                       "would wake up with the old settings."));
}
