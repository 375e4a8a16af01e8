/* request.h: one call of ferryctl: which command, on which computer, in which form.
 *
 * From argv to values by GOption; options may stand before and after the command. It does not know
 * what a command does, only which options it takes (command.h).
 */
#pragma once

#include "cli/command.h"
#include "facts/root.h"
#include "plan/intent.h"

G_BEGIN_DECLS

struct _FerryRequest
{
  const FerryCommand *command; /* never NULL after parsing */
  char **arguments;            /* what follows the command, never NULL */
  char *root;                  /* --root, or NULL */
  char *machine;               /* --machine, or NULL */
  char *html;                  /* --html, or NULL */
  gboolean json;
  gboolean yes, force;         /* --yes, --force */
  gboolean diff;               /* --diff */
  FerryIntent *intent;         /* from --card and the others; never NULL after parsing */
};

FerryRequest *ferry_request_parse (int argc, char **argv, GError **error);
void ferry_request_free (FerryRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryRequest, ferry_request_free)

FerryRoot *ferry_request_open_root (const FerryRequest *request, GError **error);

G_END_DECLS
