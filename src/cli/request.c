/* request.c: see request.h. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/request.h"
#include "facts/recording.h"
#include "plan/paragraph.h"

/* What an argument may be quoted with in a message. */
#define MAX_QUOTED 60

typedef struct
{
  gboolean help, version;
  char **cards;
  char *binding;
  gboolean no_install, no_passthrough_mode, keep_menu;
  gboolean join_group, only_display, acs_override;
  char **rest;
} Extra;

static void
extra_clear (Extra *extra)
{
  g_clear_pointer (&extra->cards, g_strfreev);
  g_clear_pointer (&extra->binding, g_free);
  g_clear_pointer (&extra->rest, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Extra, extra_clear)

void
ferry_request_free (FerryRequest *request)
{
  g_strfreev (request->arguments);
  g_free (request->root);
  g_free (request->machine);
  g_free (request->html);
  ferry_intent_free (request->intent);
  g_free (request);
}

static gboolean
usage_error (GError **error, const char *format, const char *what)
{
  g_autofree char *quoted = ferry_paragraph_shorten (what, MAX_QUOTED);

  /* The format has exactly one %s; it is one of the literals below, translated. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, quoted);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
read_options (FerryRequest *request, Extra *extra, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "json", 0, 0, G_OPTION_ARG_NONE, &request->json, NULL, NULL },
          { "root", 0, 0, G_OPTION_ARG_FILENAME, &request->root, NULL, NULL },
          { "machine", 0, 0, G_OPTION_ARG_FILENAME, &request->machine, NULL, NULL },
          { "html", 0, 0, G_OPTION_ARG_FILENAME, &request->html, NULL, NULL },
          { "yes", 'y', 0, G_OPTION_ARG_NONE, &request->yes, NULL, NULL },
          { "force", 0, 0, G_OPTION_ARG_NONE, &request->force, NULL, NULL },
          { "diff", 0, 0, G_OPTION_ARG_NONE, &request->diff, NULL, NULL },
          { "card", 0, 0, G_OPTION_ARG_STRING_ARRAY, &extra->cards, NULL, NULL },
          { "binding", 0, 0, G_OPTION_ARG_STRING, &extra->binding, NULL, NULL },
          { "no-install", 0, 0, G_OPTION_ARG_NONE, &extra->no_install, NULL, NULL },
          { "no-passthrough-mode", 0, 0, G_OPTION_ARG_NONE, &extra->no_passthrough_mode, NULL, NULL },
          { "keep-menu", 0, 0, G_OPTION_ARG_NONE, &extra->keep_menu, NULL, NULL },
          { "join-group", 0, 0, G_OPTION_ARG_NONE, &extra->join_group, NULL, NULL },
          { "accept-only-display", 0, 0, G_OPTION_ARG_NONE, &extra->only_display, NULL, NULL },
          { "accept-acs-override", 0, 0, G_OPTION_ARG_NONE, &extra->acs_override, NULL, NULL },
          { "help", 'h', 0, G_OPTION_ARG_NONE, &extra->help, NULL, NULL },
          { "version", 'V', 0, G_OPTION_ARG_NONE, &extra->version, NULL, NULL },
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &extra->rest, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) copy = g_strdupv (argv);
  g_autofree char **moved = g_memdup2 (copy, sizeof (char *) * ((gsize)argc + 1));
  g_autoptr (GError) local = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &moved, &local))
    return TRUE;
  return usage_error (error, g_str_has_suffix (local->message, ".") ? "%s" : "%s.",
                      local->message);
}

/* "ferryctl --help check" and "ferryctl check --help" are "ferryctl help check". */
static void
apply_extra (FerryRequest *request, Extra *extra)
{
  g_autofree char *first = extra->rest != NULL ? g_strdup (extra->rest[0]) : NULL;

  if (extra->version)
    {
      g_clear_pointer (&extra->rest, g_strfreev);
      request->command = ferry_command_find ("version");
    }
  else if (extra->help || first == NULL)
    {
      g_clear_pointer (&extra->rest, g_strfreev);
      request->command = ferry_command_find ("help");
      if (first != NULL)
        extra->rest = g_strdupv ((char *[]){ first, NULL });
    }
}

static gboolean
find_command (FerryRequest *request, Extra *extra, GError **error)
{
  apply_extra (request, extra);
  if (request->command != NULL)
    {
      request->arguments
          = extra->rest != NULL ? g_steal_pointer (&extra->rest) : g_new0 (char *, 1);
      return TRUE;
    }

  request->command = ferry_command_find (extra->rest[0]);
  if (request->command == NULL)
    return usage_error (error, _ ("There is no command “%s”."), extra->rest[0]);
  request->arguments = g_strdupv (extra->rest + 1);
  return TRUE;
}

static gboolean
check_options (const FerryRequest *request, GError **error)
{
  guint options = request->command->options;

  if (request->json && (options & FERRY_OPTION_JSON) == 0)
    return usage_error (error, _ ("The option --json does not fit the command “%s”."),
                        request->command->name);
  if (request->yes && (options & FERRY_OPTION_YES) == 0)
    return usage_error (error, _ ("The option --yes does not fit the command “%s”."),
                        request->command->name);
  if (request->force && (options & FERRY_OPTION_FORCE) == 0)
    return usage_error (error, _ ("The option --force does not fit the command “%s”."),
                        request->command->name);
  if (request->root != NULL && (options & (FERRY_OPTION_ROOT | FERRY_OPTION_FOLDER)) == 0)
    return usage_error (error, _ ("The option --root does not fit the command “%s”."),
                        request->command->name);
  if (request->machine != NULL && (options & FERRY_OPTION_ROOT) == 0)
    return usage_error (error, _ ("The option --machine does not fit the command “%s”."),
                        request->command->name);
  if (request->html != NULL && (options & FERRY_OPTION_HTML) == 0)
    return usage_error (error, _ ("The option --html does not fit the command “%s”."),
                        request->command->name);
  if (request->root != NULL && request->machine != NULL)
    return usage_error (error, _ ("Give either --root or --machine, not both%s."), "");
  if (request->html != NULL && request->json)
    return usage_error (error, _ ("Give either --html or --json, not both%s."), "");
  return TRUE;
}

static gboolean
has_intent_options (const Extra *extra)
{
  return extra->cards != NULL || extra->binding != NULL || extra->no_install
         || extra->no_passthrough_mode || extra->keep_menu || extra->join_group
         || extra->only_display || extra->acs_override;
}

/* "01:00.0" is what people copy from lspci; the domain is then 0000. */
static gboolean
add_card (FerryIntent *intent, const char *text, GError **error)
{
  g_autofree char *full = g_strconcat ("0000:", text, NULL);
  FerryAddress address;

  if (!ferry_address_parse (text, &address) && !ferry_address_parse (full, &address))
    return usage_error (error, _ ("“%s” is not the address of a device, such as 0000:01:00.0."), text);
  if (intent->cards->len >= FERRY_INTENT_MAX_CARDS)
    return usage_error (error, _ ("“%s” is one card too many."), text);
  g_array_append_val (intent->cards, address);
  return TRUE;
}

static gboolean
read_intent (FerryRequest *request, const Extra *extra, GError **error)
{
  FerryIntent *intent = request->intent;

  if (has_intent_options (extra) && (request->command->options & FERRY_OPTION_INTENT) == 0)
    return usage_error (error, _ ("These options do not fit the command “%s”."),
                        request->command->name);
  if (request->diff && (request->command->options & FERRY_OPTION_DIFF) == 0)
    return usage_error (error, _ ("The option --diff does not fit the command “%s”."),
                        request->command->name);
  if (extra->binding != NULL && !ferry_binding_from_string (extra->binding, &intent->binding))
    return usage_error (error, _ ("“%s” is not a way to bind a card."), extra->binding);
  for (guint i = 0; extra->cards != NULL && extra->cards[i] != NULL; i++)
    if (!add_card (intent, extra->cards[i], error))
      return FALSE;
  intent->install = !extra->no_install;
  intent->passthrough_mode = !extra->no_passthrough_mode;
  intent->show_menu = !extra->keep_menu;
  intent->join_group = extra->join_group;
  intent->accept_only_display = extra->only_display;
  intent->accept_acs_override = extra->acs_override;
  return TRUE;
}

static gboolean
check_arguments (const FerryRequest *request, GError **error)
{
  const FerryCommand *command = request->command;
  guint given = g_strv_length (request->arguments);
  guint most = command->argument != NULL ? 1 : 0;

  if (given > most)
    return usage_error (error, _ ("“%s” is one word too many."), request->arguments[most]);
  if (given < most && !command->optional)
    return usage_error (error, _ ("The command “%s” needs the name of a file."), command->name);
  if (given == 1 && *request->arguments[0] == '\0')
    return usage_error (error, _ ("The command “%s” was given an empty name."), command->name);
  return TRUE;
}

/**
 * ferry_request_parse:
 *
 * Returns: (transfer full) (nullable): what is asked for; without a command the list of commands;
 *   %NULL with an error of the domain %G_OPTION_ERROR, whose message is safe to print
 */
FerryRequest *
ferry_request_parse (int argc, char **argv, GError **error)
{
  g_autoptr (FerryRequest) request = g_new0 (FerryRequest, 1);
  g_auto (Extra) extra = { 0 };

  request->intent = ferry_intent_new ();
  if (!read_options (request, &extra, argc, argv, error) || !find_command (request, &extra, error)
      || !check_options (request, error) || !read_intent (request, &extra, error)
      || !check_arguments (request, error))
    return NULL;
  return g_steal_pointer (&request);
}

/**
 * ferry_request_open_root:
 *
 * Returns: (transfer full) (nullable): the computer to look at: this one, the folder of --root or
 *   the recorded one of --machine
 */
FerryRoot *
ferry_request_open_root (const FerryRequest *request, GError **error)
{
  if (request->machine != NULL)
    return ferry_recording_open (request->machine, error);
  return ferry_root_new (request->root != NULL ? request->root : G_DIR_SEPARATOR_S, error);
}
