/* finding-host.c: the findings about what stays with the host: its group neighbours, screen and
 * disks. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/finding-table.h"
#include "plan/kind.h"

#define XORG_FILE "etc/X11/xorg.conf.d/90-mhwd.conf"

static gboolean
is_wanted (const FerryFindingFacts *facts, FerryDevice *device)
{
  return g_ptr_array_find (facts->wanted, device, NULL);
}

/* Endpoints beside the card that a driver of the host has: the kernel then refuses the whole group
 * (Documentation/driver-api/vfio.rst). pci-stub counts as nobody. */
static GPtrArray *
list_obstacles (const FerryFindingFacts *facts)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < facts->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->machine->devices, i);
      gboolean beside = FALSE;

      for (guint j = 0; j < facts->wanted->len && device->group != FERRY_DEVICE_NO_GROUP; j++)
        beside |= ((FerryDevice *) g_ptr_array_index (facts->wanted, j))->group == device->group;
      if (beside && !is_wanted (facts, device) && !ferry_kind_is_bridge (device)
          && device->driver != NULL && !ferry_finding_is_kept (device)
          && !g_str_equal (device->driver, "pci-stub"))
        g_ptr_array_add (found, device);
    }
  return found;
}

FERRY_FINDING_FUNCTION (group)
{
  const char *why
      = _ ("An IOMMU group is a set of devices that the hardware cannot keep apart. A virtual "
           "machine gets a card only when your system uses nothing else of its group.");
  g_autoptr (GPtrArray) obstacles = NULL;
  g_autofree char *kinds = NULL;
  g_autofree char *title = NULL;

  if (facts->wanted->len == 0 || facts->machine->iommu->grouped != FERRY_ANSWER_YES)
    return FALSE;
  obstacles = list_obstacles (facts);
  if (obstacles->len == 0)
    {
      ferry_finding_say (finding, FERRY_CHECK_PASS,
                         _ ("Nothing else in the card's group is in use"), why, "");
      return TRUE;
    }
  for (guint i = 0; i < obstacles->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (obstacles, i);

      ferry_finding_detail (finding, "%s [%04x:%04x] %s", device->id, device->vendor,
                            device->device, device->driver);
    }
  kinds = ferry_kind_describe_list (obstacles);
  title = g_strdup_printf (_ ("Your system uses something in the card's group: %s"), kinds);
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL, title, why,
      _ ("Put the card into another slot, or choose another card. Then Ferry looks again."));
  finding->fix = FERRY_FIX_CARD;
  return TRUE;
}

static gboolean
has_kept (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((FerryWitnessDevice *) g_ptr_array_index (list, i))->id, id))
      return TRUE;
  return FALSE;
}

/* The numbers of groups change easily and mean nothing; who is together with the card does. */
FERRY_FINDING_FUNCTION (group_changed)
{
  const FerryWitness *witness = facts->evidence->witness;
  g_autoptr (GPtrArray) obstacles = list_obstacles (facts);
  guint n_new = 0;

  if (witness == NULL || facts->machine->iommu->grouped != FERRY_ANSWER_YES)
    return FALSE;
  for (guint i = 0; i < obstacles->len; i++)
    {
      const FerryDevice *device = g_ptr_array_index (obstacles, i);

      if (has_kept (witness->neighbours, device->id))
        continue;
      ferry_finding_detail (finding, "%s [%04x:%04x]", device->id, device->vendor, device->device);
      n_new++;
    }
  if (n_new == 0)
    return FALSE;
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL, _ ("The card's group is another one than before"),
      _ ("A new kernel, a new firmware or another slot can change what belongs together."),
      _ ("Start the kernel from before in the boot menu and look again. If that is no way, "
         "undo the change and choose anew."));
  finding->fix = FERRY_FIX_UNDO;
  return TRUE;
}

/* Of the cards that stay: the best that can be said. */
static void
look_at_screens (const FerryFindingFacts *facts, guint *cards, guint *driven, guint *sockets,
                 guint *connected)
{
  *cards = *driven = *sockets = *connected = 0;
  for (guint i = 0; i < facts->machine->cards->len; i++)
    {
      FerryCard *card = g_ptr_array_index (facts->machine->cards, i);
      GPtrArray *connectors = card->primary->connectors;

      if (!card->can_show || g_ptr_array_find (facts->cards, card, NULL)
          || ferry_finding_is_kept (card->primary))
        continue;
      (*cards)++;
      *driven += card->primary->driver != NULL;
      *sockets += connectors->len;
      for (guint j = 0; j < connectors->len; j++)
        *connected += ((FerryConnector *) g_ptr_array_index (connectors, j))->connected
                      == FERRY_ANSWER_YES;
    }
}

