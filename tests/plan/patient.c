/* patient.c: see patient.h. */
#include "config.h"

#include "patient.h"
#include "sample.h"

#define GTX "0000:01:00.0"
#define AUDIO "0000:01:00.1"
#define IGPU "0000:00:02.0"
#define DISK "0000:00:1f.2"
#define WORDS "intel_iommu=on iommu=pt vfio-pci.ids=10de:13c2,10de:0fbb"

static void
set_driver (FerryPatient *c, const char *id, const char *driver)
{
  FerryDevice *device = ferry_sample_get (c->machine, id);

  g_assert_nonnull (device);
  g_free (device->driver);
  device->driver = g_strdup (driver);
}

static void
set_list (char ***list, const char *items)
{
  g_strfreev (*list);
  *list = g_strsplit (items, " ", -1);
}

/* As the change left it and the restart found it: everything is right. */
FerryPatient
ferry_patient_new (void)
{
  FerryPatient c = { ferry_sample_desktop (), ferry_evidence_new () };
  g_autoptr (FerryPlan) plan = ferry_plan_new ();
  FerryAddress address;

  g_assert_true (ferry_address_parse (GTX, &address));
  c.evidence->known = FERRY_ANSWER_YES;
  c.evidence->intent = ferry_intent_new ();
  g_array_append_val (c.evidence->intent->cards, address);
  plan->words = g_strsplit (WORDS, " ", -1);
  c.evidence->witness = ferry_witness_make (c.machine, plan, c.evidence->intent);
  c.evidence->changed = 1000;
  c.evidence->started = 2000;
  c.evidence->edited = g_new0 (char *, 1);
  c.evidence->pending = g_new0 (char *, 1);
  c.machine->vfio = g_new0 (FerryVfio, 1);
  c.machine->vfio->container = FERRY_ANSWER_YES;
  c.machine->vfio->groups = g_strsplit ("1", " ", -1);

  ferry_sample_set_cmdline (c.machine, "BOOT_IMAGE=/boot/vmlinuz-6.12-x86_64 quiet " WORDS);
  set_driver (&c, GTX, "vfio-pci");
  set_driver (&c, AUDIO, "vfio-pci");
  set_driver (&c, IGPU, "i915");
  set_driver (&c, DISK, "ahci");
  ferry_sample_get (c.machine, DISK)->needs = FERRY_NEED_DISK;
  ferry_sample_connect_screen (ferry_sample_get (c.machine, IGPU), FERRY_ANSWER_YES);
  return c;
}

void
ferry_patient_clear (FerryPatient *c)
{
  ferry_evidence_free (c->evidence);
  g_object_unref (c->machine);
}

void
ferry_patient_set_log (FerryPatient *c, const char *log)
{
  c->evidence->log = ferry_log_lines_find (log);
}

static void
leave (FerryPatient *c)
{
}

static void
lose_words (FerryPatient *c)
{
  ferry_sample_set_cmdline (c->machine, "BOOT_IMAGE=/boot/vmlinuz-6.6-x86_64 quiet");
}

static void
lose_words_with_menu (FerryPatient *c)
{
  lose_words (c);
  c->evidence->menu = FERRY_ANSWER_YES;
}

static void
lose_words_from_menu (FerryPatient *c)
{
  lose_words (c);
  c->evidence->menu = FERRY_ANSWER_NO;
}

static void
lose_words_and_settings (FerryPatient *c)
{
  lose_words_from_menu (c);
  set_list (&c->evidence->edited, "etc/default/grub.d/zz-ferry.cfg");
  set_list (&c->evidence->pending, "etc/default/grub.d/zz-ferry.cfg menu");
}

static void
start_for_rescue (FerryPatient *c)
{
  ferry_sample_set_cmdline (c->machine, "module_blacklist=vfio_pci " WORDS);
  set_driver (c, GTX, "nouveau");
}

static void
switch_kvm_off (FerryPatient *c)
{
  c->machine->processor->kvm_device = c->machine->processor->virtualization = FERRY_ANSWER_NO;
}

static void
hold_kvm (FerryPatient *c)
{
  c->machine->processor->kvm_device = FERRY_ANSWER_NO;
}

static void
leave_iommu_off (FerryPatient *c)
{
  lose_words (c);
  ferry_sample_remove_groups (c->machine);
}

static void
switch_vtd_off (FerryPatient *c)
{
  ferry_sample_remove_groups (c->machine);
  c->machine->iommu->offered = FERRY_ANSWER_NO;
}

static void
break_table (FerryPatient *c)
{
  ferry_sample_remove_groups (c->machine);
  ferry_patient_set_log (c, "DMAR: Parse DMAR table failure.\n");
}

