"""The parts of the bench by name. HACKING.md has a table of what each of them is."""
import cuts
import inside
import refusal
import road
import wizard

NO_INSTALL = ["--no-install"]


def walk(shape, image, kind=road.Road):
    """The whole road; the images have no programs for virtual machines, and what installs them is another matter."""
    return lambda tap, load, out: kind(tap, shape, image, load, out, options=NO_INSTALL).walk()


PARTS = {
    "grub-ext4": walk("intel", "grub-ext4"),
    "systemd-boot": walk("amd", "systemd-boot"),
    "grub-btrfs": walk("intel", "grub-btrfs", road.Rescue),
    "dracut": walk("amd", "dracut"),
    "manjaro-like": walk("intel", "manjaro-like"),
    "twins": walk("twins", "grub-ext4"),
    "shared-group": lambda tap, load, out: refusal.Refusal(tap, "shared-group", "grub-ext4", load, out, options=NO_INSTALL).walk(),
    "inside": lambda tap, load, out: inside.Inside(tap, "amd", "inside", load, out, options=NO_INSTALL + ["--join-group"]).walk(),
    "wizard": lambda tap, load, out: wizard.Wizard(tap, "amd", "desktop", load, out).walk(),
    "cuts": lambda tap, load, out: cuts.Cuts(tap, "grub-ext4", load, out).run(),
}
