#!/usr/bin/python3
"""The person at the keyboard of a desktop inside a virtual PC: reads the windows through AT-SPI, types with real key strokes.

usage: keyboard.py serve            in the user's session
       keyboard.py ask JSON         a list of [word, argument...], done one after the other; prints JSON
       keyboard.py picture FOLDER   the screen that Xvfb keeps there, as PNG in base64

The words are those below; there is none for the pointer, and none that makes a control do something without a key.
"""
import base64
import json
import os
import socket
import struct
import sys
import time
import zlib

PLACE = "/run/user/1000/keyboard"
PROGRAM, AGENT = "/usr/bin/ferry", "polkit-gnome-authentication-agent-1"
WORDS = ("launch", "meet", "windows", "see", "checked", "key", "write", "tab_to", "asked", "not_asked")


class Running:
    """What was started by others: as much of subprocess.Popen as is needed."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        return None if os.path.exists("/proc/%d" % self.pid) else "unknown"


def find_process(path):
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.readlink("/proc/%s/exe" % name) == path:
                return int(name)
        except OSError:
            continue
    return None


def everything(node):
    """Of a program with few windows, which need not say how large it is itself."""
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from everything(child)


# They have nothing in them; what is not asked about is soonest known.
LEAVES = ("label", "image", "icon", "separator")


def glance(node, is_shown):
    """What is shown, as role, name and node; of the list of steps only the names of the steps."""
    role = node.get_role_name()
    if role in ("image", "icon", "separator") or not is_shown(node):
        return
    name = node.get_name() or ""
    yield role, name, node
    if role in LEAVES or (role == "list item" and name.startswith("Step ")):
        return
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from glance(child, is_shown)


def make_hand():
    """The window of the wizard's own tests, with its looks and its keys only."""
    import drive_window
    from gi.repository import Atspi, Gio, GLib

    drive_window.PATIENCE = 400

    class Hand(drive_window.Window):
        def __init__(self):
            self.program = Running(os.getpid())
            self.focus_now = self.node_now = None
            # The emulation is slow, and a busy window answers late.
            Atspi.set_timeout(60000, 60000)
            self.listener = Atspi.EventListener.new(self.focused)
            self.listener.register("object:state-changed:focused")

        def launch(self):
            """As a menu does: by the desktop entry."""
            Gio.DesktopAppInfo.new("org.ferryvm.Ferry.desktop").launch([], None)

        def meet(self):
            """The wizard, whoever started it."""
            self.wait("the program", lambda: find_process(PROGRAM) is not None)
            self.program = Running(find_process(PROGRAM))
            self.find_window()

        def tab_to(self, name, roles=drive_window.BUTTONS, key="Tab"):
            """Until the focus is on what has a part of that name; where it was before is the answer."""
            passed = []
            for _ in range(80):
                self.focus_now = None
                self.key(key)
                end = time.monotonic() + 20
                while self.focus_now is None and time.monotonic() < end:
                    self.hear()
                if self.focus_now is None:
                    continue
                passed.append(self.focus_now)
                if name in self.focus_now[1].replace("_", "") and self.focus_now[0] in roles:
                    return passed
            raise drive_window.Gone("“%s” cannot be reached with the key %s: %s" % (name, key, passed))

        def focused(self, event):
            """Also the group of a row gets the focus for a moment; the last one counts."""
            try:
                if event.detail1:
                    self.focus_now = (event.source.get_role_name(), event.source.get_name() or "")
                    self.node_now = event.source
            except GLib.Error:  # it is gone again
                return

        def hear(self):
            GLib.MainContext.default().iteration(False)
            time.sleep(0.02)

        def see(self, step, texts, buttons=()):
            """All in one look, because a look takes long here: where one is, what is said, one of the buttons to press."""
            self.missing = []

            def complete():
                try:
                    return look()
                except GLib.Error as reason:  # what was looked at is gone again
                    self.missing = [str(reason)]
                    return False

            def look():
                seen = list(glance(self.application(), drive_window.is_shown))
                said = [name for role, name, _ in seen if role in ("label", "heading")]
                self.missing = [text for text in texts if not any(text in name for name in said)]
                if step and not any(role == "list item" and name.endswith("%s, you are here" % step) for role, name, _ in seen):
                    self.missing.append("the step " + step)
                if buttons and not any(role in drive_window.BUTTONS and name.replace("_", "").split(" ")[-1 * len(b.split(" ")):] == b.split(" ")
                                       and node.get_state_set().contains(Atspi.StateType.SENSITIVE)
                                       for role, name, node in seen for b in buttons):
                    self.missing.append("a button " + " or ".join(buttons))
                return not self.missing

            try:
                self.wait("it", complete)
            except drive_window.Gone as reason:
                raise drive_window.Gone("%s: %s" % (reason, self.missing)) from None

        def checked(self, name, wanted=True):
            """What has the focus: a look at everything takes much longer."""
            if self.focus_now is None or name not in self.focus_now[1].replace("_", ""):
                raise drive_window.Gone("the focus is not on “%s”: %s" % (name, self.focus_now))
            self.wait("“%s” %s" % (name, "on" if wanted else "off"),
                      lambda: drive_window.has_state(self.node_now, Atspi.StateType.CHECKED) == wanted)

        def windows(self, count):
            self.wait("%d windows" % count, lambda: len(self.list_windows()) == count)

        def asked(self):
            """By the window of the polkit agent; what it says is the answer."""
            self.wait("the window for the password", lambda: self.ask_agent("password text"))
            return [node.get_name() for node in self.ask_agent("label") if node.get_name()]

        def not_asked(self):
            self.wait("the end of the window for the password", lambda: not self.ask_agent("password text"))

        def ask_agent(self, role):
            desktop = Atspi.get_desktop(0)
            for index in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(index)
                if child is not None and child.get_name() == AGENT:
                    return [node for node in everything(child) if node.get_role_name() == role]
            return []

    return Hand()


