/* scrub.c: see scrub.h. */
#include "config.h"

#include <string.h>

#include "facts/identity.h"
#include "facts/scrub.h"

/* Each group of the patterns below has the name of one kind of stand-in. */
#define UUID "(?<uuid>\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b)"
#define MAC                                                                                        \
  "(?<mac>(?<![0-9a-f:-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5,19}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5})"     \
  "(?![0-9a-f:-]))"
#define NET_NAME "(?:(?<=\\benx)|(?<=\\bwlx)|(?<=\\bwwx))(?<netmac>[0-9a-f]{12})\\b"
#define LONG_HEX "(?<id>(?<![0-9a-z])[0-9a-f]{32,128}(?![0-9a-z]))"
#define WORLD_WIDE "(?<wwn>\\b(?:naa|eui|wwn|nguid|t10)[.-](?:0x)?[0-9a-f]{8,64}\\b)"
#define SERIAL                                                                                     \
  "(?:\\bserial(?:[ _-]?(?:number|no))?[ \\t]*[:=][ \\t]*\"?|\\b(?:HID_)?UNIQ=\"?)"                \
  "(?<serial>[^\\s\",;]+)"
#define NUMBERS UUID "|" MAC "|" NET_NAME "|" LONG_HEX "|" WORLD_WIDE "|" SERIAL

/* Words of the kernel command line, boot loader files and tables of mounts whose value names
 * something of the user: kernel-parameters.txt, dracut.cmdline(7), systemd-cryptsetup-generator(8),
 * fstab(5). */
#define LABEL                                                                                      \
  "(?<=\")(?:PART)?LABEL=(?<quoted>[^\"\\n]+)(?=\")|"                                               \
  "\\b(?:PART)?(?:LABEL|UUID)=\"?(?![0-9a-f]{8}-[0-9a-f]{4}-)(?<label>[^\\s\"':,\\]]+)"
#define BY_NAME "/by-(?:id|label|partlabel|uuid|partuuid|dname)/(?<disk>[^\\s\"':,/]+)"
#define MAPPER "/dev/mapper/(?!control\\b)(?<volume>[^\\s\"':,/]+)"
#define LVM                                                                                        \
  "/dev/"                                                                                          \
  "(?!(?:sd|hd|vd|xvd|nvme|mmcblk|md|dm-|sr|zram|loop|mapper|disk|block|shm|pts|net|dri|vfio|"     \
  "input|snd|bus|char|cpu|mqueue|hugepages)[^/]*/)(?<lvm>[\\w.+-]+/[\\w.+-]+)"
#define KEYED                                                                                      \
  "(?<![\\w.-])(?:cryptdevice|cryptkey|(?:rd\\.)?luks\\.[a-z]+|rd\\.lvm\\.[lv][vg]|rd\\.md\\."     \
  "uuid|"                                                                                          \
  "root=ZFS|zfs|bootfs|systemd\\.(?:hostname|machine_id|setenv|set_credential\\w*)|hostname|ip|"   \
  "nfsroot|netroot|nameserver|ifname|BOOTIF|bootif|rd\\.znet|keyfile)=(?<value>[^\\s\"']+)"
#define SECRET                                                                                     \
  "\\b[\\w.-]*(?:password|passwd|passphrase|secret|token|psk|credential)[\\w.-]*="                 \
  "(?<secret>\\S+)|^[ \\t]*password\\w*[ \\t]+(?<line>[^\\n]+)"
#define HOME "/home/(?<user>[^\\s\"':,/]+)(?:/(?<folder>[^\\s\"':,]+))?"
#define MOUNTED "/(?:run/)?media/(?<owner>[^\\s\"':,/]+)/(?<mounted>[^\\s\"':,]+)"
#define EMAIL                                                                                      \
  "(?<email>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.(?!(?:service|socket|mount|target|timer|path|"      \
  "slice|swap|device)\\b)[a-z]{2,})\\b"
#define NETWORK                                                                                    \
  "(?<ip>(?<![\\w.-])(?!0\\.0\\.0\\.0|127\\.|255\\.)(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![\\w.-])|"    \
  "(?<![\\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|"                                              \
  "[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?)(?![\\w:.]))"
#define NAMES                                                                                      \
  NUMBERS "|" SECRET "|" KEYED "|" LABEL "|" BY_NAME "|" MAPPER "|" LVM "|" HOME "|" MOUNTED       \
          "|" EMAIL "|" NETWORK

struct _FerryScrub
{
  GRegex *numbers;
  GRegex *names;
  GHashTable *known;  /* name in lower case to its stand-in */
  GHashTable *seen;   /* "kind\nvalue" to its stand-in */
  GHashTable *counts; /* kind to how many stand-ins there are */
};

