/* gear-page.c: see gear-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "dialog.h"
#include "blueprint.h"
#include "fold-row.h"
#include "gear-list.h"
#include "gear-page.h"
#include "guest/claim.h"
#include "inputs.h"
#include "rom-file.h"

static const struct
{
  guint width, height;
} glass_sizes[] = { { 1920, 1080 }, { 2560, 1440 }, { 3840, 2160 } };

struct _FerryGearPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkSwitch *card;
  AdwActionRow *card_row;
  GtkSwitch *turns;
  AdwActionRow *turns_row;
  GtkSwitch *audio;
  GtkListBox *more;
  GtkWidget *glass_list;
  GtkSwitch *glass;
  AdwComboRow *glass_size;
  AdwActionRow *rom;
  GtkWidget *rom_button;
  GtkWidget *rom_remove;
  GtkWidget *controllers, *controllers_row;
  GtkWidget *devices, *devices_row;

  FerryMachine *filled_machine; /* what the lists were made from */
  char *filled_card;
  char *rom_wanted;  /* is being looked at */
  gboolean updating; /* the page changes its own switches */
};

G_DEFINE_FINAL_TYPE (FerryGearPage, ferry_gear_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryGearPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static FerryBlueprint *
get_blueprint (FerryGearPage *self)
{
  return ferry_session_get_blueprint (get_session (self));
}

static void
fill_lists (FerryGearPage *self)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));
  const FerryCard *card = ferry_session_get_card (get_session (self));
  const char *id = card != NULL ? card->primary->id : NULL;

  if (self->filled_machine == machine && g_strcmp0 (self->filled_card, id) == 0)
    return;
  g_set_object (&self->filled_machine, machine);
  g_free (self->filled_card);
  self->filled_card = g_strdup (id);
  gtk_widget_set_visible (self->controllers_row,
                          ferry_gear_list_fill (FERRY_GEAR_LIST (self->controllers), card) > 0);
  gtk_widget_set_visible (self->devices_row,
                          ferry_gear_list_fill (FERRY_GEAR_LIST (self->devices), card) > 0);
}

static const char *
describe_card (FerryGearPage *self, const FerryCard *card)
{
  if (card == NULL)
    return _ ("No card is chosen. Go back to the page “Devices” to choose one.");
  if (!ferry_blueprint_is_card_free (get_blueprint (self)))
    return _ ("Your system still uses it. Go through “Change” and “Restart” first; then it can be "
              "given. The virtual machine can be made without it already.");
  return _ ("It is kept free for the virtual machine, with all of its parts. Plug a screen into "
            "it.");
}

static void
show_card (FerryGearPage *self, const FerryGuest *guest)
{
  const FerryCard *card = ferry_session_get_card (get_session (self));
  const gboolean possible = card != NULL && ferry_blueprint_is_card_free (get_blueprint (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->card_row),
                                 card != NULL ? card->name : _ ("Give it the graphics card"));
  adw_action_row_set_subtitle (self->card_row, describe_card (self, card));
  gtk_switch_set_active (self->card, guest->card->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->card), possible);
  gtk_widget_set_sensitive (self->rom_button, possible && guest->card->len > 0);
}

/* Others that have the card as well: only one of them can run at a time. */
static void
show_claims (FerryGearPage *self, const FerryGuest *guest)
{
  const GPtrArray *machines
      = ferry_workshop_list_machines (ferry_blueprint_get_workshop (get_blueprint (self)));
  g_autoptr (GPtrArray) claims = NULL;
  g_autofree char *text = NULL;

  if (machines != NULL && guest->card->len > 0)
    claims = ferry_claim_find (machines, guest->card, guest->name);
  if (claims != NULL)
    text = ferry_claim_describe (claims);
  gtk_label_set_label (self->notice_text, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice, text != NULL);
}

