/* firmware-page.c: see firmware-page.h. */
#include "config.h"

#include "firmware-page.h"

struct _FerryFirmwarePage
{
  FerryPage parent_instance;
};

G_DEFINE_FINAL_TYPE (FerryFirmwarePage, ferry_firmware_page, FERRY_TYPE_PAGE)

static void
ferry_firmware_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_FIRMWARE_PAGE);
  G_OBJECT_CLASS (ferry_firmware_page_parent_class)->dispose (object);
}

static void
ferry_firmware_page_class_init (FerryFirmwarePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ferry_firmware_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/firmware-page.ui");
}

static void
ferry_firmware_page_init (FerryFirmwarePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ferry_page_set_complete (FERRY_PAGE (self), TRUE);
}
