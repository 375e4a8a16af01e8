/* core-picture.h: a picture of the processor: which cores work for the virtual machine.
 *
 * One box for each core with a field for each of its threads, in a frame for each cache that they
 * share. What is given away is filled, what this computer keeps is empty: colour is never the only
 * sign. For screen readers it is an image with a sentence that says the same.
 */
#pragma once

#include <gtk/gtk.h>

#include "facts/cores.h"
#include "guest/tuning.h"

G_BEGIN_DECLS

#define FERRY_TYPE_CORE_PICTURE (ferry_core_picture_get_type ())
G_DECLARE_FINAL_TYPE (FerryCorePicture, ferry_core_picture, FERRY, CORE_PICTURE, GtkWidget)

void ferry_core_picture_set_tuning (FerryCorePicture *self, const FerryCores *cores,
                                    const FerryTuning *tuning);
char *ferry_core_picture_describe (const FerryCores *cores, const FerryTuning *tuning);

G_END_DECLS
