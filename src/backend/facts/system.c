/* system.c: see system.h. */
#include "config.h"

#include "facts/system.h"

FerrySystem *ferry_system_read (FerryRoot *root) { FerrySystem *s = g_new0 (FerrySystem, 1); s->id = g_strdup (""); s->name = g_strdup (""); return s; }
void ferry_system_free (FerrySystem *s) { g_free (s->id); g_free (s->name); g_free (s); }
