/* viewer.c: see viewer.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "facts/host.h"
#include "guest/virt.h"
#include "viewer.h"

#define PROGRAM "virt-manager"

static gboolean
is_there (FerryRoot *home)
{
  g_autofree char *path = g_find_program_in_path (PROGRAM);

  return path != NULL && !ferry_host_is_flatpak (home);
}

/**
 * ferry_viewer_explain:
 * @home: the computer that Ferry runs on
 * @machine: name of a virtual machine
 *
 * Returns: (transfer full) (nullable): what to do to see the machine, where Ferry cannot open it
 */
char *
ferry_viewer_explain (FerryRoot *home, const char *machine)
{
  if (is_there (home))
    return NULL;
  if (ferry_host_is_flatpak (home) && ferry_host_has_program (home, PROGRAM) != FERRY_ANSWER_NO)
    return g_strdup_printf (
        _ ("To see the virtual machine in a window, open the program “Virtual Machine Manager” "
           "(virt-manager) and choose “%s” there. Ferry cannot open it for you, because as a "
           "Flatpak it may not start other programs."),
        machine);
  return g_strdup (_ ("To see the virtual machine in a window, install the program “Virtual "
                      "Machine Manager” (virt-manager)."));
}

/**
 * ferry_viewer_open:
 * @machine: name of a virtual machine
 *
 * Starts the program with the window of that machine; see virt-manager(1).
 */
gboolean
ferry_viewer_open (const char *machine, GError **error)
{
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &trouble, PROGRAM,
      "--connect", FERRY_VIRT_SYSTEM, "--show-domain-console", machine, NULL);

  if (process != NULL)
    return TRUE;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED,
               _ ("Virtual Machine Manager could not be started: %s"), trouble->message);
  return FALSE;
}
