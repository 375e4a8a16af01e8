/* cores.c: see cores.h. */
#include "config.h"

#include <string.h>

#include "facts/cores.h"

#define CPUS "sys/devices/system/cpu"
#define MAX_CPUINFO (16 * 1024 * 1024)
#define MAX_CACHES 10 /* index0 to index9; there are four today */
#define UNSET G_MAXUINT

/* Where in threads the thread with an id is, or UNSET. */
typedef struct
{
  FerryCores *cores;
  guint places[FERRY_CORES_MAX_THREADS];
} Places;

static gboolean
parse_id (const char *text, guint *id)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, FERRY_CORES_MAX_THREADS - 1, &value, NULL))
    return FALSE;
  *id = (guint) value;
  return TRUE;
}

/* One part of a list: "7" or "0-3". */
static gboolean
add_range (GArray *ids, const char *text)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);
  guint first, last;

  if (g_strv_length (ends) > 2 || ends[0] == NULL || !parse_id (ends[0], &first))
    return FALSE;
  last = first;
  if (ends[1] != NULL && (!parse_id (ends[1], &last) || last < first))
    return FALSE;
  if (ids->len + (last - first) >= FERRY_CORES_MAX_THREADS)
    return FALSE;
  for (guint id = first; id <= last; id++)
    g_array_append_val (ids, id);
  return TRUE;
}

/**
 * ferry_cores_parse_list:
 * @text: (nullable): "0-3,8", as in Documentation/admin-guide/cputopology.rst
 *
 * Returns: (transfer full) (nullable) (element-type guint): the numbers in the order of the text;
 *   %NULL when it is not such a list, is empty, or has more than %FERRY_CORES_MAX_THREADS
 */
