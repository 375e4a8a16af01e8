/* proof.c: see proof.h. */
#include "config.h"

#include "act/proof.h"
#include "act/step.h"
#include "facts/error.h"

#define MAX_IMAGES 12
#define MAX_REMEMBERED 64

static const FerryChange *
find_change (const FerryEntry *entry, FerryChangeKind kind)
{
  for (guint i = 0; i < entry->changes->len; i++)
    if (((FerryChange *) g_ptr_array_index (entry->changes, i))->kind == kind)
      return g_ptr_array_index (entry->changes, i);
  return NULL;
}

/* A file that cannot be opened or is cut off is not the same as one that lacks something. */
static FerryAnswer
prove (const FerryStep *step, const char *path)
{
  FerryProduct product = { (char *) path, (char *) path, TRUE };
  g_autoptr (GError) error = NULL;

  if (!ferry_root_exists (step->root, path))
    return FERRY_ANSWER_UNKNOWN;
  if (ferry_step_prove (step, &product, TRUE, &error))
    return FERRY_ANSWER_YES;
  g_debug ("%s", error->message);
  return g_error_matches (error, FERRY_ERROR, FERRY_ERROR_FAILED) ? FERRY_ANSWER_NO
                                                                  : FERRY_ANSWER_UNKNOWN;
}

/* By path, size and time of the image and by what is to be inside. */
static char *
make_key (const FerryStep *step, const char *path)
{
  g_autofree char *wanted = g_strjoinv (" ", step->change->items);
  g_autofree char *settings = ferry_root_read_text (step->root, "etc/modprobe.d/ferry.conf", NULL);

  return g_strdup_printf (
      "%s\n%s\n%" G_GUINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s",
      ferry_root_get_folder (step->root), path, ferry_root_get_size (step->root, path),
      ferry_root_get_change_time (step->root, path), wanted, settings != NULL ? settings : "");
}

static FerryAnswer
remember (const FerryStep *step, const char *path)
{
  static GHashTable *answers;
  static GMutex lock;
  g_autofree char *key = make_key (step, path);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  gpointer known;
  FerryAnswer answer;

  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_lookup_extended (answers, key, NULL, &known))
    return (FerryAnswer) GPOINTER_TO_INT (known);
  answer = prove (step, path);
  if (g_hash_table_size (answers) >= MAX_REMEMBERED)
    g_hash_table_remove_all (answers);
  g_hash_table_insert (answers, g_steal_pointer (&key), GINT_TO_POINTER (answer));
  return answer;
}

static GPtrArray *
list_products (const FerryStep *step)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *products = ferry_step_list_products (step, &error);

  if (products == NULL)
    {
      g_debug ("%s", error->message);
      products = g_ptr_array_new ();
    }
  return products;
}

/**
 * ferry_proof_list_images:
 *
 * Returns: (transfer floating): the first RAM disk of each installed kernel; empty when the change
 * made none
 */
GVariant *
ferry_proof_list_images (FerryMachine *machine, const FerryEntry *entry)
{
  const FerryStep step = { .root = machine->root,
                           .machine = machine,
                           .change = find_change (entry, FERRY_CHANGE_INITRAMFS) };
  g_autoptr (GPtrArray) products = NULL;
  GVariantBuilder images;

  g_variant_builder_init (&images, G_VARIANT_TYPE ("a{ss}"));
  if (step.change != NULL)
    products = list_products (&step);
  for (guint i = 0; products != NULL && i < MIN (products->len, MAX_IMAGES); i++)
    {
      const FerryProduct *product = g_ptr_array_index (products, i);

      g_variant_builder_add (&images, "{ss}", product->path,
                             ferry_answer_to_string (remember (&step, product->path)));
    }
  return g_variant_builder_end (&images);
}

/**
 * ferry_proof_ask_menu:
 *
 * Returns: whether every normal entry of the boot menu has the kernel's words
 */
FerryAnswer
ferry_proof_ask_menu (FerryMachine *machine, const FerryEntry *entry)
{
  const FerryStep step = { .root = machine->root,
                           .machine = machine,
                           .change = find_change (entry, FERRY_CHANGE_MENU) };
  g_autoptr (GPtrArray) products = NULL;
  FerryAnswer all = FERRY_ANSWER_UNKNOWN;

  if (step.change != NULL)
    products = list_products (&step);
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      FerryAnswer answer = prove (&step, ((FerryProduct *) g_ptr_array_index (products, i))->path);

      if (answer != FERRY_ANSWER_YES)
        return answer;
      all = answer;
    }
  return all;
}
