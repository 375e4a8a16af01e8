/* log-line-table.h: the kinds of lines that plan/log-line knows; private to it. */
#pragma once

#include "plan/log-line.h"

G_BEGIN_DECLS

#define FERRY_LOG_LINE_MAX 2048

typedef struct
{
  const char *id;
  const char *parts[3]; /* all of them are in the line; fewer end with NULL */
  gboolean about_device;
  FerryCheckVerdict verdict;
  const char *text;    /* the line again, without what belongs to one computer */
  const char *meaning; /* untranslated */
  const char *action;  /* untranslated; "" when nothing */
} FerryLogKind;

const FerryLogKind *ferry_log_kinds (guint *n_kinds);

G_END_DECLS
