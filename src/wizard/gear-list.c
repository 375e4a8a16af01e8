/* gear-list.c: see gear-list.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-words.h"
#include "gear-list.h"
#include "guest/gear.h"

struct _FerryGearList
{
  AdwBin parent_instance;

  FerryBlueprint *blueprint;
  GtkListBox *list;
  gboolean controllers;
};

/* What a switch is about: copies, because the machine may be another one tomorrow. */
typedef struct
{
  FerryAddress address;
  FerryUsb usb;
} Thing;

G_DEFINE_FINAL_TYPE (FerryGearList, ferry_gear_list, ADW_TYPE_BIN)

static void
switched (GtkSwitch *button, GParamSpec *pspec, FerryGearList *self)
{
  const Thing *thing = g_object_get_data (G_OBJECT (button), "thing");
  FerryGuest *guest = ferry_blueprint_get_guest (self->blueprint);

  if (self->controllers)
    ferry_gear_set_controller (guest, &thing->address, gtk_switch_get_active (button));
  else
    ferry_gear_set_device (guest, &thing->usb, gtk_switch_get_active (button));
  ferry_blueprint_changed (self->blueprint, 0);
}

static void
add_row (FerryGearList *self, const Thing *thing, const char *title, const char *text,
         gboolean possible)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();
  const FerryGuest *guest = ferry_blueprint_get_guest (self->blueprint);
  Thing *copy = g_memdup2 (thing, sizeof *thing);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (button),
                         possible
                             && (self->controllers
                                     ? ferry_gear_has_controller (guest, &thing->address)
                                     : ferry_gear_has_device (guest, &thing->usb)));
  gtk_widget_set_sensitive (button, possible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  g_object_set_data_full (G_OBJECT (button), "thing", copy, g_free);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (switched), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), possible ? button : NULL);
  gtk_list_box_append (self->list, row);
}

static guint
fill_controllers (FerryGearList *self, FerryMachine *machine, const FerryCard *card)
{
  g_autoptr (GPtrArray) controllers = ferry_gear_list_controllers (machine, card);

  for (guint i = 0; i < controllers->len; i++)
    {
      const FerryGearController *controller = g_ptr_array_index (controllers, i);
      const Thing thing = { .address = controller->device->address };
      g_autofree char *name = ferry_device_words_name (controller->device);
      g_autofree char *title = g_strdup_printf ("%s (%s)", name, controller->device->id);

      add_row (self, &thing, title, controller->text, controller->possible);
    }
  return controllers->len;
}

static guint
fill_devices (FerryGearList *self, FerryMachine *machine, const FerryCard *card)
{
  g_autoptr (GPtrArray) devices = ferry_gear_list_devices (machine, card);

  for (guint i = 0; i < devices->len; i++)
    {
      const FerryGearDevice *device = g_ptr_array_index (devices, i);
      const Thing thing
          = { .usb = { .vendor = device->usb->vendor, .product = device->usb->product } };

      add_row (self, &thing, device->usb->name, device->text, device->possible);
    }
  return devices->len;
}

/**
 * ferry_gear_list_fill:
 * @card: (nullable): the chosen card
 *
 * Makes the rows anew, when the computer or the card is another one.
 *
 * Returns: how many there are
 */
guint
ferry_gear_list_fill (FerryGearList *self, const FerryCard *card)
{
  FerryMachine *machine;
  GtkWidget *row;

  g_return_val_if_fail (FERRY_IS_GEAR_LIST (self), 0);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  machine = ferry_blueprint_get_machine (self->blueprint);
  if (machine == NULL)
    return 0;
  return self->controllers ? fill_controllers (self, machine, card)
                           : fill_devices (self, machine, card);
}

static void
ferry_gear_list_dispose (GObject *object)
{
  g_clear_object (&FERRY_GEAR_LIST (object)->blueprint);
  G_OBJECT_CLASS (ferry_gear_list_parent_class)->dispose (object);
}

static void
ferry_gear_list_class_init (FerryGearListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_gear_list_dispose;
}

static void
ferry_gear_list_init (FerryGearList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

static GtkWidget *
make (FerryBlueprint *blueprint, gboolean controllers)
{
  FerryGearList *self = g_object_new (FERRY_TYPE_GEAR_LIST, NULL);

  self->blueprint = g_object_ref (blueprint);
  self->controllers = controllers;
  return GTK_WIDGET (self);
}

/**
 * ferry_gear_list_new_for_controllers:
 *
 * A list of USB controllers with everything that hangs on them.
 */
GtkWidget *
ferry_gear_list_new_for_controllers (FerryBlueprint *blueprint)
{
  return make (blueprint, TRUE);
}

/**
 * ferry_gear_list_new_for_devices:
 *
 * A list of single USB devices.
 */
GtkWidget *
ferry_gear_list_new_for_devices (FerryBlueprint *blueprint)
{
  return make (blueprint, FALSE);
}
