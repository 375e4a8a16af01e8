"""Throw-away roots of Debian 12 with the real programs that make start files and boot menus.

The first one is made by mmdebstrap from the mirror that this computer's apt uses, and kept below XDG_CACHE_HOME (it can
be deleted at any time); each test works on a copy. A computer's sys and proc are ordinary folders in it.
"""
import os
import shutil
import subprocess
import time

import computers

SUITE = "bookworm"
PACKAGES = ["initramfs-tools", "dracut-core", "linux-image-amd64", "grub-common", "grub2-common", "systemd", "kmod",
            "zstd", "busybox", "dbus"]
# Parts of the kernel package that nothing here needs; without them images are made in seconds.
LEFT_OUT = ["/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*"] + [
    "/lib/modules/*/kernel/" + part for part in (
        "drivers/net/*", "drivers/media/*", "drivers/infiniband/*", "drivers/staging/*", "drivers/iio/*",
        "drivers/gpu/*", "drivers/scsi/*", "drivers/usb/*", "drivers/ata/*", "drivers/mtd/*", "sound/*", "net/*")]
# Another root, with the package managers of the other distributions.
MANAGERS = ["pacman-package-manager", "dnf", "zypper", "rpm", "createrepo-c"]
MAX_AGE = 60 * 24 * 3600
LOADER = computers.LOADER


class Missing(Exception):
    """What this computer lacks for these tests; the text is the reason of the skip."""


def folder():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "ferry", "real-tools")


def _mirror():
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
                             "Label: Debian", "Component: main"], capture_output=True, text=True, check=False)
    lines = listed.stdout.split()
    if not lines:
        raise Missing("no mirror of Debian in this computer's package sources")
    return lines[0]


def _is_mounted_below(path):
    with open("/proc/self/mountinfo", encoding="utf-8") as table:
        return any((line.split()[4] + "/").startswith(path + "/") for line in table)


def remove(path):
    """Never through a mount."""
    if os.path.isdir(path):
        if _is_mounted_below(path):
            raise RuntimeError("something is mounted below " + path)
        shutil.rmtree(path)


def _make_base(base, packages):
    command = ["mmdebstrap", "--quiet", "--variant=minbase", "--mode=root", "--aptopt=Acquire::Languages \"none\"",
               "--aptopt=Acquire::Check-Valid-Until \"false\"", "--aptopt=Acquire::Retries \"2\"",
               "--aptopt=APT::Install-Recommends \"false\"", "--include=" + ",".join(packages)]
    command += ["--dpkgopt=path-exclude=" + path for path in LEFT_OUT] + [SUITE, base, _mirror()]
    # Everything that is mounted for making it is gone afterwards.
    made = subprocess.run(["unshare", "--mount", "--propagation", "private"] + command, capture_output=True, text=True,
                          check=False)
    if made.returncode:
        remove(base)
        lines = made.stderr.strip().split("\n")
        raise Missing("mmdebstrap could not make a root, is the network there? " + lines[-1][:200])


def base(name="root", packages=None):
    """A kept root, made when it is not there or old."""
    packages = packages or PACKAGES
    wanted = " ".join([SUITE] + packages + LEFT_OUT)
    if os.geteuid() != 0:
        raise Missing("only root can make a root folder")
    for program in ("mmdebstrap", "unshare", "apt-get"):
        if not shutil.which(program):
            raise Missing(program + " is not installed")
    place, root, stamp = folder(), os.path.join(folder(), name), os.path.join(folder(), name.replace("root", "stamp"))
    try:
        with open(stamp, encoding="utf-8") as kept:
            if kept.read() == wanted and time.time() - os.path.getmtime(stamp) < MAX_AGE:
                return root
    except FileNotFoundError:
        pass
    os.makedirs(place, exist_ok=True)
    if os.path.exists(stamp):
        os.remove(stamp)
    remove(root)
    _make_base(root, packages)
    with open(stamp, "w", encoding="utf-8") as kept:
        kept.write(wanted)
    return root


def write(root, path, text, mode=0o644):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as out:
        out.write(text if isinstance(text, bytes) else text.encode())
    os.chmod(full, mode)


def inside(root, *command):
    """Runs a program in the root, for preparing and for looking; the real proc and dev are there meanwhile."""
    script = 'for d in proc dev sys; do mount --rbind "/$d" "$1/$d"; done; r=$1; shift; exec chroot "$r" "$@"'
    done = subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "sh", "-ec", script, "sh", root] + list(command),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/root"})
    if done.returncode:
        raise RuntimeError("%s: %s" % (" ".join(command), (done.stdout + done.stderr)[-500:]))
    return done.stdout


def copy(kept, root, hardware):
    """A copy of the kept root with the sys and proc of a made-up computer, started by GRUB."""
    subprocess.run(["cp", "-a", "--reflink=auto", kept, root], check=True)
    for part in ("sys", "proc"):
        subprocess.run(["cp", "-a", os.path.join(hardware, part) + "/.", os.path.join(root, part)], check=True)
    version = kernel(root)
    write(root, "proc/sys/kernel/osrelease", version + "\n")
    os.remove(os.path.join(root, "proc/config.gz"))
    shutil.copy(os.path.join(root, "usr/share/grub/default/grub"), os.path.join(root, "etc/default/grub"))
    os.makedirs(os.path.join(root, "boot/grub"))
    write(root, "boot/grub/grub.cfg", "# the old menu\n")
    return version


def kernel(root):
    return sorted(os.listdir(os.path.join(root, "usr/lib/modules")))[0]


# What a dracut without "hostonly" takes; more only costs time.
DRACUT_SETTINGS = """hostonly="no"
compress="cat"
early_microcode="no"
dracutmodules+=" base kernel-modules rootfs-block fs-lib "
"""


def keep_only(root, generator):
    """Both generators are installed; one computer has one."""
    write(root, "etc/dracut.conf.d/10-quick.conf", DRACUT_SETTINGS)
    gone = {"dracut": ["usr/sbin/mkinitramfs", "usr/sbin/update-initramfs", "etc/initramfs-tools",
                       "var/lib/dpkg/info/initramfs-tools-core.md5sums"],
            "initramfs-tools": ["usr/bin/dracut", "etc/dracut.conf", "etc/dracut.conf.d",
                                "var/lib/dpkg/info/dracut-core.md5sums"]}[generator]
    for path in gone:
        full = os.path.join(root, path)
        if os.path.isdir(full):
            shutil.rmtree(full)
        elif os.path.lexists(full):
            os.remove(full)


def snapshot(root, *folders):
    """Path to kind, mode, owner and content of everything below the folders."""
    found = {}
    for start in folders:
        for where, names, files in os.walk(os.path.join(root, start)):
            for name in names + files:
                full = os.path.join(where, name)
                info = os.lstat(full)
                content = None
                if os.path.islink(full):
                    content = os.readlink(full)
                elif os.path.isfile(full):
                    with open(full, "rb") as stream:
                        content = stream.read()
                found[os.path.relpath(full, root)] = (info.st_mode, info.st_uid, info.st_gid, content)
    return found


def differences(before, after):
    return sorted(path for path in set(before) | set(after) if before.get(path) != after.get(path))
