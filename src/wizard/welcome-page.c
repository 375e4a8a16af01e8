/* welcome-page.c: see welcome-page.h. */
#include "config.h"

#include "promise-row.h"
#include "welcome-page.h"

struct _FerryWelcomePage
{
  FerryPage parent_instance;

  GtkImage *logo;
  GtkWidget *rest; /* what is below the first screen */
};

G_DEFINE_FINAL_TYPE (FerryWelcomePage, ferry_welcome_page, FERRY_TYPE_PAGE)

static void
first_frame (GdkFrameClock *clock, gpointer user_data)
{
  FerryWelcomePage *self = user_data;

  g_signal_handlers_disconnect_by_func (clock, first_frame, self);
  gtk_image_set_from_icon_name (self->logo, FERRY_APP_ID);
  gtk_widget_set_visible (self->rest, TRUE);
}

/* The program opens on this page: pictures, and what one has to scroll to, come after the first
 * frame. */
static void
ferry_welcome_page_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ferry_welcome_page_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (first_frame), widget, 0);
}

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

  g_type_ensure (FERRY_TYPE_PROMISE_ROW);
  G_OBJECT_CLASS (klass)->dispose = ferry_welcome_page_dispose;
  widget_class->realize = ferry_welcome_page_realize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryWelcomePage, logo);
  gtk_widget_class_bind_template_child (widget_class, FerryWelcomePage, rest);
}

static void
ferry_welcome_page_init (FerryWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
