/* device-rows.c: see device-rows.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "device-pill.h"
#include "device-rows.h"
#include "device-words.h"

/* Everything a person may look for, in one string. */
static char *
search_text (FerryDevice *device, const char *group)
{
  g_autofree char *all
      = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s\n%04x:%04x\n%s", ferry_device_words_kind (device),
                         device->vendor_name, device->device_name, device->class_name,
                         device->driver != NULL ? device->driver : "", device->id, device->vendor,
                         device->device, group);

  return g_utf8_casefold (all, -1);
}

static char *
two_lines (const char *first, const char *second, gboolean bold)
{
  const char *format = bold ? "<b>%s</b>\n<span size=\"smaller\" alpha=\"75%%\">%s</span>"
                            : "%s\n<span size=\"smaller\" alpha=\"75%%\">%s</span>";

  return g_markup_printf_escaped (format, first, second);
}

static gboolean
has_card (FerryMachine *machine, FerryDevice *device)
{
  for (guint i = 0; i < machine->cards->len; i++)
    if (ferry_card_has (g_ptr_array_index (machine->cards, i), device))
      return TRUE;
  return FALSE;
}

static void
add_device (GtkTreeStore *rows, FerryMachine *machine, GtkTreeIter *parent, FerryDevice *device,
            const char *group)
{
  g_autofree char *title = ferry_device_words_title (device);
  g_autofree char *technical = ferry_device_words_technical (device);
  g_autofree char *markup = two_lines (title, technical, FALSE);
  g_autofree char *address = ferry_address_to_short_string (&device->address);
  g_autofree char *search = search_text (device, group);

  gtk_tree_store_insert_with_values (
      rows, NULL, parent, -1, FERRY_DEVICE_ROWS_DEVICE, device, FERRY_DEVICE_ROWS_GROUP,
      device->group, FERRY_DEVICE_ROWS_ICON, ferry_device_words_icon (device),
      FERRY_DEVICE_ROWS_TITLE, markup, FERRY_DEVICE_ROWS_DRIVER,
      device->driver != NULL ? device->driver : "", FERRY_DEVICE_ROWS_ADDRESS, address,
      FERRY_DEVICE_ROWS_CARD, has_card (machine, device), FERRY_DEVICE_ROWS_SEARCH, search,
      FERRY_DEVICE_ROWS_VISIBLE, TRUE, -1);
}

static gboolean
group_has_card (FerryMachine *machine, GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++)
    if (has_card (machine, g_ptr_array_index (devices, i)))
      return TRUE;
  return FALSE;
}

static void
add_group (GtkTreeStore *rows, FerryMachine *machine, int group, GPtrArray *devices)
{
  gboolean card = group_has_card (machine, devices);
  g_autofree char *title = ferry_device_words_group (group, devices->len);
  g_autofree char *contents = ferry_device_words_contents (devices);
  g_autofree char *markup = two_lines (title, contents, TRUE);
  GtkTreeIter parent;

  gtk_tree_store_insert_with_values (
      rows, &parent, NULL, -1, FERRY_DEVICE_ROWS_GROUP, group, FERRY_DEVICE_ROWS_ICON,
      card ? "video-display-symbolic" : "folder-symbolic", FERRY_DEVICE_ROWS_TITLE, markup,
      FERRY_DEVICE_ROWS_CARD, card, FERRY_DEVICE_ROWS_VISIBLE, TRUE, -1);
  for (guint i = 0; i < devices->len; i++)
    add_device (rows, machine, &parent, g_ptr_array_index (devices, i), title);
}

static GPtrArray *
list_ungrouped (FerryMachine *machine)
{
  GPtrArray *devices = g_ptr_array_new ();

  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);

      if (device->group == FERRY_DEVICE_NO_GROUP)
        g_ptr_array_add (devices, device);
    }
  return devices;
}

/**
 * ferry_device_rows_grouped:
 *
 * Returns: whether any device of @machine is in an IOMMU group
 */
gboolean
ferry_device_rows_grouped (FerryMachine *machine)
{
  g_autoptr (GPtrArray) ungrouped = list_ungrouped (machine);

  return ungrouped->len < machine->devices->len;
}

/* One pass over the devices: asking the machine for each group would be quadratic. */
static void
add_groups (GtkTreeStore *rows, FerryMachine *machine)
{
  g_autoptr (GHashTable) members
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GArray) groups = ferry_machine_list_groups (machine);

  for (guint i = 0; i < groups->len; i++)
    g_hash_table_insert (members, GINT_TO_POINTER (g_array_index (groups, int, i)),
                         g_ptr_array_new ());
  for (guint i = 0; i < machine->devices->len; i++)
    {
      FerryDevice *device = g_ptr_array_index (machine->devices, i);
      GPtrArray *list = g_hash_table_lookup (members, GINT_TO_POINTER (device->group));

      if (list != NULL)
        g_ptr_array_add (list, device);
    }
  for (guint i = 0; i < groups->len; i++)
    {
      int group = g_array_index (groups, int, i);

      add_group (rows, machine, group, g_hash_table_lookup (members, GINT_TO_POINTER (group)));
    }
}

/**
 * ferry_device_rows_new:
 *
 * Returns: (transfer full): all rows of @machine, all visible, with the roles that hold while no
 *   card is chosen
 */
