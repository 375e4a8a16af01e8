/* machines-window.c: see machines-window.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "blueprint.h"
#include "deed.h"
#include "dialog.h"
#include "diff-view.h"
#include "fold-row.h"
#include "guest/claim.h"
#include "machines-window.h"
#include "prose.h"
#include "trouble-view.h"
#include "viewer.h"

struct _FerryMachinesWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *none;
  GtkListBox *list;
  GtkWidget *spinner;
  FerryTroubleView *trouble;

  FerrySession *session;
  FerryDeed *deed; /* that is looked at, waits for a yes, or is done */
};

G_DEFINE_FINAL_TYPE (FerryMachinesWindow, ferry_machines_window, ADW_TYPE_WINDOW)

/* What is written on a button; @yes is NULL for what is done without a question. */
static const struct
{
  const char *label, *yes;
} words[] = {
  [FERRY_DEED_START] = { N_ ("_Start"), NULL },
  [FERRY_DEED_SHUT_DOWN] = { N_ ("Sh_ut Down"), NULL },
  [FERRY_DEED_GIVE] = { N_ ("_Give It the Card…"), N_ ("_Give It") },
  [FERRY_DEED_TAKE] = { N_ ("_Take the Card Back…"), N_ ("_Take It") },
  [FERRY_DEED_REMOVE] = { N_ ("_Remove…"), N_ ("_Remove") },
};

static FerryBlueprint *
get_blueprint (FerryMachinesWindow *self)
{
  return ferry_session_get_blueprint (self->session);
}

static FerryWorkshop *
get_workshop (FerryMachinesWindow *self)
{
  return ferry_blueprint_get_workshop (get_blueprint (self));
}

static void
set_deed (FerryMachinesWindow *self, FerryDeed *deed)
{
  g_clear_pointer (&self->deed, ferry_deed_free);
  self->deed = deed;
  gtk_widget_set_visible (self->spinner, deed != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), deed == NULL);
}

static void
show_trouble (FerryMachinesWindow *self, const GError *error)
{
  if (error != NULL)
    ferry_trouble_view_set_error (self->trouble, error);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL);
}

static void
done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryMachinesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  ferry_workshop_run_finish (FERRY_WORKSHOP (source), result, &error);
  if (self->session == NULL)
    return;
  show_trouble (self, error);
  if (error == NULL && self->deed->kind == FERRY_DEED_REMOVE
      && g_strcmp0 (ferry_blueprint_get_made (get_blueprint (self)), self->deed->machine) == 0)
    ferry_blueprint_set_made (get_blueprint (self), NULL);
  set_deed (self, NULL);
}

static void
run (FerryMachinesWindow *self)
{
  ferry_workshop_run_async (get_workshop (self), ferry_deed_do, self->deed, NULL, NULL, done,
                            g_object_ref (self));
}

static void
agreed (gpointer user_data)
{
  FerryMachinesWindow *self = FERRY_MACHINES_WINDOW (user_data);

  if (self->deed != NULL)
    run (self);
}

static void
refused (gpointer user_data)
{
  set_deed (FERRY_MACHINES_WINDOW (user_data), NULL);
}

/* The difference is what an expert wants to see; it scrolls, so that the buttons stay in view. */
static GtkWidget *
make_difference (const FerryDeed *deed)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *view = ferry_diff_view_new (deed->diff, _ ("What changes in its description"));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (window), 160);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return window;
}

/* Each sentence is written out, so that it can be translated as a whole. */
static char *
make_question (const FerryDeed *deed)
{
  switch (deed->kind)
    {
    case FERRY_DEED_GIVE:
      return g_strdup_printf (_ ("Give “%s” the graphics card?"), deed->machine);
    case FERRY_DEED_TAKE:
      return g_strdup_printf (_ ("Take the graphics card from “%s”?"), deed->machine);
    case FERRY_DEED_REMOVE:
      return g_strdup_printf (_ ("Remove “%s”?"), deed->machine);
    case FERRY_DEED_START:
    case FERRY_DEED_SHUT_DOWN:
    default:
      return NULL;
    }
}

static void
ask (FerryMachinesWindow *self)
{
  const FerryDeed *deed = self->deed;
  g_autofree char *title = NULL;
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < deed->notes->len; i++)
    g_string_append_printf (body, "%s%s", body->len > 0 ? "\n\n" : "",
                            (char *) g_ptr_array_index (deed->notes, i));
  title = make_question (deed);
  ferry_dialog_ask_with (
      GTK_WIDGET (self), title, body->str, deed->diff != NULL ? make_difference (deed) : NULL,
      _ (words[deed->kind].yes),
      deed->kind == FERRY_DEED_REMOVE ? FERRY_DIALOG_DESTRUCTIVE : FERRY_DIALOG_SUGGESTED, agreed,
      refused, G_OBJECT (self));
}

static void
looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryMachinesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  ferry_workshop_run_finish (FERRY_WORKSHOP (source), result, &error);
  if (self->session == NULL)
    return;
  show_trouble (self, error);
  if (error != NULL)
    set_deed (self, NULL);
  else
    ask (self);
}

static void
deed_clicked (GtkWidget *button, FerryMachinesWindow *self)
{
  const FerryDeedKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind"));
  const char *machine = g_object_get_data (G_OBJECT (button), "machine");
  g_autoptr (GArray) card = NULL;

  if (self->deed != NULL)
    return;
  card = ferry_blueprint_list_card (get_blueprint (self));
  set_deed (self, ferry_deed_new (kind, machine, ferry_blueprint_get_machine (get_blueprint (self)), card));
  show_trouble (self, NULL);
  if (words[kind].yes == NULL)
    run (self);
  else
    ferry_workshop_ask_async (get_workshop (self), ferry_deed_look, self->deed, NULL, NULL, looked,
                              g_object_ref (self));
}

