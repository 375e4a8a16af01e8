/* viewer.c: see viewer.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/virt.h"
#include "viewer.h"

#define PROGRAM "virt-manager"

/**
 * ferry_viewer_is_there:
 *
 * Returns: whether the program is installed
 */
gboolean
ferry_viewer_is_there (void)
{
  g_autofree char *path = g_find_program_in_path (PROGRAM);

  return path != NULL;
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
