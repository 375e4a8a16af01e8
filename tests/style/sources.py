"""sources.py: reads C sources for the style tests: without comments, with line numbers.

A scanner, not a parser: it knows comments, string and character literals, braces and preprocessor
lines, which is enough for GNU style. Used by test-house and test-texts.
"""
import os
import re

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def blank(text):
    """Keeps the line breaks, so that line numbers stay."""
    return "".join(c if c == "\n" else " " for c in text)


class Source:
    """One C file."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), encoding="utf-8") as stream:
            self.text = stream.read()
        self.lines = self.text.count("\n")
        self.without_comments = TOKEN.sub(
            lambda m: blank(m[0]) if m[0].startswith(("/*", "//")) else m[0], self.text)
        self.code = TOKEN.sub(
            lambda m: '""'.ljust(len(m[0])) if m[0][0] == '"' and "\n" not in m[0]
            else blank(m[0]), self.text)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def find(self, pattern):
        """Line numbers where @pattern is in the code, outside of comments and literals."""
        return [self.line_of(m.start()) for m in re.finditer(pattern, self.code)]

    def literals(self):
        """(line, content) of every string literal outside of #include lines."""
        for match in TOKEN.finditer(self.text):
            if match[0][0] == '"':
                start = self.text.rfind("\n", 0, match.start()) + 1
                if not self.text.startswith("#include", start):
                    yield self.line_of(match.start()), match[0][1:-1]

    def includes(self):
        """(line, name, quoted) of every #include."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]',
                                 self.without_comments, re.MULTILINE):
            yield self.line_of(match.start()), match[2], match[1] == '"'

    def functions(self):
        """(line, name, length in lines, deepest braces) of every function."""
        code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.)*(?:\\\n[^\n]*)*",
                      lambda m: blank(m[0]), self.code, flags=re.MULTILINE)
        depth, start, head, deepest, name = 0, 0, 0, 0, None
        for match in re.finditer(r"[{};]", code):
            where = match.start()
            if match[0] == "{":
                if depth == 0:
                    before = code[head:where]
                    found = re.search(r"([A-Za-z_]\w*)\s*\((?:[^{};]*)\)\s*\Z", before)
                    name = found[1] if found and "=" not in before else None
                    start, deepest = where, 0
                depth += 1
                deepest = max(deepest, depth)
            elif match[0] == "}":
                depth -= 1
                if depth == 0 and name:
                    first, last = self.line_of(start), self.line_of(where)
                    yield first, name, last - first + 1, deepest
            if depth == 0:
                head = where + 1


def list_files(root, folder, endings):
    """Paths relative to @root of the files below @folder, sorted; build folders are not entered."""
    found = []
    for where, folders, files in os.walk(os.path.join(root, folder)):
        folders[:] = [f for f in folders if not f.startswith(("build", ".git", "__pycache__"))]
        found += [os.path.relpath(os.path.join(where, name), root) for name in files
                  if name.endswith(endings)]
    return sorted(found)


class Tap:
    """One line for each rule; what is wrong follows as file:line."""

    def __init__(self):
        self.number = self.failed = 0

    def rule(self, name, wrong):
        self.number += 1
        wrong = list(wrong)
        self.failed += bool(wrong)
        print("%s %d - %s" % ("not ok" if wrong else "ok", self.number, name))
        for text in wrong:
            print("# " + text)

    def skip(self, name, reason):
        self.number += 1
        print("ok %d - %s # SKIP %s" % (self.number, name, reason))

    def end(self):
        print("1..%d" % self.number)
        return 1 if self.failed else 0
