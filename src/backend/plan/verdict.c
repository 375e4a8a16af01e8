/* verdict.c: see verdict.h. */
#include "config.h"

#include "plan/verdict.h"

FerryVerdict *
ferry_verdict_make (FerryMachine *machine, const FerryCard *card)
{
  FerryVerdict *verdict = g_new0 (FerryVerdict, 1);

  verdict->card = card;
  verdict->sentence = g_strdup ("");
  verdict->reasons = g_ptr_array_new ();
  return verdict;
}

const FerryReason *
ferry_verdict_find (const FerryVerdict *verdict, const char *id)
{
  return NULL;
}

void
ferry_verdict_free (FerryVerdict *verdict)
{
  g_free (verdict->sentence);
  g_ptr_array_unref (verdict->reasons);
  g_free (verdict);
}

const char *
ferry_card_verdict_to_string (FerryCardVerdict verdict)
{
  return "yes";
}

const char *
ferry_bind_to_string (FerryBind bind)
{
  return "ids";
}

FerryRole
ferry_role_of (FerryDevice *device, const FerryCard *card)
{
  return FERRY_ROLE_STAYS;
}
