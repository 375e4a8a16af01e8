"""What each virtual PC's disk is made of: packages, file system, boot loader, generator of the start files.

Settings of these systems that their owners could have chosen as well: an image for this computer's modules only (under emulation
it is made in half a minute instead of four), and no mitigations.
"""
import os

BASE = """systemd-sysv udev dbus libpam-systemd linux-image-amd64 zstd kmod procps python3 sudo polkitd pciutils iproute2
    dosfstools libglib2.0-0 libjson-glib-1.0-0 libpci3 libarchive13 libpolkit-gobject-1-0 libvirt0 libosinfo-1.0-0 libxml2
    ca-certificates""".split()
INSIDE = ["libvirt-daemon-system", "libvirt-clients", "qemu-system-x86", "qemu-utils", "ovmf"]
# What a desktop needs, a person who sees nothing (AT-SPI) and one who only types (xdotool).
DESKTOP = """libgtk-4-1 libadwaita-1-0 adwaita-icon-theme librsvg2-common gsettings-desktop-schemas fonts-cantarell osinfo-db xvfb
    openbox dnsmasq-base xorriso systemd-boot-efi python3-xdg x11-utils xdotool at-spi2-core gir1.2-atspi-2.0 python3-gi policykit-1-gnome dbus-user-session""".split()


def read(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "guest", name), encoding="utf-8") as stream:
        return stream.read()


# Without no_timer_check a starved emulation panics now and then while the kernel tests its timer.
WORDS = "mitigations=off no_timer_check console=tty0 console=ttyS0,115200"
GRUB = "GRUB_DEFAULT=0\nGRUB_TIMEOUT=0\nGRUB_DISTRIBUTOR=Debian\nGRUB_CMDLINE_LINUX_DEFAULT=\"quiet\"\n" \
       "GRUB_CMDLINE_LINUX=\"@WORDS@\"\n"
INSTALL_GRUB = "grub-install --target=x86_64-efi --removable --no-nvram\nupdate-grub\n"
FINISH_GRUB = [("", "update-initramfs -u\n" + INSTALL_GRUB)]
SMALL_INITRAMFS = {"etc/initramfs-tools/conf.d/small": "MODULES=dep\n"}


class Recipe:
    def __init__(self, name, shape, packages, files, finish, filesystem="ext4", esp="/boot/efi", tree=""):
        """@finish: (more words for the kernel, shell script) each, one start for each, on the PC it is for, so that what is made
        is the same whenever it is made again. @tree: run in the tree."""
        self.shape = shape
        self.name, self.packages, self.files, self.finish = name, BASE + packages, files, finish
        self.filesystem, self.esp, self.tree = filesystem, esp, tree