static void
show_turns (FerryGearPage *self, const FerryGuest *guest)
{
  const gboolean possible = ferry_inputs_are_there (ferry_session_get_root (get_session (self)));

  gtk_switch_set_active (self->turns, guest->keyboards[0] != NULL || guest->mice[0] != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->turns), possible);
  adw_action_row_set_subtitle (
      self->turns_row,
      possible ? _ ("Both Ctrl keys at once switch them over to the virtual machine, and back. "
                    "Without this they work in the window of the virtual machine.")
               : _ ("No keyboard was found that could be shared in this way."));
}

static void
show_experts (FerryGearPage *self, const FerryGuest *guest)
{
  g_autofree char *file = guest->rom != NULL ? g_markup_escape_text (guest->rom, -1) : NULL;

  gtk_switch_set_active (self->glass, guest->looking_glass);
  gtk_widget_set_sensitive (GTK_WIDGET (self->glass_size), guest->looking_glass);
  for (guint i = 0; i < G_N_ELEMENTS (glass_sizes); i++)
    if (glass_sizes[i].width == guest->glass_width)
      adw_combo_row_set_selected (self->glass_size, i);
  adw_action_row_set_subtitle (
      self->rom, file != NULL ? file
                              : _ ("The one in the card is used, which is nearly always right. A "
                                   "file is needed when the screen stays black."));
  gtk_widget_set_visible (self->rom_remove, guest->rom != NULL);
}

static void
update (FerryGearPage *self)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  const gboolean known = ferry_session_get_machine (get_session (self)) != NULL;

  gtk_stack_set_visible_child_name (self->stack, known ? "gear" : "reading");
  ferry_page_set_complete (FERRY_PAGE (self), known);
  if (!known)
    return;
  self->updating = TRUE;
  fill_lists (self);
  show_card (self, guest);
  show_claims (self, guest);
  show_turns (self, guest);
  show_experts (self, guest);
  gtk_switch_set_active (self->audio, guest->audio);
  self->updating = FALSE;
}

/* What the person does */

static void
card_switched (FerryGearPage *self)
{
  if (!self->updating)
    ferry_blueprint_give_card (get_blueprint (self), gtk_switch_get_active (self->card));
}

static void
turns_switched (FerryGearPage *self)
{
  FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));

  if (self->updating)
    return;
  if (gtk_switch_get_active (self->turns))
    ferry_inputs_fill (ferry_session_get_root (get_session (self)), guest);
  else
    ferry_inputs_clear (guest);
  ferry_blueprint_changed (get_blueprint (self), 0);
}

static void
audio_switched (FerryGearPage *self)
{
  if (self->updating)
    return;
  ferry_blueprint_get_guest (get_blueprint (self))->audio = gtk_switch_get_active (self->audio);
  ferry_blueprint_changed (get_blueprint (self), 0);
}

static void
glass_switched (FerryGearPage *self)
{
  FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  const guint place = adw_combo_row_get_selected (self->glass_size);

  if (self->updating || place >= G_N_ELEMENTS (glass_sizes))
    return;
  guest->looking_glass = gtk_switch_get_active (self->glass);
  guest->glass_width = glass_sizes[place].width;
  guest->glass_height = glass_sizes[place].height;
  ferry_blueprint_changed (get_blueprint (self), 0);
}

static void
rom_checked (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerryGearPage *self = FERRY_GEAR_PAGE (object);
  g_autoptr (GError) error = NULL;
  const gboolean good = ferry_rom_file_check_finish (object, result, &error);

  if (get_session (self) == NULL)
    return;
  ferry_page_set_busy (FERRY_PAGE (self), FALSE);
  if (good)
    {
      ferry_guest_set (&ferry_blueprint_get_guest (get_blueprint (self))->rom, self->rom_wanted);
      ferry_blueprint_changed (get_blueprint (self), 0);
    }
  else
    ferry_dialog_tell (GTK_WIDGET (self), _ ("This file cannot be used"), error->message);
}

static void
rom_chosen (GFile *file, gpointer user_data)
{
  FerryGearPage *self = FERRY_GEAR_PAGE (user_data);
  const FerryCard *card = ferry_session_get_card (get_session (self));

  if (card == NULL || ferry_page_get_busy (FERRY_PAGE (self)))
    return;
  g_free (self->rom_wanted);
  self->rom_wanted = g_file_get_path (file);
  if (self->rom_wanted == NULL)
    return;
  ferry_page_set_busy (FERRY_PAGE (self), TRUE);
  ferry_rom_file_check_async (self->rom_wanted, card->primary, rom_checked, G_OBJECT (self));
}

