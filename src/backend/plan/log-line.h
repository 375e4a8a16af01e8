/* log-line.h: what a line of the kernel's log says about passthrough.
 *
 * Pure: from a log (facts/log) to typed lines: which kind, about which device, how often. No text of the
 * log is kept, so a line can be told by the root helper and copied into a forum: its text is made again
 * from the kind. The texts of the kernel vary by version, so they are matched loosely: Linux 6.12,
 * drivers/iommu, drivers/vfio, drivers/pci, arch/x86/kvm.
 */
#pragma once

#include "plan/check.h"

G_BEGIN_DECLS

/* Kinds and devices together. */
#define FERRY_LOG_LINES_MAX 64

typedef struct
{
  const char *id; /* "dmar-running", ...: stable */
  char *device;   /* address of the PCI function that it is about, or "" */
  guint count;
} FerryLogLine;

GPtrArray *ferry_log_lines_find (const char *log);
gboolean ferry_log_lines_have (GPtrArray *lines, const char *id, const char *device);
void ferry_log_line_free (FerryLogLine *line);

GVariant *ferry_log_lines_to_variant (GPtrArray *lines);
GPtrArray *ferry_log_lines_from_variant (GVariant *variant);

FerryCheckVerdict ferry_log_line_get_verdict (const FerryLogLine *line);
const char *ferry_log_line_get_meaning (const FerryLogLine *line);
const char *ferry_log_line_get_action (const FerryLogLine *line);
char *ferry_log_line_to_text (const FerryLogLine *line);
char *ferry_log_lines_to_text (GPtrArray *lines);

G_END_DECLS
