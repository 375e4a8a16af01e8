/* vm.h: “ferryctl vm …”: virtual machines from the command line.
 *
 * A verb is one row in vm.c and one function. It can do what the wizard can, by the same calls.
 */
#pragma once

#include "cli/command.h"
#include "cli/wish.h"
#include "facts/machine.h"
#include "guest/virt.h"

G_BEGIN_DECLS

int ferry_vm_run (int argc, char **argv);

int ferry_vm_create (const FerryWish *wish, GError **error);
int ferry_vm_remove (const FerryWish *wish, GError **error);
int ferry_vm_give (const FerryWish *wish, GError **error);
int ferry_vm_take (const FerryWish *wish, GError **error);

FerryVirt *ferry_vm_connect (const FerryWish *wish, GCancellable *cancellable, GError **error);
FerryMachine *ferry_vm_scan (const FerryWish *wish, GError **error);
gboolean ferry_vm_find_card (FerryMachine *machine, const char *text, GArray *functions, char **title, GError **error);

G_END_DECLS
