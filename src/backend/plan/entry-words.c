/* entry-words.c: the part of the planner for boot loaders with one file for each entry: systemd-boot, and GRUB of Fedora.
 *
 * Pure. Entries: UAPI.1 Boot Loader Specification. Those that kernel-install(8) makes are made again at every update of
 * the kernel, so its own file of words is changed instead; entries written by hand are edited where they are. Entries
 * of another system on the same disk are left alone.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"

#define MANAGER_FILE "etc/sdboot-manage.conf"

/* The values of the lines that begin with @key, joined by blanks; NULL when there is none. */
static char *
read_key (const char *text, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) values = g_string_new (NULL);
  gsize length = strlen (key);
  gboolean found = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (!g_str_has_prefix (line, key) || !g_ascii_isspace (line[length]))
        continue;
      g_string_append_printf (values, "%s ", line + length + 1);
      found = TRUE;
    }
  return found ? g_string_free (g_steal_pointer (&values), FALSE) : NULL;
}

/* Both say where the system is, and it is not the same place. */
static gboolean
differs (const FerryCmdline *a, const FerryCmdline *b, const char *key)
{
  const char *mine = ferry_cmdline_last_value (a, key);
  const char *theirs = ferry_cmdline_last_value (b, key);

  return mine != NULL && theirs != NULL && !g_str_equal (mine, theirs);
}

/**
 * ferry_draft_entry_is_ours:
 *
 * Returns: whether the entry normally starts a kernel of this system: not another system, not a program, and no
 *   fallback or rescue, which stay as a way back
 */
gboolean
ferry_draft_entry_is_ours (FerryDraft *draft, const FerryFile *file)
{
  const FerryCmdline *running = draft->machine->kernel->cmdline;
  g_autofree char *kernel = NULL, *options = NULL;
  g_autoptr (FerryCmdline) line = NULL;

  if (file->text == NULL || strstr (file->path, "fallback") != NULL || strstr (file->path, "rescue") != NULL)
    return FALSE;
  kernel = read_key (file->text, "linux");
  options = read_key (file->text, "options");
  line = ferry_cmdline_parse (options != NULL ? options : "", NULL);
  return kernel != NULL && line != NULL && !differs (line, running, "root")
         && !differs (line, running, "rootflags");
}

/* After the machine id, 32 hexadecimal digits and a hyphen; or it says so in its first comment. */
static gboolean
is_generated (const FerryFile *file)
{
  g_autofree char *name = g_path_get_basename (file->path);

  return (strlen (name) > 33 && strspn (name, "0123456789abcdef") == 32 && name[32] == '-')
         || (file->text != NULL && strstr (file->text, "90-loaderentry.install") != NULL);
}

static void
edit_entry (FerryDraft *draft, const FerryFile *file, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (file->kind != FERRY_FILE_REGULAR)
    {
      ferry_draft_refuse_unreadable (draft, file, file->path);
      return;
    }
  after = ferry_edit_bls_add (file->text, (const char *const *) words, &error);
  if (after == NULL)
    ferry_draft_refuse_edit (draft, file->path, error);
  else
    ferry_draft_edit_file (draft, file, g_steal_pointer (&after), ferry_draft_words_title (),
                           ferry_draft_words_reason ());
}

/* Programs that keep the words at a place of their own and write the entries again. */
static gboolean
refuse_keeper (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);
  const char *keeper = NULL;

  if (ferry_draft_file (draft, "etc/kernelstub/configuration")->kind != FERRY_FILE_ABSENT)
    {
      keeper = "kernelstub";
      ferry_draft_add_command (draft, "sudo kernelstub -a \"%s\"", joined);
    }
  else if (ferry_draft_file (draft, "usr/bin/sdbootutil")->kind != FERRY_FILE_ABSENT)
    {
      keeper = "sdbootutil";
      ferry_plan_add_manual (draft->plan, _("Add these words at the end of the line in “/%s”:\n%s"),
                             FERRY_DRAFT_CMDLINE, joined);
      ferry_draft_add_command (draft, "sudo sdbootutil update-all-entries");
    }
  if (keeper == NULL)
    return FALSE;
  ferry_plan_refuse (draft->plan, "entries-kept",
                     _("On this system the program “%s” keeps the kernel's start line. Ferry does not work with "
                       "it, so it changes nothing. You can do it by hand."),
                     keeper);
  return TRUE;
}

