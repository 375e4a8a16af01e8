/* guest-check.c: the part of guest.h that says whether the values make sense together.
 *
 * Everything that comes from a person, a file or another program passes here before it becomes XML.
 */
#include "config.h"

#include <limits.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "facts/error.h"
#include "guest/guest.h"

/* Whether libvirt's XML can hold it: visible characters and blanks, at most @max bytes. */
static gboolean
is_plain_text (const char *text, gsize max)
{
  if (strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_INVALID, text);
  return FALSE;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return *g_strstrip (copy) == '\0';
}

/**
 * ferry_guest_check_name:
 * @name: as typed
 *
 * What libvirt takes as the name of a virtual machine (virDomainDefPostParse: no slash, not only
 * blanks, no line break) and what makes a good file name. Quotes, blanks and all alphabets are fine.
 *
 * Returns: whether it can be used; %FERRY_ERROR_INVALID says why not
 */
gboolean
ferry_guest_check_name (const char *name, GError **error)
{
  if (name == NULL || is_blank (name))
    return refuse (error, _("The virtual machine needs a name."));
  if (strlen (name) > FERRY_GUEST_MAX_NAME)
    return refuse (error, _("This name is too long. Please choose a shorter one."));
  if (!is_plain_text (name, FERRY_GUEST_MAX_NAME))
    return refuse (error, _("The name has a character that cannot be shown, such as a line break. "
                            "Please type it again."));
  if (strchr (name, '/') != NULL)
    return refuse (error, _("The name must not have a slash (/) in it, because files are named "
                            "after it."));
  if (g_str_equal (name, ".") || g_str_equal (name, ".."))
    return refuse (error, _("Dots alone are no name, because files are named after it. Please add "
                            "a letter."));
  return TRUE;
}

/* A path that is a value of the XML: absolute, without ".." (a folder may be moved in between). */
static gboolean
check_path (const char *path, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_path_is_absolute (path) || path[1] == '\0')
    return refuse (error, _("A file was not given with its whole path, starting with a slash (/)."));
  if (!is_plain_text (path, FERRY_GUEST_MAX_PATH))
    return refuse (error, _("The path of a file has characters that libvirt cannot write down. Please "
                            "rename the file or its folder."));
  parts = g_strsplit (path, "/", -1);
  if (g_strv_contains ((const char *const *) parts, ".."))
    return refuse (error, _("The path of a file must not go up with “..”."));
  return TRUE;
}

static gboolean
check_paths (const FerryGuest *guest, GError **error)
{
  return check_path (guest->medium, error) && check_path (guest->drivers, error)
         && check_path (guest->disk, error) && check_path (guest->rom, error);
}

static gboolean
check_size (const FerryGuest *guest, GError **error)
{
  if (guest->memory < FERRY_GUEST_MIN_MEMORY || guest->memory > FERRY_GUEST_MAX_MEMORY
      || guest->memory % (1024 * 1024) != 0)
    return refuse (error, _("The memory must be whole MiB, at least 256 MiB and at most 16 TiB."));
  if (guest->processors < 1 || guest->processors > FERRY_GUEST_MAX_PROCESSORS)
    return refuse (error, _("A virtual machine can have 1 to 255 processors."));
  return TRUE;
}

static gboolean
check_disk (const FerryGuest *guest, GError **error)
{
  if (!g_str_equal (guest->disk_format, "qcow2") && !g_str_equal (guest->disk_format, "raw"))
    return refuse (error, _("The disk must be in the format qcow2 or raw."));
  if (guest->disk_new && guest->disk == NULL)
    return refuse (error, _("It is not known where the new disk is to be."));
  if (guest->disk_new
      && (guest->disk_size < FERRY_GUEST_MIN_DISK || guest->disk_size > FERRY_GUEST_MAX_DISK))
    return refuse (error, _("The new disk must have at least 1 GiB and at most 64 TiB."));
  if (guest->pool != NULL && !ferry_guest_check_name (guest->pool, NULL))
    return refuse (error, _("The storage pool has a name that cannot be used."));
  if (guest->disk == NULL && guest->medium == NULL)
    return refuse (error, _("The virtual machine has neither a disk nor an installation medium, so "
                            "nothing could start in it."));
  if (g_strcmp0 (guest->disk, guest->medium) == 0 || g_strcmp0 (guest->disk, guest->drivers) == 0)
    return guest->disk == NULL
           || refuse (error, _("The same file cannot be the disk and an installation medium."));
  return TRUE;
}

