/* virt-events.h: who looks after libvirt's connections between the calls.
 *
 * libvirt's own loop is GLib's default main context (src/util/vireventglib.c of libvirt): a program
 * whose main loop runs on it looks after them by itself, and must say so before the first
 * connection, or callbacks of its window would run in libvirt's thread. Others get a thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ferry_virt_events_follow_main_loop (void);
gboolean ferry_virt_events_need_thread (void);

G_END_DECLS
