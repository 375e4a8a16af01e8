/* test-plan.c: binding, refusals, digest and the JSON of a plan; loaders and generators have golden plans in
 * tests/act/plans. */
#include "config.h"

#include <string.h>

#include "facts/tree.h"
#include "plan/plan-listing.h"

static FerryMachine *
make_machine (FerryTree *tree, gboolean twin, guint16 twin_subdevice, gboolean other_card)
{
  g_autoptr (FerryRoot) root = NULL;

  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:01:00.0", .class_code = 0x030000,
                                                   .vendor = 0x1002, .device = 0x67df, .subvendor = 0x1043,
                                                   .subdevice = 0x0001, .group = "1" });
  if (twin)
    ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:02:00.0", .class_code = 0x030000,
                                                     .vendor = 0x1002, .device = 0x67df, .subvendor = 0x1043,
                                                     .subdevice = twin_subdevice, .group = "2" });
  if (other_card)
    ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:03:00.0", .class_code = 0x030000,
                                                     .vendor = 0x10de, .device = 0x13c2, .group = "3" });
  ferry_tree_add_file (tree, "proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm svm\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1 rw\n");
  ferry_tree_add_file (tree, "etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n");
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "menu\n");
  ferry_tree_add_program (tree, "usr/bin/grub-mkconfig");
  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "MODULES=()\nHOOKS=(base udev modconf)\n");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux.preset",
                       "ALL_kver=\"/boot/vmlinuz\"\nPRESETS=('default')\n"
                       "default_image=\"/boot/initramfs.img\"\n");
  ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
  root = ferry_tree_open (tree);
  return ferry_machine_scan (root, NULL, NULL, NULL);
}

static FerryPlan *
plan_for (FerryMachine *machine, FerryBinding binding, gboolean accept)
{
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  FerryAddress card = { 0, 1, 0, 0 };

  intent->install = FALSE;
  intent->binding = binding;
  intent->accept_only_display = accept;
  g_array_append_val (intent->cards, card);
  return ferry_plan_make (machine, intent);
}

static const FerryChange *
find_change (const FerryPlan *plan, const char *path)
{
  for (guint i = 0; i < plan->changes->len; i++)
    if (g_str_equal (((FerryChange *) g_ptr_array_index (plan->changes, i))->path, path))
      return g_ptr_array_index (plan->changes, i);
  return NULL;
}

static gboolean
file_has (const FerryPlan *plan, const char *path, const char *text)
{
  const FerryChange *change = find_change (plan, path);

  return change != NULL && change->after != NULL && strstr (change->after, text) != NULL;
}

static void
test_ids (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, FALSE, 0, TRUE);
  g_autoptr (FerryPlan) plan = plan_for (machine, FERRY_BINDING_AUTO, FALSE);

  g_assert_cmpint (plan->bind, ==, FERRY_BIND_IDS);
  g_assert_true (file_has (plan, "etc/default/grub", "vfio-pci.ids=1002:67df\""));
  g_assert_false (file_has (plan, "etc/default/grub", "intel_iommu"));
  g_assert_false (file_has (plan, "etc/default/grub", "amd_iommu"));
  g_assert_null (find_change (plan, "etc/ferry/bind-cards"));
  g_assert_true (file_has (plan, "etc/modprobe.d/ferry.conf", "softdep amdgpu pre: vfio-pci\n"));
  g_assert_false (file_has (plan, "etc/modprobe.d/ferry.conf", "blacklist "));
  g_assert_false (file_has (plan, "etc/modprobe.d/ferry.conf", "nouveau"));
}

static void
test_twins_by_subsystem (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, TRUE, 0x0002, FALSE);
  g_autoptr (FerryPlan) plan = plan_for (machine, FERRY_BINDING_AUTO, FALSE);

  g_assert_cmpint (plan->bind, ==, FERRY_BIND_SUBSYSTEM_IDS);
  g_assert_true (file_has (plan, "etc/default/grub", "vfio-pci.ids=1002:67df:1043:0001\""));
}

