/* restart-page.c: see restart-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "autostart.h"
#include "dialog.h"
#include "errand.h"
#include "facts/error.h"
#include "promise-row.h"
#include "rescue-card.h"
#include "restart-page.h"

struct _FerryRestartPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *verdict;
  GtkImage *verdict_icon;
  GtkLabel *verdict_text;
  GtkWidget *expect_group;
  GtkListBox *expect;
  GtkWidget *restart_box;
  GtkWidget *restart_button;
  FerryRescueCard *rescue;

  FerryRestart *restart;
  gboolean restarting;
};

G_DEFINE_FINAL_TYPE (FerryRestartPage, ferry_restart_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryRestartPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static FerryErrand *
get_errand (FerryRestartPage *self)
{
  return ferry_session_get_errand (get_session (self));
}

static void
expect (FerryRestartPage *self, const char *icon, const char *title, const char *text)
{
  gtk_list_box_append (self->expect, g_object_new (FERRY_TYPE_PROMISE_ROW, "icon-name", icon,
                                                   "title", title, "text", text, NULL));
}

/* The cards that go on showing the desktop. */
static char *
name_staying_cards (FerryRestartPage *self)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));
  const FerryCard *chosen = ferry_session_find_card (get_session (self));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (card == chosen || !card->can_show)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              card->integrated
                                  ? _ ("the graphics of the processor, with the sockets "
                                       "on the mainboard")
                                  : card->name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_expectations (FerryRestartPage *self, gboolean wanted)
{
  GtkWidget *row;
  g_autofree char *staying = NULL;
  g_autofree char *screen = NULL;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->expect))) != NULL)
    gtk_list_box_remove (self->expect, row);
  gtk_widget_set_visible (self->expect_group, wanted);
  if (!wanted)
    return;

  staying = name_staying_cards (self);
  screen = g_strdup_printf (_ ("Plug your monitor into the card that stays: %s."),
                            *staying != '\0' ? staying
                                             : _ ("none; reach the computer over the "
                                                  "network"));
  expect (self, "view-list-symbolic", _ ("You may see a boot menu for a few seconds"),
          _ ("There is nothing to do there. It is the way back if something goes wrong."));
  expect (self, "video-display-symbolic", _ ("The picture comes from your other graphics card"),
          screen);
  expect (self, "weather-clear-night-symbolic",
          _ ("A monitor on the card for the virtual machine stays dark"),
          _ ("That is as it should be: the card waits for the virtual machine."));
  expect (self, "object-select-symbolic", _ ("Then Ferry opens again"),
          _ ("It looks whether the card is free and goes on from there. If it does not open by "
             "itself, open it as usual."));
}

static void
show_verdict (FerryRestartPage *self, const char *css_class, const char *icon, const char *text)
{
  static const char *const classes[] = { "good", "steps", "bad" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->verdict, classes[i]);
  if (css_class != NULL)
    gtk_widget_add_css_class (self->verdict, css_class);
  gtk_widget_set_visible (self->verdict, text != NULL);
  gtk_image_set_from_icon_name (self->verdict_icon, icon);
  gtk_label_set_label (self->verdict_text, text != NULL ? text : "");
}

static void
show_heading (FerryRestartPage *self, const char *title, const char *text)
{
  ferry_heading_set_title (self->heading, title);
  ferry_heading_set_description (self->heading, text);
}

static void
show_phase (FerryRestartPage *self, FerryPhase phase)
{
  switch (phase)
    {
    case FERRY_PHASE_RESTART:
      show_heading (self, _ ("Restart the computer"),
                    _ ("What was changed counts from the next start on. Take the page below with "
                       "you first."));
      show_verdict (self, NULL, NULL, NULL);
      return;
    case FERRY_PHASE_VERIFY:
      show_heading (self, _ ("The card is not free yet"),
                    _ ("The computer was restarted after the change, but the card is still used by "
                       "this computer."));
      show_verdict (
          self, "steps", "dialog-warning-symbolic",
          _ ("The page “Verify” says what is missing and what mends it. “Changes…” in the "
             "menu takes everything back."));
      return;
    case FERRY_PHASE_READY:
      show_heading (self, _ ("It worked"),
                    _ ("The graphics card is kept free: a virtual machine can have it now."));
      show_verdict (self, "good", "object-select-symbolic",
                    _ ("The card is ready for a virtual machine."));
      return;
    case FERRY_PHASE_FIRMWARE:
    case FERRY_PHASE_CHANGE:
    default:
      show_heading (self, _ ("Restart the computer"),
                    _ ("Nothing has been changed yet, so there is no need to restart. This is what "
                       "would come then."));
      show_verdict (self, NULL, NULL, NULL);
      return;
    }
}

