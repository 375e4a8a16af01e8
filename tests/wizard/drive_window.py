"""drive_window.py: the window of a running Ferry as a person uses it: looks at it, presses, types.

What has a name is found through AT-SPI (buttons, switches, labels, the description of the tree);
what AT-SPI cannot press in GTK 4 (radio buttons, rows) is clicked with the pointer; keys are real
key strokes. Used by drive, inside of in-display.
"""
import os
import re
import subprocess
import tempfile
import time

import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The bus speaks of a cache that GTK 4.8 does not have.
GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)

PATIENCE = 60  # seconds until something must have happened
CONTROLS = ("push button", "button", "toggle button", "check box", "switch", "radio button", "entry",
            "text", "slider", "spin button", "combo box", "link", "tree table",
            "progress bar")
APPLICATION_GONE = ("atspi_error", 0)  # libatspi's own codes have no names in Python
BUTTONS = ("push button", "button", "toggle button")
# GTK's own: a missing GPU or portal, network printers that nobody can look for; GTK 4.24 counts
# frames twice when a menu opens under Xvfb.
# Everything else on stderr is a failure.
HARMLESS = re.compile(r"^$|MESA|libEGL|dconf|gdk_frame_timings_submitted"
                      r"|org\.freedesktop\.Avahi")


class Gone(Exception):
    """What was looked for did not appear."""


def walk(node):
    """What is not shown is left out with everything in it: each question costs a message."""
    if not is_shown(node):
        return
    yield node
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for index in range(count):
        try:
            child = node.get_child_at_index(index)
        except GLib.Error:
            continue
        if child is not None:
            yield from walk(child)


def name_of(node):
    """Empty, too, when it was taken away since it was found."""
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def has_state(node, state):
    try:
        return node is not None and node.get_state_set().contains(state)
    except GLib.Error:
        return False


def is_shown(node):
    """Pages of a stack that are not shown stay in the tree, without a size, or with that of the
    last time. The program itself and what only holds a page have none at all."""
    try:
        extents = node.get_extents(Atspi.CoordType.WINDOW)
    except GLib.Error:
        return True
    return extents.width > 1 and extents.height > 1


