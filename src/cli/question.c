/* question.c: see question.h. */
#include "config.h"

#include <stdio.h>
#include <unistd.h>
#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/question.h"
#include "facts/error.h"

/**
 * ferry_question_ask:
 * @yes: what --yes says: do not ask
 *
 * "y" or "yes", also in the user's language; anything else, also the end of input, is no.
 *
 * Returns: whether to go on; %FERRY_ERROR_CANCELLED otherwise, also when there is nobody to ask
 */
gboolean
ferry_question_ask (gboolean yes, GError **error)
{
  char answer[64] = "";

  if (yes)
    return TRUE;
  if (!isatty (STDIN_FILENO))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED,
                           _ ("Nothing was changed. Say --yes to do it without a question."));
      return FALSE;
    }
  ferry_output_print (_ ("Do it now? [y/N] "), NULL);
  fflush (stdout);
  if (fgets (answer, sizeof answer, stdin) != NULL
      && (g_ascii_strcasecmp (g_strstrip (answer), "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0
          || g_strcmp0 (answer, _ ("yes")) == 0))
    return TRUE;
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _ ("Nothing was changed."));
  return FALSE;
}
