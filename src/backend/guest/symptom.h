/* symptom.h: what an error text of libvirt, QEMU or the kernel means, and what to do about it.
 *
 * One table. It knows texts only: no file is read and libvirt is not asked. A text that no row fits stays as it
 * is; nothing is guessed. An error made here has two parts: sentences for a person, then a newline and the
 * text as it came, for who wants to see it.
 */
#pragma once

#include "facts/error.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;     /* "group-not-viable" */
  const char *title;  /* what happened; translated, as are the next two */
  const char *cause;  /* the likely reason */
  const char *action; /* what to do now */
} FerrySymptom;

gboolean ferry_symptom_find (const char *text, FerrySymptom *symptom);
guint ferry_symptom_count (void);
gboolean ferry_symptom_get (guint index, FerrySymptom *symptom);

void ferry_symptom_set_error (GError **error, FerryError code, const char *text);
const char *ferry_symptom_get_raw (const GError *error);
char *ferry_symptom_get_sentences (const GError *error);

G_END_DECLS
