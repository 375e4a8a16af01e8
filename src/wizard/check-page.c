/* check-page.c: see check-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check-page.h"
#include "check-row.h"
#include "part-row.h"
#include "plan/listing.h"
#include "window.h"

struct _FerryCheckPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkWidget *verdict;
  GtkStack *verdict_stack;
  GtkImage *verdict_icon;
  GtkLabel *sentence;
  GtkWidget *parts_group;
  GtkListBox *parts;
  GtkBox *groups;
  GtkWidget *again;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (FerryCheckPage, ferry_check_page, FERRY_TYPE_PAGE)

/* The parts of a machine in the order in which they are read, in plain words. */
static const struct
{
  const char *part, *title;
} parts[] = {
  { "processor", N_ ("The processor") },
  { "firmware", N_ ("The firmware and the mainboard") },
  { "kernel", N_ ("Linux and how it was started") },
  { "iommu", N_ ("The protection between devices (IOMMU)") },
  { "devices", N_ ("The devices inside the computer") },
  { "needs", N_ ("What this computer needs for itself") },
  { "cards", N_ ("The graphics cards") },
  { "loader", N_ ("The boot menu") },
  { "initramfs", N_ ("The first files that Linux loads") },
  { "system", N_ ("The installed programs") },
};

static FerrySession *
get_session (FerryCheckPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static void
set_verdict (FerryCheckPage *self, const char *css_class, const char *icon, const char *sentence)
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
show_overall (FerryCheckPage *self, const FerryReport *report)
{
  switch (report->overall)
    {
    case FERRY_OVERALL_READY:
      set_verdict (self, "good", "object-select-symbolic", report->sentence);
      return;
    case FERRY_OVERALL_STEPS:
      set_verdict (self, "steps", "dialog-warning-symbolic", report->sentence);
      return;
    case FERRY_OVERALL_IMPOSSIBLE:
    default:
      set_verdict (self, "bad", "dialog-error-symbolic", report->sentence);
    }
}

static void
update_verdict (FerryCheckPage *self)
{
  FerrySession *session = get_session (self);
  const FerryReport *report = ferry_session_get_report (session);
  const char *problem = ferry_session_get_problem (session);

  if (ferry_session_get_scanning (session))
    set_verdict (self, NULL, NULL, _ ("Reading the computer…"));
  else if (problem != NULL)
    set_verdict (self, "bad", "dialog-error-symbolic", problem);
  else if (report != NULL)
    show_overall (self, report);
}

static GtkWidget *
add_group (FerryCheckPage *self, const char *title)
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

/* What the list of cards says already, with more to each of them, is not said a second time. */
static gboolean
is_told_by_cards (const FerryReport *report, const FerryCheck *check)
{
  if (report->verdicts->len == 0)
    return FALSE;
  return g_str_equal (check->id, "card-to-give")
         || (g_str_equal (check->id, "graphics-cards") && check->verdict == FERRY_CHECK_PASS);
}

/* Appends the checks of one verdict to @list, which is made when the first of them comes. */
static void
append_checks (FerryCheckPage *self, const FerryReport *report, FerryCheckVerdict verdict,
               gboolean blocks, const char *title, GtkWidget **list)
{
  for (guint i = 0; i < report->checks->len; i++)
    {
      const FerryCheck *check = g_ptr_array_index (report->checks, i);

      if (check->verdict != verdict || (check->blocks != FALSE) != blocks
          || is_told_by_cards (report, check))
        continue;
      if (*list == NULL)
        *list = add_group (self, title);
      gtk_list_box_append (GTK_LIST_BOX (*list), ferry_check_row_new (check));
    }
}

/* What no setting can mend comes before what can be done. */
static void
add_checks (FerryCheckPage *self, const FerryReport *report, FerryCheckVerdict verdict,
            const char *title)
{
  GtkWidget *list = NULL;

  append_checks (self, report, verdict, TRUE, title, &list);
  append_checks (self, report, verdict, FALSE, title, &list);
}

static void
add_cards (FerryCheckPage *self, const FerryReport *report)
{
  const FerryCheck *check = ferry_report_find (report, "card-to-give");
  g_autofree char *why = NULL;
  GtkWidget *list;

  if (report->verdicts->len == 0)
    return;
  list = add_group (self, _ ("Graphics Cards"));
  why = g_markup_escape_text (check != NULL ? check->why : "", -1);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP)), why);
  for (guint i = 0; i < report->verdicts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), ferry_check_row_new_for_card (
                                                  g_ptr_array_index (report->verdicts, i)));
}

