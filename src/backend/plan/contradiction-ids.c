/* contradiction-ids.c: the part of plan/contradiction about vfio-pci.ids=.
 *
 * Format: vendor:device[:subvendor[:subdevice[:class[:class_mask]]]], hexadecimal, comma separated
 * (drivers/vfio/pci/vfio_pci.c). An id takes every device that has it, also a disk.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/contradiction.h"
#include "plan/kind.h"

#define MAX_IDS 128
#define ANY G_MAXUINT32

typedef struct
{
  guint32 vendor, device, subvendor, subdevice, class, mask;
} VfioId;

static gboolean
parse_id (const char *text, VfioId *id)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 7);
  const guint n_parts = g_strv_length (parts);
  guint64 values[6] = { 0, 0, ANY, ANY, 0, 0 };

  if (n_parts < 2 || n_parts > 6)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 16, 0, G_MAXUINT32, &values[i], NULL))
      return FALSE;
  *id = (VfioId){ (guint32)values[0], (guint32)values[1], (guint32)values[2],
                  (guint32)values[3], (guint32)values[4], (guint32)values[5] };
  return TRUE;
}

/* As pci_match_one_device() of the kernel. */
static gboolean
id_matches (const VfioId *id, FerryDevice *device)
{
  return (id->vendor == ANY || id->vendor == device->vendor)
         && (id->device == ANY || id->device == device->device)
         && (id->subvendor == ANY || id->subvendor == device->subvendor)
         && (id->subdevice == ANY || id->subdevice == device->subdevice)
         && ((id->class ^ device->class_code) & id->mask) == 0;
}

/* All ids of the command line; what is not one is reported. */
static GArray *
list_ids (FerryMachine *machine, GPtrArray *found, GPtrArray *texts)
{
  GPtrArray *words = machine->kernel->cmdline->words;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (VfioId));

  for (guint i = 0; i < words->len; i++)
    {
      const FerryCmdlineWord *word = g_ptr_array_index (words, i);
      g_auto (GStrv) items = NULL;

      if (word->value == NULL || !ferry_cmdline_key_equal (word->key, "vfio-pci.ids"))
        continue;
      items = g_strsplit (word->value, ",", -1);
      for (guint j = 0; items[j] != NULL && ids->len < MAX_IDS; j++)
        {
          g_autofree char *valid = g_utf8_make_valid (items[j], -1);
          VfioId id;

          if (parse_id (items[j], &id))
            {
              g_array_append_val (ids, id);
              g_ptr_array_add (texts, g_steal_pointer (&valid));
            }
          else if (items[j][0] != '\0')
            ferry_contradiction_add (
                found, "ids-malformed", FALSE, items[j],
                g_strdup_printf (_("“%s” is not the number of a device model."), valid));
        }
    }
  return ids;
}

gboolean
ferry_contradiction_ids_match (const char *ids, FerryDevice *device)
{
  g_auto (GStrv) items = g_strsplit (ids, ",", MAX_IDS);

  for (guint i = 0; items[i] != NULL; i++)
    {
      VfioId id;

      if (parse_id (items[i], &id) && id_matches (&id, device))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
list_matches (FerryMachine *machine, const VfioId *id)
{
  GPtrArray *matches = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (id_matches (id, device))
        g_ptr_array_add (matches, device);
    }
  return matches;
}

static gboolean
host_wants (FerryDevice *device)
{
  return ferry_kind_is_disk (device)
         || (device->needs & (FERRY_NEED_DISK | FERRY_NEED_NETWORK | FERRY_NEED_KEYBOARD)) != 0;
}

/* Whether an id takes more than was most likely meant: a disk among others, or two displays. */
static gboolean
takes_too_much (GPtrArray *matches)
{
  gboolean wanted = FALSE;
  guint displays = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (matches, i);

      if (device->needs & (FERRY_NEED_DISK | FERRY_NEED_NETWORK))
        return TRUE;
      wanted |= host_wants (device);
      displays += ferry_device_is_display (device);
    }
  return matches->len > 1 && (wanted || displays > 1);
}

static void
look_at_matches (FerryMachine *machine, GPtrArray *found, const char *text, GPtrArray *matches)
{
  g_autofree char *ids = ferry_kind_list_ids (matches);
  g_autofree char *kinds = ferry_kind_describe_list (matches);

  if (matches->len == 0)
    {
      /* Nothing is known about this computer's devices, or the card was taken out. */
      if (machine->devices->len > 0)
        ferry_contradiction_add (
            found, "ids-unmatched", FALSE, text,
            g_strdup_printf (
                _("A device of the model “%s” is to be set aside, but there is none in "
                  "this computer. The card may have been exchanged."),
                text));
    }
  else if (((FerryDevice *)g_ptr_array_index (matches, 0))->bridge)
    ferry_contradiction_add (
        found, "ids-bridge", FALSE, text,
        g_strdup_printf (_("“%s” is a connection of the main board (%s). It cannot be set aside "
                           "and need not be."),
                         text, ids));
  else if (takes_too_much (matches))
    ferry_contradiction_add (
        found, "ids-ambiguous", FALSE, text,
        g_strdup_printf (
            _("“%s” sets aside every device of this model: %s (%s). Your computer may "
              "need one of them itself."),
            text, kinds, ids));
}

static gboolean
any_matches (GArray *ids, FerryDevice *device)
{
  for (guint i = 0; i < ids->len; i++)
    if (id_matches (&g_array_index (ids, VfioId, i), device))
      return TRUE;
  return FALSE;
}

/* The display function is set aside, another function of the same card is not. */
static void
look_for_companions (GPtrArray *found, GArray *ids, const FerryCard *card)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *kinds = NULL;
  g_autofree char *addresses = NULL;

  if (card->integrated || !any_matches (ids, card->primary))
    return;
  for (guint i = 0; i < card->functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (card->functions, i);

      if (!any_matches (ids, device) && g_strcmp0 (device->driver, "vfio-pci") != 0)
        g_ptr_array_add (missing, device);
    }
  if (missing->len == 0)
    return;
  kinds = ferry_kind_describe_list (missing);
  addresses = ferry_kind_list_ids (missing);
  ferry_contradiction_add (
      found, "ids-incomplete", FALSE, "vfio-pci.ids",
      g_strdup_printf (_("Only a part of %s is set aside. Missing: %s (%s). All parts of a card "
                         "belong together."),
                       card->name, kinds, addresses));
}

/**
 * ferry_contradictions_find_in_ids:
 *
 * Adds to @found what is wrong with the devices that the command line sets aside by their ids.
 */
void
ferry_contradictions_find_in_ids (FerryMachine *machine, GPtrArray *found)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ids = list_ids (machine, found, texts);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) matches = list_matches (machine, &g_array_index (ids, VfioId, i));

      look_at_matches (machine, found, g_ptr_array_index (texts, i), matches);
    }
  for (guint i = 0; i < machine->cards->len && ids->len > 0; i++)
    look_for_companions (found, ids, g_ptr_array_index (machine->cards, i));
}
