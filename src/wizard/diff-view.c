/* diff-view.c: see diff-view.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "diff-view.h"

/* More lines than this are not shown: nobody reads them in a window. */
#define MAX_LINES 2000

/* Over any background, light or dark. */
static const GdkRGBA green = { 0.15f, 0.64f, 0.41f, 0.22f };
static const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 0.22f };

static void
make_tags (GtkTextBuffer *buffer)
{
  gtk_text_buffer_create_tag (buffer, "added", "paragraph-background-rgba", &green, NULL);
  gtk_text_buffer_create_tag (buffer, "removed", "paragraph-background-rgba", &red, NULL);
  gtk_text_buffer_create_tag (buffer, "place", "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, "same", NULL);
}

static const char *
choose_tag (const char *line)
{
  switch (*line)
    {
    case '+':
      return "added";
    case '-':
      return "removed";
    case '@':
    case '\\':
      return "place";
    default:
      return "same";
    }
}

static void
append_line (GtkTextBuffer *buffer, const char *line, const char *tag)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  if (gtk_text_iter_get_offset (&end) > 0)
    gtk_text_buffer_insert (buffer, &end, "\n", 1);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, line, -1, tag, NULL);
}

/* "@@ -12,7 +12,7 @@" says where the lines are: from line 12 on. A new file begins with its first.
 */
static void
append_place (GtkTextBuffer *buffer, const char *line)
{
  const char *plus = strchr (line, '+');
  guint64 number = plus != NULL ? g_ascii_strtoull (plus + 1, NULL, 10) : 0;
  g_autofree char *text = NULL;

  if (number <= 1)
    return;
  text = g_strdup_printf (_ ("From line %u on:"), (guint)MIN (number, G_MAXUINT));
  append_line (buffer, text, "place");
}

static void
fill (GtkTextBuffer *buffer, const char *diff)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", MAX_LINES + 1);
  guint i;

  for (i = 0; lines[i] != NULL && i < MAX_LINES; i++)
    {
      gboolean last = lines[i + 1] == NULL;

      if (g_str_has_prefix (lines[i], "--- ") || g_str_has_prefix (lines[i], "+++ ")
          || (last && *lines[i] == '\0'))
        continue;
      if (*lines[i] == '@')
        append_place (buffer, lines[i]);
      else
        append_line (buffer, lines[i], choose_tag (lines[i]));
    }
  if (lines[i] != NULL)
    append_line (buffer, _ ("The rest is too long to be shown here."), "place");
}

/**
 * ferry_diff_view_new:
 * @diff: a unified difference
 * @name: what it is about, for screen readers
 */
GtkWidget *
ferry_diff_view_new (const char *diff, const char *name)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextView *text = GTK_TEXT_VIEW (view);
  g_autofree char *valid = g_utf8_make_valid (diff, -1);

  gtk_text_view_set_editable (text, FALSE);
  gtk_text_view_set_monospace (text, TRUE);
  gtk_text_view_set_wrap_mode (text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (text, FALSE);
  gtk_widget_add_css_class (view, "diff");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  make_tags (gtk_text_view_get_buffer (text));
  fill (gtk_text_view_get_buffer (text), valid);
  return view;
}
