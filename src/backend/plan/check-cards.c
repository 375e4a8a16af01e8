/* check-cards.c: the checks of the graphics cards: is there one to give and one to keep? */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/check-table.h"

#define MAX_NAMED 3

static gboolean
has_bmc (FerryMachine *machine)
{
  for (guint i = 0; i < machine->devices->len; i++)
    if (ferry_device_is_bmc (g_ptr_array_index (machine->devices, i)))
      return TRUE;
  return FALSE;
}

static void
say_no_card (FerryMachine *machine, FerryCheck *check, const char *why)
{
  if (machine->devices->len == 0)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("Ferry could not see any device of this computer"),
                     why, _("Start Ferry on the real computer, outside of a container."));
  else
    ferry_check_say (check, FERRY_CHECK_FAIL, _("There is no graphics card to give away"), why,
                     has_bmc (machine)
                         ? _("The simple server screen is not a graphics card. Plug in one.")
                         : _("Plug in a graphics card and look again."));
  ferry_check_block (check);
}

/* There is exactly one card that can show. */
static const char *
how_to_get_another (FerryMachine *machine)
{
  const FerryCard *card = g_ptr_array_index (machine->cards, 0);

  if (machine->firmware->laptop == FERRY_ANSWER_YES)
    return _("A laptop has no room for a second card. Some take an external one (Thunderbolt or "
             "USB4).");
  if (card->integrated)
    return _("Plug in a graphics card for the virtual machine. Your own screen keeps the graphics "
             "of the processor.");
  return _("Plug in a second card, or switch on the graphics of the processor if it has one. "
           "Without that, your computer has no screen of its own later.");
}

gboolean
ferry_check_graphics_cards (const FerryCheckFacts *facts, FerryCheck *check)
{
  FerryMachine *machine = facts->machine;
  const char *why
      = _("One graphics card goes to the virtual machine, and another one keeps showing "
          "your own screen.");
  g_autofree char *title = NULL;
  guint screens = 0;

  for (guint i = 0; i < machine->cards->len; i++)
    screens += ((const FerryCard *)g_ptr_array_index (machine->cards, i))->can_show;
  if (machine->cards->len == 0)
    {
      say_no_card (machine, check, why);
      return TRUE;
    }
  title = g_strdup_printf (ngettext ("This computer has %u graphics card",
                                     "This computer has %u graphics cards", machine->cards->len),
                           machine->cards->len);
  if (screens + has_bmc (machine) > 1 || screens < machine->cards->len)
    ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
  else
    ferry_check_say (check, FERRY_CHECK_WARN, title, why, how_to_get_another (machine));
  return TRUE;
}

/* Orders verdicts; smaller is better. */
static guint
rank (const FerryVerdict *verdict)
{
  return (guint)verdict->verdict * 2 + (verdict->card->integrated ? 1 : 0);
}

const FerryVerdict *
ferry_check_best_verdict (GPtrArray *verdicts)
{
  const FerryVerdict *best = NULL;

  for (guint i = 0; i < verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (verdicts, i);

      if (best == NULL || rank (verdict) < rank (best))
        best = verdict;
    }
  return best;
}

/* The sentences of the cards, one a line. */
static char *
list_sentences (GPtrArray *verdicts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < verdicts->len && i < MAX_NAMED; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (verdicts, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", verdict->sentence);
    }
  if (verdicts->len > MAX_NAMED)
    g_string_append_printf (text, "\n… +%u", verdicts->len - MAX_NAMED);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What to do about @verdict: the text of its weightiest reason. */
static const char *
first_text (const FerryVerdict *verdict)
{
  if (verdict->reasons->len == 0)
    return "";
  return ((const FerryReason *)g_ptr_array_index (verdict->reasons, 0))->text;
}

gboolean
ferry_check_card_to_give (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryVerdict *best = ferry_check_best_verdict (facts->verdicts);
  g_autofree char *details = list_sentences (facts->verdicts);
  const char *why = _("A card can go only with all devices that it is tied to, and only when your "
                      "computer does not need them.");

  if (best == NULL)
    return FALSE;
  ferry_check_detail (check, "%s", details);
  switch (best->verdict)
    {
    case FERRY_CARD_YES:
      ferry_check_say (check, FERRY_CHECK_PASS, best->sentence, why, "");
      break;
    case FERRY_CARD_CAUTION:
      ferry_check_say (check, FERRY_CHECK_WARN, best->sentence, why, first_text (best));
      break;
    case FERRY_CARD_NO:
    default:
      ferry_check_say (check, FERRY_CHECK_FAIL, best->sentence, why, first_text (best));
      ferry_check_block (check);
      break;
    }
  return TRUE;
}

gboolean
ferry_check_laptop (const FerryCheckFacts *facts, FerryCheck *check)
{
  if (facts->machine->firmware->laptop != FERRY_ANSWER_YES)
    return FALSE;
  ferry_check_say (
      check, FERRY_CHECK_WARN, _("This is a laptop: for experts only"),
      _("In laptops the cards share screens and parts, and each model does it in its own "
        "way. It often works only with extra tricks."),
      _("You can try: everything can be undone. Expect to read more on your model."));
  return TRUE;
}
