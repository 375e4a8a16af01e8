/* domain.h: from the wish (FerryGuest) to libvirt's XML of a virtual machine.
 *
 * Pure: a tree of libxml2 in, text out; nothing is opened and libvirt is not asked. Format:
 * https://libvirt.org/formatdomain.html; the oldest libvirt that must accept it is 9.0. What this
 * computer cannot do is left out with a sentence in the notes.
 */
#pragma once

#include "guest/abilities.h"
#include "guest/guest.h"
#include "guest/tuning.h"

G_BEGIN_DECLS

/* @notes: (out) (optional) (transfer full): of char *, what had to be left out and what it means */
char *ferry_domain_make_xml (FerryMachine *machine, const FerryGuest *guest,
                             const FerryAbilities *abilities, const FerryTuning *tuning,
                             GPtrArray **notes, GError **error);

G_END_DECLS
