/* program.c: see program.h. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "act/language.h"
#include "act/program.h"
#include "facts/error.h"
#include "facts/host.h"

/* Between asking a program to end and ending it. */
#define PATIENCE_SECONDS 10

/* What the tools expect to find in a root that is not the running system. */
static const char *const system_folders[] = { "dev", "proc", "sys" };

#define N_FOLDERS G_N_ELEMENTS (system_folders)

/* All that happens between fork(2) and execve(2); prepared before, because nothing may be allocated there. */
typedef struct
{
  const char *folder; /* NULL for the running system */
  char *here[N_FOLDERS], *there[N_FOLDERS];
} Child;

typedef enum
{
  STOP_NO,
  STOP_CANCELLED,
  STOP_TIMEOUT
} Stop;

typedef struct
{
  const FerryProgram *program;
  const char *name;
  GPid pid;
  int pid_fd, output;
  GString *line;
  guint lines;
  gint64 deadline; /* monotonic, microseconds */
  Stop stop;
  gboolean killed;
} Run;

/* The mounts are private and end with the program. Folders that are not there are left out. */
static gboolean
enter_root (const Child *child)
{
  if (unshare (CLONE_NEWNS) < 0 || mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0
      || mount (child->folder, child->folder, NULL, MS_BIND | MS_REC, NULL) < 0)
    return FALSE;
  for (gsize i = 0; i < N_FOLDERS; i++)
    if (mount (child->here[i], child->there[i], NULL, MS_BIND | MS_REC, NULL) < 0 && errno != ENOENT)
      return FALSE;
  return chdir (child->folder) == 0 && chroot (".") == 0;
}

static void
prepare_child (gpointer data)
{
  const Child *child = data;
  const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };
  const struct rlimit no_core = { 0, 0 };
  sigset_t signals;

  setsid ();
  umask (0022);
  setrlimit (RLIMIT_FSIZE, &none);
  setrlimit (RLIMIT_CORE, &no_core);
  sigemptyset (&signals);
  sigprocmask (SIG_SETMASK, &signals, NULL);
  for (int number = 1; number < NSIG; number++)
    if (number != SIGKILL && number != SIGSTOP)
      signal (number, SIG_DFL);
  if ((child->folder != NULL && !enter_root (child)) || chdir ("/") < 0)
    _exit (126);
}

/* A program, or a root, that somebody else can write must never run with the administrator's rights. */
static gboolean
is_trusted (FerryRoot *root, const char *path)
{
  guint mode, uid, gid;

  return ferry_root_get_owner (root, path, &mode, &uid, &gid) && (uid == 0 || uid == geteuid ())
         && (mode & 0022) == 0;
}

static gboolean
check_program (const FerryProgram *program, const char *name, GError **error)
{
  const char *path = program->arguments[0];

  if (*path == '/' || !ferry_root_is_executable (program->root, path))
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_NOT_FOUND, _("The program “%s” is not installed"), name);
  else if (!is_trusted (program->root, path) || !is_trusted (program->root, "."))
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_REFUSED,
                 _("The program “%s” can be changed by others, so it is not run"), name);
  else if (!ferry_root_is_live (program->root) && geteuid () != 0)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_DENIED,
                 _("Only the administrator can run “%s” inside another system"), name);
  else
    return TRUE;
  return FALSE;
}

/* One line as the log shows it: no control characters, no overlong text. */
static void
hand_on_line (Run *run)
{
  g_autofree char *clean = NULL;

  if (run->line->len == 0)
    return;
  clean = ferry_host_clean_text (run->line->str, FERRY_PROGRAM_MAX_LINE);
  g_string_truncate (run->line, 0);
  if (*clean != '\0' && run->lines++ < FERRY_PROGRAM_MAX_LINES && run->program->line != NULL)
    run->program->line (clean, run->program->line_data);
}

static void
take_output (Run *run, const char *data, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (data[i] == '\n' || data[i] == '\r')
      hand_on_line (run);
    else if (run->line->len < 4 * FERRY_PROGRAM_MAX_LINE)
      g_string_append_c (run->line, data[i] != '\0' ? data[i] : ' ');
}

