/* device-names.c: see device-names.h. */
#include "config.h"

#include <setjmp.h>
#include <pci/pci.h>

#include "facts/device-names.h"

#define NAME_SIZE 1024

struct _FerryNames
{
  struct pci_access *access;
  GThread *reader; /* reads the list; NULL when that is done */
};

/* Where libpci goes when it would end the process. It gives its callbacks no data of ours, so the
 * place is kept for each thread. */
static _Thread_local jmp_buf *escape;

static void G_GNUC_NORETURN
leave (char *message, ...)
{
  longjmp (*escape, 1);
}

static void
ignore (char *message, ...)
{
}

/* Makes the handle of libpci, which has no name yet. */
static struct pci_access *
make_access (const char *list)
{
  struct pci_access *volatile access = NULL;
  jmp_buf here;

  escape = &here;
  if (setjmp (here) == 0)
    {
      access = pci_alloc ();
      access->error = leave;
      access->warning = ignore;
      access->debug = ignore;
      access->id_lookup_mode = 0; /* no cache in the user's folder, no question to DNS */
      if (list != NULL)
        pci_set_name_list_path (access, g_strdup (list), 1);
    }
  escape = NULL;
  return access;
}

/* Asks libpci; NULL when it gave up. */
static char *
look_up (FerryNames *names, int what, int a, int b, int c, int d)
{
  char buffer[NAME_SIZE];
  char *volatile name = NULL;
  jmp_buf here;

  if (names->access == NULL)
    return NULL;
  escape = &here;
  if (setjmp (here) == 0)
    name = pci_lookup_name (names->access, buffer, sizeof buffer, what | PCI_LOOKUP_NO_HWDB, a, b,
                            c, d);
  escape = NULL;
  return name != NULL ? g_utf8_make_valid (name, -1) : NULL;
}

/* The first question makes libpci read its whole list. */
static gpointer
read_list (gpointer data)
{
  g_free (look_up (data, PCI_LOOKUP_VENDOR, 0, 0, 0, 0));
  return NULL;
}

static void
finish_reading (FerryNames *names)
{
  if (names->reader != NULL)
    g_thread_join (g_steal_pointer (&names->reader));
}

/* Asks once more where libpci gave up: what it had read of a broken list before the fault stays. */
static char *
ask (FerryNames *names, int what, int a, int b, int c, int d)
{
  char *name;

  finish_reading (names);
  name = look_up (names, what, a, b, c, d);
  return name != NULL ? name : look_up (names, what, a, b, c, d);
}

/**
 * ferry_names_new:
 * @list: (nullable): a file in the format of pci.ids; %NULL for the one of this system
 *
 * A thread reads the list, which takes as long as reading the files of some hundred devices. The
 * first question waits for it.
 *
 * Returns: (transfer full): the names
 */
FerryNames *
ferry_names_new (const char *list)
{
  FerryNames *names = g_new0 (FerryNames, 1);

  names->access = make_access (list);
  names->reader = g_thread_try_new ("names", read_list, names, NULL);
  return names;
}

void
ferry_names_free (FerryNames *names)
{
  finish_reading (names);
  if (names->access != NULL)
    pci_cleanup (names->access);
  g_free (names);
}

char *
ferry_names_get_vendor (FerryNames *names, guint16 vendor)
{
  char *name = ask (names, PCI_LOOKUP_VENDOR, vendor, 0, 0, 0);

  return name != NULL ? name : g_strdup_printf ("Vendor %04x", vendor);
}

char *
ferry_names_get_device (FerryNames *names, guint16 vendor, guint16 device)
{
  char *name = ask (names, PCI_LOOKUP_DEVICE, vendor, device, 0, 0);

  return name != NULL ? name : g_strdup_printf ("Device %04x", device);
}

/**
 * ferry_names_get_class:
 * @class_code: 24 bits; the interface (the lowest 8) does not matter
 */
char *
ferry_names_get_class (FerryNames *names, guint32 class_code)
{
  char *name = ask (names, PCI_LOOKUP_CLASS, (int) (class_code >> 8 & 0xffff), 0, 0, 0);

  return name != NULL ? name : g_strdup_printf ("Class %04x", class_code >> 8 & 0xffff);
}

/**
 * ferry_names_get_subsystem:
 *
 * Returns: (transfer full): maker and name of the board, "ASUSTeK Computer Inc. Device 8508"; ""
 *   when the device has no subsystem
 */
char *
ferry_names_get_subsystem (FerryNames *names, guint16 vendor, guint16 device, guint16 subvendor,
                           guint16 subdevice)
{
  char *name;

  if (subvendor == 0 || subvendor == 0xffff)
    return g_strdup ("");
  name = ask (names, PCI_LOOKUP_SUBSYSTEM | PCI_LOOKUP_VENDOR | PCI_LOOKUP_DEVICE, vendor, device,
              subvendor, subdevice);
  return name != NULL ? name : g_strdup_printf ("Device %04x:%04x", subvendor, subdevice);
}
