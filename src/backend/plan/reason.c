/* reason.c: see reason.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/kind.h"
#include "plan/reason.h"
#include "plan/reset.h"

void
ferry_reason_free (FerryReason *reason)
{
  g_free (reason->text);
  g_ptr_array_unref (reason->devices);
  g_free (reason);
}

/* Takes @text; @devices may be NULL. */
void
ferry_reason_add (FerryVerdict *verdict, const char *id, FerryCardVerdict level, char *text,
                  GPtrArray *devices)
{
  FerryReason *reason = g_new0 (FerryReason, 1);

  reason->id = id;
  reason->verdict = level;
  reason->text = text;
  reason->devices = devices != NULL ? g_ptr_array_ref (devices) : g_ptr_array_new ();
  g_ptr_array_add (verdict->reasons, reason);
}

static void
add_need_words (GPtrArray *texts, FerryDevice *device)
{
  g_autofree char *details = g_strjoinv (", ", device->need_details);
  const char *need = device->needs & FERRY_NEED_DISK ? _("a disk that is in use")
                                                     : _("the network connection");

  if (details[0] != '\0')
    g_ptr_array_add (texts, g_strdup_printf (_("%s (%s)"), need, details));
  else
    g_ptr_array_add (texts, g_strdup (need));
}

static GPtrArray *
list_needed (const FerryCard *card, guint needs)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (device->needs & needs)
        g_ptr_array_add (found, device);
    }
  return found;
}

static void
look_for_needs (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) needed = list_needed (verdict->card, FERRY_NEED_DISK | FERRY_NEED_NETWORK);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;

  if (needed->len == 0)
    return;
  for (guint i = 0; i < needed->len; i++)
    add_need_words (texts, g_ptr_array_index (needed, i));
  words = ferry_kind_join (texts);
  ferry_reason_add (
      verdict, "needed-by-host", FERRY_CARD_NO,
      g_strdup_printf (_("On this card hangs what your computer needs itself: %s. Plug "
                         "that in elsewhere first."),
                       words),
      needed);
}

static void
look_for_keyboard (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) needed = list_needed (verdict->card, FERRY_NEED_KEYBOARD);

  if (needed->len > 0)
    ferry_reason_add (
        verdict, "keyboard-attached", FERRY_CARD_CAUTION,
        g_strdup (_("Your keyboard is plugged into this card. Plug it into the main board "
                    "first, else you cannot type any more.")),
        needed);
}

static void
look_for_integrated (FerryMachine *machine, FerryVerdict *verdict)
{
  if (verdict->card->integrated)
    ferry_reason_add (
        verdict, "integrated", FERRY_CARD_CAUTION,
        g_strdup (_("This is the graphics inside the processor. Handing it over needs "
                    "tricks that differ from computer to computer, so it is for experts. "
                    "It serves best as the card that your own screen keeps.")),
        NULL);
}

static void
look_for_override (FerryMachine *machine, FerryVerdict *verdict)
{
  if (ferry_cmdline_has_key (machine->kernel->cmdline, "pcie_acs_override")
      && verdict->card->groups->len > 0)
    ferry_reason_add (
        verdict, "acs-override", FERRY_CARD_CAUTION,
        g_strdup (_("The computer was told to pretend that devices are kept apart (ACS "
                    "override). The groups look clean, but a virtual machine could still "
                    "reach the memory of other devices.")),
        NULL);
}

static void
look_for_silence (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) silent = g_ptr_array_new ();

  for (guint i = 0; i < verdict->card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (verdict->card->functions, i);

      if (!device->responding)
        g_ptr_array_add (silent, device);
    }
  if (silent->len > 0)
    ferry_reason_add (
        verdict, "not-responding", FERRY_CARD_CAUTION,
        g_strdup (_("This card does not answer at the moment, most likely because it "
                    "sleeps deeply. Restart the computer and look again.")),
        silent);
}

static void
look_at_rom (FerryMachine *machine, FerryVerdict *verdict)
{
  if (verdict->card->primary->rom_uefi == FERRY_ANSWER_NO)
    ferry_reason_add (
        verdict, "no-uefi-rom", FERRY_CARD_CAUTION,
        g_strdup (_("The card's own start program knows only the old way of starting "
                    "(BIOS). It works only in an old-style virtual machine, or after an "
                    "update from the card's maker.")),
        NULL);
}

