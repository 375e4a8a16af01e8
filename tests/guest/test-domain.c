/* test-domain.c: from the wish to libvirt's XML: fall-backs, names, devices, and every combination. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/domain.h"
#include "guest/element.h"

#include "computers.h"
#include "schema.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

static FerryAbilities *
make_abilities (void)
{
  FerryAbilities *abilities = g_new0 (FerryAbilities, 1);

  abilities->libvirt = FERRY_ABILITIES_VERSION (9, 0, 0);
  abilities->kvm = TRUE;
  abilities->q35 = TRUE;
  abilities->efi = TRUE;
  abilities->secure_boot = TRUE;
  abilities->tpm = TRUE;
  abilities->host_passthrough = TRUE;
  abilities->spice = TRUE;
  abilities->vfio = TRUE;
  return abilities;
}

static FerryGuest *
make_guest (FerryMachine *machine)
{
  FerryGuest *guest = ferry_guest_new ();

  guest->family = FERRY_GUEST_WINDOWS;
  ferry_guest_set (&guest->name, "win11");
  ferry_guest_set (&guest->disk, "/pool/win11.qcow2");
  ferry_guest_set (&guest->medium, "/pool/win11.iso");
  ferry_guest_set (&guest->drivers, "/pool/virtio-win.iso");
  guest->secure_boot = TRUE;
  guest->tpm = TRUE;
  guest->memory = 8 * GIB;
  guest->processors = 4;
  g_assert_true (ferry_computer_give_card (machine, guest));
  return guest;
}

/* The XML, and the notes as one text; checked with libvirt's schema when @known to libvirt 9.0. */
static char *
make (FerryMachine *machine, const FerryGuest *guest, const FerryAbilities *abilities, char **notes,
      gboolean known)
{
  g_autoptr (FerryTuning) tuning = ferry_tuning_make (machine, guest);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  char *xml = ferry_domain_make_xml (machine, guest, abilities, tuning, &list, &error);

  g_assert_no_error (error);
  g_assert_nonnull (xml);
  if (known)
    ferry_schema_check (xml);
  if (notes != NULL)
    {
      g_ptr_array_add (list, NULL);
      *notes = g_strjoinv ("\n", (char **) list->pdata);
    }
  return xml;
}

static void
assert_has (const char *xml, const char *part)
{
  if (strstr (xml, part) == NULL)
    g_test_message ("%s is not in:\n%s", part, xml);
  g_assert_nonnull (strstr (xml, part));
}

static void
assert_lacks (const char *xml, const char *part)
{
  if (strstr (xml, part) != NULL)
    g_test_message ("%s is in:\n%s", part, xml);
  g_assert_null (strstr (xml, part));
}

static void
test_all_is_there (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *notes = NULL;
  g_autofree char *xml = make (machine, guest, abilities, &notes, TRUE);
  g_autofree char *again = make (machine, guest, abilities, NULL, TRUE);

  g_assert_cmpstr (notes, ==, "");
  g_assert_cmpstr (xml, ==, again);
  assert_has (xml, "<domain type=\"kvm\">");
  assert_lacks (xml, "enrolled-keys");
}

/* What libvirt 12 lists, and what is not there at all. */
static void
test_firmware (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *keys = NULL, *keyless = NULL, *plain = NULL, *old = NULL, *linux_ = NULL;
  g_autofree char *keyless_notes = NULL, *plain_notes = NULL, *old_notes = NULL;

  abilities->enrolled_keys = FERRY_ANSWER_YES;
  keys = make (machine, guest, abilities, NULL, TRUE);
  assert_has (keys, "<feature enabled=\"yes\" name=\"enrolled-keys\"/>");
  abilities->enrolled_keys = FERRY_ANSWER_NO;
  keyless = make (machine, guest, abilities, &keyless_notes, TRUE);
  assert_has (keyless, "<feature enabled=\"yes\" name=\"secure-boot\"/>");
  assert_lacks (keyless, "enrolled-keys");
  assert_has (keyless_notes, "keys");
  abilities->secure_boot = FALSE;
  plain = make (machine, guest, abilities, &plain_notes, TRUE);
  assert_has (plain, "<feature enabled=\"no\" name=\"secure-boot\"/>");
  assert_lacks (plain, "<smm");
  assert_has (plain_notes, "no Secure Boot");
  abilities->efi = FALSE;
  old = make (machine, guest, abilities, &old_notes, TRUE);
  assert_lacks (old, "firmware");
  assert_has (old_notes, "OVMF");
  abilities->efi = abilities->secure_boot = TRUE;
  guest->secure_boot = FALSE;
  linux_ = make (machine, guest, abilities, NULL, TRUE);
  assert_has (linux_, "<feature enabled=\"no\" name=\"secure-boot\"/>");
}

