/* paper.c: see paper.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "paper.h"

/* Points. A reader stands in front of a screen with the sheet in the hand: not too small. */
#define FONT "Sans 12"

struct _FerryPaper
{
  GtkPrintOperation parent_instance;

  char *text;
  PangoLayout *layout;
  GArray *starts; /* of int: the first line of each sheet */
};

G_DEFINE_FINAL_TYPE (FerryPaper, ferry_paper, GTK_TYPE_PRINT_OPERATION)

/* Fills sheet after sheet with whole lines. */
static void
break_into_sheets (FerryPaper *self, int height)
{
  int used = 0;
  int n_lines = pango_layout_get_line_count (self->layout);

  g_array_set_size (self->starts, 0);
  for (int i = 0; i < n_lines; i++)
    {
      PangoRectangle line;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (self->layout, i), NULL, &line);
      if (i == 0 || used + line.height > height)
        {
          g_array_append_val (self->starts, i);
          used = 0;
        }
      used += line.height;
    }
}

static void
ferry_paper_begin_print (GtkPrintOperation *operation, GtkPrintContext *context)
{
  FerryPaper *self = FERRY_PAPER (operation);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);

  g_clear_object (&self->layout);
  self->layout = gtk_print_context_create_pango_layout (context);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (self->layout, (int)(gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_text (self->layout, self->text, -1);
  break_into_sheets (self, (int)(gtk_print_context_get_height (context) * PANGO_SCALE));
  gtk_print_operation_set_n_pages (operation, (int)self->starts->len);
}

static int
get_end (FerryPaper *self, guint sheet)
{
  if (sheet + 1 < self->starts->len)
    return g_array_index (self->starts, int, sheet + 1);
  return pango_layout_get_line_count (self->layout);
}

static void
ferry_paper_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int sheet)
{
  FerryPaper *self = FERRY_PAPER (operation);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double y = 0;

  for (int i = g_array_index (self->starts, int, sheet); i < get_end (self, (guint)sheet); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (self->layout, i);
      PangoRectangle extents;

      pango_layout_line_get_extents (line, NULL, &extents);
      cairo_move_to (cr, 0, y - (double)extents.y / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += (double)extents.height / PANGO_SCALE;
    }
}

static void
ferry_paper_finalize (GObject *object)
{
  FerryPaper *self = FERRY_PAPER (object);

  g_clear_object (&self->layout);
  g_array_unref (self->starts);
  g_free (self->text);
  G_OBJECT_CLASS (ferry_paper_parent_class)->finalize (object);
}

static void
ferry_paper_class_init (FerryPaperClass *klass)
{
  GtkPrintOperationClass *print_class = GTK_PRINT_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ferry_paper_finalize;
  print_class->begin_print = ferry_paper_begin_print;
  print_class->draw_page = ferry_paper_draw_page;
}

static void
ferry_paper_init (FerryPaper *self)
{
  self->starts = g_array_new (FALSE, FALSE, sizeof (int));
}

/**
 * ferry_paper_new:
 * @guidance: only read, not kept
 *
 * Returns: (transfer full): ready for gtk_print_operation_run()
 */
FerryPaper *
ferry_paper_new (const FerryGuidance *guidance)
{
  g_autofree char *text = ferry_guidance_to_text (guidance);

  return ferry_paper_new_for_text (_ ("Firmware settings"), text);
}

/**
 * ferry_paper_new_for_text:
 * @name: what the list of print jobs calls it
 * @text: plain text
 *
 * Returns: (transfer full): ready for gtk_print_operation_run()
 */
FerryPaper *
ferry_paper_new_for_text (const char *name, const char *text)
{
  FerryPaper *self
      = g_object_new (FERRY_TYPE_PAPER, "job-name", name, "unit", GTK_UNIT_POINTS, NULL);

  self->text = g_strdup (text);
  return self;
}

static void
saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * ferry_paper_save_async:
 * @file: where to; may be on a phone or a server
 */
void
ferry_paper_save_async (const FerryGuidance *guidance, GFile *file, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  ferry_paper_save_html_async (ferry_guidance_to_html (guidance), file, callback, user_data);
}

/**
 * ferry_paper_save_html_async:
 * @html: (transfer full): a page
 * @file: where to; may be on a phone or a server
 */
void
ferry_paper_save_html_async (char *html, GFile *file, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GBytes) bytes = g_bytes_new_take (html, strlen (html));

  g_task_set_source_tag (task, ferry_paper_save_html_async);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, saved, g_object_ref (task));
}

gboolean
ferry_paper_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