static gboolean
is_known_address (const FerryAddress *address)
{
  return address->slot < 32 && address->function < 8;
}

static gboolean
has_address (const GArray *list, guint before, const FerryAddress *address)
{
  for (guint i = 0; i < before; i++)
    if (ferry_address_compare (&g_array_index (list, FerryAddress, i), address) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_functions (const FerryGuest *guest, GError **error)
{
  const GArray *lists[] = { guest->card, guest->gear };

  if (guest->card->len + guest->gear->len > FERRY_GUEST_MAX_FUNCTIONS)
    return refuse (error, _("These are more devices than a virtual machine can be given."));
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        const FerryAddress *address = &g_array_index (lists[l], FerryAddress, i);

        if (!is_known_address (address))
          return refuse (error, _("The address of a device is not one that exists."));
        if (has_address (lists[l], i, address)
            || (l > 0 && has_address (lists[0], lists[0]->len, address)))
          return refuse (error, _("A device was chosen twice."));
      }
  if (guest->rom != NULL && guest->card->len == 0)
    return refuse (error, _("There is a ROM file but no graphics card that it could belong to."));
  return TRUE;
}

static gboolean
check_usb (const FerryGuest *guest, GError **error)
{
  if (guest->usb->len > FERRY_GUEST_MAX_USB)
    return refuse (error, _("These are more USB devices than a virtual machine can be given."));
  for (guint i = 0; i < guest->usb->len; i++)
    {
      const FerryGuestUsb *usb = &g_array_index (guest->usb, FerryGuestUsb, i);

      if (usb->vendor == 0)
        return refuse (error, _("A USB device is not known by its maker."));
      for (guint k = 0; k < i; k++)
        if (memcmp (usb, &g_array_index (guest->usb, FerryGuestUsb, k), sizeof *usb) == 0)
          return refuse (error, _("A USB device was chosen twice."));
    }
  return TRUE;
}

/* Names that udev makes in dev/input/by-id: "usb-Logitech_USB_Keyboard-event-kbd". */
static gboolean
check_inputs (char **names, const char *ending, GError **error)
{
  if (g_strv_length (names) > FERRY_GUEST_MAX_INPUTS)
    return refuse (error, _("These are more keyboards and mice than a virtual machine can be given."));
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (!is_plain_text (names[i], NAME_MAX) || strchr (names[i], '/') != NULL
          || *names[i] == '.' || !g_str_has_suffix (names[i], ending))
        return refuse (error, _("A keyboard or mouse is not one that both sides can take turns "
                                "with."));
      for (gsize k = 0; k < i; k++)
        if (g_str_equal (names[i], names[k]))
          return refuse (error, _("A keyboard or mouse was chosen twice."));
    }
  return TRUE;
}

static gboolean
check_glass (const FerryGuest *guest, GError **error)
{
  if (!guest->looking_glass)
    return TRUE;
  if (guest->card->len == 0)
    return refuse (error, _("Looking Glass shows the picture of a graphics card, so the virtual "
                            "machine needs one."));
  if (ferry_guest_count_glass (guest) == 0)
    return refuse (error, _("The size of the Looking Glass screen makes no sense."));
  return TRUE;
}

/* "win11", "ubuntu24.04" and "http://microsoft.com/win/11" are written into the XML as they are. */
static gboolean
check_system (const FerryGuest *guest, GError **error)
{
  if (!is_plain_text (guest->system, 64) || !is_plain_text (guest->system_id, 256)
      || (*guest->system_id != '\0' && !g_str_has_prefix (guest->system_id, "http://")))
    return refuse (error, _("The name of the guest system is not one of the known ones."));
  if (guest->network != NULL && !ferry_guest_check_name (guest->network, NULL))
    return refuse (error, _("The network has a name that cannot be used."));
  return TRUE;
}

/**
 * ferry_guest_check:
 *
 * Whether a virtual machine can be made of @guest, as far as that can be told without looking at the
 * computer: whether files exist and devices are there is not asked.
 *
 * Returns: whether all values make sense together; %FERRY_ERROR_INVALID says what does not
 */
gboolean
ferry_guest_check (const FerryGuest *guest, GError **error)
{
  return ferry_guest_check_name (guest->name, error) && check_system (guest, error)
         && check_paths (guest, error) && check_size (guest, error) && check_disk (guest, error)
         && check_functions (guest, error) && check_usb (guest, error)
         && check_inputs (guest->keyboards, "event-kbd", error)
         && check_inputs (guest->mice, "event-mouse", error) && check_glass (guest, error);
}
