"""The road in the wizard, by keyboard alone: a user's desktop in a virtual PC, from the first page over the restart to the page that says
that it worked, through the pages of the virtual machine, and back by the window of changes. A picture of every page is kept.

What the person at the keyboard can do is in guest/keyboard.py, the desktop is guest/session. Nothing is pressed but keys.
"""
import base64
import json
import os

import computer
import inside
import road
import traveller
from computer import Broken

SCREEN = "/run/user/1000/screen"
LOG_IN = "setsid env XDG_SEAT=seat0 XDG_VTNR=1 XDG_SESSION_TYPE=x11 su -l %s --session-command 'exec /bench/session' " \
         ">>/bench/desktop.log 2>&1 </dev/null &" % computer.USER
SWITCH = ["check box", "switch"]
RADIO = ["radio button"]
CARD = "GeForce GTX 1070"
# Inside is no network, so nothing can be installed.
INSTALL = "Install what virtual machines need"
# What a computer on which virtual machines were made before has; the wizard need not make it. It belongs to them, not to the change.
BEFORE = "pool=/var/lib/libvirt/images; virsh -q -c qemu:///system pool-define-as default dir --target $pool && " \
         "virsh -q -c qemu:///system pool-autostart default && virsh -q -c qemu:///system net-autostart default"
# A disc in the user's own folder, which starts by UEFI and names every device it finds; and room for the disk, which stays empty.
IMAGE = "/home/%s/inner.iso" % computer.USER
MAKE_IMAGE = "set -e\nmount -t tmpfs -o size=40g none /var/lib/libvirt/images\nmkdir /bench/disc\n" + inside.MAKE_DISK % {"disk": "/bench/disc/efi.img"} \
             + "xorriso -as mkisofs -quiet -V INNER -e efi.img -no-emul-boot -o %s /bench/disc\nchown %s: %s\n" % (IMAGE, computer.USER, IMAGE)
CHOOSE = "Choose an Image File…"
JOIN = "Let me manage virtual machines without a password"


