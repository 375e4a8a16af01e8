/* fuzz-guest.c: any text as libvirt's XML, and as what a person types for a virtual machine.
 *
 * Properties: a card that was given is there, giving it again changes nothing, and taking it away
 * leaves none of it; a wish that passes the check becomes XML that can be
 * read, with the very name and path that were typed.
 */
#include "config.h"

#include <string.h>

#include "guest/domain.h"
#include "guest/element.h"
#include "guest/gift.h"
#include "place.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GArray *
make_card (void)
{
  GArray *card = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  const FerryAddress functions[] = { { 0, 1, 0, 0 }, { 0, 1, 0, 1 }, { 0, 2, 0, 0 } };

  g_array_append_vals (card, functions, G_N_ELEMENTS (functions));
  return card;
}

static guint
count_of (const char *xml, const GArray *card)
{
  g_autoptr (GArray) found = ferry_gift_list (xml, NULL);
  guint n = 0;

  PROPERTY (found != NULL);
  for (guint i = 0; i < found->len; i++)
    for (guint k = 0; k < card->len; k++)
      n += ferry_address_compare (&g_array_index (found, FerryAddress, i), &g_array_index (card, FerryAddress, k))
           == 0;
  return n;
}

static void
check_gift (const char *text)
{
  g_autoptr (GArray) card = make_card ();
  g_autoptr (FerryGift) given = ferry_gift_give (text, card, "/roms/a.rom", NULL);
  g_autoptr (FerryGift) again = NULL, taken = NULL, nothing = NULL;

  if (given == NULL || g_str_equal (given->name, "skip"))
    return;
  PROPERTY (given->notes->len > 0);
  /* Texts with very many devices are no machine's; Ferry looks at the first of them. */
  if (strlen (given->after) > 16384)
    return;
  if (given->changed)
    PROPERTY (count_of (given->after, card) == card->len);
  again = ferry_gift_give (given->after, card, NULL, NULL);
  PROPERTY (again != NULL);
  if (given->changed)
    PROPERTY (!again->changed);
  taken = ferry_gift_take (given->after, card, NULL);
  PROPERTY (taken != NULL && count_of (taken->after, card) == 0);
  nothing = ferry_gift_take (taken->after, card, NULL);
  PROPERTY (nothing != NULL && !nothing->changed);
}

static FerryMachine *
get_machine (void)
{
  static FerryMachine *machine = NULL;
  g_autoptr (FerryRoot) root = NULL;

  if (machine != NULL)
    return machine;
  place_write ("sys/devices/system/cpu/online", "0-3", 3);
  place_write ("sys/devices/system/cpu/cpu0/topology/core_cpus_list", "0-1", 3);
  place_write ("sys/devices/system/cpu/cpu2/topology/core_cpus_list", "2-3", 3);
  root = place_open ();
  machine = ferry_machine_scan (root, NULL, NULL, NULL);
  PROPERTY (machine != NULL);
  return machine;
}

/* The lines of @text are what is typed, one after the other. */
static FerryGuest *
make_guest (char **lines)
{
  FerryGuest *guest = ferry_guest_new ();
  char **members[] = { &guest->name,   &guest->disk,      &guest->medium, &guest->drivers, &guest->network,
                       &guest->system, &guest->system_id, &guest->rom,    &guest->pool };

  for (guint i = 0; i < G_N_ELEMENTS (members) && lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      ferry_guest_set (members[i], lines[i]);
  guest->family = (FerryGuestFamily) (g_str_hash (lines[0]) % 3);
  guest->secure_boot = guest->tpm = guest->family == FERRY_GUEST_WINDOWS;
  guest->card = (g_array_unref (guest->card), make_card ());
  return guest;
}

static void
check_wish (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 10);
  g_autoptr (FerryGuest) guest = lines[0] != NULL ? make_guest (lines) : NULL;
  g_autoptr (FerryAbilities) abilities = ferry_abilities_guess (get_machine ());
  g_autoptr (FerryTuning) tuning = NULL;
  g_autoptr (xmlDoc) document = NULL;
  g_autofree char *xml = NULL;
  xmlChar *name;

  if (guest == NULL || !ferry_guest_check (guest, NULL))
    return;
  tuning = ferry_tuning_make (get_machine (), guest);
  xml = ferry_domain_make_xml (get_machine (), guest, abilities, tuning, NULL, NULL);
  PROPERTY (xml != NULL);
  document = ferry_element_parse (xml, "domain", NULL);
  PROPERTY (document != NULL);
  name = xmlNodeGetContent (ferry_element_find (xmlDocGetRootElement (document), "name"));
  PROPERTY (g_str_equal ((const char *) name, guest->name));
  xmlFree (name);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (FerryAbilities) abilities = ferry_abilities_parse (text, 0, 0, NULL);

  if (abilities == NULL && *text == '<')
    check_gift (text);
  else
    check_wish (text);
  return 0;
}
