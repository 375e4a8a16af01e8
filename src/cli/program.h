/* program.h: ferryctl from its arguments to its exit status. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int ferry_cli_run (int argc, char **argv);

G_END_DECLS
