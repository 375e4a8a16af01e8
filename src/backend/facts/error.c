/* error.c: see error.h. */
#include "config.h"

#include "facts/error.h"

G_DEFINE_QUARK (ferry-error-quark, ferry_error)
