/* test-verdict.c: every rule about one card, both ways: where it speaks and where it is silent. */
#include "config.h"

#include <string.h>

#include "plan/verdict.h"

#include "sample.h"

#define GTX "0000:01:00.0"
#define SOUND "0000:01:00.1"
#define NO_REASON G_MAXINT

static void
leave (FerryMachine *machine)
{
}

static void
share_with_disk (FerryMachine *machine)
{
  ferry_sample_get (machine, "0000:00:1f.2")->group = 1;
}

static void
share_with_disk_and_network (FerryMachine *machine)
{
  share_with_disk (machine);
  ferry_sample_get (machine, "0000:04:00.0")->group = 1;
}

static void
share_with_idle_bridge (FerryMachine *machine)
{
  ferry_sample_get (machine, "0000:00:1f.0")->group = 1;
}

static void
share_with_driven_bridge (FerryMachine *machine)
{
  share_with_idle_bridge (machine);
  ferry_sample_set_text (&ferry_sample_get (machine, "0000:00:1f.0")->driver, "lpc_ich");
}

static void
share_with_other_card (FerryMachine *machine)
{
  ferry_sample_get (machine, "0000:00:02.0")->group = 1;
}

/* The sound has a group of its own, and a disk controller is in it. */
static void
share_sound_only (FerryMachine *machine)
{
  FerryCard *card = ferry_sample_get_card (machine);
  const int group = 13;

  ferry_sample_get (machine, SOUND)->group = group;
  g_array_append_val (card->groups, group);
}

static void
need_disk (FerryMachine *machine)
{
  FerryDevice *device = ferry_sample_get (machine, SOUND);

  device->needs = FERRY_NEED_DISK;
  g_strfreev (device->need_details);
  device->need_details = g_strsplit ("/home", " ", -1);
}

static void
need_network (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->needs = FERRY_NEED_NETWORK;
}

static void
need_keyboard (FerryMachine *machine)
{
  ferry_sample_get (machine, SOUND)->needs = FERRY_NEED_KEYBOARD;
}

static void
need_screen (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->needs = FERRY_NEED_SCREEN;
}

static void
without_groups (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
}

