/* advice.c: see advice.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "advice.h"

static void
add_window (GPtrArray *lines, const FerryGuest *guest)
{
  if (guest->window)
    ferry_summary_add (lines, "preferences-desktop-display-symbolic", _ ("Install the system"),
                       g_strdup (_ ("Open the window of the virtual machine and start it. When it "
                                    "asks to press a key to start from the disc, press one. Then "
                                    "follow the installation.")));
}

static void
add_windows (GPtrArray *lines, const FerryGuest *guest)
{
  if (guest->family != FERRY_GUEST_WINDOWS)
    return;
  if (guest->drivers != NULL)
    ferry_summary_add (lines, "drive-harddisk-symbolic", _ ("If Windows shows no disk"),
                       g_strdup (_ ("Choose “Load driver” and the folder “amd64” on the disc "
                                    "“virtio-win”, with the folder of your version of Windows in "
                                    "it. Once Windows runs, start “virtio-win-guest-tools” from "
                                    "that disc.")));
}

/* The machine is made already: the command changes it, the page “Devices for it” is for new ones. */
static char *
describe_black_screen (const FerryGuest *guest)
{
  g_autofree char *address = ferry_address_to_string (&g_array_index (guest->card, FerryAddress, 0));
  g_autofree char *name = g_shell_quote (guest->name);

  return g_strdup_printf (
      _ ("Look at the window first: the system may be waiting there. Then check the cable and the "
         "input of the screen. If Windows reports “Code 43” with a new driver, shut it down and give "
         "the card its ROM as a file, in a terminal: ferryctl vm give %s --card %s --rom FILE"),
      name, address);
}

static void
add_card (GPtrArray *lines, const FerryGuest *guest, gboolean nvidia)
{
  if (guest->card->len == 0)
    return;
  if (!guest->looking_glass)
    ferry_summary_add (lines, "video-display-symbolic", _ ("Plug a screen into the card"),
                       g_strdup (_ ("Its picture comes out of its own sockets. One screen with two "
                                    "inputs will do: one cable to the card, the other to the "
                                    "sockets that your system uses.")));
  ferry_summary_add (lines, "software-update-available-symbolic", _ ("Install the card's driver"),
                     nvidia
                         ? g_strdup (_ ("In the virtual machine, as on any computer, from NVIDIA: "
                                        "version 465 or newer. Older ones refuse to run in "
                                        "virtual machines, with the words “Code 43”."))
                         : g_strdup (_ ("In the virtual machine, as on any computer, from the "
                                        "card's maker.")));
  ferry_summary_add (lines, "dialog-question-symbolic", _ ("If the card's screen stays black"),
                     describe_black_screen (guest));
}

static void
add_inputs (GPtrArray *lines, const FerryGuest *guest)
{
  if (guest->keyboards[0] != NULL)
    ferry_summary_add (
        lines, "input-keyboard-symbolic", _ ("Keyboard and mouse"),
        g_strdup (_ ("Press both Ctrl keys at once to switch them over, and again to "
                     "get them back.")));
}

/**
 * ferry_advice_make:
 * @nvidia: whether the card is one of NVIDIA's
 *
 * Returns: (transfer full) (element-type FerrySummaryLine): what to do, in this order
 */
GPtrArray *
ferry_advice_make (const FerryGuest *guest, gboolean nvidia)
{
  GPtrArray *lines = ferry_summary_new ();

  add_window (lines, guest);
  add_windows (lines, guest);
  add_card (lines, guest, nvidia);
  add_inputs (lines, guest);
  return lines;
}
