/* test-virt.c: the connection, against the libvirt that plays in the program itself (test:///default): no daemon, no root. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/removal.h"
#include "guest/symptom.h"
#include "guest/trail.h"
#include "guest/virt.h"

#define URI "test:///default"
#define XML(name) "<domain type='test'><name>" name "</name><memory>262144</memory><os><type>hvm</type></os></domain>"

static FerryVirt *
open_virt (void)
{
  g_autoptr (GError) error = NULL;
  FerryVirt *virt = ferry_virt_open (URI, NULL, &error);

  if (virt == NULL)
    g_test_skip (error->message);
  return virt;
}

static void
test_residents (void)
{
  g_autoptr (FerryVirt) virt = open_virt ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) residents = NULL;
  g_autoptr (FerryResident) made = NULL;
  g_autofree char *kept = NULL;

  if (virt == NULL)
    return;
  g_assert_true (ferry_virt_is_alive (virt));
  kept = ferry_virt_define (virt, XML ("Günther's PC"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (kept, "PC</name>"));
  g_assert_true (ferry_virt_has (virt, "Günther's PC"));
  g_assert_false (ferry_virt_has (virt, "nobody"));
  residents = ferry_virt_list (virt, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (residents->len, ==, 2);

  g_assert_true (ferry_virt_start (virt, "Günther's PC", &error));
  made = ferry_virt_find (virt, "Günther's PC", &error);
  g_assert_cmpint (made->power, ==, FERRY_POWER_ON);
  g_assert_cmpuint (made->functions->len, ==, 0);
  g_assert_false (ferry_virt_start (virt, "Günther's PC", &error));
  g_assert_nonnull (ferry_symptom_get_raw (error));
  g_clear_error (&error);
  g_assert_true (ferry_virt_switch_off (virt, "Günther's PC", &error));
  g_assert_true (ferry_virt_undefine (virt, "Günther's PC", &error));
  g_assert_no_error (error);
}

static void
test_refusals (void)
{
  g_autoptr (FerryVirt) virt = open_virt ();
  g_autoptr (GError) error = NULL;

  if (virt == NULL)
    return;
  g_assert_null (ferry_virt_find (virt, "nobody", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "“nobody”"));
  g_clear_error (&error);
  g_assert_null (ferry_virt_define (virt, "<domain type='test'><name>x</name><bogus/></domain>", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
  g_assert_nonnull (strstr (ferry_symptom_get_raw (error), "XML"));
  g_clear_error (&error);
  g_assert_null (ferry_virt_define (virt, "rubbish", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (ferry_virt_start_network (virt, "nowhere", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (ferry_virt_find_pool (virt, "nowhere", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_storage (void)
{
  g_autoptr (FerryVirt) virt = open_virt ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryPool) pool = NULL;
  g_autofree char *path = NULL, *again = NULL;

  if (virt == NULL)
    return;
  pool = ferry_virt_find_pool (virt, "default-pool", &error);
  g_assert_no_error (error);
  g_assert_true (pool->active);
  g_assert_cmpstr (pool->type, ==, "dir");
  g_assert_cmpstr (pool->path, ==, "/default-pool");
  path = ferry_virt_make_volume (virt, "default-pool", "a & b.qcow2", "qcow2", 1 << 20, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, "/default-pool/a & b.qcow2");
  g_assert_true (ferry_virt_has_volume (virt, "default-pool", "a & b.qcow2"));
  again = ferry_virt_make_volume (virt, "default-pool", "a & b.qcow2", "qcow2", 1 << 20, 0, &error);
  g_assert_null (again);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (ferry_virt_delete_volume (virt, path, &error));
  g_assert_true (ferry_virt_delete_volume (virt, path, &error));
  g_assert_no_error (error);
}

/* Only the machine that was made is taken back, never another of the same name. */
static void
test_trail (void)
{
  g_autoptr (FerryVirt) virt = open_virt ();
  g_autoptr (FerryTrail) trail = NULL;
  g_autoptr (FerryResident) resident = NULL;
  g_autofree char *kept = NULL, *path = NULL, *left = NULL, *step = NULL;
  g_auto (GStrv) volumes = NULL;

  if (virt == NULL)
    return;
  trail = ferry_trail_new (virt);
  kept = ferry_virt_define (virt, XML ("mine"), NULL);
  path = ferry_virt_make_volume (virt, "default-pool", "mine.qcow2", "qcow2", 1 << 20, 0, NULL);
  ferry_trail_add (trail, FERRY_TRAIL_VOLUME, path);
  ferry_trail_add (trail, FERRY_TRAIL_MACHINE, "mine\n00000000-0000-0000-0000-000000000000");
  volumes = ferry_trail_list_volumes (trail);
  g_assert_cmpuint (g_strv_length (volumes), ==, 1);
  g_assert_true (ferry_trail_take_back (trail, &left));
  g_assert_null (left);
  g_assert_false (ferry_virt_has_volume (virt, "default-pool", "mine.qcow2"));
  g_assert_true (ferry_virt_has (virt, "mine"));

  resident = ferry_virt_find (virt, "mine", NULL);
  step = g_strconcat ("mine\n", resident->uuid, NULL);
  ferry_trail_add (trail, FERRY_TRAIL_MACHINE, step);
  g_assert_true (ferry_trail_take_back (trail, &left));
  g_assert_false (ferry_virt_has (virt, "mine"));

  ferry_trail_add (trail, FERRY_TRAIL_NETWORK, "never-there");
  g_assert_false (ferry_trail_take_back (trail, &left));
  g_assert_cmpstr (left, ==, "“never-there”");
}

static void
test_removal (void)
{
  g_autoptr (FerryVirt) virt = open_virt ();
  g_autoptr (FerryRemoval) foreign = NULL, running = NULL;
  g_autoptr (GError) error = NULL;

  if (virt == NULL)
    return;
  running = ferry_removal_plan (virt, "test", &error);
  g_assert_no_error (error);
  g_assert_true (running->running);
  g_assert_false (running->ours);
  g_assert_cmpuint (g_strv_length (running->files), ==, 0);
  g_assert_false (ferry_removal_run (virt, running, FALSE, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (ferry_removal_plan (virt, "nobody", &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND);
}

static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_assert_null (ferry_virt_open ("qemu+unix:///system?socket=/nowhere/libvirt-sock", NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (ferry_symptom_get_raw (error));
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (ferry_virt_open ("qemu+unix:///system?socket=/nowhere/libvirt-sock", cancelled, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virt/residents", test_residents);
  g_test_add_func ("/virt/refusals", test_refusals);
  g_test_add_func ("/virt/storage", test_storage);
  g_test_add_func ("/virt/trail", test_trail);
  g_test_add_func ("/virt/removal", test_removal);
  g_test_add_func ("/virt/nobody-there", test_nobody_there);
  return g_test_run ();
}
