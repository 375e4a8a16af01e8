/* virt-library.c: see virt-library.h. */
#include "config.h"

#include <gmodule.h>

#include "guest/symptom.h"
#include "guest/virt-events.h"
#include "guest/virt-library.h"

#define FILE_NAME "libvirt.so.0"

static FerryVirtLibrary library;

/* libvirt would print to the terminal on its own. */
static void
stay_silent (void *user_data, virErrorPtr error)
{
}

/* Keeps the connections alive, and notices when the other side is gone; ends with the program. libvirt hangs its work
 * into GLib's default context: a program with a main loop does that work there, and only without one a thread may. */
static gpointer
run_events (gpointer data)
{
  while (TRUE)
    if (library.virEventRunDefaultImpl () < 0)
      g_usleep (G_USEC_PER_SEC / 10);
  return NULL;
}

static void
start_events (void)
{
  if (g_main_context_is_owner (NULL) || !g_main_context_acquire (NULL))
    return;
  g_main_context_release (NULL);
  g_thread_unref (g_thread_new ("libvirt-events", run_events, NULL));
}

static gboolean
load (char **why)
{
  GModule *module = g_module_open (FILE_NAME, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (module == NULL)
    {
      *why = g_strdup (g_module_error ());
      return FALSE;
    }
#define LOOK_UP(name)                                                                              \
  if (!g_module_symbol (module, #name, (gpointer *)(void *)&library.name))                         \
    {                                                                                              \
      *why = g_strdup (g_module_error ());                                                         \
      return FALSE;                                                                                \
    }
  FERRY_VIRT_FUNCTIONS (LOOK_UP)
#undef LOOK_UP
  g_module_make_resident (module);
  library.virSetErrorFunc (NULL, stay_silent);
  if (library.virInitialize () < 0 || library.virEventRegisterDefaultImpl () < 0)
    {
      *why = g_strdup (FILE_NAME ": cannot be initialized");
      return FALSE;
    }
  if (ferry_virt_events_need_thread ())
    start_events ();
  return TRUE;
}

/**
 * ferry_virt_library_get:
 *
 * Returns: (nullable): the functions of libvirt; %NULL with an error when it is not installed
 */
const FerryVirtLibrary *
ferry_virt_library_get (GError **error)
{
  static gsize once = 0;
  static gboolean loaded = FALSE;
  static char *why = NULL;

  if (g_once_init_enter (&once))
    {
      loaded = load (&why);
      g_once_init_leave (&once, 1);
    }
  if (loaded)
    return &library;
  ferry_symptom_set_error (error, FERRY_ERROR_NOT_FOUND, why);
  return NULL;
}
