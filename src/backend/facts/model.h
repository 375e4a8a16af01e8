/* model.h: what is known about a processor from its name alone.
 *
 * Pure: a name in, answers out. Only models that are certain are in the tables (Intel's and AMD's
 * published specifications); every other name is UNKNOWN, because a wrong "no" would send somebody
 * away whose computer can do it. What the firmware and the kernel show always counts more.
 */
#pragma once

#include <glib.h>

#include "facts/answer.h"

G_BEGIN_DECLS

FerryAnswer ferry_model_vt_d (const char *name);
FerryAnswer ferry_model_integrated_gpu (const char *name);

G_END_DECLS
