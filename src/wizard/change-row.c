/* change-row.c: see change-row.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "change-row.h"
#include "diff-view.h"
#include "fold-row.h"
#include "prose.h"

static const char *
choose_icon (FerryChangeKind kind)
{
  switch (kind)
    {
    case FERRY_CHANGE_PACKAGES:
      return "folder-download-symbolic";
    case FERRY_CHANGE_SERVICE:
      return "system-run-symbolic";
    case FERRY_CHANGE_NETWORK:
      return "network-wired-symbolic";
    case FERRY_CHANGE_GROUP:
      return "system-users-symbolic";
    case FERRY_CHANGE_INITRAMFS:
    case FERRY_CHANGE_MENU:
    case FERRY_CHANGE_BLS_ARGS:
      return "view-refresh-symbolic";
    case FERRY_CHANGE_FILE:
    case FERRY_CHANGE_LINK:
    default:
      return "document-edit-symbolic";
    }
}

static char *
describe_path (const FerryChange *change)
{
  if (change->after == NULL)
    return g_strdup_printf (_ ("This file is taken away: /%s"), change->path);
  if (change->before == NULL)
    return g_strdup_printf (_ ("This file is new: /%s"), change->path);
  return g_strdup_printf (_ ("This file is edited: /%s"), change->path);
}

static const char *
describe_items (FerryChangeKind kind)
{
  switch (kind)
    {
    case FERRY_CHANGE_PACKAGES:
      return _ ("These packages are installed:");
    case FERRY_CHANGE_SERVICE:
      return _ ("This is switched on:");
    case FERRY_CHANGE_GROUP:
      return _ ("The group:");
    case FERRY_CHANGE_INITRAMFS:
      return _ ("Afterwards Ferry looks for these inside:");
    case FERRY_CHANGE_MENU:
    case FERRY_CHANGE_BLS_ARGS:
    default:
      return _ ("Afterwards these words are in every normal entry:");
    }
}

static void
add_items (FerryFoldRow *row, const FerryChange *change)
{
  g_autofree char *items = g_strjoinv ("\n", change->items);
  GtkWidget *label;

  if (*items == '\0')
    return;
  ferry_fold_row_append (row, ferry_prose_new (describe_items (change->kind), "caption"));
  label = ferry_prose_new (items, "monospace");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  ferry_fold_row_append (row, label);
}

static void
add_file (FerryFoldRow *row, const FerryChange *change, const char *diff)
{
  g_autofree char *path = NULL;
  GtkWidget *label;

  if (*change->path == '\0')
    return;
  path = describe_path (change);
  label = ferry_prose_new (path, "caption");
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  ferry_fold_row_append (row, label);
  if (*diff != '\0')
    ferry_fold_row_append (row, ferry_diff_view_new (diff, path));
}

/* What every row says in the end: whether undo takes it back. */
static void
add_promise (FerryFoldRow *row, const FerryChange *change)
{
  ferry_fold_row_append (
      row,
      ferry_prose_new (change->reversible
                           ? _ ("Undo takes this back.")
                           : _ ("Undo leaves this as it is: it does no harm, and other programs "
                                "may use it by then."),
                       "caption"));
}

/**
 * ferry_change_row_new:
 * @change: and @diff: only read, not kept
 *
 * Returns: (transfer floating): a row for a GtkListBox
 */
GtkWidget *
ferry_change_row_new (const FerryChange *change, const char *diff)
{
  GtkWidget *row = ferry_fold_row_new (choose_icon (change->kind), change->title, change->reason);

  add_file (FERRY_FOLD_ROW (row), change, diff != NULL ? diff : "");
  add_items (FERRY_FOLD_ROW (row), change);
  add_promise (FERRY_FOLD_ROW (row), change);
  return row;
}
