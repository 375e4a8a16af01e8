"""What is brought into a virtual PC: Ferry as `meson install` lays it out, and the bench's own programs, as one tar on a second disk.

So an image need not be made anew when Ferry changes. It is unpacked inside by root, and then systemd and the bus are told, as
package managers do (and `./run install`).
"""
import glob
import os
import subprocess
import tarfile
import tempfile

import cache

HERE = os.path.dirname(os.path.abspath(__file__))
# What the wizard's own tests look at a window with.
SHARED = [os.path.join(HERE, "..", "wizard", "drive_window.py")]
UNPACK = """set -e
udevadm settle
mkdir -p /bench
tar -C /bench -xf /dev/disk/by-id/ata-QEMU_HARDDISK_BENCH
tar -C / --no-overwrite-dir -xf /bench/ferry.tar
systemctl daemon-reload
systemctl reload dbus.service
sync
"""


def root_owns(member):
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def make(build, path):
    """@build: a build folder, compiled."""
    with tempfile.TemporaryDirectory(prefix="ferry-vm-cargo-") as place:
        dest = os.path.join(place, "dest")
        done = subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--strip", "--quiet", "--destdir", dest],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise cache.Missing("Ferry could not be installed from %s: %s" % (build, done.stderr[-500:]))
        inner = os.path.join(place, "ferry.tar")
        with tarfile.open(inner, "w") as tar:
            tar.add(dest, ".", filter=root_owns)
        with tarfile.open(path, "w") as tar:
            tar.add(inner, "ferry.tar", filter=root_owns)
            for path_of in sorted(glob.glob(os.path.join(HERE, "guest", "*"))) + SHARED:
                tar.add(path_of, os.path.basename(path_of), filter=root_owns)
    return path
