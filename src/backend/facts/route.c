/* route.c: see route.h. */
#include "config.h"

#include <string.h>

#include "facts/route.h"

#define CLASS "sys/class/net"
#define LOWER "lower_"
#define MAX_DEPTH 8
#define MAX_INTERFACES 256
#define MAX_LINES 65536

/* include/uapi/linux/route.h */
#define FLAG_UP 0x0001
#define FLAG_REJECT 0x0200

typedef struct
{
  FerryRoot *root;
  GPtrArray *uses;
  GHashTable *seen; /* interfaces */
} Search;

/* @name is the interface that the route names; @interface is what it is made of. */
static void
add_interface (Search *search, const char *name, const char *interface, guint depth)
{
  g_autofree char *path = g_build_filename (CLASS, interface, NULL);
  g_autofree char *place = NULL;
  g_auto (GStrv) entries = NULL;

  if (depth > MAX_DEPTH || g_hash_table_size (search->seen) >= MAX_INTERFACES
      || !g_hash_table_add (search->seen, g_strdup (interface)))
    return;
  place = ferry_root_read_link (search->root, path);
  if (place == NULL)
    return;
  if (strstr (place, "/virtual/") == NULL)
    {
      ferry_use_add (search->uses, name, place);
      return;
    }
  entries = ferry_root_list (search->root, path);
  for (gsize i = 0; entries != NULL && entries[i] != NULL; i++)
    if (g_str_has_prefix (entries[i], LOWER))
      add_interface (search, name, entries[i] + strlen (LOWER), depth + 1);
}

static gboolean
is_zero (const char *hex)
{
  return *hex != '\0' && strspn (hex, "0") == strlen (hex);
}

/* Flags of a route that packets really take. */
static gboolean
is_used (const char *flags)
{
  guint64 value = g_ascii_strtoull (flags, NULL, 16);

  return (value & FLAG_UP) != 0 && (value & FLAG_REJECT) == 0;
}

/* An interface name cannot hold a slash; what does would lead elsewhere. */
static gboolean
is_interface (const char *name)
{
  return *name != '\0' && *name != '.' && strchr (name, '/') == NULL && !g_str_equal (name, "lo");
}

/* Iface Destination Gateway Flags RefCnt Use Metric Mask ... */
static void
add_route_4 (Search *search, GPtrArray *fields)
{
  const char *interface = g_ptr_array_index (fields, 0);

  if (is_interface (interface) && is_zero (g_ptr_array_index (fields, 1))
      && is_zero (g_ptr_array_index (fields, 7)) && is_used (g_ptr_array_index (fields, 3)))
    add_interface (search, interface, interface, 0);
}

/* destination length source length next-hop metric references use flags interface */
static void
add_route_6 (Search *search, GPtrArray *fields)
{
  const char *interface = g_ptr_array_index (fields, 9);

  if (is_interface (interface) && is_zero (g_ptr_array_index (fields, 0))
      && is_zero (g_ptr_array_index (fields, 1)) && is_used (g_ptr_array_index (fields, 8)))
    add_interface (search, interface, interface, 0);
}

static void
add_table (Search *search, const char *path, guint n_fields, void (*add) (Search *, GPtrArray *))
{
  g_autofree char *text = ferry_root_read_text (search->root, path, NULL);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return;
  lines = g_strsplit (text, "\n", MAX_LINES);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *rest = NULL;

      g_ptr_array_set_size (fields, 0);
      for (char *field = strtok_r (lines[i], " \t", &rest); field != NULL;
           field = strtok_r (NULL, " \t", &rest))
        g_ptr_array_add (fields, field);
      if (fields->len >= n_fields)
        add (search, fields);
    }
}

/**
 * ferry_routes_in_use:
 *
 * Returns: (transfer full) (element-type FerryUse): the hardware below the default routes, each
 *   with the name of the interface that the route names
 */
GPtrArray *
ferry_routes_in_use (FerryRoot *root)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { .root = root, .uses = ferry_uses_new (), .seen = seen };

  add_table (&search, "proc/net/route", 8, add_route_4);
  add_table (&search, "proc/net/ipv6_route", 10, add_route_6);
  return search.uses;
}
