/* claim.h: virtual machines that claim the same device.
 *
 * Pure. Several may have the card in their description; only one of them can run at a time.
 */
#pragma once

#include "guest/virt.h"

G_BEGIN_DECLS

/* Of FerryResident, as they stand in @residents (transfer container). @except: (nullable) a name that does not count. */
GPtrArray *ferry_claim_find (const GPtrArray *residents, const GArray *functions, const char *except);
/* A sentence for a person; NULL without claims (transfer full). */
char *ferry_claim_describe (const GPtrArray *claims);
/* The same for other devices than the card, such as a USB controller. */
char *ferry_claim_describe_gear (const GPtrArray *claims);
gboolean ferry_claim_is_running (const GPtrArray *claims);

G_END_DECLS
