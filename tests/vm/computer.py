"""One virtual PC: starts QEMU, talks with the agent inside (guest/agent.py) and with QEMU itself, and ends it.

The disk is never written: what changes goes into an overlay that lives as long as the PC, unless a path for it is given.
The console of the PC is kept as serial.log with the time of each line.
"""
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import zlib

import cache
import emulator
import pci_ids

FIRMWARE = "/usr/share/OVMF/OVMF_CODE_4M.fd"
VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"
MARK = b"@bench "
STUCK = ("UEFI Interactive Shell", "grub rescue>", "Kernel panic", "(initramfs) ", "Press Enter for maintenance")
STARVED = b"Kernel panic - not syncing: timer doesn't work through Interrupt-remapped IO-APIC"
USER, PASSWORD = "anna", "a-password-for-tests"


class Broken(Exception):
    """The virtual PC does not do what it has to; the text is what a person needs to know."""


class Answer:
    """What a command inside gave."""

    def __init__(self, argv, status, output, seconds):
        self.argv, self.status, self.output, self.seconds = argv, status, output, seconds

    def expect(self, status=0):
        if self.status != status:
            raise Broken("%s: status %s\n%s" % (" ".join(self.argv)[:200], self.status, self.output[-3000:]))
        return self.output


def need():
    for program in ("qemu-img", "setpriv"):
        if not shutil.which(program):
            raise cache.Missing(program + " is not installed")
    if not os.path.exists(FIRMWARE):
        raise cache.Missing("UEFI firmware for virtual machines (OVMF) is not installed")


def overlay(disk, path):
    kind = "qcow2" if disk.endswith(".qcow2") else "raw"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", kind, "-b", os.path.abspath(disk), path], check=True)


