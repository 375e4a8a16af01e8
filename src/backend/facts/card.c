/* card.c: see card.h. */
#include "config.h"

#include "facts/card-name.h"
#include "facts/card.h"

#define VENDOR_AMD_GRAPHICS 0x1002
#define VENDOR_AMD 0x1022
#define VENDOR_NVIDIA 0x10de
#define VENDOR_INTEL 0x8086

#define CLASS_AUDIO 0x0403
#define CLASS_USB 0x0c03
#define CLASS_SERIAL 0x0c80
#define CLASS_PERIPHERAL 0x0880

/* More bridges in a row are not a computer but a circle. */
#define MAX_CLIMB 64
/* A switch on a card is two bridges: the port to the card and the port to the chip. */
#define SWITCH_BRIDGES 2
/* End devices behind the switch of one card. */
#define MAX_BELOW 32

static guint
class_of (FerryDevice *device)
{
  return device->class_code >> 8;
}

static gboolean
is_on_root_bus (FerryDevice *device)
{
  return device->placed && device->parent_id == NULL;
}

static FerryDevice *
find_parent (GPtrArray *devices, FerryDevice *device)
{
  return device->parent_id != NULL ? ferry_devices_find (devices, device->parent_id) : NULL;
}

/* Class 1200 on a root bus is a part of the processor (Intel's NPU), not a card. */
static gboolean
is_candidate (FerryDevice *device)
{
  if (device->bridge || ferry_device_is_bmc (device))
    return FALSE;
  if (ferry_device_is_display (device))
    return class_of (device) != 0x0301; /* XGA: no such hardware is left */
  return ferry_device_is_accelerator (device) && !is_on_root_bus (device)
         && (device->vendor == VENDOR_AMD_GRAPHICS || device->vendor == VENDOR_NVIDIA
             || device->vendor == VENDOR_INTEL);
}

/* First and last + 1 index of the functions in the slot of the device at @index. */
static void
find_slot (GPtrArray *devices, guint index, guint *first, guint *end)
{
  FerryDevice *device = g_ptr_array_index (devices, index);

  for (*first = index; *first > 0; (*first)--)
    {
      FerryDevice *before = g_ptr_array_index (devices, *first - 1);
      if (!ferry_address_same_slot (&before->address, &device->address))
        break;
    }
  for (*end = index + 1; *end < devices->len; (*end)++)
    {
      FerryDevice *after = g_ptr_array_index (devices, *end);
      if (!ferry_address_same_slot (&after->address, &device->address))
        break;
    }
}

/* Graphics inside of AMD's processors and chipsets sits behind a bridge like a card. Device numbers
 * of vendor 1002, as in pci.ids and the driver's table (drivers/gpu/drm/amd/amdgpu/amdgpu_drv.c,
 * include/drm/drm_pciids.h of the kernel). */
