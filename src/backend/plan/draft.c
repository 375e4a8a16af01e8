/* draft.c: see draft.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/draft.h"

/* Frees what the parts have put into @draft; what it borrows stays. */
void
ferry_draft_clear (FerryDraft *draft)
{
  g_clear_pointer (&draft->line, ferry_cmdline_free);
  g_clear_pointer (&draft->modprobe, g_ptr_array_unref);
  g_clear_pointer (&draft->ids_word, g_free);
}

const FerryFile *
ferry_draft_file (FerryDraft *draft, const char *path)
{
  return ferry_configuration_get (draft->machine->configuration, path);
}

/**
 * ferry_draft_is_own:
 *
 * Returns: whether @file carries Ferry's mark in its first or, for a script, second line
 */
gboolean
ferry_draft_is_own (const FerryFile *file)
{
  const char *text = file->text;

  if (file->kind != FERRY_FILE_REGULAR)
    return FALSE;
  if (g_str_has_prefix (text, "#!"))
    {
      text = strchr (text, '\n');
      text = text != NULL ? text + 1 : "";
    }
  return g_str_has_prefix (text, FERRY_DRAFT_MARK);
}

static FerryChange *
file_change (const char *path, const char *title, const char *reason)
{
  FerryChange *change = ferry_change_new (FERRY_CHANGE_FILE, path);

  g_free (change->title);
  change->title = g_strdup (title);
  g_free (change->reason);
  change->reason = g_strdup (reason);
  return change;
}

/**
 * ferry_draft_own_file:
 * @content: behind Ferry's mark; a script starts with its "#!" line, the mark then follows it
 *
 * Plans a file that belongs to Ferry alone. A file of that name which is not Ferry's is never
 * replaced: that is refused.
 *
 * Returns: whether something changes
 */
gboolean
ferry_draft_own_file (FerryDraft *draft, const char *path, guint mode, const char *content,
                      const char *title, const char *reason)
{
  const FerryFile *file = ferry_draft_file (draft, path);
  FerryChange *change;

  if (file->kind != FERRY_FILE_ABSENT && !ferry_draft_is_own (file))
    {
      ferry_plan_refuse (draft->plan, "file-taken",
                         _("There is already a file “/%s” that is not from Ferry."), path);
      return FALSE;
    }
  if (g_strcmp0 (file->text, content) == 0 && file->mode == mode)
    return FALSE;

  change = file_change (path, title, reason);
  change->before = g_strdup (file->text);
  change->after = g_strdup (content);
  change->mode = mode;
  change->owned = TRUE;
  ferry_plan_add (draft->plan, change);
  return TRUE;
}

/**
 * ferry_draft_drop_own_file:
 *
 * Plans the removal of a file of Ferry's that this intent does not need any more.
 *
 * Returns: whether something changes
 */
gboolean
ferry_draft_drop_own_file (FerryDraft *draft, const char *path)
{
  const FerryFile *file = ferry_draft_file (draft, path);
  FerryChange *change;

  if (!ferry_draft_is_own (file))
    return FALSE;
  change = file_change (path, _("Take away an older setting of Ferry"),
                        _("Your new choice does not need it any more."));
  change->before = g_strdup (file->text);
  change->mode = file->mode;
  change->uid = file->uid;
  change->gid = file->gid;
  change->owned = TRUE;
  ferry_plan_add (draft->plan, change);
  return TRUE;
}

/**
 * ferry_draft_edit_file:
 * @after: (transfer full): the new content; nothing is planned when it is the old one
 *
 * Plans an edit of a file of the user, with its mode and owner kept.
 */
void
ferry_draft_edit_file (FerryDraft *draft, const FerryFile *file, char *after, const char *title,
                       const char *reason)
{
  FerryChange *change;

  if (g_strcmp0 (file->text, after) == 0)
    {
      g_free (after);
      return;
    }
  change = file_change (file->path, title, reason);
  change->before = g_strdup (file->text);
  change->after = after;
  change->mode = file->mode;
  change->uid = file->uid;
  change->gid = file->gid;
  ferry_plan_add (draft->plan, change);
}