GArray *
ferry_cores_parse_list (const char *text)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) parts = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  parts = g_strsplit (text, ",", FERRY_CORES_MAX_THREADS + 1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (!add_range (ids, g_strstrip (parts[i])))
      return NULL;
  return g_steal_pointer (&ids);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/**
 * ferry_cores_print_list:
 * @ids: (element-type guint): in any order
 *
 * Returns: (transfer full): the ids in ascending order, ranges as "0-3"; "" for none
 */
char *
ferry_cores_print_list (const GArray *ids)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) ids);
  g_autoptr (GString) text = g_string_new (NULL);

  g_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len;)
    {
      guint first = g_array_index (sorted, guint, i), last = first;

      while (++i < sorted->len && g_array_index (sorted, guint, i) <= last + 1)
        last = g_array_index (sorted, guint, i);
      g_string_append_printf (text, "%s%u", text->len > 0 ? "," : "", first);
      if (last > first)
        g_string_append_printf (text, "-%u", last);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static FerryThread *
get_thread (FerryCores *self, guint index)
{
  return &g_array_index (self->threads, FerryThread, index);
}

static void
add_thread (FerryCores *self, guint id)
{
  FerryThread thread = { id, UNSET, UNSET, UNSET, FERRY_CORE_PLAIN };

  if (self->threads->len < FERRY_CORES_MAX_THREADS)
    g_array_append_val (self->threads, thread);
}

static GArray *
read_list (FerryRoot *root, const char *path)
{
  g_autofree char *text = ferry_root_read_line (root, path);

  return ferry_cores_parse_list (text);
}

/* The list in the file @name of the thread's folder. */
static GArray *
read_list_of (FerryRoot *root, guint id, const char *name)
{
  g_autofree char *path = g_strdup_printf (CPUS "/cpu%u/%s", id, name);

  return read_list (root, path);
}

/* The threads that share a core: the name since Linux 5.3, and the one before. */
static GArray *
read_siblings (FerryRoot *root, guint id)
{
  GArray *ids = read_list_of (root, id, "topology/core_cpus_list");

  return ids != NULL ? ids : read_list_of (root, id, "topology/thread_siblings_list");
}

static GArray *
read_package (FerryRoot *root, guint id)
{
  GArray *ids = read_list_of (root, id, "topology/package_cpus_list");

  return ids != NULL ? ids : read_list_of (root, id, "topology/core_siblings_list");
}

static gboolean
is_level_3 (FerryRoot *root, guint id, guint index)
{
  g_autofree char *path = g_strdup_printf (CPUS "/cpu%u/cache/index%u/level", id, index);
  guint64 level = 0;

  return ferry_root_read_number (root, path, &level) && level == 3;
}

/* The threads that share the level 3 cache, which is index3 nearly everywhere. */
static GArray *
read_cache (FerryRoot *root, guint id)
{
  g_autofree char *name = NULL;

  if (is_level_3 (root, id, 3))
    return read_list_of (root, id, "cache/index3/shared_cpu_list");
  for (guint i = 0; i < MAX_CACHES; i++)
    if (i != 3 && is_level_3 (root, id, i))
      {
        name = g_strdup_printf ("cache/index%u/shared_cpu_list", i);
        return read_list_of (root, id, name);
      }
  return NULL;
}

typedef GArray *(*ReadList) (FerryRoot *root, guint id);
typedef guint *(*Member) (FerryThread *thread);

static guint *
member_core (FerryThread *thread)
{
  return &thread->core;
}

static guint *
member_package (FerryThread *thread)
{
  return &thread->package;
}

static guint *
member_cache (FerryThread *thread)
{
  return &thread->cache;
}

/* Gives the number @group to the threads of @ids that have none yet. */
static void
mark (const Places *places, Member member, const GArray *ids, guint group)
{
  for (guint i = 0; i < ids->len; i++)
    {
      guint place = places->places[g_array_index (ids, guint, i)];
      guint *value = place != UNSET ? member (get_thread (places->cores, place)) : NULL;

      if (value != NULL && *value == UNSET)
        *value = group;
    }
}

/* Numbers what threads share, one file for each group of them; a thread of which it cannot be told
 * keeps UNSET. Gives how many groups there are. */
static guint
number_groups (const Places *places, FerryRoot *root, ReadList read, Member member)
{
  guint groups = 0;

  for (guint i = 0; i < places->cores->threads->len; i++)
    {
      FerryThread *thread = get_thread (places->cores, i);
      g_autoptr (GArray) ids = NULL;

      if (*member (thread) != UNSET)
        continue;
      ids = read (root, thread->id);
      if (ids == NULL)
        continue;
      mark (places, member, ids, groups);
      /* A list that leaves out its own thread is broken: then it stands alone. */
      if (*member (thread) == UNSET)
        *member (thread) = groups;
      groups++;
    }
  return groups;
}

/* One chip where it cannot be told; each thread a core of its own; one cache for each chip. */
static void
fill_unset (FerryCores *self)
{
  g_autofree guint *without_cache = NULL;

  for (guint i = 0; i < self->threads->len; i++)
    {
      FerryThread *thread = get_thread (self, i);

      if (thread->package == UNSET)
        thread->package = 0;
      self->n_packages = MAX (self->n_packages, thread->package + 1);
      if (thread->core == UNSET)
        {
          thread->core = self->n_cores++;
          self->known = FALSE;
        }
    }
  without_cache = g_new (guint, self->n_packages);
  for (guint i = 0; i < self->n_packages; i++)
    without_cache[i] = UNSET;
  for (guint i = 0; i < self->threads->len; i++)
    {
      FerryThread *thread = get_thread (self, i);

      if (thread->cache != UNSET)
        continue;
      if (without_cache[thread->package] == UNSET)
        without_cache[thread->package] = self->n_caches++;
      thread->cache = without_cache[thread->package];
    }
}

static void
read_kind (const Places *places, FerryRoot *root, const char *path, FerryCoreKind kind)
{
  g_autoptr (GArray) ids = read_list (root, path);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      guint place = places->places[g_array_index (ids, guint, i)];

      if (place != UNSET)
        get_thread (places->cores, place)->kind = kind;
    }
}

/* Intel's processors with two kinds of cores have a performance counter folder for each, and newer
 * ones a third for the cores that save the most. */
