/* rescue-card.c: see rescue-card.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "dialog.h"
#include "fold-row.h"
#include "paper.h"
#include "plan/rescue.h"
#include "prose.h"
#include "rescue-card.h"
#include "window.h"

struct _FerryRescueCard
{
  AdwBin parent_instance;

  GtkListBox *list;
  GPtrArray *steps; /* of FerryRescueStep, NULL before a machine is known */
};

G_DEFINE_FINAL_TYPE (FerryRescueCard, ferry_rescue_card, ADW_TYPE_BIN)

static void
add_step (FerryFoldRow *row, const FerryRescueStep *step, guint number)
{
  g_autofree char *title = g_strdup_printf ("%u. %s", number, step->title);
  g_autofree char *commands = g_strjoinv ("\n", step->commands);

  ferry_fold_row_append (row, ferry_prose_new (title, "heading"));
  ferry_fold_row_append (row, ferry_prose_new (step->text, NULL));
  if (*commands != '\0')
    {
      GtkWidget *label = ferry_prose_new (commands, "command");

      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      ferry_fold_row_append (row, label);
    }
}

/**
 * ferry_rescue_card_set_machine:
 * @machine: (nullable): only read, not kept
 */
void
ferry_rescue_card_set_machine (FerryRescueCard *self, FerryMachine *machine)
{
  GtkWidget *row;

  g_return_if_fail (FERRY_IS_RESCUE_CARD (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), machine != NULL);
  if (machine == NULL)
    return;

  self->steps = ferry_rescue_make (machine);
  row = ferry_fold_row_new ("help-browser-symbolic", _ ("Read the steps"), NULL);
  for (guint i = 0; i < self->steps->len; i++)
    add_step (FERRY_FOLD_ROW (row), g_ptr_array_index (self->steps, i), i + 1);
  gtk_list_box_append (self->list, row);
}

static void
print_clicked (FerryRescueCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = NULL;
  g_autoptr (FerryPaper) paper = NULL;
  g_autoptr (GError) error = NULL;

  if (self->steps == NULL)
    return;
  text = ferry_rescue_to_text (self->steps);
  paper = ferry_paper_new_for_text (_ ("If the screen stays black"), text);
  if (gtk_print_operation_run (GTK_PRINT_OPERATION (paper), GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    ferry_dialog_tell (GTK_WIDGET (self), _ ("The page could not be printed"), error->message);
}

static void
page_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryRescueCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ferry_paper_save_finish (result, &error))
    ferry_window_toast (GTK_WIDGET (self), _ ("The page was saved"));
  else
    ferry_dialog_tell (GTK_WIDGET (self), _ ("The page could not be saved"), error->message);
}

static void
file_chosen (GFile *file, gpointer user_data)
{
  FerryRescueCard *self = FERRY_RESCUE_CARD (user_data);

  if (self->steps != NULL)
    ferry_paper_save_html_async (ferry_rescue_to_html (self->steps), file, page_saved,
                                 g_object_ref (self));
}

static void
save_clicked (FerryRescueCard *self)
{
  ferry_dialog_save_file (GTK_WIDGET (self), _ ("Save Page for Your Phone"),
                          _ ("if-the-screen-stays-black.html"), file_chosen, G_OBJECT (self));
}

static void
ferry_rescue_card_dispose (GObject *object)
{
  g_clear_pointer (&FERRY_RESCUE_CARD (object)->steps, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_RESCUE_CARD);
  G_OBJECT_CLASS (ferry_rescue_card_parent_class)->dispose (object);
}

static void
ferry_rescue_card_class_init (FerryRescueCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_rescue_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/rescue-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryRescueCard, list);
  gtk_widget_class_bind_template_callback (widget_class, print_clicked);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
}

static void
ferry_rescue_card_init (FerryRescueCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
