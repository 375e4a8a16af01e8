/* tuning-page.c: see tuning-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "core-picture.h"
#include "blueprint.h"
#include "fold-row.h"
#include "prose.h"
#include "tuning-page.h"

struct _FerryTuningPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkSwitch *tuning;
  GtkWidget *cores_group;
  FerryCorePicture *picture;
  GtkLabel *sentence;
  GtkWidget *parts;
  GtkSwitch *pinning;
  GtkSwitch *huge;
  AdwActionRow *huge_row;
  GtkListBox *why;
  GtkLabel *reasons;

  gboolean updating; /* the page changes its own switches */
};

G_DEFINE_FINAL_TYPE (FerryTuningPage, ferry_tuning_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerryTuningPage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

static void
show_picture (FerryTuningPage *self, const FerryTuning *tuning)
{
  FerryMachine *machine = ferry_session_get_machine (ferry_page_get_session (FERRY_PAGE (self)));
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  g_autofree char *words = ferry_core_picture_describe (machine->cores, tuning);
  g_autofree char *text = NULL;

  /* It was wanted, and cannot be had: the first reason says why. */
  if (!tuning->pinned && guest->tuning && guest->pinning && tuning->reasons->len > 0)
    text = g_strdup_printf ("%s %s", words, (char *) g_ptr_array_index (tuning->reasons, 0));
  ferry_core_picture_set_tuning (self->picture, machine->cores, tuning);
  gtk_label_set_label (self->sentence, text != NULL ? text : words);
}

static void
show_reasons (FerryTuningPage *self, const FerryTuning *tuning)
{
  g_autoptr (GString) text = g_string_new (tuning->sentence);

  for (guint i = 0; i < tuning->reasons->len; i++)
    g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "",
                            (char *) g_ptr_array_index (tuning->reasons, i));
  gtk_label_set_label (self->reasons, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->why), text->len > 0);
}

static void
show_huge_pages (FerryTuningPage *self, const FerryGuest *guest)
{
  g_autofree char *memory = ferry_amount_print (guest->memory);
  g_autofree char *text = g_strdup_printf (
      _ ("For people who measure: a little faster, but %s have to be set aside before the start, "
         "and your system cannot use them until they are given back."),
      memory);

  adw_action_row_set_subtitle (self->huge_row, text);
}

static void
update (FerryTuningPage *self)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  const FerryTuning *tuning = ferry_blueprint_get_tuning (get_blueprint (self));

  self->updating = TRUE;
  gtk_switch_set_active (self->tuning, guest->tuning);
  gtk_switch_set_active (self->pinning, guest->pinning);
  gtk_switch_set_active (self->huge, guest->huge_pages);
  self->updating = FALSE;
  gtk_widget_set_sensitive (self->parts, guest->tuning);
  show_huge_pages (self, guest);
  gtk_widget_set_visible (self->cores_group, tuning != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->why), tuning != NULL);
  if (tuning != NULL)
    {
      show_picture (self, tuning);
      show_reasons (self, tuning);
    }
  ferry_page_set_complete (FERRY_PAGE (self), tuning != NULL);
}

static void
switched (FerryTuningPage *self)
{
  FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));

  if (self->updating)
    return;
  guest->tuning = gtk_switch_get_active (self->tuning);
  guest->pinning = gtk_switch_get_active (self->pinning);
  guest->huge_pages = gtk_switch_get_active (self->huge);
  ferry_blueprint_changed (get_blueprint (self), 0);
}

static void
ferry_tuning_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_TUNING_PAGE (page)));
}

static void
ferry_tuning_page_constructed (GObject *object)
{
  FerryTuningPage *self = FERRY_TUNING_PAGE (object);
  GtkWidget *why = ferry_fold_row_new ("dialog-question-symbolic", _ ("Why these?"), NULL);

  G_OBJECT_CLASS (ferry_tuning_page_parent_class)->constructed (object);

  self->reasons = GTK_LABEL (ferry_prose_new (NULL, NULL));
  ferry_fold_row_append (FERRY_FOLD_ROW (why), GTK_WIDGET (self->reasons));
  gtk_list_box_append (self->why, why);
  g_signal_connect_swapped (self->tuning, "notify::active", G_CALLBACK (switched), self);
  g_signal_connect_swapped (self->pinning, "notify::active", G_CALLBACK (switched), self);
  g_signal_connect_swapped (self->huge, "notify::active", G_CALLBACK (switched), self);
  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_tuning_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_TUNING_PAGE);
  G_OBJECT_CLASS (ferry_tuning_page_parent_class)->dispose (object);
}

static void
ferry_tuning_page_class_init (FerryTuningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_CORE_PICTURE);

  G_OBJECT_CLASS (klass)->constructed = ferry_tuning_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_tuning_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_tuning_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/tuning-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, tuning);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, cores_group);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, picture);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, parts);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, pinning);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, huge);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, huge_row);
  gtk_widget_class_bind_template_child (widget_class, FerryTuningPage, why);
}

static void
ferry_tuning_page_init (FerryTuningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
