/* vm.c: the verbs of “ferryctl vm”, and the short ones of them; see vm.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "cli/output.h"
#include "cli/request.h"
#include "cli/vm.h"
#include "facts/recording.h"
#include "guest/guard.h"
#include "guest/launch.h"
#include "guest/mark.h"
#include "guest/symptom.h"
#include "plan/paragraph.h"

/* How long a system inside gets to shut down while we watch. */
#define STOP_SECONDS 90
#define MAX_RAW_LINES 20

typedef struct
{
  const char *name;
  gboolean needs_name;
  int (*run) (const FerryWish *wish, GError **error);
} Verb;

FerryVirt *
ferry_vm_connect (const FerryWish *wish, GCancellable *cancellable, GError **error)
{
  return ferry_virt_open (wish->connect, cancellable, error);
}

FerryMachine *
ferry_vm_scan (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryRoot) root = wish->machine != NULL
                                   ? ferry_recording_open (wish->machine, error)
                                   : ferry_root_new (wish->root != NULL ? wish->root : G_DIR_SEPARATOR_S, error);

  return root != NULL ? ferry_machine_scan (root, NULL, NULL, error) : NULL;
}

/**
 * ferry_vm_find_card:
 * @text: an address as people type it, with or without the domain
 * @functions: gets the functions of the card that can go, the one for the screen first
 * @title: (out) (optional) (transfer full): its name
 */
gboolean
ferry_vm_find_card (FerryMachine *machine, const char *text, GArray *functions, char **title, GError **error)
{
  g_autofree char *full = g_strconcat ("0000:", text, NULL);
  g_autofree char *quoted = ferry_paragraph_shorten (text, 60);
  FerryAddress address;

  if (!ferry_address_parse (text, &address) && !ferry_address_parse (full, &address))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is not the address of a device, such as 0000:01:00.0."),
                   quoted);
      return FALSE;
    }
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);

      for (guint j = 0; j < card->functions->len; j++)
        {
          const FerryDevice *device = g_ptr_array_index (card->functions, j);

          if (ferry_address_compare (&device->address, &address) != 0)
            continue;
          ferry_guard_list_card (machine, card, functions);
          if (title != NULL)
            *title = g_strdup (card->name);
          return TRUE;
        }
    }
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _ ("There is no graphics card at %s; “ferryctl cards” shows them."), quoted);
  return FALSE;
}

static void
add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, value);
}

static void
add_resident (JsonBuilder *builder, const FerryResident *resident)
{
  g_auto (GStrv) files = ferry_mark_read (resident->xml);

  json_builder_begin_object (builder);
  add_string (builder, "name", resident->name);
  add_string (builder, "uuid", resident->uuid);
  add_string (builder, "state", ferry_power_to_string (resident->power));
  json_builder_set_member_name (builder, "made-by-ferry");
  json_builder_add_boolean_value (builder, files != NULL);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < resident->functions->len; i++)
    {
      g_autofree char *address = ferry_address_to_string (&g_array_index (resident->functions, FerryAddress, i));

      json_builder_add_string_value (builder, address);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
list_as_json (GPtrArray *residents)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < residents->len; i++)
    add_resident (builder, g_ptr_array_index (residents, i));
  json_builder_end_array (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, TRUE);
  return g_strconcat (text, "\n", NULL);
}

static char *
list_as_text (GPtrArray *residents)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < residents->len; i++)
    {
      const FerryResident *resident = g_ptr_array_index (residents, i);
      g_autofree char *name = ferry_paragraph_clean (resident->name);

      g_string_append_printf (out, "%s: %s\n", name, ferry_power_get_title (resident->power));
      for (guint j = 0; j < resident->functions->len; j++)
        {
          g_autofree char *address = ferry_address_to_string (&g_array_index (resident->functions, FerryAddress, j));

          g_string_append_printf (out, "    %s\n", address);
        }
    }
  if (residents->len == 0)
    g_string_append (out, _ ("There is no virtual machine yet. “ferryctl vm create” makes one.\n"));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static int
