"""Hard power cuts: what apply and undo wrote is recorded once, and the virtual PC starts from the disk as a cut at each of many moments
leaves it (writes.py). It must start, and Ferry must say truly where it stands.

True means, at each start: the change is listed as in force, or as undone, or not at all; nothing is half done; and the settings,
the boot menu and the start file are those of the state it says, byte for byte.
"""
import os
import subprocess
import threading

import cargo
import computer
import images
import shapes
import traveller
import writes
from computer import Broken

COUNT, WORKERS, SEED = 32, 2, 1
# What the history may say of a change whose apply, or undo, was cut off: there is none, or it was finished or taken back.
POSSIBLE = {"apply": ("", "rolled-back", "done"), "undo": ("done", "undone")}


def wrong_history(window, history):
    """@history: the states of all changes; "prepared" and the like must not be left."""
    state = history[0] if history else ""
    return "" if len(history) < 2 and state in POSSIBLE[window] else "the history says: %s" % history


class Cuts:
    def __init__(self, tap, image, load, out, count=COUNT):
        self.tap, self.image, self.load, self.count = tap, image, load, count
        self.out = os.path.join(out, tap.part)
        self.shape = shapes.SHAPES["bare"]
        self.results, self.lock = [], threading.Lock()

    def run(self):
        os.makedirs(self.out, exist_ok=True)
        disk, log = images.find(self.image), os.path.join(self.out, "writes")
        copies = []
        try:
            windows = self.record(disk, log)
            if windows is None:
                return
            moments = [("%s %d" % (name, number + 1), position) for number_of, (name, first, last) in enumerate(windows)
                       for number, position in enumerate(writes.Log(log).cuts(first, last, self.count // 2, SEED + number_of))]
            copies = [os.path.join(self.out, "disk-%d.img" % number) for number in range(WORKERS)]
            threads = [threading.Thread(target=self.work, args=(disk, log, copy, moments[number::WORKERS]), daemon=True)
                       for number, copy in enumerate(copies)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for name, wrong in sorted(self.results):
                self.tap.rule(name, wrong)
            self.tap.rule("every cut was looked at", "" if len(self.results) == len(moments) >= self.count else
                          "%d of %d, wanted were %d" % (len(self.results), len(moments), self.count))
        finally:
            for path in copies + [log]:
                if os.path.exists(path):
                    os.remove(path)

    def record(self, disk, log):
        """Applies and undoes once; returns the spans of the two in the log, or None."""
        with open(log, "wb") as out:
            out.truncate(16 << 30)
        pc = computer.Computer(self.shape, disk, os.path.join(self.out, "record.log"), put=self.load, write_log=log)
        with pc:
            user = traveller.Traveller(pc)
            pc.wait()
            pc.run(cargo.UNPACK).expect()
            # Looks are read from the disk as it is.
            self.states = {"": traveller.files(pc)}
            self.drivers = traveller.drivers(pc)
            windows = []
            for name, words, state in (("apply", ("apply", "--card", shapes.CARD, "--no-install"), "done"),
                                       ("undo", ("undo",), "undone")):
                pc.run("sync").expect()
                first = len(writes.Log(log).writes)
                answer = user.change(*words)
                pc.run("sync").expect()
                windows.append((name, first, len(writes.Log(log).writes)))
                self.states[state] = traveller.files(pc)
                self.states["rolled-back"] = self.states[""]
                self.tap.rule("%s is recorded" % name, "" if answer.status == 0 else answer.output)
                if answer.status:
                    return None
            self.tap.note("writes: " + ", ".join("%s %d to %d" % window for window in windows))
            pc.end()
        return windows

    def work(self, disk, log, copy, moments):
        subprocess.run(["cp", "--sparse=always", disk, copy], check=True)
        replay = writes.Disk(copy, writes.Log(log))
        for number, (name, position) in enumerate(moments):
            kept, lost = replay.cut(position, SEED * 1000 + number)
            what = "cut in %s, write %d (%d kept, %d lost)" % (name, position, kept, lost)
            try:
                wrong = self.look(copy, name)
            except Broken as reason:
                wrong = str(reason)
            with self.lock:
                self.results.append((what, wrong))
                self.tap.note("%s: %s" % (what, wrong or "survived"))

    def look(self, disk, name):
        """Starts it; what is not true."""
        log = os.path.join(self.out, name.replace(" ", "-") + ".log")
        with computer.Computer(self.shape, disk, log) as pc:
            pc.wait()
            history = traveller.Traveller(pc).states()
            wrong = wrong_history(name.split()[0], history)
            if wrong:
                return wrong
            state = history[0] if history else ""
            self.tap.note("%s: started, and says: %s" % (name, state or "no change"))
            wrong = traveller.wrong_files(self.states[state], traveller.files(pc))
            left = pc.run("find /etc /boot -name '*.ferry-*'; find /var/lib/ferry -name '*.part' 2>/dev/null").output.strip()
            if left:
                wrong += "\nleft behind: " + left
            failed = pc.run("systemctl --failed --no-legend --plain").output.strip()
            return wrong + ("\nfailed: " + failed if failed else "")
