/* test-gift.c: a card is given to a machine that exists and taken away; everything else stays. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/gift.h"

#include "schema.h"

/* As libvirt prints a machine that virt-manager made, shortened. */
#define HEAD(machine)                                                                              \
  "<domain type='kvm'>\n  <name>Spiele &amp; „Büro“</name>\n"                                      \
  "  <uuid>00000000-0000-4000-8000-000000000001</uuid>\n  <metadata>\n"                            \
  "    <app:x xmlns:app='urn:other'>kept</app:x>\n  </metadata>\n"                                 \
  "  <memory unit='KiB'>8388608</memory>\n  <vcpu placement='static'>4</vcpu>\n"                   \
  "  <os firmware='efi'>\n    <type arch='x86_64' machine='" machine "'>hvm</type>\n  </os>\n"
#define DISK                                                                                       \
  "    <disk type='file' device='disk'>\n      <source file='/pool/it&apos;s.qcow2'/>\n"           \
  "      <target dev='vda' bus='virtio'/>\n"                                                       \
  "      <address type='pci' domain='0x0000' bus='0x03' slot='0x00' function='0x0'/>\n    </disk>\n"
#define PORTS                                                                                      \
  "    <controller type='pci' index='0' model='pcie-root'/>\n"                                     \
  "    <controller type='pci' index='1' model='pcie-root-port'/>\n"                                \
  "    <controller type='pci' index='3' model='pcie-root-port'/>\n"
#define USB                                                                                        \
  "    <hostdev mode='subsystem' type='usb' managed='yes'>\n      <source>\n"                      \
  "        <vendor id='0x046d'/>\n        <product id='0xc31c'/>\n      </source>\n    </hostdev>\n"
#define MACHINE HEAD ("pc-q35-7.2") "  <devices>\n" DISK PORTS USB "  </devices>\n</domain>\n"

static GArray *
make_functions (const char *first, ...)
{
  GArray *functions = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  va_list list;

  va_start (list, first);
  for (const char *text = first; text != NULL; text = va_arg (list, const char *))
    {
      FerryAddress address;

      g_assert_true (ferry_address_parse (text, &address));
      g_array_append_val (functions, address);
    }
  va_end (list);
  return functions;
}

static FerryGift *
give (const char *xml, const GArray *functions, const char *rom)
{
  g_autoptr (GError) error = NULL;
  FerryGift *gift = ferry_gift_give (xml, functions, rom, &error);

  g_assert_no_error (error);
  g_assert_nonnull (gift);
  ferry_schema_check (gift->after);
  return gift;
}

static FerryGift *
take (const char *xml, const GArray *functions)
{
  g_autoptr (GError) error = NULL;
  FerryGift *gift = ferry_gift_take (xml, functions, &error);

  g_assert_no_error (error);
  return gift;
}

static void
assert_list (const char *xml, guint wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = ferry_gift_list (xml, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, wanted);
}

static gboolean
has_note (const FerryGift *gift, const char *word)
{
  for (guint i = 0; i < gift->notes->len; i++)
    if (strstr (g_ptr_array_index (gift->notes, i), word) != NULL)
      return TRUE;
  return FALSE;
}

/* How many lines of @text are not in @other. */
static guint
count_new_lines (const char *text, const char *other)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) others = g_strsplit (other, "\n", -1);
  guint n = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    n += !g_strv_contains ((const char *const *) others, lines[i]);
  return n;
}

