"""drive_verify.py: the stories of drive after the restart: what the page Verify says, and its buttons.

The computer is the recorded reference computer as the change and a restart leave it, with one thing
taken away in each story; the helper is a stand-in.
"""
import json
import os
import subprocess

from gi.repository import GLib

from drive_changes import check, is_asked
from drive_window import Atspi, BUTTONS
from stand_in import CHANGED

CARD = "0000:01:00.0"
DEVICES = "sys/devices/pci0000:00/0000:00:01.0/"
MODPROBE = "etc/modprobe.d/ferry.conf"
WORDS = " vfio-pci.ids=10de:13c2,10de:0fbb"
FREE = "GeForce GTX 970 (NVIDIA) is kept free for virtual machines"


class Computer:
    """A recording that can be changed before it is looked at."""

    def __init__(self, stage, started=CHANGED + 1000):
        path = os.path.join(stage.source, "tests", "machines", "maximus-vii-ranger-bound.machine")
        with open(path, encoding="utf-8") as stream:
            self.record = json.load(stream)
        self.folder = stage.folder
        # As before any change: the settings in it are not of a change that the stand-in knows.
        self.record["entries"] = [entry for entry in self.record["entries"]
                                  if not entry["path"].startswith("etc/") or "ferry" not in entry["path"]]
        self.record["entries"].append({"path": "proc/stat", "type": "file", "text": ""})
        self.write("proc/stat", "cpu 0\nbtime %d\n" % started)

    def entry(self, path):
        return next(entry for entry in self.record["entries"] if entry["path"] == path)

    def write(self, path, text):
        self.entry(path)["text"] = text

    def without(self, words):
        self.write("proc/cmdline", self.entry("proc/cmdline")["text"].replace(words, ""))

    def driver(self, address, name):
        link = self.entry(DEVICES + address + "/driver")
        link["target"] = os.path.join(os.path.dirname(link["target"]), name)
        uevent = DEVICES + address + "/uevent"
        self.write(uevent, self.entry(uevent)["text"].replace("DRIVER=vfio-pci", "DRIVER=" + name))

    def save(self, name="computer"):
        path = os.path.join(self.folder, name + ".machine")
        with open(path, "w", encoding="utf-8") as stream:
            json.dump(self.record, stream)
        return path


def told(pending=(), edited=(), menu="yes", log=()):
    """What the helper tells of the change in force."""
    intent = {"cards": GLib.Variant("as", [CARD]), "show-menu": GLib.Variant("b", False)}
    return {"intent": GLib.Variant("a{sv}", intent), "edited": GLib.Variant("as", edited),
            "pending": GLib.Variant("as", pending), "menu": GLib.Variant("s", menu),
            "log": GLib.Variant("a(ssu)", log)}


def look(stage, computer, facts=None, **wishes):
    """Opens the window as a person does after the restart: not on any page in particular."""
    stage.machine = computer.save()
    helper = stage.stand_in(entries=1, facts=told() if facts is None else facts, **wishes)
    window = stage.open([stage.machine])
    window.wait("the step Verify", lambda: window.is_at("Verify"))
    return window, helper


def row_of(window, title):
    """The name of the head of a row: the verdict, then the title."""
    window.wait_for(title)
    return next(node.get_name() for node in window.nodes(BUTTONS)
                if (node.get_name() or "").endswith(": " + title))


def every_control_has_a_name(window):
    nameless = window.nameless_controls()
    check("controls without a name", not nameless, nameless)


def opened(window, title):
    """Whether the row of that title is open, as a screen reader hears it."""
    node = window.find(row_of(window, title))
    return node is not None and node.get_state_set().contains(Atspi.StateType.EXPANDED)


def before_and_after_the_restart(stage):
    """the window opens on Restart before it, and on Verify after it: all is well"""
    computer = Computer(stage, started=CHANGED - 1000)
    computer.driver(CARD, "nvidia")
    stage.machine = computer.save("before")
    stage.stand_in(entries=1, facts=told())
    window = stage.open([stage.machine])
    window.wait("the step Restart", lambda: window.is_at("Restart"))
    window.wait_for("counts from the next start on")
    window.close()
    stage.close()

    window, _helper = look(stage, Computer(stage))
    window.wait_for("It worked")
    window.wait_for("GeForce GTX 970 (NVIDIA) is free for a virtual machine.")
    for text in ("In Order", FREE, "The IOMMU is on", "Nothing else in the card's group is in use",
                 "Your system has its own graphics card and screen",
                 "The kernel was started with Ferry's words", "Signals of devices are kept apart"):
        window.wait_for(text)
    check("nothing to do", not window.shows("Needs Attention"), window.texts())
    every_control_has_a_name(window)
    window.press("Next")
    window.wait("the step System", lambda: window.is_at("System"))


def another_entry_was_used(stage):
    """the words did not arrive: which loader and kernel it was, and Restart as a button"""
    computer = Computer(stage)
    computer.without(WORDS)
    computer.driver(CARD, "nvidia")
    window, helper = look(stage, computer)
    window.wait_for("Something is missing")
    window.wait_for("Needs Attention")
    window.wait_for("another entry of the menu")
    window.wait_for("Missing:" + WORDS)
    window.wait_for("Started kernel: /boot/vmlinuz-6.12-x86_64")
    check("one may go on all the same", window.is_sensitive("Skip"))
    every_control_has_a_name(window)
    window.press("Restart…")
    window.wait("the step Restart", lambda: window.is_at("Restart"))
    window.press("Restart Now…")
    window.press("Restart Now")
    is_asked(window, helper, "Reboot")


