/* gift.c: see gift.h. */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/gift.h"
#include "guest/hostdev.h"

/* The number of a PCI controller is the number of its bus, one byte. */
#define MAX_BUS 255
/* More devices than a virtual machine can be given (32), and a text that is no machine's. */
#define MAX_HOSTDEVS 256

typedef struct
{
  xmlDoc *document;
  FerryElement *devices;
  FerryGift *gift;
} Work;

static void
note (FerryGift *gift, const char *text)
{
  g_ptr_array_add (gift->notes, g_strdup (text));
}

static xmlDoc *
parse (const char *xml, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domain", error);
  FerryElement *domain;

  if (document == NULL)
    return NULL;
  domain = xmlDocGetRootElement (document);
  if (!ferry_element_says (domain, "type", "kvm") && !ferry_element_says (domain, "type", "qemu"))
    {
      g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_UNSUPPORTED,
                           _("Only virtual machines of QEMU can be given a card."));
      return NULL;
    }
  if (ferry_element_find (domain, "devices") == NULL)
    ferry_element_add (domain, "devices");
  return g_steal_pointer (&document);
}

/* Fills @work, which holds the document; the gift is returned by finish(). */
static gboolean
begin (Work *work, const char *xml, GError **error)
{
  FerryElement *domain;

  work->document = parse (xml, error);
  if (work->document == NULL)
    return FALSE;
  domain = xmlDocGetRootElement (work->document);
  work->devices = ferry_element_find (domain, "devices");
  work->gift = g_new0 (FerryGift, 1);
  work->gift->notes = g_ptr_array_new_with_free_func (g_free);
  work->gift->before = ferry_element_print (work->document);
  work->gift->name = ferry_element_get_text (ferry_element_find (domain, "name"));
  if (work->gift->name == NULL)
    work->gift->name = g_strdup ("");
  return TRUE;
}

static FerryGift *
finish (Work *work)
{
  work->gift->after = ferry_element_print (work->document);
  work->gift->changed = !g_str_equal (work->gift->before, work->gift->after);
  xmlFreeDoc (work->document);
  return work->gift;
}

static gboolean
is_among (const GArray *functions, const FerryAddress *address)
{
  for (guint i = 0; i < functions->len; i++)
    if (ferry_address_compare (&g_array_index (functions, FerryAddress, i), address) == 0)
      return TRUE;
  return FALSE;
}

/* How many of @functions are given away already. */
static guint
count_given (FerryElement *devices, const GArray *functions)
{
  FerryElement *hostdev = ferry_element_find (devices, "hostdev");
  FerryAddress address;
  guint found = 0;

  for (; hostdev != NULL; hostdev = ferry_element_next (hostdev, "hostdev"))
    found += ferry_hostdev_read (hostdev, &address) && is_among (functions, &address);
  return found;
}

/* A small number in hexadecimal after "0x", or decimal; @missing when it is not there or none. */
static guint
get_number (FerryElement *element, const char *name, guint missing)
{
  g_autofree char *text = ferry_element_get (element, name);
  gboolean hexadecimal = text != NULL && g_str_has_prefix (text, "0x");
  guint64 value;

  if (text == NULL
      || !g_ascii_string_to_unsigned (text + (hexadecimal ? 2 : 0), hexadecimal ? 16 : 10, 0, MAX_BUS,
                                      &value, NULL))
    return missing;
  return (guint) value;
}

/* The bus of the virtual machine that a device is on; 0, the root, when libvirt has yet to choose. */
static guint
get_bus (FerryElement *device)
{
  FerryElement *place = ferry_element_find (device, "address");

  return ferry_element_says (place, "type", "pci") ? get_number (place, "bus", 0) : 0;
}

static gboolean
is_bus_used (FerryElement *devices, guint bus)
{
  FerryElement *device = ferry_element_find (devices, NULL);

  for (; device != NULL; device = ferry_element_next (device, NULL))
    if (get_bus (device) == bus)
      return TRUE;
  return FALSE;
}

static void
drop (FerryElement *element)
{
  xmlUnlinkNode (element);
  xmlFreeNode (element);
}

static gboolean
is_port (FerryElement *controller, guint bus)
{
  return ferry_element_says (controller, "type", "pci")
         && ferry_element_says (controller, "model", "pcie-root-port")
         && get_number (controller, "index", 0) == bus;
}

/* Takes the port away that nothing is behind any more. */
static void
drop_port (FerryElement *devices, guint bus)
{
  FerryElement *controller = ferry_element_find (devices, "controller");

  if (bus == 0 || is_bus_used (devices, bus))
    return;
  while (controller != NULL && !is_port (controller, bus))
    controller = ferry_element_next (controller, "controller");
  if (controller != NULL)
    drop (controller);
}

static void
remove_functions (FerryElement *devices, const GArray *functions)
{
  FerryElement *hostdev = ferry_element_find (devices, "hostdev"), *next;
  FerryAddress address;
  guint bus;

  for (; hostdev != NULL; hostdev = next)
    {
      next = ferry_element_next (hostdev, "hostdev");
      if (!ferry_hostdev_read (hostdev, &address) || !is_among (functions, &address))
        continue;
      bus = get_bus (hostdev);
      drop (hostdev);
      drop_port (devices, bus);
    }
}

