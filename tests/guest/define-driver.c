/* define-driver.c: Ferry's own way of defining a virtual machine, for a test with a real libvirtd.
 *
 * usage: define-driver FILE | define-driver --remove NAME
 *
 * Prints the XML as libvirt keeps it; on an error the error, and status 1.
 */
#include "config.h"

#include "guest/virt.h"

static char *
define (FerryVirt *virt, const char *file, GError **error)
{
  g_autofree char *xml = NULL;

  if (!g_file_get_contents (file, &xml, NULL, error))
    return NULL;
  return ferry_virt_define (virt, xml, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FerryVirt) virt = argc > 1 ? ferry_virt_open (NULL, NULL, &error) : NULL;
  g_autofree char *kept = NULL;

  if (virt != NULL && argc == 3 && ferry_virt_undefine (virt, argv[2], &error))
    return 0;
  if (virt != NULL && argc == 2)
    kept = define (virt, argv[1], &error);
  if (kept != NULL)
    g_print ("%s", kept);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return kept != NULL ? 0 : 1;
}
