/* boot-words.c: the part of the planner that puts the kernel's words where this boot loader reads them.
 *
 * Pure. GRUB is in grub-words.c, entries are in entry-words.c. Sources: kernel-install(8) and mkinitcpio(8) for
 * etc/kernel/cmdline and etc/cmdline.d, the manuals of Limine's entry tool and of rEFInd. A loader that is not proven
 * gets manual steps and no edit.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"
#include "plan/edit.h"
#include "plan/preset.h"

#define CMDLINE_DROP_IN "etc/cmdline.d/ferry.conf"
#define LIMINE_FILE "etc/default/limine"
#define REFIND_FILE "boot/refind_linux.conf"

const char *
ferry_draft_words_title (void)
{
  return _("Tell the kernel what to do at the start");
}

const char *
ferry_draft_words_reason (void)
{
  return _("It switches on what passthrough needs and names the card that is kept free.");
}

/* Only GRUB's tool can be told to write elsewhere (act/menu-maker). */
static const char *
say_how_made (const char *tool)
{
  if (g_str_equal (tool, "grub-mkconfig"))
    return _("So that it knows the new settings. It is made beside the old one, checked, and only then put in its "
             "place.");
  return _("So that it knows the new settings. The system's own program writes over the old one. Ferry keeps a copy "
           "before, checks the new one, and puts the old one back if anything is wrong.");
}

void
ferry_draft_add_menu_step (FerryDraft *draft, const char *tool, char **words)
{
  FerryChange *change = ferry_draft_step (draft, FERRY_CHANGE_MENU, tool, _("Make the boot menu again"),
                                          say_how_made (tool));
  g_strfreev (change->items);
  change->items = g_strdupv (words);
}

/**
 * ferry_draft_missing_words:
 * @value: (nullable): a start line
 *
 * Returns: (transfer full): the words of @words that @value does not have yet
 */
char **
ferry_draft_missing_words (const char *value, char **words)
{
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (value != NULL ? value : "", NULL);
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (cmdline == NULL || !ferry_cmdline_has_word (cmdline, words[i]))
      g_ptr_array_add (missing, g_strdup (words[i]));
  g_ptr_array_add (missing, NULL);
  return (char **) g_ptr_array_free (missing, FALSE);
}

/* Words for one start only: to repair something, or to try it out. */
static gboolean
is_special_start (const FerryCmdline *cmdline)
{
  static const char *const words[] = { "single", "s", "S", "1", "rescue", "emergency", "init", "rd.break",
                                       "systemd.unit", "nomodeset", "module_blacklist" };
  gboolean special = cmdline->init_args != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    special |= ferry_cmdline_has_key (cmdline, words[i]);
  return special;
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

/* What the file is made from where it does not exist; NULL, with a refusal, when nothing can be trusted. */
static char *
find_base (FerryDraft *draft, const FerryFile *file)
{
  const FerryFile *vendor = ferry_draft_file (draft, "usr/lib/kernel/cmdline");

  if (file->text != NULL)
    return g_strdup (file->text);
  if (vendor->text != NULL)
    return g_strdup (vendor->text);
  if (!is_special_start (draft->machine->kernel->cmdline))
    return running_line (draft->machine);
  ferry_plan_refuse (draft->plan, "special-start",
                     _("The computer was started in a special way this time, and Ferry would keep that for every "
                       "start. Restart normally, then come back."));
  return NULL;
}

/**
 * ferry_draft_add_cmdline_file:
 *
 * Plans etc/kernel/cmdline; made from the running start line where it does not exist, never without root=.
 *
 * Returns: whether something changes
 */
gboolean
ferry_draft_add_cmdline_file (FerryDraft *draft, char **words)
{
  const FerryFile *file = ferry_draft_file (draft, FERRY_DRAFT_CMDLINE);
  g_autofree char *base = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  if (file->kind != FERRY_FILE_REGULAR && file->kind != FERRY_FILE_ABSENT)
    {
      ferry_draft_refuse_unreadable (draft, file, FERRY_DRAFT_CMDLINE);
      return FALSE;
    }
  base = find_base (draft, file);
  if (base == NULL)
    return FALSE;
  after = ferry_edit_cmdline_add (base, (const char *const *) words, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, FERRY_DRAFT_CMDLINE, error);
      return FALSE;
    }
  if (g_strcmp0 (file->text, after) == 0)
    return FALSE;
  if (file->kind == FERRY_FILE_ABSENT)
    ferry_draft_new_file (draft, FERRY_DRAFT_CMDLINE, g_steal_pointer (&after), ferry_draft_words_title (),
                          ferry_draft_words_reason ());
  else
    ferry_draft_edit_file (draft, file, g_steal_pointer (&after), ferry_draft_words_title (),
                           ferry_draft_words_reason ());
  return TRUE;
}

