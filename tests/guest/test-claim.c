/* test-claim.c: two virtual machines that have the same card. */
#include "config.h"

#include <string.h>

#include "guest/claim.h"

static FerryResident *
make_resident (const char *name, FerryPower power, guint8 bus)
{
  FerryResident *resident = g_new0 (FerryResident, 1);
  const FerryAddress picture = { 0, bus, 0, 0 }, sound = { 0, bus, 0, 1 };

  resident->name = g_strdup (name);
  resident->power = power;
  resident->functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));
  g_array_append_val (resident->functions, picture);
  g_array_append_val (resident->functions, sound);
  return resident;
}

static GArray *
make_functions (guint8 bus, guint8 function)
{
  GArray *functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));
  const FerryAddress address = { 0, bus, 0, function };

  g_array_append_val (functions, address);
  return functions;
}

static void
test_claims (void)
{
  g_autoptr (GPtrArray) residents = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_resident_free);
  g_autoptr (GArray) sound = make_functions (1, 1), other = make_functions (3, 0);
  g_autoptr (GPtrArray) claims = NULL, none = NULL, rest = NULL;
  g_autofree char *sentence = NULL, *running = NULL, *gear = NULL, *gear_running = NULL;

  g_ptr_array_add (residents, make_resident ("one", FERRY_POWER_OFF, 1));
  g_ptr_array_add (residents, make_resident ("two", FERRY_POWER_ON, 1));
  g_ptr_array_add (residents, make_resident ("far", FERRY_POWER_ON, 2));

  claims = ferry_claim_find (residents, sound, NULL);
  g_assert_cmpuint (claims->len, ==, 2);
  g_assert_true (ferry_claim_is_running (claims));
  running = ferry_claim_describe (claims);
  g_assert_nonnull (strstr (running, "“one”, “two”"));
  g_assert_nonnull (strstr (running, "shut that one down"));

  rest = ferry_claim_find (residents, sound, "two");
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_false (ferry_claim_is_running (rest));
  sentence = ferry_claim_describe (rest);
  g_assert_nonnull (strstr (sentence, "only one of them can run"));

  gear = ferry_claim_describe_gear (rest);
  g_assert_nonnull (strstr (gear, "other devices is also given to “one”. Both"));
  gear_running = ferry_claim_describe_gear (claims);
  g_assert_nonnull (strstr (gear_running, "“one”, “two”, which is running"));

  none = ferry_claim_find (residents, other, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (ferry_claim_describe (none));
  g_assert_null (ferry_claim_describe_gear (none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claim/claims", test_claims);
  return g_test_run ();
}