static void
test_fall_backs (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *xml = NULL, *notes = NULL;

  abilities->tpm = FALSE;
  abilities->spice = FALSE;
  ferry_guest_set (&guest->drivers, NULL);
  xml = make (machine, guest, abilities, &notes, TRUE);
  assert_lacks (xml, "<tpm");
  assert_has (notes, "swtpm");
  assert_has (xml, "<graphics type=\"vnc\"");
  assert_lacks (xml, "spice");
  assert_has (notes, "SPICE");
  assert_has (xml, "<target dev=\"sda\" bus=\"sata\" rotation_rate=\"1\"/>");
  assert_has (xml, "<target dev=\"sdb\" bus=\"sata\"/>");
  assert_has (xml, "e1000e");
  assert_lacks (xml, "virtio");
  assert_has (notes, "e1000e");
}

/* Emulation: nothing that only KVM can do. */
static void
test_emulation (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *xml = NULL, *notes = NULL;

  abilities->kvm = FALSE;
  guest->hidden = TRUE;
  xml = make (machine, guest, abilities, &notes, TRUE);
  assert_has (xml, "<domain type=\"qemu\">");
  assert_has (xml, "mode=\"maximum\"");
  assert_lacks (xml, "hyperv");
  assert_lacks (xml, "<kvm>");
  assert_lacks (xml, "maxphysaddr");
  assert_lacks (xml, "passthrough");
  assert_has (notes, "KVM");
}

static void
test_hyperv (void)
{
  static const char *const few[] = { "relaxed", "synic", "stimer", "ipi", "spinlocks", NULL };
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *xml = NULL, *hidden = NULL, *linux_ = NULL, *linux_hidden = NULL;

  /* Without vpindex nothing that needs it. */
  abilities->hyperv = g_strdupv ((char **) few);
  xml = make (machine, guest, abilities, NULL, TRUE);
  assert_has (xml, "<relaxed state=\"on\"/>");
  assert_has (xml, "<spinlocks state=\"on\" retries=\"8191\"/>");
  assert_lacks (xml, "synic");
  assert_lacks (xml, "stimer");
  assert_lacks (xml, "<ipi");
  assert_lacks (xml, "vendor_id");
  guest->hidden = TRUE;
  hidden = make (machine, guest, abilities, NULL, TRUE);
  assert_has (hidden, "<hidden state=\"on\"/>");
  assert_has (hidden, "<vendor_id state=\"on\"");
  guest->family = FERRY_GUEST_LINUX;
  linux_hidden = make (machine, guest, abilities, NULL, TRUE);
  assert_has (linux_hidden, "<vendor_id state=\"on\"");
  assert_lacks (linux_hidden, "relaxed");
  guest->hidden = FALSE;
  linux_ = make (machine, guest, abilities, NULL, TRUE);
  assert_lacks (linux_, "hyperv");
  assert_has (linux_, "offset=\"utc\"");
}

/* An Alder Lake knows 46 bits, its IOMMU maps 39. */
static void
test_address_size (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("alder-lake-gtx660-only-screen");
  g_autoptr (FerryMachine) equal = ferry_computer_open_named ("raptor-lake-rtx4070-rx480");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryGuest) other = make_guest (equal);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *old = NULL, *old_notes = NULL, *xml = NULL, *notes = NULL, *none = NULL;
  g_autofree char *same = NULL, *unknown = NULL, *oldest = NULL;

  abilities->libvirt = FERRY_ABILITIES_VERSION (8, 6, 0);
  oldest = make (machine, guest, abilities, NULL, FALSE);
  assert_lacks (oldest, "maxphysaddr");
  abilities->libvirt = FERRY_ABILITIES_VERSION (9, 0, 0);
  old = make (machine, guest, abilities, &old_notes, TRUE);
  assert_has (old, "<maxphysaddr mode=\"emulate\" bits=\"39\"/>");
  assert_lacks (old_notes, "address");
  abilities->libvirt = FERRY_ABILITIES_VERSION (9, 3, 0);
  xml = make (machine, guest, abilities, &notes, FALSE);
  assert_has (xml, "<maxphysaddr mode=\"passthrough\" limit=\"39\"/>");
  assert_lacks (notes, "address");
  abilities->libvirt = 0;
  unknown = make (machine, guest, abilities, NULL, FALSE);
  assert_has (unknown, "limit=\"39\"");
  same = make (equal, other, abilities, NULL, TRUE);
  assert_has (same, "<maxphysaddr mode=\"passthrough\"/>");
  g_array_set_size (guest->card, 0);
  none = make (machine, guest, abilities, NULL, TRUE);
  assert_lacks (none, "maxphysaddr");
}

static FerryDevice *
get_display (FerryMachine *machine, const FerryGuest *guest)
{
  g_autofree char *id = ferry_address_to_string (&g_array_index (guest->card, FerryAddress, 0));

  return ferry_devices_find (machine->devices, id);
}