static void
without_vt_d (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->offered = FERRY_ANSWER_NO;
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

/* The table of models says no, the firmware's table says yes: the evidence wins. */
static void
with_doubtful_vt_d (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->processor->vt_d = FERRY_ANSWER_NO;
}

static void
left_out_of_groups (FerryMachine *machine)
{
  ferry_sample_remove_groups (machine);
  machine->iommu->grouped = FERRY_ANSWER_YES;
}

static void
only_card (FerryMachine *machine)
{
  g_ptr_array_remove_index (machine->cards, 0);
}

static void
only_card_with_bmc (FerryMachine *machine)
{
  only_card (machine);
  ferry_sample_add (machine, "0000:0c:01.0", 0x030000, 0x102b, 0x0534, 20);
}

static void
only_card_without_outputs (FerryMachine *machine)
{
  only_card (machine);
  ferry_sample_get_card (machine)->can_show = FALSE;
}

static void
other_card_away (FerryMachine *machine)
{
  ferry_sample_set_text (&ferry_sample_get (machine, "0000:00:02.0")->driver, "vfio-pci");
}

static void
other_card_away_and_screen_here (FerryMachine *machine)
{
  other_card_away (machine);
  ferry_sample_connect_screen (ferry_sample_get (machine, GTX), FERRY_ANSWER_YES);
}

static void
other_card_cannot_show (FerryMachine *machine)
{
  ((FerryCard *)g_ptr_array_index (machine->cards, 0))->can_show = FALSE;
}

static void
screen_here (FerryMachine *machine)
{
  ferry_sample_connect_screen (ferry_sample_get (machine, GTX), FERRY_ANSWER_YES);
}

static void
screens_on_both (FerryMachine *machine)
{
  screen_here (machine);
  ferry_sample_connect_screen (ferry_sample_get (machine, "0000:00:02.0"), FERRY_ANSWER_YES);
}

static void
screen_not_known (FerryMachine *machine)
{
  ferry_sample_connect_screen (ferry_sample_get (machine, GTX), FERRY_ANSWER_UNKNOWN);
}

static void
integrated (FerryMachine *machine)
{
  ferry_sample_get_card (machine)->integrated = TRUE;
}

static void
with_override (FerryMachine *machine)
{
  ferry_sample_set_cmdline (machine, "quiet pcie_acs_override=downstream,multifunction");
}

static void
with_override_without_groups (FerryMachine *machine)
{
  with_override (machine);
  ferry_sample_remove_groups (machine);
}

static void
asleep (FerryMachine *machine)
{
  ferry_sample_get (machine, SOUND)->responding = FALSE;
}

static void
old_rom (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->rom_uefi = FERRY_ANSWER_NO;
}

static void
unreadable_rom (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->rom = FERRY_ANSWER_YES;
}

static void
bound (FerryMachine *machine)
{
  ferry_sample_set_text (&ferry_sample_get (machine, GTX)->driver, "vfio-pci");
}

static void
on_laptop (FerryMachine *machine)
{
  machine->firmware->laptop = FERRY_ANSWER_YES;
}

static void
boot_screen (FerryMachine *machine)
{
  ferry_sample_get (machine, GTX)->boot_vga = FERRY_ANSWER_YES;
}

static void
polaris (FerryMachine *machine)
{
  FerryDevice *device = ferry_sample_get (machine, GTX);

  device->vendor = 0x1002;
  device->device = 0x67df;
}

typedef struct
{
  const char *name;
  void (*spoil) (FerryMachine *machine);
  FerryCardVerdict verdict;
  const char *id;      /* a reason, or NULL when there shall be none but remarks */
  int level;           /* of the reason; NO_REASON: it shall not be there */
  const char *mention; /* what its text says, or NULL */
} Case;

static const Case cases[] = {
  { "good", leave, FERRY_CARD_YES, "foreign-devices", NO_REASON, NULL },
  { "good-needs-nothing", leave, FERRY_CARD_YES, "needed-by-host", NO_REASON, NULL },
  { "good-has-groups", leave, FERRY_CARD_YES, "no-groups", NO_REASON, NULL },
  { "good-has-other-screen", leave, FERRY_CARD_YES, "only-display", NO_REASON, NULL },
  { "good-has-bridge", leave, FERRY_CARD_YES, "bridges-stay", FERRY_CARD_YES, "00:01.0" },
  { "good-is-silent-on-rom", leave, FERRY_CARD_YES, "no-uefi-rom", NO_REASON, NULL },
  { "good-is-no-laptop", leave, FERRY_CARD_YES, "laptop-card", NO_REASON, NULL },
  { "good-resets", leave, FERRY_CARD_YES, "reset-unreliable", NO_REASON, NULL },
  { "good-is-unique", leave, FERRY_CARD_YES, "identical-ids", NO_REASON, NULL },
  { "good-without-bmc", leave, FERRY_CARD_YES, "bmc-stays", NO_REASON, NULL },
  { "disk", share_with_disk, FERRY_CARD_NO, "foreign-devices", FERRY_CARD_NO,
    "a disk controller (SATA)" },
  { "network", share_with_disk_and_network, FERRY_CARD_NO, "foreign-devices", FERRY_CARD_NO,
    "a disk controller (SATA) and a network adapter" },
  { "idle-bridge", share_with_idle_bridge, FERRY_CARD_YES, "foreign-devices", NO_REASON, NULL },
  { "driven-bridge", share_with_driven_bridge, FERRY_CARD_NO, "foreign-devices", FERRY_CARD_NO,
    "a system bridge" },
  { "other-card", share_with_other_card, FERRY_CARD_NO, "foreign-devices", FERRY_CARD_NO,
    "the graphics card Graphics of the processor" },
  { "sound-only", share_sound_only, FERRY_CARD_CAUTION, "foreign-devices", FERRY_CARD_CAUTION,
    "without that part" },
  { "needs-disk", need_disk, FERRY_CARD_NO, "needed-by-host", FERRY_CARD_NO, "/home" },
  { "needs-network", need_network, FERRY_CARD_NO, "needed-by-host", FERRY_CARD_NO, "network" },
  { "needs-keyboard", need_keyboard, FERRY_CARD_CAUTION, "keyboard-attached", FERRY_CARD_CAUTION,
    "keyboard" },
  { "needs-screen", need_screen, FERRY_CARD_YES, "needed-by-host", NO_REASON, NULL },
  { "no-groups", without_groups, FERRY_CARD_CAUTION, "no-groups", FERRY_CARD_CAUTION,
    "Switch the IOMMU on first" },
  { "no-vt-d", without_vt_d, FERRY_CARD_NO, "no-groups", FERRY_CARD_NO, "no IOMMU" },
  { "doubtful-vt-d", with_doubtful_vt_d, FERRY_CARD_CAUTION, "no-groups", FERRY_CARD_CAUTION,
    NULL },
  { "left-out", left_out_of_groups, FERRY_CARD_CAUTION, "no-groups", FERRY_CARD_CAUTION,
    "leaves this card out" },
  { "only-display", only_card, FERRY_CARD_CAUTION, "only-display", FERRY_CARD_CAUTION, "screen" },
  { "only-with-bmc", only_card_with_bmc, FERRY_CARD_YES, "bmc-stays", FERRY_CARD_YES, "server" },
  { "only-with-bmc-no-warning", only_card_with_bmc, FERRY_CARD_YES, "only-display", NO_REASON,
    NULL },
  { "only-but-no-outputs", only_card_without_outputs, FERRY_CARD_YES, "only-display", NO_REASON,
    NULL },
  { "other-cannot-show", other_card_cannot_show, FERRY_CARD_CAUTION, "only-display",
    FERRY_CARD_CAUTION, NULL },
  { "other-away", other_card_away, FERRY_CARD_YES, "other-card-away", FERRY_CARD_YES,
    "Graphics of the processor" },
  { "other-away-screen-here", other_card_away_and_screen_here, FERRY_CARD_CAUTION, "only-display",
    FERRY_CARD_CAUTION, NULL },
  { "screen-here", screen_here, FERRY_CARD_CAUTION, "screen-attached", FERRY_CARD_CAUTION,
    "cable" },
  { "screens-on-both", screens_on_both, FERRY_CARD_YES, "screen-attached", NO_REASON, NULL },
  { "screen-not-known", screen_not_known, FERRY_CARD_YES, "screen-attached", NO_REASON, NULL },
  { "override", with_override, FERRY_CARD_CAUTION, "acs-override", FERRY_CARD_CAUTION, "pretend" },
  { "override-without-groups", with_override_without_groups, FERRY_CARD_CAUTION, "acs-override",
    NO_REASON, NULL },
  { "asleep", asleep, FERRY_CARD_CAUTION, "not-responding", FERRY_CARD_CAUTION, "answer" },
  { "old-rom", old_rom, FERRY_CARD_CAUTION, "no-uefi-rom", FERRY_CARD_CAUTION, "BIOS" },
  { "unreadable-rom", unreadable_rom, FERRY_CARD_YES, "no-uefi-rom", NO_REASON, NULL },
  { "bound", bound, FERRY_CARD_YES, "already-bound", FERRY_CARD_YES, "already" },
  { "not-bound", leave, FERRY_CARD_YES, "already-bound", NO_REASON, NULL },
  { "laptop", on_laptop, FERRY_CARD_YES, "laptop-card", FERRY_CARD_YES, "laptop" },
  { "boot-screen", boot_screen, FERRY_CARD_YES, "boot-screen", FERRY_CARD_YES, "firmware" },
  { "not-boot-screen", leave, FERRY_CARD_YES, "boot-screen", NO_REASON, NULL },
  { "reset", polaris, FERRY_CARD_YES, "reset-unreliable", FERRY_CARD_YES, "hang" },
};

static void
check_reason (const FerryVerdict *verdict, const Case *one)
{
  const FerryReason *reason = ferry_verdict_find (verdict, one->id);

  if (one->level == NO_REASON)
    {
      g_assert_null (reason);
      return;
    }
  g_assert_nonnull (reason);
  g_assert_cmpint (reason->verdict, ==, one->level);
  g_assert_nonnull (reason->devices);
  if (one->mention != NULL && strstr (reason->text, one->mention) == NULL)
    g_error ("“%s” does not say “%s”", reason->text, one->mention);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryVerdict) verdict = NULL;

  one->spoil (machine);
  verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
  g_assert_cmpint (verdict->verdict, ==, one->verdict);
  g_assert_true (g_utf8_validate (verdict->sentence, -1, NULL));
  g_assert_nonnull (strstr (verdict->sentence, "GTX 970"));
  check_reason (verdict, one);
}

