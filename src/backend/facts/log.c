/* log.c: see log.h. */
#include "config.h"

#include <string.h>

#include "facts/log.h"

typedef struct
{
  GRegex *kmsg;    /* "6,339,5140900,-;message", priority and facility in the first number */
  GRegex *journal; /* "Nov 22 10:00:00 host name[1]: message" */
  GRegex *program; /* "systemd[1]: message" behind any time stamps */
} Patterns;

static GRegex *
compile (const char *pattern)
{
  return g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
}

static const Patterns *
get_patterns (void)
{
  static Patterns patterns;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      patterns.kmsg = compile ("^([0-9]{1,6}),[0-9]+,[0-9]+,[^;]*;");
      patterns.journal = compile ("^(?:[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}"
                                  "|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]+|\\[ *[0-9]+\\.[0-9]+\\])"
                                  " [A-Za-z0-9._-]+ ([^ :]+): ");
      patterns.program = compile ("^(?:<[0-9]{1,4}>)?(?:\\[[^\\]]*\\] *)*[A-Za-z0-9_.()-]+"
                                  "\\[[0-9]+\\]: ");
      g_once_init_leave (&ready, 1);
    }
  return &patterns;
}

/* The part of @line that is the kernel's, or NULL. */
static const char *
kernel_part (const Patterns *patterns, const char *line)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GMatchInfo) record = NULL;
  g_autofree char *word = NULL;
  int end = 0;

  if (g_regex_match (patterns->kmsg, line, 0, &record))
    {
      word = g_match_info_fetch (record, 1);
      g_match_info_fetch_pos (record, 0, NULL, &end);
      /* Facility 0 is the kernel; others are programs that wrote to /dev/kmsg. */
      return g_ascii_strtoull (word, NULL, 10) >> 3 == 0 ? line + end : NULL;
    }
  if (g_regex_match (patterns->program, line, 0, NULL))
    return NULL;
  if (!g_regex_match (patterns->journal, line, 0, &info))
    return line;
  word = g_match_info_fetch (info, 1);
  g_match_info_fetch_pos (info, 0, NULL, &end);
  if (g_str_equal (word, "kernel"))
    return line + end;
  /* "[    1.0] pci 0000:00:01.0: ..." looks like a host and a name; a date does not. */
  return *line == '[' && !g_str_has_suffix (word, "]") ? line : NULL;
}

/**
 * ferry_log_clean:
 * @text: a log; any bytes up to a NUL
 *
 * Returns: (transfer full): the lines that the kernel wrote, as valid UTF-8, each ended by a
 * newline; overlong lines are cut
 */
char *
ferry_log_clean (const char *text)
{
  const Patterns *patterns = get_patterns ();
  g_autoptr (GString) clean = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");
      g_autofree char *bytes = g_strndup (text, MIN (length, FERRY_LOG_MAX_LINE));
      g_autofree char *line = g_utf8_make_valid (g_strchomp (bytes), -1);
      const char *part = kernel_part (patterns, line);

      if (part != NULL && *part != '\0' && *part != ' ')
        g_string_append_printf (clean, "%s\n", part);
      text += length;
      text += *text == '\n' ? 1 : 0;
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}
