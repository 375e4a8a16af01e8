/* test-mark.c: Ferry's mark survives what libvirt does to XML, and nobody else's counts. */
#include "config.h"

#include <string.h>

#include "facts/error.h"
#include "guest/mark.h"

static const char *const files[] = { "/var/lib/libvirt/images/a.qcow2", "/x/Günther's <1> & \"2\".iso", NULL };

static void
test_round_trip (void)
{
  g_autofree char *marked = ferry_mark_write ("<domain type='kvm'><name>a</name></domain>", "u-1", files, NULL);
  g_autofree char *again = NULL;
  g_auto (GStrv) read = ferry_mark_read (marked);
  g_auto (GStrv) one = NULL;
  const char *const single[] = { "/one", NULL };

  g_assert_true (g_strv_equal ((const char *const *) read, files));
  g_assert_nonnull (strstr (marked, "<uuid>u-1</uuid>"));

  again = ferry_mark_write (marked, "u-2", single, NULL);
  one = ferry_mark_read (again);
  g_assert_true (g_strv_equal ((const char *const *) one, single));
  g_assert_nonnull (strstr (again, "<uuid>u-1</uuid>"));
  g_assert_null (strstr (again, "u-2"));
}

/* libvirt may choose another prefix; other programs have their own metadata. */
static void
test_foreign (void)
{
  g_auto (GStrv) other = ferry_mark_read ("<domain><metadata><x:machine xmlns:x='urn:org.ferryvm'><x:made path='/a'/></x:machine>"
                                          "<l:libosinfo xmlns:l='http://libosinfo.org/x'><l:made path='/b'/></l:libosinfo></metadata>"
                                          "</domain>");
  const char *const wanted[] = { "/a", NULL };

  g_assert_true (g_strv_equal ((const char *const *) other, wanted));
  g_assert_null (ferry_mark_read ("<domain><metadata><machine><made path='/a'/></machine></metadata></domain>"));
  g_assert_null (ferry_mark_read ("<domain><metadata><y:machine xmlns:y='urn:org.ferryvm.x'/></metadata></domain>"));
  g_assert_null (ferry_mark_read ("<domain/>"));
  g_assert_null (ferry_mark_read ("<network/>"));
  g_assert_null (ferry_mark_read ("not XML"));
  g_assert_null (ferry_mark_read (""));
}

static void
test_hostile (void)
{
  g_autoptr (GString) many = g_string_new ("<domain><metadata><f:machine xmlns:f='urn:org.ferryvm'><f:made path='relative'/>");
  g_auto (GStrv) read = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (many, "<f:made path='/%u'/><f:made/>", i);
  g_string_append (many, "</f:machine></metadata></domain>");
  read = ferry_mark_read (many->str);
  g_assert_cmpuint (g_strv_length (read), ==, FERRY_MARK_MAX_FILES);
  g_assert_cmpstr (read[0], ==, "/0");

  g_assert_null (ferry_mark_write ("<network/>", NULL, files, &error));
  g_assert_error (error, FERRY_ERROR, FERRY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mark/round-trip", test_round_trip);
  g_test_add_func ("/mark/foreign", test_foreign);
  g_test_add_func ("/mark/hostile", test_hostile);
  return g_test_run ();
}
