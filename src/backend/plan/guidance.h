/* guidance.h: which firmware settings are still missing, and where this board has them.
 *
 * Pure: from a machine and the text of data/firmware-menus.tsv to a list of settings. Columns and the
 * matching rules are written at the head of the data file. A weak source makes the wording
 * "usually". A setting that is already right is not in the list.
 */
#pragma once

#include "facts/machine.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;    /* "vtx", "vtd", "svm", "iommu", "above4g", "igpu_multimonitor", ... */
  char *title;       /* what it is, in plain words */
  char *why;
  char *name;        /* the name in the menu */
  char *path;        /* "Advanced > CPU Configuration > ...", or "" when unknown */
  gboolean certain;  /* FALSE: say "usually" */
  char *synonyms;    /* other names, comma separated, or "" */
  char *advice;      /* what to set it to */
  gboolean required; /* FALSE: helps, but is not needed */
} FerrySetting;

typedef struct
{
  char *board;          /* for a person, or NULL */
  char *entry_key;      /* "Del or F2" */
  gboolean can_restart; /* firmware can be entered by "Restart into firmware setup" */
  GPtrArray *settings;  /* of FerrySetting, required ones first */
  char *caution;        /* e.g. BitLocker; "" when none */
} FerryGuidance;

FerryGuidance *ferry_guidance_make (FerryMachine *machine, const char *menus, GError **error);
/* The page to read on a phone or to print: plain HTML with UTF-8, no script, no link. */
char *ferry_guidance_to_html (const FerryGuidance *guidance);
char *ferry_guidance_to_text (const FerryGuidance *guidance);
void ferry_guidance_free (FerryGuidance *guidance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FerryGuidance, ferry_guidance_free)

G_END_DECLS
