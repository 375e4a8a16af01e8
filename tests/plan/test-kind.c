/* test-kind.c: devices in a newcomer's words, and cards that do not restart cleanly. */
#include "config.h"

#include <string.h>

#include "plan/kind.h"
#include "plan/reset.h"

#include "sample.h"

/* Every class has a word, and a long list stays short. */
static void
test_kinds (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_new (FERRY_VENDOR_INTEL);
  g_autofree char *few = NULL, *ids = NULL;
  g_autoptr (GPtrArray) three = g_ptr_array_new ();

  for (guint class = 0; class < 256; class ++)
    {
      g_autofree char *id = g_strdup_printf ("0000:%02x:00.0", class);
      FerryDevice *device = ferry_sample_add (machine, id, class << 16, 0x1234, 0x5678, 1);
      g_autofree char *word = ferry_kind_describe (device);

      g_assert_cmpuint (strlen (word), >, 4);
    }
  ids = ferry_kind_list_ids (machine->devices);
  g_assert_cmpuint (strlen (ids), <, 200);
  g_assert_nonnull (strstr (ids, "and 248 more"));

  g_ptr_array_add (three, ferry_sample_add (machine, "0001:00:00.0", 0x0c0330, 1, 1, 1));
  g_ptr_array_add (three, ferry_sample_add (machine, "0001:00:00.1", 0x0c0330, 1, 1, 1));
  g_ptr_array_add (three, ferry_sample_add (machine, "0001:00:00.2", 0x010802, 1, 1, 1));
  few = ferry_kind_describe_list (three);
  g_assert_cmpstr (few, ==, "a USB controller (×2) and an SSD (NVMe)");
}

static void
test_reset (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_new (FERRY_VENDOR_AMD);
  FerryDevice *vega = ferry_sample_add (machine, "0000:01:00.0", 0x030000, 0x1002, 0x687f, 1);
  FerryDevice *rx6800 = ferry_sample_add (machine, "0000:02:00.0", 0x030000, 0x1002, 0x73bf, 2);
  FerryDevice *other = ferry_sample_add (machine, "0000:03:00.0", 0x030000, 0x10de, 0x687f, 3);

  g_assert_true (ferry_reset_is_unreliable (vega));
  g_assert_false (ferry_reset_is_unreliable (rx6800));
  g_assert_false (ferry_reset_is_unreliable (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/words", test_kinds);
  g_test_add_func ("/kind/reset", test_reset);
  return g_test_run ();
}
