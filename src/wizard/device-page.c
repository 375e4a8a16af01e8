/* device-page.c: see device-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-card-list.h"
#include "device-details.h"
#include "device-page.h"
#include "device-panes.h"
#include "device-reasons.h"
#include "device-rows.h"
#include "device-tree.h"
#include "errand.h"
#include "plan/listing.h"
#include "window.h"

struct _FerryDevicePage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  AdwStatusPage *waiting;
  FerryDeviceCardList *cards;
  FerryDeviceReasons *reasons;
  GtkLabel *next;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkSearchEntry *search;
  GtkLabel *found;
  FerryDeviceTree *tree;
  GtkWidget *expand;
  GtkWidget *collapse;
  FerryDeviceDetails *details;

  FerryMachine *machine; /* what is shown now */
};

G_DEFINE_FINAL_TYPE (FerryDevicePage, ferry_device_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryDevicePage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

/* The verdict of the card that is looked at; it may be one that cannot be passed. */
static const FerryVerdict *
get_verdict (FerryDevicePage *self)
{
  const FerryReport *report = ferry_session_get_report (get_session (self));
  const char *address = ferry_device_card_list_get_chosen (self->cards);

  if (report == NULL || address == NULL)
    return NULL;
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

      if (g_str_equal (verdict->card->primary->id, address))
        return verdict;
    }
  return NULL;
}

/* The card whose devices will be passed: none as long as the one that is looked at cannot be. */
static const FerryCard *
get_passed_card (FerryDevicePage *self)
{
  const FerryVerdict *verdict = get_verdict (self);

  return verdict != NULL && verdict->verdict != FERRY_CARD_NO ? verdict->card : NULL;
}

static gboolean
is_any_possible (const FerryReport *report)
{
  for (guint i = 0; report != NULL && i < report->verdicts->len; i++)
    if (((FerryVerdict *)g_ptr_array_index (report->verdicts, i))->verdict != FERRY_CARD_NO)
      return TRUE;
  return FALSE;
}

static const char *
what_next (FerryDevicePage *self, const FerryVerdict *verdict)
{
  const gboolean possible = is_any_possible (ferry_session_get_report (get_session (self)));

  if (self->machine->cards->len == 0)
    return _ ("There is no graphics card here that could be given to a virtual machine. To look "
              "around, open a recorded computer from the menu.");
  if (verdict == NULL && possible)
    return _ ("Choose a graphics card to go on.");
  if (verdict == NULL)
    return _ ("None of these cards can be passed. Choose one to see why.");
  if (verdict->verdict == FERRY_CARD_NO && possible)
    return _ ("This card cannot be passed. Choose another one to go on.");
  if (verdict->verdict == FERRY_CARD_NO)
    return _ ("This card cannot be passed, and no other card here can be.");
  if (!ferry_device_reasons_get_accepted (self->reasons))
    return _ ("Please agree to the point above to go on.");
  return _ ("This card is chosen. You can go on.");
}

/* What the person said yes to goes into the plan. */
static void
pass_on_consent (FerryDevicePage *self)
{
  const FerryVerdict *verdict = get_verdict (self);
  gboolean accepted = verdict != NULL && ferry_device_reasons_get_accepted (self->reasons);

  ferry_wish_set_accepted (
      ferry_errand_get_wish (ferry_session_get_errand (get_session (self))),
      accepted && ferry_verdict_find (verdict, "only-display") != NULL,
      accepted && ferry_verdict_find (verdict, "acs-override") != NULL);
}

static void
update_complete (FerryDevicePage *self)
{
  const FerryVerdict *verdict = get_verdict (self);
  gboolean passed = get_passed_card (self) != NULL;

  if (self->machine == NULL)
    {
      ferry_page_set_complete (FERRY_PAGE (self), FALSE);
      return;
    }
  pass_on_consent (self);
  gtk_label_set_label (self->next, what_next (self, verdict));
  ferry_page_set_complete (FERRY_PAGE (self),
                           passed && ferry_device_reasons_get_accepted (self->reasons));
}

static void
show_details (FerryDevicePage *self)
{
  FerryDevice *device = ferry_device_tree_get_device (self->tree);
  int group = ferry_device_tree_get_group (self->tree);

  if (device != NULL)
    ferry_device_details_show_device (self->details, device, get_passed_card (self));
  else if (group != FERRY_DEVICE_TREE_NOTHING && self->machine != NULL)
    ferry_device_details_show_group (self->details, self->machine, group);
  else
    ferry_device_details_show_nothing (self->details);
}

