/* place.h: a folder in memory that a fuzz target fills with files and opens as a root.
 *
 * One folder a process, below /dev/shm where that exists, and emptied before each input. Paths are
 * relative; a path with ".." or an empty part is not written. Not for the program itself.
 */
#pragma once

#include "facts/root.h"

/* The folder, made at the first call and removed at exit. */
const char *place_get_folder (void);
void place_clear (void);
void place_write (const char *path, const void *data, gsize size);
FerryRoot *place_open (void);

/* Ends the process when a property does not hold; the sanitizers print where. */
#define PROPERTY(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (G_UNLIKELY (!(condition)))                                                                 \
      {                                                                                            \
        g_printerr ("property does not hold: %s (%s:%d)\n", #condition, __FILE__, __LINE__);       \
        __builtin_trap ();                                                                         \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
