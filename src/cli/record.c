/* record.c: ferryctl record. */
#include "config.h"

#include <string.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "cli/output.h"
#include "cli/request.h"
#include "facts/recording.h"
#include "plan/paragraph.h"

static char *
said_as_json (const char *file, gsize size)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64)size);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, TRUE);
  safe = ferry_paragraph_escape_json (text);
  return g_strconcat (safe, "\n", NULL);
}

static char *
said_as_text (const char *file, gsize size)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *amount = g_format_size (size);
  g_autofree char *said = g_strdup_printf (
      _ ("This computer was recorded in “%s” (%s).\n"
         "Serial numbers, network addresses, UUIDs and the names of the computer, its users and "
         "disks were replaced. It is a text file: have a look before you pass it on.\n"
         "Whoever gets it can type: ferryctl check --machine FILE"),
      name, amount);

  ferry_paragraph_append (out, "", "", said);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
ferry_command_record (const FerryRequest *request, GError **error)
{
  const char *file = request->arguments[0];
  g_autoptr (FerryRoot) root = ferry_request_open_root (request, error);
  g_autofree char *recording = NULL;
  g_autofree char *said = NULL;

  if (root == NULL)
    return FERRY_EXIT_ERROR;
  recording = ferry_recording_make (root, error);
  if (recording == NULL || !ferry_output_create (file, recording, error))
    return FERRY_EXIT_ERROR;
  said = request->json ? said_as_json (file, strlen (recording))
                       : said_as_text (file, strlen (recording));
  return ferry_output_print (said, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}