/* How the ids of one function compare with those of @other. */
static FerryBind
compare_ids (FerryDevice *function, FerryDevice *other)
{
  if (!ferry_device_same_ids (function, other))
    return FERRY_BIND_IDS;
  if (function->subvendor == 0 || other->subvendor == 0)
    return FERRY_BIND_ADDRESS;
  if (function->subvendor == other->subvendor && function->subdevice == other->subdevice)
    return FERRY_BIND_ADDRESS;
  return FERRY_BIND_SUBSYSTEM_IDS;
}

static GPtrArray *
list_twins (FerryMachine *machine, FerryVerdict *verdict)
{
  GPtrArray *twins = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *other = g_ptr_array_index (machine->devices, i);
      FerryBind bind = FERRY_BIND_IDS;

      if (other->bridge || ferry_card_has (verdict->card, other))
        continue;
      for (guint j = 0; j < verdict->card->functions->len; j++)
        bind = MAX (bind, compare_ids (g_ptr_array_index (verdict->card->functions, j), other));
      verdict->bind = MAX (verdict->bind, bind);
      if (bind != FERRY_BIND_IDS)
        g_ptr_array_add (twins, other);
    }
  return twins;
}

static void
look_for_twins (FerryMachine *machine, FerryVerdict *verdict)
{
  g_autoptr (GPtrArray) twins = list_twins (machine, verdict);
  g_autofree char *ids = NULL;

  if (twins->len == 0)
    return;
  ids = ferry_kind_list_ids (twins);
  ferry_reason_add (
      verdict, "identical-ids", FERRY_CARD_YES,
      g_strdup_printf (_("Another device in this computer is of the same model (%s). Ferry "
                         "tells them apart, so that only this card is taken."),
                       ids),
      twins);
}

static void
look_at_reset (FerryMachine *machine, FerryVerdict *verdict)
{
  if (ferry_reset_is_unreliable (verdict->card->primary))
    ferry_reason_add (
        verdict, "reset-unreliable", FERRY_CARD_YES,
        g_strdup (_("Cards of this family often work for one start of the virtual machine "
                    "and hang at the next. Restarting your computer helps then.")),
        NULL);
}

static void
look_for_laptop (FerryMachine *machine, FerryVerdict *verdict)
{
  if (machine->firmware->laptop != FERRY_ANSWER_YES || verdict->card->integrated)
    return;
  ferry_reason_add (
      verdict, "laptop-card", FERRY_CARD_YES,
      verdict->card->can_show
          ? g_strdup (_("This card is built into a laptop. Its outputs and its start "
                        "program are often special, so more work may be needed."))
          : g_strdup (_("This card is built into a laptop and has no outputs of its own. "
                        "Its picture comes out only through extra software.")),
      NULL);
}

static void
look_for_binding (FerryMachine *machine, FerryVerdict *verdict)
{
  if (ferry_reason_is_given_away (verdict->card))
    ferry_reason_add (verdict, "already-bound", FERRY_CARD_YES,
                      g_strdup (_("This card is set aside for virtual machines already.")), NULL);
}

/**
 * ferry_reasons_find:
 *
 * Adds to @verdict all that is to be said about its card, in the order in which it matters, and
 * sets how the card is to be taken.
 */
void
ferry_reasons_find (FerryMachine *machine, FerryVerdict *verdict)
{
  static void (*const rules[]) (FerryMachine * machine, FerryVerdict * verdict) = {
    look_for_needs,
    ferry_reason_look_for_foreign_devices,
    ferry_reason_look_for_groups,
    look_for_integrated,
    ferry_reason_look_at_screens,
    look_for_override,
    look_for_silence,
    look_for_keyboard,
    look_at_rom,
    look_for_binding,
    look_for_twins,
    ferry_reason_look_at_boot_screen,
    look_at_reset,
    look_for_laptop,
    ferry_reason_look_for_bridges,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    rules[i](machine, verdict);
}
