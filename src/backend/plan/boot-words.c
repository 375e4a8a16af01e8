/* boot-words.c: the part of the planner that puts the kernel's words where this boot loader reads them.
 *
 * Pure. One small function for each loader. Sources: GNU GRUB manual "Simple configuration",
 * kernel-install(8), UAPI.1 Boot Loader Specification, mkinitcpio(8) for etc/cmdline.d, the manuals of
 * Limine's entry tool and of rEFInd. A loader that is not proven gets manual steps and no edit.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"

#define GRUB_FILE "etc/default/grub"
#define GRUB_DROP_IN "etc/default/grub.d/zz-ferry.cfg"
#define CMDLINE_FILE "etc/kernel/cmdline"
#define CMDLINE_DROP_IN "etc/cmdline.d/ferry.conf"
#define LIMINE_FILE "etc/default/limine"
#define REFIND_FILE "boot/refind_linux.conf"

#define MIN_TIMEOUT 5

static const char *
words_title (void)
{
  return _("Tell the kernel what to do at the start");
}

static const char *
words_reason (void)
{
  return _("It switches on what passthrough needs and names the card that is kept free.");
}

static void
add_items (FerryChange *change, char **words)
{
  g_strfreev (change->items);
  change->items = g_strdupv (words);
}

static void
add_menu_step (FerryDraft *draft, const char *tool, char **words)
{
  FerryChange *change = ferry_draft_step (draft, FERRY_CHANGE_MENU, tool, _("Make the boot menu again"),
                                          _("So that it knows the new settings. It is made beside the "
                                            "old one, checked, and only then put in its place."));
  add_items (change, words);
}

/* A list of devices that the user, not Ferry, has already given to vfio-pci. */
static gboolean
refuse_other_ids (FerryDraft *draft, const char *value, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (value, &error);
  const char *theirs = cmdline != NULL ? ferry_cmdline_last_value (cmdline, "vfio-pci.ids") : NULL;
  g_autofree char *same = NULL;

  if (theirs == NULL)
    return FALSE;
  same = g_strconcat ("vfio-pci.ids=", theirs, NULL);
  if (g_strv_contains ((const char *const *) words, same))
    return FALSE;
  ferry_plan_refuse (draft->plan, "ids-present",
                     _("The kernel's start line already names other devices for virtual machines "
                       "(vfio-pci.ids). Ferry does not replace a list that you made. Take it out or make "
                       "it the same, then come back."));
  return TRUE;
}

/* The words of @words that the literal text @value does not have yet (transfer container). */
static char **
missing_words (const char *value, char **words)
{
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (value != NULL ? value : "", NULL);
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (cmdline == NULL || !ferry_cmdline_has_word (cmdline, words[i]))
      g_ptr_array_add (missing, g_strdup (words[i]));
  g_ptr_array_add (missing, NULL);
  return (char **) g_ptr_array_free (missing, FALSE);
}

