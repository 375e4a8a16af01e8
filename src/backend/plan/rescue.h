/* rescue.h: how to get back when the screen stays black after a change, for this computer.
 *
 * Pure: from a machine to a few steps, the easiest first. It needs no program and no network, so it
 * is meant to be printed or taken along on a phone before anything is changed.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

/* The kernel leaves the module alone for one start: kernel-parameters.txt, module_blacklist. */
#define FERRY_RESCUE_WORD "module_blacklist=vfio_pci"

typedef struct
{
  char *title;
  char *text;
  char **commands; /* what to type, NULL-terminated, may be empty */
} FerryRescueStep;

/* Array of FerryRescueStep. */
GPtrArray *ferry_rescue_make (FerryMachine *machine);
char *ferry_rescue_to_text (GPtrArray *steps);
/* The page to read on a phone or to print: plain HTML with UTF-8, no script, no link. */
char *ferry_rescue_to_html (GPtrArray *steps);

G_END_DECLS
