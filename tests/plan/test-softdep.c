/* test-softdep.c: which drivers are made to wait for vfio-pci. */
#include "config.h"

#include <string.h>

#include "facts/tree.h"
#include "plan/plan-listing.h"

#define NEWER "usr/lib/modules/6.12.48-1-MANJARO/"
#define OLDER "usr/lib/modules/6.6.63-1-MANJARO/"

/* As depmod writes them for these drivers. */
#define NOUVEAU "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau\n"
#define NVIDIA "alias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia\nalias pci:v000010DEd*sv*sd*bc03sc00i00* nvidia_drm\n"
#define NVIDIAFB "alias pci:v000010DEd*sv*sd*bc03sc*i* nvidiafb\n"
#define AMDGPU "alias pci:v00001002d000067DFsv*sd*bc*sc*i* amdgpu\nalias pci:v00001002d*sv*sd*bc03sc00i00* amdgpu\n"
#define RADEON "alias pci:v00001002d00006798sv*sd*bc*sc*i* radeon\n"
#define SOUND                                                                                                          \
  "alias pci:v000010DEd*sv*sd*bc04sc03i00* snd_hda_intel\nalias pci:v00001002d*sv*sd*bc04sc03i00* snd_hda_intel\n"
#define USB "alias pci:v*d*sv*sd*bc0Csc03i30* xhci_pci\n"
#define TYPE_C "alias pci:v000010DEd*sv*sd*bc0Csc80i00* i2c_nvidia_gpu\n"
#define OTHERS "alias pci:v00008086d000015A1sv*sd*bc*sc*i* e1000e\nalias pci:v*d*sv*sd*bc01sc06i01* ahci\n"

typedef struct
{
  const char *name;
  const char *newer, *older; /* modules.alias of two kernels; NULL: the kernel has none */
  guint16 vendor;            /* of the card: a GeForce RTX 2060 or a Radeon RX 580 */
  const char *drivers;       /* that wait, with blanks between */
} Row;

static const Row rows[] = {
  { "geforce", NOUVEAU NVIDIA SOUND USB TYPE_C OTHERS AMDGPU, NULL, 0x10de,
    "i2c_nvidia_gpu nouveau nova_core nvidia nvidia_drm snd_hda_intel xhci_pci" },
  /* NVIDIA's own driver is not installed, but may be any day. */
  { "geforce-free", NOUVEAU SOUND USB TYPE_C, NULL, 0x10de,
    "i2c_nvidia_gpu nouveau nova_core nvidia nvidia_drm snd_hda_intel xhci_pci" },
  { "geforce-more", NOUVEAU NVIDIAFB SOUND, NULL, 0x10de,
    "nouveau nova_core nvidia nvidia_drm nvidiafb snd_hda_intel" },
  /* The drivers of two parts are inside of the kernel, or it has none. */
  { "geforce-less", NOUVEAU OTHERS, NULL, 0x10de, "nouveau nova_core nvidia nvidia_drm" },
  { "radeon", AMDGPU RADEON NOUVEAU SOUND USB, NULL, 0x1002, "amdgpu snd_hda_intel" },
  { "two-kernels", RADEON SOUND, AMDGPU SOUND, 0x1002, "amdgpu snd_hda_intel" },
  { "nothing-fits", OTHERS, OTHERS, 0x1002, "" },
};

static FerryMachine *
make_machine (FerryTree *tree, const Row *row)
{
  static const guint32 classes[] = { 0x030000, 0x040300, 0x0c0330, 0x0c8000 };
  const gboolean geforce = row->vendor == 0x10de;
  g_autoptr (FerryRoot) root = NULL;

  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:00:01.0", .class_code = 0x060400,
                                                   .vendor = 0x1022, .device = 0x1453, .group = "0",
                                                   .secondary = 1, .subordinate = 1 });
  for (guint i = 0; i < (geforce ? 4 : 2); i++)
    {
      g_autofree char *address = g_strdup_printf ("0000:01:00.%u", i);

      ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = address, .parent = "0000:00:01.0",
                                                       .class_code = classes[i], .vendor = row->vendor,
                                                       .device = geforce ? 0x1f08 : 0x67df, .group = "1" });
    }
  ferry_tree_add_device (tree, &(FerryTreeDevice){ .address = "0000:00:02.0", .class_code = 0x030000,
                                                   .vendor = 0x8086, .device = 0x0412, .group = "3" });
  ferry_tree_add_file (tree, "proc/cpuinfo", "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm svm\n");
  ferry_tree_add_file (tree, "proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1 rw\n");
  ferry_tree_add_file (tree, "etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n");
  ferry_tree_add_file (tree, "boot/grub/grub.cfg", "menu\n");
  ferry_tree_add_program (tree, "usr/bin/grub-mkconfig");
  ferry_tree_add_file (tree, "etc/mkinitcpio.conf", "MODULES=()\nHOOKS=(base udev modconf)\n");
  ferry_tree_add_file (tree, "etc/mkinitcpio.d/linux.preset",
                       "ALL_kver=\"/boot/vmlinuz\"\nPRESETS=('default')\ndefault_image=\"/boot/initramfs.img\"\n");
  ferry_tree_add_program (tree, "usr/bin/mkinitcpio");
  ferry_tree_add_file (tree, NEWER "pkgbase", "linux612\n");
  if (row->newer != NULL)
    ferry_tree_add_file (tree, NEWER "modules.alias", row->newer);
  if (row->older != NULL)
    {
      ferry_tree_add_file (tree, OLDER "pkgbase", "linux66\n");
      ferry_tree_add_file (tree, OLDER "modules.alias", row->older);
    }
  root = ferry_tree_open (tree);
  return ferry_machine_scan (root, NULL, NULL, NULL);
}

