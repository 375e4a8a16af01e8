/* network.c: see network.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/journal.h"
#include "act/network.h"
#include "facts/error.h"

#define SECONDS 120
#define NETWORK "default"
#define NETWORK_FILE "usr/share/libvirt/networks/default.xml"

static char *
record_path (const char *id)
{
  return ferry_journal_is_id (id) ? g_build_filename (FERRY_JOURNAL_FOLDER, id, "network", NULL) : NULL;
}

/* virsh net-info prints "Active:         yes". */
static void
read_network (const char *line, gpointer user_data)
{
  FerryNetwork *network = user_data;
  gboolean yes = g_str_has_suffix (line, " yes");

  network->exists |= g_str_has_prefix (line, "Name:");
  network->active |= g_str_has_prefix (line, "Active:") && yes;
  network->autostart |= g_str_has_prefix (line, "Autostart:") && yes;
}

static gboolean
run_virsh (const FerryStep *step, const char *command, const char *argument, const char *option, GError **error)
{
  const char *const arguments[] = { "virsh", "-q", "-c", "qemu:///system", command, argument, option, NULL };

  return ferry_step_run_program (step, SECONDS, arguments, error);
}

static FerryNetwork
ask_network (const FerryStep *step)
{
  FerryNetwork network = { FALSE, FALSE, FALSE };
  FerryStep asking = *step;

  asking.line = read_network;
  asking.line_data = &network;
  run_virsh (&asking, "net-info", NETWORK, NULL, NULL);
  return network;
}

/* How the network was before the change; the first look counts, also when the step runs again after a cut. */
gboolean
ferry_network_remember (FerryRoot *root, const char *id, const FerryNetwork *network, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (root, error);
  g_autofree char *path = record_path (id);
  g_autofree char *half = path != NULL ? g_strconcat (path, ".new", NULL) : NULL;
  g_autofree char *text
      = g_strdup_printf ("exists %d active %d autostart %d\n", network->exists, network->active, network->autostart);

  if (target == NULL || path == NULL)
    return target != NULL;
  if (ferry_target_exists (target, path))
    return TRUE;
  return ferry_target_remove (target, half, error)
         && ferry_target_create (target, half, text, strlen (text), 0600, 0, 0, error)
         && ferry_target_rename (target, half, path, error);
}

/**
 * ferry_network_recall:
 *
 * Returns: whether the entry knows how the network was
 */
gboolean
ferry_network_recall (FerryRoot *root, const char *id, FerryNetwork *network)
{
  g_autofree char *path = record_path (id);
  g_autofree char *text = path != NULL ? ferry_root_read_text (root, path, NULL) : NULL;
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \n", 8);

  if (g_strv_length (words) != 7 || !g_str_equal (words[0], "exists") || !g_str_equal (words[2], "active")
      || !g_str_equal (words[4], "autostart"))
    return FALSE;
  network->exists = g_str_equal (words[1], "1");
  network->active = g_str_equal (words[3], "1");
  network->autostart = g_str_equal (words[5], "1");
  return TRUE;
}

gboolean
ferry_network_start (const FerryStep *step, GError **error)
{
  static const char file[] = "/" NETWORK_FILE;
  FerryNetwork network;

  if (!ferry_root_is_live (step->root))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                           _("The network of the virtual machines can only be switched on while the system runs"));
      return FALSE;
    }
  network = ask_network (step);
  if (!ferry_network_remember (step->root, step->entry_id, &network, error))
    return FALSE;
  if (!network.exists && !run_virsh (step, "net-define", file, NULL, error))
    return FALSE;
  if (!network.autostart && !run_virsh (step, "net-autostart", NETWORK, NULL, error))
    return FALSE;
  if (!network.active && !run_virsh (step, "net-start", NETWORK, NULL, error))
    return FALSE;
  network = ask_network (step);
  if (network.active && network.autostart)
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("The network of the virtual machines did not start"));
  return FALSE;
}

/* It is not stopped: a virtual machine may be using it; after the next start it is as it was. */
gboolean
ferry_network_take_back (const FerryStep *step, GError **error)
{
  FerryNetwork before = { TRUE, FALSE, FALSE };
  FerryNetwork now;

  if (!ferry_root_is_live (step->root))
    return TRUE;
  ferry_network_recall (step->root, step->entry_id, &before);
  now = ask_network (step);
  if (!now.exists)
    return TRUE;
  if (now.autostart != before.autostart
      && !run_virsh (step, "net-autostart", NETWORK, before.autostart ? NULL : "--disable", error))
    return FALSE;
  return before.exists || run_virsh (step, "net-undefine", NETWORK, NULL, error);
}
