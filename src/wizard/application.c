/* application.c: see application.h. */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "application.h"
#include "autostart.h"
#include "route.h"
#include "window.h"

struct _FerryApplication
{
  AdwApplication parent_instance;

  char *root_folder;
  char *machine_file;
  char *page;
  FerrySession *session; /* instead of the one that the options name, or NULL */
};

G_DEFINE_FINAL_TYPE (FerryApplication, ferry_application, ADW_TYPE_APPLICATION)

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         _ ("Ferry"), "application-icon", FERRY_APP_ID, "version", FERRY_VERSION,
                         "developer-name", _ ("The Ferry contributors"), "comments",
                         _ ("Gives one of your graphics cards to a virtual machine, step by step, "
                            "and can take everything back."),
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* The window knows whether something is under way that one should know of. */
  while (window != NULL && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  if (FERRY_IS_WINDOW (window) && ferry_window_is_changing (FERRY_WINDOW (window)))
    gtk_window_close (window);
  else
    g_application_quit (G_APPLICATION (user_data));
}

/* The session ends, or somebody ends the program: what it unpacked goes with it. A change goes on in
 * the helper. */
static gboolean
end_asked (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
  return G_SOURCE_CONTINUE;
}

static const GActionEntry actions[] = {
  { "about", about_activated, NULL, NULL, NULL, { 0 } },
  { "quit", quit_activated, NULL, NULL, NULL, { 0 } },
};

static void
set_keys (GtkApplication *application, const char *action, const char *key)
{
  const char *keys[] = { key, NULL };

  gtk_application_set_accels_for_action (application, action, keys);
}

static void
ferry_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (ferry_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  g_unix_signal_add (SIGTERM, end_asked, application);
  g_unix_signal_add (SIGINT, end_asked, application);
  g_unix_signal_add (SIGHUP, end_asked, application);
  set_keys (GTK_APPLICATION (application), "app.quit", "<Control>q");
  set_keys (GTK_APPLICATION (application), "win.open-recording", "<Control>o");
  set_keys (GTK_APPLICATION (application), "win.save-recording", "<Control>s");
}

static void
first_frame (GdkFrameClock *clock, gpointer user_data)
{
  g_print ("first-frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_application_quit (G_APPLICATION (user_data));
}

/* Before the window's own handlers: what they start does not belong to the first frame. */
static void
measure_first_frame (GtkWidget *window, gpointer application)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (first_frame),
                    application);
}

/* The computer that the options name; on failure one line for the terminal. */
static FerrySession *
open_session (FerryApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryRoot) root = NULL;

  if (self->session != NULL)
    return g_object_ref (self->session);
  root = ferry_root_new (self->root_folder != NULL ? self->root_folder : G_DIR_SEPARATOR_S, &error);
  if (root == NULL)
    {
      g_printerr ("ferry: %s\n", error->message);
      return NULL;
    }
  return ferry_session_new (root);
}

static void
ferry_application_activate (GApplication *application)
{
  FerryApplication *self = FERRY_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  g_autoptr (FerrySession) session = NULL;
  guint position = 0;

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }

  session = open_session (self);
  if (session == NULL)
    return;
  if (self->root_folder == NULL && self->machine_file == NULL)
    ferry_autostart_remove ();
  ferry_route_find (self->page, &position);
  window = GTK_WINDOW (ferry_window_new (GTK_APPLICATION (application), session, position));
  if (self->machine_file != NULL)
    ferry_session_open_recording (session, self->machine_file);
  if (g_strcmp0 (g_getenv ("FERRY_FIRST_FRAME"), "1") == 0)
    g_signal_connect (window, "realize", G_CALLBACK (measure_first_frame), application);
  gtk_window_present (window);
}

static char *
list_pages (void)
{
  guint n_steps;
  const FerryStation *steps = ferry_route_get_steps (&n_steps);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", steps[i].id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
refuse (const char *format, const char *what, const char *hint)
{
  g_autofree char *message = g_strdup_printf (format, what);

  g_printerr ("ferry: %s%s%s\n", message, hint != NULL ? ": " : "", hint != NULL ? hint : "");
  return 2;
}

static int
ferry_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  FerryApplication *self = FERRY_APPLICATION (application);
  guint position;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("ferry %s\n", FERRY_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "root", "^ay", &self->root_folder);
  g_variant_dict_lookup (options, "machine", "^ay", &self->machine_file);
  g_variant_dict_lookup (options, "page", "s", &self->page);
  if (self->page != NULL && !ferry_route_find (self->page, &position))
    {
      g_autofree char *pages = list_pages ();
      return refuse (_ ("there is no page “%s”, only"), self->page, pages);
    }
  if (self->root_folder != NULL && !g_file_test (self->root_folder, G_FILE_TEST_IS_DIR))
    return refuse (_ ("“%s” is not a folder"), self->root_folder, NULL);
  if (self->machine_file != NULL && !g_file_test (self->machine_file, G_FILE_TEST_IS_REGULAR))
    return refuse (_ ("“%s” is not a file"), self->machine_file, NULL);

  /* Another computer is another window: do not wake up a program that shows this one. */
  if (self->root_folder != NULL || self->machine_file != NULL || self->page != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
ferry_application_finalize (GObject *object)
{
  FerryApplication *self = FERRY_APPLICATION (object);

  g_free (self->root_folder);
  g_free (self->machine_file);
  g_free (self->page);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ferry_application_parent_class)->finalize (object);
}

static void
ferry_application_class_init (FerryApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_application_finalize;
  application_class->startup = ferry_application_startup;
  application_class->activate = ferry_application_activate;
  application_class->handle_local_options = ferry_application_handle_local_options;
}

static void
ferry_application_init (FerryApplication *self)
{
  const GOptionEntry options[] = {
    { "root", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Look at the computer whose files are below DIR"), N_ ("DIR") },
    { "machine", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Look at the recorded computer in FILE"), N_ ("FILE") },
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open on the page NAME"), N_ ("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * ferry_application_new:
 *
 * Returns: (transfer full): the program, not yet running
 */
FerryApplication *
ferry_application_new (void)
{
  return g_object_new (FERRY_TYPE_APPLICATION, "application-id", FERRY_APP_ID, "flags",
                       G_APPLICATION_DEFAULT_FLAGS, "resource-base-path", "/org/ferryvm/Ferry",
                       NULL);
}

/**
 * ferry_application_set_session:
 *
 * Another computer than that of the options, for tests.
 */
void
ferry_application_set_session (FerryApplication *self, FerrySession *session)
{
  g_return_if_fail (FERRY_IS_APPLICATION (self));
  g_set_object (&self->session, session);
}
