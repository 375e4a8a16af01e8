/* finding-card.c: the findings about the chosen card: where it is, who has it, and whether it is
 * well. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/finding-table.h"
#include "plan/kind.h"
#include "plan/reset.h"

static const char *
name_first_card (const FerryFindingFacts *facts)
{
  return facts->cards->len > 0 ? ((FerryCard *) g_ptr_array_index (facts->cards, 0))->name : "";
}

/* What was the display function of the chosen card at @address when the change was made. */
static const FerryWitnessDevice *
find_kept (const FerryFindingFacts *facts, const char *id)
{
  const FerryWitness *witness = facts->evidence->witness;

  for (guint i = 0; witness != NULL && i < witness->functions->len; i++)
    {
      const FerryWitnessDevice *kept = g_ptr_array_index (witness->functions, i);

      if (g_str_equal (kept->id, id))
        return kept;
    }
  return NULL;
}

static FerryDevice *
find_elsewhere (const FerryFindingFacts *facts, const FerryWitnessDevice *kept)
{
  for (guint i = 0; kept != NULL && i < facts->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->machine->devices, i);

      if (ferry_witness_is_same (kept, device))
        return device;
    }
  return NULL;
}

static void
say_moved (const FerryFindingFacts *facts, FerryFinding *finding, const char *id,
           FerryDevice *found)
{
  const char *why
      = _ ("The settings of a virtual machine name the card by its place. Another slot, or "
           "another card beside it, changes the place.");

  finding->fix = FERRY_FIX_CARD;
  ferry_finding_detail (finding, "%s → %s", id, found->id);
  ferry_finding_say (finding, FERRY_CHECK_FAIL, _ ("The card sits at another place than before"),
                     why,
                     _ ("Choose the card again and let Ferry make the change for its new place."));
}

static void
say_gone (FerryFinding *finding, const char *id)
{
  finding->fix = FERRY_FIX_UNDO;
  ferry_finding_detail (finding, "%s", id);
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL, _ ("The chosen card is not in this computer any more"),
      _ ("Where it was, there is no such card now."),
      _ ("If you took it out for good, undo the change. If not, switch the computer off, see "
         "that the card and its power cable sit firmly, and look again."));
}

static gboolean
look_at_place (const FerryFindingFacts *facts, FerryFinding *finding, const char *id)
{
  const FerryWitnessDevice *kept = find_kept (facts, id);
  FerryDevice *device = ferry_devices_find (facts->machine->devices, id);
  FerryDevice *elsewhere;

  if (device != NULL && (kept == NULL || ferry_witness_is_same (kept, device)))
    return FALSE;
  elsewhere = find_elsewhere (facts, kept);
  if (elsewhere != NULL)
    say_moved (facts, finding, id, elsewhere);
  else if (device != NULL && ferry_device_is_display (device))
    {
      finding->fix = FERRY_FIX_CARD;
      ferry_finding_detail (finding, "%s: %04x:%04x → %04x:%04x", id, kept->vendor, kept->device,
                            device->vendor, device->device);
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("Another card sits where the chosen one was"),
          _ ("The change was made for the card that was there before."),
          _ ("Undo the change, or choose the new card and let Ferry change for it."));
    }
  else
    say_gone (finding, id);
  return TRUE;
}

