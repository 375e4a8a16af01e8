/* ovmf.h: whether there is UEFI firmware for virtual machines.
 *
 * Reads usr/share/qemu/firmware/NN-NAME.json (QEMU, docs/interop/firmware.json) and believes a
 * description only when the image that it names is there; then the places where distributions put
 * OVMF without a description.
 */
#pragma once

#include "facts/answer.h"
#include "facts/root.h"

G_BEGIN_DECLS

FerryAnswer ferry_ovmf_find (FerryRoot *root);

G_END_DECLS
