/* finding.c: see finding.h and finding-table.h. */
#include "config.h"

#include <string.h>

#include "plan/finding-table.h"

void
ferry_finding_free (FerryFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->title);
  g_free (finding->why);
  g_free (finding->action);
  g_free (finding->details);
  g_free (finding);
}

const char *
ferry_fix_to_string (FerryFix fix)
{
  static const char *const names[] = { "none", "restart", "apply", "undo", "card", "firmware" };

  g_return_val_if_fail ((gsize) fix < G_N_ELEMENTS (names), "none");
  return names[fix];
}

void
ferry_finding_say (FerryFinding *finding, FerryCheckVerdict verdict, const char *title,
                   const char *why, const char *action)
{
  finding->verdict = verdict;
  finding->title = g_strdup (title);
  finding->why = g_strdup (why);
  finding->action = g_strdup (action);
}

/* Adds a line to the details. */
void
ferry_finding_detail (FerryFinding *finding, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *before = g_steal_pointer (&finding->details);
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  finding->details
      = before == NULL ? g_steal_pointer (&line) : g_strconcat (before, "\n", line, NULL);
}

gboolean
ferry_finding_is_kept (FerryDevice *device)
{
  return g_strcmp0 (device->driver, "vfio-pci") == 0;
}

gboolean
ferry_finding_has_item (char **items, const char *item)
{
  return items != NULL && g_strv_contains ((const char *const *) items, item);
}

/* Paths of files, and the kinds of steps that make start files and menus; not services and
 * programs. */
gboolean
ferry_finding_can_apply (const FerryFindingFacts *facts)
{
  static const char *const kinds[] = { "initramfs", "menu", "bls-args" };
  char **pending = facts->evidence->pending;

  for (guint i = 0; pending != NULL && pending[i] != NULL; i++)
    if (strchr (pending[i], '/') != NULL)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (ferry_finding_has_item (pending, kinds[i]))
      return TRUE;
  return FALSE;
}
