/* finding-later.c: the findings about what updates and people changed after the change was made. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/finding-table.h"

/* Not a fault: only said where it explains something or reassures. */
FERRY_FINDING_FUNCTION (kernel)
{
  const FerryWitness *witness = facts->evidence->witness;
  const char *release = facts->machine->kernel->release;

  if (facts->evidence->intent == NULL)
    return FALSE;
  if (facts->machine->kernel->modules_kept == FERRY_ANSWER_NO)
    {
      finding->fix = FERRY_FIX_RESTART;
      ferry_finding_detail (finding, "%s", release);
      ferry_finding_say (
          finding, FERRY_CHECK_WARN, _ ("An update has replaced the running kernel"),
          _ ("Drivers of the running kernel cannot be loaded any more, also not those that a "
             "virtual machine needs."),
          _ ("Restart when it suits you."));
      return TRUE;
    }
  if (witness == NULL || *witness->kernel == '\0' || *release == '\0'
      || g_str_equal (witness->kernel, release))
    return FALSE;
  ferry_finding_detail (finding, "%s → %s", witness->kernel, release);
  ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("A new kernel runs since the change"),
                     _ ("After a new kernel everything is looked at again."), "");
  return TRUE;
}

static guint
count_images (const FerryEvidence *evidence, FerryAnswer wanted, FerryFinding *finding)
{
  guint count = 0;

  for (guint i = 0; i < evidence->images->len; i++)
    {
      const FerryEvidenceImage *image = g_ptr_array_index (evidence->images, i);

      if (image->ready != wanted)
        continue;
      ferry_finding_detail (finding, "/%s", image->path);
      count++;
    }
  return count;
}

FERRY_FINDING_FUNCTION (start_files)
{
  const FerryEvidence *evidence = facts->evidence;
  const char *why
      = _ ("Each kernel has files of its own that are loaded first. The driver for virtual "
           "machines has to be inside, or the usual driver takes the card.");

  if (evidence->intent == NULL)
    return FALSE;
  if (count_images (evidence, FERRY_ANSWER_NO, finding) > 0)
    {
      finding->fix = ferry_finding_can_apply (facts) ? FERRY_FIX_APPLY : FERRY_FIX_UNDO;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL,
          _ ("The start files of a kernel lack the driver for virtual machines"), why,
          finding->fix == FERRY_FIX_APPLY
              ? _ ("Make the change again: Ferry then makes these files for every kernel.")
              : _ ("Undo the change and make it again: Ferry then makes these files for every "
                   "kernel."));
      return TRUE;
    }
  if (count_images (evidence, FERRY_ANSWER_YES, finding) == 0)
    return FALSE;
  ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("Every kernel is prepared"), why, "");
  return TRUE;
}

FERRY_FINDING_FUNCTION (settings)
{
  const FerryEvidence *evidence = facts->evidence;
  const char *why
      = _ ("The change lives in these settings. They are read whenever the computer starts or a "
           "new kernel comes.");
  const gboolean edited = evidence->edited != NULL && evidence->edited[0] != NULL;

  if (evidence->intent == NULL || evidence->edited == NULL)
    return FALSE;
  for (guint i = 0; evidence->edited[i] != NULL; i++)
    ferry_finding_detail (finding, "/%s", evidence->edited[i]);
  if (ferry_finding_can_apply (facts))
    {
      for (guint i = 0; evidence->pending[i] != NULL; i++)
        if (!ferry_finding_has_item (evidence->edited, evidence->pending[i]))
          ferry_finding_detail (finding, "+ %s", evidence->pending[i]);
      finding->fix = FERRY_FIX_APPLY;
      ferry_finding_say (finding, FERRY_CHECK_FAIL,
                         edited
                             ? _ ("A file that Ferry wrote was changed afterwards")
                             : _ ("An update brought something that the change does not cover yet"),
                         why,
                         _ ("Make the change again: the plan shows what is missing. What you wrote "
                            "yourself stays where it "
                            "is possible."));
    }
  else if (edited && evidence->pending == NULL)
    {
      finding->fix = FERRY_FIX_UNDO;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("A file that Ferry wrote was changed afterwards"), why,
          _ ("Ferry cannot tell any more what belongs there. Undo the change: the edited file is "
             "kept beside. Then make the change again."));
    }
  else if (edited)
    ferry_finding_say (
        finding, FERRY_CHECK_WARN, _ ("A file that Ferry wrote was changed afterwards"), why,
        _ ("What the change needs is still there. Undo will ask before it touches the file."));
  else
    ferry_finding_say (finding, FERRY_CHECK_PASS, _ ("The settings are as Ferry left them"), why,
                       "");
  return TRUE;
}
