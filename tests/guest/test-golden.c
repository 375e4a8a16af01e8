/* test-golden.c: the XML of virtual machines for many computers, as an expert read and approved it.
 *
 * Each file in tests/guest/domains is what Ferry makes; libvirt's own schema accepts it. When Ferry makes
 * something else on purpose, FERRY_UPDATE=1 writes the files anew: read the difference before it is kept.
 */
#include "config.h"

#include "guest/domain.h"

#include "computers.h"
#include "schema.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)

typedef void (*Wish) (FerryGuest *guest);

static void
wish_win11 (FerryGuest *guest)
{
  guest->family = FERRY_GUEST_WINDOWS;
  ferry_guest_set (&guest->system, "win11");
  ferry_guest_set (&guest->system_id, "http://microsoft.com/win/11");
  guest->secure_boot = TRUE;
  guest->tpm = TRUE;
  ferry_guest_set (&guest->medium, "/var/lib/libvirt/images/Win11_24H2_English_x64.iso");
  ferry_guest_set (&guest->drivers, "/var/lib/libvirt/images/virtio-win.iso");
}

static void
wish_ubuntu (FerryGuest *guest)
{
  guest->family = FERRY_GUEST_LINUX;
  ferry_guest_set (&guest->system, "ubuntu24.04");
  ferry_guest_set (&guest->system_id, "http://ubuntu.com/ubuntu/24.04");
  ferry_guest_set (&guest->medium, "/var/lib/libvirt/images/ubuntu-24.04.1-desktop-amd64.iso");
}

/* Without the drivers' medium, with everything switched off. */
static void
wish_win10_plain (FerryGuest *guest)
{
  guest->family = FERRY_GUEST_WINDOWS;
  ferry_guest_set (&guest->system, "win10");
  ferry_guest_set (&guest->system_id, "http://microsoft.com/win/10");
  ferry_guest_set (&guest->medium, "/var/lib/libvirt/images/Win10_22H2.iso");
  guest->tuning = FALSE;
}

/* Installed already: Looking Glass, shared keyboard and mouse, huge pages, an old NVIDIA driver. */
static void
wish_win10_glass (FerryGuest *guest)
{
  const char *keyboards[] = { "usb-Logitech_USB_Keyboard-event-kbd", NULL };
  const char *mice[] = { "usb-Razer_DeathAdder-event-mouse", NULL };
  const FerryGuestUsb headset = { 0x046d, 0x0a38 };

  wish_win10_plain (guest);
  guest->tuning = TRUE;
  guest->huge_pages = TRUE;
  guest->hidden = TRUE;
  guest->disk_new = FALSE;
  ferry_guest_set (&guest->medium, NULL);
  ferry_guest_set (&guest->drivers, "/var/lib/libvirt/images/virtio-win.iso");
  guest->looking_glass = guest->card->len > 0;
  guest->glass_width = 2560;
  guest->glass_height = 1440;
  g_strfreev (guest->keyboards);
  guest->keyboards = g_strdupv ((char **) keyboards);
  g_strfreev (guest->mice);
  guest->mice = g_strdupv ((char **) mice);
  g_array_append_val (guest->usb, headset);
}

/* To be installed, and shown by Looking Glass later. */
static void
wish_win11_glass (FerryGuest *guest)
{
  wish_win11 (guest);
  guest->looking_glass = guest->card->len > 0;
  guest->glass_width = 3840;
  guest->glass_height = 2160;
}

/* On a disk of the computer, with a ROM file and without a window. */
static void
wish_debian_disk (FerryGuest *guest)
{
  wish_ubuntu (guest);
  ferry_guest_set (&guest->system, "debian12");
  ferry_guest_set (&guest->system_id, "http://debian.org/debian/12");
  ferry_guest_set (&guest->disk, "/dev/disk/by-id/nvme-Samsung_SSD_970_EVO");
  ferry_guest_set (&guest->disk_format, "raw");
  ferry_guest_set (&guest->medium, NULL);
  guest->disk_new = FALSE;
  guest->window = FALSE;
  if (guest->card->len > 0)
    ferry_guest_set (&guest->rom, "/var/lib/libvirt/vbios/card.rom");
}