static void
take_card (FerryPatient *c)
{
  set_driver (c, GTX, "nvidia");
}

static void
lack_module (FerryPatient *c)
{
  take_card (c);
  c->evidence->menu = FERRY_ANSWER_YES;
}

static void
add_image (FerryPatient *c, const char *path, FerryAnswer ready)
{
  g_autoptr (GVariant) facts = NULL;
  GVariantBuilder images, map;

  g_variant_builder_init (&images, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&images, "{ss}", path, ferry_answer_to_string (ready));
  g_variant_builder_init (&map, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&map, "{sv}", "images", g_variant_builder_end (&images));
  facts = g_variant_ref_sink (g_variant_builder_end (&map));
  {
    g_autoptr (FerryEvidence) read = ferry_evidence_from_variant (facts, c->machine, 0);

    g_assert_cmpuint (read->images->len, ==, 1);
    g_ptr_array_add (c->evidence->images, g_ptr_array_steal_index (read->images, 0));
  }
}

static void
make_image_without (FerryPatient *c)
{
  lack_module (c);
  add_image (c, "boot/initramfs-6.16-x86_64.img", FERRY_ANSWER_NO);
}

static void
lose_preset (FerryPatient *c)
{
  take_card (c);
  set_list (&c->evidence->pending, "etc/mkinitcpio.conf initramfs");
}

static void
update_running_kernel (FerryPatient *c)
{
  take_card (c);
  c->machine->kernel->modules_kept = FERRY_ANSWER_NO;
}

static void
reserve_nothing (FerryPatient *c)
{
  set_driver (c, GTX, NULL);
}

static void
leave_audio (FerryPatient *c)
{
  set_driver (c, AUDIO, "snd_hda_intel");
}

static void
add_usb (FerryPatient *c)
{
  FerryCard *card = ferry_sample_get_card (c->machine);

  g_ptr_array_add (card->functions,
                   ferry_sample_add (c->machine, "0000:01:00.2", 0x0c0330, 0x10de, 0x1ad6, 1));
  set_driver (c, "0000:01:00.2", "xhci_hcd");
}

static void
take_both_cards (FerryPatient *c)
{
  ferry_sample_add (c->machine, "0000:05:00.0", 0x030000, 0x10de, 0x13c2, 20);
  ferry_sample_add_card (c->machine, "GeForce GTX 970 (NVIDIA)", "0000:05:00.0", NULL);
  set_driver (c, "0000:05:00.0", "vfio-pci");
}

static void
take_other_card (FerryPatient *c)
{
  set_driver (c, GTX, "nouveau");
  take_both_cards (c);
}

static void
lose_last_screen (FerryPatient *c)
{
  set_driver (c, IGPU, "vfio-pci");
}

static void
hide_own_card (FerryPatient *c)
{
  FerryCard *card = g_ptr_array_index (c->machine->cards, 0);

  g_assert_true (card->integrated);
  g_ptr_array_remove_index (c->machine->cards, 0);
}

static void
want_no_screen (FerryPatient *c)
{
  hide_own_card (c);
  c->evidence->intent->accept_only_display = TRUE;
}

static void
unplug_screen (FerryPatient *c)
{
  GPtrArray *connectors = ferry_sample_get (c->machine, IGPU)->connectors;

  ((FerryConnector *) g_ptr_array_index (connectors, 0))->connected = FERRY_ANSWER_NO;
}

static void
lose_own_driver (FerryPatient *c)
{
  set_driver (c, IGPU, NULL);
}

static void
hide_sockets (FerryPatient *c)
{
  g_ptr_array_set_size (ferry_sample_get (c->machine, IGPU)->connectors, 0);
}

static void
run_old_kernel (FerryPatient *c)
{
  c->machine->kernel->minor = 1;
}

static void
start_on_card (FerryPatient *c)
{
  ferry_sample_get (c->machine, GTX)->boot_vga = FERRY_ANSWER_YES;
}

static void
start_on_card_by_bios (FerryPatient *c)
{
  start_on_card (c);
  c->machine->firmware->uefi = FERRY_ANSWER_NO;
}

static void
take_disk (FerryPatient *c)
{
  set_driver (c, DISK, "vfio-pci");
}

static void
take_network (FerryPatient *c)
{
  set_driver (c, "0000:04:00.0", "vfio-pci");
}

static void
add_neighbour (FerryPatient *c)
{
  ferry_sample_add (c->machine, "0000:03:00.0", 0x0c0330, 0x1912, 0x0014, 1);
  set_driver (c, "0000:03:00.0", "xhci_hcd");
}

static void
lose_remapping (FerryPatient *c)
{
  c->machine->iommu->interrupt_remapping = FERRY_ANSWER_NO;
}