/* Advice to use another slot is for cards that are plugged in. */
static void
test_slot (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
      FerryCard *card = ferry_sample_get_card (machine);
      g_autoptr (FerryVerdict) verdict = NULL;
      const char *text;

      share_with_disk (machine);
      card->integrated = i == 1;
      machine->firmware->laptop = i == 2 ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
      verdict = ferry_verdict_make (machine, card);
      text = ferry_verdict_find (verdict, "foreign-devices")->text;
      g_assert_cmpint (strstr (text, "slot") != NULL, ==, i == 0);
    }
}

/* One reason can weigh differently; the sentence says so. */
static void
test_sentence (void)
{
  static const struct
  {
    void (*spoil) (FerryMachine *machine);
    const char *says;
  } rows[] = {
    { leave, "can be given to a virtual machine" },
    { share_with_disk, "cannot be given away alone" },
    { share_sound_only, "without one of its parts" },
    { without_groups, "switched on first" },
    { without_vt_d, "has no IOMMU" },
    { need_disk, "must stay" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
      g_autoptr (FerryVerdict) verdict = NULL;

      rows[i].spoil (machine);
      verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
      g_assert_nonnull (strstr (verdict->sentence, rows[i].says));
    }
}

static void
test_integrated (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  const FerryCard *card = g_ptr_array_index (machine->cards, 0);
  g_autoptr (FerryVerdict) verdict = ferry_verdict_make (machine, card);
  g_autoptr (FerryVerdict) other = NULL;

  g_assert_cmpint (verdict->verdict, ==, FERRY_CARD_CAUTION);
  g_assert_nonnull (ferry_verdict_find (verdict, "integrated"));
  ferry_sample_get (machine, "0000:00:02.0")->boot_vga = FERRY_ANSWER_YES;
  g_clear_pointer (&verdict, ferry_verdict_free);
  verdict = ferry_verdict_make (machine, card);
  g_assert_null (ferry_verdict_find (verdict, "boot-screen"));
  integrated (machine);
  other = ferry_verdict_make (machine, g_ptr_array_index (machine->cards, 1));
  g_assert_nonnull (ferry_verdict_find (other, "integrated"));
}

/* The devices of a reason are exactly the foreign ones: no bridge, no part of the card. */
static void
test_foreign_devices (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryVerdict) verdict = NULL;
  const FerryReason *reason;

  share_with_disk_and_network (machine);
  verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
  reason = ferry_verdict_find (verdict, "foreign-devices");
  g_assert_cmpuint (reason->devices->len, ==, 2);
  g_assert_cmpstr (((FerryDevice *)reason->devices->pdata[0])->id, ==, "0000:00:1f.2");
  g_assert_cmpstr (((FerryDevice *)reason->devices->pdata[1])->id, ==, "0000:04:00.0");
}

