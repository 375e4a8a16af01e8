/* schema.c: see schema.h. */
#include "config.h"

#include <string.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "schema.h"

#define FILE_NAME "/usr/share/libvirt/schemas/domain.rng"

static xmlRelaxNG *schema;

gboolean
ferry_schema_is_there (void)
{
  return g_file_test (FILE_NAME, G_FILE_TEST_EXISTS);
}

static void
load (void)
{
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (FILE_NAME);

  schema = xmlRelaxNGParse (parser);
  xmlRelaxNGFreeParserCtxt (parser);
  g_assert_nonnull (schema);
}

void
ferry_schema_check (const char *xml)
{
  xmlRelaxNGValidCtxt *context;
  xmlDoc *document;
  int wrong;

  if (!ferry_schema_is_there ())
    {
      g_test_skip ("libvirt's schema is not installed");
      return;
    }
  if (schema == NULL)
    load ();
  document = xmlReadMemory (xml, (int) strlen (xml), "domain.xml", NULL, XML_PARSE_NONET);
  g_assert_nonnull (document);
  context = xmlRelaxNGNewValidCtxt (schema);
  wrong = xmlRelaxNGValidateDoc (context, document);
  xmlRelaxNGFreeValidCtxt (context);
  xmlFreeDoc (document);
  if (wrong != 0)
    g_test_message ("libvirt's schema refuses:\n%s", xml);
  g_assert_cmpint (wrong, ==, 0);
}

void
ferry_schema_close (void)
{
  if (schema != NULL)
    xmlRelaxNGFree (schema);
  schema = NULL;
}