/* 39 bits give 64 GiB to large windows. */
static void
test_large_windows (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  FerryDevice *display = get_display (machine, guest);
  g_autofree char *fits = NULL, *large = NULL, *xml = NULL, *other = NULL;

  display->bars[0] = (FerryBar){ 32 * GIB, 32 * GIB, TRUE, TRUE, TRUE, 0 };
  xml = make (machine, guest, abilities, &fits, TRUE);
  g_assert_cmpstr (fits, ==, "");
  display->bars[0].size = 128 * GIB;
  other = make (machine, guest, abilities, &large, TRUE);
  assert_has (large, "Resizable");
}

static void
test_rom (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *without = NULL, *notes = NULL, *with = NULL, *none = NULL;

  get_display (machine, guest)->rom_uefi = FERRY_ANSWER_NO;
  without = make (machine, guest, abilities, &notes, TRUE);
  assert_lacks (without, "<rom");
  assert_has (notes, "ROM file");
  ferry_guest_set (&guest->rom, "/roms/it's \"mine\" & <yours>.rom");
  with = make (machine, guest, abilities, &none, TRUE);
  assert_has (with, "<rom file=\"/roms/it's &quot;mine&quot; &amp; &lt;yours&gt;.rom\"/>");
  assert_lacks (none, "ROM file");
}

static void
add_address (GArray *list, const char *text)
{
  FerryAddress address;

  g_assert_true (ferry_address_parse (text, &address));
  g_array_append_val (list, address);
}

/* Four functions, a sound on another bus, a controller: each slot on a port of its own. */
static void
test_ports (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *xml = NULL;

  g_array_set_size (guest->card, 0);
  add_address (guest->card, "0000:03:00.0");
  add_address (guest->card, "0000:03:00.1");
  add_address (guest->card, "0000:03:00.3");
  add_address (guest->card, "0000:04:00.0");
  add_address (guest->gear, "10000:e1:1f.4");
  add_address (guest->gear, "10000:e1:1f.6");
  xml = make (machine, guest, abilities, NULL, TRUE);
  assert_has (xml, "bus=\"0x01\" slot=\"0x00\" function=\"0x0\" multifunction=\"on\"/>");
  assert_has (xml, "bus=\"0x01\" slot=\"0x00\" function=\"0x3\"/>");
  assert_has (xml, "bus=\"0x02\" slot=\"0x00\" function=\"0x0\"/>");
  /* Without a function 0 they are counted anew. */
  assert_has (xml, "domain=\"0x10000\" bus=\"0xe1\" slot=\"0x1f\" function=\"0x4\"/>");
  assert_has (xml, "bus=\"0x03\" slot=\"0x00\" function=\"0x0\" multifunction=\"on\"/>");
  assert_has (xml, "bus=\"0x03\" slot=\"0x00\" function=\"0x1\"/>");
  assert_has (xml, "index=\"3\" model=\"pcie-root-port\"");
  assert_lacks (xml, "index=\"4\"");
}

/* What a person types comes back as it was typed. */
static void
test_names (void)
{
  static const char *const names[]
      = { "Mein „Spiele“-PC", "it's a \"test\"", "<name> & ]]> &amp;", "Größe", "日本語 🎮", " x " };
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryAbilities) abilities = make_abilities ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FerryGuest) guest = make_guest (machine);
      g_autofree char *disk = g_strdup_printf ("/pool/%s.qcow2", names[i]);
      g_autofree char *xml = NULL, *name = NULL, *file = NULL;
      g_autoptr (xmlDoc) document = NULL;
      FerryElement *domain, *source;
      xmlChar *text;

      ferry_guest_set (&guest->name, names[i]);
      ferry_guest_set (&guest->disk, disk);
      ferry_guest_set (&guest->network, names[i]);
      xml = make (machine, guest, abilities, NULL, TRUE);
      document = ferry_element_parse (xml, "domain", NULL);
      domain = xmlDocGetRootElement (document);
      text = xmlNodeGetContent (ferry_element_find (domain, "name"));
      g_assert_cmpstr ((const char *) text, ==, names[i]);
      xmlFree (text);
      source = ferry_element_find (
          ferry_element_find (ferry_element_find (domain, "devices"), "disk"), "source");
      file = ferry_element_get (source, "file");
      g_assert_cmpstr (file, ==, disk);
    }
}

static void
assert_refused (FerryMachine *machine, const FerryGuest *guest, const FerryAbilities *abilities, int code)
{
  g_autoptr (FerryTuning) tuning = ferry_tuning_make (machine, guest);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (ferry_domain_make_xml (machine, guest, abilities, tuning, &notes, &error));
  g_assert_error (error, FERRY_ERROR, code);
  g_assert_null (notes);
}

