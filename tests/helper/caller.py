#!/usr/bin/python3
"""A caller of the helper: reads a call a line (JSON), prints "ok REPLY" or "error NAME" for each.

First line printed: the connection's name on the bus. A call has the method, the arguments as GVariant text, flags, and may
have a name, path and interface of its own. Instead of one method: "batch", a list of calls that are made at once, each reply
as [REPLY, MESSAGE] in their order, or "many", that number of equal calls at once, of which the replies are counted, or "begin",
a call whose reply is printed when the next line asks for it with "end".
"""
import collections
import json
import sys

from gi.repository import Gio, GLib

NAME, PATH = "org.ferryvm.Helper1", "/org/ferryvm/Helper1"
bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
print(bus.get_unique_name(), flush=True)


def arguments_of(call):
    return (call.get("name", NAME), call.get("path", PATH), call.get("interface", NAME), call["method"],
            GLib.Variant.parse(None, call["text"], None, None) if call["text"] else None, None,
            Gio.DBusCallFlags(call["flags"]))


def name_of(error):
    return (Gio.dbus_error_get_remote_error(error) or error.message).replace("\n", " ")


def one(call):
    try:
        reply = bus.call_sync(*arguments_of(call), 400000, None)
        return "ok " + json.dumps(reply.unpack())
    except GLib.Error as error:
        return "error " + name_of(error)


def start(call, on_end):
    """on_end(REPLY, MESSAGE). A call that cannot be written down as a message is "unsent"."""
    def on_reply(source, result):
        try:
            on_end("ok " + json.dumps(bus.call_finish(result).unpack()), "")
        except GLib.Error as error:
            on_end("error " + name_of(error), error.message)

    try:
        arguments = arguments_of(call)
    except (GLib.Error, TypeError) as error:
        GLib.idle_add(on_end, "unsent", str(error))
        return
    bus.call(*arguments, 400000, None, on_reply)


def batch(calls):
    loop, replies = GLib.MainLoop(), {}

    def on_end(number, reply, message):
        replies[number] = [reply, message]
        if len(replies) == len(calls):
            loop.quit()

    for number, call in enumerate(calls):
        start(call, lambda reply, message, number=number: on_end(number, reply, message))
    loop.run()
    return "ok " + json.dumps([replies[number] for number in range(len(calls))])


def many(call):
    replies = json.loads(batch([call] * call["many"])[3:])
    return "ok " + json.dumps(collections.Counter(reply.split(" {")[0][:80] for reply, _ in replies))


begun = []


def begin(call):
    start(call, lambda reply, message: begun.append(reply))
    bus.flush_sync(None)
    return "begun"


def end():
    while not begun:
        GLib.MainContext.default().iteration(True)
    return begun.pop()


def answer(wanted):
    if "batch" in wanted:
        return batch(wanted["batch"])
    if "many" in wanted:
        return many(wanted)
    if "begin" in wanted:
        return begin(wanted)
    return end() if "end" in wanted else one(wanted)


for line in sys.stdin:
    print(answer(json.loads(line)), flush=True)
