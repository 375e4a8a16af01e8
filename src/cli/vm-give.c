/* vm-give.c: ferryctl vm give and take: a card for a virtual machine that exists, and back; before and after are shown. */
#include "config.h"

#include <glib/gi18n.h>

#include "act/diff.h"
#include "cli/output.h"
#include "cli/question.h"
#include "cli/vm.h"
#include "facts/error.h"
#include "guest/claim.h"
#include "guest/gift.h"
#include "guest/guard.h"
#include "guest/medium.h"
#include "guest/option-rom.h"
#include "plan/paragraph.h"

/* The ROM of another card would be a black screen. */
static gboolean
check_rom (const FerryWish *wish, FerryMachine *machine, const GArray *functions, GError **error)
{
  g_autofree char *id = ferry_address_to_string (&g_array_index (functions, FerryAddress, 0));
  FerryDevice *device = ferry_devices_find (machine->devices, id);

  return wish->rom == NULL || device == NULL
         || ferry_option_rom_check (wish->rom, device->vendor, device->device, NULL, error);
}

/* libvirt does not open it for QEMU, as it does with disks. */
static gboolean
check_reach (const FerryWish *wish, FerryMachine *machine, FerryVirt *virt, GError **error)
{
  g_autoptr (FerryMedium) medium = NULL;
  g_autofree char *shown = NULL;
  guint uid = 0, gid = 0;

  if (wish->rom == NULL || !ferry_root_is_live (machine->root))
    return TRUE;
  ferry_virt_read_owner (virt, &uid, &gid);
  medium = ferry_medium_check (machine->root, wish->rom, FERRY_MEDIUM_ROM, uid, gid, error);
  if (medium == NULL || medium->reachable)
    return medium != NULL;
  shown = g_filename_display_name (medium->obstacle);
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
               _ ("Virtual machines run as a user of their own, who may not read “%s”. Copy the ROM file to the folder of the images "
                  "first: sudo install -m 644 FILE /var/lib/libvirt/images"),
               shown);
  return FALSE;
}

static GArray *
find_functions (const FerryWish *wish, FerryMachine **computer, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GArray) functions = g_array_new (FALSE, FALSE, sizeof (FerryAddress));

  if (wish->cards == NULL || wish->cards[0] == NULL || wish->cards[1] != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("Say one card with --card ADDRESS."));
      return NULL;
    }
  machine = ferry_vm_scan (wish, error);
  if (machine == NULL || !ferry_vm_find_card (machine, wish->cards[0], functions, NULL, error)
      || !check_rom (wish, machine, functions, error))
    return NULL;
  *computer = g_steal_pointer (&machine);
  return g_steal_pointer (&functions);
}

/* Other machines that have the card, as a note. */
static gboolean
note_claims (FerryVirt *virt, const FerryWish *wish, const GArray *functions, FerryGift *gift, GError **error)
{
  g_autoptr (GPtrArray) residents = ferry_virt_list (virt, error);
  g_autoptr (GPtrArray) claims = residents != NULL ? ferry_claim_find (residents, functions, wish->name) : NULL;
  char *sentence = claims != NULL ? ferry_claim_describe (claims) : NULL;

  if (sentence != NULL)
    g_ptr_array_add (gift->notes, sentence);
  return residents != NULL;
}

static int
show (const FerryGift *gift, GError **error)
{
  g_autofree char *diff = ferry_diff_make (gift->name, gift->before, gift->after, error);
  g_autoptr (GString) out = g_string_new (NULL);

  if (diff == NULL)
    return FERRY_EXIT_ERROR;
  g_string_append_printf (out, "%s\n", diff);
  for (guint i = 0; i < gift->notes->len; i++)
    ferry_paragraph_append (out, "", "", g_ptr_array_index (gift->notes, i));
  return ferry_output_print (out->str, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static int
change (FerryVirt *virt, const FerryWish *wish, const FerryResident *resident, const FerryGift *gift, GError **error)
{
  g_autofree char *kept = NULL;

  if (!gift->changed)
    return ferry_output_print (_ ("There is nothing to change.\n"), error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
  if (show (gift, error) != FERRY_EXIT_READY)
    return FERRY_EXIT_ERROR;
  if (wish->dry_run)
    return FERRY_EXIT_STEPS;
  if (!ferry_question_ask (wish->yes, error))
    return FERRY_EXIT_ERROR;
  kept = ferry_virt_define (virt, gift->after, error);
  if (kept == NULL)
    return FERRY_EXIT_ERROR;
  return ferry_output_print (resident->power == FERRY_POWER_OFF
                                 ? _ ("Done.\n")
                                 : _ ("Done. It counts from the next start of the virtual machine on.\n"),
                             error)
             ? FERRY_EXIT_READY
             : FERRY_EXIT_ERROR;
}

static int
run (const FerryWish *wish, gboolean give, GError **error)
{
  g_autoptr (FerryMachine) machine = NULL;
  g_autoptr (GArray) functions = find_functions (wish, &machine, error);
  g_autoptr (FerryVirt) virt = functions != NULL ? ferry_vm_connect (wish, NULL, error) : NULL;
  g_autoptr (FerryResident) resident = virt != NULL ? ferry_virt_find (virt, wish->name, error) : NULL;
  g_autoptr (FerryGift) gift = NULL;

  if (resident == NULL || (give && !check_reach (wish, machine, virt, error)))
    return FERRY_EXIT_ERROR;
  gift = give ? ferry_gift_give (resident->xml, functions, wish->rom, error) : ferry_gift_take (resident->xml, functions, error);
  if (gift == NULL
      || (give && !ferry_guard_check (machine, functions, resident->functions, gift->notes, error))
      || (give && !note_claims (virt, wish, functions, gift, error)))
    return FERRY_EXIT_ERROR;
  return change (virt, wish, resident, gift, error);
}

int
ferry_vm_give (const FerryWish *wish, GError **error)
{
  return run (wish, TRUE, error);
}

int
ferry_vm_take (const FerryWish *wish, GError **error)
{
  return run (wish, FALSE, error);
}
