"""A small Linux on an ISO image that starts by UEFI: the kernel of Debian and one program that says hello on the serial line.

The kernel is that of the kept root of tests/act (real_root). It is put with its start line and an initramfs of one file into
one program for the firmware (a unified kernel image, with the stub of systemd), and that onto a disc.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "act"))
import real_root

STUB = "/usr/lib/systemd/boot/efi/linuxx64.efi.stub"
HELLO = "Ferry: a small Linux is up"
PROGRAMS = ("cc", "objcopy", "mkfs.fat", "mcopy", "mmd", "xorriso", "cpio")
LINE = "console=ttyS0 quiet panic=-1 random.trust_cpu=on"

# No libc: write(2), then reboot(2) is left to who switches the machine off.
INIT = r"""
static long call (long number, long a, long b, long c)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "a" (number), "D" (a), "S" (b), "d" (c) : "rcx", "r11", "memory");
  return result;
}
void _start (void)
{
  static const char text[] = "\n%s\n";
  static const long second[2] = { 1, 0 };
  for (;;)
    {
      call (1, 1, (long)text, sizeof text - 1);
      call (35, (long)second, 0, 0);
    }
}
"""


def missing():
    """Why it cannot be made here, or an empty string."""
    programs = [name for name in PROGRAMS if shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None]
    if not os.path.exists(STUB):
        programs.append("systemd-boot-efi")
    return "missing: " + ", ".join(programs) if programs else ""


def run(*words, **options):
    environment = dict(os.environ, PATH=os.environ["PATH"] + ":/usr/sbin:/sbin", SOURCE_DATE_EPOCH="0")
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, env=environment, **options)
    if done.returncode:
        raise RuntimeError("%s: %s" % (words[0], done.stderr.decode(errors="replace")[-500:]))


def make_initramfs(place):
    tree = os.path.join(place, "initramfs")
    os.makedirs(os.path.join(tree, "dev"))
    with open(os.path.join(place, "init.c"), "w", encoding="utf-8") as out:
        out.write(INIT % HELLO)
    run("cc", "-O1", "-static", "-nostdlib", "-ffreestanding", "-fno-stack-protector", "-fno-pie", "-no-pie", "-o",
        os.path.join(tree, "init"), os.path.join(place, "init.c"))
    os.mknod(os.path.join(tree, "dev/console"), 0o600 | 0o020000, os.makedev(5, 1))
    archive = os.path.join(place, "initramfs.cpio")
    with open(archive, "wb") as out:
        subprocess.run(["cpio", "--quiet", "-o", "-H", "newc"], input=b"dev\ndev/console\ninit\n", stdout=out, cwd=tree, check=True)
    return archive


def make(place):
    """Returns the path of the image; real_root.Missing where there is no kernel to be had."""
    root = real_root.base()
    kernel = os.path.join(root, "boot", "vmlinuz-" + real_root.kernel(root))
    line = os.path.join(place, "line")
    with open(line, "w", encoding="utf-8") as out:
        out.write(LINE)
    program, disc, tree = (os.path.join(place, name) for name in ("linux.efi", "efi.img", "disc"))
    run("objcopy", "--add-section", ".cmdline=" + line, "--change-section-vma", ".cmdline=0x30000",
        "--add-section", ".linux=" + kernel, "--change-section-vma", ".linux=0x2000000",
        "--add-section", ".initrd=" + make_initramfs(place), "--change-section-vma", ".initrd=0x4000000", STUB, program)
    with open(disc, "wb") as out:
        out.truncate(os.path.getsize(program) + 2 * 1024 * 1024)
    run("mkfs.fat", disc)
    run("mmd", "-i", disc, "::/EFI", "::/EFI/BOOT")
    run("mcopy", "-i", disc, program, "::/EFI/BOOT/BOOTX64.EFI")
    os.makedirs(tree)
    shutil.move(disc, os.path.join(tree, "efi.img"))
    image = os.path.join(place, "small-linux.iso")
    run("xorriso", "-as", "mkisofs", "-quiet", "-V", "SMALL_LINUX", "-e", "efi.img", "-no-emul-boot", "-o", image, tree)
    return image
