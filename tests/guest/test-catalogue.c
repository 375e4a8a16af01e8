/* Tests of the catalogue: the list, and what image files are taken for. The images are made here:
 * the descriptor that ECMA-119 8.4 describes and nothing else. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "facts/error.h"
#include "guest/catalogue.h"

#define SECTOR 2048

typedef struct
{
  FerryCatalogue *catalogue;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalogue = ferry_catalogue_open ();
  fixture->folder = g_dir_make_tmp ("ferry-catalogue-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ferry_catalogue_unref (fixture->catalogue);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static void
write_field (char *sector, gsize offset, gsize length, const char *text)
{
  memset (sector + offset, ' ', length);
  memcpy (sector + offset, text, MIN (strlen (text), length));
}

/* Sixteen empty sectors, the primary descriptor, and the one that ends the list. */
static GBytes *
make_image (const char *volume, const char *publisher)
{
  char *bytes = g_malloc0 (20 * SECTOR);
  char *primary = bytes + 16 * SECTOR;
  char *end = bytes + 17 * SECTOR;

  memcpy (primary, "\001CD001\001", 7);
  write_field (primary, 8, 32, "");
  write_field (primary, 40, 32, volume);
  primary[80] = 20;
  primary[129] = 8; /* the size of a sector, 2048, both ways */
  primary[130] = 8;
  write_field (primary, 190, 128, "");
  write_field (primary, 318, 128, publisher);
  write_field (primary, 446, 128, "");
  write_field (primary, 574, 128, "");
  memcpy (end, "\377CD001\001", 7);
  return g_bytes_new_take (bytes, 20 * SECTOR);
}

static FerryDisc *
identify_bytes (Fixture *fixture, const char *name, GBytes *bytes)
{
  g_autofree char *file = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  FerryDisc *disc;

  g_assert_true (g_file_set_contents (file, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  disc = ferry_catalogue_identify (fixture->catalogue, file, &error);
  g_assert_no_error (error);
  g_assert_nonnull (disc);
  g_unlink (file);
  return disc;
}

static FerryDisc *
identify (Fixture *fixture, const char *name, const char *volume, const char *publisher)
{
  g_autoptr (GBytes) bytes = make_image (volume, publisher);

  return identify_bytes (fixture, name, bytes);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const char *const nicks[] = { "win11",   "win10",     "ubuntu", "fedora", "debian",
                                       "manjaro", "archlinux", "linux",  "machine" };
  const GPtrArray *list = ferry_catalogue_list (fixture->catalogue);

  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (nicks));
  for (guint i = 0; i < list->len; i++)
    {
      const FerryOffer *offer = g_ptr_array_index (list, i);

      g_assert_cmpstr (offer->nick, ==, nicks[i]);
      g_assert_cmpstr (offer->name, !=, "");
      g_assert_true (ferry_guest_check_name (offer->nick, NULL));
      g_assert_true (offer->secure_boot == (i == 0));
      g_assert_true (offer->tpm == (i == 0));
    }
}

/* What the database adds: ids for the XML, and sizes. */
static void
test_database (Fixture *fixture, gconstpointer data)
{
  static const char *const nicks[] = { "win11", "win10", "ubuntu", "fedora", "debian", "manjaro" };
  const FerryOffer *eleven = ferry_catalogue_find (fixture->catalogue, "win11");

  if (!ferry_catalogue_has_database (fixture->catalogue))
    {
      g_test_skip ("the database of libosinfo is not installed");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (nicks); i++)
    {
      const FerryOffer *offer = ferry_catalogue_find (fixture->catalogue, nicks[i]);

      g_assert_cmpstr (offer->id, !=, "");
      g_assert_true (g_str_has_prefix (offer->uri, "http"));
      g_assert_cmpuint (offer->needs.memory_min + offer->needs.memory_recommended, >, 0);
    }
  g_assert_cmpstr (eleven->uri, ==, "http://microsoft.com/win/11");
  g_assert_cmpuint (eleven->needs.memory_min, ==, G_GUINT64_CONSTANT (4) << 30);
  g_assert_cmpuint (eleven->needs.disk_min, ==, G_GUINT64_CONSTANT (64) << 30);
  g_assert_cmpuint (eleven->needs.processors_min, ==, 2);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryGuest) guest = ferry_guest_new ();
  const FerryOffer *offer = ferry_catalogue_find (fixture->catalogue, "win11");

  ferry_offer_apply (offer, guest);
  g_assert_cmpstr (guest->system, ==, offer->id);
  g_assert_cmpstr (guest->system_id, ==, offer->uri);
  g_assert_cmpint (guest->family, ==, FERRY_GUEST_WINDOWS);
  g_assert_true (guest->secure_boot && guest->tpm);
  ferry_offer_apply (ferry_catalogue_find (fixture->catalogue, "ubuntu"), guest);
  g_assert_cmpint (guest->family, ==, FERRY_GUEST_LINUX);
  g_assert_false (guest->secure_boot || guest->tpm);
  g_assert_null (ferry_catalogue_find (fixture->catalogue, "no-such-system"));
}

typedef struct
{
  const char *file, *volume, *publisher;
  FerryDiscKind kind;
  FerryGuestFamily family;
  const char *nick; /* of the system's offer, or how its id begins; NULL for none */
  const char *title;
} Sample;

