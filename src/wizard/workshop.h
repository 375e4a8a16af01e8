/* workshop.h: the libvirt of this computer, as the window sees it.
 *
 * Everything is asked and done in threads; the answers are kept here, and properties change on the
 * main loop only. Which computer can be worked on is decided when it is made: without an address it
 * stays closed and everything else is a preview. It decides nothing and has no words of its own.
 *
 * Property: state (a FerryWorkshopState), notified as well when an answer is a new one.
 */
#pragma once

#include <gio/gio.h>

#include "guest/virt.h"

G_BEGIN_DECLS

typedef enum
{
  FERRY_WORKSHOP_CLOSED,  /* another computer is looked at: nothing can be made */
  FERRY_WORKSHOP_WAITING, /* nobody has asked yet */
  FERRY_WORKSHOP_LOOKING,
  FERRY_WORKSHOP_OPEN,
  FERRY_WORKSHOP_SHUT /* libvirt does not answer: see the trouble */
} FerryWorkshopState;

#define FERRY_TYPE_WORKSHOP (ferry_workshop_get_type ())
G_DECLARE_FINAL_TYPE (FerryWorkshop, ferry_workshop, FERRY, WORKSHOP, GObject)

FerryWorkshop *ferry_workshop_new (const char *uri, FerryRoot *root);

void ferry_workshop_look (FerryWorkshop *self);
FerryWorkshopState ferry_workshop_get_state (FerryWorkshop *self);
const GError *ferry_workshop_get_trouble (FerryWorkshop *self);

const char *ferry_workshop_get_pool (FerryWorkshop *self);
guint64 ferry_workshop_get_free_space (FerryWorkshop *self);
const GPtrArray *ferry_workshop_list_machines (FerryWorkshop *self);
gboolean ferry_workshop_has_machine (FerryWorkshop *self, const char *name);

/* Work for a thread; @data is what was given to ferry_workshop_run_async(). */
typedef gboolean (*FerryWorkshopJob) (FerryVirt *virt, gpointer data, GCancellable *cancellable,
                                      GError **error);

/* The first for what only asks, the second for what changes something. */
void ferry_workshop_ask_async (FerryWorkshop *self, FerryWorkshopJob job, gpointer data,
                               GDestroyNotify free_data, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
void ferry_workshop_run_async (FerryWorkshop *self, FerryWorkshopJob job, gpointer data,
                               GDestroyNotify free_data, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean ferry_workshop_run_finish (FerryWorkshop *self, GAsyncResult *result, GError **error);
gboolean ferry_workshop_is_working (FerryWorkshop *self);

G_END_DECLS