/* The manager's own list of words, for the entries that it writes at the next update of a kernel. */
static void
edit_manager (FerryDraft *draft, char **words)
{
  const FerryFile *file = ferry_draft_file (draft, MANAGER_FILE);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (file->kind == FERRY_FILE_ABSENT)
    return;
  if (file->kind != FERRY_FILE_REGULAR)
    {
      ferry_draft_refuse_unreadable (draft, file, MANAGER_FILE);
      return;
    }
  after = ferry_edit_shell_add_words (file->text, "LINUX_OPTIONS", (const char *const *) words, &error);
  if (after == NULL)
    ferry_draft_refuse_edit (draft, MANAGER_FILE, error);
  else
    ferry_draft_edit_file (draft, file, g_steal_pointer (&after), ferry_draft_words_title (),
                           _("So that the words stay when a kernel is updated."));
}

static void
refuse_entries (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  ferry_plan_refuse (draft->plan, "entries-missing",
                     _("The boot loader is systemd-boot, but the menu entry of this system was not found or cannot "
                       "be read."));
  ferry_plan_add_manual (draft->plan,
                         _("Find the entry of this system in the folder “loader/entries” of your boot or EFI "
                           "partition. Add these words at the end of its line “options”:\n%s"),
                         joined);
}

/* Programs that make images and entries one from the other, in an order that Ferry cannot take apart. */
static gboolean
refuse_pair (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  if (draft->machine->initramfs->kind != FERRY_INITRAMFS_TOOLS)
    return FALSE;
  ferry_plan_refuse (draft->plan, "menu-and-images",
                     _("On this system the boot menu and the start files are made by programs that Ferry cannot "
                       "combine safely, so it changes nothing. You can do it by hand."));
  ferry_plan_add_manual (draft->plan,
                         _("Add these words at the end of the line in “/%s”; if there is no such file, make it from "
                           "the line that “cat /proc/cmdline” shows, without “initrd=…” and “BOOT_IMAGE=…”:\n%s"),
                         FERRY_DRAFT_CMDLINE, joined);
  return TRUE;
}

/**
 * ferry_draft_add_systemd_boot:
 *
 * Plans the words of systemd-boot's entries.
 */
void
ferry_draft_add_systemd_boot (FerryDraft *draft, char **words)
{
  char **entries = draft->machine->configuration->entries;
  gboolean generated = FALSE;
  guint ours = 0;

  if (refuse_keeper (draft, words))
    return;
  for (guint i = 0; entries[i] != NULL; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, entries[i]);

      if (!ferry_draft_entry_is_ours (draft, file))
        continue;
      ours++;
      if (is_generated (file))
        generated = TRUE;
      else
        edit_entry (draft, file, words);
    }
  if (ours == 0)
    refuse_entries (draft, words);
  else if (!generated)
    edit_manager (draft, words);
  else if (!refuse_pair (draft, words) && ferry_draft_add_cmdline_file (draft, words))
    ferry_draft_add_menu_step (draft, "kernel-install", words);
}

/* An entry may take its words from a variable of GRUB's; then what the running kernel was told counts as well. */
static gboolean
entry_has (FerryDraft *draft, const char *options, const char *word)
{
  g_autoptr (FerryCmdline) line = ferry_cmdline_parse (options, NULL);

  return line != NULL
         && (ferry_cmdline_has_word (line, word)
             || (strstr (options, "$kernelopts") != NULL
                 && ferry_cmdline_has_word (draft->machine->kernel->cmdline, word)));
}

