/* inspection.c: see inspection.h. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <glib-unix.h>

#include "act/inspection.h"
#include "act/journal.h"
#include "act/proof.h"
#include "facts/boot-time.h"
#include "plan/log-line.h"
#include "plan/plan.h"

#define MAX_LOG (4 * 1024 * 1024)
#define MAX_RECORDS 100000

/* Documentation/admin-guide/devices.txt: 1:11 is the kernel's log. */
static gboolean
is_log (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISCHR (info.st_mode) && info.st_rdev == makedev (1, 11);
}

/* In its unit this program may not open the log; it gets it open as standard input, and reads it
 * from its start each time. */
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

/* Record by record (Documentation/ABI/testing/dev-kmsg); only the kernel's own records (facility
 * 0), because programs can write others. */
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

/* The kinds alone, each once. */
static GVariant *
list_kernel_ids (GPtrArray *log)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < log->len; i++)
    {
      const FerryLogLine *line = g_ptr_array_index (log, i);

      if (g_hash_table_add (seen, (gpointer) line->id))
        g_variant_builder_add (&ids, "s", line->id);
    }
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

static const FerryEntry *
find_in_force (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((FerryEntry *) g_ptr_array_index (entries, i))->state == FERRY_STATE_DONE)
      return g_ptr_array_index (entries, i);
  return NULL;
}

static gboolean
is_edited (FerryRoot *root, const FerryChange *change)
{
  g_autofree char *text = NULL;
  g_autofree char *target = NULL;

  if (change->kind == FERRY_CHANGE_LINK)
    {
      target = ferry_root_read_link (root, change->path);
      return target != NULL;
    }
  if (change->kind != FERRY_CHANGE_FILE)
    return FALSE;
  text = ferry_root_read_text (root, change->path, NULL);
  return g_strcmp0 (text, change->after) != 0;
}

static GVariant *
list_edited (FerryRoot *root, const FerryEntry *entry)
{
  GVariantBuilder paths;

  g_variant_builder_init (&paths, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (entry->changes, i);

      if (is_edited (root, change))
        g_variant_builder_add (&paths, "s", change->path);
    }
  return g_variant_builder_end (&paths);
}

/* What making the same change again would do; NULL when the plan refuses. */
static GVariant *
list_pending (FerryMachine *machine, const FerryIntent *intent)
{
  g_autoptr (FerryPlan) plan = ferry_plan_make (machine, intent);
  GVariantBuilder items;

  if (plan->refusals->len > 0)
    return NULL;
  g_variant_builder_init (&items, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);

      g_variant_builder_add (&items, "s",
                             *change->path != '\0' ? change->path
                                                   : ferry_change_kind_to_string (change->kind));
    }
  return g_variant_builder_end (&items);
}

/* The newest change that is in force: what it was for, what it was made from, and whether it still
 * holds. */
static void
add_change (FerryRoot *root, FerryMachine *machine, GVariantBuilder *facts)
{
  g_autoptr (GPtrArray) entries = ferry_journal_list (root, NULL, NULL);
  const FerryEntry *entry = entries != NULL ? find_in_force (entries) : NULL;
  g_autoptr (FerryIntent) intent = NULL;
  GVariant *pending;

  if (entries == NULL)
    g_variant_builder_add (facts, "{sv}", "unreadable", g_variant_new_boolean (TRUE));
  if (entry == NULL)
    return;
  g_variant_builder_add (facts, "{sv}", "intent", entry->intent);
  g_variant_builder_add (facts, "{sv}", "changed", g_variant_new_int64 (entry->time));
  if (entry->witness != NULL)
    g_variant_builder_add (facts, "{sv}", "witness", entry->witness);
  g_variant_builder_add (facts, "{sv}", "edited", list_edited (root, entry));
  intent = machine != NULL ? ferry_intent_from_variant (entry->intent, NULL) : NULL;
  pending = intent != NULL ? list_pending (machine, intent) : NULL;
  if (pending != NULL)
    g_variant_builder_add (facts, "{sv}", "pending", pending);
  if (machine == NULL)
    return;
  g_variant_builder_add (facts, "{sv}", "images", ferry_proof_list_images (machine, entry));
  g_variant_builder_add (
      facts, "{sv}", "menu",
      g_variant_new_string (ferry_answer_to_string (ferry_proof_ask_menu (machine, entry))));
}

/* Whether libvirt's network "default" runs or starts with the computer. Its folders are closed to users
 * (/etc/libvirt/qemu/networks, https://libvirt.org/formatnetwork.html); a computer without that network
 * may use another one. */
static FerryAnswer
ask_network (FerryRoot *root)
{
  if (!ferry_root_exists (root, "etc/libvirt/qemu/networks/default.xml"))
    return FERRY_ANSWER_UNKNOWN;
  return ferry_root_exists (root, "etc/libvirt/qemu/networks/autostart/default.xml")
                 || ferry_root_exists (root, "run/libvirt/network/default.xml")
             ? FERRY_ANSWER_YES
             : FERRY_ANSWER_NO;
}

/**
 * ferry_inspection_make:
 *
 * Returns: (transfer floating): an (a{sv}), as the interface of the helper says
 */
GVariant *
ferry_inspection_make (FerryRoot *root)
{
  g_autoptr (FerryMachine) machine = ferry_machine_scan (root, NULL, NULL, NULL);
  g_autofree char *running = ferry_root_is_live (root) ? read_running_log (root) : NULL;
  const char *text = running != NULL ? running : machine != NULL ? machine->kernel->log : NULL;
  g_autoptr (GPtrArray) log = ferry_log_lines_find (text);
  GVariantBuilder facts;

  g_variant_builder_init (&facts, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&facts, "{sv}", "kernel", list_kernel_ids (log));
  g_variant_builder_add (&facts, "{sv}", "roms", list_roms (machine));
  g_variant_builder_add (&facts, "{sv}", "started",
                         g_variant_new_int64 (ferry_boot_time_read (root)));
  g_variant_builder_add (&facts, "{sv}", "network",
                         g_variant_new_string (ferry_answer_to_string (ask_network (root))));
  if (text != NULL)
    g_variant_builder_add (&facts, "{sv}", "log", ferry_log_lines_to_variant (log));
  add_change (root, machine, &facts);
  return g_variant_new ("(a{sv})", &facts);
}

/**
 * ferry_inspection_read:
 *
 * Returns: (transfer full) (nullable): the facts that a recording holds, an a{sv}
 */
GVariant *
ferry_inspection_read (FerryRoot *root)
{
  g_autofree char *text = ferry_root_read_text (root, FERRY_INSPECTION_FILE, NULL);

  return text != NULL ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
}

/**
 * ferry_inspection_print:
 * @facts: (nullable): an a{sv}, or the reply of Inspect()
 *
 * Returns: (transfer full) (nullable): the text for a recording
 */
char *
ferry_inspection_print (GVariant *facts)
{
  g_autoptr (GVariant) map = NULL;

  if (facts == NULL)
    return NULL;
  map = g_variant_is_of_type (facts, G_VARIANT_TYPE ("(a{sv})"))
            ? g_variant_get_child_value (facts, 0)
            : g_variant_ref (facts);
  return g_variant_print (map, TRUE);
}
