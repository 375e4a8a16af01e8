/* check-firmware.c: the checks of the firmware: how it starts the system and what it hides. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/check-table.h"
#include "plan/screen.h"
#include "plan/window.h"

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

gboolean
ferry_check_above_4g (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryWindow window = ferry_window_look (facts->machine);
  const char *why
      = _("Large graphics cards need much address space. Firmware gives it to them when "
          "“Above 4G Decoding” is on.");

  if (window.above_4g == FERRY_ANSWER_UNKNOWN)
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see how much address space the cards have"), why, "");
  else if (window.above_4g == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("“Above 4G Decoding” is in use"), why, "");
  else if (window.large == NULL)
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
  const FerryWindow window = ferry_window_look (facts->machine);
  const char *why
      = _("With a resizable window the processor reaches the whole memory of the card. "
          "Handing a card over works with it and without it.");

  if (window.above_4g == FERRY_ANSWER_UNKNOWN)
    return FALSE;
  if (window.grown)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is on"), why,
                     _("If the virtual machine later shows no picture, switch it off first."));
  else if (window.resizable)
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is possible and off"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_PASS, _("Resizable BAR is not there, and not needed"), why,
                     "");
  return TRUE;
}

gboolean
ferry_check_processor_graphics_hidden (const FerryCheckFacts *facts, FerryCheck *check)
{
  if (!ferry_screen_is_hidden (facts->machine))
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
