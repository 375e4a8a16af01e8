/* verification-listing.h: what was found after the restart, as text and as JSON.
 *
 * Pure. The text is for a terminal or a forum; the JSON is documented in ferryctl(1): keys are added, never
 * renamed. Neither has a name, number or line that belongs to one computer alone.
 */
#pragma once

#include "plan/verification.h"

G_BEGIN_DECLS

char *ferry_verification_listing_text (const FerryVerification *verification);
char *ferry_verification_listing_json (const FerryVerification *verification);

G_END_DECLS
