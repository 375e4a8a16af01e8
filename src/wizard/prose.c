/* prose.c: see prose.h. */
#include "config.h"

#include "prose.h"

/**
 * ferry_prose_new:
 * @text: (nullable): plain text, no markup
 * @style_class: (nullable): a style class of the platform, for example "caption"
 *
 * Returns: (transfer floating): the label
 */
GtkWidget *
ferry_prose_new (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}
