#!/usr/bin/python3
"""A password dialog, acted: registers with polkit as the agent of a process and never gives a password.

usage: agent.py PID dismiss|wait

Prints its name on the bus, then a line for each dialog: "asked MESSAGE", and "taken away" when polkit closes it.
"""
import sys

from gi.repository import Gio, GLib

AGENT = "/org/ferryvm/TestAgent"
POLKIT, AUTHORITY = "org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority"
XML = """<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent">
<method name="BeginAuthentication"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="a{ss}" direction="in"/><arg type="s" direction="in"/><arg type="a(sa{sv})" direction="in"/></method>
<method name="CancelAuthentication"><arg type="s" direction="in"/></method></interface></node>"""
waiting = []


def dismiss(invocation):
    invocation.return_dbus_error(POLKIT + ".Error.Cancelled", "The person said no")


def on_call(bus, sender, path, interface, method, parameters, invocation):
    if method == "CancelAuthentication":
        print("taken away", flush=True)
        invocation.return_value(None)
        while waiting:
            dismiss(waiting.pop())
        return
    print("asked " + parameters.unpack()[1], flush=True)
    if sys.argv[2] == "dismiss":
        dismiss(invocation)
    else:
        waiting.append(invocation)


bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
info = Gio.DBusNodeInfo.new_for_xml(XML)
bus.register_object(AGENT, info.interfaces[0], on_call)
with open("/proc/%s/stat" % sys.argv[1], encoding="utf-8") as stat:
    started = int(stat.read().rsplit(")", 1)[1].split()[19])
with open("/proc/%s/status" % sys.argv[1], encoding="utf-8") as status:
    uid = next(int(line.split()[1]) for line in status if line.startswith("Uid:"))
subject = GLib.Variant("((sa{sv})ss)", (("unix-process", {
    "pid": GLib.Variant("u", int(sys.argv[1])), "start-time": GLib.Variant("t", started),
    "uid": GLib.Variant("i", uid)}), "C", AGENT))
bus.call_sync(POLKIT, AUTHORITY, POLKIT + ".Authority", "RegisterAuthenticationAgent", subject, None, 0, 180000, None)
print(bus.get_unique_name(), flush=True)
GLib.MainLoop().run()
