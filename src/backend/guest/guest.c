/* guest.c: see guest.h. */
#include "config.h"

#include "guest/guest.h"

/**
 * ferry_guest_new:
 *
 * Returns: (transfer full): a virtual machine without a name, a disk or a card, with the network
 *   "default", a window, sound, and pinning switched on
 */
FerryGuest *
ferry_guest_new (void)
{
  FerryGuest *self = g_new0 (FerryGuest, 1);

  self->name = g_strdup ("");
  self->system = g_strdup ("");
  self->system_id = g_strdup ("");
  self->disk_format = g_strdup ("qcow2");
  self->card = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  self->gear = g_array_new (FALSE, TRUE, sizeof (FerryAddress));
  self->usb = g_array_new (FALSE, TRUE, sizeof (FerryGuestUsb));
  self->keyboards = g_new0 (char *, 1);
  self->mice = g_new0 (char *, 1);
  self->network = g_strdup ("default");
  self->memory = G_GUINT64_CONSTANT (4) << 30;
  self->processors = 2;
  self->window = TRUE;
  self->audio = TRUE;
  self->tuning = TRUE;
  self->pinning = TRUE;
  return self;
}

FerryGuest *
ferry_guest_copy (const FerryGuest *guest)
{
  FerryGuest *self = g_new0 (FerryGuest, 1);

  *self = *guest;
  self->name = g_strdup (guest->name);
  self->system = g_strdup (guest->system);
  self->system_id = g_strdup (guest->system_id);
  self->medium = g_strdup (guest->medium);
  self->drivers = g_strdup (guest->drivers);
  self->disk = g_strdup (guest->disk);
  self->disk_format = g_strdup (guest->disk_format);
  self->pool = g_strdup (guest->pool);
  self->card = g_array_copy (guest->card);
  self->rom = g_strdup (guest->rom);
  self->gear = g_array_copy (guest->gear);
  self->usb = g_array_copy (guest->usb);
  self->keyboards = g_strdupv (guest->keyboards);
  self->mice = g_strdupv (guest->mice);
  self->network = g_strdup (guest->network);
  return self;
}

void
ferry_guest_free (FerryGuest *guest)
{
  g_free (guest->name);
  g_free (guest->system);
  g_free (guest->system_id);
  g_free (guest->medium);
  g_free (guest->drivers);
  g_free (guest->disk);
  g_free (guest->disk_format);
  g_free (guest->pool);
  g_array_unref (guest->card);
  g_free (guest->rom);
  g_array_unref (guest->gear);
  g_array_unref (guest->usb);
  g_strfreev (guest->keyboards);
  g_strfreev (guest->mice);
  g_free (guest->network);
  g_free (guest);
}

/**
 * ferry_guest_set:
 * @member: a text of a #FerryGuest
 * @text: (nullable): what it becomes
 */
void
ferry_guest_set (char **member, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*member);
  *member = copy;
}

/**
 * ferry_guest_uses_virtio:
 *
 * Linux has the drivers for virtio disks and networks inside. The installer of Windows has not and
 * sees no disk without the virtio-win medium.
 *
 * Returns: whether disk and network are virtio
 */
gboolean
ferry_guest_uses_virtio (const FerryGuest *guest)
{
  return guest->family == FERRY_GUEST_LINUX || guest->drivers != NULL;
}

/**
 * ferry_guest_count_glass:
 *
 * Two frames of width × height × 4 bytes (8 with HDR) and 10 MiB, up to the next power of two
 * (looking-glass.io/docs, "Determining memory").
 *
 * Returns: bytes of shared memory, or 0 when Looking Glass is off or the size makes no sense
 */
guint64
ferry_guest_count_glass (const FerryGuest *guest)
{
  const guint64 mib = 1024 * 1024;
  guint64 wanted, size = mib;

  if (!guest->looking_glass || guest->glass_width < 320 || guest->glass_height < 200
      || guest->glass_width > 16384 || guest->glass_height > 16384)
    return 0;
  wanted = (guint64) guest->glass_width * guest->glass_height * (guest->glass_hdr ? 8 : 4) * 2;
  wanted += 10 * mib;
  while (size < wanted)
    size *= 2;
  return size;
}

/**
 * ferry_guest_family_to_string:
 *
 * Returns: the untranslated word for machine-readable output
 */
const char *
ferry_guest_family_to_string (FerryGuestFamily family)
{
  static const char *const words[] = { "other", "linux", "windows" };

  return words[family];
}
