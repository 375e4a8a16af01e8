/* standin.c: see standin.h. */
#include "config.h"

#include <string.h>

#include "act/target.h"
#include "facts/error.h"
#include "standin.h"

typedef struct
{
  FerryTools tools;
  FerryRoot *root;
  StandinMood mood;
} Standin;

static void
add_product (GPtrArray *products, const char *path)
{
  FerryProduct *product = g_new0 (FerryProduct, 1);

  product->path = g_strdup (path);
  product->made = g_strconcat (path, FERRY_TOOLS_NEW, NULL);
  g_ptr_array_add (products, product);
}

static GPtrArray *
list_products (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  GPtrArray *products = g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_product_free);

  if (change->kind == FERRY_CHANGE_MENU && g_str_equal (change->tool, "grub-mkconfig"))
    add_product (products, machine->loader->menu);
  for (guint i = 0; change->kind == FERRY_CHANGE_INITRAMFS && machine->configuration->images[i] != NULL; i++)
    if (!g_str_has_suffix (machine->configuration->images[i], FERRY_TOOLS_OLD)
        && !g_str_has_suffix (machine->configuration->images[i], FERRY_TOOLS_NEW))
      add_product (products, machine->configuration->images[i]);
  return products;
}

static gboolean
make_products (Standin *self, FerryMachine *machine, const FerryChange *change, GError **error)
{
  g_autoptr (GPtrArray) products = list_products (&self->tools, machine, change, error);
  g_autoptr (FerryTarget) target = ferry_target_new (self->root, error);
  g_autofree char *joined = g_strjoinv (" ", change->items);
  g_autofree char *text
      = self->mood == STANDIN_LIES ? g_strdup ("") : g_strdup_printf ("sound: %s\n", joined);

  for (guint i = 0; i < products->len; i++)
    {
      const FerryProduct *product = g_ptr_array_index (products, i);

      if (!ferry_target_remove (target, product->made, error)
          || !ferry_target_create (target, product->made, text, strlen (text), 0644, 0, 0, error))
        return FALSE;
    }
  return TRUE;
}

/* The line of the group libvirt, with the user or without. */
static char *
edit_group (const char *text, const char *user, gboolean join)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "libvirt:"))
      {
        g_auto (GStrv) fields = g_strsplit (lines[i], ":", 4);

        g_free (lines[i]);
        lines[i] = g_strdup_printf ("%s:%s:%s:%s", fields[0], fields[1], fields[2], join ? user : "");
      }
  return g_strjoinv ("\n", lines);
}

/* As usermod(8) and gpasswd(1) do it: under a new name, then renamed. */
static gboolean
change_group (Standin *self, gboolean join, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (self->root, error);
  g_autofree char *before = ferry_root_read_text (self->root, "etc/group", error);
  g_autofree char *after = NULL;

  if (target == NULL || before == NULL || !ferry_target_remove (target, "etc/group+", error))
    return FALSE;
  if (self->tools.user_name == NULL && !join)
    return TRUE;
  if (self->tools.user_name == NULL)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, "nobody to join");
      return FALSE;
    }
  after = edit_group (before, self->tools.user_name, join);
  if (g_str_equal (before, after))
    return TRUE;
  return ferry_target_create (target, "etc/group+", after, strlen (after), 0644, 0, 0, error)
         && ferry_target_rename (target, "etc/group+", "etc/group", error);
}

static gboolean
bring_kernel (Standin *self, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (self->root, error);

  return target != NULL
         && ferry_target_create (target, STANDIN_NEW_IMAGE, "without vfio", 12, 0644, 0, 0, error);
}

static gboolean
run (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GCancellable *cancellable,
     GError **error)
{
  Standin *self = (Standin *) tools;

  if (self->mood == STANDIN_FAILS && change->kind == FERRY_CHANGE_MENU)
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED, "the program failed");
      return FALSE;
    }
  if (self->mood == STANDIN_CANCELS && cancellable != NULL)
    g_cancellable_cancel (cancellable);
  if (change->kind == FERRY_CHANGE_GROUP)
    return change_group (self, TRUE, error);
  if (change->kind == FERRY_CHANGE_PACKAGES && self->mood == STANDIN_UPDATES)
    return bring_kernel (self, error);
  return make_products (self, machine, change, error);
}

static gboolean
prove (FerryTools *tools, FerryMachine *machine, const FerryChange *change, const FerryProduct *product,
       gboolean wanted, GError **error)
{
  Standin *self = (Standin *) tools;
  g_autofree char *text = ferry_root_read_text (self->root, product->made, error);

  if (text != NULL && g_str_has_prefix (text, "sound: "))
    return TRUE;
  g_clear_error (error);
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED, "the product is not sound");
  return FALSE;
}

static gboolean
take_back (FerryTools *tools, FerryMachine *machine, const FerryChange *change, GError **error)
{
  return change->kind != FERRY_CHANGE_GROUP || change_group ((Standin *) tools, FALSE, error);
}

static void
standin_free (FerryTools *tools)
{
  ferry_root_unref (((Standin *) tools)->root);
  g_free (tools);
}

FerryTools *
standin_new (FerryRoot *root, StandinMood mood)
{
  Standin *self = g_new0 (Standin, 1);

  self->tools = (FerryTools){ list_products, run, prove, take_back, standin_free, NULL, NULL, NULL };
  self->root = ferry_root_ref (root);
  self->mood = mood;
  return &self->tools;
}
