#!/usr/bin/python3
"""What a computer is made of, as far as Ferry could touch it: every file of /etc and /boot, with the ESP.

Prints one JSON object: for each path its mode with the type, owner, group, and the link's target or the content's digest. A start
file (initramfs) is made anew by its generator, with other times and in another order: for it, the digest is of what is in it,
every file with its mode and content (Documentation/driver-api/early-userspace/buffer-format.rst).
"""
import hashlib
import json
import os
import stat
import subprocess
import sys

FOLDERS = ["/etc", "/boot", "/efi", "/usr/local", "/usr/lib/modprobe.d", "/usr/lib/dracut", "/usr/lib/initcpio", "/usr/lib/kernel"]
# Written anew at every start, whatever Ferry does.
CHANGING = {"/boot/loader/random-seed": "systemd-boot's seed, renewed by the loader at each start"}

# What usermod(8) and gpasswd(1) keep of the time before their last change, whoever made it: there it is, but it says something else.
COPIES = {"/etc/group-", "/etc/gshadow-"}


def unpack(data, found):
    """Archives in a row, the last one compressed."""
    at = 0
    while at < len(data):
        if data[at:at + 4] == bytes(4):
            at += 4
        elif data[at:at + 6] == b"070701":
            fields = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
            mode, size, length = fields[1], fields[6], fields[11]
            name = data[at + 110:at + 110 + length - 1].decode()
            start = (at + 110 + length + 3) & ~3
            if name != "TRAILER!!!":
                found.append("%s %o %s" % (name, mode, hashlib.sha256(data[start:start + size]).hexdigest()))
            at = (start + size + 3) & ~3
        else:
            program = ["zstd", "-dc"] if data[at:at + 4] == b"\x28\xb5\x2f\xfd" else ["gzip", "-dc"]
            done = subprocess.run(program, input=data[at:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
            return unpack(done.stdout, found)
    return found


def digest(path):
    with open(path, "rb") as stream:
        data = stream.read()
    if os.path.basename(path).startswith("init") and path.startswith(("/boot/", "/efi/")):
        try:
            data = "\n".join(sorted(unpack(data, []))).encode()
        except (OSError, ValueError, subprocess.CalledProcessError):
            pass
    return hashlib.sha256(data).hexdigest()


def describe(path):
    status = os.lstat(path)
    kind = stat.S_IFMT(status.st_mode)
    what = ""
    if stat.S_ISLNK(kind):
        what = os.readlink(path)
    elif stat.S_ISREG(kind) and path not in COPIES:
        what = digest(path)
    return ["%o" % status.st_mode, status.st_uid, status.st_gid, what]


def look():
    found = {}
    for folder in FOLDERS:
        if not os.path.isdir(folder):
            continue
        found[folder] = describe(folder)
        for where, folders, files in os.walk(folder):
            for name in folders + files:
                path = os.path.join(where, name)
                if path not in CHANGING:
                    found[path] = describe(path)
    return found


if __name__ == "__main__":
    json.dump(look(), sys.stdout)
