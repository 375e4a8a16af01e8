"""Where the bench keeps what takes long to make: below XDG_CACHE_HOME, each thing in a folder that carries its key.

The key is the digest of everything it is made from, so a changed recipe or program makes a new one. One process at a time
makes a thing. Another checkout may have made one of the same name for itself: so only what nobody uses now, and
nobody has used for a week, is removed. All of it can be deleted at any time when no bench runs.
"""
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import time

WEEK = 7 * 24 * 3600
held = {}


class Missing(Exception):
    """What this computer lacks for the bench; the text is the reason of the skip."""


def folder():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "ferry", "vm")


def key(*parts):
    """Of strings, and of files for names that exist."""
    digest = hashlib.sha256()
    for part in parts:
        if os.path.isfile(part):
            with open(part, "rb") as stream:
                part = stream.read()
        else:
            part = part.encode()
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def lock(name):
    """Of one thing; making a disk image asks for QEMU meanwhile."""
    os.makedirs(folder(), exist_ok=True)
    with open(os.path.join(folder(), name + ".lock"), "w", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def is_mounted_below(path):
    with open("/proc/self/mountinfo", encoding="utf-8") as table:
        return any((line.split()[4] + "/").startswith(path + "/") for line in table)


def remove(path):
    """Never through a mount."""
    if is_mounted_below(path):
        raise RuntimeError("something is mounted below " + path)
    shutil.rmtree(path, ignore_errors=True)


def hold(place):
    """Until this process ends nobody removes it."""
    if place not in held:
        held[place] = open(place + ".used", "w", encoding="utf-8")
        fcntl.flock(held[place], fcntl.LOCK_SH)
    os.utime(place + ".used")


def remove_old(place):
    """If it was not used for long, and is not used now."""
    used = place + ".used"
    with open(used, "a", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if time.time() - os.path.getmtime(used) > WEEK:
            remove(place)
            os.remove(used)


def kept(name, stamp, make):
    """The folder NAME-KEY; make(folder) fills it when it is not there, and old ones of that name go."""
    place = os.path.join(folder(), "%s-%s" % (name, stamp))
    with lock(name):
        hold(place)
        if os.path.isdir(place):
            return place
        for other in os.listdir(folder()):
            if other.rpartition("-")[0] == name and "." not in other and not other.endswith("-draft"):
                remove_old(os.path.join(folder(), other))
        # What was not finished the last time; nobody else makes one now.
        draft = os.path.join(folder(), name + "-draft")
        remove(draft)
        os.makedirs(draft)
        try:
            make(draft)
        except BaseException:
            remove(draft)
            raise
        os.rename(draft, place)
    return place


def mirror():
    """The mirror of Debian that this computer's apt uses."""
    if not shutil.which("apt-get"):
        raise Missing("apt-get is not installed")
    listed = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
                             "Label: Debian", "Component: main"], capture_output=True, text=True, check=False)
    if not listed.stdout.split():
        raise Missing("no mirror of Debian in this computer's package sources")
    return listed.stdout.split()[0]


def debootstrap(variant, suite, packages, root, *options):
    """A tree of Debian; everything that is mounted for making it is gone afterwards."""
    for program in ("mmdebstrap", "unshare"):
        if not shutil.which(program):
            raise Missing(program + " is not installed")
    if os.geteuid() != 0:
        raise Missing("only root can make the disk images")
    command = ["unshare", "--mount", "--propagation", "private", "mmdebstrap", "--quiet", "--mode=root",
               "--variant=" + variant, "--aptopt=Acquire::Languages \"none\"",
               "--aptopt=Acquire::Check-Valid-Until \"false\"", "--aptopt=Acquire::Retries \"2\"",
               "--aptopt=APT::Install-Recommends \"false\"", "--dpkgopt=force-unsafe-io",
               "--include=" + ",".join(packages)] + list(options) + [suite, root, mirror()]
    made = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if made.returncode:
        lines = made.stderr.strip().split("\n")
        raise Missing("mmdebstrap could not make a tree, is the network there? " + " ".join(lines[-3:])[-300:])