static const struct
{
  const char *name;
  Wish wish;
  const char *only; /* one computer; NULL: all */
} wishes[] = {
  { "win11", wish_win11, NULL },
  { "ubuntu24.04", wish_ubuntu, NULL },
  { "win10-plain", wish_win10_plain, "b85-gtx970" },
  { "win10-plain", wish_win10_plain, "ryzen-two-rx580" },
  { "win10-glass", wish_win10_glass, "maximus-vii-ranger-bound" },
  { "win10-glass", wish_win10_glass, "z690-rx6650xt" },
  { "win10-glass", wish_win10_glass, "x399-radeon-vii-rx580" },
  { "win11-glass", wish_win11_glass, "z690-rx6650xt" },
  { "debian-disk", wish_debian_disk, "z390-rtx2060-four-functions" },
  { "debian-disk", wish_debian_disk, "laptop-arc-a370m-vmd" },
};

static FerryAbilities *
load_abilities (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("FERRY_SOURCE_DIR"), "tests", "guest",
                                            "capabilities", "libvirt-9.xml", NULL);
  g_autofree char *text = NULL;
  FerryAbilities *abilities;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  abilities = ferry_abilities_parse (text, FERRY_ABILITIES_VERSION (9, 0, 0), 7002022, NULL);
  g_assert_nonnull (abilities);
  return abilities;
}

/* Half of the processors and of the memory, as a person would. */
static FerryGuest *
make_guest (const FerryComputer *computer, FerryMachine *machine, const char *name, Wish wish)
{
  FerryGuest *guest = ferry_guest_new ();
  g_autofree char *disk = g_strdup_printf ("/var/lib/libvirt/images/%s.qcow2", name);

  ferry_guest_set (&guest->name, name);
  ferry_guest_set (&guest->disk, disk);
  ferry_guest_set (&guest->pool, "default");
  guest->disk_new = TRUE;
  guest->disk_size = 64 * GIB;
  guest->memory = computer->gib / 2 * GIB;
  guest->processors = computer->threads / 2;
  ferry_computer_give_card (machine, guest);
  wish (guest);
  return guest;
}

static void
compare (const char *computer, const char *name, const char *xml)
{
  g_autofree char *file = g_strdup_printf ("%s/tests/guest/domains/%s.%s.xml",
                                           g_getenv ("FERRY_SOURCE_DIR"), computer, name);
  g_autofree char *wanted = NULL;

  if (g_getenv ("FERRY_UPDATE") != NULL)
    g_assert_true (g_file_set_contents (file, xml, -1, NULL));
  g_assert_true (g_file_get_contents (file, &wanted, NULL, NULL));
  if (!g_str_equal (xml, wanted))
    g_test_message ("%s is now:\n%s", file, xml);
  g_assert_true (g_str_equal (xml, wanted));
}

static void
test_computer (gconstpointer data)
{
  const FerryComputer *computer = data;
  g_autoptr (FerryMachine) machine = ferry_computer_open (computer);
  g_autoptr (FerryAbilities) abilities = load_abilities ();

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_autoptr (FerryGuest) guest = NULL;
      g_autoptr (FerryTuning) tuning = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *xml = NULL;

      if (wishes[i].only != NULL && !g_str_equal (wishes[i].only, computer->name))
        continue;
      guest = make_guest (computer, machine, wishes[i].name, wishes[i].wish);
      tuning = ferry_tuning_make (machine, guest);
      xml = ferry_domain_make_xml (machine, guest, abilities, tuning, NULL, &error);
      g_assert_no_error (error);
      compare (computer->name, wishes[i].name, xml);
      ferry_schema_check (xml);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < ferry_n_computers; i++)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s", ferry_computers[i].name);

      g_test_add_data_func (path, &ferry_computers[i], test_computer);
    }
  status = g_test_run ();
  ferry_schema_close ();
  return status;
}
