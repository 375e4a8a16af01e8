"""drive_changes.py: the stories of drive in which the computer is changed, by a stand-in.

Options, Review, Change, Restart and the window of changes, in the real window (staged-ferry).
"""
import os

from drive_window import BUTTONS
from stand_in import StandIn

SWITCH = ("check box", "switch")
MENU = ("menu item",)
CARD_FREE = "Keep the chosen card free for the virtual machine"
SOFTWARE = "Install the software for virtual machines"


class Stage:
    """What a story needs: start(arguments) opens the window, stand_in(...) the helper."""

    def __init__(self, start, source, ferryctl, machine, folder):
        self.open, self.source, self.ferryctl, self.machine = start, source, ferryctl, machine
        self.folder, self.helper = folder, None

    def stand_in(self, **wishes):
        self.helper = StandIn(self.source, self.ferryctl, self.machine, **wishes)
        return self.helper

    def start(self, page):
        return self.open([self.machine, "--page", page])

    def review(self):
        window = self.start("review")
        window.wait_for("What will be changed")
        window.wait("a plan", lambda: window.is_sensitive("Change Now…"))
        return window

    def close(self):
        if self.helper is not None:
            self.helper.stop()


def check(what, condition, seen=""):
    if not condition:
        raise AssertionError("%s: %s" % (what, seen))


def is_asked(window, helper, what):
    window.wait("“%s” of the helper (%s)" % (what, helper.asked), lambda: what in helper.asked)


def from_options_to_review(stage):
    """options change the plan; a change opens its lines; what stays and the way back are said"""
    helper = stage.stand_in()
    window = stage.start("options")
    window.wait_for("How shall it be done?")
    check("programs are installed", window.is_checked("Install what virtual machines need", SWITCH))
    window.press("Install what virtual machines need", SWITCH)
    window.press("Next")
    window.wait_for(CARD_FREE)
    check("nothing is installed", not window.shows(SOFTWARE))
    check("the helper made the plan", "Preview" in helper.asked, helper.asked)
    window.wait_for("has made this plan itself")
    window.wait_for("None of them is removed or blocked.")
    window.wait_for("If the screen stays black after the restart")
    check("nothing is open", not window.shows("This file is new"))
    window.press(opener(window, CARD_FREE))
    window.wait_for("This file is new: /etc/modprobe.d/ferry.conf")
    window.wait("the lines", lambda: "+softdep nouveau pre: vfio-pci" in
                window.text_of("This file is new: /etc/modprobe.d/ferry.conf"))
    window.press(opener(window, "Read the steps"))
    window.wait_for("1. ")
    window.press("Back")
    window.wait("the step Options", lambda: window.is_at("Options"))
    window.press("Install what virtual machines need", SWITCH)
    window.press("Next")
    window.wait_for(SOFTWARE)


def opener(window, title):
    """The name of the button that opens a row starts with its title."""
    window.wait_for(title)
    return next(node.get_name() for node in window.nodes(BUTTONS)
                if (node.get_name() or "").startswith(title))


def change_and_restart(stage):
    """ask, allowed, progress by step with its log, closing is warned of, done, restart"""
    helper = stage.stand_in(errors={"Apply": ["wait"]})
    window = stage.review()
    window.press("Change Now…")
    window.wait_for("Changing this computer")
    helper.wait_for_call()
    window.wait_for("Waiting for your password")
    helper.tell("installing", 1, 9, SOFTWARE)
    window.wait_for("Installing programs…")
    helper.tell("writing", 2, 9, CARD_FREE)
    window.wait_for("Writing settings…")
    check("one can stop", window.is_sensitive("Stop and Put Everything Back"))
    window.press(opener(window, "What has happened so far"))
    window.wait_for("Writing settings… " + CARD_FREE)
    check("one cannot go back", not window.is_sensitive("Back"))
    window.key("ctrl+q")
    window.wait_for("This computer is being changed")
    window.press("Cancel")
    window.wait("the question is gone", lambda: not window.shows("goes on without this window"))
    helper.tell("services", 8, 9, "Switch on the service that runs virtual machines")
    window.wait_for("stopping now would help nobody")
    helper.finish()
    window.wait("the end", lambda: window.find("Next") is not None
                and window.is_sensitive("Next"))
    window.press("Next")
    window.wait_for("Restart the computer")
    window.press("Restart Now…")
    window.wait_for("Restart the computer now?")
    window.press("Restart Now")
    is_asked(window, helper, "Reboot")


def password_window_closed(stage):
    """who closes the password window has done nothing wrong, and may begin anew"""
    helper = stage.stand_in(errors={"Apply": ["AuthDismissed"]})
    window = stage.review()
    window.press("Change Now…")
    window.wait_for("Ready to change")
    for word in ("wrong", "failed", "did not", "error"):
        check("nothing sounds like a failure", not window.shows(word), window.texts())
    window.press("Change Now…")
    window.wait("the end", lambda: window.is_sensitive("Next"))
    check("asked twice", helper.asked.count("Apply") == 2, helper.asked)