class Window:
    def __init__(self, program, arguments, environment=None):
        self.errors = tempfile.TemporaryFile()
        # At home, as from a menu: GTK prints into the current folder.
        self.program = subprocess.Popen([os.path.abspath(program)] + arguments,
                                        stderr=self.errors, cwd=os.path.expanduser("~"),
                                        env=dict(os.environ, **(environment or {})))
        self.find_window()

    # Looking

    def find_window(self):
        """Of the program that runs; it gets the keyboard."""
        Atspi.init()
        self.wait("the program on the accessibility bus", lambda: self.application() is not None)
        self.wait("a window", lambda: self.list_windows() != [])
        self.window = self.list_windows()[0]
        self.activate()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == self.program.pid:
                # What libatspi remembers misses changes that come while it looks.
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        return None

    def list_windows(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid",
                               str(self.program.pid)], capture_output=True, text=True
                              ).stdout.split()

    def nodes(self, roles=None):
        application = self.application()
        if application is None:
            return
        for node in walk(application):
            try:
                if roles is None or node.get_role_name() in roles:
                    yield node
            except GLib.Error:
                continue

    def texts(self):
        """All labels that can be seen, in reading order."""
        return [name_of(node) for node in self.nodes(("label", "heading"))]

    def shows(self, text):
        return any(text in name_of(node) for node in self.nodes(("label", "heading")))

    def find_all(self, name, roles=BUTTONS):
        """A name may have its mnemonic before it: "_Next Next"."""
        for node in self.nodes(roles):
            if name_of(node).replace("_", "") in (name, "%s %s" % (name, name)):
                yield node

    def find(self, name, roles=BUTTONS):
        return next(self.find_all(name, roles), None)

    def is_sensitive(self, name, roles=BUTTONS):
        return has_state(self.find(name, roles), Atspi.StateType.SENSITIVE)

    def is_checked(self, name, roles):
        return has_state(self.find(name, roles), Atspi.StateType.CHECKED)

    def let_it_read(self):
        """Some seconds at most: a wheel that does not turn any more may still be in the tree."""
        for _ in range(10):
            if not any(name_of(node) for node in self.nodes(("animation", "progress bar"))):
                return
            time.sleep(0.4)

    def nameless_controls(self):
        """What can be used and says nothing, or only the name of its type."""
        found = []
        for node in self.nodes(CONTROLS):
            name = node.get_name() or ""
            if not name.strip() or re.match(r"(Gtk|Adw|Ferry)[A-Z]", name):
                found.append("%s “%s” in “%s”" % (node.get_role_name(), name,
                                                  node.get_parent().get_name()))
        return found

    def is_at(self, step):
        return any(name_of(node).endswith("%s, you are here" % step)
                   for node in self.nodes(("list item",)))

    def tree(self):
        return next(self.nodes(("tree table",)), None)

    def row(self):
        """What a screen reader says about the row under the cursor of the device tree."""
        tree = self.tree()
        return tree.get_description() if tree is not None else ""

    def text_of(self, name):
        """What stands in the text whose name starts with @name."""
        for node in self.nodes(("text",)):
            if name_of(node).startswith(name):
                return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
        return ""

    def entry_text(self, name):
        entry = self.find(name, ("entry", "text"))
        if entry is None:
            return ""
        return Atspi.Text.get_text(entry, 0, Atspi.Text.get_character_count(entry))

    def size(self):
        lines = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window],
                               capture_output=True, text=True).stdout
        values = dict(line.split("=", 1) for line in lines.split() if "=" in line)
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def summary(self):
        """What a person sees, to find out why a test failed."""
        if self.program.poll() is not None:
            return "ended with status %s" % self.program.returncode
        return "row: %s\ntexts: %s" % (self.row(), " | ".join(self.texts()))

    def picture(self, path):
        subprocess.run(["import", "-silent", "-window", "root", path], timeout=20,
                       capture_output=True)

    # Waiting

    def wait(self, what, condition):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.program.poll() is not None:
                raise Gone("the program ended with status %s" % self.program.returncode)
            if self.holds(condition):
                return
            time.sleep(0.15)
        raise Gone("%s did not appear" % what)

    @staticmethod
    def holds(condition):
        """Not yet, when what is looked at is taken away in that moment."""
        try:
            return condition()
        except GLib.Error:
            return False

    def wait_for(self, text):
        self.wait("“%s”" % text, lambda: self.shows(text))

    def wait_for_row(self, text):
        self.wait("row “%s” (it is “%s”)" % (text, self.row()), lambda: text in self.row())

    # Doing

    def activate(self):
        """Gives the window the keyboard; an open menu may hold it, which is no reason to stop."""
        try:
            subprocess.run(["xdotool", "windowactivate", "--sync", self.window], timeout=3,
                           capture_output=True)
        except subprocess.TimeoutExpired:
            self.key("Escape")

    def press(self, name, roles=BUTTONS):
        """A menu button is a button inside of another one: the inner one has the action."""
        self.wait("a button “%s”" % name, lambda: self.is_sensitive(name, roles))
        self.wait("“%s” to press" % name, lambda: self.press_now(name, roles))

    def press_now(self, name, roles):
        for node in self.find_all(name, roles):
            if Atspi.Action.get_n_actions(node) > 0:
                try:
                    Atspi.Action.do_action(node, 0)
                except GLib.Error as reason:
                    # Nothing was sent when the thing is gone; a late answer is none of our business.
                    return (reason.domain, reason.code) != APPLICATION_GONE
                return True
        return False

    def click(self, name, roles, inside=None):
        """In the main window, or in another one of the program."""
        self.wait("“%s” to click" % name, lambda: self.find(name, roles) is not None)
        extents = self.find(name, roles).get_extents(Atspi.CoordType.WINDOW)
        x, y = extents.x + extents.width // 2, extents.y + extents.height // 2
        subprocess.run(["xdotool", "mousemove", "--window", inside or self.window, str(x), str(y),
                        "click", "1"], check=True, timeout=10)

    def key(self, *names):
        for name in names:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True, timeout=10)
            time.sleep(0.06)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--delay", "20", text], check=True, timeout=20)

    def focus(self, name, roles, most=60):
        """Goes to a thing with the Tab key, as one does without a mouse."""
        for _ in range(most):
            node = self.find(name, roles)
            if has_state(node, Atspi.StateType.FOCUSED):
                return True
            self.key("Tab")
        return False

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", "--sync", self.window, str(width), str(height)],
                       timeout=10)
        time.sleep(0.4)

    def close(self):
        """Ends the program; returns its exit status and what it complained about."""
        if self.program.poll() is None:
            self.activate()
            self.key("ctrl+q")
            try:
                self.program.wait(10)
            except subprocess.TimeoutExpired:
                self.program.terminate()
                self.program.wait(10)
        self.errors.seek(0)
        lines = self.errors.read().decode("utf-8", "replace").splitlines()
        return self.program.returncode, [line for line in lines if not HARMLESS.search(line)]