/* Both GRUB variables together as far as they can be known without running the file, or NULL. */
static char *
grub_value (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *all = ferry_edit_shell_value (text, "GRUB_CMDLINE_LINUX", &error);
  g_autofree char *normal = NULL;

  if (all == NULL && !g_error_matches (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return NULL;
  g_clear_error (&error);
  normal = ferry_edit_shell_value (text, "GRUB_CMDLINE_LINUX_DEFAULT", &error);
  if (normal == NULL && !g_error_matches (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return NULL;
  return g_strjoin (" ", all != NULL ? all : "", normal != NULL ? normal : "", NULL);
}

/* Whether the menu is hidden or gone too fast to be reached. */
static gboolean
menu_is_hidden (const char *text)
{
  g_autofree char *style = ferry_edit_shell_value (text, "GRUB_TIMEOUT_STYLE", NULL);
  g_autofree char *timeout = ferry_edit_shell_value (text, "GRUB_TIMEOUT", NULL);
  gint64 seconds = timeout != NULL ? g_ascii_strtoll (timeout, NULL, 10) : MIN_TIMEOUT;

  return (style != NULL && !g_str_equal (style, "menu")) || (seconds >= 0 && seconds < MIN_TIMEOUT);
}

static void
add_grub_drop_in (FerryDraft *draft, const char *text, char **words)
{
  g_autoptr (GString) content
      = g_string_new (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n");
  gboolean show = draft->intent->show_menu && menu_is_hidden (text);
  g_autofree char *value = grub_value (text);
  g_auto (GStrv) missing = missing_words (value, words);
  g_autofree char *joined = g_strjoinv (" ", missing);
  gboolean changed;

  if (*joined != '\0')
    g_string_append_printf (
        content, "GRUB_CMDLINE_LINUX_DEFAULT=\"${GRUB_CMDLINE_LINUX_DEFAULT} %s\"\n", joined);
  if (show)
    g_string_append_printf (content, "GRUB_TIMEOUT_STYLE=menu\nGRUB_TIMEOUT=%d\n", MIN_TIMEOUT);
  if (*joined == '\0' && !show)
    changed = ferry_draft_drop_own_file (draft, GRUB_DROP_IN);
  else
    changed = ferry_draft_own_file (draft, GRUB_DROP_IN, 0644, content->str, words_title (),
                                    words_reason ());
  if (changed)
    add_menu_step (draft, "grub-mkconfig", words);
}

static char *
edit_grub_file (FerryDraft *draft, const char *text, char **words, GError **error)
{
  g_autofree char *value = grub_value (text);
  g_auto (GStrv) missing = missing_words (value, words);
  g_autofree char *with_words = NULL, *with_style = NULL;
  g_autofree char *seconds = g_strdup_printf ("%d", MIN_TIMEOUT);

  with_words = ferry_edit_shell_add_words (text, "GRUB_CMDLINE_LINUX_DEFAULT",
                                           (const char *const *) missing, error);
  if (with_words == NULL || !draft->intent->show_menu || !menu_is_hidden (with_words))
    return g_steal_pointer (&with_words);
  with_style = ferry_edit_shell_set (with_words, "GRUB_TIMEOUT_STYLE", "menu", error);
  if (with_style == NULL)
    return NULL;
  return ferry_edit_shell_set (with_style, "GRUB_TIMEOUT", seconds, error);
}

static void
add_grub (FerryDraft *draft, char **words)
{
  const FerryLoader *loader = draft->machine->loader;
  const FerryFile *file = ferry_draft_file (draft, GRUB_FILE);
  const char *text = file->text != NULL ? file->text : "";
  g_autofree char *value = grub_value (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (value != NULL && refuse_other_ids (draft, value, words))
    return;
  if (loader->mkconfig == NULL || loader->menu == NULL)
    {
      ferry_plan_refuse (draft->plan, "menu-unknown",
                         _("The boot loader is GRUB, but the program that makes its menu was not found."));
      return;
    }
  if (loader->drop_in == FERRY_ANSWER_YES)
    {
      add_grub_drop_in (draft, text, words);
      return;
    }
  if (file->kind != FERRY_FILE_REGULAR)
    {
      ferry_plan_refuse (draft->plan, "menu-unknown", _("The file “/%s” cannot be read."), GRUB_FILE);
      return;
    }
  after = edit_grub_file (draft, text, words, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, GRUB_FILE, error);
      return;
    }
  if (g_str_equal (after, text))
    return;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after), words_title (), words_reason ());
  add_menu_step (draft, "grub-mkconfig", words);
}

/* All words of an entry's "options" lines, as far as they stand there ("$kernelopts" stays as it is). */
static char *
entry_words (const FerryFile *file)
{
  g_auto (GStrv) lines = g_strsplit (file->text != NULL ? file->text : "", "\n", -1);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (g_strchug (lines[i]), "options") && g_ascii_isspace (lines[i][7]))
      g_string_append (all, lines[i] + 7);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* How many entries lack the word; one that is there for an emergency is not counted. */
static guint
count_lacking (FerryDraft *draft, const char *word, guint *entries)
{
  char **paths = draft->machine->configuration->entries;
  char *one[] = { (char *) word, NULL };
  guint lacking = 0;

  *entries = 0;
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *value = entry_words (ferry_draft_file (draft, paths[i]));
      g_auto (GStrv) missing = missing_words (value, one);

      if (strstr (paths[i], "-rescue") != NULL)
        continue;
      *entries += 1;
      lacking += missing[0] != NULL;
    }
  return lacking;
}

static void
add_grubby (FerryDraft *draft, GPtrArray *words, gboolean reversible)
{
  FerryChange *change;

  if (words->len == 0)
    return;
  change = ferry_draft_step (draft, FERRY_CHANGE_BLS_ARGS, "grubby", words_title (),
                             reversible ? words_reason ()
                                        : _("Some entries of the boot menu have this already, now all get it. "
                                            "Undo leaves it."));
  change->reversible = reversible;
  g_ptr_array_add (words, NULL);
  add_items (change, (char **) words->pdata);
}

/* Fedora keeps the words in every entry and in grubenv; grubby is its tool for both, and takes words out of all entries
 * again. So a word that some of them had before must not be among those that undo takes out. */
static void
add_bls_args (FerryDraft *draft, char **words)
{
  const FerryConfiguration *configuration = draft->machine->configuration;
  g_autoptr (GPtrArray) new_words = g_ptr_array_new ();
  g_autoptr (GPtrArray) rare_words = g_ptr_array_new ();

  for (guint i = 0; configuration->entries[i] != NULL; i++)
    {
      g_autofree char *value = entry_words (ferry_draft_file (draft, configuration->entries[i]));

      if (refuse_other_ids (draft, value, words))
        return;
    }
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

/* The running start line without what the loader puts in front: what the machine is known to start with. */
static char *
running_line (FerryMachine *machine)
{
  const FerryCmdline *cmdline = machine->kernel->cmdline;
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < cmdline->words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (cmdline->words, i);

      if (g_str_equal (word->key, "BOOT_IMAGE") || g_str_equal (word->key, "initrd"))
        continue;
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", word->text);
    }
  g_string_append_c (line, '\n');
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* etc/kernel/cmdline; made from the running start line where it does not exist, never without root=. */
static gboolean
add_cmdline_file (FerryDraft *draft, char **words)
{
  const FerryFile *file = ferry_draft_file (draft, CMDLINE_FILE);
  const FerryFile *vendor = ferry_draft_file (draft, "usr/lib/kernel/cmdline");
  g_autofree char *base = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  if (file->kind == FERRY_FILE_OPAQUE)
    {
      ferry_plan_refuse (draft->plan, "menu-unknown", _("The file “/%s” cannot be read."), CMDLINE_FILE);
      return FALSE;
    }
  base = file->text != NULL     ? g_strdup (file->text)
         : vendor->text != NULL ? g_strdup (vendor->text)
                                : running_line (draft->machine);
  if (refuse_other_ids (draft, base, words))
    return FALSE;
  after = ferry_edit_cmdline_add (base, (const char *const *) words, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, CMDLINE_FILE, error);
      return FALSE;
    }
  if (g_strcmp0 (file->text, after) == 0)
    return FALSE;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after), words_title (), words_reason ());
  return TRUE;
}

