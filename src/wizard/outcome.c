/* outcome.c: see outcome.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "outcome.h"

/* What is said of each error; COMMAND_APPLY is made from the intent. */
typedef enum
{
  COMMAND_NONE,
  COMMAND_APPLY,
  COMMAND_UNDO
} Command;

typedef struct
{
  FerryOutcomeKind kind;
  const char *title, *text, *state;
  Command command;
  gboolean again;
} Row;

#define NOTHING N_ ("Nothing was changed.")
#define AS_BEFORE N_ ("Everything is as it was before.")
/* Where software was to be installed: it is not taken away again. */
#define FILES_AS_BEFORE                                                                              \
  N_ ("Every setting and start file is as it was before. Software that was installed or updated until then stays.")

static const Row fault_rows[] = {
  [FERRY_FAULT_NOT_AUTHORIZED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("You are not allowed to change this computer"),
      N_ ("Only an administrator can do this. Log in as one, or ask the person who looks after "
          "this "
          "computer."),
      NOTHING, COMMAND_NONE, TRUE },
  [FERRY_FAULT_AUTH_DISMISSED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("No password was given"), "", NOTHING, COMMAND_NONE, TRUE },
  [FERRY_FAULT_AUTH_UNAVAILABLE]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("Nobody could ask you for a password"),
      N_ ("The password window of the desktop did not come up. Work directly at this computer, not "
          "over the network, and try again. Or open a terminal and type the line below."),
      NOTHING, COMMAND_APPLY, TRUE },
  [FERRY_FAULT_BUSY]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("Another change is under way"),
      N_ ("Perhaps Ferry is open twice, or another person is using it. Wait until the other change "
          "is done, then try again."),
      NOTHING, COMMAND_NONE, TRUE },
  [FERRY_FAULT_INVALID_INTENT]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("Ferry and its helper do not understand each other"),
      N_ ("They seem to be of different versions. Install the updates that are waiting, then start "
          "Ferry again."),
      NOTHING, COMMAND_NONE, FALSE },
  [FERRY_FAULT_PLAN_CHANGED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("The plan is not the same any more"),
      N_ ("The computer has changed since the plan was shown. Go back and look at the new plan."),
      NOTHING, COMMAND_NONE, FALSE },
  [FERRY_FAULT_REFUSED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("This cannot be done on this computer now"),
      N_ ("Ferry's helper looked once more and found something that speaks against it. Its words "
          "are below."),
      NOTHING, COMMAND_NONE, FALSE },
  [FERRY_FAULT_NOTHING_TO_DO]
  = { FERRY_OUTCOME_GOOD, N_ ("Nothing is left to change"),
      N_ ("This computer is set up already. If you have not restarted it since, do that next."),
      NOTHING, COMMAND_NONE, FALSE },
  [FERRY_FAULT_NOT_FOUND]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("This change is not in the list any more"),
      N_ ("Perhaps it was taken back in the meantime."), NOTHING, COMMAND_NONE, FALSE },
  [FERRY_FAULT_CHANGED] = { FERRY_OUTCOME_UNCHANGED, N_ ("A file was edited by somebody else"),
                            N_ ("Ferry does not overwrite what others write. Go back and look at "
                                "the new plan. The "
                                "helper's words are below."),
                            NOTHING, COMMAND_NONE, TRUE },
  [FERRY_FAULT_CANCELLED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("Stopped"), N_ ("What had been done was taken back."), AS_BEFORE,
      COMMAND_NONE, TRUE },
  [FERRY_FAULT_FAILED]
  = { FERRY_OUTCOME_UNCHANGED, N_ ("One step did not work"),
      N_ ("What had been done until then was taken back. The helper's words are below."), AS_BEFORE,
      COMMAND_NONE, TRUE },
  [FERRY_FAULT_ROLLBACK_FAILED]
  = { FERRY_OUTCOME_BAD, N_ ("Please do not restart or switch off the computer"),
      N_ ("One step failed, and taking it back failed too. The computer might not start as it is. "
          "Keep this window open. Open a terminal, type the line below, and do what it says. If it "
          "fails, "
          "ask "
          "somebody who knows Linux well for help, and show them the words below."),
      N_ ("This computer is between the old state and the new one."), COMMAND_UNDO, FALSE },
};

