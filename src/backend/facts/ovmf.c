/* ovmf.c: see ovmf.h. */
#include "config.h"

#include <json-glib/json-glib.h>

#include "facts/host.h"
#include "facts/ovmf.h"

#define DESCRIPTIONS "usr/share/qemu/firmware"
#define MAX_DESCRIPTIONS 256
#define MAX_DESCRIPTION (64 * 1024)
#define MAX_DEPTH 16

static const char *const images[] = { "usr/share/edk2/x64/OVMF_CODE.4m.fd",
                                      "usr/share/edk2/x64/OVMF_CODE.fd",
                                      "usr/share/edk2-ovmf/x64/OVMF_CODE.fd",
                                      "usr/share/OVMF/OVMF_CODE_4M.fd",
                                      "usr/share/OVMF/OVMF_CODE.fd",
                                      "usr/share/edk2/ovmf/OVMF_CODE.fd",
                                      "usr/share/edk2/ovmf/OVMF_CODE_4M.qcow2",
                                      "usr/share/qemu/ovmf-x86_64-code.bin" };

/* The parser calls itself for each level, so the levels are counted first. */
static gboolean
is_shallow (const char *text, gsize size)
{
  guint depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (text[i] == '[' || text[i] == '{')
        depth++;
      else if ((text[i] == ']' || text[i] == '}') && depth > 0)
        depth--;
      if (depth > MAX_DEPTH)
        return FALSE;
    }
  return TRUE;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
is_for_pc (JsonObject *description)
{
  JsonArray *targets = get_array (description, "targets");

  for (guint i = 0; targets != NULL && i < json_array_get_length (targets); i++)
    {
      JsonNode *node = json_array_get_element (targets, i);
      JsonObject *target = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (g_strcmp0 (get_text (target, "architecture"), "x86_64") == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_uefi (JsonObject *description)
{
  JsonArray *types = get_array (description, "interface-types");

  for (guint i = 0; types != NULL && i < json_array_get_length (types); i++)
    {
      JsonNode *node = json_array_get_element (types, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING
          && g_strcmp0 (json_node_get_string (node), "uefi") == 0)
        return TRUE;
    }
  return FALSE;
}

/* The content of a description as an object, or NULL. The parser keeps it. */
static JsonObject *
parse (JsonParser *parser, GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonNode *node;

  if (size == 0 || !is_shallow (text, size)
      || !json_parser_load_from_data (parser, text, (gssize)size, NULL))
    return NULL;
  node = json_parser_get_root (parser);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Whether the image that the description in @path names is for a PC and is there. */
static gboolean
check_description (FerryRoot *root, const char *path)
{
  g_autofree char *real = ferry_host_path (root, path);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, real, MAX_DESCRIPTION, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *description, *mapping;
  const char *file;

  description = bytes != NULL ? parse (parser, bytes) : NULL;
  if (description == NULL || !is_for_pc (description) || !is_uefi (description))
    return FALSE;

  mapping = get_object (description, "mapping");
  file = get_text (get_object (mapping, "executable"), "filename");
  if (file == NULL)
    file = get_text (mapping, "filename");
  return file != NULL && *file == '/' && ferry_host_exists (root, file + 1);
}

/**
 * ferry_ovmf_find:
 *
 * Returns: whether UEFI firmware for x86-64 virtual machines is installed; %FERRY_ANSWER_UNKNOWN
 * when usr/share of the host is hidden
 */
FerryAnswer
ferry_ovmf_find (FerryRoot *root)
{
  g_auto (GStrv) names = ferry_host_list (root, DESCRIPTIONS);

  for (gsize i = 0; names != NULL && names[i] != NULL && i < MAX_DESCRIPTIONS; i++)
    {
      g_autofree char *path = g_build_filename (DESCRIPTIONS, names[i], NULL);

      if (g_str_has_suffix (path, ".json") && check_description (root, path))
        return FERRY_ANSWER_YES;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (images); i++)
    if (ferry_host_exists (root, images[i]))
      return FERRY_ANSWER_YES;
  if (ferry_host_exists (root, "usr/share") || ferry_host_exists (root, "usr/bin"))
    return FERRY_ANSWER_NO;
  return FERRY_ANSWER_UNKNOWN;
}
