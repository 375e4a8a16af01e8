"""Result lines of one part: TAP (https://testanything.org/tap-version-13-specification.html), numbered by who prints them all."""
import sys
import time


class NoTime(Exception):
    """There is too little time left here; the text is the reason of the skip."""


class Tap:
    def __init__(self, part, most=None):
        """@most: how many seconds the part may take."""
        self.part, self.most, self.lines, self.failed, self.begun = part, most, [], 0, time.monotonic()

    def _add(self, good, name, more=""):
        self.lines.append(("ok" if good else "not ok", "%s: %s%s" % (self.part, name, more)))
        self.failed += not good
        self.note("%s %s%s" % ("ok" if good else "NOT ok", name, more))

    def rule(self, name, wrong=""):
        """@wrong: what is not as it has to be, empty when all is well."""
        self._add(not wrong, name)
        if wrong:
            for line in str(wrong).split("\n"):
                self.lines.append(("#", line))
                print("#   " + line, file=sys.stderr, flush=True)

    def skip(self, name, reason):
        self._add(True, name, " # SKIP " + str(reason).replace("\n", " "))

    def note(self, text):
        """For who is watching; no result."""
        print("# %5d s %s: %s" % (self.seconds(), self.part, text), file=sys.stderr, flush=True)

    def seconds(self):
        return time.monotonic() - self.begun

    def need(self, seconds, what):
        """Goes on only when that much time is left."""
        if self.most and self.seconds() + seconds > self.most:
            raise NoTime("%s, so the rest would take longer than the %d s it may" % (what, self.most))


def print_all(taps):
    number = 0
    for tap in taps:
        for kind, text in tap.lines:
            if kind == "#":
                print("# " + text)
            else:
                number += 1
                print("%s %d - %s" % (kind, number, text))
    print("1..%d" % number, flush=True)
    return sum(tap.failed for tap in taps)
