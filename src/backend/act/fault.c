/* fault.c: see fault.h. */
#include "config.h"

#include "act/transaction.h"
#include "facts/error.h"
#include "act/fault.h"

static const GDBusErrorEntry entries[] = {
  { FERRY_FAULT_NOT_AUTHORIZED, "org.ferryvm.Helper1.Error.NotAuthorized" },
  { FERRY_FAULT_AUTH_DISMISSED, "org.ferryvm.Helper1.Error.AuthDismissed" },
  { FERRY_FAULT_AUTH_UNAVAILABLE, "org.ferryvm.Helper1.Error.AuthUnavailable" },
  { FERRY_FAULT_BUSY, "org.ferryvm.Helper1.Error.Busy" },
  { FERRY_FAULT_INVALID_INTENT, "org.ferryvm.Helper1.Error.InvalidIntent" },
  { FERRY_FAULT_PLAN_CHANGED, "org.ferryvm.Helper1.Error.PlanChanged" },
  { FERRY_FAULT_REFUSED, "org.ferryvm.Helper1.Error.Refused" },
  { FERRY_FAULT_NOTHING_TO_DO, "org.ferryvm.Helper1.Error.NothingToDo" },
  { FERRY_FAULT_NOT_FOUND, "org.ferryvm.Helper1.Error.NotFound" },
  { FERRY_FAULT_CHANGED, "org.ferryvm.Helper1.Error.Changed" },
  { FERRY_FAULT_CANCELLED, "org.ferryvm.Helper1.Error.Cancelled" },
  { FERRY_FAULT_FAILED, "org.ferryvm.Helper1.Error.Failed" },
  { FERRY_FAULT_ROLLBACK_FAILED, "org.ferryvm.Helper1.Error.RollbackFailed" },
};

GQuark
ferry_fault_quark (void)
{
  static gsize quark = 0;

  g_dbus_error_register_error_domain ("ferry-fault-quark", &quark, entries, G_N_ELEMENTS (entries));
  return (GQuark) quark;
}

static FerryFault
fault_of (const GError *error)
{
  if (ferry_transaction_error_is_severe (error))
    return FERRY_FAULT_ROLLBACK_FAILED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FERRY_FAULT_CANCELLED;
  if (error->domain != FERRY_ERROR)
    return FERRY_FAULT_FAILED;
  switch ((FerryError) error->code)
    {
    case FERRY_ERROR_NOT_FOUND:
      return FERRY_FAULT_NOT_FOUND;
    case FERRY_ERROR_INVALID:
      return FERRY_FAULT_INVALID_INTENT;
    case FERRY_ERROR_UNSUPPORTED:
    case FERRY_ERROR_REFUSED:
      return FERRY_FAULT_REFUSED;
    case FERRY_ERROR_CHANGED:
      return FERRY_FAULT_CHANGED;
    case FERRY_ERROR_BUSY:
      return FERRY_FAULT_BUSY;
    case FERRY_ERROR_CANCELLED:
      return FERRY_FAULT_CANCELLED;
    case FERRY_ERROR_DENIED:
    case FERRY_ERROR_TOO_LARGE:
    case FERRY_ERROR_FAILED:
    default:
      return FERRY_FAULT_FAILED;
    }
}

GError *
ferry_fault_from_error (const GError *error)
{
  if (error->domain == FERRY_FAULT)
    return g_error_copy (error);
  return g_error_new_literal (FERRY_FAULT, (gint) fault_of (error), error->message);
}
