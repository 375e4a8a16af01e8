/* inspection.c: see inspection.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "act/journal.h"
#include <glib-unix.h>

#include "helper/inspection.h"

#define MAX_LOG (4 * 1024 * 1024)
#define MAX_RECORDS 100000

/* What a line of the kernel says, by its stable part; Linux 6.12: drivers/iommu, arch/x86/kernel/cpu, drivers/vfio. */
static const struct
{
  const char *id;
  const char *part;
} lines[] = {
  { "dmar-running", "DMAR: Intel(R) Virtualization Technology for Directed I/O" },
  { "dmar-missing", "DMAR: No DMAR devices found" },
  { "amd-vi-running", "AMD-Vi: Interrupt remapping enabled" },
  { "amd-vi-running", "AMD-Vi: Extended features" },
  { "interrupt-remapping", "DMAR-IR: Enabled IRQ remapping" },
  { "interrupt-remapping", "AMD-Vi: Interrupt remapping enabled" },
  { "interrupt-remapping-failed", "Failed to enable irq remapping" },
  { "vtx-off-in-firmware", "disabled by BIOS" },
  { "svm-off-in-firmware", "SVM disabled (by BIOS)" },
  { "one-to-one", "Firmware has requested this device have a 1:1 IOMMU mapping" },
  { "no-interrupt-remapping", "No interrupt remapping support" },
  { "cannot-reserve", "can't reserve [mem" },
  { "no-space", "no space for [mem" },
};

/* Documentation/admin-guide/devices.txt: 1:11 is the kernel's log. */
static gboolean
is_log (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISCHR (info.st_mode) && info.st_rdev == makedev (1, 11);
}

/* In its unit this program may not open the log; it gets it open as standard input, and reads it from its start each
 * time. */
static int
open_log (FerryRoot *root)
{
  g_autofree char *path = g_build_filename (ferry_root_get_folder (root), "dev", "kmsg", NULL);

  if (!is_log (STDIN_FILENO))
    return open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (lseek (STDIN_FILENO, 0, SEEK_SET) < 0)
    return -1;
  g_unix_set_fd_nonblocking (STDIN_FILENO, TRUE, NULL);
  return fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
}

/* Record by record (Documentation/ABI/testing/dev-kmsg); only the kernel's own records (facility 0), because programs can
 * write others. */
static char *
read_running_log (FerryRoot *root)
{
  g_autoptr (GString) log = g_string_new (NULL);
  char record[8192];
  int fd = open_log (root);

  if (fd < 0)
    return NULL;
  for (guint n = 0; n < MAX_RECORDS && log->len < MAX_LOG; n++)
    {
      ssize_t length = read (fd, record, sizeof record - 1);
      const char *text;

      if (length < 0 && (errno == EPIPE || errno == EINTR))
        continue;
      if (length <= 0)
        break;
      record[length] = '\0';
      text = strchr (record, ';');
      if (text != NULL && g_ascii_strtoull (record, NULL, 10) >> 3 == 0)
        g_string_append_printf (log, "%.*s\n", (int) strcspn (text + 1, "\n"), text + 1);
    }
  close (fd);
  return g_string_free (g_steal_pointer (&log), FALSE);
}

static GVariant *
list_kernel_ids (const char *log)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (gsize i = 0; log != NULL && i < G_N_ELEMENTS (lines); i++)
    if (strstr (log, lines[i].part) != NULL && g_hash_table_add (seen, (gpointer) lines[i].id))
      g_variant_builder_add (&ids, "s", lines[i].id);
  return g_variant_builder_end (&ids);
}

static GVariant *
list_roms (FerryMachine *machine)
{
  GVariantBuilder roms;

  g_variant_builder_init (&roms, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; machine != NULL && i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      g_variant_builder_add (&roms, "{ss}", card->primary->id,
                             ferry_answer_to_string (card->primary->rom_uefi));
    }
  return g_variant_builder_end (&roms);
}

/* What the newest change that is in force was for; nothing without one. */
static void
add_intent (FerryRoot *root, GVariantBuilder *facts)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const FerryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->state != FERRY_STATE_DONE)
        continue;
      g_variant_builder_add (facts, "{sv}", "intent", entry->intent);
      return;
    }
}

GVariant *
ferry_inspection_make (FerryRoot *root)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autofree char *running = ferry_root_is_live (root) ? read_running_log (root) : NULL;
  const char *log = running != NULL ? running : machine != NULL ? machine->kernel->log : NULL;
  GVariantBuilder facts;

  g_variant_builder_init (&facts, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&facts, "{sv}", "kernel", list_kernel_ids (log));
  g_variant_builder_add (&facts, "{sv}", "roms", list_roms (machine));
  add_intent (root, &facts);
  return g_variant_new ("(a{sv})", &facts);
}
