/* fault.h: the errors of the helper, each with a name on the bus.
 *
 * One domain, registered with GDBus, so that a client that links this file sees the same codes. The names are
 * documented in data/org.ferryvm.Helper1.xml.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_FAULT_NOT_AUTHORIZED,
  FERRY_FAULT_AUTH_DISMISSED,
  FERRY_FAULT_AUTH_UNAVAILABLE,
  FERRY_FAULT_BUSY,
  FERRY_FAULT_INVALID_INTENT,
  FERRY_FAULT_PLAN_CHANGED,
  FERRY_FAULT_REFUSED,
  FERRY_FAULT_NOTHING_TO_DO,
  FERRY_FAULT_NOT_FOUND,
  FERRY_FAULT_CHANGED,
  FERRY_FAULT_CANCELLED,
  FERRY_FAULT_FAILED,
  FERRY_FAULT_ROLLBACK_FAILED
} FerryFault;

#define FERRY_FAULT (ferry_fault_quark ())
GQuark ferry_fault_quark (void);

/* The fault that a backend error is for the caller (transfer full). */
GError *ferry_fault_from_error (const GError *error);

G_END_DECLS
