/* command.h: the table of the commands of ferryctl.
 *
 * A new command is one row in command.c and one function. What the words mean to a person is in
 * the row, so that "ferryctl help" needs nothing else.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit status, as documented in ferryctl(1). */
#define FERRY_EXIT_READY 0
#define FERRY_EXIT_ERROR 1
#define FERRY_EXIT_USAGE 2
#define FERRY_EXIT_STEPS 3
#define FERRY_EXIT_IMPOSSIBLE 4

/* Which options a command takes. */
typedef enum
{
  FERRY_OPTION_JSON = 1 << 0,
  FERRY_OPTION_ROOT = 1 << 1, /* --root and --machine */
  FERRY_OPTION_HTML = 1 << 2,
  FERRY_OPTION_INTENT = 1 << 3, /* --card and what else makes an intent */
  FERRY_OPTION_DIFF = 1 << 4,
  FERRY_OPTION_YES = 1 << 5,
  FERRY_OPTION_FORCE = 1 << 6,
  FERRY_OPTION_FOLDER = 1 << 7, /* --root, but not --machine */
  FERRY_OPTION_VM = 1 << 8      /* those of “ferryctl vm”, see wish.h */
} FerryOption;

typedef struct _FerryRequest FerryRequest;

/* Returns the exit status; a status of 1 or 2 without @error means that the reason was printed. */
typedef int (*FerryCommandFunc) (const FerryRequest *request, GError **error);

typedef struct
{
  const char *name;
  const char *argument; /* what has to follow, such as "FILE"; NULL when nothing may */
  gboolean optional;    /* the argument can be left out */
  guint options;        /* FerryOption */
  const char *summary;  /* a few words for the list of commands */
  const char *help;     /* a paragraph or two */
  FerryCommandFunc run;
} FerryCommand;

const FerryCommand *ferry_command_list (guint *n_commands);
const FerryCommand *ferry_command_find (const char *name);

int ferry_command_check (const FerryRequest *request, GError **error);
int ferry_command_cards (const FerryRequest *request, GError **error);
int ferry_command_groups (const FerryRequest *request, GError **error);
int ferry_command_firmware (const FerryRequest *request, GError **error);
int ferry_command_record (const FerryRequest *request, GError **error);
int ferry_command_plan (const FerryRequest *request, GError **error);
int ferry_command_apply (const FerryRequest *request, GError **error);
int ferry_command_history (const FerryRequest *request, GError **error);
int ferry_command_undo (const FerryRequest *request, GError **error);
int ferry_command_verify (const FerryRequest *request, GError **error);
int ferry_command_report (const FerryRequest *request, GError **error);
int ferry_command_vm (const FerryRequest *request, GError **error);
int ferry_command_help (const FerryRequest *request, GError **error);
int ferry_command_version (const FerryRequest *request, GError **error);

G_END_DECLS
