"""Root folders of computers that differ in boot loader, first RAM disk and history.

Each is the reference computer (tests/tools/reference-computer) with some files replaced. The files are as the
distributions ship them, made shorter; a value of None takes a file away, a tuple ("link", target) makes a link.
"""
import atexit
import os
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.join(HERE, "..", "tools", "reference-computer")
UUID = "00000000-0000-4000-8000-000000000001"
LOADER = "sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
STUB = "sys/firmware/efi/efivars/StubInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
MACHINE_ID = "0123456789abcdef0123456789abcdef"

NO_GRUB = {"etc/default/grub": None, "boot/grub": None, "usr/bin/grub-mkconfig": None, "usr/bin/grub-script-check": None,
           "usr/bin/update-grub": None, "boot/efi/EFI/Manjaro": None,
           "proc/cmdline": "root=UUID=%s rw quiet\n" % UUID}
DROP_IN_MKINITCPIO = {"usr/bin/mkinitcpio": "#!/bin/bash\nfor f in /etc/mkinitcpio.conf.d/*.conf; do :; done\n"}
NO_MKINITCPIO = {"etc/mkinitcpio.conf": None, "etc/mkinitcpio.d": None, "usr/bin/mkinitcpio": None,
                 "usr/bin/lsinitcpio": None}
PLAIN_MKCONFIG = {"usr/bin/grub-mkconfig": "#!/bin/sh\n. /etc/default/grub\n"}


def efi_text(text):
    return b"\x06\0\0\0" + text.encode("utf-16-le") + b"\0\0"


def grub(text):
    return dict(PLAIN_MKCONFIG, **{"etc/default/grub": text})


def merged(*parts):
    result = {}
    for part in parts:
        result.update(part)
    return result


UKI_PRESET = {"etc/mkinitcpio.d/linux612.preset": 'ALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\')\n'
              'default_uki="/boot/efi/EFI/Linux/manjaro.efi"\n'}

DEBIAN_GRUB = """# If you change this file, run 'update-grub' afterwards to update
# /boot/grub/grub.cfg.

GRUB_DEFAULT=0
GRUB_TIMEOUT=5
GRUB_DISTRIBUTOR=`( . /etc/os-release; echo ${NAME:-Debian} ) 2>/dev/null || echo Debian`
GRUB_CMDLINE_LINUX_DEFAULT="quiet"
GRUB_CMDLINE_LINUX=""
"""

LUKS_GRUB = """GRUB_DEFAULT=saved
GRUB_TIMEOUT=5
GRUB_TIMEOUT_STYLE=menu
GRUB_DISTRIBUTOR='Manjaro'
GRUB_CMDLINE_LINUX_DEFAULT='quiet splash resume=UUID=%s udev.log_priority=3'
GRUB_CMDLINE_LINUX="cryptdevice=UUID=%s:luks root=/dev/mapper/luks rootflags=subvol=@"
GRUB_ENABLE_CRYPTODISK=y
""" % (UUID, UUID)

ENTRY = """title   Manjaro Linux
linux   /vmlinuz-6.12-x86_64
initrd  /initramfs-6.12-x86_64.img
options root=UUID=%s rw quiet
""" % UUID

DEBIAN = merged(NO_MKINITCPIO, {
    "etc/os-release": 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
    "etc/initramfs-tools/initramfs.conf": "MODULES=most\n",
    "etc/initramfs-tools/modules": "# List of modules that you want to include in your initramfs.\n#\n# raid1\n",
    "usr/sbin/update-initramfs": "#!/bin/sh\n", "usr/sbin/mkinitramfs": "#!/bin/sh\n",
    "boot/initramfs-6.12-x86_64.img": None, "boot/initramfs-6.12-x86_64-fallback.img": None,
    "boot/initrd.img-6.12.48-1-MANJARO": "old image\n",
    "etc/default/grub": DEBIAN_GRUB,
})

DRACUT = merged(NO_MKINITCPIO, {"etc/dracut.conf": "# none\n", "etc/dracut.conf.d/eos-defaults.conf": 'omit_dracutmodules+=" network "\n',
                                "usr/bin/dracut": "#!/bin/bash\n"})