/* Whether a preset of mkinitcpio makes a unified kernel image; only then new words get into it. */
static gboolean
preset_makes_image (FerryDraft *draft)
{
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.d", ".preset");
  gboolean makes = FALSE;

  for (guint i = 0; draft->machine->initramfs->kind == FERRY_INITRAMFS_MKINITCPIO && i < paths->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (paths, i));
      g_autoptr (GPtrArray) presets = ferry_preset_parse (file->text != NULL ? file->text : "", NULL);

      for (guint j = 0; presets != NULL && j < presets->len; j++)
        makes |= ((FerryPreset *) g_ptr_array_index (presets, j))->uki;
    }
  return makes;
}

/* The word behind @option in the lines of @text that are no comment, or NULL. Only to be told to a person. */
static char *
find_behind (const char *text, const char *option)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (*lines[i] != '#' ? lines[i] : "", " \t\"'()=", -1);
      gboolean found = FALSE;

      for (guint j = 0; words[j] != NULL; j++)
        if (found && *words[j] != '\0')
          return g_strdup (words[j]);
        else
          found |= g_str_has_suffix (words[j], option);
      if (found)
        return g_strdup ("");
    }
  return NULL;
}

/* A preset can take the start line from another file than usual, or leave it out. */
static void
add_preset_words_by_hand (FerryDraft *draft, const char *joined)
{
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/mkinitcpio.d", ".preset");

  for (guint i = 0; i < paths->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (paths, i));
      const char *text = file->text != NULL ? file->text : "";
      g_autofree char *none = find_behind (text, "--no-cmdline");
      g_autofree char *option = find_behind (text, "--cmdline");
      g_autofree char *variable = find_behind (text, "_cmdline");
      const char *other = option != NULL ? option : variable;

      if (none != NULL)
        ferry_plan_add_manual (draft->plan,
                               _("Your start file holds no start line (“--no-cmdline”). Add these words to the "
                                 "kernel's start line where it is kept instead, in the entry of your boot loader or "
                                 "of the firmware:\n%s"),
                               joined);
      else if (other != NULL && *other == '/')
        ferry_plan_add_manual (draft->plan, _("Add these words at the end of the line in “/%s”:\n%s"), other + 1, joined);
      if (none != NULL || (other != NULL && *other == '/'))
        return;
    }
  ferry_plan_add_manual (draft->plan, _("Add these words at the end of the line in “/%s”:\n%s"), FERRY_DRAFT_CMDLINE,
                         joined);
}

/* The last file that sets it counts (dracut.conf(5)). */
static void
add_dracut_words_by_hand (FerryDraft *draft, const char *joined)
{
  g_autoptr (GPtrArray) paths
      = ferry_configuration_list (draft->machine->configuration, "etc/dracut.conf.d", ".conf");
  const char *last = NULL;

  g_ptr_array_insert (paths, 0, (char *) "etc/dracut.conf");
  for (guint i = 0; i < paths->len; i++)
    {
      const FerryFile *file = ferry_draft_file (draft, g_ptr_array_index (paths, i));
      g_autofree char *found = find_behind (file->text != NULL ? file->text : "", "kernel_cmdline");

      if (found != NULL)
        last = g_ptr_array_index (paths, i);
    }
  if (last != NULL)
    ferry_plan_add_manual (draft->plan,
                           _("Add these words at the end of the line “kernel_cmdline=” in “/%s”, inside of its "
                             "quotes:\n%s"),
                           last, joined);
  else
    ferry_plan_add_manual (draft->plan,
                           _("Make the file “/%s” with one line, “kernel_cmdline=\"…\"”. Between the quotes stands the "
                             "line that “cat /proc/cmdline” shows, without “initrd=…” and “BOOT_IMAGE=…”, and behind "
                             "it:\n%s"),
                           "etc/dracut.conf.d/zz-words.conf", joined);
}

static void
refuse_image (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  if (draft->machine->initramfs->kind == FERRY_INITRAMFS_DRACUT)
    {
      ferry_plan_refuse (draft->plan, "image-unknown",
                         _("This system starts from one file that dracut makes. Ferry cannot make it under another "
                           "name first, so it changes nothing. You can do it by hand."));
      add_dracut_words_by_hand (draft, joined);
      return;
    }
  ferry_plan_refuse (draft->plan, "image-unknown",
                     _("This system starts from one file with kernel and start line in it, and Ferry could not find "
                       "out which program makes it, so it changes nothing. You can do it by hand."));
  add_preset_words_by_hand (draft, joined);
}

