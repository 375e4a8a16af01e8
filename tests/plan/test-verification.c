/* test-verification.c: what is found after the restart, one computer for each symptom.
 */
#include "config.h"

#include <string.h>
#include <json-glib/json-glib.h>

#include "plan/verification-listing.h"

#include "patient.h"
#include "sample.h"

#define PASS FERRY_CHECK_PASS
#define WARN FERRY_CHECK_WARN
#define FAIL FERRY_CHECK_FAIL
#define UNSEEN FERRY_CHECK_UNKNOWN
/* The finding is not there. */
#define ABSENT ((FerryCheckVerdict) 99)

static const struct
{
  const char *name;
  const char *ailment;
  FerryResult result;
  const char *id;
  FerryCheckVerdict verdict;
  FerryFix fix;
} cases[] = {
  { "works", "leave", FERRY_RESULT_WORKS, "card-driver", PASS, FERRY_FIX_NONE },
  { "works/words", "leave", FERRY_RESULT_WORKS, "command-line", PASS, FERRY_FIX_NONE },
  { "works/iommu", "leave", FERRY_RESULT_WORKS, "iommu", PASS, FERRY_FIX_NONE },
  { "works/group", "leave", FERRY_RESULT_WORKS, "group", PASS, FERRY_FIX_NONE },
  { "works/screen", "leave", FERRY_RESULT_WORKS, "screen", PASS, FERRY_FIX_NONE },
  { "works/disk", "leave", FERRY_RESULT_WORKS, "disk", PASS, FERRY_FIX_NONE },
  { "works/vfio", "leave", FERRY_RESULT_WORKS, "vfio-files", PASS, FERRY_FIX_NONE },
  { "works/remapping", "leave", FERRY_RESULT_WORKS, "interrupt-remapping", PASS, FERRY_FIX_NONE },
  { "works/settings", "leave", FERRY_RESULT_WORKS, "settings", PASS, FERRY_FIX_NONE },
  { "works/parts", "leave", FERRY_RESULT_WORKS, "card-parts", ABSENT, FERRY_FIX_NONE },
  { "works/place", "leave", FERRY_RESULT_WORKS, "card-place", ABSENT, FERRY_FIX_NONE },
  /* 1 */
  { "kvm/firmware", "switch_kvm_off", FERRY_RESULT_STEPS, "kvm", FAIL, FERRY_FIX_FIRMWARE },
  { "kvm/held", "hold_kvm", FERRY_RESULT_STEPS, "kvm", FAIL, FERRY_FIX_NONE },
  /* 2, 3 */
  { "iommu/word", "leave_iommu_off", FERRY_RESULT_STEPS, "iommu", FAIL, FERRY_FIX_RESTART },
  { "iommu/firmware", "switch_vtd_off", FERRY_RESULT_STEPS, "iommu", FAIL, FERRY_FIX_FIRMWARE },
  { "iommu/table", "break_table", FERRY_RESULT_STEPS, "iommu", FAIL, FERRY_FIX_NONE },
  /* 4 */
  { "words/lost", "lose_words", FERRY_RESULT_STEPS, "command-line", FAIL, FERRY_FIX_RESTART },
  { "words/entry", "lose_words_with_menu", FERRY_RESULT_STEPS, "command-line", FAIL,
    FERRY_FIX_RESTART },
  { "words/menu", "lose_words_from_menu", FERRY_RESULT_STEPS, "command-line", FAIL,
    FERRY_FIX_UNDO },
  { "words/edited", "lose_words_and_settings", FERRY_RESULT_STEPS, "command-line", FAIL,
    FERRY_FIX_APPLY },
  { "words/rescue", "start_for_rescue", FERRY_RESULT_STEPS, "command-line-against", FAIL,
    FERRY_FIX_RESTART },
  /* 5 */
  { "driver/race", "take_card", FERRY_RESULT_STEPS, "card-driver", FAIL, FERRY_FIX_UNDO },
  { "driver/image", "make_image_without", FERRY_RESULT_STEPS, "card-driver", FAIL, FERRY_FIX_UNDO },
  { "driver/preset", "lose_preset", FERRY_RESULT_STEPS, "card-driver", FAIL, FERRY_FIX_APPLY },
  { "driver/updated", "update_running_kernel", FERRY_RESULT_STEPS, "card-driver", FAIL,
    FERRY_FIX_RESTART },
  { "driver/none", "reserve_nothing", FERRY_RESULT_STEPS, "card-driver", FAIL, FERRY_FIX_UNDO },
  /* 6 */
  { "parts/audio", "leave_audio", FERRY_RESULT_STEPS, "card-parts", FAIL, FERRY_FIX_UNDO },
  { "parts/usb", "add_usb", FERRY_RESULT_WORKS, "card-parts", WARN, FERRY_FIX_NONE },
  /* 7 */
  { "twin/both", "take_both_cards", FERRY_RESULT_STEPS, "twin-card", FAIL, FERRY_FIX_UNDO },
  { "twin/wrong", "take_other_card", FERRY_RESULT_STEPS, "twin-card", FAIL, FERRY_FIX_UNDO },
  /* 8 */
  { "screen/none", "hide_own_card", FERRY_RESULT_STEPS, "screen", FAIL, FERRY_FIX_UNDO },
  { "screen/taken", "lose_last_screen", FERRY_RESULT_STEPS, "screen", FAIL, FERRY_FIX_UNDO },
  { "screen/agreed", "want_no_screen", FERRY_RESULT_WORKS, "screen", WARN, FERRY_FIX_NONE },
  { "screen/unplugged", "unplug_screen", FERRY_RESULT_STEPS, "screen", FAIL, FERRY_FIX_NONE },
  { "screen/driver", "lose_own_driver", FERRY_RESULT_STEPS, "screen", FAIL, FERRY_FIX_NONE },
  { "screen/hidden", "hide_sockets", FERRY_RESULT_WORKS, "screen", UNSEEN, FERRY_FIX_NONE },
  /* 9 */
  { "picture/old", "run_old_kernel", FERRY_RESULT_WORKS, "boot-picture", WARN, FERRY_FIX_NONE },
  { "picture/first", "start_on_card", FERRY_RESULT_WORKS, "boot-picture", WARN, FERRY_FIX_NONE },
  { "picture/fine", "leave", FERRY_RESULT_WORKS, "boot-picture", ABSENT, FERRY_FIX_NONE },
  /* 10 */
  { "disk/taken", "take_disk", FERRY_RESULT_STEPS, "disk", FAIL, FERRY_FIX_UNDO },
  { "others/network", "take_network", FERRY_RESULT_WORKS, "other-devices", WARN, FERRY_FIX_NONE },
  /* 11 */
  { "group/neighbour", "add_neighbour", FERRY_RESULT_STEPS, "group", FAIL, FERRY_FIX_CARD },
  { "group/changed", "add_neighbour", FERRY_RESULT_STEPS, "group-changed", FAIL, FERRY_FIX_UNDO },
  /* 12 */
  { "remapping/off", "lose_remapping", FERRY_RESULT_STEPS, "interrupt-remapping", FAIL,
    FERRY_FIX_FIRMWARE },
  { "remapping/refused", "refuse_remapping", FERRY_RESULT_STEPS, "interrupt-remapping", FAIL,
    FERRY_FIX_FIRMWARE },
  { "remapping/unsafe", "allow_unsafe", FERRY_RESULT_WORKS, "interrupt-remapping", WARN,
    FERRY_FIX_NONE },
  /* 13 */
  { "mapping/card", "demand_mapping", FERRY_RESULT_STEPS, "one-to-one", FAIL, FERRY_FIX_FIRMWARE },
  { "mapping/other", "demand_mapping_elsewhere", FERRY_RESULT_WORKS, "one-to-one", ABSENT,
    FERRY_FIX_NONE },
  /* 14, 17 */
  { "memory/held", "hold_memory", FERRY_RESULT_STEPS, "card-memory", FAIL, FERRY_FIX_FIRMWARE },
  { "memory/space", "lack_space", FERRY_RESULT_WORKS, "card-memory", WARN, FERRY_FIX_FIRMWARE },
  { "memory/other", "lack_space_elsewhere", FERRY_RESULT_WORKS, "card-memory", ABSENT,
    FERRY_FIX_NONE },
  /* 15 */
  { "rom/old", "lack_rom", FERRY_RESULT_WORKS, "card-rom", WARN, FERRY_FIX_NONE },
  { "rom/shadow", "start_on_card_by_bios", FERRY_RESULT_WORKS, "card-rom", WARN, FERRY_FIX_NONE },
  { "rom/broken", "break_rom", FERRY_RESULT_WORKS, "card-rom", WARN, FERRY_FIX_NONE },
  /* 18 */
  { "reset/failed", "spoil_reset", FERRY_RESULT_STEPS, "card-lost", FAIL, FERRY_FIX_NONE },
  { "reset/power", "lose_power", FERRY_RESULT_STEPS, "card-lost", FAIL, FERRY_FIX_NONE },
  { "reset/silent", "silence_card", FERRY_RESULT_STEPS, "card-lost", FAIL, FERRY_FIX_NONE },
  { "reset/known", "use_navi", FERRY_RESULT_WORKS, "card-reset", WARN, FERRY_FIX_NONE },
  /* 21, 22, 23 */
  { "software/network", "lack_dnsmasq", FERRY_RESULT_WORKS, "network", WARN, FERRY_FIX_NONE },
  { "software/network-off", "switch_network_off", FERRY_RESULT_WORKS, "network", WARN, FERRY_FIX_NONE },
  { "software/libvirt", "stop_libvirt", FERRY_RESULT_WORKS, "libvirt", WARN, FERRY_FIX_APPLY },
  { "software/group", "stay_out_of_group", FERRY_RESULT_WORKS, "libvirt", WARN, FERRY_FIX_NONE },
  { "software/tpm", "lack_tpm", FERRY_RESULT_WORKS, "vm-software", WARN, FERRY_FIX_NONE },
  /* 25 and other changes after updates */
  { "later/kernel", "run_new_kernel", FERRY_RESULT_WORKS, "kernel", PASS, FERRY_FIX_NONE },
  { "later/kernel-without", "run_new_kernel_without", FERRY_RESULT_STEPS, "card-driver", FAIL,
    FERRY_FIX_UNDO },
  { "later/image", "make_image_without", FERRY_RESULT_STEPS, "start-files", FAIL, FERRY_FIX_UNDO },
  { "later/prepared", "prepare_all", FERRY_RESULT_WORKS, "start-files", PASS, FERRY_FIX_NONE },
  { "later/edited", "edit_drop_in", FERRY_RESULT_STEPS, "settings", FAIL, FERRY_FIX_APPLY },
  { "later/harmless", "edit_harmlessly", FERRY_RESULT_WORKS, "settings", WARN, FERRY_FIX_NONE },
  { "later/preset", "bring_preset", FERRY_RESULT_STEPS, "settings", FAIL, FERRY_FIX_APPLY },
  { "later/moved", "move_card", FERRY_RESULT_STEPS, "card-place", FAIL, FERRY_FIX_CARD },
  { "later/exchanged", "exchange_card", FERRY_RESULT_STEPS, "card-place", FAIL, FERRY_FIX_CARD },
  { "later/removed", "remove_card", FERRY_RESULT_STEPS, "card-place", FAIL, FERRY_FIX_UNDO },
  { "later/updated", "update_running_kernel", FERRY_RESULT_STEPS, "kernel", WARN,
    FERRY_FIX_RESTART },
  /* dev/vfio */
  { "vfio/missing", "lose_group_file", FERRY_RESULT_STEPS, "vfio-files", FAIL, FERRY_FIX_RESTART },
  { "vfio/new", "use_new_files", FERRY_RESULT_WORKS, "vfio-files", PASS, FERRY_FIX_NONE },
  /* where the person stands */
  { "stand/waiting", "not_restart", FERRY_RESULT_RESTART, "change", WARN, FERRY_FIX_RESTART },
  { "stand/waiting-quiet", "not_restart", FERRY_RESULT_RESTART, "card-driver", ABSENT,
    FERRY_FIX_NONE },
  { "stand/undone", "undo_and_restart", FERRY_RESULT_NOTHING, "change", WARN, FERRY_FIX_CARD },
  { "stand/left-over", "forget_change", FERRY_RESULT_WORKS, "change", WARN, FERRY_FIX_RESTART },
  { "stand/unseen", "see_nothing", FERRY_RESULT_UNKNOWN, "change", UNSEEN, FERRY_FIX_NONE },
  { "stand/card-seen", "see_card_only", FERRY_RESULT_WORKS, "card-driver", PASS, FERRY_FIX_NONE },
};

