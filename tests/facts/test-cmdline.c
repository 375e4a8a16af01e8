/* test-cmdline.c: the kernel command line as a list of words. */
#include "config.h"

#include "facts/cmdline.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  return g_test_run ();
}
