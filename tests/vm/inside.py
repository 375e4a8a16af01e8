"""The whole road of the program's name: a virtual machine inside the virtual PC, made by ferryctl, starts with the card and sees it.

What it starts from is a small disk with systemd-boot and the kernel of the virtual PC, which names every PCI device it finds on the serial
console and then, without a root file system, restarts.
"""
import os
import time

import road
import shapes
import traveller

NAME, DISK = "inner", "/var/lib/libvirt/images/inner.img"
# systemd-boot and a kernel, for UEFI; also for a disc.
MAKE_DISK = """set -e
mkfs.vfat -C %(disk)s 65536
mount -o loop %(disk)s /mnt
mkdir -p /mnt/EFI/BOOT /mnt/loader/entries
cp /usr/lib/systemd/boot/efi/systemd-bootx64.efi /mnt/EFI/BOOT/BOOTX64.EFI
cp /boot/vmlinuz-* /mnt/vmlinuz
printf 'timeout 0\\ndefault inner\\n' >/mnt/loader/loader.conf
printf 'title inner\\nlinux /vmlinuz\\noptions console=ttyS0 panic=-1\\n' >/mnt/loader/entries/inner.conf
umount /mnt
"""
# What comes out of the console, kept until it is looked at.
LISTEN = "tty=$(virsh -c qemu:///system ttyconsole %s) && (timeout 600 cat $tty >/bench/inner.log 2>&1 &)"


def wrong_console(pc):
    """What is wrong with what the machine inside wrote: both functions of the card have to be in it."""
    wanted = [ids.split(":")[0:2] for _, ids, _ in shapes.GTX1070]
    for _ in range(100):
        text = pc.run("cat /bench/inner.log").output
        if all("[%s:%s]" % tuple(ids) in text for ids in wanted):
            return ""
        time.sleep(3)
    return "it does not list the card:\n" + text[-1500:]


class Inside(road.Road):
    def travel(self):
        self.step("starts, and Ferry is installed", self.install)
        self.step("apply, by a user with a password", self.apply)
        self.step("after a restart exactly the card is on vfio-pci", self.bound)
        self.step("a virtual machine with the card is made", self.create)
        self.step("it starts", self.start)
        self.step("its serial console lists the card", self.see)
        self.step("it is stopped and removed", self.remove)
        self.step("the system's devices are as after the restart", self.still_bound)

    def vm(self, *words, limit=300):
        answer = self.user.look("vm", *words, limit=limit)
        return "" if answer.status == 0 else "status %d\n%s" % (answer.status, answer.output)

    def create(self):
        self.pc.run(MAKE_DISK % {"disk": DISK}).expect()
        wrong = self.vm("create", NAME, "--card", self.card, "--system", "linux", "--memory", "512M", "--processors", "1",
                        "--disk", DISK, "--network", "none", "--no-tuning", "--no-window", "--yes")
        return wrong or self.named(self.user.look("vm", "list").output)

    @staticmethod
    def named(output):
        return "" if NAME in output else "it is not in the list:\n" + output

    def start(self):
        begun = time.monotonic()
        wrong = self.vm("start", NAME, limit=600)
        self.tap.note("the start took %d s" % (time.monotonic() - begun))
        if wrong:
            return wrong + "\n" + self.pc.run("tail -5 /var/log/libvirt/qemu/inner.log").output
        self.pc.run(LISTEN % NAME).expect()
        return ""

    def see(self):
        wrong = wrong_console(self.pc)
        text = self.pc.run("cat /bench/inner.log").output
        self.tap.note("; ".join(line.strip() for line in text.split("\n") if "[10de:" in line))
        if wrong:
            with open(os.path.join(self.out, self.tap.part, "inner.log"), "w", encoding="utf-8") as out:
                out.write(text)
            self.pc.picture(os.path.join(self.out, self.tap.part, "inner.png"), "card")
        return wrong

    def remove(self):
        return self.vm("stop", NAME, "--force") or self.vm("remove", NAME, "--keep-disk", "--yes")

    def still_bound(self):
        return traveller.wrong_binding(self.drivers, traveller.drivers(self.pc), self.card)
