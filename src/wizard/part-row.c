/* part-row.c: see part-row.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "part-row.h"

struct _FerryPartRow
{
  AdwActionRow parent_instance;

  GtkStack *stack;
  GtkLabel *word;
  gboolean work; /* something is done, not read */
};

G_DEFINE_FINAL_TYPE (FerryPartRow, ferry_part_row, ADW_TYPE_ACTION_ROW)

static void
ferry_part_row_class_init (FerryPartRowClass *klass)
{
}

static void
ferry_part_row_init (FerryPartRow *self)
{
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->stack), GTK_ALIGN_CENTER);
  gtk_stack_add_named (self->stack, gtk_image_new_from_icon_name ("content-loading-symbolic"),
                       "waiting");
  gtk_stack_add_named (self->stack, spinner, "reading");
  gtk_stack_add_named (self->stack, gtk_image_new_from_icon_name ("object-select-symbolic"), "read");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->stack));

  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->word), "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->word));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  ferry_part_row_set_state (self, FERRY_PART_WAITING);
}

/**
 * ferry_part_row_new:
 * @title: what is read, in plain words
 */
GtkWidget *
ferry_part_row_new (const char *title)
{
  return g_object_new (FERRY_TYPE_PART_ROW, "title", title, "focusable", FALSE, NULL);
}

/**
 * ferry_part_row_new_for_work:
 * @title: what is done, as plain text
 *
 * The same for a step of a change.
 */
GtkWidget *
ferry_part_row_new_for_work (const char *title)
{
  FerryPartRow *self = g_object_new (FERRY_TYPE_PART_ROW, "use-markup", FALSE, "title", title,
                                     "focusable", FALSE, NULL);

  self->work = TRUE;
  return GTK_WIDGET (self);
}

void
ferry_part_row_set_state (FerryPartRow *self, FerryPartState state)
{
  static const char *const names[] = { "waiting", "reading", "read" };
  const char *const words[] = { "", _ ("reading…"), _ ("read") };
  const char *const work_words[] = { "", _ ("working…"), _ ("done") };

  g_return_if_fail (FERRY_IS_PART_ROW (self));
  g_return_if_fail (state < G_N_ELEMENTS (names));

  gtk_stack_set_visible_child_name (self->stack, names[state]);
  gtk_label_set_label (self->word, self->work ? work_words[state] : words[state]);
}