static void
test_twins_by_address (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, TRUE, 0x0001, FALSE);
  g_autoptr (FerryPlan) plan = plan_for (machine, FERRY_BINDING_AUTO, FALSE);
  g_autoptr (FerryPlan) wide = plan_for (machine, FERRY_BINDING_IDS, FALSE);

  g_assert_cmpint (plan->bind, ==, FERRY_BIND_ADDRESS);
  g_assert_false (file_has (plan, "etc/default/grub", "vfio-pci.ids"));
  g_assert_true (file_has (plan, "etc/ferry/bind-cards", "take 0000:01:00.0 0x1002:0x67df:0x1043:0x0001\n"));
  g_assert_false (file_has (plan, "etc/ferry/bind-cards", "0000:02:00.0"));
  g_assert_cmpuint (find_change (plan, "etc/ferry/bind-cards")->mode, ==, 0755);
  g_assert_true (file_has (plan, "etc/mkinitcpio.conf", "FILES=(/etc/ferry/bind-cards)"));
  g_assert_nonnull (ferry_plan_find_refusal (wide, "binding-too-wide"));
  g_assert_cmpuint (wide->changes->len, ==, 0);
}

static void
test_only_display (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, FALSE, 0, FALSE);
  g_autoptr (FerryPlan) refused = plan_for (machine, FERRY_BINDING_AUTO, FALSE);
  g_autoptr (FerryPlan) accepted = plan_for (machine, FERRY_BINDING_AUTO, TRUE);

  g_assert_nonnull (ferry_plan_find_refusal (refused, "only-display"));
  g_assert_cmpuint (refused->changes->len, ==, 0);
  g_assert_cmpuint (accepted->refusals->len, ==, 0);
  g_assert_cmpstr (refused->digest, !=, accepted->digest);
}

static void
test_unknown_card (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, FALSE, 0, TRUE);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = NULL;
  FerryAddress card = { 0, 9, 0, 0 };

  g_array_append_val (intent->cards, card);
  plan = ferry_plan_make (machine, intent);
  g_assert_nonnull (ferry_plan_find_refusal (plan, "card-unknown"));
}

static void
test_digest_and_json (void)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, FALSE, 0, TRUE);
  g_autoptr (FerryPlan) plan = plan_for (machine, FERRY_BINDING_AUTO, FALSE);
  g_autoptr (FerryPlan) same = plan_for (machine, FERRY_BINDING_AUTO, FALSE);
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autofree char *json = ferry_plan_listing_json (plan, intent);
  g_autoptr (FerryPlan) parsed = ferry_plan_listing_parse (json, NULL);

  g_assert_cmpuint (strlen (plan->digest), ==, 64);
  g_assert_cmpstr (plan->digest, ==, same->digest);
  g_assert_cmpuint (parsed->changes->len, ==, plan->changes->len);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *a = g_ptr_array_index (plan->changes, i);
      const FerryChange *b = g_ptr_array_index (parsed->changes, i);

      g_assert_cmpint (a->kind, ==, b->kind);
      g_assert_cmpstr (a->path, ==, b->path);
      g_assert_cmpstr (a->before, ==, b->before);
      g_assert_cmpstr (a->after, ==, b->after);
      g_assert_cmpuint (a->mode, ==, b->mode);
      g_assert_true (g_strv_equal ((const char *const *) a->items, (const char *const *) b->items));
    }
  g_assert_null (ferry_plan_listing_parse ("{}", NULL));
  g_assert_null (ferry_plan_listing_parse ("{\"digest\":\"x\",\"changes\":[{\"kind\":\"file\",\"path\":\"../x\"}]}", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/ids", test_ids);
  g_test_add_func ("/plan/twins-by-subsystem", test_twins_by_subsystem);
  g_test_add_func ("/plan/twins-by-address", test_twins_by_address);
  g_test_add_func ("/plan/only-display", test_only_display);
  g_test_add_func ("/plan/unknown-card", test_unknown_card);
  g_test_add_func ("/plan/digest-and-json", test_digest_and_json);
  return g_test_run ();
}
