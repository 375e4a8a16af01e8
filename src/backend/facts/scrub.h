/* scrub.h: replaces what identifies a person or a single computer by stand-ins.
 *
 * UUIDs, MAC addresses, machine ids, serial numbers, names of the computer, its users, disks and
 * volumes. The same text gets the same stand-in as long as the FerryScrub lives, so that what
 * belonged together still does. Text in, text out; only ferry_scrub_new() reads files, to learn
 * which names this computer and its users have.
 */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

typedef struct _FerryScrub FerryScrub;

FerryScrub *ferry_scrub_new (FerryRoot *root);
void ferry_scrub_free (FerryScrub *scrub);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryScrub, ferry_scrub_free)

/* Numbers that identify: for text of the kernel and the hardware, which has no free names. */
char *ferry_scrub_numbers (FerryScrub *scrub, const char *text);
/* Numbers and names: for text that a person or an installer wrote. */
char *ferry_scrub_names (FerryScrub *scrub, const char *text);
/* A whole value that identifies; @kind is the stand-in's first word, such as "serial". */
char *ferry_scrub_value (FerryScrub *scrub, const char *kind, const char *value);

G_END_DECLS
