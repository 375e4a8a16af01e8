/* virt-events.c: see virt-events.h. */
#include "config.h"

#include "guest/virt-events.h"

static gint followed;

/**
 * ferry_virt_events_follow_main_loop:
 *
 * This program runs GLib's default main context. To be called before the first connection.
 */
void
ferry_virt_events_follow_main_loop (void)
{
  g_atomic_int_set (&followed, TRUE);
}

/**
 * ferry_virt_events_need_thread:
 *
 * Returns: whether nobody else runs libvirt's loop
 */
gboolean
ferry_virt_events_need_thread (void)
{
  return !g_atomic_int_get (&followed);
}
