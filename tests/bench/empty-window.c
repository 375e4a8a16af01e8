/* empty-window.c: an empty libadwaita window that says when its first frame was drawn and ends.
 *
 * The measure for the wizard: nothing that uses GTK and libadwaita can be faster. Prints
 * "first-frame N", N in microseconds of CLOCK_MONOTONIC, as the wizard does when the environment
 * has FERRY_FIRST_FRAME=1.
 */
#include <adwaita.h>

static void
on_after_paint (GdkFrameClock *clock, gpointer application)
{
  g_print ("first-frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, application);
  g_application_quit (G_APPLICATION (application));
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  GtkWidget *window = adw_application_window_new (application);
  GdkFrameClock *clock;

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 640);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window),
                                      gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_realize (window);
  clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window)));
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), application);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application
      = adw_application_new ("org.ferryvm.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