GtkTreeStore *
ferry_device_rows_new (FerryMachine *machine)
{
  GtkTreeStore *rows
      = gtk_tree_store_new (FERRY_DEVICE_ROWS_N_COLUMNS, FERRY_TYPE_DEVICE, G_TYPE_INT,
                            G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRING,
                            G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_BOOLEAN);
  g_autoptr (GPtrArray) ungrouped = list_ungrouped (machine);

  if (ungrouped->len == machine->devices->len)
    {
      for (guint i = 0; i < ungrouped->len; i++)
        add_device (rows, machine, NULL, g_ptr_array_index (ungrouped, i), "");
    }
  else
    {
      add_groups (rows, machine);
      if (ungrouped->len > 0)
        add_group (rows, machine, FERRY_DEVICE_NO_GROUP, ungrouped);
    }
  ferry_device_rows_set_card (rows, NULL);
  return rows;
}

static void
show_role (GtkTreeStore *rows, GtkTreeIter *iter, FerryDevice *device, const FerryCard *card)
{
  static const FerryTint tints[] = { [FERRY_ROLE_STAYS] = FERRY_TINT_NEUTRAL,
                                     [FERRY_ROLE_PASSED] = FERRY_TINT_ACCENT,
                                     [FERRY_ROLE_NEEDED] = FERRY_TINT_WARNING,
                                     [FERRY_ROLE_BRIDGE] = FERRY_TINT_NONE };
  FerryRole role = ferry_role_of (device, card);

  gtk_tree_store_set (rows, iter, FERRY_DEVICE_ROWS_ROLE, ferry_device_words_role (role),
                      FERRY_DEVICE_ROWS_TINT, tints[role], -1);
}

/* A group row says where the graphics cards are, also while the group is closed. */
static void
show_group_role (GtkTreeStore *rows, GtkTreeIter *iter, gboolean has_card_here, gboolean chosen)
{
  const char *text = chosen ? _ ("chosen card") : has_card_here ? _ ("graphics card") : "";

  gtk_tree_store_set (rows, iter, FERRY_DEVICE_ROWS_ROLE, text, FERRY_DEVICE_ROWS_TINT,
                      chosen ? FERRY_TINT_ACCENT : FERRY_TINT_NEUTRAL, -1);
}

/* Returns whether a device of @card is among the children. */
static gboolean
show_child_roles (GtkTreeStore *rows, GtkTreeIter *parent, const FerryCard *card)
{
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  gboolean chosen = FALSE;
  GtkTreeIter child;

  for (gboolean more = gtk_tree_model_iter_children (model, &child, parent); more;
       more = gtk_tree_model_iter_next (model, &child))
    {
      g_autoptr (FerryDevice) device = NULL;

      gtk_tree_model_get (model, &child, FERRY_DEVICE_ROWS_DEVICE, &device, -1);
      show_role (rows, &child, device, card);
      chosen = chosen || (card != NULL && ferry_card_has (card, device));
    }
  return chosen;
}

/**
 * ferry_device_rows_set_card:
 * @card: (nullable): the chosen card
 *
 * Writes the roles that hold while @card is the chosen one.
 */
void
ferry_device_rows_set_card (GtkTreeStore *rows, const FerryCard *card)
{
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  GtkTreeIter iter;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autoptr (FerryDevice) device = NULL;
      gboolean has_card_here;

      gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_DEVICE, &device, FERRY_DEVICE_ROWS_CARD,
                          &has_card_here, -1);
      if (device != NULL)
        show_role (rows, &iter, device, card);
      else
        show_group_role (rows, &iter, has_card_here, show_child_roles (rows, &iter, card));
    }
}

/* Every word must be found, in any order. */
static gboolean
row_matches (GtkTreeModel *model, GtkTreeIter *iter, char **words)
{
  g_autofree char *text = NULL;

  gtk_tree_model_get (model, iter, FERRY_DEVICE_ROWS_SEARCH, &text, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
filter_row (GtkTreeStore *rows, GtkTreeIter *iter, char **words)
{
  gboolean visible = row_matches (GTK_TREE_MODEL (rows), iter, words);

  gtk_tree_store_set (rows, iter, FERRY_DEVICE_ROWS_VISIBLE, visible, -1);
  return visible;
}

static guint
filter_group (GtkTreeStore *rows, GtkTreeIter *parent, char **words)
{
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  GtkTreeIter child;
  guint found = 0;

  for (gboolean more = gtk_tree_model_iter_children (model, &child, parent); more;
       more = gtk_tree_model_iter_next (model, &child))
    if (filter_row (rows, &child, words))
      found++;
  gtk_tree_store_set (rows, parent, FERRY_DEVICE_ROWS_VISIBLE, found > 0, -1);
  return found;
}

/**
 * ferry_device_rows_filter:
 * @text: words to look for; "" shows everything
 *
 * Returns: the number of devices that are visible now
 */
guint
ferry_device_rows_filter (GtkTreeStore *rows, const char *text)
{
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n", -1);
  GtkTreeIter iter;
  guint found = 0;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autoptr (FerryDevice) device = NULL;

      gtk_tree_model_get (model, &iter, FERRY_DEVICE_ROWS_DEVICE, &device, -1);
      found += device != NULL ? (guint)filter_row (rows, &iter, words)
                              : filter_group (rows, &iter, words);
    }
  return found;
}
