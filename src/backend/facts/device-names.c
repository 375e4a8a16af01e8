/* device-names.c: see device-names.h. */
#include "config.h"

#include <fcntl.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>
#include <pci/pci.h>

#include "facts/device-names.h"
#include "facts/names-filter.h"

#define NAME_SIZE 1024

struct _FerryNames
{
  struct pci_access *access;
  FerryNamesFilter *filter; /* what will be asked for; NULL when nobody said or the list is read */
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

/* The list that libpci would open: without ".gz" where there is none that is packed. */
static int
open_list (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  g_autofree char *plain = NULL;

  if (fd >= 0 || !g_str_has_suffix (path, ".gz"))
    return fd;
  plain = g_strndup (path, strlen (path) - strlen (".gz"));
  return open (plain, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
}

/* The lines of the list that are wanted, in a file that has no place; -1 when that is not
 * possible. */
static int
filter_list (FerryNames *names, const char *path)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  int list = open_list (path), fd = -1;
  gboolean filtered;

  if (list < 0)
    return -1;
  filtered = ferry_names_filter_read (names->filter, list, lines);
  close (list);
  if (filtered)
    fd = memfd_create ("pci.ids", MFD_CLOEXEC);
  if (fd >= 0 && write (fd, lines->str, lines->len) == (ssize_t)lines->len)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* The first question makes libpci read its whole list, so it gets a short one before. Where that
 * does not work it takes the long one. */
static void
read_list (FerryNames *names)
{
  g_autofree char *path = NULL;
  int fd;

  if (names->access == NULL || names->filter == NULL)
    return;
  fd = filter_list (names, names->access->id_file_name);
  g_clear_pointer (&names->filter, ferry_names_filter_free);
  if (fd < 0)
    return;
  path = g_strdup_printf ("/dev/fd/%d", fd);
  if (access (path, R_OK) == 0)
    {
      pci_set_name_list_path (names->access, g_steal_pointer (&path), 1);
      g_free (look_up (names, PCI_LOOKUP_VENDOR, 0, 0, 0, 0));
    }
  close (fd);
}

/* Asks once more where libpci gave up: what it had read of a broken list before the fault stays. */
static char *
ask (FerryNames *names, int what, int a, int b, int c, int d)
{
  char *name;

  read_list (names);
  name = look_up (names, what, a, b, c, d);
  return name != NULL ? name : look_up (names, what, a, b, c, d);
}

/**
 * ferry_names_new:
 * @list: (nullable): a file in the format of pci.ids; %NULL for the one of this system
 *
 * The first question reads the list. It takes a ninth of the time if ferry_names_expect() said
 * before what all questions will be about.
 *
 * Returns: (transfer full): the names
 */
FerryNames *
ferry_names_new (const char *list)
{
  FerryNames *names = g_new0 (FerryNames, 1);

  names->access = make_access (list);
  return names;
}

void
ferry_names_free (FerryNames *names)
{
  if (names->access != NULL)
    pci_cleanup (names->access);
  g_clear_pointer (&names->filter, ferry_names_filter_free);
  g_free (names);
}

/**
 * ferry_names_expect:
 * @subvendor: the maker of the board; 0 when it is not known
 *
 * To be called for every device before the first question, or not at all: afterwards nothing else
 * has a name, but classes always have.
 */
void
ferry_names_expect (FerryNames *names, guint16 vendor, guint16 device, guint16 subvendor)
{
  if (names->filter == NULL)
    names->filter = ferry_names_filter_new ();
  ferry_names_filter_add (names->filter, vendor, device, subvendor);
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