/* kernel-install names its entries after the machine id, 32 hexadecimal digits and a hyphen. */
static gboolean
entry_is_generated (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return strlen (name) > 33 && strspn (name, "0123456789abcdef") == 32 && name[32] == '-';
}

static void
add_entry (FerryDraft *draft, const char *path, char **words)
{
  const FerryFile *file = ferry_draft_file (draft, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (file->text == NULL || strstr (file->text, "linux") == NULL || strstr (path, "fallback") != NULL)
    return;
  if (refuse_other_ids (draft, file->text, words))
    return;
  after = ferry_edit_bls_add (file->text, (const char *const *) words, &error);
  if (after == NULL)
    ferry_draft_refuse_edit (draft, path, error);
  else
    ferry_draft_edit_file (draft, file, g_steal_pointer (&after), words_title (), words_reason ());
}

static void
add_systemd_boot (FerryDraft *draft, char **words)
{
  const FerryConfiguration *configuration = draft->machine->configuration;
  gboolean generated = ferry_draft_file (draft, CMDLINE_FILE)->kind != FERRY_FILE_ABSENT;

  for (guint i = 0; configuration->entries[i] != NULL; i++)
    generated |= entry_is_generated (configuration->entries[i]);
  if (generated)
    {
      if (add_cmdline_file (draft, words))
        add_menu_step (draft, "kernel-install", words);
      return;
    }
  if (configuration->entries[0] == NULL)
    {
      ferry_plan_refuse (draft->plan, "entries-missing",
                         _("The boot loader is systemd-boot, but its menu entries cannot be read."));
      return;
    }
  for (guint i = 0; configuration->entries[i] != NULL; i++)
    add_entry (draft, configuration->entries[i], words);
}

static void
add_uki (FerryDraft *draft, char **words)
{
  g_autoptr (GPtrArray) drop_ins
      = ferry_configuration_list (draft->machine->configuration, "etc/cmdline.d", ".conf");
  g_autofree char *joined = g_strjoinv (" ", words);
  g_autofree char *content = NULL;

  if (draft->machine->firmware->secure_boot == FERRY_ANSWER_YES)
    {
      ferry_plan_refuse (draft->plan, "signed-image",
                         _("Secure Boot is on and this system starts from one signed file. Ferry cannot "
                           "sign it again, so it changes nothing."));
      return;
    }
  if (drop_ins->len == 0 || ferry_draft_file (draft, CMDLINE_FILE)->kind != FERRY_FILE_ABSENT)
    {
      draft->images |= add_cmdline_file (draft, words);
      return;
    }
  content = g_strconcat (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n", joined, "\n", NULL);
  draft->images |= ferry_draft_own_file (draft, CMDLINE_DROP_IN, 0644, content, words_title (),
                                         words_reason ());
}

typedef char *(*EditWords) (const char *text, const char *const *words, GError **error);

/* Loaders whose words are in one file with an edit of its own; @tool makes the menu, or NULL. */
static void
add_one_file (FerryDraft *draft, const char *path, EditWords edit, const char *tool, char **words)
{
  const FerryFile *file = ferry_draft_file (draft, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  if (file->kind != FERRY_FILE_REGULAR)
    {
      ferry_plan_refuse (draft->plan, "menu-unknown", _("The file “/%s” cannot be read."), path);
      return;
    }
  if (refuse_other_ids (draft, file->text, words))
    return;
  after = edit (file->text, (const char *const *) words, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, path, error);
      return;
    }
  if (g_str_equal (after, file->text))
    return;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after), words_title (), words_reason ());
  if (tool != NULL)
    add_menu_step (draft, tool, words);
}

