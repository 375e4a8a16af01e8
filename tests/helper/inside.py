#!/usr/bin/python3
"""The tests of test-systemd, run inside its computer as a service: TAP on standard output.

usage: inside.py SOURCE-FOLDER RELEASE      RELEASE: of the kernel whose start files can be made, "-" for none
"""
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time

SOURCE, RELEASE = sys.argv[1], sys.argv[2]
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench import ERROR, INTERACTIVE, NAME, PASSWORD, PATIENCE, USER, USER_ID, Caller, Report, apply_text, intent

os.environ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin"
WORDS = ("iommu=pt", "vfio-pci.ids=10de:13c2,10de:0fbb")
report = Report()


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def as_user(*command):
    return run("setpriv", "--reuid=%d" % USER_ID, "--regid=%d" % USER_ID, "--clear-groups", *command)


def show(unit, *names):
    lines = run("systemctl", "show", unit, "--property=" + ",".join(names)).split("\n")
    return dict(line.split("=", 1) for line in lines if "=" in line)


def log(unit):
    return run("journalctl", "--no-pager", "-o", "cat", "-n", "40", "-u", unit)


def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def files(*folders):
    return run("find", *folders, "-type", "f", "-exec", "sha256sum", "{}", "+").split("\n")


class Prompt:
    """pkttyagent on a terminal: the real password prompt of a process."""

    def __init__(self, process):
        ready, closed = os.pipe()
        os.set_inheritable(closed, True)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.setgroups([])
            os.setresgid(USER_ID, USER_ID, USER_ID)
            os.setresuid(USER_ID, USER_ID, USER_ID)
            os.environ["LC_ALL"] = "C.UTF-8"
            os.execvp("pkttyagent", ["pkttyagent", "--notify-fd", str(closed), "--process", str(process)])
        os.close(closed)
        select.select([ready], [], [], PATIENCE)  # it ends when the agent is registered
        os.close(ready)

    def answer(self, password):
        """Waits for the prompt; what stands on the terminal."""
        seen = self.read_until("Password: ")
        # What is typed before the terminal stops showing it is thrown away (tcsetattr(3), TCSAFLUSH).
        for _ in range(PATIENCE * 50):
            if not termios.tcgetattr(self.terminal)[3] & termios.ECHO:
                break
            time.sleep(0.02)
        os.write(self.terminal, (password + "\n").encode())
        return seen

    def read_until(self, end):
        seen = b""
        while end.encode() not in seen and select.select([self.terminal], [], [], PATIENCE)[0]:
            try:
                seen += os.read(self.terminal, 4096)
            except OSError:
                break
        return seen.decode(errors="replace")

    def close(self):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def test_start():
    reply = Caller(0)
    value = reply.value("Inspect")
    report.check(value is not None and "kernel" in value[0] and "0000:01:00.0" in value[0]["roms"], "D-Bus starts the service, and it looks",
                 (value, log("ferry-helper")))
    reply.close()
    state = show("ferry-helper", "ActiveState", "FragmentPath", "MainPID", "NeedDaemonReload")
    report.same((state["ActiveState"], state["NeedDaemonReload"]), ("active", "no"), "by its unit")
    report.same(show("ferry-recover", "Result", "ConditionResult")["Result"], "success", "the recovery unit is in order")
    return int(state["MainPID"])


def inside_of(process, *command):
    return subprocess.run(["nsenter", "-t", str(process), "-m"] + list(command), capture_output=True, check=False).returncode == 0


