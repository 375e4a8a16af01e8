/* reason-screen.c: the rules of plan/reason about screens: what remains for the host's own picture.
 *
 * Connectors are known only while a host driver works on a card; without that knowledge a second
 * card that can show is enough.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/reason.h"

/* Another card that can show the picture of this computer. */
static gboolean
is_other_screen (const FerryCard *card, const FerryCard *other)
{
  return other != card && other->primary != card->primary && other->can_show
         && other->primary->responding;
}

gboolean
ferry_reason_is_given_away (const FerryCard *card)
{
  return g_strcmp0 (card->primary->driver, "vfio-pci") == 0;
}

static gboolean
has_connected_screen (FerryDevice *device)
{
  for (guint i = 0; i < device->connectors->len; i++)
    {
      const FerryConnector *connector = g_ptr_array_index (device->connectors, i);

      if (connector->connected == FERRY_ANSWER_YES)
        return TRUE;
    }
  return FALSE;
}

static gboolean
card_has_screen (const FerryCard *card)
{
  for (guint i = 0; i < card->functions->len; i++)
    if (has_connected_screen (g_ptr_array_index (card->functions, i)))
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_bmcs (FerryMachine *machine)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (ferry_device_is_bmc (device) && ferry_device_is_display (device))
        g_ptr_array_add (found, device);
    }
  return found;
}

/* What is left for the host's own picture when the card is gone. */
typedef struct
{
  guint free, away;   /* other cards that can show; those that were given away already */
  gboolean connected; /* one of the free ones has a screen */
  const FerryCard *away_card;
} Remaining;

static Remaining
count_remaining (FerryMachine *machine, const FerryCard *card)
{
  Remaining left = { 0 };

  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *other = g_ptr_array_index (machine->cards, i);

      if (!is_other_screen (card, other))
        continue;
      if (ferry_reason_is_given_away (other))
        {
          left.away++;
          left.away_card = other;
          continue;
        }
      left.free++;
      left.connected |= card_has_screen (other);
    }
  return left;
}

static void
add_only_display (FerryVerdict *verdict)
{
  ferry_reason_add (
      verdict, "only-display", FERRY_CARD_CAUTION,
      g_strdup (_("No other graphics card here can show a picture. Once this one is given "
                  "away, your computer has no screen of its own, and you reach it only "
                  "over the network. Ferry asks you again before it does that.")),
      NULL);
}

/* An old pair: both cards could show, and the other one belongs to a virtual machine already. */
static void
add_other_away (FerryVerdict *verdict, const Remaining *left)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();

  if (card_has_screen (verdict->card))
    {
      add_only_display (verdict);
      return;
    }
  g_ptr_array_add (devices, left->away_card->primary);
  ferry_reason_add (
      verdict, "other-card-away", FERRY_CARD_YES,
      g_strdup_printf (_("%s is set aside for virtual machines already. Take it back before "
                         "you give this card away, so that your own screen keeps a card."),
                       left->away_card->name),
      devices);
}

void
ferry_reason_look_at_screens (FerryMachine *machine, FerryVerdict *verdict)
{
  const Remaining left = count_remaining (machine, verdict->card);
  g_autoptr (GPtrArray) bmcs = NULL;

  if (!verdict->card->can_show)
    return;
  if (left.free > 0)
    {
      if (card_has_screen (verdict->card) && !left.connected)
        ferry_reason_add (
            verdict, "screen-attached", FERRY_CARD_CAUTION,
            g_strdup (_("Your screen is plugged into this card. Plug its cable into the "
                        "other graphics card or the main board first.")),
            NULL);
      return;
    }
  bmcs = list_bmcs (machine);
  if (bmcs->len > 0)
    ferry_reason_add (
        verdict, "bmc-stays", FERRY_CARD_YES,
        g_strdup (_("Your computer keeps its simple server screen. Pictures there are "
                    "plain and slow, but you are not locked out.")),
        bmcs);
  else if (left.away > 0)
    add_other_away (verdict, &left);
  else
    add_only_display (verdict);
}

void
ferry_reason_look_at_boot_screen (FerryMachine *machine, FerryVerdict *verdict)
{
  const FerryCard *card = verdict->card;
  const Remaining left = count_remaining (machine, card);

  if (!card->integrated && card->can_show && left.free > 0 && !ferry_reason_is_given_away (card)
      && card->primary->boot_vga == FERRY_ANSWER_YES)
    ferry_reason_add (
        verdict, "boot-screen", FERRY_CARD_YES,
        g_strdup (_("The computer starts with its picture on this card. It is calmer when "
                    "the firmware uses the other card as the first screen.")),
        NULL);
}
