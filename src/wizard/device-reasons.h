/* device-reasons.h: why one graphics card can be passed or cannot, and what has to be agreed to.
 *
 * The reasons of a verdict as plain rows, with the devices that they are about. For some reasons
 * the person has to say yes by a switch; all that are needed together make the property
 * "accepted".
 */
#pragma once

#include <adwaita.h>

#include "plan/verdict.h"

G_BEGIN_DECLS

#define FERRY_TYPE_DEVICE_REASONS (ferry_device_reasons_get_type ())
G_DECLARE_FINAL_TYPE (FerryDeviceReasons, ferry_device_reasons, FERRY, DEVICE_REASONS, GtkWidget)

void ferry_device_reasons_set_verdict (FerryDeviceReasons *self, const FerryVerdict *verdict);
gboolean ferry_device_reasons_get_accepted (FerryDeviceReasons *self);

G_END_DECLS