static void
assert_said (const FerryFinding *finding)
{
  g_assert_cmpstr (finding->title, !=, "");
  g_assert_cmpstr (finding->why, !=, "");
  g_assert_nonnull (finding->action);
  g_assert_nonnull (finding->details);
  if (finding->verdict == FERRY_CHECK_FAIL)
    g_assert_cmpstr (finding->action, !=, "");
  if (finding->verdict == FERRY_CHECK_PASS)
    g_assert_cmpint (finding->fix, ==, FERRY_FIX_NONE);
}

static void
test_case (gconstpointer data)
{
  const guint n = GPOINTER_TO_UINT (data);
  FerryPatient c = ferry_patient_new ();
  g_autoptr (FerryVerification) verification = NULL;
  const FerryFinding *finding;
  g_autofree char *text = NULL;

  ferry_patient_spoil (&c, cases[n].ailment);
  verification = ferry_verification_make (c.machine, c.evidence);
  text = ferry_verification_listing_text (verification);
  g_test_message ("%s", text);
  for (guint i = 0; i < verification->findings->len; i++)
    assert_said (g_ptr_array_index (verification->findings, i));
  g_assert_cmpstr (ferry_result_to_string (verification->result), ==,
                   ferry_result_to_string (cases[n].result));
  finding = ferry_verification_find (verification, cases[n].id);
  if (cases[n].verdict == ABSENT)
    g_assert_null (finding);
  else
    {
      g_assert_nonnull (finding);
      g_assert_cmpstr (ferry_check_verdict_to_string (finding->verdict), ==,
                       ferry_check_verdict_to_string (cases[n].verdict));
      g_assert_cmpstr (ferry_fix_to_string (finding->fix), ==, ferry_fix_to_string (cases[n].fix));
    }
  ferry_patient_clear (&c);
}