static void
read_kinds (const Places *places, FerryRoot *root)
{
  read_kind (places, root, "sys/devices/cpu_core/cpus", FERRY_CORE_PERFORMANCE);
  read_kind (places, root, "sys/devices/cpu_atom/cpus", FERRY_CORE_EFFICIENCY);
  read_kind (places, root, "sys/devices/cpu_lowpower/cpus", FERRY_CORE_EFFICIENCY);
}

static gboolean
read_sysfs (FerryCores *self, FerryRoot *root)
{
  g_autoptr (GArray) online = read_list (root, CPUS "/online");
  g_autofree Places *places = NULL;

  if (online == NULL)
    return FALSE;
  g_array_sort (online, compare_ids);
  places = g_new (Places, 1);
  places->cores = self;
  for (guint i = 0; i < FERRY_CORES_MAX_THREADS; i++)
    places->places[i] = UNSET;
  for (guint i = 0; i < online->len; i++)
    {
      guint id = g_array_index (online, guint, i);

      if (places->places[id] != UNSET)
        continue;
      places->places[id] = self->threads->len;
      add_thread (self, id);
    }
  self->n_packages = number_groups (places, root, read_package, member_package);
  self->n_cores = number_groups (places, root, read_siblings, member_core);
  self->n_caches = number_groups (places, root, read_cache, member_cache);
  read_kinds (places, root);
  return TRUE;
}

/* The number in "key  : 5", or FALSE when the line has another key. */
static gboolean
number_of (const char *line, const char *key, guint *value)
{
  gsize length = strlen (key);

  if (strncmp (line, key, length) != 0)
    return FALSE;
  line += length;
  line += strspn (line, " \t");
  if (*line != ':')
    return FALSE;
  line++;
  return parse_id (line + strspn (line, " \t"), value);
}

/* The number of the pair @first, @second, new ones in order. */
static guint
number_pair (GHashTable *seen, guint first, guint second)
{
  gint64 key = (gint64) first * (FERRY_CORES_MAX_THREADS + 1) + second + 1;
  gpointer number;

  if (g_hash_table_lookup_extended (seen, &key, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (seen, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (g_hash_table_size (seen)));
  return g_hash_table_size (seen) - 1;
}

/* proc_cpuinfo(5) on x86: one block a thread, in which "physical id" and "core id" say what shares a
 * chip and a core; kernels without SMP leave them out. */
static void
read_cpuinfo (FerryCores *self, FerryRoot *root)
{
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, "proc/cpuinfo", MAX_CPUINFO, NULL);
  g_autoptr (GHashTable) packages = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) cores = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *text = NULL;
  FerryThread *thread = NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (char *line = text, *next; line != NULL; line = next)
    {
      guint value;

      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      if (number_of (line, "processor", &value))
        {
          add_thread (self, value);
          thread = get_thread (self, self->threads->len - 1);
        }
      else if (thread != NULL && number_of (line, "physical id", &value))
        thread->package = number_pair (packages, 0, value);
      else if (thread != NULL && number_of (line, "core id", &value))
        thread->core = number_pair (cores, thread->package, value);
    }
  self->n_packages = g_hash_table_size (packages);
  self->n_cores = g_hash_table_size (cores);
}

/**
 * ferry_cores_read:
 *
 * Returns: (transfer full): the processors that are switched on; none when nothing can be read
 */
FerryCores *
ferry_cores_read (FerryRoot *root)
{
  FerryCores *self = g_new0 (FerryCores, 1);

  self->threads = g_array_new (FALSE, TRUE, sizeof (FerryThread));
  self->known = TRUE;
  if (!read_sysfs (self, root))
    read_cpuinfo (self, root);
  fill_unset (self);
  self->known = self->known && self->threads->len > 0;
  return self;
}

void
ferry_cores_free (FerryCores *cores)
{
  g_array_unref (cores->threads);
  g_free (cores);
}

/**
 * ferry_cores_find:
 *
 * Returns: (nullable) (transfer none): the thread that the kernel calls "cpu" and @id
 */
const FerryThread *
ferry_cores_find (const FerryCores *cores, guint id)
{
  for (guint i = 0; i < cores->threads->len; i++)
    if (g_array_index (cores->threads, FerryThread, i).id == id)
      return &g_array_index (cores->threads, FerryThread, i);
  return NULL;
}