list (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryVirt) virt = ferry_vm_connect (wish, NULL, error);
  g_autoptr (GPtrArray) residents = virt != NULL ? ferry_virt_list (virt, error) : NULL;
  g_autofree char *text = NULL;

  if (residents == NULL)
    return FERRY_EXIT_ERROR;
  text = wish->json ? list_as_json (residents) : list_as_text (residents);
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static int
show_xml (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryVirt) virt = ferry_vm_connect (wish, NULL, error);
  g_autoptr (FerryResident) resident = virt != NULL ? ferry_virt_find (virt, wish->name, error) : NULL;

  return resident != NULL && ferry_output_print (resident->xml, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static int
say (const char *format, const char *name, GError **error)
{
  g_autofree char *clean = ferry_paragraph_clean (name);
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (format, clean);
#pragma GCC diagnostic pop
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

/* That the computer cannot be looked at says nothing against a start. */
static int
start (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryVirt) virt = ferry_vm_connect (wish, NULL, error);
  g_autoptr (FerryMachine) machine = virt != NULL ? ferry_vm_scan (wish, NULL) : NULL;

  if (virt == NULL || !ferry_launch (virt, machine, wish->name, error))
    return FERRY_EXIT_ERROR;
  return say (_ ("“%s” is running.\n"), wish->name, error);
}

/* Whether it went off while we watched. */
static gboolean
watch_it_stop (FerryVirt *virt, const char *name)
{
  for (guint i = 0; i < STOP_SECONDS * 2; i++)
    {
      g_autoptr (FerryResident) resident = ferry_virt_find (virt, name, NULL);

      if (resident == NULL || resident->power == FERRY_POWER_OFF || resident->power == FERRY_POWER_CRASHED)
        return TRUE;
      g_usleep (G_USEC_PER_SEC / 2);
    }
  return FALSE;
}

static int
stop (const FerryWish *wish, GError **error)
{
  g_autoptr (FerryVirt) virt = ferry_vm_connect (wish, NULL, error);

  if (virt == NULL
      || !(wish->force ? ferry_virt_switch_off (virt, wish->name, error) : ferry_virt_shut_down (virt, wish->name, error)))
    return FERRY_EXIT_ERROR;
  if (wish->force || watch_it_stop (virt, wish->name))
    return say (_ ("“%s” is switched off.\n"), wish->name, error);
  say (_ ("“%s” was asked to shut down and has not done so yet. A card that is switched off by force (--force) may need a restart of the "
          "computer.\n"),
       wish->name, NULL);
  return FERRY_EXIT_STEPS;
}

/* What a text means that somebody found in a window or in a log. */
static int
explain (const FerryWish *wish, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  FerrySymptom symptom;

  if (!ferry_symptom_find (wish->name, &symptom))
    {
      ferry_output_print (_ ("Ferry does not know this text.\n"), NULL);
      return FERRY_EXIT_STEPS;
    }
  ferry_paragraph_append (out, "", "", symptom.title);
  ferry_paragraph_append (out, "", "", symptom.cause);
  ferry_paragraph_append (out, "", "", symptom.action);
  return ferry_output_print (out->str, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

static const Verb verbs[] = {
  { "create", FALSE, ferry_vm_create }, { "list", FALSE, list },           { "xml", TRUE, show_xml },
  { "start", TRUE, start },             { "stop", TRUE, stop },            { "remove", TRUE, ferry_vm_remove },
  { "give", TRUE, ferry_vm_give },      { "take", TRUE, ferry_vm_take },
  { "explain", TRUE, explain },
};

static const Verb *
find_verb (const FerryWish *wish, GError **error)
{
  g_autofree char *quoted = ferry_paragraph_shorten (wish->verb, 60);

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (!g_str_equal (verbs[i].name, wish->verb))
        continue;
      if (!verbs[i].needs_name || wish->name != NULL)
        return &verbs[i];
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“ferryctl vm %s” needs the name of a virtual machine."), quoted);
      return NULL;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no command “vm %s”."), quoted);
  return NULL;
}

static int
show_help (GError **error)
{
  char *words[] = { (char *)"ferryctl", (char *)"help", (char *)"vm", NULL };
  g_autoptr (FerryRequest) request = ferry_request_parse (3, words, error);

  return request != NULL ? ferry_command_help (request, error) : FERRY_EXIT_ERROR;
}

/* For the table of commands and their help: cli/program hands these words to ferry_vm_run(). */
int
ferry_command_vm (const FerryRequest *request, GError **error)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("Please write the options behind “ferryctl vm”."));
  return FERRY_EXIT_USAGE;
}

static void
print_raw (const char *raw)
{
  g_auto (GStrv) lines = g_strsplit (raw, "\n", MAX_RAW_LINES);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *clean = ferry_paragraph_shorten (lines[i], 2000);

      if (*clean != '\0')
        g_printerr ("    %s\n", clean);
    }
}

/* The sentences, and below them what libvirt said, for who wants to search for it. */
static void
print_error (const GError *error)
{
  g_autofree char *sentences = ferry_symptom_get_sentences (error);
  const char *raw = ferry_symptom_get_raw (error);

  if (error->domain == G_OPTION_ERROR)
    {
      g_autofree char *full = g_strdup_printf (_ ("%s Try “ferryctl help vm”."), sentences);

      ferry_output_print_error (full);
      return;
    }
  ferry_output_print_error (sentences);
  if (raw != NULL)
    print_raw (raw);
}

/**
 * ferry_vm_run:
 * @argv: from “vm” on
 *
 * Returns: the exit status that ferryctl(1) documents; errors were printed
 */
int
ferry_vm_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryWish) wish = ferry_wish_parse (argc, argv, &error);
  const Verb *verb;
  int status = FERRY_EXIT_ERROR;

  if (wish != NULL && (wish->verb == NULL || wish->help))
    return show_help (&error);
  verb = wish != NULL ? find_verb (wish, &error) : NULL;
  if (verb != NULL)
    status = verb->run (wish, &error);
  if (error == NULL)
    return status;
  print_error (error);
  return error->domain == G_OPTION_ERROR ? FERRY_EXIT_USAGE : status;
}
