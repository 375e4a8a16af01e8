/* test-pages.c: how many huge pages a machine's description asks for. */
#include "config.h"

#include "guest/virt-private.h"

static void
test_count (void)
{
  static const struct
  {
    const char *xml;
    guint64 pages;
    guint size;
  } rows[] = {
    { "<domain><memory unit='KiB'>8388608</memory><memoryBacking><hugepages><page size='2048' unit='KiB'/>"
      "</hugepages></memoryBacking></domain>",
      4096, 2048 },
    { "<domain><memory unit='KiB'>2097152</memory><memoryBacking><hugepages><page size='1048576' unit='KiB'/>"
      "</hugepages></memoryBacking></domain>",
      2, 1048576 },
    /* Without a size it is the system's own choice; other units and broken ones are nobody's. */
    { "<domain><memory unit='KiB'>8388608</memory><memoryBacking><hugepages/></memoryBacking></domain>", 0, 0 },
    { "<domain><memory unit='KiB'>8388609</memory><memoryBacking><hugepages><page size='2048' unit='KiB'/>"
      "</hugepages></memoryBacking></domain>",
      0, 0 },
    { "<domain><memory unit='KiB'>99999999999999999999</memory><memoryBacking><hugepages><page size='2048' "
      "unit='KiB'/></hugepages></memoryBacking></domain>",
      0, 0 },
    { "<domain><memory unit='KiB'>8388608</memory><memoryBacking><hugepages><page size='0' unit='KiB'/>"
      "</hugepages></memoryBacking></domain>",
      0, 0 },
    { "<domain><memory unit='KiB'>8388608</memory></domain>", 0, 0 },
    { "<domain/>", 0, 0 },
    { "<", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint size = 0;

      g_assert_cmpuint (ferry_virt_count_pages (rows[i].xml, &size), ==, rows[i].pages);
      g_assert_cmpuint (size, ==, rows[i].size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/count", test_count);
  return g_test_run ();
}
