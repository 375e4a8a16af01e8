/* device-details.c: see device-details.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-details.h"
#include "device-words.h"
#include "prose.h"

struct _FerryDeviceDetails
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *state;
  GtkWidget *technical;
};

G_DEFINE_FINAL_TYPE (FerryDeviceDetails, ferry_device_details, GTK_TYPE_WIDGET)

static void
set_texts (FerryDeviceDetails *self, const char *title, const char *state, const char *technical)
{
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->state), state);
  gtk_label_set_label (GTK_LABEL (self->technical), technical);
  gtk_widget_set_visible (self->state, *state != '\0');
  gtk_widget_set_visible (self->technical, *technical != '\0');
}

static char *
describe_group (FerryDevice *device)
{
  if (device->group == FERRY_DEVICE_NO_GROUP)
    return g_strdup (_ ("in no IOMMU group"));
  return g_strdup_printf (_ ("IOMMU group %d"), device->group);
}

/* "will be passed · IOMMU group 1", and what this computer uses the device for. */
static char *
describe_state (FerryDevice *device, const FerryCard *card)
{
  g_autofree char *group = describe_group (device);
  g_autofree char *needs = ferry_device_words_needs (device);
  g_autofree char *names
      = device->need_details != NULL ? g_strjoinv (_ (", "), device->need_details) : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s", ferry_device_words_role (ferry_role_of (device, card)),
                          group);
  if (*needs != '\0')
    g_string_append_printf (text, " · %s", needs);
  if (*needs != '\0' && *names != '\0')
    g_string_append_printf (text, " (%s)", names);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_technical (FerryDevice *device)
{
  g_autofree char *model = ferry_device_words_technical (device);
  g_autofree char *driver = device->driver != NULL
                                ? g_strdup_printf (_ ("driver %s"), device->driver)
                                : g_strdup (_ ("no driver"));

  return g_strdup_printf ("%s · %s · %s · %04x:%04x", model, driver, device->id, device->vendor,
                          device->device);
}

/**
 * ferry_device_details_show_device:
 * @card: (nullable): the chosen card
 */
void
ferry_device_details_show_device (FerryDeviceDetails *self, FerryDevice *device,
                                  const FerryCard *card)
{
  g_autofree char *title = ferry_device_words_title (device);
  g_autofree char *state = describe_state (device, card);
  g_autofree char *technical = describe_technical (device);

  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  set_texts (self, title, state, technical);
}

static gboolean
has_bridge (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    if (((FerryDevice *)g_ptr_array_index (devices, i))->bridge)
      return TRUE;
  return FALSE;
}

/**
 * ferry_device_details_show_group:
 * @group: its number, or %FERRY_DEVICE_NO_GROUP for all devices outside groups
 */
void
ferry_device_details_show_group (FerryDeviceDetails *self, FerryMachine *machine, int group)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autofree char *title = NULL;
  const char *bridges = "";

  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  devices = ferry_machine_list_group (machine, group);
  title = ferry_device_words_group (group, devices->len);
  if (group != FERRY_DEVICE_NO_GROUP && has_bridge (devices))
    bridges = _ ("Connections (bridges) are part of the computer itself: they stay and are no "
                 "obstacle.");

  if (group == FERRY_DEVICE_NO_GROUP)
    set_texts (self, title, _ ("This computer keeps these devices; they cannot be given away."),
               "");
  else if (devices->len == 1)
    set_texts (self, title, _ ("This device is kept apart from all others."), bridges);
  else
    set_texts (self, title, _ ("These devices can only be given away together."), bridges);
}

void
ferry_device_details_show_nothing (FerryDeviceDetails *self)
{
  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  set_texts (self, _ ("Nothing is selected"), "", "");
}

static void
ferry_device_details_dispose (GObject *object)
{
  FerryDeviceDetails *self = FERRY_DEVICE_DETAILS (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_pointer (&self->technical, gtk_widget_unparent);
  G_OBJECT_CLASS (ferry_device_details_parent_class)->dispose (object);
}

static void
ferry_device_details_class_init (FerryDeviceDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_device_details_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_label (FerryDeviceDetails *self, const char *style_class)
{
  GtkWidget *label = ferry_prose_new (NULL, style_class);

  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
ferry_device_details_init (FerryDeviceDetails *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  self->title = add_label (self, "heading");
  self->state = add_label (self, NULL);
  self->technical = add_label (self, "caption");
  gtk_widget_add_css_class (self->technical, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The selected device"), -1);
}
