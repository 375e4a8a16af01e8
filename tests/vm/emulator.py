"""Which QEMU starts the virtual PCs, and whether with KVM.

The emulated AMD IOMMU works for devices behind a bridge since QEMU 11, and programs start three times as fast as with 7.2.
So where the installed one is older, Debian unstable's package is unpacked (nothing is installed) and started through
its own loader. Where that cannot be, the installed one is used, and what it cannot do is skipped.
"""
import functools
import inspect
import os
import re
import shutil
import subprocess

import cache

WANTED = 11
LIBRARIES = "usr/lib/x86_64-linux-gnu"
START = """#!/bin/sh
l={root}/usr/lib/x86_64-linux-gnu
QEMU_MODULE_DIR=$l/qemu exec $l/ld-linux-x86-64.so.2 --library-path $l:$l/pulseaudio {root}/usr/bin/qemu-system-x86_64 \\
  -L {root}/usr/share/qemu -L {root}/usr/share/seabios -L {root}/usr/lib/ipxe/qemu "$@"
"""


def version(program):
    """The major version, 0 when it does not start."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"version (\d+)\.", told)
    return int(found[1]) if found else 0


def allow_cr8(program):
    """Takes out a false alarm of emulated KVM.

    A machine inside the virtual PC that writes CR8, as UEFI firmware does, makes the CPU's own thread call cpu_interrupt()
    without the big lock, which is safe there; an assertion ends QEMU all the same. It is found behind the exported symbol:
    test al, al; je the alarm.
    """
    names = subprocess.run(["nm", "-D", program], check=True, capture_output=True, text=True).stdout
    # The text is mapped at its offset in the file.
    start = int(re.search(r"^([0-9a-f]+) T cpu_interrupt$", names, re.MULTILINE)[1], 16)
    with open(program, "rb") as stream:
        code = bytearray(stream.read())
    at = code.find(b"\x84\xc0\x74", start, start + 32)
    if at >= 0:
        code[at + 2:at + 4] = b"\x90\x90"
        with open(program, "wb") as stream:
            stream.write(code)


def unpack(place):
    root = os.path.join(place, "root")
    cache.debootstrap("extract", "sid", ["qemu-system-x86"], root, "--dpkgopt=path-exclude=/usr/share/doc/*")
    allow_cr8(os.path.join(root, "usr/bin/qemu-system-x86_64"))


@functools.lru_cache(None)
def find():
    """The program to start."""
    installed = shutil.which("qemu-system-x86_64")
    if installed and version(installed) >= WANTED:
        return installed
    try:
        place = cache.kept("qemu", cache.key(inspect.getsource(unpack), inspect.getsource(allow_cr8)), unpack)
    except cache.Missing:
        if installed:
            return installed
        raise
    start = os.path.join(place, "start")
    with open(start, "w", encoding="utf-8") as out:
        out.write(START.format(root=os.path.join(place, "root")))
    os.chmod(start, 0o755)
    if version(start) == 0:
        raise cache.Missing("the unpacked QEMU does not start")
    return start


def vendor():
    """Of this computer's processor when it can run virtual machines; a /dev/kvm that opens proves little."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as stream:
            text = stream.read()
    except OSError:
        return None
    found = re.search(r"^vendor_id\s*:\s*(\S+)", text, re.MULTILINE)
    capable = re.search(r"^flags\s*:.*\s(vmx|svm)(\s|$)", text, re.MULTILINE)
    return found[1] if found and capable and os.access("/dev/kvm", os.R_OK | os.W_OK) else None


def accelerate(wanted_vendor):
    """KVM only for a virtual PC of the same vendor; FERRY_VM_ACCEL=tcg or kvm decides by hand."""
    chosen = os.environ.get("FERRY_VM_ACCEL") or ("kvm" if vendor() == wanted_vendor else "tcg")
    return "kvm" if chosen == "kvm" else "tcg,thread=multi,tb-size=512"
