/* needs.c: see needs.h. */
#include "config.h"

#include "facts/needs.h"

void
ferry_needs_find (FerryRoot *root, GPtrArray *devices)
{
}
