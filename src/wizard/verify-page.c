/* verify-page.c: see verify-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check-row.h"
#include "look.h"
#include "verify-page.h"
#include "window.h"

struct _FerryVerifyPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *verdict;
  GtkStack *verdict_stack;
  GtkImage *verdict_icon;
  GtkLabel *sentence;
  GtkBox *groups;
  GtkWidget *kernel_group;
  GtkListBox *kernel;
  GtkWidget *copy;

  FerryLook *look;
};

G_DEFINE_FINAL_TYPE (FerryVerifyPage, ferry_verify_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryVerifyPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static FerryErrand *
get_errand (FerryVerifyPage *self)
{
  return ferry_session_get_errand (get_session (self));
}

static void
set_verdict (FerryVerifyPage *self, const char *css_class, const char *icon, const char *sentence)
{
  static const char *const classes[] = { "good", "steps", "bad" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->verdict, classes[i]);
  if (css_class != NULL)
    gtk_widget_add_css_class (self->verdict, css_class);
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->verdict_icon, icon);
  gtk_stack_set_visible_child_name (self->verdict_stack, icon != NULL ? "icon" : "spinner");
  gtk_label_set_label (self->sentence, sentence);
}

static void
set_heading (FerryVerifyPage *self, const char *title, const char *text)
{
  ferry_heading_set_title (self->heading, title);
  ferry_heading_set_description (self->heading, text);
}

/* The change arrived; what is to be done is about something else. */
static gboolean
is_card_free (const FerryVerification *verification)
{
  const FerryFinding *driver = ferry_verification_find (verification, "card-driver");
  const FerryFinding *words = ferry_verification_find (verification, "command-line");

  return driver != NULL && driver->verdict == FERRY_CHECK_PASS
         && (words == NULL || words->verdict == FERRY_CHECK_PASS);
}

/* An update, another slot or a person took away what was there. */
static gboolean
broke_later (const FerryVerification *verification)
{
  static const char *const later[] = { "card-place", "group-changed", "settings", "start-files" };

  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      const FerryFinding *finding = ferry_verification_find (verification, later[i]);

      if (finding != NULL && finding->verdict == FERRY_CHECK_FAIL)
        return TRUE;
    }
  return FALSE;
}

static void
show_steps (FerryVerifyPage *self, const FerryVerification *verification)
{
  if (is_card_free (verification) && !broke_later (verification))
    set_heading (self, _ ("Almost there"),
                 _ ("The graphics card is kept free, but something else is still in the way. What "
                    "to do stands below; what comes first stands first."));
  else if (is_card_free (verification))
    set_heading (
        self, _ ("Something is different now"),
        _ ("The change arrived, but since then an update, another slot or a person has changed "
           "something that it needs."));
  else
    set_heading (
        self, _ ("Something is missing"),
        _ ("The computer was restarted after the change, but the card is not ready. What to do "
           "stands below; what comes first stands first."));
  set_verdict (self, "steps", "dialog-warning-symbolic", verification->sentence);
}

static void
show_works (FerryVerifyPage *self, const FerryVerification *verification)
{
  const FerryFinding *change = ferry_verification_find (verification, "change");

  if (change != NULL && change->verdict == FERRY_CHECK_WARN)
    set_heading (
        self, _ ("A card is free"),
        _ ("It was set aside by somebody else, or by a change that has been undone since."));
  else
    set_heading (self, _ ("It worked"),
                 _ ("The graphics card is kept free: a virtual machine can have it now."));
  set_verdict (self, "good", "object-select-symbolic", verification->sentence);
}

static void
show_result (FerryVerifyPage *self, const FerryVerification *verification)
{
  switch (verification->result)
    {
    case FERRY_RESULT_WORKS:
      show_works (self, verification);
      return;
    case FERRY_RESULT_STEPS:
      show_steps (self, verification);
      return;
    case FERRY_RESULT_RESTART:
      set_heading (self, _ ("Restart the computer first"),
                   _ ("Whether it worked can be seen after the restart."));
      set_verdict (self, "steps", "dialog-information-symbolic", verification->sentence);
      return;
    case FERRY_RESULT_NOTHING:
      set_heading (self, _ ("Did it work?"),
                   _ ("This page is for the time after the change and the restart."));
      set_verdict (self, "steps", "dialog-information-symbolic", verification->sentence);
      return;
    case FERRY_RESULT_UNKNOWN:
    default:
      set_heading (self, _ ("Did it work?"),
                   _ ("This page is for the time after the change and the restart."));
      set_verdict (self, "steps", "dialog-question-symbolic", verification->sentence);
    }
}

