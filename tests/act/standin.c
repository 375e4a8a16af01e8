/* standin.c: see standin.h. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "act/rewritten.h"
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

/* Over the file that is there, as such tools do: a cut in between leaves half of it. */
static gboolean
write_over (Standin *self, const char *path, const char *text, GError **error)
{
  g_autofree char *full = g_build_filename (ferry_root_get_folder (self->root), path, NULL);
  FILE *file = fopen (full, "w");
  gboolean good = file != NULL && fputs (text, file) >= 0;

  good = (file == NULL || fclose (file) == 0) && good;
  if (!good)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, "%s cannot be written", path);
  return good;
}

/* "KERNEL_CMDLINE[default]="..."": what stands between the quotes, one entry for each line. */
static char *
make_limine_menu (const char *source)
{
  g_auto (GStrv) lines = g_strsplit (source, "\n", -1);
  g_autoptr (GString) menu = g_string_new ("timeout: 5\n");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *first = strchr (lines[i], '"'), *last = strrchr (lines[i], '"');

      if (g_str_has_prefix (lines[i], "KERNEL_CMDLINE[") && first != last)
        g_string_append_printf (menu, "/Linux\n    cmdline: %.*s\n", (int) (last - first - 1), first + 1);
    }
  return g_string_free (g_steal_pointer (&menu), FALSE);
}

/* The line "options" with the words, or without. */
static char *
edit_options (const char *text, char **words, gboolean wanted)
{
  g_autofree char *joined = g_strjoinv (" ", words);
  g_autofree char *behind = g_strconcat (" ", joined, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "options "))
      {
        g_autofree char *old = g_steal_pointer (&lines[i]);

        if (wanted)
          lines[i] = g_strconcat (old, behind, NULL);
        else
          lines[i] = g_str_has_suffix (old, behind) ? g_strndup (old, strlen (old) - strlen (behind)) : g_strdup (old);
      }
  return g_strjoinv ("\n", lines);
}

static char *
make_content (const FerryChange *change, const char *path, const char *old, const char *source, gboolean wanted)
{
  if (change->kind == FERRY_CHANGE_BLS_ARGS)
    return edit_options (old, change->items, wanted);
  if (g_str_has_suffix (path, "limine.conf"))
    return make_limine_menu (source);
  if (g_str_has_suffix (path, ".conf"))
    return g_strconcat ("title Linux\noptions ", source, NULL);
  return g_strconcat ("start file for: ", source, NULL);
}

static gboolean
rewrite_one (Standin *self, const FerryChange *change, const char *path, const char *source, gboolean wanted, GError **error)
{
  g_autofree char *old = ferry_root_read_text (self->root, path, error);
  g_autofree char *content = old != NULL ? make_content (change, path, old, source, wanted) : NULL;
  g_autofree char *more = g_strconcat (path, "-more", NULL);

  return content != NULL && write_over (self, path, content, error)
         && (!g_str_has_suffix (path, "/initrd") || write_over (self, more, content, error));
}

/* limine-update, kernel-install and grubby: the live files, and one more start file beside those that there are. */
static gboolean
rewrite (Standin *self, const FerryChange *change, gboolean wanted, GError **error)
{
  g_autoptr (GPtrArray) paths = ferry_rewritten_list (self->root, change, error);
  const char *name = g_strcmp0 (change->tool, "limine-update") == 0 ? "etc/default/limine" : "etc/kernel/cmdline";
  g_autofree char *source
      = change->kind == FERRY_CHANGE_BLS_ARGS ? g_strdup ("") : ferry_root_read_text (self->root, name, error);

  for (guint i = 0; paths != NULL && source != NULL && i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (ferry_root_exists (self->root, path) && !g_str_has_prefix (path, "etc/")
          && !rewrite_one (self, change, path, source, wanted, error))
        return FALSE;
    }
  return paths != NULL && source != NULL;
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

  if (ferry_rewritten_is_in_place (change) && !rewrite (self, change, TRUE, error))
    return FALSE;
  if ((self->mood == STANDIN_FAILS && (change->kind == FERRY_CHANGE_MENU || change->kind == FERRY_CHANGE_BLS_ARGS))
      || (self->mood == STANDIN_FAILS_LATER && change->kind == FERRY_CHANGE_GROUP))
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
  if (ferry_rewritten_is_in_place (change))
    return rewrite ((Standin *) tools, change, change->kind != FERRY_CHANGE_BLS_ARGS, error);
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

  self->tools = (FerryTools){ list_products, run, prove, take_back, standin_free, NULL, NULL, NULL, NULL };
  self->root = ferry_root_ref (root);
  self->mood = mood;
  return &self->tools;
}
