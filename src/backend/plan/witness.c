/* witness.c: see witness.h. */
#include "config.h"

#include <string.h>

#include "plan/kind.h"
#include "plan/witness.h"

#define DEVICES "a(sqqqqi)"
#define MAX_WORDS 64
#define MAX_TEXT 2048

static const char *const bind_names[] = { "ids", "subsystem-ids", "address" };

static void
kept_free (gpointer data)
{
  FerryWitnessDevice *kept = data;

  g_free (kept->id);
  g_free (kept);
}

static FerryWitness *
witness_new (void)
{
  FerryWitness *witness = g_new0 (FerryWitness, 1);

  witness->kernel = g_strdup ("");
  witness->words = g_new0 (char *, 1);
  witness->functions = g_ptr_array_new_with_free_func (kept_free);
  witness->neighbours = g_ptr_array_new_with_free_func (kept_free);
  return witness;
}

void
ferry_witness_free (FerryWitness *witness)
{
  if (witness == NULL)
    return;
  g_free (witness->kernel);
  g_strfreev (witness->words);
  g_ptr_array_unref (witness->functions);
  g_ptr_array_unref (witness->neighbours);
  g_free (witness);
}

static void
keep (GPtrArray *list, FerryDevice *device)
{
  FerryWitnessDevice *kept;

  if (list->len >= FERRY_WITNESS_MAX)
    return;
  kept = g_new0 (FerryWitnessDevice, 1);
  kept->id = g_strdup (device->id);
  kept->vendor = device->vendor;
  kept->device = device->device;
  kept->subvendor = device->subvendor;
  kept->subdevice = device->subdevice;
  kept->group = device->group;
  g_ptr_array_add (list, kept);
}

static gboolean
is_chosen (const FerryCard *card, const FerryIntent *intent)
{
  for (guint i = 0; i < intent->cards->len; i++)
    for (guint j = 0; j < card->functions->len; j++)
      {
        const FerryDevice *device = g_ptr_array_index (card->functions, j);

        if (ferry_address_compare (&device->address,
                                   &g_array_index (intent->cards, FerryAddress, i))
            == 0)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_kept (const FerryWitness *witness, const char *id)
{
  for (guint i = 0; i < witness->functions->len; i++)
    if (g_str_equal (((FerryWitnessDevice *) g_ptr_array_index (witness->functions, i))->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
shares_group (const FerryWitness *witness, FerryDevice *device)
{
  for (guint i = 0; i < witness->functions->len && device->group != FERRY_DEVICE_NO_GROUP; i++)
    if (((FerryWitnessDevice *) g_ptr_array_index (witness->functions, i))->group == device->group)
      return TRUE;
  return FALSE;
}

/**
 * ferry_witness_make:
 * @machine: the scan that @plan was made from
 *
 * Returns: (transfer full): what is to be kept
 */
FerryWitness *
ferry_witness_make (FerryMachine *machine, const FerryPlan *plan, const FerryIntent *intent)
{
  FerryWitness *witness = witness_new ();

  g_free (witness->kernel);
  witness->kernel = g_utf8_make_valid (machine->kernel->release, -1);
  witness->bind = plan->bind;
  if (plan->words != NULL)
    {
      g_strfreev (witness->words);
      witness->words = g_strdupv (plan->words);
    }
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      for (guint j = 0; j < card->functions->len && is_chosen (card, intent); j++)
        keep (witness->functions, g_ptr_array_index (card->functions, j));
    }
  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (!ferry_kind_is_bridge (device) && !is_kept (witness, device->id)
          && shares_group (witness, device))
        keep (witness->neighbours, device);
    }
  return witness;
}

static GVariant *
print_devices (GPtrArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (DEVICES));
  for (guint i = 0; i < list->len; i++)
    {
      const FerryWitnessDevice *kept = g_ptr_array_index (list, i);

      g_variant_builder_add (&builder, "(sqqqqi)", kept->id, kept->vendor, kept->device,
                             kept->subvendor, kept->subdevice, (gint32) kept->group);
    }
  return g_variant_builder_end (&builder);
}

/**
 * ferry_witness_to_variant:
 *
 * Returns: (transfer floating): an a{sv}
 */
GVariant *
ferry_witness_to_variant (const FerryWitness *witness)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "kernel", g_variant_new_string (witness->kernel));
  g_variant_builder_add (&builder, "{sv}", "bind",
                         g_variant_new_string (bind_names[witness->bind]));
  g_variant_builder_add (&builder, "{sv}", "words",
                         g_variant_new_strv ((const char *const *) witness->words, -1));
  g_variant_builder_add (&builder, "{sv}", "functions", print_devices (witness->functions));
  g_variant_builder_add (&builder, "{sv}", "neighbours", print_devices (witness->neighbours));
  return g_variant_builder_end (&builder);
}

static void
read_devices (GVariant *variant, const char *key, GPtrArray *list)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (variant, key, G_VARIANT_TYPE (DEVICES));
  GVariantIter iter;
  const char *id;
  FerryWitnessDevice kept = { 0 };
  gint32 group;

  if (value == NULL)
    return;
  g_variant_iter_init (&iter, value);
  while (list->len < FERRY_WITNESS_MAX
         && g_variant_iter_next (&iter, "(&sqqqqi)", &id, &kept.vendor, &kept.device,
                                 &kept.subvendor, &kept.subdevice, &group))
    {
      FerryAddress address;

      if (!ferry_address_parse (id, &address))
        continue;
      kept.id = ferry_address_to_string (&address);
      kept.group = group >= 0 ? group : FERRY_DEVICE_NO_GROUP;
      g_ptr_array_add (list, g_memdup2 (&kept, sizeof kept));
    }
}

static void
read_words (FerryWitness *witness, GVariant *variant)
{
  g_autoptr (GVariant) value
      = g_variant_lookup_value (variant, "words", G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  const char *word;

  if (value == NULL)
    return;
  g_variant_iter_init (&iter, value);
  while (words->len < MAX_WORDS && g_variant_iter_next (&iter, "&s", &word))
    if (*word != '\0' && strlen (word) <= MAX_TEXT)
      g_ptr_array_add (words, g_strdup (word));
  g_ptr_array_add (words, NULL);
  g_strfreev (witness->words);
  witness->words = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/**
 * ferry_witness_from_variant:
 * @variant: an a{sv}
 *
 * Returns: (transfer full) (nullable): %NULL when it is not one
 */
FerryWitness *
ferry_witness_from_variant (GVariant *variant)
{
  g_autoptr (FerryWitness) witness = witness_new ();
  const char *text;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;
  if (g_variant_lookup (variant, "kernel", "&s", &text) && strlen (text) <= MAX_TEXT)
    {
      g_free (witness->kernel);
      witness->kernel = g_strdup (text);
    }
  if (g_variant_lookup (variant, "bind", "&s", &text))
    for (guint i = 0; i < G_N_ELEMENTS (bind_names); i++)
      if (g_str_equal (text, bind_names[i]))
        witness->bind = (FerryBind) i;
  read_words (witness, variant);
  read_devices (variant, "functions", witness->functions);
  read_devices (variant, "neighbours", witness->neighbours);
  return g_steal_pointer (&witness);
}

/**
 * ferry_witness_is_same:
 *
 * Returns: whether the ids and the subsystem's ids are equal
 */
gboolean
ferry_witness_is_same (const FerryWitnessDevice *kept, FerryDevice *device)
{
  return kept->vendor == device->vendor && kept->device == device->device
         && kept->subvendor == device->subvendor && kept->subdevice == device->subdevice;
}