static void
refuse_remapping (FerryPatient *c)
{
  c->machine->iommu->interrupt_remapping = FERRY_ANSWER_UNKNOWN;
  ferry_patient_set_log (
      c, "vfio_iommu_type1_attach_group: No interrupt remapping support.  Use the module param\n");
}

static void
allow_unsafe (FerryPatient *c)
{
  lose_remapping (c);
  c->machine->vfio->unsafe_interrupts = FERRY_ANSWER_YES;
}

static void
demand_mapping (FerryPatient *c)
{
  ferry_patient_set_log (
      c, "vfio-pci 0000:01:00.0: Firmware has requested this device have a 1:1 IOMMU mapping, "
         "rejecting configuring the device without a 1:1 mapping.\n");
}

static void
demand_mapping_elsewhere (FerryPatient *c)
{
  ferry_patient_set_log (c, "pci 0000:00:14.0: Firmware has requested this device have a 1:1 IOMMU mapping\n");
}

static void
hold_memory (FerryPatient *c)
{
  ferry_patient_set_log (
      c, "vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0xc0000000-0xcfffffff 64bit pref]\n");
}

static void
lack_space (FerryPatient *c)
{
  ferry_patient_set_log (
      c, "pci 0000:01:00.0: BAR 1: no space for [mem size 0x10000000 64bit pref]\n");
}

static void
lack_space_elsewhere (FerryPatient *c)
{
  ferry_patient_set_log (c, "pci 0000:00:1c.0: BAR 14: no space for [mem size 0x00400000]\n");
}

static void
spoil_reset (FerryPatient *c)
{
  ferry_patient_set_log (c, "vfio-pci 0000:01:00.0: not ready 65535ms after bus reset; giving up\n");
}

static void
lose_power (FerryPatient *c)
{
  ferry_patient_set_log (
      c, "vfio-pci 0000:01:00.0: Unable to change power state from D3cold to D0, device "
         "inaccessible\n");
}

static void
silence_card (FerryPatient *c)
{
  ferry_sample_get (c->machine, GTX)->responding = FALSE;
}

static void
use_navi (FerryPatient *c)
{
  FerryDevice *device = ferry_sample_get (c->machine, GTX);
  FerryWitnessDevice *kept = g_ptr_array_index (c->evidence->witness->functions, 0);

  device->vendor = kept->vendor = 0x1002;
  device->device = kept->device = 0x731f;
}

static void
lack_rom (FerryPatient *c)
{
  g_hash_table_insert (c->evidence->roms, g_strdup (GTX), GINT_TO_POINTER (FERRY_ANSWER_NO));
}

static void
break_rom (FerryPatient *c)
{
  ferry_patient_set_log (
      c, "vfio-pci 0000:01:00.0: Invalid PCI ROM header signature: expecting 0xaa55, got 0xffff\n");
}

static void
lack_dnsmasq (FerryPatient *c)
{
  c->machine->system->dnsmasq = FERRY_ANSWER_NO;
}

static void
switch_network_off (FerryPatient *c)
{
  c->evidence->network = FERRY_ANSWER_NO;
}

static void
stop_libvirt (FerryPatient *c)
{
  c->machine->system->libvirt_enabled = FERRY_ANSWER_NO;
  set_list (&c->evidence->pending, "service");
}

static void
stay_out_of_group (FerryPatient *c)
{
  c->evidence->intent->join_group = TRUE;
  c->machine->system->in_libvirt_group = FERRY_ANSWER_NO;
}

static void
lack_tpm (FerryPatient *c)
{
  c->machine->system->swtpm = FERRY_ANSWER_NO;
}

static void
run_new_kernel (FerryPatient *c)
{
  ferry_sample_set_text (&c->machine->kernel->release, "6.16.1-1-MANJARO");
}

static void
run_new_kernel_without (FerryPatient *c)
{
  run_new_kernel (c);
  take_card (c);
}

static void
prepare_all (FerryPatient *c)
{
  add_image (c, "boot/initramfs-6.12-x86_64.img", FERRY_ANSWER_YES);
}

static void
edit_drop_in (FerryPatient *c)
{
  set_list (&c->evidence->edited, "etc/modprobe.d/ferry.conf");
  set_list (&c->evidence->pending, "etc/modprobe.d/ferry.conf initramfs");
}

static void
edit_harmlessly (FerryPatient *c)
{
  set_list (&c->evidence->edited, "etc/default/grub");
}

static void
bring_preset (FerryPatient *c)
{
  set_list (&c->evidence->pending, "etc/mkinitcpio.conf initramfs");
}

