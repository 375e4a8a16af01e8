/* fuzz-system.c: any bytes as etc/os-release, etc/group or proc/meminfo.
 *
 * The first byte chooses the file. Properties: texts that are shown are UTF-8 without control
 * characters; Manjaro is of the Arch family; a second reading says the same.
 */
#include "config.h"

#include <string.h>

#include "facts/system.h"
#include "place.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char *const files[] = { "etc/os-release", "usr/lib/os-release", "etc/group",
                                     "proc/meminfo" };

static void
check_shown (const char *text)
{
  PROPERTY (text != NULL && g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    PROPERTY (!g_unichar_iscntrl (g_utf8_get_char (p)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FerryRoot) root = NULL;
  g_autoptr (FerrySystem) system = NULL, again = NULL;

  if (size == 0)
    return 0;
  place_clear ();
  place_write (files[data[0] % G_N_ELEMENTS (files)], data + 1, size - 1);
  root = place_open ();
  system = ferry_system_read (root);
  again = ferry_system_read (root);

  check_shown (system->id);
  check_shown (system->name);
  PROPERTY (!system->manjaro || system->family == FERRY_FAMILY_ARCH);
  PROPERTY (g_str_equal (system->id, again->id) && g_str_equal (system->name, again->name));
  PROPERTY (system->family == again->family && system->memory == again->memory);
  PROPERTY (system->in_libvirt_group == again->in_libvirt_group);
  return 0;
}
