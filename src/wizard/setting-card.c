/* setting-card.c: see setting-card.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "setting-card.h"

struct _FerrySettingCard
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *need;
  GtkLabel *why;
  GtkWidget *path_box;
  GtkLabel *path_headline;
  GtkLabel *path;
  GtkWidget *name_headline;
  GtkLabel *name;
  GtkLabel *synonyms;
  GtkWidget *advice_box;
  GtkLabel *advice;
};

G_DEFINE_FINAL_TYPE (FerrySettingCard, ferry_setting_card, ADW_TYPE_BIN)

/* "A > B > C" becomes "A › B › C" with the last step in bold: that is what one looks for. */
static char *
format_path (const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, ">", -1);
  g_autoptr (GString) markup = g_string_new (NULL);
  guint n_steps = g_strv_length (steps);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *step = g_markup_escape_text (g_strstrip (steps[i]), -1);
      gboolean last = i + 1 == n_steps;

      g_string_append_printf (markup, last ? "%s<b>%s</b>" : "%s%s", i > 0 ? "  ›  " : "", step);
    }
  return g_string_free (g_steal_pointer (&markup), FALSE);
}

static void
show_path (FerrySettingCard *self, const FerrySetting *setting)
{
  g_autofree char *markup = format_path (setting->path);

  gtk_widget_set_visible (self->path_box, setting->path[0] != '\0');
  gtk_label_set_markup (self->path, markup);
  gtk_label_set_label (self->path_headline,
                       setting->certain ? _ ("Where to find it") : _ ("Where it usually is"));
}

/* Where the path ends in the name it has been said already. */
static void
show_name (FerrySettingCard *self, const FerrySetting *setting)
{
  gboolean said = g_str_has_suffix (setting->path, setting->name);

  gtk_label_set_label (self->name, setting->name);
  gtk_widget_set_visible (self->name_headline, !said);
  gtk_widget_set_visible (GTK_WIDGET (self->name), !said);
}

/**
 * ferry_setting_card_new:
 * @setting: only read, not kept
 */
GtkWidget *
ferry_setting_card_new (const FerrySetting *setting)
{
  FerrySettingCard *self = g_object_new (FERRY_TYPE_SETTING_CARD, NULL);
  g_autofree char *synonyms = g_strdup_printf (_ ("Also called: %s"), setting->synonyms);

  gtk_label_set_label (self->title, setting->title);
  gtk_label_set_label (self->need, setting->required ? _ ("Needed") : _ ("Helps"));
  gtk_widget_add_css_class (GTK_WIDGET (self->need), setting->required ? "needed" : "helps");
  gtk_label_set_label (self->why, setting->why);
  gtk_widget_set_visible (GTK_WIDGET (self->why), setting->why[0] != '\0');
  show_path (self, setting);
  show_name (self, setting);
  gtk_label_set_label (self->synonyms, synonyms);
  gtk_widget_set_visible (GTK_WIDGET (self->synonyms), setting->synonyms[0] != '\0');
  gtk_label_set_label (self->advice, setting->advice);
  gtk_widget_set_visible (self->advice_box, setting->advice[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  setting->title, -1);
  return GTK_WIDGET (self);
}

static void
ferry_setting_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_SETTING_CARD);
  G_OBJECT_CLASS (ferry_setting_card_parent_class)->dispose (object);
}

static void
ferry_setting_card_class_init (FerrySettingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_setting_card_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/setting-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, title);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, need);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, why);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, path_box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, path_headline);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, path);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, name_headline);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, name);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, synonyms);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, advice_box);
  gtk_widget_class_bind_template_child (widget_class, FerrySettingCard, advice);
}

static void
ferry_setting_card_init (FerrySettingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