/* Everything that follows from the card that is looked at. */
static void
show_card (FerryDevicePage *self)
{
  const FerryVerdict *verdict = get_verdict (self);

  ferry_device_reasons_set_verdict (self->reasons, verdict);
  ferry_device_tree_set_card (self->tree, get_passed_card (self));
  show_details (self);
  update_complete (self);
}

static void
on_card_chosen (FerryDevicePage *self)
{
  const FerryVerdict *verdict = get_verdict (self);

  ferry_session_choose_card (get_session (self), get_passed_card (self));
  show_card (self);
  if (verdict != NULL)
    ferry_device_tree_select (self->tree, verdict->card->primary);
}

static void
show_session_card (FerryDevicePage *self)
{
  const FerryCard *card = ferry_session_get_card (get_session (self));

  /* The session has none while somebody looks at a card that cannot be passed. */
  if (card == NULL && get_verdict (self) != NULL && get_passed_card (self) == NULL)
    return;
  if (card != NULL
      && g_strcmp0 (card->primary->id, ferry_device_card_list_get_chosen (self->cards)) == 0)
    return;
  ferry_device_card_list_choose (self->cards, card != NULL ? card->primary->id : NULL);
  show_card (self);
}

/* The first thing that keeps this computer from having groups, said by the check that found it. */
static const FerryCheck *
find_missing_step (const FerryReport *report)
{
  for (guint i = 0; report != NULL && i < report->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (check->verdict == FERRY_CHECK_FAIL && g_strcmp0 (check->part, "iommu") == 0)
        return check;
    }
  return NULL;
}

static void
show_notice (FerryDevicePage *self)
{
  const FerryCheck *check = find_missing_step (ferry_session_get_report (get_session (self)));
  gboolean grouped = ferry_device_rows_grouped (self->machine);
  g_autofree char *text = NULL;

  if (check != NULL && *check->action != '\0')
    text = g_strdup_printf (
        _ ("This computer has no IOMMU groups yet, so this is a plain list of its devices. %s. %s"),
        check->title, check->action);
  else
    text = g_strdup (_ ("This computer shows no IOMMU groups, so this is a plain list of its "
                        "devices. What belongs together can be said once the IOMMU is switched on; "
                        "the page Check says how."));
  gtk_label_set_label (self->notice_text, text);
  gtk_widget_set_visible (self->notice, !grouped);
  gtk_widget_set_sensitive (self->expand, grouped);
  gtk_widget_set_sensitive (self->collapse, grouped);
}

static void
show_waiting (FerryDevicePage *self, const char *title, const char *description)
{
  adw_status_page_set_title (self->waiting, title);
  adw_status_page_set_description (self->waiting, description);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}

static void
show_machine (FerryDevicePage *self)
{
  FerrySession *session = get_session (self);
  const FerryReport *report = ferry_session_get_report (session);
  const FerryCard *card;

  ferry_device_card_list_set_report (self->cards, report);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  ferry_device_tree_set_machine (self->tree, self->machine);
  show_notice (self);
  gtk_stack_set_visible_child_name (self->stack, "devices");

  card = ferry_session_find_card (session);
  ferry_device_card_list_choose (self->cards, card != NULL ? card->primary->id : NULL);
  show_card (self);
  ferry_session_choose_card (session, get_passed_card (self));
}

static void
show_no_machine (FerryDevicePage *self)
{
  const char *problem = ferry_session_get_problem (get_session (self));

  ferry_device_card_list_set_report (self->cards, NULL);
  ferry_device_tree_set_machine (self->tree, NULL);
  ferry_device_reasons_set_verdict (self->reasons, NULL);
  if (problem != NULL)
    show_waiting (self, _ ("The Devices Could Not Be Read"), problem);
  else
    show_waiting (self, _ ("Reading the Devices…"), NULL);
  update_complete (self);
}

static void
update_machine (FerryDevicePage *self)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));

  if (machine != NULL && machine == self->machine)
    return;
  g_set_object (&self->machine, machine);
  if (machine == NULL)
    show_no_machine (self);
  else if (machine->devices->len == 0)
    show_waiting (self, _ ("No Devices Are Visible"),
                  _ ("Inside a container or a sandbox the devices of the computer may be hidden. "
                     "Start Ferry directly on the computer to see them."));
  else
    show_machine (self);
}

static void
update_found (FerryDevicePage *self, const char *text, guint n_found)
{
  guint n_all = self->machine != NULL ? self->machine->devices->len : 0;
  g_autofree char *sentence = NULL;

  if (n_found == 0)
    sentence = g_strdup_printf (_ ("No device matches “%s”."), text);
  else
    sentence
        = g_strdup_printf (ngettext ("%u of %u device", "%u of %u devices", n_all), n_found, n_all);
  gtk_label_set_label (self->found, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->found), *text != '\0');
}

