/* test-intent.c: what a caller may say, and everything else that is refused. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "plan/intent.h"

static FerryIntent *
parse (const char *text, GError **error)
{
  g_autoptr (GVariant) variant = g_variant_parse (NULL, text, NULL, NULL, NULL);

  g_assert_nonnull (variant);
  return ferry_intent_from_variant (variant, error);
}

static void
test_round_trip (void)
{
  g_autoptr (FerryIntent) intent = parse ("{'cards': <['0000:01:00.0', '10000:e1:00.0']>, 'binding': <'address'>,"
                                          " 'install': <false>, 'join-group': <true>}", NULL);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (FerryIntent) again = NULL;

  g_assert_nonnull (intent);
  g_assert_cmpuint (intent->cards->len, ==, 2);
  g_assert_cmpint (intent->binding, ==, FERRY_BINDING_ADDRESS);
  g_assert_false (intent->install);
  g_assert_true (intent->join_group);
  g_assert_true (intent->passthrough_mode);
  variant = g_variant_ref_sink (ferry_intent_to_variant (intent));
  again = ferry_intent_from_variant (variant, NULL);
  g_assert_cmpuint (again->cards->len, ==, 2);
  g_assert_cmphex (g_array_index (again->cards, FerryAddress, 1).domain, ==, 0x10000);
  g_assert_true (again->join_group);
}

/* Consent is never the default. */
static void
test_defaults (void)
{
  g_autoptr (FerryIntent) intent = parse ("@a{sv} {}", NULL);

  g_assert_false (intent->join_group);
  g_assert_false (intent->accept_only_display);
  g_assert_false (intent->accept_acs_override);
  g_assert_cmpint (intent->binding, ==, FERRY_BINDING_AUTO);
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "{'x': <true>}", "{'cards': <'0000:01:00.0'>}", "{'cards': <['01:00.0']>}", "{'cards': <['0000:01:00.8']>}",
    "{'cards': <['0000:01:20.0']>}", "{'cards': <['0000:01:00.0 ']>}", "{'cards': <['0000:01:00.0\\n']>}",
    "{'cards': <['0000:01:00.0', '0000:01:00.0']>}", "{'cards': <['/etc/passwd']>}", "{'binding': <'ids '>}",
    "{'binding': <''>}", "{'binding': <1>}", "{'install': <'true'>}", "{'install': <1>}",
    "{'cards': <['0000:01:00.0','0000:02:00.0','0000:03:00.0','0000:04:00.0','0000:05:00.0','0000:06:00.0',"
    "'0000:07:00.0','0000:08:00.0','0000:09:00.0']>}", "['x']", "1", "{'init=/bin/sh': <true>}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (bad[i], &error));
      g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
      g_assert_null (strstr (error->message, "init="));
    }
}

/* Each field has its option, and a default needs none. */
static void
test_options (void)
{
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autofree char *nothing = ferry_intent_to_options (intent);
  g_autofree char *all = NULL;
  const FerryAddress cards[] = { { 0, 1, 0, 0 }, { 0, 2, 0, 0 } };

  g_assert_cmpstr (nothing, ==, "");
  g_array_append_vals (intent->cards, cards, G_N_ELEMENTS (cards));
  intent->binding = FERRY_BINDING_ADDRESS;
  intent->install = intent->passthrough_mode = intent->show_menu = FALSE;
  intent->join_group = intent->accept_only_display = intent->accept_acs_override = TRUE;
  all = ferry_intent_to_options (intent);
  g_assert_cmpstr (all, ==,
                   " --card 0000:01:00.0 --card 0000:02:00.0 --binding address --no-install --no-passthrough-mode "
                   "--keep-menu --join-group --accept-only-display --accept-acs-override");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intent/round-trip", test_round_trip);
  g_test_add_func ("/intent/defaults", test_defaults);
  g_test_add_func ("/intent/refused", test_refused);
  g_test_add_func ("/intent/options", test_options);
  return g_test_run ();
}
