/* device-card-list.c: see device-card-list.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-card-list.h"
#include "device-words.h"
#include "prose.h"

struct _FerryDeviceCardList
{
  GtkWidget parent_instance;

  GHashTable *buttons;  /* address to GtkCheckButton, borrowed from the children */
  GtkCheckButton *none; /* hidden: no card; it makes even a single card a radio button */
  char *chosen;         /* address, or NULL */
  gboolean filling;     /* buttons change, but nobody chose */
};

G_DEFINE_FINAL_TYPE (FerryDeviceCardList, ferry_device_card_list, GTK_TYPE_WIDGET)

static guint chosen_signal;

const char *
ferry_device_card_list_verdict_word (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return _ ("Suitable");
    case FERRY_CARD_CAUTION:
      return _ ("Possible, with care");
    case FERRY_CARD_NO:
    default:
      return _ ("Not possible");
    }
}

const char *
ferry_device_card_list_verdict_icon (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return "object-select-symbolic";
    case FERRY_CARD_CAUTION:
      return "dialog-warning-symbolic";
    case FERRY_CARD_NO:
    default:
      return "action-unavailable-symbolic";
    }
}

/**
 * ferry_device_card_list_verdict_style:
 *
 * Returns: a style class of the platform
 */
const char *
ferry_device_card_list_verdict_style (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return "success";
    case FERRY_CARD_CAUTION:
      return "warning";
    case FERRY_CARD_NO:
    default:
      return "error";
    }
}

static GtkWidget *
make_verdict_line (FerryCardVerdict verdict)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon
      = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                      "icon-name", ferry_device_card_list_verdict_icon (verdict), NULL);
  GtkWidget *word = ferry_prose_new (ferry_device_card_list_verdict_word (verdict), NULL);

  gtk_widget_add_css_class (line, ferry_device_card_list_verdict_style (verdict));
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), word);
  return line;
}

static guint
count_namesakes (const FerryReport *report, const FerryCard *card)
{
  guint count = 0;

  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

      if (g_strcmp0 (verdict->card->name, card->name) == 0)
        count++;
    }
  return count;
}

/* What tells two equal cards apart: where they are, and whether a screen is plugged in. "" for a
 * card that is the only one of its name. */
static char *
make_place (const FerryReport *report, const FerryCard *card)
{
  g_autofree char *address = ferry_address_to_short_string (&card->primary->address);

  if (count_namesakes (report, card) < 2)
    return g_strdup ("");
  if ((card->primary->needs & FERRY_NEED_SCREEN) != 0)
    return g_strdup_printf (_ ("At address %s, with a screen connected"), address);
  return g_strdup_printf (_ ("At address %s"), address);
}

static GtkWidget *
make_face (const FerryVerdict *verdict, const char *title, const char *place)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (face), ferry_prose_new (title, "heading"));
  if (*place != '\0')
    gtk_box_append (GTK_BOX (face), ferry_prose_new (place, "caption"));
  gtk_box_append (GTK_BOX (face), make_verdict_line (verdict->verdict));
  gtk_box_append (GTK_BOX (face), ferry_prose_new (verdict->sentence, "caption"));
  return face;
}

static void
on_toggled (FerryDeviceCardList *self, GtkCheckButton *button)
{
  const char *address = g_object_get_data (G_OBJECT (button), "address");

  if (self->filling || !gtk_check_button_get_active (button))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (address);
  g_signal_emit (self, chosen_signal, 0);
}