typedef char *(*MakeStandIn) (guint n);

static char *
make_uuid (guint n)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012u", n);
}

/* Locally administered, so it is nobody's. */
static char *
make_mac (guint n)
{
  return g_strdup_printf ("02:00:00:00:%02x:%02x", n >> 8 & 0xff, n & 0xff);
}

static char *
make_net_mac (guint n)
{
  return g_strdup_printf ("02000000%04x", n & 0xffff);
}

static char *
make_id (guint n)
{
  return g_strdup_printf ("%032u", n);
}

static char *
make_wwn (guint n)
{
  return g_strdup_printf ("naa.%016u", n);
}

/* RFC 2606 and RFC 5737: for documentation. */
static char *
make_email (guint n)
{
  return g_strdup_printf ("user%u@example.org", n);
}

static char *
make_ip (guint n)
{
  return g_strdup_printf ("192.0.2.%u", n & 0xff);
}

static char *
make_user (guint n)
{
  return n == 1 ? g_strdup ("user") : g_strdup_printf ("user%u", n);
}

static const struct
{
  const char *group; /* in the patterns */
  const char *kind;  /* groups of one kind share their stand-ins */
  MakeStandIn make;  /* NULL: the kind and a number */
} kinds[] = {
  { "uuid", "uuid", make_uuid },
  { "mac", "mac", make_mac },
  { "netmac", "netmac", make_net_mac },
  { "id", "id", make_id },
  { "wwn", "wwn", make_wwn },
  { "serial", "serial", NULL },
  { "quoted", "label", NULL },
  { "label", "label", NULL },
  { "disk", "disk", NULL },
  { "volume", "volume", NULL },
  { "lvm", "group/volume", NULL },
  { "value", "value", NULL },
  { "secret", "secret", NULL },
  { "line", "secret", NULL },
  { "user", "user", make_user },
  { "owner", "user", make_user },
  { "folder", "folder", NULL },
  { "mounted", "disk", NULL },
  { "email", "email", make_email },
  { "ip", "ip", make_ip },
};

static MakeStandIn
find_maker (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].make;
  return NULL;
}

static char *
new_stand_in (FerryScrub *scrub, const char *kind)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (scrub->counts, kind)) + 1;
  MakeStandIn make = find_maker (kind);

  g_hash_table_insert (scrub->counts, g_strdup (kind), GUINT_TO_POINTER (n));
  return make != NULL ? make (n) : g_strdup_printf ("%s-%u", kind, n);
}

/**
 * ferry_scrub_value:
 *
 * Returns: (transfer full): the stand-in of @value; "" for an empty value
 */
char *
ferry_scrub_value (FerryScrub *scrub, const char *kind, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  g_autofree char *key = g_strdup_printf ("%s\n%s", kind, lower);
  const char *known = g_hash_table_lookup (scrub->seen, key);
  char *made;

  if (*value == '\0')
    return g_strdup ("");
  if (known != NULL)
    return g_strdup (known);
  made = new_stand_in (scrub, kind);
  g_hash_table_insert (scrub->seen, g_steal_pointer (&key), g_strdup (made));
  return made;
}

/* Replaces one group of a match; what surrounds it in the match stays. */
static gboolean
replace_group (FerryScrub *scrub, const GMatchInfo *match, gsize kind, int *copied, GString *out)
{
  int start, end;
  g_autofree char *value = NULL;
  g_autofree char *stand_in = NULL;

  if (!g_match_info_fetch_named_pos (match, kinds[kind].group, &start, &end) || start < 0
      || start == end)
    return FALSE;
  value = g_match_info_fetch_named (match, kinds[kind].group);
  if (g_str_equal (kinds[kind].kind, "user") && ferry_identity_is_public (value))
    stand_in = g_strdup (value);
  else
    stand_in = ferry_scrub_value (scrub, kinds[kind].kind, value);
  g_string_append_len (out, g_match_info_get_string (match) + *copied, start - *copied);
  g_string_append (out, stand_in);
  *copied = end;
  return TRUE;
}

static gboolean
replace_known (FerryScrub *scrub, const GMatchInfo *match, int *copied, GString *out)
{
  g_autofree char *value = g_match_info_fetch (match, 0);
  g_autofree char *lower = g_utf8_strdown (value, -1);
  const char *stand_in = g_hash_table_lookup (scrub->known, lower);

  if (stand_in == NULL)
    return FALSE;
  g_string_append (out, stand_in);
  g_match_info_fetch_pos (match, 0, NULL, copied);
  return TRUE;
}