def stopped_in_time(stage):
    """stop: the helper puts everything back, and one can try again"""
    helper = stage.stand_in(errors={"Apply": ["wait"]})
    window = stage.review()
    window.press("Change Now…")
    helper.wait_for_call()
    helper.tell("writing", 2, 9, CARD_FREE)
    window.press("Stop and Put Everything Back")
    is_asked(window, helper, "Cancel")
    window.wait_for("Stopping…")
    helper.tell("rolling-back", 1, 2, CARD_FREE)
    window.wait_for("Putting everything back…")
    helper.finish("Cancelled")
    window.wait_for("What had been done was taken back.")
    window.press("Try Again")
    window.wait("the plan or the end", lambda: window.is_sensitive("Change Now…")
                or window.is_sensitive("Next"))


def failed_and_not_put_back(stage):
    """a step that fails is said with what to do; the worst case says what to type"""
    helper = stage.stand_in(errors={"Apply": ["Failed", "RollbackFailed"]})
    window = stage.review()
    window.press("Change Now…")
    window.wait_for("One step did not work")
    window.wait_for("“/etc/x” says no")
    window.wait("a new look at the computer", lambda: helper.asked.count("History") > 1)
    window.press("Try Again")
    window.press("Change Now…")
    window.wait_for("Please do not restart or switch off the computer")
    window.wait_for("sudo ferryctl undo")
    check("not to be tried again", window.find("Try Again") is None)
    check("no way on", not window.is_sensitive("Next"))


def helper_not_installed(stage):
    """without the helper the plan can be looked at, and the way out is said"""
    window = stage.review()
    window.wait_for("is not installed. The plan was made without it.")
    window.press("Change Now…")
    window.wait_for("A part of Ferry is not installed")
    window.wait_for("sudo ferryctl apply --card 0000:01:00.0")


def helper_lost(stage):
    """the helper vanishes in the middle: nothing is promised, and the way out is said"""
    helper = stage.stand_in(errors={"Apply": ["wait"]})
    window = stage.review()
    window.press("Change Now…")
    helper.wait_for_call()
    helper.stop()
    window.wait_for("The helper does not answer any more")
    window.wait_for("The change may be half done.")


def open_changes(stage):
    window = stage.start("check")
    window.wait_for("This computer is ready")
    window.press("Main Menu")
    window.press("Changes…", MENU)
    window.wait_for("Changes of Ferry")
    return window


def take_back(stage):
    """the list of changes; the newest is taken back, then all others"""
    helper = stage.stand_in(entries=3)
    window = open_changes(stage)
    window.wait_for("Change 3")
    window.press("Undo the Newest Change…")
    window.wait_for("It was taken back")
    is_asked(window, helper, "Undo 3")
    check("only one", helper.states == ["done", "done", "undone"], helper.states)
    window.key("Escape")
    window.wait("one window", lambda: len(window.list_windows()) == 1)
    window.press("Main Menu")
    window.press("Changes…", MENU)
    window.press("Undo All Changes…")
    window.wait("all are undone", lambda: helper.states == ["undone"] * 3)
    check("newest first", [word for word in helper.asked if word.startswith("Undo")]
          == ["Undo 3", "Undo 2", "Undo 1"], helper.asked)


def take_back_edited_file(stage):
    """a file that was edited since is named before it is put aside"""
    helper = stage.stand_in(entries=1, errors={"Undo": ["AuthDismissed", "Changed"]})
    window = open_changes(stage)
    window.press("Undo the Newest Change…")
    is_asked(window, helper, "Undo 1")
    window.press("Undo the Newest Change…")
    window.wait_for("A file was edited since")
    window.wait_for("“/etc/x” says no")
    check("nothing is forced", "Undo 1 force" not in helper.asked, helper.asked)
    window.press("Keep It Aside and Undo")
    is_asked(window, helper, "Undo 1 force")
    window.wait_for("It was taken back")


def rescue_page_on_paper(stage):
    """the page for the black screen goes through the print dialog into a file"""
    window = stage.start("restart")
    window.wait_for("If the screen stays black after the restart")
    window.press("Print…")
    window.wait("the print dialog", lambda: len(window.list_windows()) > 1)
    window.wait_for("Print to File")
    dialog = next(one for one in window.list_windows() if one != window.window)
    window.click("Print to File", ("label",), dialog)
    window.wait("its button", lambda: window.is_sensitive("Print"))
    window.press("Print")
    window.wait("one window", lambda: len(window.list_windows()) == 1)
    window.wait("the file", lambda: find_paper(os.environ["HOME"]) is not None)
    with open(find_paper(os.environ["HOME"]), "rb") as stream:
        check("it is a PDF", stream.read(5) == b"%PDF-")


def find_paper(folder):
    for place, _folders, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name.endswith(".pdf") and os.path.getsize(path) > 5000:
                return path
    return None


STORIES = [from_options_to_review, change_and_restart, password_window_closed, stopped_in_time,
           failed_and_not_put_back, helper_not_installed, helper_lost, take_back,
           take_back_edited_file, rescue_page_on_paper]