static void
name_button (GtkWidget *button, const char *title, const char *place, const char *sentence)
{
  g_autofree char *label
      = *place != '\0' ? g_strdup_printf ("%s, %s", title, place) : g_strdup (title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
add_card (FerryDeviceCardList *self, const FerryReport *report, const FerryVerdict *verdict)
{
  /* A check button stays a check box for screen readers unless it is told when it is made. */
  GtkWidget *button
      = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  const char *address = verdict->card->primary->id;
  g_autofree char *title = ferry_device_words_card (verdict->card);
  g_autofree char *place = make_place (report, verdict->card);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->none);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), make_face (verdict, title, place));
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "device-card");
  name_button (button, title, place, verdict->sentence);
  g_object_set_data_full (G_OBJECT (button), "address", g_strdup (address), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_widget_insert_before (button, GTK_WIDGET (self), NULL);
  g_hash_table_insert (self->buttons, g_strdup (address), button);
}

static void
add_cards (FerryDeviceCardList *self, const FerryReport *report, FerryCardVerdict wanted)
{
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

      if (verdict->verdict == wanted)
        add_card (self, report, verdict);
    }
}

static void
remove_all (FerryDeviceCardList *self)
{
  GHashTableIter iter;
  gpointer button;

  g_hash_table_iter_init (&iter, self->buttons);
  while (g_hash_table_iter_next (&iter, NULL, &button))
    {
      g_hash_table_iter_remove (&iter);
      gtk_widget_unparent (button);
    }
  g_clear_pointer (&self->chosen, g_free);
}

static void
ferry_device_card_list_dispose (GObject *object)
{
  FerryDeviceCardList *self = FERRY_DEVICE_CARD_LIST (object);

  self->filling = TRUE;
  remove_all (self);
  if (self->none != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->none));
  self->none = NULL;
  G_OBJECT_CLASS (ferry_device_card_list_parent_class)->dispose (object);
}

static void
ferry_device_card_list_finalize (GObject *object)
{
  g_hash_table_unref (FERRY_DEVICE_CARD_LIST (object)->buttons);
  G_OBJECT_CLASS (ferry_device_card_list_parent_class)->finalize (object);
}

static void
ferry_device_card_list_class_init (FerryDeviceCardListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ferry_device_card_list_dispose;
  object_class->finalize = ferry_device_card_list_finalize;
  chosen_signal = g_signal_new ("chosen", FERRY_TYPE_DEVICE_CARD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
ferry_device_card_list_init (FerryDeviceCardList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->buttons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->none = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->none), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->none), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Graphics cards"), -1);
}

/**
 * ferry_device_card_list_set_report:
 * @report: (nullable):
 *
 * Shows the cards of @report, the suitable ones first; none is chosen.
 */
void
ferry_device_card_list_set_report (FerryDeviceCardList *self, const FerryReport *report)
{
  g_return_if_fail (FERRY_IS_DEVICE_CARD_LIST (self));

  self->filling = TRUE;
  remove_all (self);
  for (int verdict = FERRY_CARD_YES; report != NULL && verdict <= FERRY_CARD_NO; verdict++)
    add_cards (self, report, (FerryCardVerdict)verdict);
  self->filling = FALSE;
}

/**
 * ferry_device_card_list_choose:
 * @address: (nullable): of the display function; %NULL for no card
 *
 * Shows that a card is chosen, without the signal.
 */
void
ferry_device_card_list_choose (FerryDeviceCardList *self, const char *address)
{
  GtkCheckButton *button = NULL;
  char *copy;

  g_return_if_fail (FERRY_IS_DEVICE_CARD_LIST (self));

  if (address != NULL)
    button = g_hash_table_lookup (self->buttons, address);
  self->filling = TRUE;
  gtk_check_button_set_active (button != NULL ? button : self->none, TRUE);
  self->filling = FALSE;

  copy = button != NULL ? g_strdup (address) : NULL;
  g_free (self->chosen);
  self->chosen = copy;
}

/**
 * ferry_device_card_list_get_chosen:
 *
 * Returns: (transfer none) (nullable): the address of the chosen card
 */
const char *
ferry_device_card_list_get_chosen (FerryDeviceCardList *self)
{
  g_return_val_if_fail (FERRY_IS_DEVICE_CARD_LIST (self), NULL);
  return self->chosen;
}