/* Reads what is there; FALSE at the end of the output. */
static gboolean
read_output (Run *run)
{
  char buffer[8192];
  ssize_t n;

  while ((n = read (run->output, buffer, sizeof buffer)) > 0)
    take_output (run, buffer, (gsize) n);
  return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* First a request, so that the program can tidy up; then an end. The whole session of the program is meant. */
static void
stop (Run *run, Stop why)
{
  gboolean again = run->stop != STOP_NO;

  if (!again)
    run->stop = why;
  run->killed = again;
  kill (-run->pid, again ? SIGKILL : SIGTERM);
  run->deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
}

static void
check_stop (Run *run)
{
  if (run->killed)
    return;
  if (run->stop == STOP_NO && g_cancellable_is_cancelled (run->program->cancellable))
    stop (run, STOP_CANCELLED);
  else if (g_get_monotonic_time () >= run->deadline)
    stop (run, STOP_TIMEOUT);
}

/* Until the program has ended. What it left running in the background does not hold this up. */
static void
wait_for_end (Run *run)
{
  GPollFD cancelled = { .fd = -1 };
  gboolean watched = g_cancellable_make_pollfd (run->program->cancellable, &cancelled);
  gboolean open = TRUE;

  for (;;)
    {
      struct pollfd fds[] = { { run->pid_fd, POLLIN, 0 },
                              { open ? run->output : -1, POLLIN, 0 },
                              { watched && run->stop == STOP_NO ? cancelled.fd : -1, POLLIN, 0 } };
      gint64 rest = (run->deadline - g_get_monotonic_time ()) / 1000 + 1;

      poll (fds, G_N_ELEMENTS (fds), run->killed ? -1 : (int) CLAMP (rest, 0, G_MAXINT));
      if (fds[1].revents != 0)
        open = read_output (run);
      if (fds[0].revents != 0)
        break;
      check_stop (run);
    }
  if (open)
    read_output (run);
  hand_on_line (run);
  if (watched)
    g_cancellable_release_fd (run->program->cancellable);
}

static gboolean
judge (const Run *run, int status, GError **error)
{
  if (run->stop == STOP_CANCELLED)
    g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_CANCELLED, _("It was cancelled."));
  else if (run->stop == STOP_TIMEOUT)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The program “%s” took too long and was stopped"),
                 run->name);
  else if (WIFSIGNALED (status))
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The program “%s” was ended by signal %d"),
                 run->name, WTERMSIG (status));
  else if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The program “%s” reported an error (%d)"),
                 run->name, WEXITSTATUS (status));
  else
    return TRUE;
  return FALSE;
}

static gboolean
follow (Run *run, GError **error)
{
  int status = 0;

  run->line = g_string_new (NULL);
  run->deadline = g_get_monotonic_time () + run->program->seconds * G_USEC_PER_SEC;
  run->pid_fd = (int) syscall (SYS_pidfd_open, run->pid, 0);
  if (run->pid_fd < 0)
    kill (-run->pid, SIGKILL);
  else
    {
      wait_for_end (run);
      close (run->pid_fd);
    }
  /* Not waited for yet, so the number still belongs to this program. */
  if (run->stop != STOP_NO)
    kill (-run->pid, SIGKILL);
  while (waitpid (run->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  g_string_free (run->line, TRUE);
  return judge (run, status, error);
}

static char **
make_environment (const FerryProgram *program)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *language = ferry_language_find (program->root);
  g_autofree char *assigned = g_strconcat ("LANG=", language, NULL);

  g_strv_builder_add_many (builder, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", assigned,
                           "HOME=/root", NULL);
  if (program->environment != NULL)
    g_strv_builder_addv (builder, (const char **) program->environment);
  return g_strv_builder_end (builder);
}

static gboolean
start (Run *run, const Child *child, int output, GError **error)
{
  g_auto (GStrv) environment = make_environment (run->program);
  g_auto (GStrv) arguments = g_strdupv ((char **) run->program->arguments);
  g_autoptr (GError) local = NULL;

  g_free (arguments[0]);
  arguments[0] = g_strconcat ("/", run->program->arguments[0], NULL);
  if (g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) arguments,
                                        (const char *const *) environment, G_SPAWN_DO_NOT_REAP_CHILD,
                                        prepare_child, (gpointer) child, -1, output, output, NULL, NULL, 0,
                                        &run->pid, NULL, NULL, NULL, &local))
    return TRUE;
  g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The program “%s” could not be started: %s"),
               run->name, local->message);
  return FALSE;
}

static Child *
child_new (FerryRoot *root)
{
  Child *child = g_new0 (Child, 1);

  if (ferry_root_is_live (root))
    return child;
  child->folder = ferry_root_get_folder (root);
  for (gsize i = 0; i < N_FOLDERS; i++)
    {
      child->here[i] = g_strconcat ("/", system_folders[i], NULL);
      child->there[i] = g_build_filename (child->folder, system_folders[i], NULL);
    }
  return child;
}

static void
child_free (Child *child)
{
  for (gsize i = 0; i < N_FOLDERS; i++)
    {
      g_free (child->here[i]);
      g_free (child->there[i]);
    }
  g_free (child);
}

gboolean
ferry_program_run (const FerryProgram *program, GError **error)
{
  g_autofree char *name = g_path_get_basename (program->arguments[0]);
  Run run = { .program = program, .name = name };
  Child *child;
  int ends[2];
  gboolean good;

  if (!check_program (program, name, error))
    return FALSE;
  if (g_cancellable_is_cancelled (program->cancellable))
    {
      run.stop = STOP_CANCELLED;
      return judge (&run, 0, error);
    }
  if (!g_unix_open_pipe (ends, FD_CLOEXEC, error))
    return FALSE;
  g_unix_set_fd_nonblocking (ends[0], TRUE, NULL);
  child = child_new (program->root);
  run.output = ends[0];
  good = start (&run, child, ends[1], error);
  close (ends[1]);
  child_free (child);
  good = good && follow (&run, error);
  close (ends[0]);
  return good;
}
