/* device-reasons.c: see device-reasons.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-card-list.h"
#include "device-reasons.h"
#include "device-words.h"
#include "prose.h"

/* More devices than this are counted, not named. */
#define MAX_NAMED 8

struct _FerryDeviceReasons
{
  GtkWidget parent_instance;

  GPtrArray *switches; /* of GtkSwitch, borrowed from the children */
  GHashTable *agreed;  /* ids of the consents that were given for the card */
  char *card;          /* its address, or NULL */
  gboolean accepted;
};

G_DEFINE_FINAL_TYPE (FerryDeviceReasons, ferry_device_reasons, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ACCEPTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What a person has to say yes to, by the id of the reason. */
static const struct
{
  const char *id;
  const char *title;
  const char *subtitle;
} consents[] = {
  { "only-display", N_ ("I have another way to reach this computer"),
    N_ ("For example another computer in the same network. The screen of this one will stay dark "
        "while the virtual machine has the card.") },
  { "acs-override", N_ ("I understand that the separation is not real"),
    N_ ("The groups were split by a setting, not by the hardware. A program in the virtual machine "
        "could reach other devices of this computer.") },
};

/* "Disk controller: Intel 9 Series Chipset Family SATA Controller (group 1)" */
static GtkWidget *
make_device_line (FerryDevice *device)
{
  g_autofree char *technical = ferry_device_words_technical (device);
  g_autofree char *text = g_strdup_printf ("• %s: %s", ferry_device_words_kind (device), technical);

  return ferry_prose_new (text, "caption");
}

static void
add_devices (GtkBox *box, GPtrArray *devices)
{
  for (guint i = 0; devices != NULL && i < MIN (devices->len, MAX_NAMED); i++)
    gtk_box_append (box, make_device_line (g_ptr_array_index (devices, i)));

  if (devices != NULL && devices->len > MAX_NAMED)
    {
      guint rest = devices->len - MAX_NAMED;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest);

      gtk_box_append (box, ferry_prose_new (more, "caption"));
    }
}

static GtkWidget *
make_reason (const FerryReason *reason)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *name = reason->verdict == FERRY_CARD_YES
                         ? "dialog-information-symbolic"
                         : ferry_device_card_list_verdict_icon (reason->verdict);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", name, NULL);

  gtk_widget_add_css_class (row, "reason");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  if (reason->verdict != FERRY_CARD_YES)
    gtk_widget_add_css_class (icon, ferry_device_card_list_verdict_style (reason->verdict));
  gtk_box_append (GTK_BOX (words), ferry_prose_new (reason->text, NULL));
  add_devices (GTK_BOX (words), reason->devices);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

/* The switch has the id of its consent as its name. */
static void
remember (FerryDeviceReasons *self, GtkWidget *yes)
{
  const char *id = gtk_widget_get_name (yes);

  if (gtk_switch_get_active (GTK_SWITCH (yes)))
    g_hash_table_add (self->agreed, g_strdup (id));
  else
    g_hash_table_remove (self->agreed, id);
}

static void
update_accepted (FerryDeviceReasons *self)
{
  gboolean accepted = TRUE;

  for (guint i = 0; i < self->switches->len; i++)
    accepted = accepted && gtk_switch_get_active (g_ptr_array_index (self->switches, i));
  if (accepted == self->accepted)
    return;
  self->accepted = accepted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTED]);
}

static void
switched (FerryDeviceReasons *self, GParamSpec *pspec, GtkWidget *yes)
{
  remember (self, yes);
  update_accepted (self);
}

static GtkWidget *
make_consent (FerryDeviceReasons *self, const char *id, const char *title, const char *subtitle)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *yes = gtk_switch_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (yes, GTK_ALIGN_CENTER);
  gtk_widget_set_name (yes, id);
  gtk_switch_set_active (GTK_SWITCH (yes), g_hash_table_contains (self->agreed, id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (yes), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_signal_connect_swapped (yes, "notify::active", G_CALLBACK (switched), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), yes);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), yes);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_ptr_array_add (self->switches, yes);
  return list;
}

static void
add_consents (FerryDeviceReasons *self, const FerryVerdict *verdict)
{
  for (gsize i = 0; i < G_N_ELEMENTS (consents); i++)
    if (ferry_verdict_find (verdict, consents[i].id) != NULL)
      gtk_widget_insert_before (
          make_consent (self, consents[i].id, _ (consents[i].title), _ (consents[i].subtitle)),
          GTK_WIDGET (self), NULL);
}

static void
remove_all (FerryDeviceReasons *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->switches, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
ferry_device_reasons_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACCEPTED)
    g_value_set_boolean (value, FERRY_DEVICE_REASONS (object)->accepted);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ferry_device_reasons_dispose (GObject *object)
{
  remove_all (FERRY_DEVICE_REASONS (object));
  G_OBJECT_CLASS (ferry_device_reasons_parent_class)->dispose (object);
}

static void
ferry_device_reasons_finalize (GObject *object)
{
  FerryDeviceReasons *self = FERRY_DEVICE_REASONS (object);

  g_ptr_array_unref (self->switches);
  g_hash_table_unref (self->agreed);
  g_free (self->card);
  G_OBJECT_CLASS (ferry_device_reasons_parent_class)->finalize (object);
}

static void
ferry_device_reasons_class_init (FerryDeviceReasonsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ferry_device_reasons_get_property;
  object_class->dispose = ferry_device_reasons_dispose;
  object_class->finalize = ferry_device_reasons_finalize;
  properties[PROP_ACCEPTED] = g_param_spec_boolean ("accepted", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
ferry_device_reasons_init (FerryDeviceReasons *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->switches = g_ptr_array_new ();
  self->agreed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->accepted = TRUE;
}

/**
 * ferry_device_reasons_set_verdict:
 * @verdict: (nullable): of the card to explain; nothing of it is kept
 *
 * Explains another card, or the same one after the computer was read anew. What was agreed to for
 * the card before does not hold for another one.
 */
void
ferry_device_reasons_set_verdict (FerryDeviceReasons *self, const FerryVerdict *verdict)
{
  const char *card = verdict != NULL ? verdict->card->primary->id : NULL;

  g_return_if_fail (FERRY_IS_DEVICE_REASONS (self));

  remove_all (self);
  if (g_strcmp0 (card, self->card) != 0)
    g_hash_table_remove_all (self->agreed);
  g_free (self->card);
  self->card = g_strdup (card);
  if (verdict != NULL)
    {
      for (guint i = 0; i < verdict->reasons->len; i++)
        gtk_widget_insert_before (make_reason (g_ptr_array_index (verdict->reasons, i)),
                                  GTK_WIDGET (self), NULL);
      if (verdict->verdict != FERRY_CARD_NO)
        add_consents (self, verdict);
    }
  update_accepted (self);
}

/**
 * ferry_device_reasons_get_accepted:
 *
 * Returns: whether everything that needs a yes for this card has got it
 */
gboolean
ferry_device_reasons_get_accepted (FerryDeviceReasons *self)
{
  g_return_val_if_fail (FERRY_IS_DEVICE_REASONS (self), FALSE);
  return self->accepted;
}
