/* progress-view.c: see progress-view.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fold-row.h"
#include "part-row.h"
#include "plan/change.h"
#include "progress-view.h"
#include "prose.h"

#define MAX_LOG (64 * 1024)
#define PULSE_MILLISECONDS 200

struct _FerryProgressView
{
  AdwBin parent_instance;

  GtkLabel *stage;
  GtkProgressBar *bar;
  GtkListBox *steps;
  GtkListBox *log_list;
  GtkLabel *log;
  GtkWidget *cancel;
  GtkWidget *cancel_hint;

  GString *lines;
  guint pulse;
  guint reached; /* steps before this one are done */
};

G_DEFINE_FINAL_TYPE (FerryProgressView, ferry_progress_view, ADW_TYPE_BIN)

enum
{
  CANCEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The stages of act/transaction.h, and whether everything can still be put back on request. */
static const struct
{
  const char *stage, *words;
  gboolean can_stop;
} stages[] = {
  { "password", N_ ("Waiting for your password…"), TRUE },
  { "checking", N_ ("Checking, and waiting for your password…"), TRUE },
  { "installing", N_ ("Installing programs…"), TRUE },
  { "writing", N_ ("Writing settings…"), TRUE },
  { "rebuilding", N_ ("Preparing the start files…"), TRUE },
  { "verifying", N_ ("Checking what was made…"), TRUE },
  { "services", N_ ("Switching services on…"), FALSE },
  { "rolling-back", N_ ("Putting everything back…"), FALSE },
  { "done", N_ ("Finishing…"), FALSE },
};

static gsize
find_stage (const char *stage)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stages[i].stage, stage) == 0)
      return i;
  return G_N_ELEMENTS (stages) - 1;
}

static gboolean
pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (FERRY_PROGRESS_VIEW (user_data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
set_pulsing (FerryProgressView *self, gboolean pulsing)
{
  if (pulsing && self->pulse == 0)
    self->pulse = g_timeout_add (PULSE_MILLISECONDS, pulse, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static void
show_bar (FerryProgressView *self, guint step, guint of)
{
  g_autofree char *text = NULL;

  set_pulsing (self, of == 0 || step == 0);
  if (of == 0 || step == 0)
    return;
  text = g_strdup_printf (_ ("Step %u of %u"), step, of);
  gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (step - 0.5) / of));
  gtk_progress_bar_set_text (self->bar, text);
  gtk_progress_bar_set_show_text (self->bar, TRUE);
}

/* The rows are named as the helper names the steps; what stands before the running one is done. */
static void
show_steps (FerryProgressView *self, const char *title, gboolean done)
{
  GtkListBoxRow *row;
  int running = -1;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->steps, i)) != NULL; i++)
    if (running < 0 && i >= (int)self->reached
        && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      running = i;
  if (running >= 0)
    self->reached = (guint)running;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->steps, i)) != NULL; i++)
    {
      FerryPartState state = i < (int)self->reached || done ? FERRY_PART_READ : FERRY_PART_WAITING;

      if (!done && i == running)
        state = FERRY_PART_READING;
      if (running >= 0 || done)
        ferry_part_row_set_state (FERRY_PART_ROW (row), state);
    }
}

static void
add_line (FerryProgressView *self, const char *words, const char *title)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%T");

  if (self->lines->len > MAX_LOG)
    return;
  g_string_append_printf (self->lines, "%s%s  %s%s%s", self->lines->len > 0 ? "\n" : "", time,
                          words, *title != '\0' ? " " : "", title);
  gtk_label_set_label (self->log, self->lines->str);
}

/**
 * ferry_progress_view_tell:
 *
 * Shows what the helper is doing now; see FerryClientProgress.
 */
void
ferry_progress_view_tell (FerryProgressView *self, const char *stage, guint step, guint of,
                          const char *title)
{
  gsize i;

  g_return_if_fail (FERRY_IS_PROGRESS_VIEW (self));
  if (g_strcmp0 (stage, "idle") == 0)
    return;

  i = find_stage (stage);
  gtk_label_set_label (self->stage, _ (stages[i].words));
  gtk_widget_set_sensitive (self->cancel, stages[i].can_stop);
  gtk_widget_set_visible (self->cancel_hint, !stages[i].can_stop);
  show_bar (self, step, of);
  show_steps (self, title, g_strcmp0 (stage, "done") == 0);
  add_line (self, _ (stages[i].words), title);
}

/**
 * ferry_progress_view_begin:
 * @changes: (element-type FerryChange): the steps; only read, not kept
 */
void
ferry_progress_view_begin (FerryProgressView *self, GPtrArray *changes)
{
  GtkWidget *row;

  g_return_if_fail (FERRY_IS_PROGRESS_VIEW (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_list_box_remove (self->steps, row);
  for (guint i = 0; i < changes->len; i++)
    gtk_list_box_append (self->steps, ferry_part_row_new_for_work (
                                          ((FerryChange *)g_ptr_array_index (changes, i))->title));
  self->reached = 0;
  g_string_truncate (self->lines, 0);
  gtk_progress_bar_set_show_text (self->bar, FALSE);
  gtk_progress_bar_set_fraction (self->bar, 0);
  ferry_progress_view_tell (self, "password", 0, 0, "");
}

static void
cancel_clicked (FerryProgressView *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  gtk_label_set_label (self->stage, _ ("Stopping…"));
  g_signal_emit (self, signals[CANCEL], 0);
}

/* The bar moves only while somebody can see it. */
static void
ferry_progress_view_unmap (GtkWidget *widget)
{
  set_pulsing (FERRY_PROGRESS_VIEW (widget), FALSE);
  GTK_WIDGET_CLASS (ferry_progress_view_parent_class)->unmap (widget);
}

static void
ferry_progress_view_dispose (GObject *object)
{
  set_pulsing (FERRY_PROGRESS_VIEW (object), FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_PROGRESS_VIEW);
  G_OBJECT_CLASS (ferry_progress_view_parent_class)->dispose (object);
}

static void
ferry_progress_view_finalize (GObject *object)
{
  g_string_free (FERRY_PROGRESS_VIEW (object)->lines, TRUE);
  G_OBJECT_CLASS (ferry_progress_view_parent_class)->finalize (object);
}

static void
ferry_progress_view_class_init (FerryProgressViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_progress_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_progress_view_finalize;
  widget_class->unmap = ferry_progress_view_unmap;
  signals[CANCEL] = g_signal_new ("cancel", FERRY_TYPE_PROGRESS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/progress-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, stage);
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, bar);
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, steps);
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, log_list);
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, cancel);
  gtk_widget_class_bind_template_child (widget_class, FerryProgressView, cancel_hint);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
}

static void
ferry_progress_view_init (FerryProgressView *self)
{
  GtkWidget *row
      = ferry_fold_row_new ("text-x-generic-symbolic", _ ("What has happened so far"), NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->lines = g_string_new (NULL);
  self->log = GTK_LABEL (ferry_prose_new (NULL, "monospace"));
  gtk_label_set_selectable (self->log, TRUE);
  ferry_fold_row_append (FERRY_FOLD_ROW (row), GTK_WIDGET (self->log));
  gtk_list_box_append (self->log_list, row);
}