def answer(hand, request):
    done = []
    for word, *arguments in request:
        if word not in WORDS:
            return {"wrong": "no such word: %s" % word, "done": done}
        begun = time.monotonic()
        try:
            done.append(getattr(hand, word)(*arguments))
        except Exception as reason:  # whatever it is, who asked has to know
            return {"wrong": "%s %s: %s: %s" % (word, arguments, type(reason).__name__, reason), "done": done}
        print("keyboard: %s %s: %.1f s" % (word, arguments, time.monotonic() - begun), file=sys.stderr, flush=True)
    return {"done": done}


def serve():
    hand = make_hand()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(PLACE)
        server.listen()
        while True:
            stream, _ = server.accept()
            with stream, stream.makefile("rw", encoding="utf-8") as lines:
                lines.write(json.dumps(answer(hand, json.loads(lines.readline()))) + "\n")
                lines.flush()


def ask(request):
    with socket.socket(socket.AF_UNIX) as stream:
        for _ in range(300):
            if stream.connect_ex(PLACE) == 0:
                break
            time.sleep(1)
        with stream.makefile("rw", encoding="utf-8") as lines:
            lines.write(request + "\n")
            lines.flush()
            sys.stdout.write(lines.readline())


def picture(folder):
    """X11/XWDFile.h: the header, the colours, then rows of blue, green, red and nothing."""
    with open(os.path.join(folder, "Xvfb_screen0"), "rb") as stream:
        data = stream.read()
    head = struct.unpack(">25I", data[:100])
    width, height, line, start = head[4], head[5], head[12], head[0] + 12 * head[19]
    rows = []
    for y in range(height):
        row = data[start + y * line:start + y * line + 4 * width]
        colours = bytearray(3 * width)
        colours[0::3], colours[1::3], colours[2::3] = row[2::4], row[1::4], row[0::4]
        rows.append(b"\0" + colours)
    png = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                       (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b"")):
        png += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    print(base64.b64encode(png).decode())


if __name__ == "__main__":
    {"serve": serve, "ask": ask, "picture": picture}[sys.argv[1]](*sys.argv[2:])