static void
add_uki (FerryDraft *draft, char **words)
{
  g_autoptr (GPtrArray) drop_ins
      = ferry_configuration_list (draft->machine->configuration, "etc/cmdline.d", ".conf");
  g_autofree char *standing = NULL, *joined = NULL, *content = NULL;
  g_auto (GStrv) missing = NULL;

  if (draft->machine->firmware->secure_boot == FERRY_ANSWER_YES)
    {
      ferry_plan_refuse (draft->plan, "signed-image",
                         _("Secure Boot is on and this system starts from one signed file. Ferry cannot "
                           "sign it again, so it changes nothing."));
      return;
    }
  if (!preset_makes_image (draft))
    {
      refuse_image (draft, words);
      return;
    }
  if (drop_ins->len == 0 || ferry_draft_file (draft, FERRY_DRAFT_CMDLINE)->kind != FERRY_FILE_ABSENT)
    {
      draft->images |= ferry_draft_add_cmdline_file (draft, words);
      return;
    }
  standing = ferry_cmdline_to_string (draft->line);
  missing = ferry_draft_missing_words (standing, words);
  if (missing[0] == NULL)
    {
      draft->images |= ferry_draft_drop_own_file (draft, CMDLINE_DROP_IN);
      return;
    }
  joined = g_strjoinv (" ", words);
  content = g_strconcat (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n", joined, "\n", NULL);
  draft->images |= ferry_draft_own_file (draft, CMDLINE_DROP_IN, 0644, content, ferry_draft_words_title (),
                                         ferry_draft_words_reason ());
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
      ferry_draft_refuse_unreadable (draft, file, path);
      return;
    }
  after = edit (file->text, (const char *const *) words, &error);
  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, path, error);
      return;
    }
  if (g_str_equal (after, file->text))
    return;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after), ferry_draft_words_title (),
                         ferry_draft_words_reason ());
  if (tool != NULL)
    ferry_draft_add_menu_step (draft, tool, words);
}

/* Limine without the tool that writes its entries: the entries are written by hand, in a form that has changed. */
static void
add_limine (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  if (ferry_draft_file (draft, LIMINE_FILE)->kind != FERRY_FILE_ABSENT
      && ferry_draft_file (draft, "usr/bin/limine-update")->kind != FERRY_FILE_ABSENT)
    {
      add_one_file (draft, LIMINE_FILE, ferry_edit_limine_add, "limine-update", words);
      return;
    }
  ferry_plan_refuse (draft->plan, "menu-unknown",
                     _("The boot loader is Limine, and its menu is not made by a program that Ferry knows, so Ferry "
                       "changes nothing. You can do it by hand."));
  ferry_plan_add_manual (draft->plan,
                         _("In “limine.conf” on your boot or EFI partition, add these words at the end of the line "
                           "“cmdline:” (“kernel_cmdline:” in older versions) of your system's entry:\n%s"),
                         joined);
}

static void
add_refind (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  if (ferry_draft_file (draft, REFIND_FILE)->kind != FERRY_FILE_ABSENT)
    {
      add_one_file (draft, REFIND_FILE, ferry_edit_refind_add, NULL, words);
      return;
    }
  ferry_plan_refuse (draft->plan, "menu-unknown",
                     _("The boot loader is rEFInd, but there is no file “/%s”, so Ferry changes nothing. You can do "
                       "it by hand."),
                     REFIND_FILE);
  ferry_plan_add_manual (draft->plan,
                         _("In “refind.conf” on your EFI partition, add these words inside the quotes of the line "
                           "“options” of your system's entry:\n%s"),
                         joined);
}

/* The firmware itself keeps the start line; only a program can change it, and it may forget it again. */
static void
refuse_stub (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  ferry_plan_refuse (draft->plan, "loader-unknown",
                     _("This computer starts the kernel without a boot loader; the firmware keeps its start line. "
                       "Ferry does not change that. You can do it by hand."));
  ferry_draft_add_command (draft, "efibootmgr --unicode");
  ferry_plan_add_manual (draft->plan,
                         _("Make a second entry like the one in use, with “efibootmgr --create” and the same disk, "
                           "partition and loader, and these words at the end of its “--unicode” text:\n%s"),
                         joined);
}

static void
refuse_loader (FerryDraft *draft, char **words)
{
  g_autofree char *joined = g_strjoinv (" ", words);

  ferry_plan_refuse (draft->plan, "loader-unknown",
                     _("Ferry could not find out with certainty which program starts this computer, so "
                       "it changes nothing. You can do it by hand."));
  ferry_plan_add_manual (draft->plan,
                         _("In the settings of your boot loader, add to the kernel's start line:\n%s"),
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

  /* Without words there may still be a menu to show and an older file of Ferry's to take away. */
  if (words[0] == NULL && loader->kind != FERRY_LOADER_GRUB)
    return;
  switch (loader->kind)
    {
    case FERRY_LOADER_GRUB:
      if (!loader->bls)
        ferry_draft_add_grub (draft, words);
      else if (words[0] != NULL)
        ferry_draft_add_bls_args (draft, words);
      break;
    case FERRY_LOADER_SYSTEMD_BOOT:
      ferry_draft_add_systemd_boot (draft, words);
      ferry_draft_show_entries (draft);
      break;
    case FERRY_LOADER_UKI:
      add_uki (draft, words);
      ferry_draft_show_entries (draft);
      break;
    case FERRY_LOADER_LIMINE:
      add_limine (draft, words);
      break;
    case FERRY_LOADER_REFIND:
      add_refind (draft, words);
      break;
    case FERRY_LOADER_EFISTUB:
      refuse_stub (draft, words);
      break;
    case FERRY_LOADER_UNKNOWN:
    default:
      refuse_loader (draft, words);
      break;
    }
}
