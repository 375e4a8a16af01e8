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
  GtkWidget *grid;
  int n_rows;
};

G_DEFINE_FINAL_TYPE (FerryDeviceDetails, ferry_device_details, GTK_TYPE_WIDGET)

static void
clear (FerryDeviceDetails *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n_rows = 0;
}

/* A line that has nothing to say is left out. */
static void
add_line (FerryDeviceDetails *self, const char *name, const char *value)
{
  GtkWidget *left, *right;

  if (value == NULL || *value == '\0')
    return;
  left = ferry_prose_new (name, "dim-label");
  right = ferry_prose_new (value, NULL);
  gtk_widget_set_hexpand (left, FALSE);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (self->grid), left, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), right, 1, self->n_rows, 1, 1);
  self->n_rows++;
}

static void
add_sentence (FerryDeviceDetails *self, const char *text)
{
  gtk_grid_attach (GTK_GRID (self->grid), ferry_prose_new (text, NULL), 0, self->n_rows, 2, 1);
  self->n_rows++;
}

static void
add_technical (FerryDeviceDetails *self, FerryDevice *device)
{
  g_autofree char *ids = g_strdup_printf ("%04x:%04x", device->vendor, device->device);
  g_autofree char *model = ferry_device_words_technical (device);

  add_line (self, _("Model"), model);
  add_line (self, _("Class"), device->class_name);
  add_line (self, _("Driver"), device->driver != NULL ? device->driver : _("none"));
  add_line (self, _("Address"), device->id);
  add_line (self, _("Identity"), ids);
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
  g_autofree char *needs = ferry_device_words_needs (device);
  g_autofree char *details
      = device->need_details != NULL ? g_strjoinv (_(", "), device->need_details) : NULL;
  g_autofree char *group = g_strdup_printf ("%d", device->group);

  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  clear (self);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  add_line (self, _("What happens"), ferry_device_words_role (ferry_role_of (device, card)));
  add_line (self, _("Needed because"), needs);
  add_line (self, _("That is"), details);
  add_line (self, _("IOMMU group"), device->group == FERRY_DEVICE_NO_GROUP ? _("none") : group);
  add_technical (self, device);
}

static gboolean
has_bridge (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    if (((FerryDevice *) g_ptr_array_index (devices, i))->bridge)
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
  g_autofree char *contents = NULL;

  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  devices = ferry_machine_list_group (machine, group);
  title = ferry_device_words_group (group, devices->len);
  contents = ferry_device_words_contents (devices);

  clear (self);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  add_line (self, _("Contains"), contents);
  if (group == FERRY_DEVICE_NO_GROUP)
    add_sentence (self, _("The computer keeps these devices; they cannot be given away."));
  else if (devices->len > 1)
    add_sentence (self, _("The devices of one group can only be given away together."));
  if (group != FERRY_DEVICE_NO_GROUP && has_bridge (devices))
    add_sentence (self, _("Connections (bridges) are part of the computer itself: they stay and are no "
                          "obstacle."));
}

void
ferry_device_details_show_nothing (FerryDeviceDetails *self)
{
  g_return_if_fail (FERRY_IS_DEVICE_DETAILS (self));

  clear (self);
  gtk_label_set_label (GTK_LABEL (self->title), _("Nothing is selected"));
}

static void
ferry_device_details_dispose (GObject *object)
{
  FerryDeviceDetails *self = FERRY_DEVICE_DETAILS (object);

  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (ferry_device_details_parent_class)->dispose (object);
}

static void
ferry_device_details_class_init (FerryDeviceDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ferry_device_details_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ferry_device_details_init (FerryDeviceDetails *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->title = ferry_prose_new (NULL, "heading");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));

  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The selected device"), -1);
}