static void
update_verdict (FerryVerifyPage *self)
{
  FerrySession *session = get_session (self);
  const FerryVerification *verification = ferry_look_get_verification (self->look);
  const char *problem = ferry_session_get_problem (session);

  if (ferry_session_get_scanning (session) || (verification == NULL && problem == NULL))
    set_verdict (self, NULL, NULL, _ ("Reading the computer…"));
  else if (problem != NULL)
    set_verdict (self, "bad", "dialog-error-symbolic", problem);
  else
    show_result (self, verification);
}

/* The cards and the options of the change that is in force, as if they were chosen once more. */
static void
choose_same_again (FerryVerifyPage *self)
{
  FerrySession *session = get_session (self);
  const FerryHistory *history = ferry_errand_get_history (get_errand (self));
  const FerryIntent *intent = history != NULL ? history->intent : NULL;
  FerryMachine *machine = ferry_session_get_machine (session);

  for (guint i = 0; intent != NULL && intent->cards->len > 0 && i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      if (ferry_address_compare (&card->primary->address,
                                 &g_array_index (intent->cards, FerryAddress, 0))
          == 0)
        ferry_session_choose_card (session, card);
    }
  if (intent != NULL)
    ferry_wish_repeat (ferry_errand_get_wish (get_errand (self)), intent);
}

static void
fix_clicked (GtkWidget *button, gpointer user_data)
{
  FerryVerifyPage *self = FERRY_VERIFY_PAGE (user_data);
  FerryFix fix = (FerryFix) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "fix"));

  switch (fix)
    {
    case FERRY_FIX_RESTART:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.turn-to", "s", "restart");
      return;
    case FERRY_FIX_APPLY:
      choose_same_again (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.turn-to", "s", "review");
      return;
    case FERRY_FIX_UNDO:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-changes", NULL);
      return;
    case FERRY_FIX_CARD:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.turn-to", "s", "devices");
      return;
    case FERRY_FIX_FIRMWARE:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.turn-to", "s", "firmware");
      return;
    case FERRY_FIX_NONE:
    default:
      return;
    }
}

/* What is written on the button; NULL for none. What changes this computer needs its helper. */
static const char *
name_fix (FerryVerifyPage *self, FerryFix fix)
{
  const gboolean own = ferry_errand_get_helper (get_errand (self)) != NULL;

  switch (fix)
    {
    case FERRY_FIX_RESTART:
      return own ? _ ("Restart…") : NULL;
    case FERRY_FIX_APPLY:
      return own ? _ ("Make the Change Again…") : NULL;
    case FERRY_FIX_UNDO:
      return own ? _ ("Undo…") : NULL;
    case FERRY_FIX_CARD:
      return _ ("Choose the Card…");
    case FERRY_FIX_FIRMWARE:
      return _ ("Firmware Settings…");
    case FERRY_FIX_NONE:
    default:
      return NULL;
    }
}

static void
add_fix (FerryVerifyPage *self, GtkWidget *row, const FerryFinding *finding)
{
  const char *name = name_fix (self, finding->fix);
  GtkWidget *button;
  g_autofree char *description = NULL;

  if (name == NULL)
    return;
  button = gtk_button_new_with_label (name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  description = g_strdup_printf ("%s: %s", finding->title, finding->action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
  g_object_set_data (G_OBJECT (button), "fix", GINT_TO_POINTER (finding->fix));
  g_signal_connect_object (button, "clicked", G_CALLBACK (fix_clicked), self, 0);
  ferry_check_row_append (FERRY_CHECK_ROW (row), button);
}

static GtkWidget *
add_group (FerryVerifyPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->groups, group);
  return list;
}

/* The first thing to do is open already. */
static void
add_findings (FerryVerifyPage *self, const FerryVerification *verification,
              FerryCheckVerdict verdict, const char *title)
{
  GtkWidget *list = NULL;

  for (guint i = 0; i < verification->findings->len; i++)
    {
      const FerryFinding *finding = g_ptr_array_index (verification->findings, i);
      GtkWidget *row;

      if (finding->verdict != verdict)
        continue;
      row = ferry_check_row_new_for_finding (finding);
      add_fix (self, row, finding);
      if (list == NULL && verdict == FERRY_CHECK_FAIL)
        ferry_check_row_set_open (FERRY_CHECK_ROW (row), TRUE);
      if (list == NULL)
        list = add_group (self, title);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
}

static void
update_kernel (FerryVerifyPage *self, const FerryVerification *verification)
{
  GPtrArray *log = verification != NULL ? verification->log : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->kernel))) != NULL)
    gtk_list_box_remove (self->kernel, row);
  for (guint i = 0; log != NULL && i < log->len; i++)
    gtk_list_box_append (self->kernel, ferry_check_row_new_for_line (g_ptr_array_index (log, i)));
  gtk_widget_set_visible (self->kernel_group, log != NULL && log->len > 0);
}

