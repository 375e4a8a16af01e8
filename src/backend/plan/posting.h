/* posting.h: what a helper in a forum asks for first, in one text.
 *
 * Pure: the system, the result of the look after the restart, the chosen card's groups, what the kernel says.
 * Nothing in it belongs to one computer alone; the kernel's start line has to be scrubbed by the caller
 * (facts/scrub), because only that knows the names of this computer.
 */
#pragma once

#include "plan/verification.h"

G_BEGIN_DECLS

char *ferry_posting_make (FerryMachine *machine, const FerryVerification *verification,
                          const char *start_line);

G_END_DECLS
