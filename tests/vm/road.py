"""The road in one virtual PC: install, check, plan, apply, restart, restart again, undo, restart; and what has to hold at each place."""
import os

import cargo
import computer
import images
import shapes
import traveller
from computer import Broken

# How long the road is, in starts of the virtual PC: three restarts, and apply and undo take about two each.
STARTS = 8


class Road:
    memory = 2048  # MiB
    undoes = "undo, by a user with a password"

    def __init__(self, tap, shape, image, load, out, card=shapes.CARD, options=()):
        self.tap, self.shape, self.image, self.load, self.out = tap, shape, image, load, out
        self.card, self.options = card, list(options)

    def step(self, name, function):
        """One line of the result; what is raised is what was wrong. The road ends where a step fails."""
        before = self.pc.spent()
        try:
            wrong = function()
        except Broken as reason:
            wrong = str(reason)
        self.tap.note("%s: %d s of a processor" % (name, self.pc.spent() - before))
        self.tap.rule(name, wrong)
        if wrong:
            raise Stop()

    def walk(self):
        disk = images.find(self.image)
        log = os.path.join(self.out, self.tap.part, "serial.log")
        pc = computer.Computer(shapes.SHAPES[self.shape], disk, log, put=self.load, memory=self.memory)
        with pc:
            self.pc, self.user = pc, traveller.Traveller(pc)
            try:
                self.travel()
            except Stop:
                self.save_logs()
            except Broken as reason:
                self.tap.rule("the road goes to its end", str(reason))

    def save_logs(self):
        """What a person needs who looks why a step failed."""
        try:
            text = self.pc.run("journalctl -b --no-pager -n 400; cat /proc/cmdline; ls -lR /var/lib/ferry").output
        except Broken as reason:
            text = str(reason)
        with open(os.path.join(self.out, self.tap.part, "journal"), "w", encoding="utf-8") as out:
            out.write(text)

    def travel(self):
        self.step("starts, and Ferry is installed", self.install)
        self.step("the check finds no reason against it", self.check)
        self.step("the plan can be carried out", self.plan)
        self.step("a wrong password changes nothing", self.wrong_password)
        self.step("apply, by a user with a password", self.apply)
        self.step("after a restart exactly the card is on vfio-pci", self.bound)
        self.step("and after another one", self.bound)
        self.step(self.undoes, self.undo)
        self.step("after a restart every device is as it was", self.unbound)
        self.step("and every file", self.same_files)

    def install(self):
        seconds = self.pc.wait()
        self.tap.need(STARTS * seconds, "the first start took %d s" % seconds)
        self.pc.run(["sh", "-c", cargo.UNPACK]).expect()
        self.user.look("version").expect()
        self.prepare()
        self.drivers = traveller.drivers(self.pc)
        self.files = traveller.files(self.pc)
        self.words = traveller.words(self.pc)
        return traveller.wrong_system(self.pc)

    def prepare(self):
        """What else the computer has before anything is changed."""

    def check(self):
        answer = self.user.look("check")
        if answer.status not in (traveller.READY, traveller.STEPS):
            return "status %d\n%s" % (answer.status, answer.output)
        cards = self.user.look("cards").output
        return "" if self.card in cards or self.card[5:] in cards else "the card is not in the list:\n" + cards

    def plan(self):
        answer = self.user.look("plan", "--card", self.card, *self.options)
        return "" if answer.status in (traveller.READY, traveller.STEPS) else "status %d\n%s" % (answer.status, answer.output)

    def wrong_password(self):
        answer = self.user.change("apply", "--card", self.card, *self.options, password="not the password")
        if answer.status != 1 or "Password:" not in answer.output:
            return "status %d\n%s" % (answer.status, answer.output)
        return traveller.wrong_files(self.files, traveller.files(self.pc))

    def apply(self):
        answer = self.user.change("apply", "--card", self.card, *self.options)
        self.tap.note("apply took %d s" % answer.seconds)
        if answer.status or "Password:" not in answer.output:
            return "status %d\n%s" % (answer.status, answer.output)
        states = self.user.states()
        return "" if states == ["done"] else "the history says: %s" % states

    def bound(self):
        self.tap.note("restarted in %d s" % self.pc.restart())
        wrong = traveller.wrong_binding(self.drivers, traveller.drivers(self.pc), self.card)
        wrong = wrong or traveller.wrong_system(self.pc)
        return wrong or traveller.wrong_verification(self.user.look("verify", "--json"))

    def undo(self):
        answer = self.user.change("undo")
        self.tap.note("undo took %d s" % answer.seconds)
        return "status %d\n%s" % (answer.status, answer.output) if answer.status else ""

    def unbound(self):
        self.tap.note("restarted in %d s" % self.pc.restart())
        now = traveller.drivers(self.pc)
        wrong = ["%s had \"%s\", now \"%s\"" % (a, self.drivers.get(a), now.get(a))
                 for a in sorted(set(now) | set(self.drivers)) if now.get(a) != self.drivers.get(a)]
        words = traveller.words(self.pc)
        if words != self.words:
            wrong.append("it started with %s, now with %s" % (self.words, words))
        return "\n".join(wrong) or traveller.wrong_system(self.pc)

    def same_files(self):
        wrong = traveller.wrong_files(self.files, traveller.files(self.pc))
        if wrong:
            return wrong
        states = self.user.states()
        return "" if states == ["undone"] else "the history says: %s" % states


class Rescue(Road):
    """Undo as somebody does it who sees no desktop any more: by root on a text console, and nothing answers on the bus."""
    undoes = "undo, by root without the bus"

    def undo(self):
        answer = self.pc.run("unshare --mount sh -c 'mount -t tmpfs none /run/dbus && ferryctl undo --yes'", limit=900)
        self.tap.note("undo took %d s" % answer.seconds)
        return "status %d\n%s" % (answer.status, answer.output) if answer.status else ""


class Stop(Exception):
    """A step failed and said so."""
