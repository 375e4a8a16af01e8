/* review-page.c: see review-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "change-row.h"
#include "device-words.h"
#include "errand.h"
#include "facts/error.h"
#include "promise-row.h"
#include "prose.h"
#include "rescue-card.h"
#include "review-page.h"

struct _FerryReviewPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkStack *stack;
  GtkWidget *refused_group;
  GtkListBox *refused;
  GtkWidget *manual_group;
  GtkListBox *manual;
  GtkWidget *nothing;
  GtkWidget *changes_group;
  GtkListBox *changes;
  GtkWidget *warnings_group;
  GtkListBox *warnings;
  GtkWidget *untouched_group;
  GtkListBox *untouched;
  GtkLabel *source;
  FerryRescueCard *rescue;
};

G_DEFINE_FINAL_TYPE (FerryReviewPage, ferry_review_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryReviewPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static FerryErrand *
get_errand (FerryReviewPage *self)
{
  return ferry_session_get_errand (get_session (self));
}

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_row (GtkListBox *list, const char *icon, const char *title, const char *text)
{
  gtk_list_box_append (list, g_object_new (FERRY_TYPE_PROMISE_ROW, "icon-name", icon, "title",
                                           title, "text", text, NULL));
}

static void
show_notes (GtkWidget *group, GtkListBox *list, GPtrArray *notes, const char *icon)
{
  clear (list);
  for (guint i = 0; i < notes->len; i++)
    add_row (list, icon, ((FerryNote *)g_ptr_array_index (notes, i))->text, "");
  gtk_widget_set_visible (group, notes->len > 0);
}

static void
show_manual (FerryReviewPage *self, const FerryPlan *plan)
{
  clear (self->manual);
  for (guint i = 0; i < plan->manual->len; i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      g_autofree char *text
          = g_strdup_printf ("%u. %s", i + 1, (char *)g_ptr_array_index (plan->manual, i));
      GtkWidget *label = ferry_prose_new (text, "row-text");

      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (self->manual, row);
    }
  gtk_widget_set_visible (self->manual_group, plan->manual->len > 0);
}

static void
show_changes (FerryReviewPage *self, const FerryProposal *proposal)
{
  const GPtrArray *changes = proposal->plan->changes;

  clear (self->changes);
  for (guint i = 0; i < changes->len; i++)
    gtk_list_box_append (self->changes,
                         ferry_change_row_new (g_ptr_array_index (changes, i), proposal->diffs[i]));
  gtk_widget_set_visible (self->changes_group, changes->len > 0);
}

/* The names of all cards but the chosen one. */
static char *
name_other_cards (FerryMachine *machine, const FerryCard *chosen)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      g_autofree char *name = ferry_device_words_card (card);

      if (card != chosen)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
show_untouched (FerryReviewPage *self, const FerryPlan *plan)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));
  g_autofree char *others = name_other_cards (machine, ferry_session_get_card (get_session (self)));

  clear (self->untouched);
  if (*others != '\0')
    add_row (self->untouched, "video-display-symbolic", _ ("Your other graphics card"), others);
  add_row (self->untouched, "applications-system-symbolic", _ ("Your graphics drivers"),
           _ ("None of them is removed or blocked."));
  add_row (self->untouched, "folder-symbolic", _ ("Your files and settings"),
           _ ("Nothing in your home folder is read or changed."));
  gtk_widget_set_visible (self->untouched_group, plan->changes->len > 0);
}

/* Whether what is shown is what the helper will do, and why not when it is not. */
static void
show_source (FerryReviewPage *self, const FerryProposal *proposal)
{
  const char *text = "";
  gboolean missing = g_error_matches (proposal->doubt, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);

  if (ferry_errand_get_helper (get_errand (self)) == NULL)
    text = _ ("This computer is only looked at: nothing of it can be changed from here.");
  else if (proposal->by_helper)
    text = _ ("Ferry's helper, which will make these changes, has made this plan itself.");
  else if (missing)
    text
        = _ ("Ferry's helper, which makes changes as administrator, is not installed. The plan was "
             "made without it.");
  else
    text = _ ("Ferry's helper could not be asked, so the plan was made without it. It looks again "
              "before it changes anything.");
  gtk_label_set_label (self->source, text);
}