FERRY_FINDING_FUNCTION (card_place)
{
  const FerryIntent *intent = facts->evidence->intent;

  for (guint i = 0; intent != NULL && i < intent->cards->len; i++)
    {
      g_autofree char *id
          = ferry_address_to_string (&g_array_index (intent->cards, FerryAddress, i));

      if (look_at_place (facts, finding, id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
any_image_lacks (const FerryEvidence *evidence)
{
  for (guint i = 0; i < evidence->images->len; i++)
    if (((FerryEvidenceImage *) g_ptr_array_index (evidence->images, i))->ready == FERRY_ANSWER_NO)
      return TRUE;
  return FALSE;
}

/* The cause, as far as it can be seen, and what mends it. */
static const char *
explain_taken (const FerryFindingFacts *facts, FerryFinding *finding)
{
  const FerryEvidence *evidence = facts->evidence;

  if (facts->missing[0] != NULL || facts->machine->iommu->grouped == FERRY_ANSWER_NO)
    {
      finding->fix = FERRY_FIX_RESTART;
      return _ ("It follows from what stands above: that comes first.");
    }
  if (facts->machine->kernel->modules_kept == FERRY_ANSWER_NO)
    {
      finding->fix = FERRY_FIX_RESTART;
      return _ (
          "An update has replaced the running kernel, so its drivers cannot be loaded any more. "
          "Restart.");
    }
  if (ferry_finding_can_apply (facts))
    {
      finding->fix = FERRY_FIX_APPLY;
      return _ (
          "A setting that the change needs is not there any more. Make the change again, then "
          "restart.");
    }
  if (any_image_lacks (evidence))
    {
      finding->fix = FERRY_FIX_UNDO;
      return _ (
          "The first files that Linux loads lack the driver for virtual machines. Undo the change, "
          "make it once more, and restart.");
    }
  finding->fix = FERRY_FIX_UNDO;
  if (evidence->witness != NULL && *evidence->witness->kernel != '\0'
      && !g_str_equal (evidence->witness->kernel, facts->machine->kernel->release))
    return _ ("Another kernel runs than when the change was made. Start the kernel from before in "
              "the boot "
              "menu, or undo the change and make it once more.");
  return _ ("The usual driver was faster. Restart once more. If that does not help, undo the "
            "change, make "
            "it once more, and copy the report below for whoever helps you.");
}

static void
add_driver_details (const FerryFindingFacts *facts, FerryFinding *finding)
{
  for (guint i = 0; i < facts->wanted->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (facts->wanted, i);
      const char *driver = device->driver != NULL ? device->driver : "-";

      ferry_finding_detail (finding, "%s [%04x:%04x] %s", device->id, device->vendor,
                            device->device, driver);
    }
}

static const FerryCard *
find_taken (const FerryFindingFacts *facts)
{
  for (guint i = 0; i < facts->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (facts->cards, i);

      if (!ferry_finding_is_kept (card->primary))
        return card;
    }
  return NULL;
}

FERRY_FINDING_FUNCTION (card_driver)
{
  const char *why
      = _ ("Only a card that no other driver has touched can be given to a virtual machine "
           "safely.");
  const FerryCard *taken = find_taken (facts);
  g_autofree char *title = NULL;

  if (facts->cards->len == 0)
    return FALSE;
  add_driver_details (facts, finding);
  if (taken == NULL)
    {
      title = g_strdup_printf (_ ("%s is kept free for virtual machines"), name_first_card (facts));
      ferry_finding_say (finding, FERRY_CHECK_PASS, title, why, "");
      return TRUE;
    }
  if (taken->primary->driver != NULL)
    title = g_strdup_printf (_ ("Your system still uses %s"), taken->name);
  else
    title = g_strdup_printf (_ ("Nothing has reserved %s"), taken->name);
  ferry_finding_say (finding, FERRY_CHECK_FAIL, title, why, explain_taken (facts, finding));
  return TRUE;
}

/* Built in, no setting can be faster; libvirt takes it when the virtual machine starts. */
static gboolean
is_handed_over_later (const FerryFindingFacts *facts, FerryDevice *device)
{
  return g_strcmp0 (device->driver, "xhci_hcd") == 0
         && g_strcmp0 (ferry_kernel_config (facts->machine->kernel, "CONFIG_USB_XHCI_PCI"), "m")
                != 0;
}

FERRY_FINDING_FUNCTION (card_parts)
{
  const char *why
      = _ ("All parts of a card, also the sound in its cable, go to the virtual machine "
           "together.");
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autofree char *kinds = NULL;
  g_autofree char *title = NULL;
  gboolean later = TRUE;

  if (facts->cards->len == 0 || find_taken (facts) != NULL)
    return FALSE;
  for (guint i = 0; i < facts->wanted->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->wanted, i);

      if (device->driver == NULL || ferry_finding_is_kept (device))
        continue;
      ferry_finding_detail (finding, "%s [%04x:%04x] %s", device->id, device->vendor,
                            device->device, device->driver);
      later = later && is_handed_over_later (facts, device);
      g_ptr_array_add (left, device);
    }
  if (left->len == 0)
    return FALSE;
  kinds = ferry_kind_describe_list (left);
  title = g_strdup_printf (_ ("Your system still uses a part of the card: %s"), kinds);
  if (later)
    {
      ferry_finding_say (
          finding, FERRY_CHECK_WARN, title, why,
          _ ("This kernel has the driver built in. The part is handed over when the virtual "
             "machine starts; leave nothing plugged into it meanwhile."));
      return TRUE;
    }
  finding->fix = ferry_finding_can_apply (facts) ? FERRY_FIX_APPLY : FERRY_FIX_UNDO;
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL, title, why,
      _ ("Restart once more. If it stays like this, undo the change and make it again: Ferry "
         "then names all parts of the card."));
  return TRUE;
}

/* Display devices that vfio-pci took and nobody chose. */
FERRY_FINDING_FUNCTION (twin_card)
{
  for (guint i = 0; facts->evidence->intent != NULL && i < facts->machine->cards->len; i++)
    {
      FerryCard *card = g_ptr_array_index (facts->machine->cards, i);
      g_autofree char *title = NULL;

      if (!ferry_finding_is_kept (card->primary) || g_ptr_array_find (facts->cards, card, NULL))
        continue;
      title = g_strdup_printf (_ ("A card that you did not choose is set aside, too: %s"),
                               card->name);
      ferry_finding_detail (finding, "%s [%04x:%04x]", card->primary->id, card->primary->vendor,
                            card->primary->device);
      finding->fix = FERRY_FIX_UNDO;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, title,
          _ ("Cards of the same model have the same number. Taken by that number, both are "
             "lost to your system."),
          _ ("Undo the change and make it again; under “Options”, let Ferry recognise the "
             "card by its place."));
      return TRUE;
    }
  return FALSE;
}

static gboolean
log_names_card (const FerryFindingFacts *facts, const char *id)
{
  for (guint i = 0; i < facts->wanted->len; i++)
    if (ferry_log_lines_have (facts->evidence->log, id,
                              ((FerryDevice *) g_ptr_array_index (facts->wanted, i))->id))
      return TRUE;
  return FALSE;
}

FERRY_FINDING_FUNCTION (card_memory)
{
  if (log_names_card (facts, "cannot-reserve"))
    ferry_finding_say (
        finding, FERRY_CHECK_FAIL, _ ("The picture of the start still holds the card"),
        _ ("The virtual machine would stay black: it cannot get at the memory of the card."),
        _ ("Plug your own screen into the other card and choose that one as first in the "
           "firmware. A newer kernel can help, too."));
  else if (log_names_card (facts, "no-space"))
    ferry_finding_say (
        finding, FERRY_CHECK_WARN, _ ("Not all of the card's memory found room"),
        _ ("The card needs a large piece of the address space, which the firmware gives out."),
        _ ("Switch on “Above 4G Decoding” in the firmware, or switch off “Resizable BAR”."));
  else
    return FALSE;
  finding->fix = FERRY_FIX_FIRMWARE;
  return TRUE;
}

static gboolean
any_silent (const FerryFindingFacts *facts)
{
  for (guint i = 0; i < facts->wanted->len; i++)
    if (!((FerryDevice *) g_ptr_array_index (facts->wanted, i))->responding)
      return TRUE;
  return FALSE;
}

FERRY_FINDING_FUNCTION (card_lost)
{
  const char *action
      = _ ("Shut the computer down, wait half a minute with the power switched off, and start "
           "it again. A restart alone may not be enough.");

  if (log_names_card (facts, "reset-failed"))
    ferry_finding_say (finding, FERRY_CHECK_FAIL,
                       _ ("The card did not come back after a virtual machine ended"),
                       _ ("Some cards cannot be started a second time."), action);
  else if (any_silent (facts) || log_names_card (facts, "power-lost"))
    ferry_finding_say (finding, FERRY_CHECK_FAIL, _ ("The card does not answer"),
                       _ ("It went to sleep and did not wake up, or it lost its power."), action);
  else
    return FALSE;
  return TRUE;
}

FERRY_FINDING_FUNCTION (card_reset)
{
  for (guint i = 0; i < facts->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (facts->cards, i);

      if (!ferry_reset_is_unreliable (card->primary))
        continue;
      ferry_finding_say (
          finding, FERRY_CHECK_WARN, _ ("This card may not start a second time"),
          _ ("Cards of this family are known not to come back when a virtual machine ends."),
          _ ("Shut the virtual machine down from inside, never switch it off hard. If the card "
             "hangs, let "
             "the computer sleep and wake up, or switch it off and on. The module vendor-reset "
             "helps, "
             "too."));
      return TRUE;
    }
  return FALSE;
}

static FerryAnswer
get_rom (const FerryFindingFacts *facts, const FerryCard *card)
{
  gpointer told = g_hash_table_lookup (facts->evidence->roms, card->primary->id);

  return told != NULL ? (FerryAnswer) GPOINTER_TO_INT (told) : card->primary->rom_uefi;
}

FERRY_FINDING_FUNCTION (card_rom)
{
  const char *why
      = _ ("A virtual machine shows its first picture with a small program (ROM) on the card.");

  for (guint i = 0; i < facts->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (facts->cards, i);

      if (get_rom (facts, card) == FERRY_ANSWER_NO)
        ferry_finding_say (
            finding, FERRY_CHECK_WARN, _ ("The card's own program does not know UEFI"), why,
            _ ("If the virtual machine stays black, look for a newer ROM on the card maker's "
               "page, or give the virtual machine a BIOS instead of UEFI."));
      else if (facts->machine->firmware->uefi == FERRY_ANSWER_NO
               && card->primary->boot_vga == FERRY_ANSWER_YES)
        ferry_finding_say (
            finding, FERRY_CHECK_WARN, _ ("The computer started on the chosen card"), why,
            _ ("Started the old way (without UEFI), the computer leaves a used copy of that "
               "program behind. If the virtual machine stays black, choose the other card as "
               "first in the firmware, or give the virtual machine a ROM file."));
      else if (log_names_card (facts, "rom-unreadable"))
        ferry_finding_say (
            finding, FERRY_CHECK_WARN, _ ("The card's own program could not be read"), why,
            _ ("If the virtual machine stays black, it needs a file with that program."));
      else
        continue;
      return TRUE;
    }
  return FALSE;
}
