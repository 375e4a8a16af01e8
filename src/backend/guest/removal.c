/* removal.c: see removal.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/mark.h"
#include "guest/removal.h"

void
ferry_removal_free (FerryRemoval *removal)
{
  g_free (removal->name);
  g_strfreev (removal->files);
  g_strfreev (removal->kept);
  g_free (removal);
}

/* The path stands in quotes in libvirt's XML, escaped. */
static gboolean
is_used_elsewhere (const GPtrArray *residents, const char *name, const char *path)
{
  g_autofree char *escaped = g_markup_escape_text (path, -1);

  for (guint i = 0; i < residents->len; i++)
    {
      const FerryResident *resident = g_ptr_array_index (residents, i);

      if (!g_str_equal (resident->name, name) && strstr (resident->xml, escaped) != NULL)
        return TRUE;
    }
  return FALSE;
}

static char **
to_list (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);
  return (char **)g_ptr_array_free (list, FALSE);
}

/**
 * ferry_removal_plan:
 *
 * Changes nothing.
 *
 * Returns: (transfer full) (nullable): what would be removed; %FERRY_ERROR_NOT_FOUND
 */
FerryRemoval *
ferry_removal_plan (FerryVirt *virt, const char *name, GError **error)
{
  g_autoptr (FerryResident) resident = ferry_virt_find (virt, name, error);
  g_autoptr (GPtrArray) residents = resident != NULL ? ferry_virt_list (virt, error) : NULL;
  g_auto (GStrv) marked = NULL;
  GPtrArray *files, *kept;
  FerryRemoval *removal;

  if (residents == NULL)
    return NULL;
  marked = ferry_mark_read (resident->xml);
  files = g_ptr_array_new ();
  kept = g_ptr_array_new ();
  for (guint i = 0; marked != NULL && marked[i] != NULL; i++)
    g_ptr_array_add (is_used_elsewhere (residents, name, marked[i]) ? kept : files, g_strdup (marked[i]));

  removal = g_new0 (FerryRemoval, 1);
  removal->name = g_strdup (name);
  removal->running = resident->power != FERRY_POWER_OFF && resident->power != FERRY_POWER_CRASHED;
  removal->ours = marked != NULL;
  removal->files = to_list (files);
  removal->kept = to_list (kept);
  return removal;
}

/**
 * ferry_removal_run:
 * @keep_files: forget the machine, but delete nothing
 *
 * First libvirt forgets the machine, then its files go: what fails leaves a file too many, never a machine without its disk.
 *
 * Returns: whether all is gone; %FERRY_ERROR_BUSY while it runs
 */
gboolean
ferry_removal_run (FerryVirt *virt, const FerryRemoval *removal, gboolean keep_files, GError **error)
{
  if (removal->running)
    {
      g_set_error (error, FERRY_ERROR, FERRY_ERROR_BUSY, _ ("The virtual machine “%s” is running. Shut it down first."), removal->name);
      return FALSE;
    }
  if (!ferry_virt_undefine (virt, removal->name, error))
    return FALSE;
  for (guint i = 0; !keep_files && removal->files[i] != NULL; i++)
    if (!ferry_virt_delete_volume (virt, removal->files[i], error))
      {
        g_autofree char *shown = g_filename_display_name (removal->files[i]);

        g_autofree char *sentence = g_strdup_printf (_ ("The virtual machine is removed, but its file “%s” is still there."), shown);

        g_prefix_error (error, "%s ", sentence);
        return FALSE;
      }
  return TRUE;
}