/* What was started instead is named. */
static void
test_started_instead (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (FerryVerification) verification = NULL;
  const FerryFinding *finding;

  ferry_patient_spoil (&c, "lose_words");
  verification = ferry_verification_make (c.machine, c.evidence);
  finding = ferry_verification_find (verification, "command-line");
  g_assert_nonnull (strstr (finding->details, "/boot/vmlinuz-6.6-x86_64"));
  g_assert_nonnull (strstr (finding->details, "GRUB"));
  g_assert_nonnull (strstr (finding->details, "vfio-pci.ids=10de:13c2,10de:0fbb"));
  ferry_patient_clear (&c);
}

/* The entry for rescue leaves the words out on purpose: nothing has to be made again. */
static void
test_rescue_entry (void)
{
  static const char *const lines[]
      = { "BOOT_IMAGE=/boot/vmlinuz ro single", "BOOT_IMAGE=/boot/vmlinuz ro recovery nomodeset",
          "root=/dev/sda1 systemd.unit=rescue.target" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      FerryPatient c = ferry_patient_new ();
      g_autoptr (FerryVerification) verification = NULL;
      const FerryFinding *finding;

      ferry_sample_set_cmdline (c.machine, lines[i]);
      c.evidence->menu = FERRY_ANSWER_YES;
      verification = ferry_verification_make (c.machine, c.evidence);
      finding = ferry_verification_find (verification, "command-line");
      g_assert_cmpint (finding->fix, ==, FERRY_FIX_RESTART);
      g_assert_nonnull (strstr (finding->action, "for rescue"));
      ferry_patient_clear (&c);
    }
}

