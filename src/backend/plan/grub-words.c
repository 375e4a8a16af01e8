/* grub-words.c: the part of the planner for GRUB: where its kernel words go, and a menu that can be seen.
 *
 * Pure. A drop-in where this machine's grub-mkconfig reads them, else an edit of /etc/default/grub. Both are read by a
 * shell (GNU GRUB manual, "Simple configuration handling"), so values are looked at over all files together. Defaults of
 * the menu: util/grub.d/00_header.in, make_timeout.
 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "plan/draft.h"
#include "plan/edit.h"

typedef struct
{
  gboolean style, timeout; /* has to be set, that the menu is there and can be reached */
} MenuNeeds;

/**
 * ferry_draft_grub_script:
 *
 * Returns: (transfer full): what grub-mkconfig reads, one file after the other, without Ferry's own
 */
char *
ferry_draft_grub_script (FerryDraft *draft)
{
  const FerryFile *file = ferry_draft_file (draft, FERRY_DRAFT_GRUB);
  g_autoptr (GPtrArray) drop_ins
      = ferry_configuration_list (draft->machine->configuration, "etc/default/grub.d", ".cfg");
  g_autoptr (GString) script = g_string_new (file->text);

  for (guint i = 0; draft->machine->loader->drop_in == FERRY_ANSWER_YES && i < drop_ins->len; i++)
    {
      const FerryFile *drop_in = ferry_draft_file (draft, g_ptr_array_index (drop_ins, i));

      if (drop_in->text != NULL && !ferry_draft_is_own (drop_in))
        g_string_append_printf (script, "\n%s", drop_in->text);
    }
  return g_string_free (g_steal_pointer (&script), FALSE);
}

/* The value, "" where it is not set, or NULL where it cannot be known without running the script. */
static char *
read_value (const char *script, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = ferry_edit_shell_value (script, name, &error);

  return g_error_matches (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND) ? g_strdup ("") : value;
}

/**
 * ferry_draft_grub_words:
 *
 * Returns: (transfer full) (nullable): the words of all entries and of the normal ones, or %NULL where they cannot
 *   be known without running the script
 */
char *
ferry_draft_grub_words (const char *script)
{
  g_autofree char *all = read_value (script, "GRUB_CMDLINE_LINUX");
  g_autofree char *normal = read_value (script, "GRUB_CMDLINE_LINUX_DEFAULT");

  return all != NULL && normal != NULL ? g_strjoin (" ", all, normal, NULL) : NULL;
}

static gboolean
is_set (const char *value)
{
  return value != NULL && *value != '\0';
}

/* A time below zero waits for a key; a text that is no number is not trusted. */
static gboolean
is_too_short (const char *value)
{
  gint64 seconds;

  if (!is_set (value))
    return value == NULL;
  return !g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, &seconds, NULL)
         || (seconds >= 0 && seconds < FERRY_DRAFT_TIMEOUT);
}

static MenuNeeds
find_needs (FerryDraft *draft, const char *script)
{
  g_autofree char *style = read_value (script, "GRUB_TIMEOUT_STYLE");
  g_autofree char *timeout = read_value (script, "GRUB_TIMEOUT");
  g_autofree char *hidden = read_value (script, "GRUB_HIDDEN_TIMEOUT");
  MenuNeeds needs = { FALSE, FALSE };

  if (!draft->intent->show_menu)
    return needs;
  needs.style = style == NULL || (is_set (style) ? !g_str_equal (style, "menu") : hidden == NULL || is_set (hidden));
  needs.timeout = is_too_short (timeout);
  return needs;
}

static const char *
say_reason (char **missing, MenuNeeds needs)
{
  if (!needs.style && !needs.timeout)
    return ferry_draft_words_reason ();
  if (missing[0] == NULL)
    return _("The boot menu is shown for some seconds at each start, so that there is a way back if the screen "
             "stays black.");
  return _("It switches on what passthrough needs and names the card that is kept free. The boot menu is shown "
           "for some seconds at each start, so that there is a way back if the screen stays black.");
}

/* It is in one package with grub-mkconfig, but a system can be put together in other ways. */
static gboolean
has_checker (FerryDraft *draft)
{
  static const char *const checkers[]
      = { "usr/bin/grub-script-check", "usr/sbin/grub-script-check", "usr/bin/grub2-script-check",
          "usr/sbin/grub2-script-check" };

  for (gsize i = 0; i < G_N_ELEMENTS (checkers); i++)
    if (ferry_draft_file (draft, checkers[i])->kind != FERRY_FILE_ABSENT)
      return TRUE;
  return FALSE;
}

static void
add_menu_step (FerryDraft *draft, char **words)
{
  ferry_draft_add_menu_step (draft, "grub-mkconfig", words);
  if (!has_checker (draft))
    ferry_plan_warn (draft->plan, "menu-checker-missing",
                     _("GRUB's own check of a boot menu, “grub-script-check”, is not installed. "
                       "Ferry checks the new menu all the same before it is used: that it is "
                       "complete, and that each entry has a kernel and the new settings."));
}

