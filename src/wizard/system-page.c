/* system-page.c: see system-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "dialog.h"
#include "blueprint.h"
#include "system-page.h"

struct _FerrySystemPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *drop;
  GtkWidget *medium_group;
  AdwActionRow *medium;
  GtkSpinner *medium_spinner;
  GtkWidget *remove;
  GtkWidget *notice;
  GtkLabel *notice_text;
  AdwComboRow *system;
  GtkStringList *names;
  GtkWidget *drivers_group;
  AdwActionRow *drivers;
  GtkWidget *existing;

  gboolean updating; /* the page changes its own rows */
};

G_DEFINE_FINAL_TYPE (FerrySystemPage, ferry_system_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerrySystemPage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

/* The list has one more line when the image holds a system that is not in it. */
static void
fill_names (FerrySystemPage *self, const GPtrArray *list)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->names)) > 0)
    return;
  for (guint i = 0; i < list->len; i++)
    gtk_string_list_append (self->names, ((FerryOffer *) g_ptr_array_index (list, i))->name);
}

static void
set_extra_name (FerrySystemPage *self, guint n_listed, const char *name)
{
  const char *const added[] = { name, NULL };
  guint n_more = g_list_model_get_n_items (G_LIST_MODEL (self->names)) - n_listed;

  gtk_string_list_splice (self->names, n_listed, n_more, added);
}

static void
show_system (FerrySystemPage *self)
{
  FerryCatalogue *catalogue = ferry_blueprint_get_catalogue (get_blueprint (self));
  const FerryOffer *offer = ferry_blueprint_get_offer (get_blueprint (self));
  const GPtrArray *list;
  guint place;

  gtk_widget_set_sensitive (GTK_WIDGET (self->system), catalogue != NULL);
  if (catalogue == NULL || offer == NULL)
    return;
  list = ferry_catalogue_list (catalogue);
  fill_names (self, list);
  for (place = 0; place < list->len; place++)
    if (g_str_equal (((FerryOffer *) g_ptr_array_index (list, place))->nick, offer->nick))
      break;
  if (place == list->len)
    set_extra_name (self, list->len, offer->name);
  adw_combo_row_set_selected (self->system, place);
}

static void
system_selected (FerrySystemPage *self)
{
  FerryCatalogue *catalogue = ferry_blueprint_get_catalogue (get_blueprint (self));
  const guint place = adw_combo_row_get_selected (self->system);

  if (self->updating || catalogue == NULL || place >= ferry_catalogue_list (catalogue)->len)
    return;
  ferry_blueprint_choose_offer (get_blueprint (self),
                                g_ptr_array_index (ferry_catalogue_list (catalogue), place));
}

static void
show_medium (FerrySystemPage *self)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  const FerryDisc *disc = ferry_blueprint_get_disc (get_blueprint (self));
  const gboolean looking = ferry_blueprint_get_looking (get_blueprint (self));

  gtk_widget_set_visible (self->drop, guest->medium == NULL && !looking);
  gtk_widget_set_visible (self->medium_group, guest->medium != NULL || looking);
  gtk_widget_set_visible (GTK_WIDGET (self->medium_spinner), looking);
  gtk_spinner_set_spinning (self->medium_spinner, looking);
  gtk_widget_set_visible (self->remove, !looking);
  if (looking || guest->medium == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->medium),
                                     _ ("Looking at the file…"));
      adw_action_row_set_subtitle (self->medium, "");
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->medium),
                                 disc != NULL ? disc->title : "");
  adw_action_row_set_subtitle (self->medium, guest->medium);
}

/* What is worth a word about the image that was chosen, or NULL. */
static char *
make_notice (FerrySystemPage *self)
{
  FerryBlueprint *blueprint = get_blueprint (self);
  const FerryDisc *disc = ferry_blueprint_get_disc (blueprint);

  if (ferry_blueprint_get_trouble (blueprint) != NULL)
    return g_strdup (ferry_blueprint_get_trouble (blueprint));
  if (disc == NULL)
    return NULL;
  switch (disc->kind)
    {
    case FERRY_DISC_NONE:
      return g_strdup_printf (_ ("“%s” is not an image of a disc. Perhaps it was not downloaded to "
                                 "the end, or is still packed."),
                              disc->title);
    case FERRY_DISC_FOREIGN:
      return g_strdup_printf (_ ("“%s” is for another kind of processor. Download the image for "
                                 "“x86_64” or “amd64”."),
                              disc->title);
    case FERRY_DISC_UNKNOWN:
      return g_strdup (
          _ ("This image is not known to Ferry. It is treated as a Linux; if it is not one, "
             "please choose below what is in it."));
    case FERRY_DISC_INSTALLER:
      if (disc->guessed && disc->offer->family != FERRY_GUEST_WINDOWS)
        return g_strdup (_ ("This version is newer than what Ferry knows. It is treated as the "
                            "system below; please check that."));
      return NULL;
    case FERRY_DISC_DRIVERS:
    default:
      return NULL;
    }
}