/* 19: the kernel says that memory could not be locked. */
static void
test_locked_memory (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (FerryVerification) verification = ferry_verification_make (c.machine, c.evidence);
  const FerryFinding *finding;

  g_assert_null (ferry_verification_find (verification, "locked-memory"));
  ferry_patient_set_log (&c, "vfio_pin_pages_remote: RLIMIT_MEMLOCK (67108864) exceeded\n");
  g_clear_pointer (&verification, ferry_verification_free);
  verification = ferry_verification_make (c.machine, c.evidence);
  finding = ferry_verification_find (verification, "locked-memory");
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->verdict, ==, FERRY_CHECK_WARN);
  g_assert_nonnull (strstr (finding->action, "libvirt"));
  g_assert_cmpint (verification->result, ==, FERRY_RESULT_WORKS);
  ferry_patient_clear (&c);
}

/* A cause stands before what follows from it. */
static void
test_order (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (FerryVerification) verification = NULL;
  guint words = 99, driver = 99;

  ferry_patient_spoil (&c, "lose_words");
  ferry_patient_spoil (&c, "take_card");
  verification = ferry_verification_make (c.machine, c.evidence);
  for (guint i = 0; i < verification->findings->len; i++)
    {
      const FerryFinding *finding = g_ptr_array_index (verification->findings, i);

      if (g_str_equal (finding->id, "command-line"))
        words = i;
      if (g_str_equal (finding->id, "card-driver"))
        driver = i;
    }
  g_assert_cmpuint (words, <, driver);
  g_assert_cmpuint (driver, <, 99);
  g_assert_nonnull (strstr (verification->sentence, "words"));
  ferry_patient_clear (&c);
}

