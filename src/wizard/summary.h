/* summary.h: a virtual machine in words: one line for each thing that a person asks about.
 *
 * Words only, no widget, from the blueprint to the rows of the page Summary.
 */
#pragma once

#include "blueprint.h"

G_BEGIN_DECLS

typedef struct
{
  const char *icon;
  const char *title; /* translated */
  char *text;
} FerrySummaryLine;

/* A list to add lines to (transfer full); @text is taken over. */
GPtrArray *ferry_summary_new (void);
void ferry_summary_add (GPtrArray *lines, const char *icon, const char *title, char *text);

/* Of FerrySummaryLine (transfer full). @card: (nullable): the graphics card that was chosen */
GPtrArray *ferry_summary_make (FerryBlueprint *blueprint, const FerryCard *card);

G_END_DECLS
