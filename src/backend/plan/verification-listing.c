/* verification-listing.c: see verification-listing.h. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "plan/paragraph.h"
#include "plan/verification-listing.h"

#define INDENT "        "

static const char *
mark (FerryCheckVerdict verdict)
{
  switch (verdict)
    {
    case FERRY_CHECK_PASS:
      return _ ("good");
    case FERRY_CHECK_WARN:
      return _ ("note");
    case FERRY_CHECK_FAIL:
      return _ ("to do");
    case FERRY_CHECK_UNKNOWN:
    default:
      return "?";
    }
}

static void
append_marked (GString *out, FerryCheckVerdict verdict, const char *text)
{
  const char *word = mark (verdict);
  glong width = g_utf8_strlen (word, -1);
  g_autofree char *first = g_strdup_printf ("  %s%*s", word, (int) MAX (6 - width, 1), "");

  ferry_paragraph_append (out, first, INDENT, text);
}

static void
append_action (GString *out, const char *text)
{
  /* Translators: in front of a sentence that says what to do now */
  g_autofree char *action = g_strdup_printf (_ ("What to do: %s"), text);

  ferry_paragraph_append (out, INDENT, INDENT, action);
}

static void
append_details (GString *out, const char *details)
{
  g_auto (GStrv) lines = g_strsplit (details, "\n", 64);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      ferry_paragraph_append (out, INDENT, INDENT "  ", lines[i]);
}

static void
append_finding (GString *out, const FerryFinding *finding)
{
  append_marked (out, finding->verdict, finding->title);
  if (finding->verdict == FERRY_CHECK_PASS)
    return;
  ferry_paragraph_append (out, INDENT, INDENT, finding->why);
  if (*finding->action != '\0')
    append_action (out, finding->action);
  append_details (out, finding->details);
}

static void
append_log (GString *out, GPtrArray *log)
{
  g_string_append_c (out, '\n');
  ferry_paragraph_append (out, "", "", _ ("What the kernel says"));
  for (guint i = 0; i < log->len; i++)
    {
      const FerryLogLine *line = g_ptr_array_index (log, i);
      g_autofree char *text = ferry_log_line_to_text (line);
      const char *action = ferry_log_line_get_action (line);

      append_marked (out, ferry_log_line_get_verdict (line), text);
      ferry_paragraph_append (out, INDENT, INDENT, ferry_log_line_get_meaning (line));
      if (*action != '\0')
        append_action (out, action);
    }
}

/**
 * ferry_verification_listing_text:
 *
 * Returns: (transfer full): the sentence, each finding, the lines of the kernel
 */
char *
ferry_verification_listing_text (const FerryVerification *verification)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ferry_paragraph_append (out, "", "", verification->sentence);
  g_string_append_c (out, '\n');
  ferry_paragraph_append (out, "", "", _ ("What was looked at"));
  for (guint i = 0; i < verification->findings->len; i++)
    append_finding (out, g_ptr_array_index (verification->findings, i));
  if (verification->log != NULL && verification->log->len > 0)
    append_log (out, verification->log);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_text (JsonBuilder *builder, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, valid);
}

static void
add_finding (JsonBuilder *builder, const FerryFinding *finding)
{
  json_builder_begin_object (builder);
  add_text (builder, "id", finding->id);
  add_text (builder, "verdict", ferry_check_verdict_to_string (finding->verdict));
  add_text (builder, "title", finding->title);
  add_text (builder, "why", finding->why);
  add_text (builder, "action", finding->action);
  add_text (builder, "details", finding->details);
  add_text (builder, "fix", ferry_fix_to_string (finding->fix));
  json_builder_end_object (builder);
}

static void
add_line (JsonBuilder *builder, const FerryLogLine *line)
{
  g_autofree char *text = ferry_log_line_to_text (line);

  json_builder_begin_object (builder);
  add_text (builder, "id", line->id);
  add_text (builder, "device", line->device);
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, line->count);
  add_text (builder, "verdict", ferry_check_verdict_to_string (ferry_log_line_get_verdict (line)));
  add_text (builder, "text", text);
  add_text (builder, "meaning", ferry_log_line_get_meaning (line));
  add_text (builder, "action", ferry_log_line_get_action (line));
  json_builder_end_object (builder);
}

static void
add_log (JsonBuilder *builder, GPtrArray *log)
{
  json_builder_set_member_name (builder, "kernel-log");
  if (log == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_array (builder);
  for (guint i = 0; i < log->len; i++)
    add_line (builder, g_ptr_array_index (log, i));
  json_builder_end_array (builder);
}

/**
 * ferry_verification_listing_json:
 *
 * Returns: (transfer full): the same as an object; "kernel-log" is null when the log could not be
 * read
 */
char *
ferry_verification_listing_json (const FerryVerification *verification)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "result", ferry_result_to_string (verification->result));
  add_text (builder, "sentence", verification->sentence);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < verification->findings->len; i++)
    add_finding (builder, g_ptr_array_index (verification->findings, i));
  json_builder_end_array (builder);
  add_log (builder, verification->log);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, TRUE);
  safe = ferry_paragraph_escape_json (text);
  return g_strconcat (safe, "\n", NULL);
}
