/* test-guest.c: which wishes make sense, and which names a virtual machine may have. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/guest.h"

static FerryGuest *
make (void)
{
  FerryGuest *guest = ferry_guest_new ();

  ferry_guest_set (&guest->name, "win11");
  ferry_guest_set (&guest->disk, "/pool/win11.qcow2");
  guest->disk_new = TRUE;
  guest->disk_size = G_GUINT64_CONSTANT (64) << 30;
  ferry_guest_set (&guest->pool, "default");
  ferry_guest_set (&guest->medium, "/isos/Win11 (24H2).iso");
  return guest;
}

static void
add_address (GArray *list, const char *text)
{
  FerryAddress address;

  g_assert_true (ferry_address_parse (text, &address));
  g_array_append_val (list, address);
}

static void
assert_refused (const FerryGuest *guest)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ferry_guest_check (guest, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
assert_fine (const FerryGuest *guest)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ferry_guest_check (guest, &error));
  g_assert_no_error (error);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (FERRY_GUEST_MAX_NAME, 'x');
  g_autofree char *longer = g_strnfill (FERRY_GUEST_MAX_NAME + 1, 'x');
  const char *const good[] = { "win11", "Mein „Spiele“-PC",  "it's a \"test\"", "Größe & <Ä>",
                               "…",     "日本語",            "a,b=c",           " x ",
                               "..x",   longest };
  const char *const bad[] = { NULL,       "",     "   ",    "a/b", "/", "a\nb", "a\tb", "\x7f", "a\x1b[1m",
                              "\xff\xfe", ".",    "..",     longer, "\u202e", "\xef\xbf\xbe" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (ferry_guest_check_name (good[i], &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("name %u", i);
      g_assert_false (ferry_guest_check_name (bad[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
    }
}

static void
test_fine (void)
{
  g_autoptr (FerryGuest) guest = make ();

  assert_fine (guest);
  add_address (guest->card, "0000:01:00.0");
  add_address (guest->card, "0000:01:00.1");
  add_address (guest->gear, "10000:e1:00.0");
  guest->looking_glass = TRUE;
  guest->glass_width = 1920;
  guest->glass_height = 1080;
  assert_fine (guest);
  /* A disk that is there, and nothing to install. */
  guest->disk_new = FALSE;
  ferry_guest_set (&guest->medium, NULL);
  ferry_guest_set (&guest->network, NULL);
  assert_fine (guest);
}

static void
test_paths (void)
{
  static const char *const bad[] = { "relative.iso", "", "/", "/a/../b", "/a\nb", "/\xff.iso" };
  g_autoptr (FerryGuest) guest = make ();
  char **members[] = { &guest->medium, &guest->drivers, &guest->disk, &guest->rom };

  add_address (guest->card, "0000:01:00.0");
  for (guint m = 0; m < G_N_ELEMENTS (members); m++)
    {
      g_autofree char *kept = g_strdup (*members[m]);

      for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
        {
          ferry_guest_set (members[m], bad[i]);
          assert_refused (guest);
        }
      ferry_guest_set (members[m], kept);
      assert_fine (guest);
    }
}

static void
test_sizes (void)
{
  g_autoptr (FerryGuest) guest = make ();

  guest->memory = FERRY_GUEST_MIN_MEMORY;
  assert_fine (guest);
  guest->memory += 1;
  assert_refused (guest);
  guest->memory = 0;
  assert_refused (guest);
  guest->memory = FERRY_GUEST_MAX_MEMORY + 1024 * 1024;
  assert_refused (guest);
  guest->memory = FERRY_GUEST_MIN_MEMORY;
  guest->processors = 0;
  assert_refused (guest);
  guest->processors = 256;
  assert_refused (guest);
  guest->processors = 255;
  assert_fine (guest);
}

static void
test_disks (void)
{
  g_autoptr (FerryGuest) guest = make ();

  guest->disk_size = 0;
  assert_refused (guest);
  guest->disk_size = G_MAXUINT64;
  assert_refused (guest);
  guest->disk_size = FERRY_GUEST_MIN_DISK;
  assert_fine (guest);
  ferry_guest_set (&guest->disk_format, "vmdk");
  assert_refused (guest);
  ferry_guest_set (&guest->disk_format, "raw");
  ferry_guest_set (&guest->pool, "a/b");
  assert_refused (guest);
  ferry_guest_set (&guest->pool, NULL);
  ferry_guest_set (&guest->medium, guest->disk);
  assert_refused (guest);
  ferry_guest_set (&guest->medium, NULL);
  ferry_guest_set (&guest->disk, NULL);
  assert_refused (guest);
  guest->disk_new = FALSE;
  assert_refused (guest);
  ferry_guest_set (&guest->medium, "/live.iso");
  assert_fine (guest);
}