/* The names are those of the published images. */
static const Sample samples[] = {
  { "Win11_24H2_German_x64.iso", "CCCOMA_X64FRE_DE-DE_DV9", "MICROSOFT CORPORATION",
    FERRY_DISC_INSTALLER, FERRY_GUEST_WINDOWS, "win11", "Windows 11" },
  { "Win10_22H2_English_x64v1.iso", "CCCOMA_X64FRE_EN-US_DV9", "MICROSOFT CORPORATION",
    FERRY_DISC_INSTALLER, FERRY_GUEST_WINDOWS, "win10", "Windows 10" },
  { "u.iso", "Ubuntu 22.04.1 LTS amd64", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "ubuntu",
    NULL },
  { "u.iso", "Ubuntu 24.04.1 LTS amd64", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "ubuntu",
    NULL },
  { "u.iso", "Ubuntu 39.10 amd64", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "ubuntu",
    "Ubuntu 39.10 amd64" },
  { "m.iso", "MANJARO_KDE_2313", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "manjaro", NULL },
  { "f.iso", "Fedora-WS-Live-88-1-1", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "fedora",
    "Fedora-WS-Live-88-1-1" },
  { "d.iso", "Debian 42.5.0 amd64 n", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "debian",
    "Debian 42.5.0 amd64 n" },
  { "a.iso", "ARCH_202401", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX, "arch", NULL },
  { "l.iso", "Linux Mint 21.3 Cinnamon 64-bit", "", FERRY_DISC_INSTALLER, FERRY_GUEST_LINUX,
    "linux", "Linux Mint 21.3 Cinnamon 64-bit" },
  { "virtio-win.iso", "virtio-win-0.1.240", "", FERRY_DISC_DRIVERS, FERRY_GUEST_OTHER, NULL,
    "virtio-win-0.1.240" },
  { "holiday.iso", "HOLIDAY_PICTURES", "", FERRY_DISC_UNKNOWN, FERRY_GUEST_OTHER, NULL,
    "HOLIDAY PICTURES" },
  { "nameless.iso", "", "", FERRY_DISC_UNKNOWN, FERRY_GUEST_OTHER, NULL, "nameless.iso" },
};

static void
test_images (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const Sample *sample = &samples[i];
      g_autoptr (FerryDisc) disc
          = identify (fixture, sample->file, sample->volume, sample->publisher);

      g_test_message ("%s: kind %d, %s, %s", sample->volume, disc->kind, disc->title,
                      disc->offer != NULL ? disc->offer->id : "-");
      g_assert_cmpint (disc->kind, ==, sample->kind);
      g_assert_cmpstr (disc->volume, ==, sample->volume);
      g_assert_true ((disc->offer != NULL) == (sample->nick != NULL));
      if (sample->nick != NULL)
        g_assert_true (g_str_has_prefix (disc->offer->nick, sample->nick)
                       || g_str_has_prefix (disc->offer->id, sample->nick));
      if (sample->nick != NULL)
        g_assert_cmpint (disc->offer->family, ==, sample->family);
      if (sample->title != NULL)
        g_assert_cmpstr (disc->title, ==, sample->title);
    }
}

/* What is no image is no error; nor do bytes that nobody expects end the program. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("[Desktop Entry]\n", 16);
  g_autoptr (GBytes) whole = make_image ("\377\376\"<&%s\n", "\001\002");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 16 * SECTOR + 50);
  g_autoptr (FerryDisc) a = identify_bytes (fixture, "a", nothing);
  g_autoptr (FerryDisc) b = identify_bytes (fixture, "b.iso", text);
  g_autoptr (FerryDisc) c = identify_bytes (fixture, "c.iso", cut);
  g_autoptr (FerryDisc) d = identify_bytes (fixture, "d.iso", whole);

  g_assert_cmpint (a->kind, ==, FERRY_DISC_NONE);
  g_assert_cmpint (b->kind, ==, FERRY_DISC_NONE);
  g_assert_cmpint (c->kind, ==, FERRY_DISC_NONE);
  g_assert_cmpstr (b->title, ==, "b.iso");
  g_assert_cmpint (d->kind, ==, FERRY_DISC_UNKNOWN);
  g_assert_true (g_utf8_validate (d->title, -1, NULL));
  g_assert_true (g_utf8_validate (d->volume, -1, NULL));
}

static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.iso", NULL);
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_null (ferry_catalogue_identify (fixture->catalogue, missing, &absent));
  g_assert_error (absent, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_null (ferry_catalogue_identify (fixture->catalogue, fixture->folder, &folder));
  g_assert_error (folder, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED);
}

/* Names with signs that mean something in an address. */
static void
test_odd_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a b.iso", "50%25.iso", "a#b?.iso", "ü\"'.iso" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FerryDisc) disc = identify (fixture, names[i], "MANJARO_KDE_2313", "");
      g_assert_cmpint (disc->kind, ==, FERRY_DISC_INSTALLER);
    }
}

/* Without the database the list is the same, and images are told by their names. */
static void
test_no_database (void)
{
  const char *const folder = "/nonexistent";
  g_autoptr (FerryCatalogue) catalogue = NULL;
  const FerryOffer *offer;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("OSINFO_SYSTEM_DIR", folder, TRUE);
  g_setenv ("OSINFO_LOCAL_DIR", folder, TRUE);
  g_setenv ("OSINFO_USER_DIR", folder, TRUE);
  catalogue = ferry_catalogue_open ();
  g_assert_false (ferry_catalogue_has_database (catalogue));
  g_assert_cmpuint (ferry_catalogue_list (catalogue)->len, ==, 9);
  offer = ferry_catalogue_find (catalogue, "win11");
  g_assert_true (offer->tpm && offer->secure_boot);
  g_assert_cmpint (offer->family, ==, FERRY_GUEST_WINDOWS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/catalogue/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("list", test_list);
  ADD ("database", test_database);
  ADD ("apply", test_apply);
  ADD ("images", test_images);
  ADD ("hostile", test_hostile);
  ADD ("not-a-file", test_not_a_file);
  ADD ("odd-names", test_odd_names);
  g_test_add_func ("/catalogue/no-database", test_no_database);
  return g_test_run ();
}
