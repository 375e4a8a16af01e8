/* sample.h: a computer in memory for tests of src/backend/plan: nothing is read from a disk.
 *
 * Not a part of Ferry. ferry_sample_new() gives a computer on which everything is right and which has
 * no device; a test adds devices and cards and then spoils the one fact that it is about.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

FerryMachine *ferry_sample_new (FerryVendor vendor);
FerryDevice *ferry_sample_add (FerryMachine *machine, const char *id, guint32 class_code,
                               guint16 vendor, guint16 device, int group);
FerryCard *ferry_sample_add_card (FerryMachine *machine, const char *name, const char *first, ...)
    G_GNUC_NULL_TERMINATED;
void ferry_sample_set_cmdline (FerryMachine *machine, const char *text);
void ferry_sample_set_text (char **field, const char *text);
void ferry_sample_connect_screen (FerryDevice *device, FerryAnswer connected);
void ferry_sample_remove_groups (FerryMachine *machine);
FerryDevice *ferry_sample_get (FerryMachine *machine, const char *id);

/* A desktop with the processor's graphics (00:02.0, group 2) and a plugged-in card (01:00.0 and .1,
 * group 1 together with the bridge 00:01.0), a disk controller and a network adapter. */
FerryMachine *ferry_sample_desktop (void);
/* The plugged-in card of ferry_sample_desktop(). */
FerryCard *ferry_sample_get_card (FerryMachine *machine);

G_END_DECLS