def the_old_driver_was_faster(stage):
    """the card is with its old driver: said first, and the way to undo opens"""
    computer = Computer(stage)
    computer.driver(CARD, "nouveau")
    window, helper = look(stage, computer)
    window.wait_for("Not there yet: Your system still uses GeForce GTX 970 (NVIDIA).")
    window.wait_for("The usual driver was faster.")
    window.wait_for("0000:01:00.0 [10de:13c2] nouveau")
    every_control_has_a_name(window)
    window.press("Undo…")
    window.wait_for("Changes of Ferry")
    window.press("Undo the Newest Change…")
    is_asked(window, helper, "Undo 1")
    window.wait_for("It was taken back")
    window.key("Escape")
    window.wait("one window", lambda: len(window.list_windows()) == 1)


def changed_by_an_update(stage):
    """an update took something away: named, and the same change is made again"""
    facts = told(pending=[MODPROBE, "initramfs"], edited=[MODPROBE])
    window, helper = look(stage, Computer(stage), facts)
    window.wait_for("Something is different now")
    window.wait_for("A file that Ferry wrote was changed afterwards")
    window.wait_for("/" + MODPROBE)
    every_control_has_a_name(window)
    window.press("Make the Change Again…")
    window.wait("the step Review", lambda: window.is_at("Review"))
    window.wait("a plan", lambda: window.is_sensitive("Change Now…"))
    check("the boot menu stays as it is", not window.shows("Show the boot menu"), window.texts())
    window.press("Change Now…")
    window.wait("the end", lambda: window.is_sensitive("Next"))
    check("it was changed", "Apply" in helper.asked, helper.asked)


def pasted(window):
    window.key("ctrl+a", "ctrl+v")
    return window.entry_text("Search devices")


def report_and_record(stage):
    """the report is copied and can be pasted; the record is saved and says the same elsewhere"""
    log = [("dmar-running", "", 1), ("cannot-reserve", CARD, 2)]
    window, _helper = look(stage, Computer(stage), told(log=log))
    window.wait_for("What the Kernel Says")
    window.wait_for("The picture of the start still holds this card")
    window.press("Copy Report")
    path = os.path.join(stage.folder, "saved.machine")
    window.press("Save Record…")
    window.wait("the file dialog", lambda: len(window.list_windows()) > 1)
    window.key("ctrl+a")
    window.write(path)
    window.key("Return")
    window.wait("the record", lambda: os.path.exists(path))
    said = subprocess.run([stage.ferryctl, "verify", "--machine", path], capture_output=True,
                          text=True, check=False, env=dict(os.environ, LC_ALL="C.UTF-8"))
    check("it says the same elsewhere", "A change of Ferry is in force" in said.stdout
          and "The picture of the start still holds the card" in said.stdout, said.stdout)
    for _step in ("Restart", "Change", "Review", "Options", "Devices"):
        window.press("Back")
        window.wait("the step %s" % _step, lambda step=_step: window.is_at(step))
    window.key("ctrl+f")
    window.wait("the report", lambda: "MAXIMUS VII RANGER" in pasted(window))


def verify_by_keys_alone(stage):
    """rows open and close by keys, the button in a row is reached by Tab, Escape goes back"""
    computer = Computer(stage)
    computer.without(WORDS)
    window, _helper = look(stage, computer)
    title = "The kernel was started without Ferry's words"
    window.wait_for(title)
    row = row_of(window, title)
    check("what is to be done is open", opened(window, title))
    check("its head is reached by Tab", window.focus(row, BUTTONS))
    window.key("space")
    window.wait("a closed row", lambda: not opened(window, title))
    window.key("Return")
    window.wait("an open row", lambda: opened(window, title))
    check("the button comes next", window.focus("Restart…", BUTTONS, 4))
    for name in (row_of(window, FREE), "Copy Report", "Save Record…", "Look Again"):
        check("“%s” is reached by Tab" % name, window.focus(name, BUTTONS))
    window.key("Escape")
    window.wait("the step Restart", lambda: window.is_at("Restart"))
    window.key("alt+Right")
    window.wait("the step Verify", lambda: window.is_at("Verify"))
    check("the button is reached", window.focus("Restart…", BUTTONS))
    window.key("Return")
    window.wait("the step Restart", lambda: window.is_at("Restart"))


def mended_meanwhile(stage):
    """who mends it meanwhile looks again, and the page says so"""
    window, helper = look(stage, Computer(stage), told(pending=[MODPROBE], edited=[MODPROBE]))
    window.wait_for("Something is different now")
    helper.facts = told()
    window.press("Look Again")
    window.wait_for("It worked")
    check("nothing to do", not window.shows("Needs Attention"), window.texts())


def only_without_helper(stage):
    """without the helper the page says what it cannot see, and what it can"""
    stage.machine = Computer(stage).save()
    window = stage.start("verify")
    window.wait_for("It worked")
    window.wait_for("Ferry could not see what it has changed")
    window.wait_for("Could Not Be Told")
    every_control_has_a_name(window)


STORIES = [before_and_after_the_restart, another_entry_was_used, the_old_driver_was_faster,
           changed_by_an_update, report_and_record, verify_by_keys_alone, mended_meanwhile,
           only_without_helper]