def test_sandbox(process):
    status = dict(line.split(":", 1) for line in read("/proc/%d/status" % process).strip().split("\n"))
    report.same((status["CapBnd"].strip(), status["NoNewPrivs"].strip(), status["Seccomp"].strip()), ("000000000000000b", "1", "2"),
                "three capabilities, no new ones, a filter of system calls")
    report.same(os.readlink("/proc/%d/fd/0" % process), "/dev/kmsg", "the kernel's log is handed over open")
    report.check(not inside_of(process, "cat", "/dev/kmsg"), "and cannot be opened")
    report.check(not os.path.exists("/dev/vda") or not inside_of(process, "ls", "/dev/vda"), "no disk is there")
    for path in ("/usr/x", "/opt/x", "/var/x", "/home/x", "/root/x", "/sys/x", "/dev/shm/../x"):
        report.check(not inside_of(process, "touch", path), "nothing can be written in " + os.path.dirname(path))
    for path in ("/etc/.x", "/boot/.x", "/var/lib/ferry/.x"):
        report.check(inside_of(process, "touch", path) and inside_of(process, "rm", path), "files can be written in " + os.path.dirname(path))


def test_same_plan(person):
    """The sandbox must not show the helper another computer than the user sees."""
    for options in ([], ["--join-group"], ["--no-install"]):
        words = ["'cards': <['0000:01:00.0']>"]
        words += ["'join-group': <true>"] if "--join-group" in options else []
        words += ["'install': <false>"] if "--no-install" in options else []
        # By its own eyes: without a bus it cannot ask the helper.
        mine = as_user("env", "DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nowhere", "/usr/local/bin/ferryctl", "plan", "--card", "0000:01:00.0", "--json", *options)
        theirs = person.value("Preview", "({%s},)" % ", ".join(words))
        try:
            pair = json.loads(mine[:mine.rindex("}") + 1]), json.loads(theirs[0])
        except (ValueError, TypeError):
            pair = {"digest": mine}, {"digest": theirs}
        report.check(pair[0] == pair[1] and len(pair[0]["digest"]) == 64 and not pair[0]["refusals"],
                     "the helper's plan is the user's %s" % " ".join(options), pair)
    return person.digest(intent())


def begin(person, method, text, password):
    """A change with a password at a real prompt; what stands on the terminal. The reply is to be read."""
    prompt = Prompt(person.process.pid)
    person.send("", batch=[{"method": method, "text": text, "flags": INTERACTIVE}])
    seen = prompt.answer(password)
    return prompt, seen


def end(person, prompt):
    """The reply, and the message of an error."""
    text = person.read()
    prompt.close()
    return json.loads(text[3:])[0] if text.startswith("ok ") else [text, ""]


def test_password(person, digest):
    before = files("/etc", "/boot")
    prompt, seen = begin(person, "Apply", apply_text(digest), "one wrong word")
    report.check("GeForce GTX 970" in seen and "$(" not in seen, "a real prompt names the card", seen)
    prompt.read_until("FAILED")
    report.same(end(person, prompt)[0], ERROR + "NotAuthorized", "a wrong password")
    report.same(files("/etc", "/boot"), before, "changes nothing")


def test_apply(person, digest):
    before = files("/etc")
    prompt, _ = begin(person, "Apply", apply_text(digest), PASSWORD)
    reply, message = end(person, prompt)
    details = (reply, message, log("ferry-helper"), log("ferry-rebuild"))
    report.check(reply.startswith("ok "), "the right password applies", details)
    identifier = json.loads(reply[3:])[0] if reply.startswith("ok ") else "none"
    report.same(show("ferry-rebuild", "Result", "ExecMainStatus"), {"Result": "success", "ExecMainStatus": "0"}, "the programs ran in their unit")
    listing = run("lsinitramfs", "/boot/initrd.img-" + RELEASE)
    report.check("vfio-pci.ko" in listing and "etc/modprobe.d/ferry.conf" in listing, "the first RAM disk has what it needs", listing[-300:])
    menu = read("/boot/grub/grub.cfg")
    report.check(all(word in menu for word in WORDS), "the boot menu has the words", menu[-1500:])
    report.same([name for name in os.listdir("/var/lib/ferry") if name not in ("journal", "lock")], [], "no errand is left")
    return identifier, before