/* Weightiest first, so that the first reason explains the verdict. */
static void
test_order (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  g_autoptr (FerryVerdict) verdict = NULL;
  FerryCardVerdict last = FERRY_CARD_NO;

  share_with_disk (machine);
  only_card (machine);
  on_laptop (machine);
  with_override (machine);
  verdict = ferry_verdict_make (machine, ferry_sample_get_card (machine));
  g_assert_cmpuint (verdict->reasons->len, >=, 4);
  for (guint i = 0; i < verdict->reasons->len; i++)
    {
      const FerryReason *reason = g_ptr_array_index (verdict->reasons, i);

      g_assert_cmpint (reason->verdict, <=, last);
      last = reason->verdict;
    }
  g_assert_cmpint (verdict->verdict, ==, FERRY_CARD_NO);
}

static void
test_roles (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_desktop ();
  const FerryCard *card = ferry_sample_get_card (machine);
  FerryDevice *gtx = ferry_sample_get (machine, GTX);
  FerryDevice *disk = ferry_sample_get (machine, "0000:00:1f.2");
  FerryDevice *isa = ferry_sample_get (machine, "0000:00:1f.0");

  disk->needs = FERRY_NEED_DISK;
  gtx->needs = FERRY_NEED_SCREEN;
  g_assert_cmpint (ferry_role_of (gtx, card), ==, FERRY_ROLE_PASSED);
  g_assert_cmpint (ferry_role_of (gtx, NULL), ==, FERRY_ROLE_NEEDED);
  gtx->needs = FERRY_NEED_DISK;
  g_assert_cmpint (ferry_role_of (gtx, card), ==, FERRY_ROLE_NEEDED);
  gtx->needs = 0;
  g_assert_cmpint (ferry_role_of (gtx, NULL), ==, FERRY_ROLE_STAYS);
  g_assert_cmpint (ferry_role_of (disk, card), ==, FERRY_ROLE_NEEDED);
  g_assert_cmpint (ferry_role_of (ferry_sample_get (machine, "0000:00:01.0"), card), ==,
                   FERRY_ROLE_BRIDGE);
  g_assert_cmpint (ferry_role_of (isa, card), ==, FERRY_ROLE_BRIDGE);
  ferry_sample_set_text (&isa->driver, "lpc_ich");
  g_assert_cmpint (ferry_role_of (isa, card), ==, FERRY_ROLE_STAYS);
}

