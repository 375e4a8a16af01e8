/* binding-row.c: see binding-row.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "binding-row.h"

struct _FerryBindingRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *button;
  FerryBind bind;
};

G_DEFINE_FINAL_TYPE (FerryBindingRow, ferry_binding_row, ADW_TYPE_ACTION_ROW)

/* In the order of FerryBind: what it is called, what it means, and why it may be impossible. */
static const struct
{
  const char *title, *meaning, *obstacle;
} words[] = {
  { N_ ("By its type"),
    N_ ("The simplest way. It also works when the card is put into another slot."),
    N_ ("Not possible here: another device of this computer is of the same type and would be taken "
        "away as well.") },
  { N_ ("By its type and maker"),
    N_ ("For two cards of the same type that come from different makers."),
    N_ ("Not possible here: another device of this computer is of the same type and from the same "
        "maker.") },
  { N_ ("By its place in the computer"),
    N_ ("Tells even two equal cards apart. When cards are moved or added later, it has to be set "
        "up "
        "anew."),
    N_ ("Not possible here.") },
};

static void
ferry_binding_row_class_init (FerryBindingRowClass *klass)
{
}

static void
ferry_binding_row_init (FerryBindingRow *self)
{
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

/**
 * ferry_binding_row_new:
 * @group: (nullable): the button of another row: only one of them can be chosen
 */
GtkWidget *
ferry_binding_row_new (FerryBind bind, GtkCheckButton *group)
{
  FerryBindingRow *self = g_object_new (FERRY_TYPE_BINDING_ROW, NULL);

  g_return_val_if_fail (bind < G_N_ELEMENTS (words), NULL);

  self->bind = bind;
  gtk_check_button_set_group (self->button, group);
  ferry_binding_row_set_needed (self, FERRY_BIND_IDS);
  return GTK_WIDGET (self);
}

FerryBind
ferry_binding_row_get_bind (FerryBindingRow *self)
{
  g_return_val_if_fail (FERRY_IS_BINDING_ROW (self), FERRY_BIND_ADDRESS);
  return self->bind;
}

/**
 * ferry_binding_row_get_button:
 *
 * Returns: (transfer none): the radio button
 */
GtkCheckButton *
ferry_binding_row_get_button (FerryBindingRow *self)
{
  g_return_val_if_fail (FERRY_IS_BINDING_ROW (self), NULL);
  return self->button;
}

/**
 * ferry_binding_row_set_needed:
 * @needed: the widest way that is unambiguous on this computer; it is the recommended one
 */
void
ferry_binding_row_set_needed (FerryBindingRow *self, FerryBind needed)
{
  gboolean possible = self->bind >= needed;
  const char *sentence = possible ? _ (words[self->bind].meaning) : _ (words[self->bind].obstacle);
  g_autofree char *title = NULL;

  g_return_if_fail (FERRY_IS_BINDING_ROW (self));

  title = self->bind == needed
              ? g_strdup_printf (_ ("%s (recommended)"), _ (words[self->bind].title))
              : g_strdup (_ (words[self->bind].title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), possible);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), possible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}
