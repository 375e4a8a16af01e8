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
  char **rest;
} Extra;

static void
extra_clear (Extra *extra)
{
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
  return usage_error (error, "%s", local->message);
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
  if (request->root != NULL && (options & FERRY_OPTION_ROOT) == 0)
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

  if (!read_options (request, &extra, argc, argv, error) || !find_command (request, &extra, error)
      || !check_options (request, error) || !check_arguments (request, error))
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
