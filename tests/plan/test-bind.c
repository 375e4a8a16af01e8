/* test-bind.c: how a card is taken when another device has the same ids. */
#include "config.h"

#include "plan/verdict.h"

#include "sample.h"

#define GTX "0000:01:00.0"

typedef struct
{
  const char *name;
  guint16 vendor, device, subvendor, subdevice; /* of the other device */
  guint16 own_subvendor, own_subdevice;
  guint32 class_code;
  FerryBind bind;
  gboolean twin;
} BindCase;

static const BindCase bind_cases[] = {
  { "other-model", 0x10de, 0x1b81, 0, 0, 0, 0, 0x030000, FERRY_BIND_IDS, FALSE },
  { "same-unknown-subsystem", 0x10de, 0x13c2, 0, 0, 0x1043, 0x8508, 0x030000, FERRY_BIND_ADDRESS,
    TRUE },
  { "same-subsystem", 0x10de, 0x13c2, 0x1043, 0x8508, 0x1043, 0x8508, 0x030000, FERRY_BIND_ADDRESS,
    TRUE },
  { "other-subsystem", 0x10de, 0x13c2, 0x1458, 0x36b8, 0x1043, 0x8508, 0x030000,
    FERRY_BIND_SUBSYSTEM_IDS, TRUE },
  { "other-model-of-one-maker", 0x10de, 0x13c2, 0x1043, 0x8509, 0x1043, 0x8508, 0x030000,
    FERRY_BIND_SUBSYSTEM_IDS, TRUE },
  { "own-unknown-subsystem", 0x10de, 0x13c2, 0x1458, 0x36b8, 0, 0, 0x030000, FERRY_BIND_ADDRESS,
    TRUE },
  { "bridge", 0x10de, 0x13c2, 0, 0, 0, 0, 0x060400, FERRY_BIND_IDS, FALSE },
};

static void
test_bind (gconstpointer data)
{
  const BindCase *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryVerdict) verdict = NULL;
  FerryDevice *own = ferry_sample_get (machine, GTX);
  FerryDevice *other
      = ferry_sample_add (machine, "0000:05:00.0", one->class_code, one->vendor, one->device, 16);

  other->subvendor = one->subvendor;
  other->subdevice = one->subdevice;
  own->subvendor = one->own_subvendor;
  own->subdevice = one->own_subdevice;
  verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
  g_assert_cmpint (verdict->bind, ==, one->bind);
  g_assert_cmpint (ferry_verdict_find (verdict, "identical-ids") != NULL, ==, one->twin);
  g_assert_cmpint (verdict->verdict, ==, FERRY_CARD_YES);
}

/* One twin with other subsystem ids, one with the same: only the address is left. */
static void
test_bind_mixed (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryVerdict) verdict = NULL;
  FerryDevice *own = ferry_sample_get (machine, GTX);
  FerryDevice *near = ferry_sample_add (machine, "0000:05:00.0", 0x030000, 0x10de, 0x13c2, 16);
  FerryDevice *far = ferry_sample_add (machine, "0000:06:00.0", 0x030000, 0x10de, 0x13c2, 17);

  own->subvendor = near->subvendor = 0x1043;
  own->subdevice = near->subdevice = 0x8508;
  far->subvendor = 0x1458;
  verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
  g_assert_cmpint (verdict->bind, ==, FERRY_BIND_ADDRESS);
  g_assert_cmpuint (ferry_verdict_find (verdict, "identical-ids")->devices->len, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bind_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bind/", bind_cases[i].name, NULL);

      g_test_add_data_func (path, &bind_cases[i], test_bind);
    }
  g_test_add_func ("/bind/mixed", test_bind_mixed);
  return g_test_run ();
}