static gboolean
is_known_integrated (FerryDevice *device)
{
  static const struct
  {
    guint16 first, last;
  } known[] = {
    { 0x1114, 0x1114 }, /* Krackan Point */
    { 0x1304, 0x131d }, /* Kaveri */
    { 0x13c0, 0x13c0 }, /* Granite Ridge */
    { 0x13fe, 0x13fe }, /* Cyan Skillfish */
    { 0x1435, 0x1435 }, /* Van Gogh, second edition */
    { 0x1506, 0x1506 }, /* Mendocino */
    { 0x150e, 0x150e }, /* Strix Point */
    { 0x1586, 0x1586 }, /* Strix Halo */
    { 0x15bf, 0x15bf }, /* Phoenix */
    { 0x15c8, 0x15c8 }, /* Phoenix 2 */
    { 0x15d8, 0x15d8 }, /* Picasso, Raven 2 */
    { 0x15dd, 0x15dd }, /* Raven Ridge */
    { 0x15e7, 0x15e7 }, /* Barcelo */
    { 0x1636, 0x1636 }, /* Renoir */
    { 0x1638, 0x1638 }, /* Cezanne */
    { 0x163f, 0x163f }, /* Van Gogh */
    { 0x164c, 0x164f }, /* Lucienne, Rembrandt, Raphael, Phoenix */
    { 0x1681, 0x1681 }, /* Rembrandt */
    { 0x1900, 0x1901 }, /* Hawk Point */
    { 0x791e, 0x791f }, /* RS690 */
    { 0x793f, 0x7942 }, /* RS600 */
    { 0x796c, 0x796f }, /* RS740 */
    { 0x9610, 0x9616 }, /* RS780 */
    { 0x9640, 0x964f }, /* Sumo */
    { 0x9710, 0x9715 }, /* RS880 */
    { 0x9802, 0x980a }, /* Wrestler */
    { 0x9830, 0x983f }, /* Kabini, Temash */
    { 0x9850, 0x985f }, /* Mullins */
    { 0x9870, 0x9877 }, /* Carrizo */
    { 0x98e4, 0x98e4 }, /* Stoney */
    { 0x9900, 0x99a4 }, /* Trinity, Richland */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (device->device >= known[i].first && device->device <= known[i].last)
      return TRUE;
  return FALSE;
}

/* @first to @end: the functions of the same slot. A processor's graphics has the processor's other
 * functions (vendor 1022) beside it. */
static gboolean
is_integrated (GPtrArray *devices, FerryDevice *primary, guint first, guint end)
{
  if (is_on_root_bus (primary))
    return TRUE;
  if (primary->vendor != VENDOR_AMD_GRAPHICS)
    return FALSE;
  for (guint i = first; i < end; i++)
    {
      FerryDevice *other = g_ptr_array_index (devices, i);
      if (other->vendor == VENDOR_AMD && !other->bridge)
        return TRUE;
    }
  return is_known_integrated (primary);
}

/* Whether @other, in the slot of @primary, is a part of the card. */
static gboolean
belongs_in_slot (FerryDevice *primary, FerryDevice *other)
{
  if (other->bridge || ferry_device_is_bmc (other))
    return FALSE;
  if (is_on_root_bus (primary)) /* the chipset's functions may share the slot */
    return ferry_device_is_display (other) && other->vendor == primary->vendor;
  if (other->vendor == primary->vendor)
    return TRUE;
  return class_of (other) == CLASS_AUDIO
         && !(primary->vendor == VENDOR_AMD_GRAPHICS && other->vendor == VENDOR_AMD);
}

/* The upper bridge of the switch on the card itself, known by the maker of both ports; NULL when
 * there is none. A port of the processor is on a root bus. */
static FerryDevice *
find_own_switch (GPtrArray *devices, FerryDevice *primary)
{
  FerryDevice *top = NULL;
  FerryDevice *bridge = find_parent (devices, primary);

  for (int i = 0; i < SWITCH_BRIDGES && bridge != NULL; i++)
    {
      if (bridge->vendor != primary->vendor || bridge->parent_id == NULL)
        break;
      top = bridge;
      bridge = find_parent (devices, bridge);
    }
  return top;
}

static gboolean
is_below (GPtrArray *devices, FerryDevice *device, FerryDevice *top)
{
  for (int i = 0; i < MAX_CLIMB && device != NULL; i++)
    {
      device = find_parent (devices, device);
      if (device == top)
        return TRUE;
    }
  return FALSE;
}

/* The end devices below @top, in address order. They have the numbers of its buses. When there are
 * more than a card can have, one more than that. */
static GPtrArray *
list_below (GPtrArray *devices, FerryDevice *top)
{
  GPtrArray *below = g_ptr_array_new ();
  guint index = 0;

  g_ptr_array_find (devices, top, &index);
  for (guint i = index + 1; i < devices->len && below->len <= MAX_BELOW; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (device->address.domain != top->address.domain
          || (top->subordinate > 0 && device->address.bus > top->subordinate))
        break;
      if (!device->bridge && is_below (devices, device, top))
        g_ptr_array_add (below, device);
    }
  return below;
}

/* Whether everything below one switch can be one card with @primary: all of its maker, and no
 * second card. A Thunderbolt switch, which has Intel's number too, is known by its other parts. */
static gboolean
is_one_card (GPtrArray *below, FerryDevice *primary)
{
  if (below->len > MAX_BELOW)
    return FALSE;
  for (guint i = 0; i < below->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (below, i);

      if (device->vendor != primary->vendor || class_of (device) == CLASS_PERIPHERAL
          || device->class_code == 0x0c0340)
        return FALSE;
      if (is_candidate (device) && !ferry_address_same_slot (&device->address, &primary->address))
        return FALSE;
    }
  return TRUE;
}

static void
add_function (FerryCard *card, FerryDevice *device)
{
  if (!ferry_card_has (card, device))
    g_ptr_array_add (card->functions, g_object_ref (device));
}

/* On Arc the sound is another device, on another bus behind the card's own switch. */
static void
add_own_switch (FerryCard *card, GPtrArray *devices)
{
  FerryDevice *top = find_own_switch (devices, card->primary);
  g_autoptr (GPtrArray) below = NULL;

  if (top == NULL)
    return;
  below = list_below (devices, top);
  if (!is_one_card (below, card->primary))
    return;
  for (guint i = 0; i < below->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (below, i);
      guint class = class_of (device);

      if (class == CLASS_AUDIO || class == CLASS_USB || class == CLASS_SERIAL)
        add_function (card, device);
    }
}

/* Where nothing says what hangs on what, Arc's sound is at least known to be on the next bus. */
static void
add_next_bus (FerryCard *card, GPtrArray *devices, guint index)
{
  const FerryAddress *address = &card->primary->address;

  if (card->primary->placed || card->primary->vendor != VENDOR_INTEL)
    return;
  for (guint i = index + 1; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);

      if (device->address.domain != address->domain || device->address.bus > address->bus + 1)
        return;
      if (device->address.bus == address->bus + 1 && device->vendor == VENDOR_INTEL
          && class_of (device) == CLASS_AUDIO)
        add_function (card, device);
    }
}