class Wizard(road.Road):
    memory = 6144  # the half of it is for the virtual machine inside, whose system is said to ask for two GiB

    def travel(self):
        self.step("starts, and Ferry is installed", self.install)
        self.step("a user logs in on a desktop", self.log_in)
        for name, function in (("welcome", self.welcome), ("check", self.see_check), ("firmware", self.firmware),
                               ("devices", self.devices), ("options", self.choose_options), ("review", self.review),
                               ("password", self.ask_password), ("apply", self.be_done), ("restart", self.restart)):
            self.page(name, function)
        self.step("the wizard's own button restarts the computer", self.press_restart)
        self.step("exactly the card is on vfio-pci", self.is_bound)
        self.page("verify", self.verify)
        for name, function in (("system", self.system), ("size", self.size), ("gear", self.gear), ("tuning", self.tuning),
                               ("summary", self.summary), ("made", self.create), ("started", self.start)):
            self.page(name, function)
        self.step("the virtual machine runs with the card", self.runs)
        self.step("its serial console lists the card", lambda: inside.wrong_console(self.pc))
        self.step("it is stopped and removed", self.remove)
        self.page("undo", self.open_changes)
        self.page("undo-password", self.ask_undo)
        self.page("undone", self.be_undone)
        self.step("after a restart every device is as it was", self.unbound)
        self.step("and every file", self.same_files)

    # How it is looked at

    def page(self, name, function):
        """A step, and a picture of how it ended."""
        self.number = getattr(self, "number", 0) + 1
        try:
            self.step("the wizard by keyboard: " + name, function)
        finally:
            self.picture("%02d-%s" % (self.number, name))

    def picture(self, name):
        answer = self.pc.run(["/usr/bin/python3", "/bench/keyboard.py", "picture", SCREEN])
        if answer.status == 0:
            with open(os.path.join(self.out, self.tap.part, name + ".png"), "wb") as out:
                out.write(base64.b64decode(answer.output))

    def save_logs(self):
        super().save_logs()
        with open(os.path.join(self.out, self.tap.part, "desktop.log"), "w", encoding="utf-8") as out:
            out.write(self.pc.run("cat /bench/desktop.log").output)

    def do(self, *words, limit=900):
        """What the words of the keyboard gave; raises what went wrong."""
        answer = self.pc.run(["/usr/bin/python3", "/bench/keyboard.py", "ask", json.dumps(words)], limit=limit)
        result = traveller.as_json(answer)
        if result.get("wrong"):
            raise Broken(result["wrong"])
        return result["done"]

    def answer(self, *words):
        """As a step: empty when all went well."""
        self.do(*words)
        return ""

    # The road

    def prepare(self):
        self.pc.run(BEFORE).expect()

    def log_in(self):
        self.pc.run(LOG_IN).expect()
        return self.answer(["launch"], ["meet"], ["windows", 1])

    def welcome(self):
        return self.answer(["see", "Welcome", ["Give a graphics card to a virtual machine"], ["Start"]])

    def see_check(self):
        return self.answer(["key", "Return"], ["see", "Check", ["This computer is ready"], ["Next"]])

    def firmware(self):
        return self.answer(["key", "Return"], ["see", "Firmware", ["Settings of the computer itself"], ["Next", "Skip"]])

    def devices(self):
        return self.answer(["key", "Return"], ["see", "Devices", ["Choose a graphics card"]], ["tab_to", CARD, RADIO], ["key", "space"],
                           ["see", "Devices", ["This card is chosen. You can go on."], ["Next"]])

    def choose_options(self):
        return self.answer(["key", "alt+Right"], ["see", "Options", ["How shall it be done?"], ["Next"]], ["tab_to", INSTALL, SWITCH],
                           ["key", "space"], ["checked", INSTALL, False], ["tab_to", JOIN, SWITCH], ["key", "space"],
                           ["checked", JOIN])

    def review(self):
        return self.answer(["key", "alt+Right"],
                           ["see", "Review", ["What will be changed", "has made this plan itself"], ["Change Now…"]])

    def ask_password(self):
        """Neither Return nor alt+Right changes the computer: alt+Right goes to the button, and the space bar presses it."""
        self.do(["key", "alt+Right", "space"], ["asked"])
        return self.asked_about(CARD)

    def asked_about(self, what):
        said = " ".join(self.do(["asked"])[0])
        return "" if what in said else "the window for the password says: " + said

    def be_done(self):
        return self.answer(["write", computer.PASSWORD], ["key", "Return"], ["not_asked"], ["see", "Change", ["It is done"], ["Next"]])

    def restart(self):
        return self.answer(["key", "alt+Right"], ["see", "Restart", ["If the screen stays black after the restart"], ["Restart Now…"]],
                           ["tab_to", "Restart Now…"], ["key", "space"], ["see", "", ["Restart the computer now?"]],
                           ["tab_to", "Restart Now"])

    def press_restart(self):
        self.pc.send(["/usr/bin/python3", "/bench/keyboard.py", "ask", json.dumps([["key", "space"]])])
        self.tap.note("restarted in %d s" % self.pc.wait())
        return ""

    def is_bound(self):
        wrong = traveller.wrong_binding(self.drivers, traveller.drivers(self.pc), self.card) or traveller.wrong_system(self.pc)
        return wrong or traveller.wrong_verification(self.user.look("verify", "--json"))

    def verify(self):
        """The desktop starts what is in the autostart folder, and Ferry takes its entry away again."""
        self.pc.run(LOG_IN).expect()
        self.do(["meet"], ["see", "Verify", ["It worked"], ["Next"]])
        left = self.pc.run("ls /home/%s/.config/autostart" % computer.USER).output.strip()
        return "the autostart entry is still there: " + left if left else ""

    # The virtual machine, with what the pages propose; the user is in the group that may make one since the log-in

    def system(self):
        self.pc.run(MAKE_IMAGE).expect()
        return self.answer(["key", "alt+Right"], ["see", "System", ["Which system shall run in it?"], ["Skip"]], ["tab_to", CHOOSE], ["key", "space"],
                           ["windows", 2], ["write", IMAGE], ["key", "Return"], ["windows", 1], ["see", "System", ["inner.iso"], ["Next"]])

    def size(self):
        return self.answer(["key", "alt+Right"], ["see", "Size", ["How large shall it be?"], ["Next"]])

    def gear(self):
        return self.answer(["key", "alt+Right"], ["see", "Devices for it", ["What else does it get?", "with all of its parts"], ["Next"]])

    def tuning(self):
        return self.answer(["key", "alt+Right"], ["see", "Tuning", ["Shall it be tuned?"], ["Next"]])

    def summary(self):
        return self.answer(["key", "alt+Right"], ["see", "Summary", ["This will be made", CARD], ["Create"]])

    def create(self):
        return self.answer(["tab_to", "Create"], ["key", "space"], ["see", "Start", ["The virtual machine is ready"], ["Start"]])

    def start(self):
        return self.answer(["tab_to", "Start"], ["key", "space"], ["see", "Start", ["The virtual machine runs"]])

    def runs(self):
        machines = json.loads(self.user.look("vm", "list", "--json").expect())
        self.machine = machines[0]["name"] if len(machines) == 1 else None
        if self.machine is None or machines[0]["state"] != "running":
            return "the list says: %s" % machines
        self.pc.run(inside.LISTEN % self.machine).expect()
        functions = {function for function in traveller.drivers(self.pc) if function.startswith(traveller.functions(self.card))}
        given = set(machines[0]["devices"])
        return "" if given == functions else "it has %s, the card is %s" % (sorted(given), sorted(functions))

    def remove(self):
        for words in (["stop", self.machine, "--force"], ["remove", self.machine, "--yes"]):
            answer = self.user.look("vm", *words, limit=300)
            if answer.status != 0:
                return "status %d\n%s" % (answer.status, answer.output)
        return ""

    def open_changes(self):
        return self.answer(["key", "F10"], ["tab_to", "Changes…", ["menu item"], "Down"], ["key", "Return"], ["see", "", ["Changes of Ferry"]],
                           ["tab_to", "Undo the Newest Change…"])

    def ask_undo(self):
        self.do(["key", "space"])
        return self.asked_about(CARD)

    def be_undone(self):
        return self.answer(["write", computer.PASSWORD], ["key", "Return"], ["not_asked"], ["see", "", ["It was taken back"]])
