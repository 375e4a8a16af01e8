/* worker.h: does the work of a GTask in a thread, and leaves the objects to the main loop.
 *
 * g_task_run_in_thread() lets the thread hold on to the task after it gave its result. When the main
 * loop was done with it before that, the source object dies in the thread; for a widget this is GTK
 * in two threads at once. Here the last reference is always given up on the main loop.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void ferry_worker_run (GTask *task, GTaskThreadFunc work);

G_END_DECLS
