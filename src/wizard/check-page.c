/* check-page.c: see check-page.h. */
#include "config.h"

#include "check-page.h"

struct _FerryCheckPage
{
  FerryPage parent_instance;
};

G_DEFINE_FINAL_TYPE (FerryCheckPage, ferry_check_page, FERRY_TYPE_PAGE)

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

  G_OBJECT_CLASS (klass)->dispose = ferry_check_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/check-page.ui");
}

static void
ferry_check_page_init (FerryCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_page_set_complete (FERRY_PAGE (self), TRUE);
}
