"""stand_in.py: stands in for the root helper and for logind, on a bus that poses as the system bus.

Answers as a test wants and remembers what it was asked. Plans are made by the real ferryctl. It works
in a thread of its own, so that the test can look at the window meanwhile. Used by drive.
"""
import os
import subprocess
import threading
import time

from gi.repository import Gio, GLib

NAME = "org.ferryvm.Helper1"
OBJECT = "/org/ferryvm/Helper1"
ID = "20261122-19450%d-1a2b3c4d"
CHANGED = 1700000000  # about when the changes were made, seconds since 1970
LOGIND = """<node><interface name='org.freedesktop.login1.Manager'>
<method name='CanRebootToFirmwareSetup'><arg type='s' direction='out'/></method>
<method name='Reboot'><arg type='b' direction='in'/></method></interface></node>"""
WORDS = {"install": (False, "--no-install"), "join-group": (True, "--join-group"),
         "show-menu": (False, "--keep-menu"),
         "passthrough-mode": (False, "--no-passthrough-mode"),
         "accept-only-display": (True, "--accept-only-display")}


class StandIn:
    """errors: for "Apply" and "Undo" a list of endings, one for each call; "wait" waits for
    finish(), "" is success, everything else the last part of the name of an error."""

    def __init__(self, source, ferryctl, machine, entries=0, errors=None, facts=None):
        self.source, self.ferryctl, self.machine = source, ferryctl, machine
        self.states = ["done"] * entries  # oldest first
        self.facts = facts or {}  # of Inspect: name to GLib.Variant
        self.errors = errors or {}
        self.asked, self.waiting, self.text = [], None, "“/etc/x” says no"
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        if not self.ready.wait(20):
            raise RuntimeError("the stand-in is not ready")

    def run(self):
        self.context.push_thread_default()
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"], flags, None, None)
        self.bus.set_exit_on_close(False)
        with open(os.path.join(self.source, "data", NAME + ".xml"), encoding="utf-8") as stream:
            self.offer(stream.read(), OBJECT, NAME, self.helper_called)
        self.offer(LOGIND, "/org/freedesktop/login1", "org.freedesktop.login1",
                   self.logind_called)
        self.ready.set()
        self.loop.run()

    def offer(self, xml, path, name, called):
        interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        self.bus.register_object(path, interface, called, self.property_asked, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus",
                           "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (name, 4)), None, 0, -1, None)

    def stop(self):
        """Also in the middle of a call: whoever waits for an answer is told that it is gone."""
        if not self.bus.is_closed():
            self.bus.close_sync(None)
        self.loop.quit()
        self.thread.join(10)

    # What a test does

    def tell(self, stage, step, of, title):
        changed = {"State": GLib.Variant("s", stage),
                   "Progress": GLib.Variant("(uus)", (step, of, title))}
        self.bus.emit_signal(None, OBJECT, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                             GLib.Variant("(sa{sv}as)", (NAME, changed, [])))

    def finish(self, error=""):
        self.wait_for_call()
        call, self.waiting = self.waiting, None
        self.end(call, error)

    def wait_for_call(self):
        end = time.monotonic() + 20
        while self.waiting is None:
            if time.monotonic() > end:
                raise RuntimeError("the helper was not asked; only %s" % self.asked)
            time.sleep(0.02)

    # What Ferry asks

    def end(self, call, error):
        method, arguments, invocation = call
        if error:
            invocation.return_dbus_error("%s.Error.%s" % (NAME, error), self.text)
            return
        if method == "Apply":
            self.states.append("done")
            invocation.return_value(GLib.Variant("(s)", (ID % len(self.states),)))
            return
        self.states[int(arguments[0][14]) - 1] = "undone"
        invocation.return_value(None)

    def history(self):
        return [(ID % number, CHANGED + number, "Change %d" % number, state,
                 ["etc/modprobe.d/ferry.conf"])
                for number, state in reversed(list(enumerate(self.states, 1)))]

    def plan(self, intent):
        command = [self.ferryctl, "--machine", self.machine, "plan", "--json",
                   "--binding", intent["binding"]]
        for card in intent["cards"]:
            command += ["--card", card]
        for key, (when, word) in WORDS.items():
            command += [word] if intent[key] == when else []
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def helper_called(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        arguments = arguments.unpack()
        self.asked.append(method if method != "Undo" else
                          "Undo %s%s" % (arguments[0][14], " force" if arguments[1] else ""))
        if method in ("Apply", "Undo"):
            errors = self.errors.get(method, [])
            error = errors.pop(0) if errors else ""
            if error == "wait":
                self.waiting = (method, arguments, invocation)
            else:
                self.end((method, arguments, invocation), error)
        elif method == "Preview":
            invocation.return_value(GLib.Variant("(s)", (self.plan(arguments[0]),)))
        elif method == "History":
            invocation.return_value(GLib.Variant("(a(sxssas))", (self.history(),)))
        elif method == "Inspect":
            invocation.return_value(GLib.Variant("(a{sv})", (self.facts,)))
        else:
            invocation.return_value(None)

    def property_asked(self, _bus, _sender, _path, _interface, name):
        return (GLib.Variant("s", "idle") if name == "State"
                else GLib.Variant("(uus)", (0, 0, "")))

    def logind_called(self, _bus, _sender, _path, _interface, method, _arguments, invocation):
        self.asked.append(method)
        if method == "Reboot":
            invocation.return_value(None)
        else:
            invocation.return_value(GLib.Variant("(s)", ("na",)))
