/* answer.h: yes, no, or "could not tell".
 *
 * Most facts have three values, because a file can be unreadable. Code that decides must handle
 * FERRY_ANSWER_UNKNOWN by itself; it never counts as no.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FERRY_ANSWER_UNKNOWN,
  FERRY_ANSWER_NO,
  FERRY_ANSWER_YES
} FerryAnswer;

/* The untranslated word for machine-readable output: "unknown", "no" or "yes". */
const char *ferry_answer_to_string (FerryAnswer answer);

G_END_DECLS
