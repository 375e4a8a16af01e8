/* domain-screen.c: the part of domain.h for what one sees, hears and types on.
 *
 * Format: https://libvirt.org/formatdomain.html, "Input devices", "Graphical framebuffers", "Video
 * devices", "Sound devices". Looking Glass: looking-glass.io/docs, "Installation", "libvirt".
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/domain-parts.h"

#define USB_REDIRECTIONS 2

/* While the system is being installed, a second screen is needed. Afterwards Looking Glass wants the
 * card's to be the only one. */
static gboolean
is_glass_alone (const FerryGuest *guest)
{
  return guest->looking_glass && guest->medium == NULL;
}

/* Both Ctrl keys together change sides. Names in by-id stay the same wherever it is plugged in. */
static void
add_shared_inputs (FerryElement *devices, char **names, gboolean keyboards)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path
          = g_build_filename (G_DIR_SEPARATOR_S, "dev", "input", "by-id", names[i], NULL);
      FerryElement *input = ferry_element_add_with (devices, "input", "type", "evdev", NULL);

      ferry_element_add_with (input, "source", "dev", path, "grab", keyboards ? "all" : NULL,
                              "grabToggle", keyboards ? "ctrl-ctrl" : NULL, "repeat",
                              keyboards ? "on" : NULL, NULL);
    }
}

/* A tablet's pointer is where the mouse of the window is, which an installer needs. Looking Glass moves a mouse instead:
 * for it the mouse is there from the start, so that later the tablet only has to be taken away. */
void
ferry_domain_add_inputs (FerryDomainDraft *draft, FerryElement *devices)
{
  const FerryGuest *guest = draft->guest;
  gboolean shared = guest->keyboards[0] != NULL || guest->mice[0] != NULL;

  if (guest->window && !is_glass_alone (guest))
    ferry_element_add_with (devices, "input", "type", "tablet", "bus", "usb", NULL);
  if ((shared || guest->looking_glass) && ferry_guest_uses_virtio (guest))
    {
      ferry_element_add_with (devices, "input", "type", "mouse", "bus", "virtio", NULL);
      ferry_element_add_with (devices, "input", "type", "keyboard", "bus", "virtio", NULL);
    }
  add_shared_inputs (devices, guest->keyboards, TRUE);
  add_shared_inputs (devices, guest->mice, FALSE);
  if (guest->keyboards[0] != NULL)
    ferry_domain_note (draft, _("Press both Ctrl keys together to switch keyboard and mouse between your "
                                "system and the virtual machine."));
}

/* SPICE on this computer only. VNC where QEMU was built without SPICE. */
static void
add_window (FerryDomainDraft *draft, FerryElement *devices)
{
  gboolean spice = draft->abilities->spice;
  FerryElement *graphics = ferry_element_add_with (devices, "graphics", "type", spice ? "spice" : "vnc",
                                                   "autoport", "yes", NULL);

  ferry_element_add_with (graphics, "listen", "type", "address", "address", "127.0.0.1", NULL);
  /* Compressing a picture that never leaves the computer costs time for nothing. */
  if (spice)
    ferry_element_add_with (graphics, "image", "compression", "off", NULL);
  else
    ferry_domain_note (draft, _("QEMU on this computer was made without SPICE, so the window has no sound "
                                "and no shared clipboard."));
  for (guint i = 0; spice && i < USB_REDIRECTIONS; i++)
    ferry_element_add_with (devices, "redirdev", "bus", "usb", "type", "spicevmc", NULL);
}

/* Linux has a driver for virtio's; plain VGA is what every installer of Windows knows. */
static void
add_video (FerryDomainDraft *draft, FerryElement *devices)
{
  FerryElement *video = ferry_element_add (devices, "video");
  const char *type = draft->guest->family == FERRY_GUEST_LINUX ? "virtio" : "vga";

  if (is_glass_alone (draft->guest))
    type = "none";
  ferry_element_add_with (video, "model", "type", type, NULL);
}

/* QEMU makes the file for itself alone; systemd makes it before, for both (looking-glass.io/docs, "Permissions"). */
static void
note_glass (FerryDomainDraft *draft)
{
  if (!draft->guest->looking_glass)
    return;
  g_ptr_array_add (draft->notes,
                   g_strdup_printf (_("Looking Glass needs a step by hand, as root: make the file /etc/tmpfiles.d/"
                                      "10-looking-glass.conf with the line “f /dev/shm/looking-glass 0660 %s kvm -” "
                                      "and run “systemd-tmpfiles --create”. Otherwise its window may not read the "
                                      "picture."),
                                    ferry_root_get_user_name (draft->machine->root)));
  if (draft->guest->medium != NULL && draft->guest->window)
    ferry_domain_note (draft, _("For the installation there is a second screen in a window. Once Looking "
                                "Glass is installed in the virtual machine, shut it down, and in virt-manager "
                                "set its “Video” to “None” and remove the device “Tablet”: only then Looking "
                                "Glass shows everything and moves the mouse."));
}

static void
add_sound (FerryDomainDraft *draft, FerryElement *devices)
{
  gboolean heard = draft->guest->audio && draft->guest->window && draft->abilities->spice;

  if (draft->guest->audio && heard)
    ferry_element_add_with (devices, "sound", "model", "ich9", NULL);
  ferry_element_add_with (devices, "audio", "id", "1", "type", heard ? "spice" : "none", NULL);
}

void
ferry_domain_add_screen (FerryDomainDraft *draft, FerryElement *devices)
{
  note_glass (draft);
  if (draft->guest->window)
    {
      add_window (draft, devices);
      add_sound (draft, devices);
      add_video (draft, devices);
      return;
    }
  add_sound (draft, devices);
  if (draft->guest->card->len == 0)
    ferry_domain_note (draft, _("The virtual machine has neither a window nor a graphics card, so nothing "
                                "of it will be seen."));
}
