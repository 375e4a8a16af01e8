/* help.c: ferryctl help and ferryctl version. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/request.h"
#include "plan/paragraph.h"

static void
append_row (GString *out, const char *left, const char *right)
{
  int pad = MAX (18 - (int)g_utf8_strlen (left, -1), 1);
  g_autofree char *first = g_strdup_printf ("  %s%*s", left, pad, "");
  g_autofree char *rest = g_strnfill (20, ' ');

  ferry_paragraph_append (out, first, rest, right);
}

static void
append_options (GString *out, guint options)
{
  ferry_paragraph_append (out, "", "", _ ("Options"));
  if ((options & FERRY_OPTION_JSON) != 0)
    append_row (out, "--json", _ ("write JSON, for programs"));
  if ((options & FERRY_OPTION_HTML) != 0)
    append_row (out, _ ("--html FILE"), _ ("write a page to print or to read on a phone"));
  if ((options & FERRY_OPTION_ROOT) != 0)
    {
      append_row (out, _ ("--machine FILE"),
                  _ ("look at a computer that was recorded with “ferryctl record”"));
      append_row (out, _ ("--root DIR"),
                  _ ("look at the system whose files are below this folder"));
    }
  append_row (out, "--help", _ ("explain the command"));
  if (options == (FERRY_OPTION_JSON | FERRY_OPTION_ROOT | FERRY_OPTION_HTML))
    append_row (out, "--version", _ ("show the version"));
}

static char *
list_commands (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const FerryCommand *commands;
  guint n, options = 0;

  ferry_paragraph_append (out, "", "",
                          _ ("ferryctl looks at this computer and says whether one of its "
                             "graphics cards can be given to a virtual machine."));
  g_string_append_printf (out, "\n%s\n  ferryctl %s\n\n", _ ("Usage"), _ ("COMMAND [OPTION…]"));
  ferry_paragraph_append (out, "", "", _ ("Commands"));
  commands = ferry_command_list (&n);
  for (guint i = 0; i < n; i++)
    {
      const char *argument = commands[i].argument != NULL ? _ (commands[i].argument) : "";
      g_autofree char *left = g_strdup_printf (commands[i].optional ? "%s [%s]" : "%s %s",
                                               commands[i].name, argument);
      append_row (out, g_strchomp (left), _ (commands[i].summary));
      options |= commands[i].options;
    }
  g_string_append_c (out, '\n');
  append_options (out, options);
  g_string_append_c (out, '\n');
  ferry_paragraph_append (out, "", "",
                          _ ("Start with “ferryctl check”. It changes nothing. More is in the "
                             "manual: “man ferryctl”."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
explain_command (const FerryCommand *command)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *argument = command->argument != NULL ? _ (command->argument) : NULL;

  g_string_append_printf (out, "%s\n  ferryctl %s", _ ("Usage"), command->name);
  if (argument != NULL)
    g_string_append_printf (out, command->optional ? " [%s]" : " %s", argument);
  if (command->options != 0)
    g_string_append_printf (out, " %s", _ ("[OPTION…]"));
  g_string_append (out, "\n\n");
  ferry_paragraph_append (out, "", "", _ (command->help));
  g_string_append_c (out, '\n');
  append_options (out, command->options);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
ferry_command_help (const FerryRequest *request, GError **error)
{
  const char *name = request->arguments[0];
  const FerryCommand *command = name != NULL ? ferry_command_find (name) : NULL;
  g_autofree char *text = NULL;

  if (name != NULL && command == NULL)
    {
      g_autofree char *quoted = ferry_paragraph_shorten (name, 60);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no command “%s”."),
                   quoted);
      return FERRY_EXIT_USAGE;
    }
  text = command != NULL ? explain_command (command) : list_commands ();
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

int
ferry_command_version (const FerryRequest *request, GError **error)
{
  return ferry_output_print ("ferryctl " FERRY_VERSION "\n", error) ? FERRY_EXIT_READY
                                                                    : FERRY_EXIT_ERROR;
}
