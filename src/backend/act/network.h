/* network.h: libvirt's network "default": switched on, and put back as it was.
 *
 * How it was before stands in the journal, in a file "network" of the entry: one line "exists N active N autostart N". virsh(1)
 * is asked and told; it works on the running system only.
 */
#pragma once

#include "act/step.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean exists, active, autostart;
} FerryNetwork;

gboolean ferry_network_start (const FerryStep *step, GError **error);
gboolean ferry_network_take_back (const FerryStep *step, GError **error);

/* @id: of the journal entry; NULL keeps nothing. */
gboolean ferry_network_remember (FerryRoot *root, const char *id, const FerryNetwork *network, GError **error);
gboolean ferry_network_recall (FerryRoot *root, const char *id, FerryNetwork *network);

G_END_DECLS