static FerryPlan *
plan_for (FerryMachine *machine)
{
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  FerryAddress card = { 0, 1, 0, 0 };

  intent->install = FALSE;
  g_array_append_val (intent->cards, card);
  return ferry_plan_make (machine, intent);
}

/* The drivers in the plan's file, in order; "" without a file or a line. */
static char *
list_waiting (const FerryPlan *plan)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < plan->refusals->len; i++)
    g_error ("refused: %s", ((FerryNote *) g_ptr_array_index (plan->refusals, i))->id);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);
      g_auto (GStrv) lines = NULL;

      if (!g_str_equal (change->path, "etc/modprobe.d/ferry.conf"))
        continue;
      lines = g_strsplit (change->after, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        if (g_str_has_prefix (lines[j], "softdep ") && g_str_has_suffix (lines[j], " pre: vfio-pci"))
          g_string_append_printf (found, "%s%.*s", found->len > 0 ? " " : "",
                                  (int) (strlen (lines[j]) - strlen ("softdep  pre: vfio-pci")),
                                  lines[j] + strlen ("softdep "));
    }
  return g_string_free (g_steal_pointer (&found), FALSE);
}

static gboolean
warns (const FerryPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->warnings->len; i++)
    if (g_str_equal (((FerryNote *) g_ptr_array_index (plan->warnings, i))->id, id))
      return TRUE;
  return FALSE;
}

static void
test_row (gconstpointer data)
{
  g_autoptr (FerryTree) tree = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, data);
  g_autoptr (FerryPlan) plan = plan_for (machine);
  g_autofree char *found = list_waiting (plan);

  g_assert_cmpstr (found, ==, ((const Row *) data)->drivers);
  g_assert_false (warns (plan, "driver-built-in"));
}

/* Where one kernel does not say it, the usual drivers of the maker are named as well. */
static void
test_unknown (void)
{
  static const Row none = { "", NULL, NULL, 0x1002, "" };
  static const Row one = { "", NULL, AMDGPU, 0x10de, "" };
  g_autoptr (FerryTree) tree = ferry_tree_new (), second = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = make_machine (tree, &none), other = make_machine (second, &one);
  g_autoptr (FerryPlan) plan = plan_for (machine), other_plan = plan_for (other);
  g_autofree char *found = list_waiting (plan), *other_found = list_waiting (other_plan);

  g_assert_cmpstr (found, ==, "amdgpu radeon snd_hda_intel");
  g_assert_cmpstr (other_found, ==, "i2c_nvidia_gpu nouveau nova_core nvidia nvidia_drm snd_hda_intel xhci_pci");
}

/* Nothing can be loaded before a driver that is inside of the kernel. Of sound and USB that is no harm: they are
 * handed over when the virtual machine starts. */
static void
test_built_in (void)
{
  static const char usb[] = "xhci_pci.alias=pci:v*d*sv*sd*bc0Csc03i30*";
  static const char graphics[] = "nouveau.alias=pci:v000010DEd*sv*sd*bc03sc*i*";
  static const Row row = { "", SOUND TYPE_C, NULL, 0x10de, "" };
  g_autoptr (FerryTree) tree = ferry_tree_new (), second = ferry_tree_new ();
  g_autoptr (FerryMachine) machine = NULL, other = NULL;
  g_autoptr (FerryPlan) plan = NULL, other_plan = NULL;
  g_autofree char *found = NULL;

  ferry_tree_add_bytes (tree, NEWER "modules.builtin.modinfo", usb, sizeof usb);
  ferry_tree_add_bytes (second, NEWER "modules.builtin.modinfo", graphics, sizeof graphics);
  machine = make_machine (tree, &row);
  other = make_machine (second, &row);
  plan = plan_for (machine);
  other_plan = plan_for (other);
  found = list_waiting (other_plan);
  g_assert_false (warns (plan, "driver-built-in"));
  g_assert_true (warns (other_plan, "driver-built-in"));
  g_assert_cmpstr (found, ==, "i2c_nvidia_gpu nova_core nvidia nvidia_drm snd_hda_intel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/softdep/", rows[i].name, NULL);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/softdep/unknown", test_unknown);
  g_test_add_func ("/softdep/built-in", test_built_in);
  return g_test_run ();
}
