/* welcome-page.c: see welcome-page.h. */
#include "config.h"

#include "welcome-page.h"

struct _FerryWelcomePage
{
  FerryPage parent_instance;
};

G_DEFINE_FINAL_TYPE (FerryWelcomePage, ferry_welcome_page, FERRY_TYPE_PAGE)

static void
ferry_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (ferry_welcome_page_parent_class)->dispose (object);
}

static void
ferry_welcome_page_class_init (FerryWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_welcome_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/welcome-page.ui");
}

static void
ferry_welcome_page_init (FerryWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