static void
move_card (FerryPatient *c)
{
  for (guint i = 0; i < 2; i++)
    {
      FerryDevice *device = ferry_sample_get (c->machine, i == 0 ? GTX : AUDIO);

      device->address.bus = 2;
      g_free (device->id);
      device->id = ferry_address_to_string (&device->address);
    }
}

static void
exchange_card (FerryPatient *c)
{
  ferry_sample_get (c->machine, GTX)->device = 0x1b80;
}

static void
remove_card (FerryPatient *c)
{
  g_ptr_array_remove_index (c->machine->cards, 1);
  g_ptr_array_remove (c->machine->devices, ferry_sample_get (c->machine, AUDIO));
  g_ptr_array_remove (c->machine->devices, ferry_sample_get (c->machine, GTX));
}

static void
lose_group_file (FerryPatient *c)
{
  set_list (&c->machine->vfio->groups, "7");
}

static void
use_new_files (FerryPatient *c)
{
  lose_group_file (c);
  c->machine->vfio->container = FERRY_ANSWER_NO;
  c->machine->vfio->devices = FERRY_ANSWER_YES;
}

static void
not_restart (FerryPatient *c)
{
  lose_words (c);
  take_card (c);
  c->evidence->started = 500;
}

static void
forget_change (FerryPatient *c)
{
  g_clear_pointer (&c->evidence->intent, ferry_intent_free);
  g_clear_pointer (&c->evidence->witness, ferry_witness_free);
}

static void
undo_and_restart (FerryPatient *c)
{
  forget_change (c);
  set_driver (c, GTX, "nvidia");
  set_driver (c, AUDIO, "snd_hda_intel");
}

static void
see_nothing (FerryPatient *c)
{
  undo_and_restart (c);
  c->evidence->known = FERRY_ANSWER_UNKNOWN;
}

static void
see_card_only (FerryPatient *c)
{
  forget_change (c);
  c->evidence->known = FERRY_ANSWER_UNKNOWN;
}

#define AILMENT(name) { #name, name }
static const struct
{
  const char *name;
  void (*spoil) (FerryPatient *c);
} ailments[] = {
  AILMENT (leave), AILMENT (lose_words), AILMENT (lose_words_with_menu), AILMENT (lose_words_from_menu),
  AILMENT (lose_words_and_settings), AILMENT (start_for_rescue), AILMENT (switch_kvm_off), AILMENT (hold_kvm),
  AILMENT (leave_iommu_off), AILMENT (switch_vtd_off), AILMENT (break_table), AILMENT (take_card),
  AILMENT (lack_module), AILMENT (make_image_without), AILMENT (lose_preset), AILMENT (update_running_kernel),
  AILMENT (reserve_nothing), AILMENT (leave_audio), AILMENT (add_usb), AILMENT (take_both_cards),
  AILMENT (take_other_card), AILMENT (lose_last_screen), AILMENT (hide_own_card), AILMENT (want_no_screen),
  AILMENT (unplug_screen), AILMENT (lose_own_driver), AILMENT (hide_sockets), AILMENT (run_old_kernel),
  AILMENT (start_on_card), AILMENT (start_on_card_by_bios), AILMENT (take_disk), AILMENT (take_network),
  AILMENT (add_neighbour), AILMENT (lose_remapping), AILMENT (refuse_remapping), AILMENT (allow_unsafe),
  AILMENT (demand_mapping), AILMENT (demand_mapping_elsewhere), AILMENT (hold_memory), AILMENT (lack_space),
  AILMENT (lack_space_elsewhere), AILMENT (spoil_reset), AILMENT (lose_power), AILMENT (silence_card),
  AILMENT (use_navi), AILMENT (lack_rom), AILMENT (break_rom), AILMENT (lack_dnsmasq), AILMENT (stop_libvirt),
  AILMENT (switch_network_off), AILMENT (stay_out_of_group), AILMENT (lack_tpm), AILMENT (run_new_kernel),
  AILMENT (run_new_kernel_without), AILMENT (prepare_all), AILMENT (edit_drop_in), AILMENT (edit_harmlessly),
  AILMENT (bring_preset), AILMENT (move_card), AILMENT (exchange_card), AILMENT (remove_card),
  AILMENT (lose_group_file), AILMENT (use_new_files), AILMENT (not_restart), AILMENT (forget_change),
  AILMENT (undo_and_restart), AILMENT (see_nothing), AILMENT (see_card_only),
};

void
ferry_patient_spoil (FerryPatient *patient, const char *ailment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ailments); i++)
    if (g_str_equal (ailments[i].name, ailment))
      {
        ailments[i].spoil (patient);
        return;
      }
  g_error ("There is no ailment %s", ailment);
}