/* What needs attention comes first; what is in order comes last. */
static void
update_report (FerryCheckPage *self)
{
  const FerryReport *report = ferry_session_get_report (get_session (self));
  const FerryCheck *cards;
  gboolean first;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  ferry_page_set_complete (FERRY_PAGE (self),
                           report != NULL && report->overall != FERRY_OVERALL_IMPOSSIBLE);
  ferry_page_set_skippable (FERRY_PAGE (self), report != NULL);
  gtk_widget_set_sensitive (self->copy, report != NULL);
  if (report == NULL)
    return;

  cards = ferry_report_find (report, "card-to-give");
  first = cards != NULL && cards->verdict == FERRY_CHECK_FAIL;
  if (first)
    add_cards (self, report);
  add_checks (self, report, FERRY_CHECK_FAIL, _ ("Needs Attention"));
  add_checks (self, report, FERRY_CHECK_WARN, _ ("Good to Know"));
  if (!first)
    add_cards (self, report);
  add_checks (self, report, FERRY_CHECK_UNKNOWN, _ ("Could Not Be Told"));
  add_checks (self, report, FERRY_CHECK_PASS, _ ("In Order"));
}

static FerryPartState
get_part_state (FerrySession *session, const char *part)
{
  g_autofree char *current = NULL;

  if (ferry_session_is_part_read (session, part))
    return FERRY_PART_READ;
  g_object_get (session, "part", &current, NULL);
  return g_strcmp0 (current, part) == 0 ? FERRY_PART_READING : FERRY_PART_WAITING;
}

/* Only before there is anything better to show; at a second scan the old rows stay meanwhile. */
static void
update_parts (FerryCheckPage *self)
{
  FerrySession *session = get_session (self);
  gboolean wanted
      = ferry_session_get_report (session) == NULL && ferry_session_get_problem (session) == NULL;

  gtk_widget_set_visible (self->parts_group, wanted);
  if (!wanted)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    ferry_part_row_set_state (
        FERRY_PART_ROW (gtk_list_box_get_row_at_index (self->parts, (int) i)),
        get_part_state (session, parts[i].part));
}

static void
update_all (FerryCheckPage *self)
{
  update_report (self);
  update_verdict (self);
  update_parts (self);
}

static void
update_progress (FerryCheckPage *self)
{
  update_verdict (self);
  update_parts (self);
}

static void
copy_clicked (FerryCheckPage *self)
{
  const FerryReport *report = ferry_session_get_report (get_session (self));
  g_autofree char *text = NULL;

  if (report == NULL)
    return;
  text = ferry_listing_check_text (report);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  ferry_window_toast (GTK_WIDGET (self), _ ("The report is on the clipboard"));
}

static void
ferry_check_page_constructed (GObject *object)
{
  FerryCheckPage *self = FERRY_CHECK_PAGE (object);
  FerrySession *session = get_session (self);

  G_OBJECT_CLASS (ferry_check_page_parent_class)->constructed (object);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_list_box_append (self->parts, ferry_part_row_new (_ (parts[i].title)));
  g_signal_connect_object (session, "notify::report", G_CALLBACK (update_all), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::scanning", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::problem", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::part", G_CALLBACK (update_parts), self,
                           G_CONNECT_SWAPPED);
  update_all (self);
}

static void
ferry_check_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_CHECK_PAGE);
  G_OBJECT_CLASS (ferry_check_page_parent_class)->dispose (object);
}

static void
ferry_check_page_class_init (FerryCheckPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_check_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_check_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, verdict_stack);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, parts_group);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, parts);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, groups);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, again);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckPage, copy);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
}

static void
ferry_check_page_init (FerryCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