FERRY_FINDING_FUNCTION (screen)
{
  const char *why = _ ("Your own system needs a graphics card with a screen.");
  const FerryIntent *intent = facts->evidence->intent;
  guint cards, driven, sockets, connected;

  look_at_screens (facts, &cards, &driven, &sockets, &connected);
  if (cards == 0 && intent != NULL && intent->accept_only_display)
    ferry_finding_say (finding, FERRY_CHECK_WARN,
                       _ ("Your system has no screen of its own, as you chose"), why,
                       _ ("Reach it over the network, or through the virtual machine."));
  else if (cards == 0)
    {
      finding->fix = FERRY_FIX_UNDO;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("Your system has no graphics card left for a screen"), why,
          _ ("Undo the change, or switch on the graphics of the processor in the firmware."));
    }
  else if (driven == 0)
    ferry_finding_say (
        finding, FERRY_CHECK_FAIL,
        _ ("The graphics card that stays with your system has no driver"),
        _ ("The processor then draws every picture itself, which is slow, and only one screen "
           "works."),
        _ ("Install the driver of that card: on Manjaro in the Settings Manager under "
           "“Hardware Configuration”. Then restart."));
  else if (sockets == 0)
    ferry_finding_say (finding, FERRY_CHECK_UNKNOWN,
                       _ ("Ferry could not see where your screen is plugged in"), why, "");
  else if (connected == 0)
    ferry_finding_say (
        finding, FERRY_CHECK_FAIL,
        _ ("No screen is plugged into the graphics card that stays with your system"), why,
        _ ("Plug your screen into the socket of that card; the one of the processor is on the "
           "main board. The card that you gave away shows the virtual machine only."));
  else
    ferry_finding_say (finding, FERRY_CHECK_PASS,
                       _ ("Your system has its own graphics card and screen"), why, "");
  return TRUE;
}

/* mhwd writes a file that ties X to the driver of one card; the server then does not start without
 * it. */
FERRY_FINDING_FUNCTION (screen_settings)
{
  const FerryFile *file = facts->machine->configuration != NULL
                              ? ferry_configuration_get (facts->machine->configuration, XORG_FILE)
                              : NULL;

  if (file == NULL || file->kind == FERRY_FILE_ABSENT || facts->wanted->len == 0
      || !ferry_finding_has_item (facts->evidence->pending, XORG_FILE))
    return FALSE;
  ferry_finding_detail (finding, "/%s", XORG_FILE);
  ferry_finding_say (
      finding, FERRY_CHECK_FAIL,
      _ ("A setting still looks for the screen on the card that you gave away"),
      _ ("The desktop does not start when its settings name a card that it does not have."),
      _ ("Make the change again: Ferry moves the setting aside and keeps it."));
  finding->fix = FERRY_FIX_APPLY;
  return TRUE;
}

/* Before Linux 6.5 the kernel took the picture of the firmware away from all cards at once
 * (drivers/video/aperture.c). */
FERRY_FINDING_FUNCTION (boot_picture)
{
  const FerryKernel *kernel = facts->machine->kernel;

  for (guint i = 0; i < facts->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (facts->cards, i);
      gboolean first = card->primary->boot_vga == FERRY_ANSWER_YES;

      if (!ferry_finding_is_kept (card->primary) || kernel->major == 0
          || (!first && ferry_kernel_at_least (kernel, 6, 5)))
        continue;
      ferry_finding_say (
          finding, FERRY_CHECK_WARN, _ ("The picture of the start may freeze for a while"),
          first ? _ ("The computer begins to show its picture on the card that you gave away. It "
                     "stops when "
                     "the card is reserved; your system goes on starting all the same.")
                : _ ("Kernels before 6.5 let go of the picture on every card at once. Your system "
                     "goes on "
                     "starting all the same."),
          first ? _ ("Wait for the desktop. To see everything, choose the other card as first in "
                     "the firmware.")
                : _ ("Wait for the desktop. A newer kernel does not do this."));
      return TRUE;
    }
  return FALSE;
}