static void
test_json (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (FerryVerification) verification = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *object, *line;

  ferry_patient_set_log (&c, "DMAR-IR: Enabled IRQ remapping in x2apic mode\n");
  verification = ferry_verification_make (c.machine, c.evidence);
  text = ferry_verification_listing_json (verification);
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "result"), ==, "works");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "findings")), ==,
                    verification->findings->len);
  line = json_array_get_object_element (json_object_get_array_member (object, "kernel-log"), 0);
  g_assert_cmpstr (json_object_get_string_member (line, "id"), ==, "interrupt-remapping");
  ferry_patient_clear (&c);
}

static void
test_witness (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (GVariant) variant
      = g_variant_ref_sink (ferry_witness_to_variant (c.evidence->witness));
  g_autoptr (FerryWitness) read = ferry_witness_from_variant (variant);
  g_autoptr (GVariant) again = g_variant_ref_sink (ferry_witness_to_variant (read));
  g_autoptr (GVariant) odd = g_variant_parse (
      NULL,
      "{'kernel': <1>, 'bind': <'x'>, 'functions': <[('nowhere', uint16 1, uint16 1, "
      "uint16 1, uint16 1, 1)]>, 'new': <true>}",
      NULL, NULL, NULL);
  g_autoptr (FerryWitness) nothing = ferry_witness_from_variant (odd);
  g_autoptr (GVariant) number = g_variant_ref_sink (g_variant_new_int32 (1));

  g_assert_cmpuint (read->functions->len, ==, 2);
  g_assert_cmpuint (read->neighbours->len, ==, 0);
  g_assert_true (g_variant_equal (variant, again));
  g_assert_cmpstr (nothing->kernel, ==, "");
  g_assert_cmpuint (nothing->functions->len, ==, 0);
  g_assert_null (ferry_witness_from_variant (number));
  ferry_patient_clear (&c);
}

/* What comes over the bus or out of a file is not believed. */
static void
test_evidence (void)
{
  FerryPatient c = ferry_patient_new ();
  g_autoptr (GVariant) odd = g_variant_parse (
      NULL,
      "{'intent': <{'cards': <['x']>}>, 'changed': <'x'>, 'edited': <[1]>, 'menu': <'perhaps'>, "
      "'log': <[('unknown', '', uint32 1), ('no-space', 'x', 1), ('no-space', '0000:01:00.0', "
      "2)]>, "
      "'roms': <{'0000:01:00.0': 'no', 'x': 'yes'}>, 'started': <int64 7>, 'other': <1>}",
      NULL, NULL, NULL);
  g_autoptr (FerryEvidence) read = ferry_evidence_from_variant (odd, c.machine, 0);
  g_autoptr (FerryEvidence) nothing = ferry_evidence_from_variant (NULL, c.machine, 5);

  g_assert_cmpint (read->known, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_null (read->intent);
  g_assert_cmpint (read->changed, ==, 0);
  g_assert_cmpint (read->started, ==, 7);
  g_assert_null (read->edited);
  g_assert_cmpint (read->menu, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpuint (read->log->len, ==, 1);
  g_assert_cmpuint (g_hash_table_size (read->roms), ==, 1);
  g_assert_cmpint (nothing->known, ==, FERRY_ANSWER_UNKNOWN);
  g_assert_cmpint (nothing->started, ==, 5);
  g_assert_null (nothing->log);
  ferry_patient_clear (&c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/verification/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/verification/started-instead", test_started_instead);
  g_test_add_func ("/verification/rescue-entry", test_rescue_entry);
  g_test_add_func ("/verification/locked-memory", test_locked_memory);
  g_test_add_func ("/verification/order", test_order);
  g_test_add_func ("/verification/json", test_json);
  g_test_add_func ("/verification/witness", test_witness);
  g_test_add_func ("/verification/evidence", test_evidence);
  return g_test_run ();
}