static gboolean
replace_match (const GMatchInfo *match, GString *out, gpointer data)
{
  FerryScrub *scrub = data;
  gboolean replaced = FALSE;
  int start, end, copied;

  g_match_info_fetch_pos (match, 0, &start, &end);
  copied = start;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (replace_group (scrub, match, i, &copied, out))
      replaced = TRUE;
  if (!replaced)
    replace_known (scrub, match, &copied, out);
  g_string_append_len (out, g_match_info_get_string (match) + copied, end - copied);
  return FALSE;
}

static char *
replace_all (FerryScrub *scrub, GRegex *regex, const char *text)
{
  g_autofree char *valid = NULL;
  char *result;

  /* Shorter than each number that identifies, as most files of sysfs are. */
  if (regex == scrub->numbers && strlen (text) < 8)
    return g_strdup (text);
  valid = g_utf8_make_valid (text, -1);
  result = g_regex_replace_eval (regex, valid, -1, 0, 0, replace_match, scrub, NULL);
  /* Only where a match would take too long; then nothing of the text may stay. */
  return result != NULL ? result : g_strdup ("");
}

/**
 * ferry_scrub_numbers:
 *
 * Returns: (transfer full): @text with stand-ins for UUIDs, MAC addresses, machine ids, world wide
 *   names, serial numbers and the names of this computer and its users
 */
char *
ferry_scrub_numbers (FerryScrub *scrub, const char *text)
{
  return replace_all (scrub, scrub->numbers, text);
}

/**
 * ferry_scrub_names:
 *
 * Returns: (transfer full): @text as ferry_scrub_numbers() makes it, and with stand-ins for labels,
 *   names of disks, volumes, mounted folders, home folders, networks and passwords
 */
char *
ferry_scrub_names (FerryScrub *scrub, const char *text)
{
  return replace_all (scrub, scrub->names, text);
}

/* Whoever asks is "user", as in each recorded computer. */
static void
learn (FerryScrub *scrub, const FerryIdentity *identity)
{
  if (g_hash_table_contains (scrub->known, identity->name))
    return;
  if (identity->asks)
    g_hash_table_insert (scrub->seen, g_strconcat ("user\n", identity->name, NULL),
                         g_strdup ("user"));
  g_hash_table_insert (scrub->known, g_strdup (identity->name),
                       ferry_scrub_value (scrub, identity->kind, identity->name));
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize first = strlen (*(char *const *)a), second = strlen (*(char *const *)b);

  return first < second ? 1 : first > second ? -1 : strcmp (*(char *const *)a, *(char *const *)b);
}

/* All known names as whole words, the longest first; the empty string when there are none. */
static char *
make_known_pattern (FerryScrub *scrub)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) pattern = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, scrub->known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (names, key);
  g_ptr_array_sort (names, compare_lengths);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *escaped = g_regex_escape_string (g_ptr_array_index (names, i), -1);
      g_string_append_printf (pattern, "%s%s", i > 0 ? "|" : "|(?<![[:alnum:]])(?:", escaped);
    }
  if (names->len > 0)
    g_string_append (pattern, ")(?![[:alnum:]])");
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static GRegex *
compile (const char *pattern, const char *known)
{
  g_autofree char *whole = g_strconcat (pattern, known, NULL);

  return g_regex_new (whole, G_REGEX_CASELESS | G_REGEX_MULTILINE | G_REGEX_OPTIMIZE, 0, NULL);
}

/**
 * ferry_scrub_new:
 * @root: whose names are to be replaced
 *
 * Returns: (transfer full): a scrub that has not replaced anything yet
 */
FerryScrub *
ferry_scrub_new (FerryRoot *root)
{
  FerryScrub *scrub = g_new0 (FerryScrub, 1);
  g_autoptr (GPtrArray) identities = ferry_identities_read (root);
  g_autofree char *pattern = NULL;

  scrub->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  scrub->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  scrub->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_free (ferry_scrub_value (scrub, "user", "user"));
  for (guint i = 0; i < identities->len; i++)
    learn (scrub, g_ptr_array_index (identities, i));
  pattern = make_known_pattern (scrub);
  scrub->numbers = compile (NUMBERS, pattern);
  scrub->names = compile (NAMES, pattern);
  g_assert (scrub->numbers != NULL && scrub->names != NULL);
  return scrub;
}

void
ferry_scrub_free (FerryScrub *scrub)
{
  g_regex_unref (scrub->numbers);
  g_regex_unref (scrub->names);
  g_hash_table_unref (scrub->known);
  g_hash_table_unref (scrub->seen);
  g_hash_table_unref (scrub->counts);
  g_free (scrub);
}