static void
rom_clicked (FerryGearPage *self)
{
  ferry_dialog_open_file (GTK_WIDGET (self), _ ("Choose the ROM of the Card"), _ ("ROM files"),
                          "*.rom", rom_chosen, G_OBJECT (self));
}

static void
rom_removed (FerryGearPage *self)
{
  ferry_guest_set (&ferry_blueprint_get_guest (get_blueprint (self))->rom, NULL);
  ferry_blueprint_changed (get_blueprint (self), 0);
  gtk_widget_grab_focus (self->rom_button);
}

/* The page */

static GtkWidget *
add_fold (FerryGearPage *self, const char *icon, const char *title, const char *sentence,
          GtkWidget *inside)
{
  GtkWidget *row = ferry_fold_row_new (icon, title, sentence);

  ferry_fold_row_append (FERRY_FOLD_ROW (row), inside);
  gtk_list_box_append (self->more, row);
  return row;
}

static void
make_folds (FerryGearPage *self)
{
  self->devices = ferry_gear_list_new_for_devices (get_blueprint (self));
  self->controllers = ferry_gear_list_new_for_controllers (get_blueprint (self));
  self->devices_row = add_fold (self, "media-removable-symbolic", _ ("Single USB devices"),
                                _ ("For example a game controller or a headset"), self->devices);
  self->controllers_row
      = add_fold (self, "drive-multidisk-symbolic", _ ("Whole groups of USB plugs"),
                  _ ("Whatever is plugged in there, now or later, belongs to the virtual machine"),
                  self->controllers);
  add_fold (self, "emblem-system-symbolic", _ ("More"),
            _ ("For people who know what they are looking for"), self->glass_list);
}

static void
ferry_gear_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_GEAR_PAGE (page)));
}

static void
ferry_gear_page_constructed (GObject *object)
{
  FerryGearPage *self = FERRY_GEAR_PAGE (object);

  G_OBJECT_CLASS (ferry_gear_page_parent_class)->constructed (object);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->card_row), FALSE);
  make_folds (self);
  g_signal_connect_swapped (self->card, "notify::active", G_CALLBACK (card_switched), self);
  g_signal_connect_swapped (self->turns, "notify::active", G_CALLBACK (turns_switched), self);
  g_signal_connect_swapped (self->audio, "notify::active", G_CALLBACK (audio_switched), self);
  g_signal_connect_swapped (self->glass, "notify::active", G_CALLBACK (glass_switched), self);
  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_gear_page_dispose (GObject *object)
{
  FerryGearPage *self = FERRY_GEAR_PAGE (object);

  g_clear_object (&self->filled_machine);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_GEAR_PAGE);
  G_OBJECT_CLASS (ferry_gear_page_parent_class)->dispose (object);
}

static void
ferry_gear_page_finalize (GObject *object)
{
  g_free (FERRY_GEAR_PAGE (object)->filled_card);
  g_free (FERRY_GEAR_PAGE (object)->rom_wanted);
  G_OBJECT_CLASS (ferry_gear_page_parent_class)->finalize (object);
}

static void
ferry_gear_page_class_init (FerryGearPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_gear_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_gear_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_gear_page_finalize;
  FERRY_PAGE_CLASS (klass)->shown = ferry_gear_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/gear-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, card);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, card_row);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, turns);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, turns_row);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, audio);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, more);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, glass_list);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, glass);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, glass_size);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, rom);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, rom_button);
  gtk_widget_class_bind_template_child (widget_class, FerryGearPage, rom_remove);
  gtk_widget_class_bind_template_callback (widget_class, glass_switched);
  gtk_widget_class_bind_template_callback (widget_class, rom_clicked);
  gtk_widget_class_bind_template_callback (widget_class, rom_removed);
}

static void
ferry_gear_page_init (FerryGearPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