/* What Windows' Code 43 may need: a machine that has the card gets the ROM, or another one, and nothing else changes. */
static void
test_rom_later (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", "0000:01:00.1", NULL);
  g_autoptr (FerryGift) given = give (MACHINE, card, NULL);
  g_autoptr (FerryGift) with = give (given->after, card, "/roms/card & co.rom");
  g_autoptr (FerryGift) same = give (with->after, card, "/roms/card & co.rom");
  g_autoptr (FerryGift) other = give (with->after, card, "/roms/b.rom");
  g_autoptr (FerryGift) kept = give (with->after, card, NULL);
  g_auto (GStrv) parts = g_strsplit (with->after, "<rom file=\"/roms/card &amp; co.rom\"/>", -1);
  g_autofree char *off = NULL;
  g_autoptr (FerryGift) on = NULL;

  g_assert_true (with->changed);
  g_assert_true (has_note (with, "ROM file"));
  g_assert_cmpuint (count_new_lines (with->after, given->after), ==, 1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  /* The display function has it, which comes first. */
  g_assert_null (strstr (parts[0], "function=\"0x1\""));
  g_assert_false (same->changed);
  g_assert_nonnull (strstr (other->after, "/roms/b.rom"));
  g_assert_null (strstr (other->after, "/roms/card"));
  g_assert_false (kept->changed);

  off = g_strjoinv ("<rom enabled=\"no\"/>", parts);
  on = give (off, card, "/roms/b.rom");
  g_assert_null (strstr (on->after, "enabled=\"no\""));
  g_assert_nonnull (strstr (on->after, "<rom file=\"/roms/b.rom\"/>"));
}

static void
test_give_and_take (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", "0000:01:00.1", NULL);
  g_autoptr (FerryGift) given = give (MACHINE, card, "/roms/card & co.rom");
  g_autoptr (FerryGift) again = give (given->after, card, NULL);
  g_autoptr (FerryGift) taken = take (given->after, card);

  g_assert_cmpstr (given->name, ==, "Spiele & „Büro“");
  g_assert_true (given->changed);
  assert_list (given->before, 0);
  assert_list (given->after, 2);
  /* Nothing of the machine is lost. */
  g_assert_cmpuint (count_new_lines (given->before, given->after), ==, 0);
  g_assert_nonnull (strstr (given->after, "<app:x xmlns:app=\"urn:other\">kept</app:x>"));
  /* The next free number is 4, although 2 is free: others may come to it. */
  g_assert_nonnull (strstr (given->after, "<controller type=\"pci\" index=\"4\" model=\"pcie-root-port\"/>"));
  g_assert_nonnull (strstr (given->after,
                            "bus=\"0x04\" slot=\"0x00\" function=\"0x0\" multifunction=\"on\"/>"));
  g_assert_nonnull (strstr (given->after, "bus=\"0x04\" slot=\"0x00\" function=\"0x1\"/>"));
  g_assert_nonnull (strstr (given->after, "<rom file=\"/roms/card &amp; co.rom\"/>"));
  g_assert_true (has_note (given, "all of its memory"));
  g_assert_false (has_note (given, "old way"));

  g_assert_false (again->changed);
  g_assert_cmpstr (again->before, ==, again->after);
  g_assert_true (has_note (again, "already"));
  g_assert_true (taken->changed);
  g_assert_cmpstr (taken->after, ==, given->before);
}

/* A function is there already, with libvirt's own address: the card is put together as a whole. */
static void
test_partly_given (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", "0000:01:00.1", NULL);
  g_autoptr (GArray) sound = make_functions ("0000:01:00.1", NULL);
  g_autoptr (FerryGift) first = give (MACHINE, sound, NULL);
  g_autoptr (FerryGift) whole = give (first->after, card, NULL);
  g_autoptr (FerryGift) directly = give (MACHINE, card, NULL);

  assert_list (first->after, 1);
  /* Alone it is function 0. */
  g_assert_null (strstr (first->after, "multifunction"));
  g_assert_cmpstr (whole->after, ==, directly->after);
}

/* A card with its sound on another bus has two ports; another device behind a port keeps it. */
static void
test_two_slots (void)
{
  g_autoptr (GArray) card = make_functions ("0000:03:00.0", "0000:04:00.0", NULL);
  g_autoptr (GArray) first = make_functions ("0000:03:00.0", NULL);
  g_autoptr (FerryGift) given = give (MACHINE, card, NULL);
  g_autoptr (FerryGift) taken = take (given->after, first);

  g_assert_nonnull (strstr (given->after, "index=\"4\""));
  g_assert_nonnull (strstr (given->after, "index=\"5\""));
  g_assert_null (strstr (taken->after, "index=\"4\""));
  g_assert_nonnull (strstr (taken->after, "index=\"5\""));
  assert_list (taken->after, 1);
}

static void
test_port_in_use (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", NULL);
  g_autoptr (GArray) other = make_functions ("0000:02:00.0", NULL);
  g_autoptr (FerryGift) given = give (MACHINE, card, NULL);
  g_autoptr (FerryGift) both = give (given->after, other, NULL);
  g_autofree char *moved = NULL;
  g_autoptr (FerryGift) taken = NULL;
  g_auto (GStrv) parts = g_strsplit (both->after, "bus=\"0x05\"", 2);

  /* The other card is moved by hand onto the first one's port. */
  moved = g_strjoinv ("bus=\"0x04\"", parts);
  taken = take (moved, card);
  g_assert_nonnull (strstr (taken->after, "index=\"4\""));
}

static void
test_old_machine (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", "0000:01:00.1", NULL);
  g_autoptr (FerryGift) given
      = give ("<domain type='qemu'><name>xp</name><memory>1048576</memory><os><type arch='x86_64' "
              "machine='pc-i440fx-7.2'>hvm</type></os></domain>",
              card, NULL);

  assert_list (given->after, 2);
  g_assert_null (strstr (given->after, "pcie-root-port"));
  g_assert_null (strstr (given->after, "multifunction"));
  g_assert_true (has_note (given, "i440FX"));
  g_assert_true (has_note (given, "old way"));
}

static void
test_full (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", NULL);
  g_autoptr (FerryGift) given
      = give (HEAD ("q35") "<devices><controller type='pci' index='255' model='pcie-root-port'/></devices>"
                           "</domain>",
              card, NULL);

  assert_list (given->after, 1);
  g_assert_null (strstr (given->after, "index=\"256\""));
}

static void
test_nothing_to_take (void)
{
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", NULL);
  g_autoptr (FerryGift) taken = take (MACHINE, card);

  g_assert_false (taken->changed);
  g_assert_true (has_note (taken, "does not have"));
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = ferry_gift_list (
      "<domain type='kvm'><devices>"
      "<hostdev type='pci'><source><address domain='0x10000' bus='0xe1' slot='0x1f' function='0x7'/></source>"
      "</hostdev><hostdev type='pci'><source><address bus='10' slot='3'/></source></hostdev>"
      "<hostdev type='pci'><source><address bus='0x100' slot='0'/></source></hostdev>"
      "<hostdev type='pci'><source><address bus='-1'/></source></hostdev>"
      "<hostdev type='pci'><source/></hostdev><hostdev type='pci'/><hostdev/>"
      "<hostdev type='usb'><source><address bus='1' device='2'/></source></hostdev></devices></domain>",
      &error);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  first = ferry_address_to_string (&g_array_index (found, FerryAddress, 0));
  second = ferry_address_to_string (&g_array_index (found, FerryAddress, 1));
  g_assert_cmpstr (first, ==, "10000:e1:1f.7");
  g_assert_cmpstr (second, ==, "0000:0a:03.0");
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *xml;
    int code;
  } rows[] = {
    { "", FERRY_ERROR_INVALID },
    { "<domain", FERRY_ERROR_INVALID },
    { "<network/>", FERRY_ERROR_INVALID },
    { "<domain/>", FERRY_ERROR_UNSUPPORTED },
    { "<domain type='lxc'/>", FERRY_ERROR_UNSUPPORTED },
    { "<!DOCTYPE domain [<!ENTITY a 'b'>]><domain type='kvm'/>", FERRY_ERROR_INVALID },
  };
  g_autoptr (GArray) card = make_functions ("0000:01:00.0", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) other = NULL;

      g_assert_null (ferry_gift_give (rows[i].xml, card, NULL, &error));
      g_assert_error (error, FERRY_ERROR, rows[i].code);
      g_assert_null (ferry_gift_take (rows[i].xml, card, &other));
      g_assert_error (other, FERRY_ERROR, rows[i].code);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gift/rom-later", test_rom_later);
  g_test_add_func ("/gift/give-and-take", test_give_and_take);
  g_test_add_func ("/gift/partly-given", test_partly_given);
  g_test_add_func ("/gift/two-slots", test_two_slots);
  g_test_add_func ("/gift/port-in-use", test_port_in_use);
  g_test_add_func ("/gift/old-machine", test_old_machine);
  g_test_add_func ("/gift/full", test_full);
  g_test_add_func ("/gift/nothing-to-take", test_nothing_to_take);
  g_test_add_func ("/gift/list", test_list);
  g_test_add_func ("/gift/hostile", test_hostile);
  status = g_test_run ();
  ferry_schema_close ();
  return status;
}