def test_undo(person, identifier, before):
    prompt, _ = begin(person, "Undo", "('%s', @a{sv} {})" % identifier, PASSWORD)
    reply, message = end(person, prompt)
    report.check(reply == "ok []", "the right password undoes", (reply, message, log("ferry-helper"), log("ferry-rebuild")))
    report.same(files("/etc"), before, "every file of etc is as before")
    menu = read("/boot/grub/grub.cfg")
    report.check(not any(word in menu for word in WORDS) and "linux" in menu, "the boot menu is without the words", menu[-1500:])
    listing = run("lsinitramfs", "/boot/initrd.img-" + RELEASE)
    report.check("vfio-pci.ko" not in listing and "kernel/" in listing, "and so is the first RAM disk", listing[-300:])


def test_program_fails(person):
    """A maker that fails in the other unit: its sentence arrives, and everything is put back."""
    before, maker = files("/etc", "/boot"), "/usr/sbin/mkinitramfs"
    os.rename(maker, maker + ".real")
    with open(maker, "w", encoding="utf-8") as out:
        out.write("#!/bin/sh\necho it is broken\nexit 7\n")
    os.chmod(maker, 0o755)
    prompt, _ = begin(person, "Apply", apply_text(person.digest(intent())), PASSWORD)
    reply, message = end(person, prompt)
    report.check(reply == ERROR + "Failed" and "mkinitramfs" in message, "a program that fails is told by name", (reply, message))
    report.check("it is broken" in log("ferry-rebuild"), "what it said is in the system's log", log("ferry-rebuild"))
    report.same(files("/etc", "/boot"), before, "and everything is as before")
    return maker


def test_power_cut(person, maker):
    """The helper is killed while a maker works; the recovery unit puts the computer in order."""
    before = files("/etc", "/boot")
    with open(maker, "w", encoding="utf-8") as out:
        out.write("#!/bin/sh\ntouch /run/made\nsleep 60\n")
    prompt, _ = begin(person, "Apply", apply_text(person.digest(intent())), PASSWORD)
    for _ in range(PATIENCE * 10):
        if os.path.exists("/run/made"):
            break
        time.sleep(0.1)
    run("systemctl", "kill", "-s", "KILL", "ferry-helper")
    run("systemctl", "kill", "-s", "KILL", "ferry-rebuild")
    end(person, prompt)
    report.check(files("/etc", "/boot") != before, "it was cut off in the middle")
    run("systemctl", "start", "ferry-recover")
    report.same(show("ferry-recover", "Result", "ConditionResult"), {"Result": "success", "ConditionResult": "yes"}, "the recovery unit ran")
    report.same(files("/etc", "/boot"), before, "and everything is as before")
    os.rename(maker + ".real", maker)


def test_alone(caller):
    """Started without a change under way, the rebuild unit does nothing."""
    before = files("/etc", "/boot", "/var/lib/ferry/journal")
    with open("/var/lib/ferry/errand", "w", encoding="utf-8") as out:
        out.write("20261122-194501-1a2b3c4d 0 forward\n")
    os.chmod("/var/lib/ferry/errand", 0o600)
    run("systemctl", "start", "ferry-rebuild")
    report.same(show("ferry-rebuild", "Result")["Result"], "exit-code", "the rebuild unit alone fails")
    report.same(files("/etc", "/boot", "/var/lib/ferry/journal"), before, "and does nothing")
    caller.value("History")
    done = subprocess.run(["/usr/local/libexec/ferry-helper"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    report.same(done.returncode, 1, "a second helper ends: the name is taken")


def main():
    process = test_start()
    test_sandbox(process)
    person = Caller(USER_ID)
    digest = test_same_plan(person)
    test_password(person, digest)
    if RELEASE != "-":
        identifier, before = test_apply(person, digest)
        test_undo(person, identifier, before)
        maker = test_program_fails(person)
        test_power_cut(person, maker)
    test_alone(person)
    person.close()


try:
    main()
except Exception as reason:  # whatever it is has to be told, or the computer would just switch off
    report.check(False, "the tests ran to their end", repr(reason))
print("1..%d" % report.lines, flush=True)
