/* evidence.c: see evidence.h. */
#include "config.h"

#include <string.h>

#include "plan/evidence.h"

#define MAX_ITEMS 512
#define MAX_TEXT 4096

static void
image_free (gpointer data)
{
  FerryEvidenceImage *image = data;

  g_free (image->path);
  g_free (image);
}

/**
 * ferry_evidence_new:
 *
 * Returns: (transfer full): nothing is known
 */
FerryEvidence *
ferry_evidence_new (void)
{
  FerryEvidence *evidence = g_new0 (FerryEvidence, 1);

  evidence->images = g_ptr_array_new_with_free_func (image_free);
  evidence->roms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return evidence;
}

void
ferry_evidence_free (FerryEvidence *evidence)
{
  if (evidence == NULL)
    return;
  ferry_intent_free (evidence->intent);
  ferry_witness_free (evidence->witness);
  g_strfreev (evidence->edited);
  g_strfreev (evidence->pending);
  g_ptr_array_unref (evidence->images);
  g_clear_pointer (&evidence->log, g_ptr_array_unref);
  g_hash_table_unref (evidence->roms);
  g_free (evidence);
}

static FerryAnswer
parse_answer (const char *text)
{
  if (g_str_equal (text, "yes"))
    return FERRY_ANSWER_YES;
  return g_str_equal (text, "no") ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
}

/* A list of short texts, or NULL when it is not there. */
static char **
read_list (GVariant *facts, const char *key)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (facts, key, G_VARIANT_TYPE_STRING_ARRAY);
  g_autoptr (GPtrArray) list = NULL;
  GVariantIter iter;
  const char *text;

  if (value == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (g_free);
  g_variant_iter_init (&iter, value);
  while (list->len < MAX_ITEMS && g_variant_iter_next (&iter, "&s", &text))
    if (strlen (text) <= MAX_TEXT)
      g_ptr_array_add (list, g_strdup (text));
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

typedef void (*TakePair) (FerryEvidence *evidence, const char *name, FerryAnswer answer);

static void
read_answers (FerryEvidence *evidence, GVariant *facts, const char *key, TakePair take)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (facts, key, G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *name, *answer;

  if (value == NULL)
    return;
  g_variant_iter_init (&iter, value);
  for (guint i = 0; i < MAX_ITEMS && g_variant_iter_next (&iter, "{&s&s}", &name, &answer); i++)
    if (strlen (name) <= MAX_TEXT)
      take (evidence, name, parse_answer (answer));
}

static void
take_image (FerryEvidence *evidence, const char *name, FerryAnswer answer)
{
  FerryEvidenceImage *image = g_new0 (FerryEvidenceImage, 1);

  image->path = g_strdup (name);
  image->ready = answer;
  g_ptr_array_add (evidence->images, image);
}

static void
take_rom (FerryEvidence *evidence, const char *name, FerryAnswer answer)
{
  FerryAddress address;

  if (ferry_address_parse (name, &address))
    g_hash_table_replace (evidence->roms, g_strdup (name), GINT_TO_POINTER (answer));
}

static void
read_change (FerryEvidence *evidence, GVariant *facts)
{
  g_autoptr (GVariant) intent = g_variant_lookup_value (facts, "intent", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) witness = g_variant_lookup_value (facts, "witness", G_VARIANT_TYPE_VARDICT);

  gboolean unreadable = FALSE;

  g_variant_lookup (facts, "unreadable", "b", &unreadable);
  evidence->known = unreadable ? FERRY_ANSWER_UNKNOWN : FERRY_ANSWER_YES;
  if (intent == NULL)
    return;
  evidence->intent = ferry_intent_from_variant (intent, NULL);
  if (evidence->intent == NULL)
    evidence->known = FERRY_ANSWER_UNKNOWN;
  if (witness != NULL)
    evidence->witness = ferry_witness_from_variant (witness);
  g_variant_lookup (facts, "changed", "x", &evidence->changed);
}

static void
read_facts (FerryEvidence *evidence, GVariant *map)
{
  g_autoptr (GVariant) log = NULL;
  const char *text;

  read_change (evidence, map);
  if (evidence->started == 0)
    g_variant_lookup (map, "started", "x", &evidence->started);
  evidence->edited = read_list (map, "edited");
  evidence->pending = read_list (map, "pending");
  read_answers (evidence, map, "images", take_image);
  read_answers (evidence, map, "roms", take_rom);
  if (g_variant_lookup (map, "menu", "&s", &text))
    evidence->menu = parse_answer (text);
  if (g_variant_lookup (map, "network", "&s", &text))
    evidence->network = parse_answer (text);
  log = g_variant_lookup_value (map, "log", G_VARIANT_TYPE ("a(ssu)"));
  if (log != NULL)
    evidence->log = ferry_log_lines_from_variant (log);
}

/**
 * ferry_evidence_from_variant:
 * @facts: (nullable): an a{sv}, or the reply of Inspect(); %NULL when nobody could be asked
 * @machine: where a recorded log is taken from when the facts have none
 * @started: when the running system was started, seconds since 1970, 0 when unknown
 *
 * Returns: (transfer full): what could be understood
 */
FerryEvidence *
ferry_evidence_from_variant (GVariant *facts, FerryMachine *machine, gint64 started)
{
  FerryEvidence *evidence = ferry_evidence_new ();
  g_autoptr (GVariant) map = NULL;

  evidence->started = started;
  if (facts != NULL && g_variant_is_of_type (facts, G_VARIANT_TYPE ("(a{sv})")))
    map = g_variant_get_child_value (facts, 0);
  else if (facts != NULL && g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT))
    map = g_variant_ref (facts);
  if (map != NULL)
    read_facts (evidence, map);
  if (evidence->log == NULL && machine->kernel->log != NULL)
    evidence->log = ferry_log_lines_find (machine->kernel->log);
  return evidence;
}