# As Fedora 41 installs them, made shorter: entries of the Boot Loader Specification, and GRUB shows those.
FEDORA_ENTRY = """title Fedora Linux (6.12.4-200.fc41.x86_64) 41 (Workstation Edition)
version 6.12.4-200.fc41.x86_64
linux /boot/vmlinuz-6.12.4-200.fc41.x86_64
initrd /boot/initramfs-6.12.4-200.fc41.x86_64.img
options root=UUID=%s ro rootflags=subvol=root rhgb quiet
grub_users $grub_users
grub_arg --unrestricted
grub_class fedora
""" % UUID
FEDORA_ENTRIES = "boot/loader/entries/%s-" % MACHINE_ID
FEDORA = merged(DRACUT, {
    "etc/os-release": 'ID=fedora\nVERSION_ID=41\nPRETTY_NAME="Fedora Linux 41 (Workstation Edition)"\n',
    "usr/bin/grub-mkconfig": None, "usr/bin/grub-script-check": None, "usr/bin/update-grub": None, "boot/grub": None,
    "boot/efi/EFI/Manjaro": None, "usr/bin/grub2-script-check": "#!/bin/sh\n",
    "etc/X11": None, "etc/modules-load.d/mhwd-gpu.conf": None, "etc/modprobe.d/mhwd-gpu.conf": None,
    "usr/sbin/grub2-mkconfig": "#!/bin/sh\n. /etc/default/grub\n", "usr/sbin/grubby": "#!/bin/sh\n",
    "boot/grub2/grub.cfg": "insmod blscfg\nblscfg\n",
    "boot/efi/EFI/fedora/grub.cfg": "search --fs-uuid x\n",
    "etc/default/grub": 'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="rhgb quiet"\nGRUB_ENABLE_BLSCFG=true\n',
    FEDORA_ENTRIES + "6.12.4-200.fc41.x86_64.conf": FEDORA_ENTRY,
    FEDORA_ENTRIES + "6.11.4-301.fc41.x86_64.conf": FEDORA_ENTRY.replace("6.12.4-200", "6.11.4-301"),
    FEDORA_ENTRIES + "0-rescue.conf": FEDORA_ENTRY.replace("6.12.4-200.fc41.x86_64", "0-rescue"),
})

