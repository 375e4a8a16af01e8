/* verdict.c: see verdict.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/kind.h"
#include "plan/reason.h"

/* The verdict in one sentence, by the reason that weighs most; %s is the card's name. */
static const struct
{
  const char *id;
  FerryCardVerdict verdict;
  const char *sentence;
} sentences[] = {
  { "needed-by-host", FERRY_CARD_NO, N_("%s must stay: this computer needs it itself.") },
  { "foreign-devices", FERRY_CARD_NO,
    N_("%s cannot be given away alone: it is tied to other devices of this computer.") },
  { "no-groups", FERRY_CARD_NO, N_("%s cannot be given away: the processor has no IOMMU.") },
  { "foreign-devices", FERRY_CARD_CAUTION,
    N_("%s can be given away, but without one of its parts.") },
  { "no-groups", FERRY_CARD_CAUTION, N_("%s may work: the IOMMU has to be switched on first.") },
  { "only-display", FERRY_CARD_CAUTION,
    N_("%s can be given away, but it is the only card that shows a picture here.") },
  { "integrated", FERRY_CARD_CAUTION,
    N_("%s is part of the processor: giving it away is for experts.") },
  { "acs-override", FERRY_CARD_CAUTION,
    N_("%s can be given away, but it is not really kept apart.") },
  { "not-responding", FERRY_CARD_CAUTION,
    N_("%s does not answer at the moment: wake it up and look again.") },
  { "screen-attached", FERRY_CARD_CAUTION,
    N_("%s can be given away once the screen is plugged in elsewhere.") },
  { "keyboard-attached", FERRY_CARD_CAUTION,
    N_("%s can be given away once the keyboard is plugged in elsewhere.") },
  { "no-uefi-rom", FERRY_CARD_CAUTION,
    N_("%s can be given away, but it may need an older kind of virtual machine.") },
};

static const FerryReason *
find_weightiest (const FerryVerdict *verdict)
{
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);

      if (reason->verdict == verdict->verdict)
        return reason;
    }
  return NULL;
}

/* The one "%s" of @pattern becomes @name. The pattern is data, so no format function is used. */
static char *
fill_in (const char *pattern, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 2);

  return g_strjoinv (name, parts);
}

static char *
make_sentence (const FerryVerdict *verdict)
{
  const FerryReason *reason = find_weightiest (verdict);
  const char *name = verdict->card->name;

  if (verdict->verdict == FERRY_CARD_YES || reason == NULL)
    return fill_in (_("%s can be given to a virtual machine."), name);
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].id, reason->id) && sentences[i].verdict == reason->verdict)
      return fill_in (_(sentences[i].sentence), name);
  return fill_in (verdict->verdict == FERRY_CARD_NO
                      ? _("%s cannot be given to a virtual machine here.")
                      : _("%s can be given to a virtual machine, with care."),
                  name);
}

/* Weightiest first; inside one weight the order of the rules. */
static int
compare_reasons (gconstpointer a, gconstpointer b)
{
  const FerryReason *first = *(const FerryReason *const *)a;
  const FerryReason *second = *(const FerryReason *const *)b;

  return (int)second->verdict - (int)first->verdict;
}

/**
 * ferry_verdict_make:
 * @machine: the computer
 * @card: one of its cards
 *
 * Decides whether @card can be given to a virtual machine. Pure: the same machine gives the same
 * verdict. Facts that could not be read (UNKNOWN) never count against the card.
 *
 * Reasons that exist. No: `needed-by-host`, `foreign-devices`, `no-groups` (the processor cannot do
 * it). Caution: `no-groups`, `only-display`, `integrated`, `acs-override`, `not-responding`,
 * `screen-attached`, `keyboard-attached`, `no-uefi-rom`. Remarks: `other-card-away`, `bmc-stays`,
 * `bridges-stay`, `identical-ids`, `reset-unreliable`, `laptop-card`, `boot-screen`,
 * `already-bound`.
 *
 * Returns: (transfer full): the verdict; it borrows from @machine and must not outlive it
 */
FerryVerdict *
ferry_verdict_make (FerryMachine *machine, const FerryCard *card)
{
  FerryVerdict *verdict = g_new0 (FerryVerdict, 1);

  verdict->card = card;
  verdict->bind = FERRY_BIND_IDS;
  verdict->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify)ferry_reason_free);
  ferry_reasons_find (machine, verdict);
  g_ptr_array_sort (verdict->reasons, compare_reasons);
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);

      verdict->verdict = MAX (verdict->verdict, reason->verdict);
    }
  verdict->sentence = make_sentence (verdict);
  return verdict;
}

/**
 * ferry_verdict_find:
 * @id: for example "foreign-devices"
 *
 * Returns: (transfer none) (nullable): the reason with this id
 */
const FerryReason *
ferry_verdict_find (const FerryVerdict *verdict, const char *id)
{
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);

      if (g_str_equal (reason->id, id))
        return reason;
    }
  return NULL;
}

void
ferry_verdict_free (FerryVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_free (verdict->sentence);
  g_ptr_array_unref (verdict->reasons);
  g_free (verdict);
}

/**
 * ferry_card_verdict_to_string:
 *
 * Returns: (transfer none): the untranslated word for machine-readable output
 */
const char *
ferry_card_verdict_to_string (FerryCardVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CARD_YES:
      return "yes";
    case FERRY_CARD_CAUTION:
      return "caution";
    case FERRY_CARD_NO:
    default:
      return "no";
    }
}

/**
 * ferry_bind_to_string:
 *
 * Returns: (transfer none): the untranslated word for machine-readable output
 */
const char *
ferry_bind_to_string (FerryBind bind)
{
  switch (bind)
    {
    case FERRY_BIND_IDS:
      return "ids";
    case FERRY_BIND_SUBSYSTEM_IDS:
      return "subsystem-ids";
    case FERRY_BIND_ADDRESS:
    default:
      return "address";
    }
}

/**
 * ferry_role_of:
 * @device: any device
 * @card: (nullable): the card that was chosen
 *
 * Returns: what becomes of @device. A part of the chosen card that this computer's own disk or
 *   network hangs on is needed, not passed.
 */
FerryRole
ferry_role_of (FerryDevice *device, const FerryCard *card)
{
  const gboolean chosen = card != NULL && ferry_card_has (card, device);

  if (ferry_kind_is_bridge (device))
    return FERRY_ROLE_BRIDGE;
  if (device->needs & (FERRY_NEED_DISK | FERRY_NEED_NETWORK))
    return FERRY_ROLE_NEEDED;
  if (chosen)
    return FERRY_ROLE_PASSED;
  return device->needs != 0 ? FERRY_ROLE_NEEDED : FERRY_ROLE_STAYS;
}
