"""Makes the disk images of the virtual PCs: Debian's packages on GPT with an ESP, finished by a start inside QEMU.

A tree by mmdebstrap becomes a file system without mounting anything; then the virtual PC starts from its kernel directly and
the distribution's own tools install the boot loader. What differs from image to image is in recipes.py.
"""
import inspect
import os
import shutil
import subprocess
import time

import cache
import computer
import recipes
import shapes

HERE = os.path.dirname(os.path.abspath(__file__))
ESP_START, ESP_SIZE, SYSTEM_SIZE = 1 << 20, 256 << 20, 5 << 30
SECTOR = 512
SYSTEM_UUID, ESP_ID = "fe44f000-0000-4000-8000-000000000001", "FE440001"
WORDS = recipes.WORDS
PROGRAMS = ("mkfs.vfat", "mke2fs", "sgdisk", "nm", "qemu-img")

FILES = {
    "etc/hostname": "bench\n",
    "etc/hosts": "127.0.0.1 localhost bench\n",
    "etc/locale.gen": "",
    # What is written stays in memory: the disk is for the system.
    "etc/systemd/journald.conf.d/bench.conf": "[Journal]\nStorage=volatile\n",
    # The user comes and goes; systemd's part for a user need not start each time.
    "etc/systemd/logind.conf.d/bench.conf": "[Login]\nUserStopDelaySec=infinity\n",
}
# Each costs a second of every start under emulation, and nothing here is about them.
NOT_STARTED = """apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer dpkg-db-backup.timer
    systemd-binfmt.service proc-sys-fs-binfmt_misc.automount proc-sys-fs-binfmt_misc.mount sys-fs-fuse-connections.mount
    sys-kernel-config.mount modprobe@configfs.service modprobe@fuse.service modprobe@dm_mod.service modprobe@efi_pstore.service
    systemd-pstore.service systemd-networkd.service systemd-network-generator.service systemd-journal-flush.service""".split()
# While the packages are unpacked: the start file of then only has to be there.
QUICK = {"initramfs-tools": ("etc/initramfs-tools/conf.d/quick", "COMPRESSLEVEL=1"),
         "dracut": ("etc/dracut.conf.d/quick.conf", "compress=\"gzip -1\"")}


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError("%s: %s" % (" ".join(map(str, command))[:200], (done.stdout + done.stderr)[-2000:]))
    return done.stdout


def put(root, path, text, mode=0o644):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(full, mode)


def make_tree(recipe, root):
    kept = os.path.join(cache.folder(), "packages")
    os.makedirs(kept, exist_ok=True)
    leave_out = ["--dpkgopt=path-exclude=/usr/share/%s/*" % name for name in ("doc", "man", "locale")]
    quick = ['--essential-hook=mkdir -p "$1/%s" && echo \'%s\' >"$1/%s"' % (os.path.dirname(path), text, path)
             for name, (path, text) in QUICK.items() if name in recipe.packages]
    cache.debootstrap("minbase", "bookworm", recipe.packages, root, *leave_out, *quick, "--skip=essential/unlink",
                      '--setup-hook=mkdir -p "$1/var/cache/apt/archives"; find "%s" -name "*.deb" -exec cp -t '
                      '"$1/var/cache/apt/archives" {} +' % kept,
                      # Renamed when whole: another image may be made at the same time.
                      '--customize-hook=cd "$1/var/cache/apt/archives" && for deb in *.deb; do [ -e "%s/$deb" ] || '
                      '{ new=$(mktemp "%s/new-XXXXXX") && cp "$deb" "$new" && mv "$new" "%s/$deb"; }; rm -f "$deb"; done'
                      % (kept, kept, kept))
    fstab = "UUID=%s / %s %s 0 1\nUUID=%s-%s %s vfat umask=0077 0 0\n" % (
        SYSTEM_UUID, recipe.filesystem, "defaults" if recipe.filesystem == "btrfs" else "errors=remount-ro", ESP_ID[:4],
        ESP_ID[4:], recipe.esp)
    put(root, "etc/fstab", fstab)
    put(root, "etc/kernel/cmdline", "root=UUID=%s ro quiet %s\n" % (SYSTEM_UUID, WORDS))
    for path, text in {**FILES, **recipe.files}.items():
        put(root, path, text.replace("@WORDS@", WORDS), 0o755 if text.startswith("#!") else 0o644)
    os.makedirs(root + recipe.esp, exist_ok=True)
    for name, place, mode in (("agent.py", "usr/local/sbin/bench-agent", 0o755),
                              ("agent.service", "etc/systemd/system/bench-agent.service", 0o644)):
        with open(os.path.join(HERE, "guest", name), encoding="utf-8") as stream:
            put(root, place, stream.read(), mode)
    secret = run("openssl", "passwd", "-6", computer.PASSWORD).strip()
    run("chroot", root, "sh", "-ec", """useradd -m -s /bin/bash -G sudo -p "$2" "$1"; passwd -d root
systemctl -q enable bench-agent
shift 2
systemctl -q mask "$@"
""" + recipe.tree, "sh", computer.USER, secret, *NOT_STARTED)