/**
 * ferry_draft_new_file:
 * @content: (transfer full):
 *
 * Plans a file that belongs to the user from then on: it may be edited, and has no mark.
 */
void
ferry_draft_new_file (FerryDraft *draft, const char *path, char *content, const char *title, const char *reason)
{
  FerryChange *change = file_change (path, title, reason);

  change->after = content;
  ferry_plan_add (draft->plan, change);
}

/**
 * ferry_draft_step:
 *
 * Plans a step that runs the distribution's own program.
 *
 * Returns: (transfer none): the change, for its items
 */
FerryChange *
ferry_draft_step (FerryDraft *draft, FerryChangeKind kind, const char *tool, const char *title,
                  const char *reason)
{
  FerryChange *change = ferry_change_new (kind, "");

  g_free (change->tool);
  change->tool = g_strdup (tool);
  g_free (change->title);
  change->title = g_strdup (title);
  g_free (change->reason);
  change->reason = g_strdup (reason);
  ferry_plan_add (draft->plan, change);
  return change;
}

static void
refuse_file (FerryDraft *draft, const char *path, const GError *error)
{
  ferry_plan_refuse (draft->plan, "edit-unsafe",
                     _("The file “/%s” is written in a way that Ferry cannot change safely (%s). "
                       "Nothing was changed."),
                     path, error->message);
}

/**
 * ferry_draft_refuse_edit:
 *
 * Refuses because a start line in @path could not be edited safely, and says what could be done by hand.
 */
void
ferry_draft_refuse_edit (FerryDraft *draft, const char *path, const GError *error)
{
  g_auto (GStrv) words = ferry_draft_kernel_words (draft);
  g_autofree char *joined = g_strjoinv (" ", words);

  refuse_file (draft, path, error);
  ferry_plan_add_manual (draft->plan,
                         _("Open “/%s” as administrator and add these words to the kernel's start line:\n%s"), path,
                         joined);
}

/**
 * ferry_draft_refuse_list:
 *
 * Refuses because the list of modules in @path could not be edited safely, and says what could be done by hand.
 */
void
ferry_draft_refuse_list (FerryDraft *draft, const char *path, const GError *error)
{
  if (error != NULL)
    refuse_file (draft, path, error);
  ferry_plan_add_manual (draft->plan,
                         _("Open “/%s” as administrator and put these names at the beginning of the list of modules:\n"
                           "%s"),
                         path, "vfio_pci vfio vfio_iommu_type1");
}

/**
 * ferry_draft_refuse_unreadable:
 * @path: of @file, which may not know it when it does not exist
 *
 * Refuses because a file that had to be edited is not a plain readable file.
 */
void
ferry_draft_refuse_unreadable (FerryDraft *draft, const FerryFile *file, const char *path)
{
  g_auto (GStrv) words = ferry_draft_kernel_words (draft);
  g_autofree char *joined = g_strjoinv (" ", words);

  if (file->kind == FERRY_FILE_LINK)
    ferry_plan_refuse (draft->plan, "menu-unknown",
                       _("The file “/%s” is a link to another place. Ferry does not change what it leads to."),
                       path);
  else
    ferry_plan_refuse (draft->plan, "menu-unknown", _("The file “/%s” cannot be read."), path);
  if (*joined != '\0')
    ferry_plan_add_manual (draft->plan, _("Add these words to the kernel's start line in “/%s”:\n%s"), path, joined);
}

/**
 * ferry_draft_add_command:
 *
 * Adds a manual step that is one command.
 */
void
ferry_draft_add_command (FerryDraft *draft, const char *format, ...)
{
  g_autofree char *command = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);
  ferry_plan_add_manual (draft->plan, _("Type in a terminal:\n%s"), command);
}
