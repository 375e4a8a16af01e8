/* summary.c: see summary.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "core-picture.h"
#include "session.h"
#include "summary.h"

static void
line_free (gpointer data)
{
  FerrySummaryLine *line = data;

  g_free (line->text);
  g_free (line);
}

/**
 * ferry_summary_new:
 *
 * Returns: (transfer full) (element-type FerrySummaryLine): an empty list
 */
GPtrArray *
ferry_summary_new (void)
{
  return g_ptr_array_new_with_free_func (line_free);
}

/**
 * ferry_summary_add:
 * @icon: a name that is kept as it is
 * @title: translated; kept as it is
 * @text: (transfer full): plain text
 */
void
ferry_summary_add (GPtrArray *lines, const char *icon, const char *title, char *text)
{
  FerrySummaryLine *line = g_new0 (FerrySummaryLine, 1);

  line->icon = icon;
  line->title = title;
  line->text = text;
  g_ptr_array_add (lines, line);
}

static char *
describe_system (FerryBlueprint *blueprint, const FerryGuest *guest)
{
  const FerryOffer *offer = ferry_blueprint_get_offer (blueprint);
  const FerryDisc *disc = ferry_blueprint_get_disc (blueprint);
  const char *name = offer != NULL ? offer->name : "";

  if (guest->medium == NULL)
    return g_strdup_printf (_ ("%s. No installation disc is put in: there will be nothing to start "
                               "from."),
                            name);
  if (guest->drivers != NULL && guest->family == FERRY_GUEST_WINDOWS)
    return g_strdup_printf (_ ("%s, from the image “%s”, with the drivers for Windows"), name,
                            disc != NULL ? disc->title : guest->medium);
  return g_strdup_printf (_ ("%s, from the image “%s”"), name,
                          disc != NULL ? disc->title : guest->medium);
}

static char *
describe_sizes (const FerryGuest *guest)
{
  g_autofree char *memory = ferry_amount_print (guest->memory);

  return g_strdup_printf (ngettext ("%s of memory and %u processor",
                                    "%s of memory and %u processors", guest->processors),
                          memory, guest->processors);
}

static char *
describe_disk (const FerryGuest *guest)
{
  g_autofree char *size = ferry_amount_print (guest->disk_size);

  if (guest->disk != NULL && !guest->disk_new)
    return g_strdup_printf (_ ("The one that is there: %s"), guest->disk);
  return g_strdup_printf (_ ("A new one of up to %s, in the storage “%s”"), size,
                          guest->pool != NULL ? guest->pool : "default");
}

static char *
describe_card (FerryBlueprint *blueprint, const FerryGuest *guest, const FerryCard *card)
{
  if (card == NULL)
    return g_strdup (_ ("None. You can give it one later."));
  if (guest->card->len > 0)
    return g_strdup_printf (
        ngettext ("%s, with its %u part", "%s, with all of its %u parts", guest->card->len),
        card->name, guest->card->len);
  if (!ferry_blueprint_is_card_free (blueprint))
    return g_strdup_printf (_ ("None yet: your system still uses the %s. You can give it later."),
                            card->name);
  return g_strdup (_ ("None, as you chose. You can give it one later."));
}

static char *
describe_gear (const FerryGuest *guest)
{
  const guint n_devices = guest->gear->len + guest->usb->len;
  const gboolean shared = guest->keyboards[0] != NULL || guest->mice[0] != NULL;
  g_autofree char *devices
      = g_strdup_printf (ngettext ("%u device", "%u devices", n_devices), n_devices);

  if (n_devices > 0 && shared)
    return g_strdup_printf (_ ("%s, and your keyboard and mouse take turns"), devices);
  if (n_devices > 0)
    return g_steal_pointer (&devices);
  return shared ? g_strdup (_ ("Your keyboard and mouse take turns")) : NULL;
}

static char *
describe_screen (const FerryGuest *guest)
{
  if (guest->looking_glass)
    return guest->medium != NULL
               ? g_strdup (_ ("A window for the installation. After it Looking Glass can show the card's "
                              "picture; the steps by hand are named below."))
               : g_strdup (_ ("Looking Glass shows the card's picture, once the step by hand is done that "
                              "is named below."));
  if (guest->window && guest->card->len > 0)
    return g_strdup (_ ("A window for the installation. What the card shows comes out of the card: "
                        "a screen has to be plugged in there."));
  return guest->window ? g_strdup (_ ("A window on this computer")) : NULL;
}

static char *
describe_safety (const FerryGuest *guest)
{
  if (guest->secure_boot && guest->tpm)
    return g_strdup (_ ("Secure Boot and a TPM 2.0, as this system asks for"));
  return NULL;
}

static char *
describe_tuning (FerryBlueprint *blueprint, const FerryMachine *machine)
{
  const FerryTuning *tuning = ferry_blueprint_get_tuning (blueprint);

  if (tuning == NULL || machine == NULL || !ferry_blueprint_get_guest (blueprint)->tuning)
    return g_strdup (_ ("Off"));
  return ferry_core_picture_describe (machine->cores, tuning);
}

static void
add_if (GPtrArray *lines, const char *icon, const char *title, char *text)
{
  if (text != NULL)
    ferry_summary_add (lines, icon, title, text);
}

/**
 * ferry_summary_make:
 * @card: (nullable): the graphics card that was chosen
 *
 * Returns: (transfer full) (element-type FerrySummaryLine): what will be made
 */
GPtrArray *
ferry_summary_make (FerryBlueprint *blueprint, const FerryCard *card)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (blueprint);
  GPtrArray *lines = ferry_summary_new ();

  ferry_summary_add (lines, "computer-symbolic", _ ("Name"), g_strdup (guest->name));
  ferry_summary_add (lines, "media-optical-symbolic", _ ("System"),
                     describe_system (blueprint, guest));
  ferry_summary_add (lines, "video-display-symbolic", _ ("Graphics card"),
                     describe_card (blueprint, guest, card));
  ferry_summary_add (lines, "power-profile-balanced-symbolic", _ ("Size"), describe_sizes (guest));
  ferry_summary_add (lines, "drive-harddisk-symbolic", _ ("Disk"), describe_disk (guest));
  add_if (lines, "input-keyboard-symbolic", _ ("Other devices"), describe_gear (guest));
  add_if (lines, "preferences-desktop-display-symbolic", _ ("Screen"), describe_screen (guest));
  add_if (lines, "security-high-symbolic", _ ("Safety"), describe_safety (guest));
  ferry_summary_add (lines, "power-profile-performance-symbolic", _ ("Tuning"),
                     describe_tuning (blueprint, ferry_blueprint_get_machine (blueprint)));
  return lines;
}