/* How many entries lack the word; one that is there for an emergency is not counted. */
static guint
count_lacking (FerryDraft *draft, const char *word, guint *entries)
{
  char **paths = draft->machine->configuration->entries;
  guint lacking = 0;

  *entries = 0;
  for (guint i = 0; paths[i] != NULL; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, paths[i]);
      g_autofree char *options = file->text != NULL ? read_key (file->text, "options") : NULL;

      if (strstr (paths[i], "-rescue") != NULL)
        continue;
      *entries += 1;
      lacking += options == NULL || !entry_has (draft, options, word);
    }
  return lacking;
}

static void
add_grubby (FerryDraft *draft, GPtrArray *words, gboolean reversible)
{
  FerryChange *change;

  if (words->len == 0)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_BLS_ARGS, "grubby", ferry_draft_words_title (),
                             reversible ? ferry_draft_words_reason ()
                                        : _("Some entries of the boot menu have this already, now all get it. "
                                            "Undo leaves it."));
  change->reversible = reversible;
  g_ptr_array_add (words, NULL);
  g_strfreev (change->items);
  change->items = g_strdupv ((char **) words->pdata);
}

/* grubby takes words out of all entries again, so a word that some of them had before must not be among those that
 * undo takes out. */
static void
add_missing_args (FerryDraft *draft, char **words)
{
  g_autoptr (GPtrArray) new_words = g_ptr_array_new ();
  g_autoptr (GPtrArray) rare_words = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint entries, lacking = count_lacking (draft, words[i], &entries);

      if (lacking == entries)
        g_ptr_array_add (new_words, words[i]);
      else if (lacking > 0)
        g_ptr_array_add (rare_words, words[i]);
    }
  add_grubby (draft, new_words, TRUE);
  add_grubby (draft, rare_words, FALSE);
}

/**
 * ferry_draft_add_bls_args:
 *
 * Fedora keeps the words in every entry and for new kernels; grubby is its tool for both.
 */
void
ferry_draft_add_bls_args (FerryDraft *draft, char **words)
{
  gboolean grubby = ferry_draft_file (draft, "usr/sbin/grubby")->kind != FERRY_FILE_ABSENT
                    || ferry_draft_file (draft, "usr/bin/grubby")->kind != FERRY_FILE_ABSENT;

  if (draft->intent->show_menu)
    ferry_plan_warn (draft->plan, "menu-hidden",
                     _("The boot menu of this system is often hidden. To see it, hold Shift or press Esc or F8 while "
                       "the computer starts."));
  if (grubby)
    {
      add_missing_args (draft, words);
      return;
    }
  ferry_plan_refuse (draft->plan, "menu-unknown",
                     _("The boot loader is GRUB with an entry for each kernel, but the program “grubby” that "
                       "changes them was not found."));
  ferry_plan_add_manual (draft->plan, _("Install the package “grubby”, then come back."));
}

/**
 * ferry_draft_show_entries:
 *
 * Plans that systemd-boot's menu is shown: without "timeout" in loader.conf(5) it is hidden.
 */
void
ferry_draft_show_entries (FerryDraft *draft)
{
  static const char *const places[] = { "efi/loader/loader.conf", "boot/efi/loader/loader.conf",
                                        "boot/loader/loader.conf" };
  const char *info = draft->machine->firmware->loader_info;
  const FerryFile *file = NULL;
  g_autofree char *after = NULL;

  if (!draft->intent->show_menu || info == NULL || g_ascii_strncasecmp (info, "systemd-boot", 12) != 0)
    return;
  for (gsize i = 0; file == NULL && i < G_N_ELEMENTS (places); i++)
    if (ferry_draft_file (draft, places[i])->kind == FERRY_FILE_REGULAR)
      file = ferry_draft_file (draft, places[i]);
  after = file != NULL ? ferry_edit_loader_timeout (file->text, FERRY_DRAFT_TIMEOUT) : NULL;
  if (after == NULL)
    ferry_plan_warn (draft->plan, "menu-hidden",
                     _("Ferry cannot tell whether the boot menu is shown. To see it, hold the space bar while the "
                       "computer starts."));
  else
    ferry_draft_edit_file (draft, file, g_steal_pointer (&after), _("Show the boot menu"),
                           _("The boot menu is shown for some seconds at each start, so that there is a way back if "
                             "the screen stays black."));
}