static void
open_clicked (GtkWidget *button, FerryMachinesWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!ferry_viewer_open (g_object_get_data (G_OBJECT (button), "machine"), &error))
    show_trouble (self, error);
}

static GtkWidget *
make_button (const char *label, const char *machine)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "machine", g_strdup (machine), g_free);
  return button;
}

static void
add_deed (FerryMachinesWindow *self, GtkWidget *row, FerryDeedKind kind, const char *machine)
{
  GtkWidget *button = make_button (_ (words[kind].label), machine);

  if (kind == FERRY_DEED_REMOVE)
    gtk_widget_add_css_class (button, "destructive-action");
  g_object_set_data (G_OBJECT (button), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (button, "clicked", G_CALLBACK (deed_clicked), self, 0);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), button);
}

static void
add_viewer (FerryMachinesWindow *self, GtkWidget *row, const char *machine)
{
  g_autofree char *text = ferry_viewer_explain (ferry_session_get_home (self->session), machine);
  GtkWidget *button;

  if (text != NULL)
    {
      ferry_fold_row_append (FERRY_FOLD_ROW (row), ferry_prose_new (text, NULL));
      return;
    }
  button = make_button (_ ("_Open in Virtual Machine Manager"), machine);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked), self, 0);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), button);
}

static gboolean
has_card (const FerryResident *resident, const GArray *card)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) claims = NULL;

  g_ptr_array_add (one, (gpointer) resident);
  claims = ferry_claim_find (one, card, NULL);
  return claims->len > 0;
}

static GtkWidget *
make_row (FerryMachinesWindow *self, const FerryResident *resident, const GArray *card)
{
  const FerryCard *chosen = ferry_session_get_card (self->session);
  const gboolean off = resident->power == FERRY_POWER_OFF || resident->power == FERRY_POWER_CRASHED;
  const gboolean given = has_card (resident, card);
  g_autofree char *sentence
      = given && chosen != NULL
            ? g_strdup_printf ("%s · %s", ferry_power_get_title (resident->power), chosen->name)
            : g_strdup (ferry_power_get_title (resident->power));
  GtkWidget *row = ferry_fold_row_new ("computer-symbolic", resident->name, sentence);

  add_deed (self, row, off ? FERRY_DEED_START : FERRY_DEED_SHUT_DOWN, resident->name);
  add_viewer (self, row, resident->name);
  if (given)
    add_deed (self, row, FERRY_DEED_TAKE, resident->name);
  else if (card->len > 0)
    add_deed (self, row, FERRY_DEED_GIVE, resident->name);
  add_deed (self, row, FERRY_DEED_REMOVE, resident->name);
  return row;
}

static void
show_machines (FerryMachinesWindow *self, const GPtrArray *machines)
{
  g_autoptr (GArray) card = ferry_blueprint_list_card (get_blueprint (self));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < machines->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (machines, i), card));
}

static void
show_none (FerryMachinesWindow *self)
{
  const gboolean preview = ferry_blueprint_is_preview (get_blueprint (self));

  adw_status_page_set_description (
      self->none, preview
                      ? _ ("This computer is only looked at. Go back to your own one to see its "
                           "virtual machines.")
                      : _ ("When you make one, it appears here."));
}

static void
update (FerryMachinesWindow *self)
{
  const GPtrArray *machines = ferry_workshop_list_machines (get_workshop (self));
  const FerryWorkshopState state = ferry_workshop_get_state (get_workshop (self));

  if (self->deed == NULL)
    show_trouble (self, state == FERRY_WORKSHOP_SHUT
                            ? ferry_workshop_get_trouble (get_workshop (self))
                            : NULL);
  show_none (self);
  if (machines != NULL && machines->len > 0 && !ferry_blueprint_is_preview (get_blueprint (self)))
    {
      if (state != FERRY_WORKSHOP_LOOKING)
        show_machines (self, machines);
      gtk_stack_set_visible_child_name (self->stack, "list");
    }
  else if (state == FERRY_WORKSHOP_LOOKING)
    gtk_stack_set_visible_child_name (self->stack, "reading");
  else
    gtk_stack_set_visible_child_name (self->stack, state == FERRY_WORKSHOP_SHUT ? "shut" : "none");
}

static void
again_clicked (FerryMachinesWindow *self)
{
  ferry_workshop_look (get_workshop (self));
}

static void
ferry_machines_window_dispose (GObject *object)
{
  FerryMachinesWindow *self = FERRY_MACHINES_WINDOW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_MACHINES_WINDOW);
  G_OBJECT_CLASS (ferry_machines_window_parent_class)->dispose (object);
}

static void
ferry_machines_window_finalize (GObject *object)
{
  g_clear_pointer (&FERRY_MACHINES_WINDOW (object)->deed, ferry_deed_free);
  G_OBJECT_CLASS (ferry_machines_window_parent_class)->finalize (object);
}

static void
ferry_machines_window_class_init (FerryMachinesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_TROUBLE_VIEW);

  G_OBJECT_CLASS (klass)->dispose = ferry_machines_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_machines_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/machines-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryMachinesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryMachinesWindow, none);
  gtk_widget_class_bind_template_child (widget_class, FerryMachinesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, FerryMachinesWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, FerryMachinesWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ferry_machines_window_init (FerryMachinesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ferry_machines_window_new:
 * @parent: the window that has to wait
 */
GtkWidget *
ferry_machines_window_new (GtkWindow *parent, FerrySession *session)
{
  FerryMachinesWindow *self
      = g_object_new (FERRY_TYPE_MACHINES_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  if (!ferry_blueprint_is_preview (get_blueprint (self)))
    ferry_workshop_look (get_workshop (self));
  update (self);
  return GTK_WIDGET (self);
}