static void
refuse_loader (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  ferry_plan_refuse (draft->plan, "loader-unknown",
                     _("Ferry could not find out with certainty which program starts this computer, so "
                       "it changes nothing. You can do it by hand."));
  ferry_plan_add_manual (draft->plan,
                         _("In the settings of your boot loader, add to the kernel's start line: %s"),
                         joined);
}

/**
 * ferry_draft_add_words:
 *
 * Plans where the kernel's words go, and the step that makes the menu again.
 */
void
ferry_draft_add_words (FerryDraft *draft)
{
  g_auto (GStrv) words = ferry_draft_kernel_words (draft);
  const FerryLoader *loader = draft->machine->loader;

  if (words[0] == NULL)
    return;
  switch (loader->kind)
    {
    case FERRY_LOADER_GRUB:
      if (loader->bls)
        add_bls_args (draft, words);
      else
        add_grub (draft, words);
      break;
    case FERRY_LOADER_SYSTEMD_BOOT:
      add_systemd_boot (draft, words);
      break;
    case FERRY_LOADER_UKI:
      add_uki (draft, words);
      break;
    case FERRY_LOADER_LIMINE:
      add_one_file (draft, LIMINE_FILE, ferry_edit_limine_add, "limine-update", words);
      break;
    case FERRY_LOADER_REFIND:
      add_one_file (draft, REFIND_FILE, ferry_edit_refind_add, NULL, words);
      break;
    case FERRY_LOADER_EFISTUB:
    case FERRY_LOADER_UNKNOWN:
    default:
      refuse_loader (draft, words);
      break;
    }
}