static void
test_words (void)
{
  g_assert_cmpstr (ferry_card_verdict_to_string (FERRY_CARD_YES), ==, "yes");
  g_assert_cmpstr (ferry_card_verdict_to_string (FERRY_CARD_CAUTION), ==, "caution");
  g_assert_cmpstr (ferry_card_verdict_to_string (FERRY_CARD_NO), ==, "no");
  g_assert_cmpstr (ferry_bind_to_string (FERRY_BIND_IDS), ==, "ids");
  g_assert_cmpstr (ferry_bind_to_string (FERRY_BIND_SUBSYSTEM_IDS), ==, "subsystem-ids");
  g_assert_cmpstr (ferry_bind_to_string (FERRY_BIND_ADDRESS), ==, "address");
}

/* 4,096 cards in one group: every one is refused, in short sentences and in good time. */
static void
test_hostile (void)
{
  g_autoptr (FerryMachine) machine = ferry_sample_new (FERRY_VENDOR_AMD);

  for (guint i = 0; i < 4096; i++)
    {
      g_autofree char *id = g_strdup_printf ("%04x:%02x:00.0", i >> 8, i & 0xff);
      FerryDevice *device = g_object_new (FERRY_TYPE_DEVICE, NULL);

      g_assert_true (ferry_address_parse (id, &device->address));
      device->id = g_steal_pointer (&id);
      device->class_code = 0x030000;
      device->group = 1;
      g_ptr_array_add (machine->devices, device);
    }
  for (guint i = 0; i < 64; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);
      FerryCard *card = ferry_sample_add_card (machine, "Card", device->id, NULL);
      g_autoptr (FerryVerdict) verdict = ferry_verdict_make (machine, card);

      g_assert_cmpint (verdict->verdict, ==, FERRY_CARD_NO);
      g_assert_cmpuint (strlen (ferry_verdict_find (verdict, "foreign-devices")->text), <, 600);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict/rule/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/verdict/sentence", test_sentence);
  g_test_add_func ("/verdict/slot", test_slot);
  g_test_add_func ("/verdict/integrated", test_integrated);
  g_test_add_func ("/verdict/foreign-devices", test_foreign_devices);
  g_test_add_func ("/verdict/order", test_order);
  g_test_add_func ("/verdict/roles", test_roles);
  g_test_add_func ("/verdict/words", test_words);
  g_test_add_func ("/verdict/hostile", test_hostile);
  return g_test_run ();
}