static void
show_notice (FerrySystemPage *self)
{
  g_autofree char *text
      = ferry_blueprint_get_looking (get_blueprint (self)) ? NULL : make_notice (self);

  gtk_label_set_label (self->notice_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice, text != NULL);
}

static void
show_drivers (FerrySystemPage *self)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  g_autofree char *file = guest->drivers != NULL ? g_markup_escape_text (guest->drivers, -1) : NULL;

  gtk_widget_set_visible (self->drivers_group, guest->family == FERRY_GUEST_WINDOWS);
  adw_action_row_set_subtitle (
      self->drivers,
      file != NULL
          ? file
          : _ (
              "Not chosen. Windows can be installed without it, with a disk and a network that are "
              "slower. The image is free: look for “virtio-win.iso” of the Fedora project."));
}

static void
update (FerrySystemPage *self)
{
  FerryBlueprint *blueprint = get_blueprint (self);
  const GPtrArray *machines
      = ferry_workshop_list_machines (ferry_blueprint_get_workshop (blueprint));
  const gboolean looking = ferry_blueprint_get_looking (blueprint);

  self->updating = TRUE;
  show_medium (self);
  show_system (self);
  show_notice (self);
  show_drivers (self);
  self->updating = FALSE;
  gtk_widget_set_sensitive (self->drop, ferry_blueprint_get_catalogue (blueprint) != NULL);
  gtk_widget_set_visible (self->existing, machines != NULL && machines->len > 0);
  ferry_page_set_busy (FERRY_PAGE (self), looking);
  ferry_page_set_complete (FERRY_PAGE (self),
                           ferry_blueprint_get_guest (blueprint)->medium != NULL);
  ferry_page_set_skippable (FERRY_PAGE (self), ferry_blueprint_get_catalogue (blueprint) != NULL);
}

/* Choosing a file */

static void
use_file (FerrySystemPage *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    ferry_dialog_tell (GTK_WIDGET (self), _ ("This file cannot be used from there"),
                       _ ("Copy it to a folder of this computer first, and choose it there."));
  else if (ferry_blueprint_get_catalogue (get_blueprint (self)) != NULL)
    ferry_blueprint_choose_medium (get_blueprint (self), path);
}

static void
medium_chosen (GFile *file, gpointer user_data)
{
  use_file (FERRY_SYSTEM_PAGE (user_data), file);
}

static void
choose_clicked (FerrySystemPage *self)
{
  ferry_dialog_open_file (GTK_WIDGET (self), _ ("Choose an Image of an Installation Disc"),
                          _ ("Images of discs"), "*.iso", medium_chosen, G_OBJECT (self));
}

static void
drivers_chosen (GFile *file, gpointer user_data)
{
  FerrySystemPage *self = FERRY_SYSTEM_PAGE (user_data);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    return;
  ferry_guest_set (&ferry_blueprint_get_guest (get_blueprint (self))->drivers, path);
  ferry_blueprint_changed (get_blueprint (self), FERRY_BLUEPRINT_DRIVERS);
}

static void
choose_drivers_clicked (FerrySystemPage *self)
{
  ferry_dialog_open_file (GTK_WIDGET (self), _ ("Choose the Drivers for Windows"),
                          _ ("Images of discs"), "*.iso", drivers_chosen, G_OBJECT (self));
}

static void
remove_clicked (FerrySystemPage *self)
{
  ferry_blueprint_choose_medium (get_blueprint (self), NULL);
  gtk_widget_grab_focus (self->drop);
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, FerrySystemPage *self)
{
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    use_file (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      const GSList *files = g_value_get_boxed (value);

      if (files != NULL)
        use_file (self, files->data);
    }
  return TRUE;
}

static void
accept_files (FerrySystemPage *self)
{
  GType types[] = { G_TYPE_FILE, GDK_TYPE_FILE_LIST };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* The page */

static void
ferry_system_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_SYSTEM_PAGE (page)));
}

static void
ferry_system_page_constructed (GObject *object)
{
  FerrySystemPage *self = FERRY_SYSTEM_PAGE (object);

  G_OBJECT_CLASS (ferry_system_page_parent_class)->constructed (object);

  accept_files (self);
  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_system_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_SYSTEM_PAGE);
  G_OBJECT_CLASS (ferry_system_page_parent_class)->dispose (object);
}

static void
ferry_system_page_class_init (FerrySystemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_system_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_system_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_system_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/system-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, drop);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, medium_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, medium);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, medium_spinner);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, remove);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, system);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, names);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, drivers_group);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, drivers);
  gtk_widget_class_bind_template_child (widget_class, FerrySystemPage, existing);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, choose_drivers_clicked);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked);
  gtk_widget_class_bind_template_callback (widget_class, system_selected);
}

static void
ferry_system_page_init (FerrySystemPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