static void
test_devices (void)
{
  g_autoptr (FerryGuest) guest = make ();
  FerryAddress wrong = { 0, 1, 32, 0 };
  FerryGuestUsb usb = { 0x046d, 0xc31c }, nobody = { 0, 1 };

  ferry_guest_set (&guest->rom, "/roms/card.rom");
  assert_refused (guest);
  add_address (guest->card, "0000:01:00.0");
  assert_fine (guest);
  add_address (guest->gear, "0000:01:00.0");
  assert_refused (guest);
  g_array_set_size (guest->gear, 0);
  g_array_append_val (guest->gear, wrong);
  assert_refused (guest);
  g_array_set_size (guest->gear, 0);
  for (guint i = 0; i < FERRY_GUEST_MAX_FUNCTIONS; i++)
    {
      FerryAddress address = { 0, 2, (guint8) i, 0 };

      g_array_append_val (guest->gear, address);
    }
  assert_refused (guest);
  g_array_set_size (guest->gear, FERRY_GUEST_MAX_FUNCTIONS - 1);
  assert_fine (guest);

  g_array_append_val (guest->usb, usb);
  assert_fine (guest);
  g_array_append_val (guest->usb, usb);
  assert_refused (guest);
  g_array_set_size (guest->usb, 1);
  g_array_append_val (guest->usb, nobody);
  assert_refused (guest);
}

static void
set_inputs (char ***member, const char *first, const char *second)
{
  const char *names[] = { first, second, NULL };

  g_strfreev (*member);
  *member = g_strdupv ((char **) names);
}

static void
test_inputs (void)
{
  static const char *const bad[] = { "../../etc/passwd-event-kbd", "usb-Logitech-event-mouse", "event-kbd\n",
                                     ".event-kbd", "" };
  g_autoptr (FerryGuest) guest = make ();

  set_inputs (&guest->keyboards, "usb-Logitech_USB_Keyboard-event-kbd", NULL);
  set_inputs (&guest->mice, "usb-Razer_DeathAdder-event-mouse", NULL);
  assert_fine (guest);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      set_inputs (&guest->keyboards, bad[i], NULL);
      assert_refused (guest);
    }
  set_inputs (&guest->keyboards, "a-event-kbd", "a-event-kbd");
  assert_refused (guest);
}

static void
test_system (void)
{
  g_autoptr (FerryGuest) guest = make ();

  ferry_guest_set (&guest->system_id, "http://microsoft.com/win/11");
  assert_fine (guest);
  ferry_guest_set (&guest->system_id, "javascript:x");
  assert_refused (guest);
  ferry_guest_set (&guest->system_id, "http://x\n");
  assert_refused (guest);
  ferry_guest_set (&guest->system_id, "");
  ferry_guest_set (&guest->network, "");
  assert_refused (guest);
}

/* The sizes that Looking Glass's own page gives. */
static void
test_glass (void)
{
  static const struct
  {
    guint width, height;
    gboolean hdr;
    guint mib;
  } rows[] = {
    { 1920, 1080, FALSE, 32 },  { 1920, 1080, TRUE, 64 }, { 2560, 1440, FALSE, 64 },
    { 3840, 2160, FALSE, 128 }, { 3840, 2160, TRUE, 256 }, { 1280, 720, FALSE, 32 },
    { 0, 0, FALSE, 0 },         { 100000, 1080, FALSE, 0 }, { 1920, G_MAXUINT, FALSE, 0 },
  };
  g_autoptr (FerryGuest) guest = make ();

  guest->glass_width = 1920;
  guest->glass_height = 1080;
  g_assert_cmpuint (ferry_guest_count_glass (guest), ==, 0);
  guest->looking_glass = TRUE;
  assert_refused (guest);
  add_address (guest->card, "0000:01:00.0");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guest->glass_width = rows[i].width;
      guest->glass_height = rows[i].height;
      guest->glass_hdr = rows[i].hdr;
      g_assert_cmpuint (ferry_guest_count_glass (guest), ==, (guint64) rows[i].mib << 20);
      g_assert_cmpint (ferry_guest_check (guest, NULL), ==, rows[i].mib > 0);
    }
}

static void
test_virtio (void)
{
  g_autoptr (FerryGuest) guest = make ();

  g_assert_false (ferry_guest_uses_virtio (guest));
  guest->family = FERRY_GUEST_LINUX;
  g_assert_true (ferry_guest_uses_virtio (guest));
  guest->family = FERRY_GUEST_WINDOWS;
  g_assert_false (ferry_guest_uses_virtio (guest));
  ferry_guest_set (&guest->drivers, "/isos/virtio-win.iso");
  g_assert_true (ferry_guest_uses_virtio (guest));
}

static void
test_copy (void)
{
  g_autoptr (FerryGuest) guest = make ();
  g_autoptr (FerryGuest) copy = NULL;

  add_address (guest->card, "0000:01:00.0");
  set_inputs (&guest->mice, "a-event-mouse", NULL);
  copy = ferry_guest_copy (guest);
  ferry_guest_set (&guest->name, "other");
  g_array_set_size (guest->card, 0);
  set_inputs (&guest->mice, NULL, NULL);
  g_assert_cmpstr (copy->name, ==, "win11");
  g_assert_cmpuint (copy->card->len, ==, 1);
  g_assert_cmpstr (copy->mice[0], ==, "a-event-mouse");
  assert_fine (copy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guest/names", test_names);
  g_test_add_func ("/guest/fine", test_fine);
  g_test_add_func ("/guest/paths", test_paths);
  g_test_add_func ("/guest/sizes", test_sizes);
  g_test_add_func ("/guest/disks", test_disks);
  g_test_add_func ("/guest/devices", test_devices);
  g_test_add_func ("/guest/inputs", test_inputs);
  g_test_add_func ("/guest/system", test_system);
  g_test_add_func ("/guest/glass", test_glass);
  g_test_add_func ("/guest/virtio", test_virtio);
  g_test_add_func ("/guest/copy", test_copy);
  return g_test_run ();
}
