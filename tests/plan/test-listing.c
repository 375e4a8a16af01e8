/* test-listing.c: the report as text and as JSON. */
#include "config.h"

#include "plan/listing.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  return g_test_run ();
}
