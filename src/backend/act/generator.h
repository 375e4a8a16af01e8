/* generator.h: makes the first RAM disk of every installed kernel again, and proves what was made.
 *
 * Knows how mkinitcpio(8), dracut(8) and mkinitramfs(8) are told to write one image under another name; what they
 * would have made by themselves is taken from presets, names and the kernels that are there.
 */
#pragma once

#include "act/job.h"
#include "act/step.h"

G_BEGIN_DECLS

/* Of FerryJob, one for each image; at least one, otherwise an error. */
GPtrArray *ferry_generator_list_jobs (const FerryStep *step, GError **error);
/* The image is whole and has about the old size; with @wanted it holds the modules that the change names and the
 * settings that go with them; a unified kernel image has the words that the system's own files have. */
gboolean ferry_generator_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted,
                                GError **error);

G_END_DECLS