static void
on_search_changed (FerryDevicePage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  update_found (self, text, ferry_device_tree_filter (self->tree, text));
}

static void
focus_tree (FerryDevicePage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->tree), GTK_DIR_TAB_FORWARD);
}

static void
on_search_stopped (FerryDevicePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  focus_tree (self);
}

static void
on_row_selected (FerryDevicePage *self)
{
  show_details (self);
}

/* The card that a row stands for: its own, or the only one in its group. */
static const FerryCard *
find_card_of_row (FerryDevicePage *self)
{
  FerryDevice *device = ferry_device_tree_get_device (self->tree);
  int group = ferry_device_tree_get_group (self->tree);
  const FerryCard *found = NULL;

  for (guint i = 0; i < self->machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (self->machine->cards, i);

      if (device != NULL ? !ferry_card_has (card, device) : card->primary->group != group)
        continue;
      if (found != NULL)
        return NULL;
      found = card;
    }
  return found;
}

static void
on_row_activated (FerryDevicePage *self)
{
  const FerryCard *card = find_card_of_row (self);
  FerryDevice *device = ferry_device_tree_get_device (self->tree);

  if (card == NULL)
    return;
  ferry_device_card_list_choose (self->cards, card->primary->id);
  ferry_session_choose_card (get_session (self), get_passed_card (self));
  show_card (self);
  if (device != NULL)
    ferry_device_tree_select (self->tree, device);
}

static void
on_copy_clicked (FerryDevicePage *self)
{
  g_autofree char *text = NULL;

  if (self->machine == NULL)
    return;
  text = ferry_listing_groups_text (self->machine);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ferry_window_toast (GTK_WIDGET (self), _ ("The list was copied; paste it where you need it"));
}

static gboolean
start_search (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  FerryDevicePage *self = FERRY_DEVICE_PAGE (widget);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->search)))
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return TRUE;
}

/* Escape leaves a search before it leaves the page. */
static gboolean
stop_search (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  FerryDevicePage *self = FERRY_DEVICE_PAGE (widget);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->search))
      || *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    return FALSE;
  on_search_stopped (self);
  return TRUE;
}

static void
add_shortcut (GtkEventController *controller, guint key, GdkModifierType modifiers,
              GtkShortcutFunc callback)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                        gtk_callback_action_new (callback, NULL, NULL)));
}

static void
add_shortcuts (FerryDevicePage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_shortcut (controller, GDK_KEY_f, GDK_CONTROL_MASK, start_search);
  add_shortcut (controller, GDK_KEY_Escape, 0, stop_search);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
ferry_device_page_constructed (GObject *object)
{
  FerryDevicePage *self = FERRY_DEVICE_PAGE (object);
  FerrySession *session = get_session (self);

  G_OBJECT_CLASS (ferry_device_page_parent_class)->constructed (object);

  g_signal_connect_object (session, "notify::machine", G_CALLBACK (update_machine), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::problem", G_CALLBACK (update_machine), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::card", G_CALLBACK (show_session_card), self,
                           G_CONNECT_SWAPPED);
  update_machine (self);
}

static void
ferry_device_page_dispose (GObject *object)
{
  FerryDevicePage *self = FERRY_DEVICE_PAGE (object);

  g_clear_object (&self->machine);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_DEVICE_PAGE);
  G_OBJECT_CLASS (ferry_device_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, waiting);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, cards);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, next);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, search);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, found);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, tree);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, expand);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, collapse);
  gtk_widget_class_bind_template_child (widget_class, FerryDevicePage, details);
}

static void
ferry_device_page_class_init (FerryDevicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_device_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_device_page_dispose;

  g_type_ensure (FERRY_TYPE_DEVICE_CARD_LIST);
  g_type_ensure (FERRY_TYPE_DEVICE_DETAILS);
  g_type_ensure (FERRY_TYPE_DEVICE_PANES);
  g_type_ensure (FERRY_TYPE_DEVICE_REASONS);
  g_type_ensure (FERRY_TYPE_DEVICE_TREE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/device-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ferry_device_tree_collapse_all);
  gtk_widget_class_bind_template_callback (widget_class, ferry_device_tree_expand_all);
  gtk_widget_class_bind_template_callback (widget_class, focus_tree);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
}

static void
ferry_device_page_init (FerryDevicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->tree));
  g_signal_connect_swapped (self->cards, "chosen", G_CALLBACK (on_card_chosen), self);
  g_signal_connect_swapped (self->reasons, "notify::accepted", G_CALLBACK (update_complete), self);
  add_shortcuts (self);
}