static void
test_refused (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (machine);
  g_autoptr (FerryAbilities) abilities = make_abilities ();

  abilities->max_processors = 3;
  assert_refused (machine, guest, abilities, FERRY_ERROR_INVALID);
  abilities->max_processors = 0;
  abilities->q35 = FALSE;
  assert_refused (machine, guest, abilities, FERRY_ERROR_UNSUPPORTED);
  abilities->q35 = TRUE;
  ferry_guest_set (&guest->name, "a/b");
  assert_refused (machine, guest, abilities, FERRY_ERROR_INVALID);
}

/* AMD shows threads of one core only with "topoext"; Intel has no such feature. */
static void
test_topoext (void)
{
  g_autoptr (FerryMachine) amd = ferry_computer_open_named ("ryzen-two-rx580");
  g_autoptr (FerryMachine) intel = ferry_computer_open_named ("b85-gtx970");
  g_autoptr (FerryGuest) guest = make_guest (amd);
  g_autoptr (FerryGuest) other = make_guest (intel);
  g_autoptr (FerryAbilities) abilities = make_abilities ();
  g_autofree char *pinned = make (amd, guest, abilities, NULL, TRUE);
  g_autofree char *on_intel = make (intel, other, abilities, NULL, TRUE);
  g_autofree char *free_ = NULL;

  assert_has (pinned, "<topology sockets=\"1\" dies=\"1\" cores=\"2\" threads=\"2\"/>");
  assert_has (pinned, "name=\"topoext\"");
  assert_lacks (on_intel, "topoext");
  guest->tuning = FALSE;
  free_ = make (amd, guest, abilities, NULL, TRUE);
  assert_has (free_, "cores=\"4\" threads=\"1\"");
  assert_lacks (free_, "topoext");
  assert_lacks (free_, "cputune");
  assert_lacks (free_, "iothread");
}

static void
set_flags (FerryGuest *guest, FerryAbilities *abilities, guint bits)
{
  static const char *const kbd[] = { "usb-K-event-kbd", NULL }, *const mouse[] = { "usb-M-event-mouse", NULL };
  gboolean *flags[] = { &guest->secure_boot, &guest->tpm,       &guest->window,      &guest->audio,
                        &guest->tuning,      &guest->huge_pages, &guest->hidden,     &abilities->kvm,
                        &abilities->efi,     &abilities->spice, &guest->looking_glass };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    *flags[i] = (bits >> i & 1) != 0;
  guest->looking_glass = guest->looking_glass && guest->card->len > 0;
  guest->glass_width = 1920;
  guest->glass_height = 1080;
  guest->family = (FerryGuestFamily) (bits % 3);
  if (bits % 5 == 0)
    ferry_guest_set (&guest->drivers, NULL);
  if (bits % 7 == 0)
    ferry_guest_set (&guest->medium, NULL);
  if (bits % 11 == 0)
    ferry_guest_set (&guest->network, NULL);
  if (bits % 13 != 0)
    return;
  g_strfreev (guest->keyboards);
  guest->keyboards = g_strdupv ((char **) kbd);
  g_strfreev (guest->mice);
  guest->mice = g_strdupv ((char **) mouse);
}

/* Whatever is switched on and off, libvirt's schema takes it. */
static void
test_combinations (void)
{
  g_autoptr (FerryMachine) machine = ferry_computer_open_named ("z390-rtx2060-four-functions");

  for (guint bits = 0; bits < 1 << 11; bits += g_test_quick () ? 3 : 1)
    {
      g_autoptr (FerryGuest) guest = make_guest (machine);
      g_autoptr (FerryAbilities) abilities = make_abilities ();
      g_autofree char *xml = NULL;

      if (bits % 4 == 1)
        g_array_set_size (guest->card, 0);
      set_flags (guest, abilities, bits);
      xml = make (machine, guest, abilities, NULL, TRUE);
      g_assert_cmpuint (strlen (xml), >, 1000);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/all-is-there", test_all_is_there);
  g_test_add_func ("/domain/firmware", test_firmware);
  g_test_add_func ("/domain/fall-backs", test_fall_backs);
  g_test_add_func ("/domain/emulation", test_emulation);
  g_test_add_func ("/domain/hyperv", test_hyperv);
  g_test_add_func ("/domain/address-size", test_address_size);
  g_test_add_func ("/domain/large-windows", test_large_windows);
  g_test_add_func ("/domain/rom", test_rom);
  g_test_add_func ("/domain/ports", test_ports);
  g_test_add_func ("/domain/names", test_names);
  g_test_add_func ("/domain/refused", test_refused);
  g_test_add_func ("/domain/topoext", test_topoext);
  g_test_add_func ("/domain/combinations", test_combinations);
  status = g_test_run ();
  ferry_schema_close ();
  return status;
}
