/* log-line.c: see log-line.h. The table is in log-line-table.c. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "plan/log-line-table.h"

#define TYPE "a(ssu)"

void
ferry_log_line_free (FerryLogLine *line)
{
  g_free (line->device);
  g_free (line);
}

static GPtrArray *
new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ferry_log_line_free);
}

static FerryLogLine *
find_line (GPtrArray *lines, const char *id, const char *device)
{
  for (guint i = 0; i < lines->len; i++)
    {
      FerryLogLine *line = g_ptr_array_index (lines, i);

      if (g_str_equal (line->id, id) && (device == NULL || g_str_equal (line->device, device)))
        return line;
    }
  return NULL;
}

static void
add_line (GPtrArray *lines, const char *id, const char *device, guint count)
{
  FerryLogLine *line = find_line (lines, id, device);

  if (line != NULL)
    {
      line->count = MIN (line->count, G_MAXUINT - count) + count;
      return;
    }
  if (lines->len >= FERRY_LOG_LINES_MAX)
    return;
  line = g_new0 (FerryLogLine, 1);
  line->id = id;
  line->device = g_strdup (device);
  line->count = count;
  g_ptr_array_add (lines, line);
}

static gboolean
ends_address (char c)
{
  return !g_ascii_isalnum (c) && c != '.';
}

/* "01:00.0" at the start of @text, with or without a domain. */
static char *
take_address (const char *text)
{
  gsize length = strspn (text, "0123456789abcdefABCDEF:.");
  g_autofree char *word = NULL;
  g_autofree char *full = NULL;
  FerryAddress address;

  while (length > 0 && (text[length - 1] == ':' || text[length - 1] == '.'))
    length--;
  if (length < strlen ("00:00.0") || length >= FERRY_ADDRESS_SIZE || !ends_address (text[length]))
    return NULL;
  word = g_strndup (text, length);
  full = g_strconcat ("0000:", word, NULL);
  if (ferry_address_parse (word, &address) || ferry_address_parse (full, &address))
    return ferry_address_to_string (&address);
  return NULL;
}

/* The first address of a line, or "". */
static char *
find_address (const char *line)
{
  for (const char *c = line; *c != '\0'; c++)
    {
      char *address = NULL;

      if (g_ascii_isxdigit (*c) && (c == line || ends_address (c[-1])))
        address = take_address (c);
      if (address != NULL)
        return address;
    }
  return g_strdup ("");
}

static gboolean
matches (const FerryLogKind *kind, const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind->parts) && kind->parts[i] != NULL; i++)
    if (strstr (line, kind->parts[i]) == NULL)
      return FALSE;
  return TRUE;
}

static void
look_at_line (GPtrArray *lines, const char *line)
{
  guint n_kinds;
  const FerryLogKind *kinds = ferry_log_kinds (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *device = NULL;

      if (!matches (&kinds[i], line))
        continue;
      device = kinds[i].about_device ? find_address (line) : g_strdup ("");
      add_line (lines, kinds[i].id, device, 1);
    }
}

/**
 * ferry_log_lines_find:
 * @log: (nullable): lines of the kernel, of this start of the computer
 *
 * Returns: (transfer full) (element-type FerryLogLine): in the order of their first appearance
 */
GPtrArray *
ferry_log_lines_find (const char *log)
{
  GPtrArray *lines = new_lines ();

  while (log != NULL && *log != '\0')
    {
      gsize length = strcspn (log, "\n");
      g_autofree char *line = g_strndup (log, MIN (length, FERRY_LOG_LINE_MAX));

      look_at_line (lines, line);
      log += length;
      log += *log == '\n' ? 1 : 0;
    }
  return lines;
}

/**
 * ferry_log_lines_have:
 * @lines: (nullable): %NULL when the log could not be read
 * @device: (nullable): %NULL for any
 */
gboolean
ferry_log_lines_have (GPtrArray *lines, const char *id, const char *device)
{
  return lines != NULL && find_line (lines, id, device) != NULL;
}

/**
 * ferry_log_lines_to_variant:
 *
 * Returns: (transfer floating): an a(ssu): kind, address or "", how often
 */
GVariant *
ferry_log_lines_to_variant (GPtrArray *lines)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (TYPE));
  for (guint i = 0; i < lines->len; i++)
    {
      const FerryLogLine *line = g_ptr_array_index (lines, i);

      g_variant_builder_add (&builder, "(ssu)", line->id, line->device, line->count);
    }
  return g_variant_builder_end (&builder);
}

static const FerryLogKind *
find_kind (const char *id)
{
  guint n_kinds;
  const FerryLogKind *kinds = ferry_log_kinds (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    if (g_str_equal (kinds[i].id, id))
      return &kinds[i];
  return NULL;
}

/**
 * ferry_log_lines_from_variant:
 * @variant: from ferry_log_lines_to_variant(), maybe of another version
 *
 * Returns: (transfer full) (element-type FerryLogLine): those whose kind is known
 */
GPtrArray *
ferry_log_lines_from_variant (GVariant *variant)
{
  GPtrArray *lines = new_lines ();
  GVariantIter iter;
  const char *id, *device;
  guint32 count;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (TYPE)))
    return lines;
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(&s&su)", &id, &device, &count))
    {
      const FerryLogKind *kind = find_kind (id);
      FerryAddress address;

      if (kind != NULL && (*device == '\0' || ferry_address_parse (device, &address)))
        add_line (lines, kind->id, device, count);
    }
  return lines;
}

FerryCheckVerdict
ferry_log_line_get_verdict (const FerryLogLine *line)
{
  return find_kind (line->id)->verdict;
}

/**
 * ferry_log_line_get_meaning:
 *
 * Returns: one sentence, translated
 */
const char *
ferry_log_line_get_meaning (const FerryLogLine *line)
{
  return _ (find_kind (line->id)->meaning);
}

/**
 * ferry_log_line_get_action:
 *
 * Returns: what to do, translated; "" when nothing
 */
const char *
ferry_log_line_get_action (const FerryLogLine *line)
{
  const char *action = find_kind (line->id)->action;

  return *action != '\0' ? _ (action) : "";
}

/**
 * ferry_log_line_to_text:
 *
 * Returns: (transfer full): as the kernel writes it, without numbers and names of this computer
 */
char *
ferry_log_line_to_text (const FerryLogLine *line)
{
  const FerryLogKind *kind = find_kind (line->id);
  g_autoptr (GString) text = g_string_new (NULL);

  if (*line->device != '\0')
    g_string_append_printf (text, "%s: ", line->device);
  g_string_append (text, kind->text);
  if (line->count > 1)
    g_string_append_printf (text, " (×%u)", line->count);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ferry_log_lines_to_text:
 *
 * Returns: (transfer full): the log to copy, one line each
 */
char *
ferry_log_lines_to_text (GPtrArray *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = ferry_log_line_to_text (g_ptr_array_index (lines, i));

      g_string_append_printf (text, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