static void
update_findings (FerryVerifyPage *self)
{
  const FerryVerification *verification = ferry_look_get_verification (self->look);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  update_kernel (self, verification);
  gtk_widget_set_sensitive (self->copy, verification != NULL);
  ferry_page_set_complete (FERRY_PAGE (self),
                           verification != NULL && verification->result == FERRY_RESULT_WORKS);
  ferry_page_set_skippable (FERRY_PAGE (self), verification != NULL);
  if (verification == NULL)
    return;

  add_findings (self, verification, FERRY_CHECK_FAIL, _ ("Needs Attention"));
  add_findings (self, verification, FERRY_CHECK_WARN, _ ("Good to Know"));
  add_findings (self, verification, FERRY_CHECK_UNKNOWN, _ ("Could Not Be Told"));
  add_findings (self, verification, FERRY_CHECK_PASS, _ ("In Order"));
}

static void
update (FerryVerifyPage *self)
{
  update_findings (self);
  update_verdict (self);
}

static void copy_clicked (FerryVerifyPage *self);

/* Who pressed the button gets a report of what is shown, also when the computer was read anew
 * meanwhile. */
static void
report_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryVerifyPage) self = user_data;
  g_autofree char *text = ferry_look_report_finish (FERRY_LOOK (source), result, NULL);

  if (self->look == NULL)
    return;
  if (text == NULL)
    {
      copy_clicked (self);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ferry_window_toast (GTK_WIDGET (self), _ ("The report is on the clipboard"));
}

static void
copy_clicked (FerryVerifyPage *self)
{
  if (ferry_look_get_verification (self->look) != NULL)
    ferry_look_report_async (self->look, report_made, g_object_ref (self));
}

static void
copy_log_clicked (FerryVerifyPage *self)
{
  const FerryVerification *verification = ferry_look_get_verification (self->look);
  g_autofree char *text = NULL;

  if (verification == NULL || verification->log == NULL)
    return;
  text = ferry_log_lines_to_text (verification->log);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ferry_window_toast (GTK_WIDGET (self), _ ("The kernel's lines are on the clipboard"));
}

/* The helper's part is asked for anew as well: a file may have been mended meanwhile. */
static void
again_clicked (FerryVerifyPage *self)
{
  ferry_errand_read_history (get_errand (self));
  ferry_session_scan (get_session (self));
}

static void
ferry_verify_page_shown (FerryPage *page)
{
  FerryVerifyPage *self = FERRY_VERIFY_PAGE (page);

  if (ferry_errand_get_history (get_errand (self)) == NULL)
    ferry_errand_read_history (get_errand (self));
}

static void
ferry_verify_page_constructed (GObject *object)
{
  FerryVerifyPage *self = FERRY_VERIFY_PAGE (object);
  FerrySession *session = get_session (self);

  G_OBJECT_CLASS (ferry_verify_page_parent_class)->constructed (object);

  self->look = ferry_look_new (session);
  g_signal_connect_object (self->look, "notify::verification", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::scanning", G_CALLBACK (update_verdict), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::problem", G_CALLBACK (update_verdict), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_verify_page_dispose (GObject *object)
{
  g_clear_object (&FERRY_VERIFY_PAGE (object)->look);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_VERIFY_PAGE);
  G_OBJECT_CLASS (ferry_verify_page_parent_class)->dispose (object);
}

static void
ferry_verify_page_class_init (FerryVerifyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_verify_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_verify_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_verify_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/verify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, verdict_stack);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, groups);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, kernel_group);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, kernel);
  gtk_widget_class_bind_template_child (widget_class, FerryVerifyPage, copy);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_log_clicked);
}

static void
ferry_verify_page_init (FerryVerifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