COMPUTERS = {
    "fedora": FEDORA,
    "fedora-some-words": merged(FEDORA, {
        FEDORA_ENTRIES + "6.12.4-200.fc41.x86_64.conf": FEDORA_ENTRY.replace("quiet", "quiet iommu=pt intel_iommu=on"),
        FEDORA_ENTRIES + "6.11.4-301.fc41.x86_64.conf":
            FEDORA_ENTRY.replace("6.12.4-200", "6.11.4-301").replace("quiet", "quiet intel_iommu=on")}),
    "fedora-other-ids": merged(FEDORA, {
        FEDORA_ENTRIES + "6.11.4-301.fc41.x86_64.conf": FEDORA_ENTRY.replace("quiet", "quiet vfio-pci.ids=1b21:1142")}),
    "manjaro": {},
    "manjaro-drop-ins": DROP_IN_MKINITCPIO,
    "manjaro-drop-ins-newest": {"usr/bin/mkinitcpio": '#!/bin/bash\n_d_config="$_f_config.d"\n'},
    "grub-no-checker": {"usr/bin/grub-script-check": None},
    "grub-main-file": grub('GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT="quiet splash"\nGRUB_CMDLINE_LINUX=""\n'),
    "grub-single-quotes": grub(LUKS_GRUB),
    "grub-unquoted": grub("GRUB_TIMEOUT=10\nGRUB_CMDLINE_LINUX_DEFAULT=quiet   # fast\n"),
    "grub-plus": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_CMDLINE_LINUX_DEFAULT+=" splash"\n'),
    "grub-continued": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet \\\n  splash"\n'),
    "grub-init-words": grub('GRUB_CMDLINE_LINUX="-- foo"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n'),
    "grub-init-words-drop-in": {"etc/default/grub.d/10-own.cfg": 'GRUB_CMDLINE_LINUX_DEFAULT="quiet -- foo"\n'},
    "grub-hidden": grub('GRUB_TIMEOUT=0\nGRUB_TIMEOUT_STYLE=hidden\nGRUB_CMDLINE_LINUX_DEFAULT=""\n'),
    "grub-hostile-command": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet $(touch /tmp/x)"\n'),
    "grub-hostile-quote": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet\n'),
    "grub-hostile-condition": grub('if true; then\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\nfi\n'),
    "preset-passes-config": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_config="/etc/mkinitcpio.conf"\nALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\')\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\n'}),
    "preset-own-config": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_kver="/boot/vmlinuz-6.12-x86_64"\ndefault_config="/etc/other.conf"\nPRESETS=(\'default\')\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\n'}),
    "modules-string": {"etc/mkinitcpio.conf": 'MODULES="crc32c"\nHOOKS="base udev autodetect modconf block filesystems"\nFILES=""\n'},
    "modconf-missing": {"etc/mkinitcpio.conf": "MODULES=()\nHOOKS=(base systemd autodetect block filesystems)\n"},
    "debian": merged(DEBIAN, {"usr/sbin/grub-mkconfig": "#!/bin/sh\nfor x in /etc/default/grub.d/*.cfg; do . $x; done\n",
                              "usr/bin/grub-mkconfig": None}),
    "dracut-grub": DRACUT,
    "systemd-boot-entries": merged(NO_GRUB, {LOADER: efi_text("systemd-boot 256.7"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "default manjaro.conf\ntimeout 3\n",
        "boot/efi/loader/entries/manjaro.conf": ENTRY,
        "boot/efi/loader/entries/manjaro-fallback.conf": ENTRY.replace("quiet", "")}),
    "systemd-boot-kernel-install": merged(NO_GRUB, DRACUT, {LOADER: efi_text("systemd-boot 256.7"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "timeout 3\n",
        "usr/bin/kernel-install": "#!/bin/sh\n",
        "boot/efi/loader/entries/%s-6.12.48-1-MANJARO.conf" % MACHINE_ID: ENTRY,
        "boot/efi/%s/6.12.48-1-MANJARO/initrd" % MACHINE_ID: "old image\n",
        "etc/kernel/cmdline": "root=UUID=%s rw quiet\n" % UUID}),
    "systemd-boot-no-cmdline": merged(NO_GRUB, DRACUT, {LOADER: efi_text("systemd-boot 256.7"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "timeout 3\n",
        "usr/bin/kernel-install": "#!/bin/sh\n",
        "boot/efi/loader/entries/%s-6.12.48-1-MANJARO.conf" % MACHINE_ID: ENTRY,
        "proc/cmdline": "initrd=\\x\\initrd root=UUID=%s rw quiet\n" % UUID}),
    "uki": merged(NO_GRUB, UKI_PRESET, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
                            "etc/kernel/cmdline": "root=UUID=%s rw quiet\n" % UUID}),
    "uki-parts": merged(NO_GRUB, UKI_PRESET, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
                                  "etc/cmdline.d/root.conf": "root=UUID=%s rw\n" % UUID}),
    "uki-microcode": merged(NO_GRUB, UKI_PRESET, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
        "etc/mkinitcpio.d/linux612.preset": UKI_PRESET["etc/mkinitcpio.d/linux612.preset"]
        + "ALL_microcode=(/boot/*-ucode.img)\n", "etc/kernel/cmdline": "root=UUID=%s rw quiet\n" % UUID}),
    "uki-without-words": merged(NO_GRUB, UKI_PRESET, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
        "etc/mkinitcpio.d/linux612.preset": UKI_PRESET["etc/mkinitcpio.d/linux612.preset"]
        + 'default_options="--no-cmdline"\n'}),
    "uki-own-words": merged(NO_GRUB, UKI_PRESET, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
        "etc/mkinitcpio.d/linux612.preset": UKI_PRESET["etc/mkinitcpio.d/linux612.preset"]
        + 'default_options="--cmdline /etc/own-words"\n'}),
    "uki-dracut-words": merged(NO_GRUB, DRACUT, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
        "etc/dracut.conf.d/words.conf": 'uefi="yes"\nkernel_cmdline="root=UUID=%s rw quiet"\n' % UUID}),
    "preset-none": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset": None}),
    "uki-no-preset": merged(NO_GRUB, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x",
                                      "etc/kernel/cmdline": "root=UUID=%s rw quiet\n" % UUID}),
    "uki-dracut": merged(NO_GRUB, DRACUT, {STUB: efi_text("systemd-stub 256.7"), "boot/efi/EFI/Linux/manjaro.efi": "x"}),
    "limine-plain": merged(NO_GRUB, {LOADER: efi_text("Limine 9.3.0"), "boot/efi/limine.conf": "timeout: 5\n"}),
    "refind-stanza": merged(NO_GRUB, {LOADER: efi_text("rEFInd 0.14.2"),
                                      "boot/efi/EFI/refind/refind.conf": "timeout 20\n"}),
    "limine": merged(NO_GRUB, {LOADER: efi_text("Limine 9.3.0"), "boot/efi/limine.conf": "timeout: 5\n",
        "usr/bin/limine-update": "#!/bin/sh\n", "etc/machine-id": MACHINE_ID + "\n",
        "boot/efi/%s/linux612/initrd" % MACHINE_ID: "old image\n",
        "etc/default/limine": 'ESP_PATH="/boot/efi"\nKERNEL_CMDLINE[default]="root=UUID=%s rw quiet"\n' % UUID}),
    "refind": merged(NO_GRUB, {LOADER: efi_text("rEFInd 0.14.2"), "boot/efi/EFI/refind/refind.conf": "timeout 20\n",
        "boot/refind_linux.conf": '"Boot with standard options"  "root=UUID=%s rw quiet"\n'
                                  '"Boot to single-user mode"    "root=UUID=%s single"\n' % (UUID, UUID)}),
    "x-by-hand": {"etc/X11/xorg.conf": 'Section "Device"\n Identifier "card"\n BusID "pci:1:0:0"\nEndSection\n',
                  "etc/X11/xorg.conf.d/90-mhwd.conf": None},
    "x-other-driver": {"etc/X11/mhwd.d/nvidia.conf": 'Section "Device"\n # Driver "nvidia"\n Driver "modesetting"\nEndSection\n'},
    "loader-unknown": merged(NO_GRUB, {}),
    "kernelstub": merged(NO_GRUB, DEBIAN, {"etc/default/grub": None, LOADER: efi_text("systemd-boot 255.4"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "etc/kernelstub/configuration": "{}\n",
        "boot/efi/loader/entries/Pop_OS-current.conf": ENTRY}),
    "debian-systemd-boot": merged(NO_GRUB, DEBIAN, {"etc/default/grub": None, LOADER: efi_text("systemd-boot 252.39"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "#timeout 3\n",
        "boot/efi/loader/entries/%s-6.12.48-1-MANJARO.conf" % MACHINE_ID: ENTRY}),
    "sdboot-manage": merged(NO_GRUB, {LOADER: efi_text("systemd-boot 257.3"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "timeout 0\n",
        "etc/sdboot-manage.conf": '# Config file for sdboot-manage\nLINUX_OPTIONS="quiet"\n#LINUX_FALLBACK_OPTIONS="quiet"\n',
        "boot/efi/loader/entries/linux612.conf": ENTRY}),
    "systemd-boot-two-systems": merged(NO_GRUB, {LOADER: efi_text("systemd-boot 256.7"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "timeout 5\n",
        "boot/efi/loader/entries/manjaro.conf": ENTRY,
        "boot/efi/loader/entries/other.conf": ENTRY.replace(UUID, UUID[:-1] + "2"),
        "boot/efi/loader/entries/memtest.conf": "title linux memory test\nefi /memtest.efi\n"}),
    "systemd-boot-rescue": merged(NO_GRUB, DRACUT, {LOADER: efi_text("systemd-boot 256.7"),
        "boot/efi/EFI/systemd/systemd-bootx64.efi": "x", "boot/efi/loader/loader.conf": "timeout 5\n",
        "boot/efi/loader/entries/endeavouros-6.12.48-1.conf": "# Boot Loader Specification type#1 entry\n"
        "# File created by /usr/lib/kernel/install.d/90-loaderentry.install (systemd 256.7)\n" + ENTRY,
        "proc/cmdline": "root=UUID=%s rw single\n" % UUID}),
    "grub-other-drop-ins": {"etc/default/grub.d/10-own.cfg":
        'GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT iommu=pt crashkernel=256M"\nGRUB_TIMEOUT_STYLE=menu\n'},
    "grub-drop-in-off": {"etc/default/grub.d/10-own.cfg": 'GRUB_CMDLINE_LINUX="intel_iommu=off"\n'},
    "grub-torn": {"etc/default/grub": 'GRUB_CMDLINE_LINUX_DEFAULT="quiet\n'},
    "grub-builds-on-itself": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet"\n'
                                  'GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT splash"\n'),
    "grub-visible": grub('GRUB_TIMEOUT=10\nGRUB_TIMEOUT_STYLE=hidden\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n'),
    "grub-old-hidden": grub('GRUB_HIDDEN_TIMEOUT=0\nGRUB_TIMEOUT=10\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n'),
    "grub-link": dict(PLAIN_MKCONFIG, **{"etc/default/grub": ("link", "grub.real"),
                                         "etc/default/grub.real": 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\n'}),
    "by-hand": merged(DROP_IN_MKINITCPIO, {
        "etc/modprobe.d/vfio.conf": "options vfio-pci ids=10de:13c2,10de:0fbb\nsoftdep nouveau pre: vfio-pci\n"
        "softdep nvidia pre: vfio-pci\nsoftdep nvidia_drm pre: vfio-pci\nsoftdep nova_core pre: vfio-pci\n"
        "softdep snd_hda_intel pre: vfio_pci\n",
        "etc/mkinitcpio.conf": "MODULES=(vfio_pci vfio vfio_iommu_type1)\nHOOKS=(base systemd modconf kms sd-encrypt)\n",
        "etc/default/grub": 'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on,sm_on iommu=pt"\n',
        "etc/X11/xorg.conf.d/90-mhwd.conf": None}),
    "by-hand-line": merged(grub('GRUB_TIMEOUT=5\n'
        'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on vfio-pci.ids=10de:0fbb,10de:13c2"\n')),
    "by-hand-others": {"etc/modprobe.d/vfio.conf": "options vfio-pci ids=1b21:1142\n"},
    "vfio-blacklisted": {"etc/modprobe.d/own.conf": "blacklist vfio-pci\n"},
    "pci-stub": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet pci-stub.ids=10de:13c2"\n'),
    "iommu-nopt": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet iommu=nopt"\n'),
    "softdep-behind": {"usr/lib/modprobe.d/nvidia.conf": "softdep nvidia post: nvidia-uvm\n"},
    "softdep-first": {"etc/modprobe.d/alsa.conf": "softdep snd_hda_intel pre: snd_seq\n"},
    "module-gone": {"etc/mkinitcpio.conf": "MODULES=(vfio_pci vfio vfio_iommu_type1 vfio_virqfd)\n"
                                           "HOOKS=(base udev modconf block)\n"},
    "hooks-in-drop-in": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.conf": "MODULES=()\nHOOKS=(base udev block)\n",
        "etc/mkinitcpio.conf.d/own.conf": 'HOOKS=("${HOOKS[@]}" modconf)\nMODULES+=(crc32c)\n'}),
    "hooks-computed": {"etc/mkinitcpio.conf": 'MODULES=()\nHOOKS=(${LIST[@]} modconf)\n'},
    "preset-second-config": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_config="/etc/mkinitcpio.conf" # shared\nALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\' \'fallback\')\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\nfallback_config="/etc/fallback.conf"\n'
        'fallback_image="/boot/initramfs-6.12-x86_64-fallback.img"\n'}),
    "preset-empty-config": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_config=""\nALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\')\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\n'}),
    "preset-options": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\')\ndefault_options="-c /etc/other.conf"\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\n'}),
    "preset-skips-modconf": merged(DROP_IN_MKINITCPIO, {"etc/mkinitcpio.d/linux612.preset":
        'ALL_kver="/boot/vmlinuz-6.12-x86_64"\nPRESETS=(\'default\')\ndefault_options="-S autodetect,modconf"\n'
        'default_image="/boot/initramfs-6.12-x86_64.img"\n'}),
    "switched-off": {"proc/cmdline": "BOOT_IMAGE=/boot/vmlinuz root=UUID=%s rw quiet iommu=off\n" % UUID},
    "other-ids": grub('GRUB_CMDLINE_LINUX_DEFAULT="quiet vfio-pci.ids=1b21:1142"\n'),
}


def _put(folder, path, content):
    full = os.path.join(folder, path)
    if os.path.islink(full) or os.path.isfile(full):
        os.remove(full)
    elif content is None and os.path.isdir(full):
        shutil.rmtree(full)
    if content is None:
        return
    os.makedirs(os.path.dirname(full), exist_ok=True)
    if isinstance(content, tuple):
        os.symlink(content[1], full)
        return
    with open(full, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    if path.startswith("usr/"):
        os.chmod(full, 0o755)


_base = []  # the reference computer, made once


def _reference():
    if not _base:
        place = tempfile.mkdtemp(prefix="ferry-computers-")
        atexit.register(shutil.rmtree, place, True)
        folder = os.path.join(place, "root")
        subprocess.run([REFERENCE, "before", folder], check=True, stdout=subprocess.DEVNULL)
        _base.append(folder)
    return _base[0]


def make(name, folder):
    """Makes the computer of that name below folder, which must not exist."""
    subprocess.run(["cp", "-aT", _reference(), folder], check=True)
    for path, content in COMPUTERS[name].items():
        _put(folder, path, content)