def has_colours(ppm):
    """@ppm: a picture, three bytes a point after a head of three lines."""
    points = ppm.split(b"\n", 3)[3]
    return points != points[:3] * (len(points) // 3)


class Computer:
    def __init__(self, shape, disk, log, change=None, variables=None, put=None, kernel=None, memory=2048, write_log=None,
                 more=(), write=False):
        """@change: where the overlay is kept; @put: a tar that /bench inside is made from; @kernel: (kernel, initrd,
        command line) for starting by the firmware, without a boot loader; @write_log: every write of the disk is written down there;
        @write: no overlay."""
        need()
        self.place = tempfile.mkdtemp(prefix="ferry-vm-")
        self.shape, self.log, self.starved, self.boot = shape, log, 0, None
        self.variables = os.path.join(self.place, "variables")
        shutil.copy(variables if variables and os.path.exists(variables) else VARIABLES, self.variables)
        self.disk = disk
        if not write:
            self.disk = change or os.path.join(self.place, "overlay.qcow2")
            if not os.path.exists(self.disk):
                overlay(disk, self.disk)
        self.number, self.pending, self.begun = 0, b"", time.monotonic()
        os.makedirs(os.path.dirname(log), exist_ok=True)
        self._start(self._command(put, kernel, memory, write_log) + list(more))

    def _command(self, put, kernel, memory, write_log):
        kind = "qcow2" if self.disk.endswith(".qcow2") else "raw"
        node = "disk" if write_log else "system"
        command = ["setpriv", "--pdeathsig", "KILL", emulator.find(), "-nodefaults", "-accel", emulator.accelerate(self.shape.vendor), "-m", str(memory),
                   "-smp", os.environ.get("FERRY_VM_CPUS", "1"), "-display", "none", "-S",
                   "-qmp", "unix:%s/qmp,server=on,wait=off" % self.place, "-serial", "stdio",
                   "-chardev", "socket,id=agent,path=%s/agent,server=on,wait=off" % self.place, "-serial", "chardev:agent",
                   "-netdev", "user,id=lan,restrict=on",
                   "-blockdev", "driver=%s,node-name=%s,discard=unmap,cache.no-flush=on,file.driver=file,file.filename=%s"
                   % (kind, node, self.disk)]
        if write_log:
            command += ["-blockdev", "driver=blklogwrites,node-name=system,file=disk,log-sector-size=512,log.driver=file,"
                        "log.filename=" + write_log]
        command += self.shape.options
        command += ["-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + FIRMWARE,
                    "-drive", "if=pflash,unit=1,format=raw,file=" + self.variables]
        if kernel:
            command += ["-kernel", kernel[0], "-initrd", kernel[1], "-append", kernel[2]]
        if put:
            command += ["-drive", "if=none,id=put,format=raw,snapshot=on,file=" + put,
                        "-device", "ide-hd,drive=put,bus=ide.1,serial=BENCH"]
        return command

    def _start(self, command):
        with open(self.log, "wb"):
            pass
        self.errors = open(self.log + ".qemu", "w+", encoding="utf-8")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors)
        try:
            self.qmp = self._connect("qmp")
            self.qmp_lines = self.qmp.makefile("rw")
            self.qmp_lines.readline()
            self.ask("qmp_capabilities")
            self.agent = self._connect("agent")
            if self.shape.ids:
                pci_ids.change(self.process.pid, self.shape.ids)
            self.ask("cont")
        except BaseException:
            self.end()
            raise
        self.reader = threading.Thread(target=self._keep_console, daemon=True)
        self.reader.start()

    def _connect(self, name):
        stream, end = socket.socket(socket.AF_UNIX), time.monotonic() + 30
        while stream.connect_ex(os.path.join(self.place, name)):
            if self.process.poll() is not None or time.monotonic() > end:
                self.errors.seek(0)
                raise Broken("QEMU did not start: " + self.errors.read()[-2000:])
            time.sleep(0.05)
        return stream

    def _keep_console(self):
        with open(self.log, "wb") as out:
            for line in self.process.stdout:
                out.write(b"%7.1f " % (time.monotonic() - self.begun) + line)
                out.flush()

    def ask(self, name, **arguments):
        """Of QEMU itself."""
        try:
            self.qmp_lines.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
            self.qmp_lines.flush()
            for line in self.qmp_lines:
                answer = json.loads(line)
                if "error" in answer:
                    raise Broken("QEMU, %s: %s" % (name, answer["error"].get("desc")))
                if "return" in answer:
                    return answer["return"]
        except OSError:
            pass
        self.errors.seek(0)
        raise Broken("QEMU ended: " + self.errors.read()[-2000:])

    def _read(self, end):
        """The next message of the agent."""
        while True:
            while b"\n" in self.pending:
                line, _, self.pending = self.pending.partition(b"\n")
                if line.startswith(MARK):
                    return json.loads(line[len(MARK):])
            try:
                self.agent.settimeout(2)
                data = self.agent.recv(1 << 16)
            except socket.timeout:
                if time.monotonic() < end and (self._tries_again() or not self._is_stuck()):
                    continue
                raise Broken("no answer in time; the last lines of the console:\n" + self.console(15)) from None
            if not data:
                raise Broken("the virtual PC switched itself off:\n" + self.console(15))
            self.pending += data

    def _tries_again(self):
        """On a busy computer the emulation starves the timer while the kernel tests it, in the first second of a start."""
        with open(self.log, "rb") as stream:
            seen = stream.read().count(STARVED)
        if seen <= self.starved or seen > 3:
            return False
        self.starved = seen
        self.ask("system_reset")
        return True

    def _is_stuck(self):
        """In what no system comes back from by itself."""
        last = self.console(15)
        return STARVED.decode() not in last and any(text in last for text in STUCK)

    def console(self, lines):
        try:
            with open(self.log, "rb") as stream:
                last = [re.sub(rb"\x1b\[[0-9;=]*[A-Za-z]|[^\x20-\x7e]", b"", line)[:200] for line in stream.readlines()[-lines:]]
                return b"\n".join(last).decode("ascii")
        except OSError:
            return ""

    def wait(self, limit=900):
        """Until the system has started; returns the seconds since it was switched on or last restarted."""
        begun = time.monotonic()
        while True:
            message = self._read(begun + limit)
            if "hello" in message and message["hello"] != self.boot:
                self.boot = message["hello"]
                return time.monotonic() - begun

    def send(self, argv, user=None, terminal=False, answers=(), limit=600):
        """Starts a command; its answer is taken by receive()."""
        if isinstance(argv, str):
            argv = ["/bin/sh", "-c", argv]
        self.number += 1
        request = {"id": self.number, "argv": argv, "user": user, "terminal": terminal, "answers": list(answers),
                   "limit": limit}
        self.agent.settimeout(60)
        self.agent.sendall(json.dumps(request).encode() + b"\n")
        return argv, limit, time.monotonic()

    def receive(self, sent):
        argv, limit, begun = sent
        while True:
            message = self._read(begun + limit + 60)
            if message.get("id") == self.number:
                output = zlib.decompress(base64.b64decode(message["output"])).decode("utf-8", "replace")
                return Answer(argv, message["status"], output.replace("\r\n", "\n"), time.monotonic() - begun)
            if "hello" in message:
                raise Broken("the virtual PC restarted by itself:\n" + self.console(15))

    def run(self, argv, **options):
        return self.receive(self.send(argv, **options))

    def restart(self, limit=900):
        self.send("systemctl reboot")
        return self.wait(limit)

    def switch_off(self, limit=120):
        """Properly."""
        self.send("systemctl poweroff")
        try:
            self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise Broken("it did not switch itself off:\n" + self.console(15)) from None
        self.end()

    def spent(self):
        """Seconds that processors worked for it: unlike the time on the wall, about the same on a busy computer."""
        try:
            with open("/proc/%d/stat" % self.process.pid, encoding="ascii") as stream:
                fields = stream.read().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def picture(self, path, device="hostcard", kind="png"):
        """The screen of a card."""
        self.ask("screendump", device=device, format=kind, filename=os.path.abspath(path))

    def shows_something(self, device="hostcard"):
        """Whether the screen of a card has more than one colour."""
        path = os.path.join(self.place, "screen.ppm")
        self.picture(path, device, "ppm")
        with open(path, "rb") as stream:
            return has_colours(stream.read())

    def end(self):
        """The cable is pulled."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.errors.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
