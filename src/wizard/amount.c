/* amount.c: see amount.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "amount.h"

#define GIBIBYTE (G_GUINT64_CONSTANT (1) << 30)

/**
 * ferry_amount_print:
 *
 * Returns: (transfer full): @bytes in words
 */
char *
ferry_amount_print (guint64 bytes)
{
  if (bytes < GIBIBYTE)
    return g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
  if (bytes % GIBIBYTE == 0)
    return g_strdup_printf (_ ("%u GiB"), (guint) (bytes / GIBIBYTE));
  return g_strdup_printf (_ ("%.1f GiB"), (double) bytes / (double) GIBIBYTE);
}
