/* listing.c: see listing.h. */
#include "config.h"

#include "plan/listing.h"

char *
ferry_listing_check_text (const FerryReport *report)
{
  return g_strdup ("");
}

char *
ferry_listing_check_json (const FerryReport *report)
{
  return g_strdup ("{}");
}

char *
ferry_listing_groups_text (FerryMachine *machine)
{
  return g_strdup ("");
}

char *
ferry_listing_groups_json (FerryMachine *machine)
{
  return g_strdup ("[]");
}

char *
ferry_listing_cards_text (const FerryReport *report)
{
  return g_strdup ("");
}

char *
ferry_listing_cards_json (const FerryReport *report)
{
  return g_strdup ("[]");
}

char *
ferry_listing_firmware_json (const FerryGuidance *guidance)
{
  return g_strdup ("{}");
}
