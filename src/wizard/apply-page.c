/* apply-page.c: see apply-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "apply-page.h"
#include "errand.h"
#include "outcome-view.h"
#include "progress-view.h"

struct _FerryApplyPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  GtkImage *looking;
  GtkWidget *start;
  FerryProgressView *progress;
  FerryOutcomeView *result;

  FerryHelper *helper;   /* that of the running or last change */
  FerryIntent *intent;   /* of the running or last change */
  FerryOutcome *outcome; /* of the last change, NULL before it ended */
  gboolean restart;      /* the running change needs a restart */
};

G_DEFINE_FINAL_TYPE (FerryApplyPage, ferry_apply_page, FERRY_TYPE_PAGE)

static FerryErrand *
get_errand (FerryApplyPage *self)
{
  return ferry_session_get_errand (ferry_page_get_session (FERRY_PAGE (self)));
}

static gboolean
is_running (FerryApplyPage *self)
{
  return self->helper != NULL && ferry_helper_get_running (self->helper);
}

static void
show (FerryApplyPage *self, const char *view, const char *title, const char *text)
{
  ferry_heading_set_title (self->heading, title);
  ferry_heading_set_description (self->heading, text);
  gtk_stack_set_visible_child_name (self->stack, view);
}

/* Nothing is under way and nothing has ended. */
static void
show_waiting (FerryApplyPage *self)
{
  const FerryProposal *proposal = ferry_errand_get_proposal (get_errand (self));

  gtk_image_set_from_icon_name (self->looking, ferry_errand_get_helper (get_errand (self)) == NULL
                                                   ? "view-reveal-symbolic"
                                                   : "object-select-symbolic");
  gtk_widget_set_sensitive (self->start, proposal != NULL && proposal->plan->changes->len > 0);
  if (ferry_errand_get_helper (get_errand (self)) == NULL)
    show (
        self, "looking", _ ("Here the computer would be changed"),
        _ ("This computer is only looked at: it is a recorded one, or a folder. You can go on and "
           "see what would come next."));
  else if (proposal == NULL)
    show (self, "ready", _ ("Look at the plan first"),
          _ ("Go back to the page “Review”: it shows what will be changed."));
  else if (proposal->plan->refusals->len > 0)
    show (self, "ready", _ ("This cannot be done yet"),
          _ ("Go back to the page “Review”: it says what stands in the way."));
  else if (proposal->plan->changes->len == 0)
    show (self, "looking", _ ("Nothing is left to change"),
          _ ("This computer is set up already. If you have not restarted it since, do that next."));
  else
    show (self, "ready", _ ("Ready to change"),
          _ ("The desktop will ask for your password. Nothing has been changed yet."));
}

static gboolean
may_go_on (FerryApplyPage *self)
{
  const char *view = gtk_stack_get_visible_child_name (self->stack);

  if (self->outcome != NULL)
    return self->outcome->kind == FERRY_OUTCOME_GOOD;
  return g_strcmp0 (view, "looking") == 0;
}

static void
update (FerryApplyPage *self)
{
  if (is_running (self))
    show (self, "running", _ ("Changing this computer"),
          _ ("Please leave the computer switched on. This can take some minutes; you may do other "
             "things meanwhile."));
  else if (self->outcome != NULL)
    show (self, "result", self->outcome->title, self->outcome->text);
  else
    show_waiting (self);
  ferry_page_set_busy (FERRY_PAGE (self), is_running (self));
  ferry_page_set_complete (FERRY_PAGE (self), !is_running (self) && may_go_on (self));
}

static void
set_outcome (FerryApplyPage *self, FerryOutcome *outcome)
{
  g_clear_pointer (&self->outcome, ferry_outcome_free);
  self->outcome = outcome;
  if (outcome != NULL)
    ferry_outcome_view_set_outcome (self->result, outcome);
}