static void
show_plan (FerryReviewPage *self, const FerryProposal *proposal)
{
  const FerryPlan *plan = proposal->plan;

  show_notes (self->refused_group, self->refused, plan->refusals, "dialog-error-symbolic");
  show_notes (self->warnings_group, self->warnings, plan->warnings, "dialog-information-symbolic");
  show_manual (self, plan);
  show_changes (self, proposal);
  show_untouched (self, plan);
  show_source (self, proposal);
  gtk_widget_set_visible (self->nothing, ferry_plan_is_empty (plan));
  ferry_rescue_card_set_machine (
      self->rescue, plan->changes->len > 0 ? ferry_session_get_machine (get_session (self)) : NULL);
}

static const char *
choose_view (FerryReviewPage *self, const FerryProposal *proposal)
{
  FerrySession *session = get_session (self);

  if (proposal != NULL)
    return "plan";
  if (ferry_session_get_card (session) == NULL && !ferry_session_get_scanning (session))
    return "none";
  return "making";
}

static void
update (FerryReviewPage *self)
{
  FerryErrand *errand = get_errand (self);
  const FerryProposal *proposal = ferry_errand_get_proposal (errand);
  const char *notice = ferry_errand_get_notice (errand);
  gboolean going = proposal != NULL && proposal->plan->refusals->len == 0;
  gboolean serious
      = going && proposal->plan->changes->len > 0 && ferry_errand_get_helper (errand) != NULL;

  gtk_label_set_label (self->notice_text, notice != NULL ? notice : "");
  gtk_widget_set_visible (self->notice, notice != NULL);
  gtk_stack_set_visible_child_name (self->stack, choose_view (self, proposal));
  ferry_page_set_busy (FERRY_PAGE (self), ferry_errand_get_proposing (errand));
  ferry_page_set_complete (FERRY_PAGE (self), going);
  ferry_page_set_forward_label (FERRY_PAGE (self), serious ? _ ("_Change Now…") : NULL);
}

static void
proposal_changed (FerryReviewPage *self)
{
  const FerryProposal *proposal = ferry_errand_get_proposal (get_errand (self));

  if (proposal != NULL)
    show_plan (self, proposal);
  update (self);
}

/* A plan is made when it is looked at, and made anew when it was forgotten meanwhile. */
static void
ask_for_plan (FerryReviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ferry_errand_propose (get_errand (self));
  proposal_changed (self);
}

static void
machine_changed (FerryReviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ferry_session_choose_obvious_card (get_session (self));
  ask_for_plan (self);
}

static void
ferry_review_page_shown (FerryPage *page)
{
  ferry_session_choose_obvious_card (ferry_page_get_session (page));
  ferry_errand_propose (get_errand (FERRY_REVIEW_PAGE (page)));
}

static void
ferry_review_page_agreed (FerryPage *page)
{
  if (ferry_page_get_forward_label (page) != NULL)
    ferry_errand_agree (get_errand (FERRY_REVIEW_PAGE (page)));
}

static void
ferry_review_page_constructed (GObject *object)
{
  FerryReviewPage *self = FERRY_REVIEW_PAGE (object);
  FerryErrand *errand = get_errand (self);

  G_OBJECT_CLASS (ferry_review_page_parent_class)->constructed (object);

  g_signal_connect_object (errand, "notify::proposal", G_CALLBACK (ask_for_plan), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (errand, "notify::proposing", G_CALLBACK (ask_for_plan), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (errand, "notify::notice", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self), "notify::report", G_CALLBACK (machine_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self), "notify::scanning", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  proposal_changed (self);
}

static void
ferry_review_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_REVIEW_PAGE);
  G_OBJECT_CLASS (ferry_review_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, notice_text);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, refused_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, refused);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, manual_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, manual);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, changes_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, changes);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, untouched_group);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, untouched);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, source);
  gtk_widget_class_bind_template_child (widget_class, FerryReviewPage, rescue);
}

static void
ferry_review_page_class_init (FerryReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_RESCUE_CARD);

  G_OBJECT_CLASS (klass)->constructed = ferry_review_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_review_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_review_page_shown;
  FERRY_PAGE_CLASS (klass)->agreed = ferry_review_page_agreed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/review-page.ui");
  bind_children (widget_class);
}

static void
ferry_review_page_init (FerryReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