FERRY_FINDING_FUNCTION (disk)
{
  const char *why = _ ("A disk that is set aside for virtual machines is gone for your system.");
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();
  gboolean seen = FALSE;

  for (guint i = 0; i < facts->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->machine->devices, i);

      seen |= (device->needs & FERRY_NEED_DISK) != 0 || ferry_kind_is_disk (device);
      if (!is_wanted (facts, device) && ferry_kind_is_disk (device)
          && ferry_finding_is_kept (device))
        {
          ferry_finding_detail (finding, "%s [%04x:%04x] %s", device->id, device->vendor,
                                device->device, device->driver);
          g_ptr_array_add (taken, device);
        }
    }
  if (!seen)
    return FALSE;
  if (taken->len == 0)
    {
      ferry_finding_say (finding, FERRY_CHECK_PASS,
                         _ ("The disks belong to your system, as before"), why, "");
      return TRUE;
    }
  finding->fix = FERRY_FIX_UNDO;
  ferry_finding_say (finding, FERRY_CHECK_FAIL, _ ("A disk of this computer is set aside, too"),
                     why,
                     _ ("Undo the change before you restart again. It has the same model number as "
                        "something that was to be set aside."));
  return TRUE;
}

/* What else vfio-pci has, beside cards and disks, for which there are findings of their own. */
FERRY_FINDING_FUNCTION (other_devices)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autofree char *kinds = NULL;
  g_autofree char *title = NULL;

  for (guint i = 0; facts->evidence->intent != NULL && i < facts->machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->machine->devices, i);
      gboolean of_card = FALSE;

      if (!ferry_finding_is_kept (device) || is_wanted (facts, device)
          || ferry_kind_is_disk (device))
        continue;
      for (guint j = 0; j < facts->machine->cards->len; j++)
        of_card |= ferry_card_has (g_ptr_array_index (facts->machine->cards, j), device);
      if (of_card)
        continue;
      ferry_finding_detail (finding, "%s [%04x:%04x]", device->id, device->vendor, device->device);
      g_ptr_array_add (others, device);
    }
  if (others->len == 0)
    return FALSE;
  kinds = ferry_kind_describe_list (others);
  title = g_strdup_printf (_ ("Something else is set aside for virtual machines: %s"), kinds);
  ferry_finding_say (
      finding, FERRY_CHECK_WARN, title,
      _ ("The change did not ask for it. A virtual machine that runs may have it; meanwhile your "
         "system cannot use it."),
      _ ("If no virtual machine has it and you did not set it aside yourself, undo the change "
         "and make it again."));
  return TRUE;
}

FERRY_FINDING_FUNCTION (vfio_files)
{
  const FerryVfio *vfio = facts->machine->vfio;
  const char *why = _ ("Through these files a virtual machine gets at the card.");
  gboolean complete;

  if (vfio == NULL || vfio->container == FERRY_ANSWER_UNKNOWN || facts->cards->len == 0)
    return FALSE;
  complete = vfio->container == FERRY_ANSWER_YES || vfio->devices == FERRY_ANSWER_YES;
  for (guint i = 0; i < facts->wanted->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (facts->wanted, i);

      if (!ferry_finding_is_kept (device) || device->group == FERRY_DEVICE_NO_GROUP)
        continue;
      ferry_finding_detail (finding, "%s: vfio/%d", device->id, device->group);
      complete &= vfio->devices == FERRY_ANSWER_YES || ferry_vfio_has_group (vfio, device->group);
    }
  if (finding->details == NULL)
    return FALSE;
  if (complete)
    ferry_finding_say (finding, FERRY_CHECK_PASS,
                       _ ("The kernel offers the card to virtual machines"), why, "");
  else
    {
      finding->fix = FERRY_FIX_RESTART;
      ferry_finding_say (
          finding, FERRY_CHECK_FAIL, _ ("The kernel does not offer the card to virtual machines"),
          why,
          _ ("A part of the driver for virtual machines is not loaded. Restart once more; if "
             "that does not help, copy the report and ask for help."));
    }
  return TRUE;
}
