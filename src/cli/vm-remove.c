/* vm-remove.c: ferryctl vm remove: what goes and what stays is said before it is done. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/question.h"
#include "cli/vm.h"
#include "guest/removal.h"
#include "plan/paragraph.h"

static void
append_files (GString *out, const char *title, char **files)
{
  if (files[0] == NULL)
    return;
  g_string_append_printf (out, "%s\n", title);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *shown = g_filename_display_name (files[i]);

      g_string_append_printf (out, "    %s\n", shown);
    }
}

static char *
describe (const FerryWish *wish, const FerryRemoval *removal)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = ferry_paragraph_clean (removal->name);

  g_string_append_printf (out, _ ("The virtual machine “%s” is removed, with the settings of its firmware.\n"), name);
  if (!removal->ours)
    g_string_append (out, _ ("Ferry did not make it, so its disks stay.\n"));
  append_files (out, wish->keep_disk ? _ ("These files stay:") : _ ("These files are deleted for good:"), removal->files);
  append_files (out, _ ("These files stay, because another virtual machine uses them:"), removal->kept);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
ferry_vm_remove (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryVirt) virt = ferry_vm_connect (wish, NULL, error);
  g_autoptr (FerryRemoval) removal = virt != NULL ? ferry_removal_plan (virt, wish->name, error) : NULL;
  g_autofree char *text = NULL;

  if (removal == NULL)
    return FERRY_EXIT_ERROR;
  text = describe (wish, removal);
  if (!ferry_output_print (text, error))
    return FERRY_EXIT_ERROR;
  if (wish->dry_run)
    return FERRY_EXIT_READY;
  if (!ferry_question_ask (wish->yes, error))
    return FERRY_EXIT_ERROR;
  if (removal->running && wish->force)
    {
      if (!ferry_virt_switch_off (virt, wish->name, error))
        return FERRY_EXIT_ERROR;
      removal->running = FALSE;
    }
  if (!ferry_removal_run (virt, removal, wish->keep_disk, error))
    return FERRY_EXIT_ERROR;
  return ferry_output_print (_ ("Done.\n"), error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}