/* The page Review shows the new plan; the way there is the one that the person can take as well. */
static void
show_new_plan (FerryApplyPage *self)
{
  ferry_errand_forget_plan (get_errand (self),
                            _ ("The computer has changed since the plan was shown, so nothing was "
                               "done. Please look at the new plan."));
  ferry_session_scan (ferry_page_get_session (FERRY_PAGE (self)));
  update (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* The computer is another one than before: look at it anew. What was planned is done. */
static void
look_again (FerryApplyPage *self)
{
  ferry_session_scan (ferry_page_get_session (FERRY_PAGE (self)));
  ferry_errand_read_history (get_errand (self));
}

static void
finish (FerryApplyPage *self, const GError *error)
{
  if (g_error_matches (error, FERRY_FAULT, FERRY_FAULT_PLAN_CHANGED))
    {
      show_new_plan (self);
      return;
    }
  if (error == NULL)
    set_outcome (self, ferry_outcome_new_done (self->restart));
  else if (!g_error_matches (error, FERRY_FAULT, FERRY_FAULT_AUTH_DISMISSED))
    set_outcome (self, ferry_outcome_new_failed (error, self->intent));
  update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ferry_page_focus_heading (FERRY_PAGE (self));
  if (self->outcome != NULL)
    look_again (self);
}

static void
change_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FerryApplyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ferry_helper_run_finish (FERRY_HELPER (source), result, &error);

  /* The page is gone when its window was closed meanwhile; the helper has finished all the same. */
  if (ferry_page_get_session (FERRY_PAGE (self)) != NULL)
    finish (self, error);
}

static void
progress_told (FerryApplyPage *self, const char *stage, guint step, guint of, const char *title)
{
  ferry_progress_view_tell (self->progress, stage, step, of, title);
}

static void
set_helper (FerryApplyPage *self, FerryHelper *helper)
{
  if (self->helper != NULL)
    g_signal_handlers_disconnect_by_func (self->helper, progress_told, self);
  g_set_object (&self->helper, helper);
  if (helper != NULL)
    g_signal_connect_object (helper, "progress", G_CALLBACK (progress_told), self,
                             G_CONNECT_SWAPPED);
}

static void
begin (FerryApplyPage *self)
{
  const FerryProposal *proposal = ferry_errand_get_proposal (get_errand (self));
  FerryHelper *helper = ferry_errand_get_helper (get_errand (self));

  if (proposal == NULL || helper == NULL || ferry_helper_get_running (helper))
    return;
  set_helper (self, helper);
  set_outcome (self, NULL);
  ferry_intent_free (self->intent);
  self->intent = ferry_intent_copy (proposal->intent);
  self->restart = proposal->plan->restart;
  ferry_progress_view_begin (self->progress, proposal->plan->changes);
  ferry_helper_apply_async (helper, proposal->intent, proposal->plan->digest, change_ended,
                            g_object_ref (self));
  update (self);
}

/* What failed is tried with a plan that was looked at anew: by the person, on the page before. */
static void
again_pressed (FerryApplyPage *self)
{
  set_outcome (self, NULL);
  update (self);
  if (ferry_errand_get_proposal (get_errand (self)) != NULL)
    begin (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
cancel_pressed (FerryApplyPage *self)
{
  if (is_running (self))
    ferry_helper_cancel (self->helper);
}

static void
ferry_apply_page_shown (FerryPage *page)
{
  FerryApplyPage *self = FERRY_APPLY_PAGE (page);

  if (ferry_errand_take_agreement (get_errand (self)))
    begin (self);
  else
    update (self);
}

/* A new plan that is not empty makes the end of the last change a thing of the past. */
static void
proposal_changed (FerryApplyPage *self)
{
  const FerryProposal *proposal = ferry_errand_get_proposal (get_errand (self));

  if (proposal != NULL && proposal->plan->changes->len > 0 && !is_running (self))
    set_outcome (self, NULL);
  update (self);
}

static void
ferry_apply_page_constructed (GObject *object)
{
  FerryApplyPage *self = FERRY_APPLY_PAGE (object);

  G_OBJECT_CLASS (ferry_apply_page_parent_class)->constructed (object);

  g_signal_connect_object (get_errand (self), "notify::proposal", G_CALLBACK (proposal_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ferry_page_get_session (FERRY_PAGE (self)), "notify::recording",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_apply_page_dispose (GObject *object)
{
  FerryApplyPage *self = FERRY_APPLY_PAGE (object);

  set_helper (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_APPLY_PAGE);
  G_OBJECT_CLASS (ferry_apply_page_parent_class)->dispose (object);
}

static void
ferry_apply_page_finalize (GObject *object)
{
  FerryApplyPage *self = FERRY_APPLY_PAGE (object);

  ferry_outcome_free (self->outcome);
  ferry_intent_free (self->intent);
  G_OBJECT_CLASS (ferry_apply_page_parent_class)->finalize (object);
}

static void
ferry_apply_page_class_init (FerryApplyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_OUTCOME_VIEW);
  g_type_ensure (FERRY_TYPE_PROGRESS_VIEW);

  G_OBJECT_CLASS (klass)->constructed = ferry_apply_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_apply_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ferry_apply_page_finalize;
  FERRY_PAGE_CLASS (klass)->shown = ferry_apply_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/apply-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, looking);
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, start);
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, progress);
  gtk_widget_class_bind_template_child (widget_class, FerryApplyPage, result);
  gtk_widget_class_bind_template_callback (widget_class, again_pressed);
  gtk_widget_class_bind_template_callback (widget_class, begin);
  gtk_widget_class_bind_template_callback (widget_class, cancel_pressed);
}

static void
ferry_apply_page_init (FerryApplyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