/* The first number that no PCI controller has; 0 when the machine has no PCI Express. */
static guint
find_port (const Work *work, const GArray *functions)
{
  FerryElement *os = ferry_element_find (xmlDocGetRootElement (work->document), "os");
  FerryElement *controller = ferry_element_find (work->devices, "controller");
  g_autofree char *type = ferry_element_get (ferry_element_find (os, "type"), "machine");
  guint free_port = 1;

  if (type == NULL || strstr (type, "q35") == NULL)
    return 0;
  for (; controller != NULL; controller = ferry_element_next (controller, "controller"))
    if (ferry_element_says (controller, "type", "pci"))
      free_port = MAX (free_port, get_number (controller, "index", 0) + 1);
  return free_port + ferry_hostdev_count_slots (functions) <= MAX_BUS ? free_port : 0;
}

static void
note_kind (const Work *work, guint port)
{
  FerryElement *domain = xmlDocGetRootElement (work->document);
  FerryElement *os = ferry_element_find (domain, "os");
  FerryElement *loader = ferry_element_find (os, "loader");

  if (port == 0)
    note (work->gift, _("This virtual machine imitates an old computer without PCI Express (i440FX). The "
                        "card usually works there, too; with problems, make a new virtual machine."));
  if (!ferry_element_says (os, "firmware", "efi") && !ferry_element_says (loader, "type", "pflash"))
    note (work->gift, _("This virtual machine starts in the old way (BIOS). The card may show nothing until "
                        "its driver runs."));
  note (work->gift, _("From now on the virtual machine takes all of its memory when it starts, because the "
                      "card needs it in one piece."));
}

/* The hostdev of one function of the computer, or NULL. */
static FerryElement *
find_hostdev (FerryElement *devices, const FerryAddress *wanted)
{
  FerryElement *hostdev = ferry_element_find (devices, "hostdev");
  FerryAddress address;

  while (hostdev != NULL && (!ferry_hostdev_read (hostdev, &address) || ferry_address_compare (&address, wanted) != 0))
    hostdev = ferry_element_next (hostdev, "hostdev");
  return hostdev;
}

/* An older choice goes as a whole: enabled='no' forbids a file, and bar='off' hides it (formatdomain, "rom"). */
static void
set_rom (FerryElement *hostdev, const char *rom)
{
  FerryElement *old = ferry_element_find (hostdev, "rom");

  if (ferry_element_says (old, "file", rom))
    return;
  if (old != NULL)
    drop (old);
  ferry_element_add_with (hostdev, "rom", "file", rom, NULL);
}

/**
 * ferry_gift_give:
 * @xml: of the machine as it starts next (virDomainGetXMLDesc(), inactive)
 * @functions: (element-type FerryAddress): all functions of the card, display function first
 * @rom: (nullable): absolute path of an option ROM
 *
 * Functions of the card that the machine has already are put together with the others. When it has all of them, only @rom
 * counts: it is added, or takes the place of another.
 *
 * Returns: (transfer full) (nullable): before and after; %FERRY_ERROR_INVALID, %FERRY_ERROR_TOO_LARGE
 *   or %FERRY_ERROR_UNSUPPORTED when @xml is not a machine that could have a card
 */
FerryGift *
ferry_gift_give (const char *xml, const GArray *functions, const char *rom, GError **error)
{
  Work work;
  guint port;

  if (!begin (&work, xml, error))
    return NULL;
  if (functions->len == 0 || count_given (work.devices, functions) == functions->len)
    {
      note (work.gift, _("The virtual machine has this card already."));
      if (functions->len > 0 && rom != NULL)
        {
          set_rom (find_hostdev (work.devices, &g_array_index (functions, FerryAddress, 0)), rom);
          note (work.gift, _("Its card uses the ROM file from the next start on. When it is taken away and given without a file, it "
                             "uses its own ROM again."));
        }
      return finish (&work);
    }
  remove_functions (work.devices, functions);
  port = find_port (&work, functions);
  ferry_hostdev_add (work.devices, functions, port, rom);
  note_kind (&work, port);
  return finish (&work);
}

/**
 * ferry_gift_take:
 *
 * The opposite of ferry_gift_give().
 *
 * Returns: (transfer full) (nullable): before and after; errors as of ferry_gift_give()
 */
FerryGift *
ferry_gift_take (const char *xml, const GArray *functions, GError **error)
{
  Work work;

  if (!begin (&work, xml, error))
    return NULL;
  if (count_given (work.devices, functions) == 0)
    note (work.gift, _("The virtual machine does not have this card."));
  remove_functions (work.devices, functions);
  return finish (&work);
}

void
ferry_gift_free (FerryGift *gift)
{
  g_free (gift->name);
  g_free (gift->before);
  g_free (gift->after);
  g_ptr_array_unref (gift->notes);
  g_free (gift);
}

/**
 * ferry_gift_list:
 *
 * Returns: (transfer full) (nullable) (element-type FerryAddress): the PCI functions of the computer that
 *   the machine takes; %FERRY_ERROR_INVALID or %FERRY_ERROR_TOO_LARGE when @xml is not a machine
 */
GArray *
ferry_gift_list (const char *xml, GError **error)
{
  g_autoptr (xmlDoc) document = ferry_element_parse (xml, "domain", error);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  FerryElement *hostdev;
  FerryAddress address;

  if (document == NULL)
    return NULL;
  hostdev = ferry_element_find (ferry_element_find (xmlDocGetRootElement (document), "devices"), "hostdev");
  for (; hostdev != NULL && found->len < MAX_HOSTDEVS; hostdev = ferry_element_next (hostdev, "hostdev"))
    if (ferry_hostdev_read (hostdev, &address))
      g_array_append_val (found, address);
  return g_steal_pointer (&found);
}
