/* check-firmware.c: the checks of the firmware: how it starts the system and what it hides. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/check-table.h"

#define FOUR_GIB (G_GUINT64_CONSTANT (1) << 32)
#define USUAL_BAR (G_GUINT64_CONSTANT (256) << 20) /* bytes; more is asked for by few cards */

gboolean
ferry_check_firmware_mode (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryFirmware *firmware = facts->machine->firmware;
  const char *why
      = _("There is a new way to start a computer (UEFI) and an old one (BIOS). With the "
          "new one, cards are easier to hand over.");

  ferry_check_detail (check, "%s %s", firmware->bios_vendor != NULL ? firmware->bios_vendor : "",
                      firmware->bios_version != NULL ? firmware->bios_version : "");
  if (firmware->uefi == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The computer starts the new way (UEFI)"), why,
                     "");
  else if (firmware->uefi == FERRY_ANSWER_NO)
    ferry_check_say (
        check, FERRY_CHECK_WARN, _("The computer starts the old way (BIOS)"), why,
        _("Leave it so: your system may not start otherwise. Most cards still work."));
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see how the computer starts"),
                     why, "");
  return TRUE;
}

gboolean
ferry_check_secure_boot (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryFirmware *firmware = facts->machine->firmware;
  const char *why
      = _("Secure Boot starts only signed systems. What is made anew when a card is set "
          "aside may have to be signed again.");

  if (firmware->secure_boot == FERRY_ANSWER_YES)
    ferry_check_say (
        check, FERRY_CHECK_WARN, _("Secure Boot is on"), why,
        _("You can leave it on when your system signs its own start files. If you are "
          "not sure, switch it off in the firmware setup."));
  else if (firmware->secure_boot == FERRY_ANSWER_NO || firmware->uefi == FERRY_ANSWER_NO)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Secure Boot is off"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see whether Secure Boot is on"), why, "");
  return TRUE;
}

gboolean
ferry_check_lockdown (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryLockdown lockdown = facts->machine->firmware->lockdown;

  if (lockdown != FERRY_LOCKDOWN_INTEGRITY && lockdown != FERRY_LOCKDOWN_CONFIDENTIALITY)
    return FALSE;
  ferry_check_detail (check, "lockdown: %s",
                      lockdown == FERRY_LOCKDOWN_INTEGRITY ? "integrity" : "confidentiality");
  ferry_check_say (
      check, FERRY_CHECK_WARN, _("The kernel protects itself (lockdown)"),
      _("Extra drivers that are not signed cannot be loaded. Handing a card over works "
        "all the same."),
     "");
  return TRUE;
}

/* What the address windows (BARs) of all devices show. */
typedef struct
{
  gboolean known, above; /* any window seen; one lies above 4 GiB */
} Windows;

static Windows
look_at_windows (FerryMachine *machine)
{
  Windows windows = { FALSE, FALSE };

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      for (gsize j = 0; j < FERRY_DEVICE_N_BARS; j++)
        {
          const FerryBar *bar = &device->bars[j];

          windows.known |= bar->size > 0;
          windows.above |= bar->size > 0 && bar->memory && bar->wide && bar->start >= FOUR_GIB;
        }
    }
  return windows;
}

static gboolean
bar_is_large (const FerryBar *bar)
{
  return bar->size > USUAL_BAR || (bar->resizable >> 9) != 0; /* bit 9: 512 MiB */
}

static const FerryCard *
find_large_card (FerryMachine *machine)
{
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      for (gsize j = 0; j < FERRY_DEVICE_N_BARS && !card->integrated; j++)
        if (bar_is_large (&card->primary->bars[j]))
          return card;
    }
  return NULL;
}

gboolean
ferry_check_above_4g (const FerryCheckFacts *facts, FerryCheck *check)
{
  const Windows windows = look_at_windows (facts->machine);
  const char *why
      = _("Large graphics cards need much address space. Firmware gives it to them when "
          "“Above 4G Decoding” is on.");

  if (!windows.known)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see how much address space the cards have"), why, "");
  else if (windows.above)
    ferry_check_say (check, FERRY_CHECK_PASS, _("“Above 4G Decoding” is in use"), why, "");
  else if (find_large_card (facts->machine) == NULL)
    ferry_check_say (check, FERRY_CHECK_PASS,
                     _("“Above 4G Decoding” is not in use, and no card here needs it"), why, "");
  else
    {
      check->fix = "above4g";
      ferry_check_say (check, FERRY_CHECK_WARN,
                       _("“Above 4G Decoding” is not in use, and a card here would like it"), why,
                       _("Switch it on in the firmware setup if it is there. Ferry shows where."));
    }
  return TRUE;
}

gboolean
ferry_check_resizable_bar (const FerryCheckFacts *facts, FerryCheck *check)
{
  const char *why
      = _("With a resizable window the processor reaches the whole memory of the card. "
          "Handing a card over works with it and without it.");
  gboolean resizable = FALSE, large = FALSE;

  if (!look_at_windows (facts->machine).known)
    return FALSE;
  for (guint i = 0; i < facts->machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (facts->machine->cards, i);

      for (gsize j = 0; j < FERRY_DEVICE_N_BARS && !card->integrated; j++)
        {
          resizable |= card->primary->bars[j].resizable != 0;
          large |= card->primary->bars[j].size > USUAL_BAR;
        }
    }
  if (large)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is on"), why,
                     _("If the virtual machine later shows no picture, switch it off first."));
  else if (resizable)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is possible and off"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is not there, and not needed"), why,
                     "");
  return TRUE;
}

/* The processor has graphics by its model, and no device shows it. */
static gboolean
hides_graphics (FerryMachine *machine)
{
  if (machine->processor->integrated_gpu != FERRY_ANSWER_YES || machine->devices->len == 0
      || machine->processor->hypervisor == FERRY_ANSWER_YES)
    return FALSE;
  for (guint i = 0; i < machine->cards->len; i++)
    if (((const FerryCard *)g_ptr_array_index (machine->cards, i))->integrated)
      return FALSE;
  return TRUE;
}

gboolean
ferry_check_processor_graphics_hidden (const FerryCheckFacts *facts, FerryCheck *check)
{
  if (!hides_graphics (facts->machine))
    return FALSE;
  check->fix = "igpu_multimonitor";
  ferry_check_detail (check, "%s", facts->machine->processor->model_name);
  ferry_check_say (
      check, FERRY_CHECK_WARN, _("The processor's own graphics is switched off"),
      _("With it, your own screen keeps a picture when the card is handed over. Firmware often "
        "switches it off as soon as a card is plugged in."),
      _("Switch it on in the firmware setup, and plug your screen into the main board. Ferry "
        "shows "
        "where."));
  return TRUE;
}
