/* virt-pages.c: the part of virt that sets memory aside as huge pages before a machine starts.
 *
 * A machine whose description asks for huge pages (https://libvirt.org/formatdomain.html, "memoryBacking") does not
 * start when too few of them are free. libvirt can take them from free memory while the computer runs
 * (virNodeAllocPages()). They stay set aside until the computer restarts: the next start finds them again.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/element.h"
#include "guest/virt-private.h"

/* The whole computer instead of one NUMA node. */
#define ALL_NODES (-1)

/* A number of KiB in @element, which libvirt writes in that unit; 0 when there is none. */
static guint64
read_kib (FerryElement *element, const char *attribute)
{
  g_autofree char *text
      = attribute != NULL ? ferry_element_get (element, attribute) : ferry_element_get_text (element);
  guint64 value;

  if (text == NULL || !ferry_element_says (element, "unit", "KiB")
      || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32 * G_GUINT64_CONSTANT (1024), &value, NULL))
    return 0;
  return value;
}

/**
 * ferry_virt_count_pages:
 * @xml: of a virtual machine
 * @size: (out): KiB of one page
 *
 * Returns: how many huge pages it needs to start; 0 when it asks for none, or not in the way Ferry does
 */
guint64
ferry_virt_count_pages (const char *xml, guint *size)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domain", NULL);
  FerryElement *domain = document != NULL ? xmlDocGetRootElement (document) : NULL;
  FerryElement *backing = ferry_element_find (domain, "memoryBacking");
  FerryElement *page = ferry_element_find (ferry_element_find (backing, "hugepages"), "page");
  guint64 memory = read_kib (ferry_element_find (domain, "memory"), NULL);
  guint64 kib = page != NULL ? read_kib (page, "size") : 0;

  if (memory == 0 || kib == 0 || kib > G_MAXINT || memory % kib != 0)
    return 0;
  *size = (guint) kib;
  return memory / kib;
}

/* All pages of that size that are set aside, in use or not, from the computer's capabilities. */
static guint64
count_all (FerryVirt *self, guint size)
{
  char *text = self->library->virConnectGetCapabilities (self->connection);
  g_autoptr (xmlDoc) document = text != NULL ? ferry_element_parse (text, "capabilities", NULL) : NULL;
  FerryElement *host = document != NULL ? ferry_element_find (xmlDocGetRootElement (document), "host") : NULL;
  FerryElement *cells = ferry_element_find (ferry_element_find (host, "topology"), "cells");
  guint64 sum = 0;

  for (FerryElement *cell = ferry_element_find (cells, "cell"); cell != NULL; cell = ferry_element_next (cell, "cell"))
    for (FerryElement *pages = ferry_element_find (cell, "pages"); pages != NULL; pages = ferry_element_next (pages, "pages"))
      {
        g_autofree char *number = ferry_element_get_text (pages);
        guint64 value;

        if (read_kib (pages, "size") == size && g_ascii_string_to_unsigned (number, 10, 0, G_MAXUINT32, &value, NULL))
          sum += value;
      }
  free (text);
  return sum;
}

/**
 * ferry_virt_set_pages_aside:
 * @xml: of the virtual machine that is to start
 *
 * Takes as many huge pages as are missing; where memory is in too small pieces for all of them, it gives back what it
 * took.
 *
 * Returns: whether there are enough now, or none are needed
 */
gboolean
ferry_virt_set_pages_aside (FerryVirt *self, const char *xml, GError **error)
{
  guint size = 0;
  unsigned long long wanted = ferry_virt_count_pages (xml, &size);
  unsigned long long available = 0, before;

  if (wanted == 0
      || self->library->virNodeGetFreePages (self->connection, 1, &size, ALL_NODES, 1, &available, 0) < 0
      || available >= wanted)
    return TRUE;
  before = count_all (self, size);
  wanted -= available;
  if (self->library->virNodeAllocPages (self->connection, 1, &size, &wanted, ALL_NODES, 1, VIR_NODE_ALLOC_PAGES_ADD) >= 0)
    return TRUE;
  self->library->virNodeAllocPages (self->connection, 1, &size, &before, ALL_NODES, 1, VIR_NODE_ALLOC_PAGES_SET);
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED,
                       _("There is not enough free memory in one piece for the huge pages of this virtual machine. Close "
                         "large programs or restart the computer and try again, or switch huge pages off."));
  return FALSE;
}