static void
add_drop_in (FerryDraft *draft, const char *script, char **words)
{
  g_autoptr (GString) content
      = g_string_new (FERRY_DRAFT_MARK " Undo in Ferry takes it away again.\n");
  MenuNeeds needs = find_needs (draft, script);
  g_autofree char *value = ferry_draft_grub_words (script);
  g_auto (GStrv) missing = ferry_draft_missing_words (value, words);
  g_autofree char *joined = g_strjoinv (" ", missing);
  gboolean changed;

  if (*joined != '\0')
    g_string_append_printf (
        content, "GRUB_CMDLINE_LINUX_DEFAULT=\"${GRUB_CMDLINE_LINUX_DEFAULT} %s\"\n", joined);
  if (needs.style)
    g_string_append (content, "GRUB_TIMEOUT_STYLE=menu\n");
  if (needs.timeout)
    g_string_append_printf (content, "GRUB_TIMEOUT=%d\n", FERRY_DRAFT_TIMEOUT);
  if (*joined == '\0' && !needs.style && !needs.timeout)
    changed = ferry_draft_drop_own_file (draft, FERRY_DRAFT_GRUB_DROP_IN);
  else
    changed = ferry_draft_own_file (draft, FERRY_DRAFT_GRUB_DROP_IN, 0644, content->str,
                                    missing[0] != NULL ? ferry_draft_words_title () : _("Show the boot menu"),
                                    say_reason (missing, needs));
  if (changed)
    add_menu_step (draft, words);
}

/* Sets what makes the menu visible; where the present value cannot be known it is left, with a warning. */
static char *
show_menu (FerryDraft *draft, char *text, MenuNeeds needs)
{
  g_autofree char *seconds = g_strdup_printf ("%d", FERRY_DRAFT_TIMEOUT);
  g_autofree char *styled = needs.style ? ferry_edit_shell_set (text, "GRUB_TIMEOUT_STYLE", "menu", NULL)
                                        : g_strdup (text);
  g_autofree char *timed = NULL;

  if (styled != NULL)
    timed = needs.timeout ? ferry_edit_shell_set (styled, "GRUB_TIMEOUT", seconds, NULL) : g_strdup (styled);
  if (timed == NULL)
    {
      ferry_plan_warn (draft->plan, "menu-hidden",
                       _("Ferry cannot tell whether the boot menu is shown. To see it, hold Shift or press Esc "
                         "while the computer starts."));
      return text;
    }
  g_free (text);
  return g_steal_pointer (&timed);
}

static void
edit_file (FerryDraft *draft, const FerryFile *file, const char *script, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = ferry_draft_grub_words (script);
  g_auto (GStrv) missing = ferry_draft_missing_words (value, words);
  MenuNeeds needs = find_needs (draft, script);
  g_autofree char *after = ferry_edit_shell_add_words (file->text, "GRUB_CMDLINE_LINUX_DEFAULT",
                                                       (const char *const *) missing, &error);

  if (after == NULL)
    {
      ferry_draft_refuse_edit (draft, FERRY_DRAFT_GRUB, error);
      return;
    }
  after = show_menu (draft, g_steal_pointer (&after), needs);
  if (g_str_equal (after, file->text))
    return;
  ferry_draft_edit_file (draft, file, g_steal_pointer (&after),
                         missing[0] != NULL ? ferry_draft_words_title () : _("Show the boot menu"),
                         say_reason (missing, needs));
  add_menu_step (draft, words);
}

/* A quote that is never closed stops grub-mkconfig, whoever reads the file. */
static gboolean
refuse_torn (FerryDraft *draft, const char *script)
{
  if (ferry_edit_shell_is_whole (script))
    return FALSE;
  ferry_plan_refuse (draft->plan, "edit-unsafe",
                     _("The settings of GRUB in “/%s” have a quote or bracket that is never closed, so the boot "
                       "menu cannot be made from them. Mend that, then come back."),
                     FERRY_DRAFT_GRUB);
  return TRUE;
}

/* What stands behind "--" goes to the first program, not to the kernel: also our words would. The words of the normal
 * entries stand behind those of all entries. */
static gboolean
refuse_init_args (FerryDraft *draft, const char *script)
{
  g_autofree char *value = ferry_draft_grub_words (script);
  g_autoptr (FerryCmdline) cmdline = ferry_cmdline_parse (value != NULL ? value : "", NULL);
  g_autoptr (GError) error = NULL;

  if (cmdline == NULL || cmdline->init_args == NULL)
    return FALSE;
  error = g_error_new_literal (FERRY_ERROR, FERRY_ERROR_UNSUPPORTED, _("its start line has a part behind “--”"));
  ferry_draft_refuse_edit (draft, FERRY_DRAFT_GRUB, error);
  return TRUE;
}

/**
 * ferry_draft_add_grub:
 *
 * Plans GRUB's words, its menu, and the step that makes the menu again.
 */
void
ferry_draft_add_grub (FerryDraft *draft, char **words)
{
  const FerryLoader *loader = draft->machine->loader;
  const FerryFile *file = ferry_draft_file (draft, FERRY_DRAFT_GRUB);
  g_autofree char *script = ferry_draft_grub_script (draft);

  if (loader->mkconfig == NULL || loader->menu == NULL)
    ferry_plan_refuse (draft->plan, "menu-unknown",
                       _("The boot loader is GRUB, but the program that makes its menu was not found."));
  else if (refuse_torn (draft, script) || refuse_init_args (draft, script))
    return;
  else if (loader->drop_in == FERRY_ANSWER_YES)
    add_drop_in (draft, script, words);
  else if (file->kind != FERRY_FILE_REGULAR)
    ferry_draft_refuse_unreadable (draft, file, FERRY_DRAFT_GRUB);
  else
    edit_file (draft, file, script, words);
}
