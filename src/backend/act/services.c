/* services.c: see services.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "act/network.h"
#include "act/services.h"
#include "facts/error.h"
#include "plan/edit.h"

#define SECONDS 120
#define MAX_UNITS 16
#define GROUP "libvirt"

static gboolean
invalid (GError **error)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, _("The step is not valid"));
  return FALSE;
}

/* Only units of libvirt: "libvirtd.socket", "virtqemud.socket". */
static gboolean
is_unit (const char *name)
{
  return (g_str_has_prefix (name, "libvirt") || g_str_has_prefix (name, "virt"))
         && (g_str_has_suffix (name, ".socket") || g_str_has_suffix (name, ".service"))
         && strspn (name, G_CSET_a_2_z "0123456789-.") == strlen (name);
}

static gboolean
run_systemctl (const FerryStep *step, const char *const *start, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  char **units = step->change->items;

  for (guint i = 0; units != NULL && units[i] != NULL; i++)
    if (i >= MAX_UNITS || !is_unit (units[i]))
      return invalid (error);
  if (units == NULL || units[0] == NULL)
    return invalid (error);
  g_strv_builder_addv (builder, (const char **) start);
  g_strv_builder_addv (builder, (const char **) units);
  arguments = g_strv_builder_end (builder);
  return ferry_step_run_program (step, SECONDS, (const char *const *) arguments, error);
}

static gboolean
enable_service (const FerryStep *step, GError **error)
{
  static const char *const here[] = { "systemctl", "enable", "--now", "--", NULL };
  static const char *const elsewhere[] = { "systemctl", "enable", "--", NULL };
  static const char *const asked[] = { "systemctl", "is-enabled", "--", NULL };

  return run_systemctl (step, ferry_root_is_live (step->root) ? here : elsewhere, error)
         && run_systemctl (step, asked, error);
}

/* It is not stopped: a virtual machine may be running. */
static gboolean
disable_service (const FerryStep *step, GError **error)
{
  static const char *const arguments[] = { "systemctl", "disable", "--", NULL };

  return run_systemctl (step, arguments, error);
}

/* useradd(8): what a name may look like everywhere. */
static gboolean
is_user (const char *name)
{
  return name != NULL && (g_ascii_islower (*name) || *name == '_') && strlen (name) <= 32
         && strspn (name, G_CSET_a_2_z "0123456789_-") == strlen (name);
}

static gboolean
group_is_valid (const FerryStep *step)
{
  char **items = step->change->items;

  return items != NULL && items[0] != NULL && g_str_equal (items[0], GROUP) && items[1] == NULL;
}

/* group(5): NAME:x:GID:MEMBER,MEMBER */
static gboolean
is_member (const FerryStep *step)
{
  g_autofree char *text = ferry_root_read_text (step->root, "etc/group", NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 65536);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ":", 5);
      g_auto (GStrv) members = NULL;

      if (g_strv_length (fields) < 4 || !g_str_equal (fields[0], GROUP))
        continue;
      members = g_strsplit (fields[3], ",", -1);
      return g_strv_contains ((const char *const *) members, step->user_name);
    }
  return FALSE;
}

static gboolean
join_group (const FerryStep *step, GError **error)
{
  const char *const arguments[] = { "usermod", "-a", "-G", GROUP, step->user_name, NULL };

  if (!group_is_valid (step) || (step->user_name != NULL && !is_user (step->user_name)))
    return invalid (error);
  if (step->user_name == NULL)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID,
                           _("It is not known who is to become a member of the group"));
      return FALSE;
    }
  if (!ferry_step_run_program (step, SECONDS, arguments, error))
    return FALSE;
  if (is_member (step))
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("You could not be added to the group"));
  return FALSE;
}

static gboolean
leave_group (const FerryStep *step, GError **error)
{
  const char *const arguments[] = { "gpasswd", "-d", step->user_name, GROUP, NULL };

  if (!group_is_valid (step) || (step->user_name != NULL && !is_user (step->user_name)))
    return invalid (error);
  /* An account that is gone is in no group. */
  if (step->user_name == NULL || !is_member (step))
    return TRUE;
  return ferry_step_run_program (step, SECONDS, arguments, error);
}

gboolean
ferry_services_run (const FerryStep *step, GError **error)
{
  if (step->change->kind == FERRY_CHANGE_SERVICE)
    return enable_service (step, error);
  if (step->change->kind == FERRY_CHANGE_NETWORK)
    return ferry_network_start (step, error);
  return join_group (step, error);
}

gboolean
ferry_services_take_back (const FerryStep *step, GError **error)
{
  if (step->change->kind == FERRY_CHANGE_SERVICE)
    return disable_service (step, error);
  if (step->change->kind == FERRY_CHANGE_NETWORK)
    return ferry_network_take_back (step, error);
  return leave_group (step, error);
}
