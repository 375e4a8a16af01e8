/* route.h: the network hardware that the default route goes through.
 *
 * Reads proc/net/route and proc/net/ipv6_route (proc(5); the fields are in net/ipv4/fib_trie.c and
 * net/ipv6/route.c of the kernel), and follows sys/class/net/NAME through bridges, bonds and VLANs
 * by their "lower_" links to the hardware.
 */
#pragma once

#include "facts/root.h"
#include "facts/use.h"

G_BEGIN_DECLS

GPtrArray *ferry_routes_in_use (FerryRoot *root);

G_END_DECLS
