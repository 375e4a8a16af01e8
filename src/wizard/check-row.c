/* check-row.c: see check-row.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check-row.h"
#include "device-words.h"

struct _FerryCheckRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *opener;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *verdict;
  GtkImage *arrow;
  GtkRevealer *revealer;
  GtkBox *body;
};

G_DEFINE_FINAL_TYPE (FerryCheckRow, ferry_check_row, GTK_TYPE_LIST_BOX_ROW)

/* How a verdict looks and what it is called. */
typedef struct
{
  const char *icon, *word, *css_class;
} Look;

static Look
look_of_verdict (FerryCheckVerdict verdict, gboolean blocks)
{
  switch (verdict)
    {
    case FERRY_CHECK_PASS:
      return (Look){ "object-select-symbolic", _ ("Good"), "success" };
    case FERRY_CHECK_WARN:
      return (Look){ "dialog-warning-symbolic", _ ("Good to know"), "warning" };
    case FERRY_CHECK_FAIL:
      if (blocks)
        return (Look){ "dialog-error-symbolic", _ ("Stands in the way"), "error" };
      return (Look){ "dialog-warning-symbolic", _ ("To do"), "warning" };
    case FERRY_CHECK_UNKNOWN:
    default:
      return (Look){ "dialog-question-symbolic", _ ("Could not tell"), "dim-label" };
    }
}

static Look
look_of_card (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return (Look){ "object-select-symbolic", _ ("Can be given to a virtual machine"), "success" };
    case FERRY_CARD_CAUTION:
      return (Look){ "dialog-warning-symbolic", _ ("Possible, with care"), "warning" };
    case FERRY_CARD_NO:
    default:
      return (Look){ "dialog-error-symbolic", _ ("Has to stay with this computer"), "error" };
    }
}

static GtkWidget *
add_label (FerryCheckRow *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (self->body, label);
  return label;
}

/* A small headline and a text; nothing at all for an empty text. */
static void
add_paragraph (FerryCheckRow *self, const char *headline, const char *text, gboolean technical)
{
  GtkWidget *label;

  if (text == NULL || text[0] == '\0')
    return;
  if (headline != NULL)
    gtk_widget_add_css_class (add_label (self, headline), "heading");

  label = add_label (self, text);
  if (technical)
    {
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "monospace");
      gtk_widget_add_css_class (label, "caption");
    }
}

static void
update_opener (FerryCheckRow *self)
{
  gboolean open = gtk_revealer_get_reveal_child (self->revealer);

  gtk_image_set_from_icon_name (self->arrow, open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_STATE_EXPANDED,
                               open, -1);
}

static void
set_head (FerryCheckRow *self, const char *title, const Look *look)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", look->word, title);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->verdict, look->word);
  gtk_image_set_from_icon_name (self->icon, look->icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), look->css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), look->css_class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * ferry_check_row_new:
 * @check: only read, not kept
 */
GtkWidget *
ferry_check_row_new (const FerryCheck *check)
{
  FerryCheckRow *self = g_object_new (FERRY_TYPE_CHECK_ROW, NULL);
  const Look look = look_of_verdict (check->verdict, check->blocks);

  set_head (self, check->title, &look);
  add_paragraph (self, _ ("Why it matters"), check->why, FALSE);
  add_paragraph (self, _ ("What to do now"), check->action, FALSE);
  add_paragraph (self, _ ("Details"), check->details, TRUE);
  return GTK_WIDGET (self);
}

/**
 * ferry_check_row_new_for_card:
 * @verdict: only read, not kept
 */
GtkWidget *
ferry_check_row_new_for_card (const FerryVerdict *verdict)
{
  FerryCheckRow *self = g_object_new (FERRY_TYPE_CHECK_ROW, NULL);
  const Look look = look_of_card (verdict->verdict);
  g_autofree char *name = ferry_device_words_card (verdict->card);

  set_head (self, name, &look);
  add_paragraph (self, NULL, verdict->sentence, FALSE);
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);
      add_paragraph (self, NULL, reason->text, FALSE);
    }
  return GTK_WIDGET (self);
}

/**
 * ferry_check_row_new_for_finding:
 * @finding: only read, not kept
 */
GtkWidget *
ferry_check_row_new_for_finding (const FerryFinding *finding)
{
  FerryCheckRow *self = g_object_new (FERRY_TYPE_CHECK_ROW, NULL);
  const Look look = look_of_verdict (finding->verdict, FALSE);

  set_head (self, finding->title, &look);
  add_paragraph (self, _ ("Why it matters"), finding->why, FALSE);
  add_paragraph (self, _ ("What to do now"), finding->action, FALSE);
  add_paragraph (self, _ ("Details"), finding->details, TRUE);
  return GTK_WIDGET (self);
}

/**
 * ferry_check_row_new_for_line:
 * @line: only read, not kept
 */
GtkWidget *
ferry_check_row_new_for_line (const FerryLogLine *line)
{
  FerryCheckRow *self = g_object_new (FERRY_TYPE_CHECK_ROW, NULL);
  const Look look = look_of_verdict (ferry_log_line_get_verdict (line), FALSE);
  g_autofree char *text = ferry_log_line_to_text (line);

  set_head (self, ferry_log_line_get_meaning (line), &look);
  add_paragraph (self, _ ("What to do now"), ferry_log_line_get_action (line), FALSE);
  add_paragraph (self, _ ("The kernel's words"), text, TRUE);
  return GTK_WIDGET (self);
}

/**
 * ferry_check_row_append:
 *
 * Puts something below what the row tells when it is opened.
 */
void
ferry_check_row_append (FerryCheckRow *self, GtkWidget *child)
{
  g_return_if_fail (FERRY_IS_CHECK_ROW (self));
  gtk_box_append (self->body, child);
}

gboolean
ferry_check_row_get_open (FerryCheckRow *self)
{
  g_return_val_if_fail (FERRY_IS_CHECK_ROW (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}

void
ferry_check_row_set_open (FerryCheckRow *self, gboolean open)
{
  g_return_if_fail (FERRY_IS_CHECK_ROW (self));
  gtk_revealer_set_reveal_child (self->revealer, open);
  update_opener (self);
}

static void
opener_clicked (FerryCheckRow *self)
{
  ferry_check_row_set_open (self, !ferry_check_row_get_open (self));
}

/* What was opened below the edge of the window is scrolled into sight. */
static void
body_revealed (FerryCheckRow *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top;

  if (scrolled == NULL || !gtk_revealer_get_child_revealed (self->revealer)
      || !gtk_widget_compute_bounds (GTK_WIDGET (self), scrolled, &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
}

static void
ferry_check_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_CHECK_ROW);
  G_OBJECT_CLASS (ferry_check_row_parent_class)->dispose (object);
}

static void
ferry_check_row_class_init (FerryCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_check_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, opener);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, title);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, verdict);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, FerryCheckRow, body);
  gtk_widget_class_bind_template_callback (widget_class, opener_clicked);
  gtk_widget_class_bind_template_callback (widget_class, body_revealed);
}

static void
ferry_check_row_init (FerryCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->opener), GTK_ACCESSIBLE_RELATION_CONTROLS,
                                  self->body, NULL, -1);
  update_opener (self);
}