static const Row helper_missing
    = { FERRY_OUTCOME_UNCHANGED,
        N_ ("A part of Ferry is not installed"),
        N_ ("It is the helper that makes changes as administrator. Install Ferry from your "
            "distribution's packages; a Flatpak alone cannot change the system. Or, where the "
            "command line of Ferry is installed, open a terminal and type the line below."),
        NOTHING,
        COMMAND_APPLY,
        TRUE };

static const Row helper_lost = {
  FERRY_OUTCOME_BAD,
  N_ ("The helper does not answer any more"),
  N_ ("It is not known how far it came. When it starts again it puts everything in order by "
      "itself, at the latest when the computer starts. Open “Changes…” in the menu to see how "
      "things are. To put them in order now, open a terminal and type the line below."),
  N_ ("The change may be half done."),
  COMMAND_UNDO,
  FALSE
};

static const Row unreachable = {
  FERRY_OUTCOME_UNCHANGED,
  N_ ("Ferry's helper cannot be reached"),
  N_ ("Start the computer again and try once more. Or open a terminal and type the line below."),
  NOTHING,
  COMMAND_APPLY,
  TRUE
};

static const Row *
find_row (const GError *error)
{
  if (error->domain == FERRY_FAULT && error->code >= 0
      && error->code < (int) G_N_ELEMENTS (fault_rows))
    return &fault_rows[error->code];
  if (g_error_matches (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND))
    return &helper_missing;
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return &helper_lost;
  return &unreachable;
}

static char **
make_commands (Command command, const FerryIntent *intent)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  if (command == COMMAND_UNDO)
    g_ptr_array_add (lines, g_strdup ("sudo ferryctl undo"));
  if (command == COMMAND_APPLY && intent != NULL && intent->cards->len > 0)
    {
      g_autofree char *options = ferry_intent_to_options (intent);

      g_ptr_array_add (lines, g_strconcat ("sudo ferryctl apply", options, NULL));
    }
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

/* A move that ended early never takes software away; whether some was installed only the helper knows. */
static const char *
choose_state (const Row *row, const FerryIntent *intent)
{
  gboolean began = row == &fault_rows[FERRY_FAULT_CANCELLED] || row == &fault_rows[FERRY_FAULT_FAILED]
                   || row == &fault_rows[FERRY_FAULT_CHANGED];

  return began && intent != NULL && intent->install ? FILES_AS_BEFORE : row->state;
}

static FerryOutcome *
outcome_new (const Row *row, const char *details, const FerryIntent *intent)
{
  FerryOutcome *outcome = g_new0 (FerryOutcome, 1);

  outcome->kind = row->kind;
  outcome->title = _ (row->title);
  outcome->text = *row->text != '\0' ? _ (row->text) : "";
  outcome->state = _ (choose_state (row, intent));
  outcome->details = g_strdup (details);
  outcome->commands = make_commands (row->command, intent);
  outcome->again = row->again;
  return outcome;
}

/**
 * ferry_outcome_new_done:
 * @restart: whether the computer has to be restarted now
 */
FerryOutcome *
ferry_outcome_new_done (gboolean restart)
{
  const Row row = { FERRY_OUTCOME_GOOD,
                    N_ ("It is done"),
                    restart ? N_ ("From the next start on, the card is kept free for the virtual "
                                  "machine. Go on to restart the computer.")
                            : N_ ("No restart is needed."),
                    N_ ("Everything was changed as planned."),
                    COMMAND_NONE,
                    FALSE };

  return outcome_new (&row, "", NULL);
}

FerryOutcome *
ferry_outcome_new_undone (void)
{
  const Row row
      = { FERRY_OUTCOME_GOOD,
          N_ ("It was taken back"),
          N_ ("Restart the computer when it suits you: until then it still works as before."),
          N_ ("What this change had written is as it was before, but for what its plan said would stay, such as "
              "software."),
          COMMAND_NONE,
          FALSE };

  return outcome_new (&row, "", NULL);
}

/**
 * ferry_outcome_new_failed:
 * @error: as ferry_helper_run_finish() gives it
 * @intent: (nullable): what was wanted, for the command to type instead
 */
FerryOutcome *
ferry_outcome_new_failed (const GError *error, const FerryIntent *intent)
{
  return outcome_new (find_row (error), error->message, intent);
}

void
ferry_outcome_free (FerryOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_free (outcome->details);
  g_strfreev (outcome->commands);
  g_free (outcome);
}