BTRFS_LAYOUT = """
mkdir -p /mnt
mount -o subvolid=5 /dev/disk/by-uuid/fe44f000-0000-4000-8000-000000000001 /mnt
btrfs subvolume snapshot / /mnt/@
btrfs subvolume create /mnt/@home
sed -i 's|btrfs defaults|btrfs defaults,subvol=@|' /mnt/@/etc/fstab
umount /mnt
"""
BTRFS_TIDY = """
mount -o subvolid=5 /dev/disk/by-uuid/fe44f000-0000-4000-8000-000000000001 /mnt
find /mnt -mindepth 1 -maxdepth 1 ! -name '@*' -exec rm -rf {} +
umount /mnt
"""
# As Manjaro lays it out. The kernel, GRUB and what fills the start files are Debian's; mkinitcpio is guest/mkinitcpio.
MANJARO_GRUB = """GRUB_DEFAULT=saved
GRUB_TIMEOUT=1
GRUB_TIMEOUT_STYLE=hidden
GRUB_DISTRIBUTOR="Manjaro"
GRUB_CMDLINE_LINUX_DEFAULT="quiet splash udev.log_priority=3"
GRUB_CMDLINE_LINUX="@WORDS@"
GRUB_SAVEDEFAULT=true
GRUB_DISABLE_OS_PROBER=true
"""
MANJARO_FILES = {
    "etc/default/grub": MANJARO_GRUB,
    "etc/mkinitcpio.conf": "MODULES=()\nBINARIES=()\nFILES=()\n"
                           "HOOKS=(base udev autodetect modconf kms block keyboard keymap filesystems fsck)\n",
    "etc/mkinitcpio.d/linux61.preset": "ALL_config=\"/etc/mkinitcpio.conf\"\nALL_kver=\"/boot/vmlinuz-6.1-x86_64\"\n"
                                       "PRESETS=('default')\ndefault_image=\"/boot/initramfs-6.1-x86_64.img\"\n",
    "var/lib/pacman/local/mkinitcpio-40-1/desc": "%NAME%\nmkinitcpio\n",
    "var/lib/pacman/local/grub-2.12-1/desc": "%NAME%\ngrub\n",
    "usr/lib/os-release": "NAME=\"Manjaro Linux\"\nPRETTY_NAME=\"Manjaro Linux\"\nID=manjaro\nID_LIKE=arch\n",
    "usr/bin/mkinitcpio": read("mkinitcpio"),
}
MANJARO_TREE = """
mkdir -p /usr/lib/bench
mv /usr/sbin/mkinitramfs /usr/lib/bench/mkinitramfs
rm -f /usr/sbin/update-initramfs /etc/kernel/postinst.d/initramfs-tools /var/lib/dpkg/info/initramfs-tools*
"""
MANJARO_FINISH = """
version=$(uname -r)
mv /boot/vmlinuz-$version /boot/vmlinuz-6.1-x86_64
rm -f /boot/initrd.img-$version /vmlinuz* /initrd*
echo linux61 >/usr/lib/modules/$version/pkgbase
mkinitcpio -P
"""
# systemd-boot as Arch and Manjaro users set it up: the ESP is /boot, one entry written by hand, mkinitcpio (the stand-in) makes the image.
ENTRY_FILES = {path: text for path, text in MANJARO_FILES.items() if "grub" not in path}
ENTRY_TREE = """
rm -f /etc/kernel/cmdline /etc/kernel/postinst.d/zz-systemd-boot /etc/kernel/postrm.d/zz-systemd-boot
"""
ENTRY_FINISH = """
mount --bind / /mnt
cp /mnt/boot/vmlinuz-* /mnt/boot/config-* /boot
umount /mnt
bootctl --no-variables install
printf 'default manjaro.conf\\ntimeout 1\\n' >/boot/loader/loader.conf
printf 'title Manjaro Linux\\nlinux /vmlinuz-6.1-x86_64\\ninitrd /initramfs-6.1-x86_64.img\\n' >/boot/loader/entries/manjaro.conf
echo 'options root=UUID=fe44f000-0000-4000-8000-000000000001 rw quiet @WORDS@' >>/boot/loader/entries/manjaro.conf
""".replace("@WORDS@", WORDS)


RECIPES = {recipe.name: recipe for recipe in [
    Recipe("grub-ext4", "intel", ["initramfs-tools", "grub-efi-amd64"], {"etc/default/grub": GRUB, **SMALL_INITRAMFS},
           FINISH_GRUB),
    Recipe("grub-btrfs", "intel", ["initramfs-tools", "grub-efi-amd64", "btrfs-progs"],
           {"etc/default/grub": GRUB, **SMALL_INITRAMFS},
           [("", BTRFS_LAYOUT), ("rootflags=subvol=@", "update-initramfs -u\n" + INSTALL_GRUB + BTRFS_TIDY)], "btrfs"),
    Recipe("systemd-boot", "amd", ["initramfs-tools", "systemd-boot"], {**ENTRY_FILES, **SMALL_INITRAMFS},
           [("", ENTRY_FINISH + MANJARO_FINISH)], esp="/boot", tree=MANJARO_TREE + ENTRY_TREE),
    Recipe("dracut", "amd", ["dracut", "grub-efi-amd64"],
           {"etc/default/grub": GRUB, "etc/dracut.conf.d/small.conf": "hostonly=\"yes\"\n"},
           [("", "dracut --force\n" + INSTALL_GRUB)]),
    Recipe("manjaro-like", "intel", ["initramfs-tools", "grub-efi-amd64"], {**MANJARO_FILES, **SMALL_INITRAMFS},
           [("", MANJARO_FINISH + INSTALL_GRUB)], tree=MANJARO_TREE),
    Recipe("inside", "amd", ["initramfs-tools", "grub-efi-amd64", "systemd-boot-efi"] + INSIDE,
           {"etc/default/grub": GRUB, **SMALL_INITRAMFS}, FINISH_GRUB),
    Recipe("desktop", "amd", ["initramfs-tools", "grub-efi-amd64"] + INSIDE + DESKTOP,
           {"etc/default/grub": GRUB, **SMALL_INITRAMFS}, FINISH_GRUB),
]}