def make_disk(recipe, root, disk):
    with open(disk, "wb") as out:
        out.truncate(ESP_START + ESP_SIZE + SYSTEM_SIZE + (1 << 20))
    start = (ESP_START + ESP_SIZE) // SECTOR
    run("sgdisk", "-o", "-n", "1:%d:%d" % (ESP_START // SECTOR, start - 1), "-t", "1:ef00", "-n",
        "2:%d:%d" % (start, start + SYSTEM_SIZE // SECTOR - 1), "-t", "2:8304", disk)
    # So many clusters that UEFI, which goes by their number, sees FAT32, too.
    run("mkfs.vfat", "-F32", "-s", "2", "-i", ESP_ID, "--offset", ESP_START // SECTOR, disk, ESP_SIZE // 1024)
    if recipe.filesystem == "btrfs":
        part = disk + ".part"
        with open(part, "wb") as out:
            out.truncate(SYSTEM_SIZE)
        run("mkfs.btrfs", "-q", "-U", SYSTEM_UUID, "--rootdir", root, part)
        run("dd", "if=" + part, "of=" + disk, "bs=1M", "seek=%d" % ((ESP_START + ESP_SIZE) >> 20), "conv=sparse,notrunc")
        os.remove(part)
        return
    run("mke2fs", "-q", "-F", "-t", "ext4", "-U", SYSTEM_UUID, "-d", root, "-E",
        "offset=%d,lazy_itable_init=1" % (start * SECTOR), disk, "%dk" % (SYSTEM_SIZE // 1024))


def finish(recipe, place, root):
    """The distribution's own tools, inside the virtual PC that the disk is for; one start for each script."""
    boot = os.path.join(root, "boot")
    kernel, = (os.path.join(boot, name) for name in os.listdir(boot) if name.startswith("vmlinuz"))
    initrd, = (os.path.join(boot, name) for name in os.listdir(boot) if name.startswith("init"))
    with open(os.path.join(place, "log"), "w", encoding="utf-8") as log:
        for number, (flags, script) in enumerate(recipe.finish):
            words = "root=UUID=%s rw quiet %s %s" % (SYSTEM_UUID, WORDS, flags)
            with computer.Computer(shapes.SHAPES[recipe.shape], os.path.join(place, "disk.img"),
                                   os.path.join(place, "serial-%d.log" % number), write=True,
                                   kernel=(kernel, initrd, words)) as pc:
                pc.wait()
                log.write(pc.run(["bash", "-exc", script], limit=1200).expect())
                print("# %s: finished, %d s of a processor" % (recipe.name, pc.spent()), flush=True)
                pc.switch_off()


def make(recipe, place):
    begun = time.monotonic()
    root = os.path.join(place, "root")
    make_tree(recipe, root)
    make_disk(recipe, root, os.path.join(place, "disk.img"))
    print("# %s: a tree and a disk in %d s" % (recipe.name, time.monotonic() - begun), flush=True)
    finish(recipe, place, root)
    cache.remove(root)
    print("# %s: made in %d s" % (recipe.name, time.monotonic() - begun), flush=True)


def stamp(recipe):
    guest = [os.path.join(HERE, "guest", part) for part in ("agent.py", "agent.service")]
    made_by = [inspect.getsource(part) for part in (make_tree, make_disk, finish)]
    shape = shapes.SHAPES[recipe.shape]
    return cache.key(repr(recipe.__dict__), repr([FILES, NOT_STARTED, QUICK, shape.options, shape.ids]), *made_by, *guest)


def find(name):
    """The finished disk of that name, made when it is not there."""
    for program in PROGRAMS + (("mkfs.btrfs",) if recipes.RECIPES[name].filesystem == "btrfs" else ()):
        if not shutil.which(program):
            raise cache.Missing(program + " is not installed")
    recipe = recipes.RECIPES[name]
    return os.path.join(cache.kept("image-" + name, stamp(recipe), lambda place: make(recipe, place)), "disk.img")