static void
update (FerryRestartPage *self)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));
  gboolean own = ferry_errand_get_helper (get_errand (self)) != NULL;
  FerryPhase phase = ferry_errand_get_phase (get_errand (self));
  gboolean needed = phase == FERRY_PHASE_RESTART || phase == FERRY_PHASE_VERIFY;

  show_phase (self, phase);
  if (!own && phase != FERRY_PHASE_READY)
    show_heading (
        self, _ ("Restart the computer"),
        _ ("This computer is only looked at, so it cannot be restarted from here. This is "
           "what would come after the change."));
  show_expectations (self, machine != NULL && phase != FERRY_PHASE_READY);
  gtk_widget_set_visible (self->restart_box, own && needed);
  gtk_widget_set_sensitive (self->restart_button, !self->restarting);
  ferry_rescue_card_set_machine (self->rescue, phase != FERRY_PHASE_READY ? machine : NULL);
  ferry_page_set_busy (FERRY_PAGE (self), self->restarting);
  ferry_page_set_complete (FERRY_PAGE (self), TRUE);
}

static void
restart_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryRestartPage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* From here on the system closes the program. */
  if (ferry_restart_now_finish (FERRY_RESTART (source), result, &error))
    return;
  self->restarting = FALSE;
  ferry_autostart_remove ();
  if (ferry_page_get_session (FERRY_PAGE (self)) == NULL)
    return;
  update (self);
  ferry_dialog_tell (GTK_WIDGET (self), _ ("This computer did not restart"), error->message);
}

static void
restart_confirmed (gpointer user_data)
{
  FerryRestartPage *self = FERRY_RESTART_PAGE (user_data);

  if (self->restarting || self->restart == NULL)
    return;
  self->restarting = TRUE;
  update (self);
  ferry_autostart_add ();
  ferry_restart_now_async (self->restart, NULL, restart_done, g_object_ref (self));
}

static void
restart_clicked (FerryRestartPage *self)
{
  ferry_dialog_ask (GTK_WIDGET (self), _ ("Restart the computer now?"),
                    _ ("Save your work in other programs first. Do you have the page for the case "
                       "that the screen stays black, on paper or on your phone?"),
                    _ ("_Restart Now"), FERRY_DIALOG_DESTRUCTIVE, restart_confirmed,
                    G_OBJECT (self));
}

/**
 * ferry_restart_page_set_restart:
 * @restart: whom to ask from now on
 */
void
ferry_restart_page_set_restart (FerryRestartPage *self, FerryRestart *restart)
{
  g_return_if_fail (FERRY_IS_RESTART_PAGE (self));
  g_set_object (&self->restart, restart);
}

static void
ferry_restart_page_shown (FerryPage *page)
{
  FerryRestartPage *self = FERRY_RESTART_PAGE (page);

  if (self->restart == NULL && ferry_errand_get_helper (get_errand (self)) != NULL)
    self->restart = ferry_restart_new ();
  update (self);
}

static void
ferry_restart_page_constructed (GObject *object)
{
  FerryRestartPage *self = FERRY_RESTART_PAGE (object);

  G_OBJECT_CLASS (ferry_restart_page_parent_class)->constructed (object);

  g_signal_connect_object (get_session (self), "notify::machine", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self), "notify::card", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_errand (self), "notify::history", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_restart_page_dispose (GObject *object)
{
  g_clear_object (&FERRY_RESTART_PAGE (object)->restart);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_RESTART_PAGE);
  G_OBJECT_CLASS (ferry_restart_page_parent_class)->dispose (object);
}

static void
ferry_restart_page_class_init (FerryRestartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_RESCUE_CARD);

  G_OBJECT_CLASS (klass)->constructed = ferry_restart_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_restart_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_restart_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/restart-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, verdict_text);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, expect_group);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, expect);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, restart_box);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, restart_button);
  gtk_widget_class_bind_template_child (widget_class, FerryRestartPage, rescue);
  gtk_widget_class_bind_template_callback (widget_class, restart_clicked);
}

static void
ferry_restart_page_init (FerryRestartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