static int
compare_functions (gconstpointer a, gconstpointer b)
{
  FerryDevice *first = *(FerryDevice *const *) a, *second = *(FerryDevice *const *) b;

  return ferry_address_compare (&first->address, &second->address);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  int first = *(const int *) a, second = *(const int *) b;

  return (first > second) - (first < second);
}

/* The groups of all functions, each once. */
static GArray *
list_groups (GPtrArray *functions)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < functions->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (functions, i);
      gboolean known = device->group == FERRY_DEVICE_NO_GROUP;

      for (guint j = 0; j < groups->len && !known; j++)
        known = g_array_index (groups, int, j) == device->group;
      if (!known)
        g_array_append_val (groups, device->group);
    }
  g_array_sort (groups, compare_numbers);
  return groups;
}

static FerryCard *
make_card (GPtrArray *devices, guint index)
{
  FerryCard *card = g_new0 (FerryCard, 1);
  guint first, end;

  card->primary = g_ptr_array_index (devices, index);
  card->functions = g_ptr_array_new_with_free_func (g_object_unref);
  find_slot (devices, index, &first, &end);
  for (guint i = first; i < end; i++)
    {
      FerryDevice *other = g_ptr_array_index (devices, i);
      if (other == card->primary || belongs_in_slot (card->primary, other))
        add_function (card, other);
    }
  add_own_switch (card, devices);
  add_next_bus (card, devices, index);
  g_ptr_array_sort (card->functions, compare_functions);
  card->groups = list_groups (card->functions);
  card->name = ferry_card_name_make (card->primary);
  card->integrated = is_integrated (devices, card->primary, first, end);
  card->can_show = ferry_device_is_display (card->primary) && class_of (card->primary) != 0x0302;
  return card;
}

/**
 * ferry_cards_find:
 * @devices: (element-type FerryDevice): in address order, as ferry_devices_read() gives them
 *
 * Returns: (transfer full) (element-type FerryCard): the graphics cards in address order
 */
GPtrArray *
ferry_cards_find (GPtrArray *devices)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_card_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (devices, i);
      FerryCard *card;

      if (!is_candidate (device) || g_hash_table_contains (taken, device))
        continue;
      card = make_card (devices, i);
      for (guint j = 0; j < card->functions->len; j++)
        g_hash_table_add (taken, g_ptr_array_index (card->functions, j));
      g_ptr_array_add (cards, card);
    }
  return cards;
}

/**
 * ferry_card_has:
 *
 * Returns: whether @device is one of the card's functions
 */
gboolean
ferry_card_has (const FerryCard *card, FerryDevice *device)
{
  return g_ptr_array_find (card->functions, device, NULL);
}

void
ferry_card_free (FerryCard *card)
{
  g_ptr_array_unref (card->functions);
  g_array_unref (card->groups);
  g_free (card->name);
  g_free (card);
}
