"""A private bus that poses as the system bus, with the real polkitd, in a mount namespace of its own.

Everything happens below enter(): the calling script is run again by unshare(1), where a fresh /run/dbus, copies of polkit's
actions and rules, and copies of the accounts with a made-up user are mounted over the real ones; nothing outside
changes. Needs root, dbus-daemon, polkitd, util-linux, python3-gi.
"""
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "..", "..")
NAME, PATH = "org.ferryvm.Helper1", "/org/ferryvm/Helper1"
ERROR = "error " + NAME + ".Error."
CARD = "0000:01:00.0"
NOBODY = 65534
USER, USER_ID, PASSWORD = "ferry-test", 61234, "one right word"
INTERACTIVE = 2  # Gio.DBusCallFlags.ALLOW_INTERACTIVE_AUTHORIZATION
SOCKET = "/run/dbus/system_bus_socket"
POLKITD = ["/usr/lib/polkit-1/polkitd", "/usr/libexec/polkitd", "/usr/lib/policykit-1/polkitd"]
# Seconds for what takes a moment on an idle computer. Nothing waits that long where all is well.
PATIENCE = 180
ACCOUNTS = ["passwd", "shadow", "group"]

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=%(socket)s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><deny own="*"/><deny send_type="method_call"/>
<allow send_type="signal"/><allow send_requested_reply="true" send_type="method_return"/>
<allow send_requested_reply="true" send_type="error"/><allow receive_type="method_call"/>
<allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
<allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/></policy>
<includedir>/usr/share/dbus-1/system.d</includedir><includedir>%(place)s/system.d</includedir></busconfig>
"""


# Asked about by the tests alone: which of their rules is in force.
RULE_ACTION = "org.ferryvm.test.rule"
RULE_POLICY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE policyconfig PUBLIC "-//freedesktop//DTD PolicyKit Policy Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/PolicyKit/1/policyconfig.dtd">
<policyconfig><action id="%s"><description>x</description><message>x</message><defaults><allow_any>no</allow_any>
<allow_inactive>no</allow_inactive><allow_active>no</allow_active></defaults></action></policyconfig>
""" % RULE_ACTION


def started():
    """This process as polkit knows one: its number, and when it was started."""
    with open("/proc/self/stat", encoding="utf-8") as stat:
        return os.getpid(), int(stat.read().rsplit(")", 1)[1].split()[19])


def find_polkitd():
    return next((path for path in POLKITD if os.path.exists(path)), None)


def missing(*more):
    """Why the tests cannot run here, or an empty string."""
    if os.geteuid() != 0:
        return "needs root"
    programs = [name for name in ("dbus-daemon", "unshare", "setpriv", "mount") + more if shutil.which(name) is None]
    if find_polkitd() is None:
        programs.append("polkitd")
    if subprocess.run(["/usr/bin/python3", "-c", "import gi"], capture_output=True, check=False).returncode:
        programs.append("python3-gi")
    if programs:
        return "missing: " + ", ".join(programs)
    if subprocess.run(["unshare", "-m", "--propagation", "private", "true"], capture_output=True,
                      check=False).returncode:
        return "no mount namespaces here"
    return ""


def enter(inside, *programs):
    """Runs inside(report, place, arguments) in a mount namespace; a skip with its reason where that is not possible."""
    if len(sys.argv) > 2 and sys.argv[1] == "--inside":
        report = Report()
        inside(report, sys.argv[2], sys.argv[3:])
        print("1..%d" % report.lines)
        sys.exit(1 if report.failed else 0)
    why = missing(*programs)
    if why:
        print("1..0 # SKIP %s" % why)
        sys.exit(0)
    with tempfile.TemporaryDirectory(prefix="ferry-helper-") as place:
        os.chmod(place, 0o755)
        arguments = [os.path.abspath(argument) for argument in sys.argv[1:]]
        sys.exit(subprocess.run(["unshare", "-m", "--propagation", "private", sys.executable,
                                 os.path.abspath(sys.argv[0]), "--inside", place] + arguments, check=False).returncode)


class Report:
    def __init__(self):
        self.lines, self.failed = 0, 0

    def check(self, good, what, detail=""):
        self.lines += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.lines, what), flush=True)
        if not good:
            print("# " + str(detail)[:800].replace("\n", "\n# "), flush=True)

    def same(self, found, wanted, what):
        self.check(found == wanted, what, "%r, wanted %r" % (found, wanted))


class Caller:
    """A connection of its own, kept open, of another user: see caller.py for what it prints."""

    def __init__(self, uid):
        prefix = ["setpriv", "--reuid=%d" % uid, "--regid=%d" % uid, "--clear-groups"] if uid else []
        self.process = subprocess.Popen(prefix + ["/usr/bin/python3", os.path.join(HERE, "caller.py")],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.name = self.read()

    def send(self, method, text="", flags=0, **more):
        self.process.stdin.write(json.dumps(dict(more, method=method, text=text, flags=flags)) + "\n")
        self.process.stdin.flush()

    def read(self):
        """The next line; nothing here waits for ever."""
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            return "nothing came"
        return self.process.stdout.readline().strip()

    def call(self, method, text="", flags=0, **more):
        self.send(method, text, flags, **more)
        return self.read()

    def batch(self, calls):
        """Calls that are made at once; for each [REPLY, MESSAGE]."""
        return json.loads(self.call("", batch=calls)[3:])

    def value(self, method, text="", flags=0):
        """What the reply holds, or None for an error."""
        reply = self.call(method, text, flags)
        return json.loads(reply[3:]) if reply.startswith("ok ") else None

    def plan(self, text):
        value = self.value("Preview", "(%s,)" % text)
        return json.loads(value[0]) if value else {"digest": "none", "changes": []}

    def digest(self, text):
        return self.plan(text)["digest"]

    def close(self):
        self.process.kill()
        self.process.wait()


class Agent(Caller):
    """The password dialog of a caller, acted: "dismiss", or "wait" until it is taken away. See agent.py."""

    def __init__(self, uid, subject, behaviour):
        self.process = subprocess.Popen(
            ["setpriv", "--reuid=%d" % uid, "--regid=%d" % uid, "--clear-groups", "/usr/bin/python3",
             os.path.join(HERE, "agent.py"), str(subject), behaviour], stdout=subprocess.PIPE, text=True, bufsize=1)
        self.name = self.read()


def intent(card=CARD, **extra):
    words = ["'cards': <['%s']>" % card, "'install': <false>"]
    words += ["'%s': %s" % (key.replace("_", "-"), value) for key, value in extra.items()]
    return "{%s}" % ", ".join(words)


def apply_text(digest, wish=None):
    return "(%s, '%s', @a{sv} {})" % (wish or intent(), digest)


def bind(source, target):
    subprocess.run(["mount", "--bind", source, target], check=True)


class Bench:
    def __init__(self, place):
        self.place = place
        self.processes = {}
        self.root = os.path.join(place, "root")
        self.rules = 0

    def path(self, *names):
        return os.path.join(self.place, *names)

    def prepare_accounts(self):
        """Copies with one more user, whose password is known."""
        secret = subprocess.run(["openssl", "passwd", "-6", PASSWORD], capture_output=True, text=True,
                                check=True).stdout.strip()
        lines = {"passwd": "%s:x:%d:%d::/:/bin/sh\n" % (USER, USER_ID, USER_ID), "shadow": "%s:%s:19000:0:99999:7:::\n" % (
            USER, secret), "group": "%s:x:%d:\n" % (USER, USER_ID)}
        for name in ACCOUNTS:
            shutil.copy2("/etc/" + name, self.path(name))
            os.chown(self.path(name), 0, os.stat("/etc/" + name).st_gid)
            with open(self.path(name), "a", encoding="utf-8") as out:
                out.write(lines[name])
            bind(self.path(name), "/etc/" + name)

    def prepare(self):
        for name in ("system.d", "actions", "rules"):
            os.mkdir(self.path(name))
        data = os.path.join(SOURCE, "data")
        shutil.copy(os.path.join(data, "org.ferryvm.Helper1.conf"), self.path("system.d"))
        for name in os.listdir("/usr/share/polkit-1/actions"):
            shutil.copy(os.path.join("/usr/share/polkit-1/actions", name), self.path("actions"))
        shutil.copy(os.path.join(data, "org.ferryvm.helper1.policy.in"),
                    self.path("actions", "org.ferryvm.helper1.policy"))
        with open(self.path("actions", RULE_ACTION + ".policy"), "w", encoding="utf-8") as out:
            out.write(RULE_POLICY)
        shutil.chown(self.path("rules"), "polkitd")
        os.chmod(self.path("rules"), 0o700)
        with open(self.path("bus.conf"), "w", encoding="utf-8") as out:
            out.write(BUS % {"place": self.place, "socket": SOCKET})
        bind(self.path("actions"), "/usr/share/polkit-1/actions")
        bind(self.path("rules"), "/etc/polkit-1/rules.d")
        os.makedirs("/run/dbus", exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run/dbus"], check=True)
        self.prepare_accounts()
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + SOCKET

    def start(self, name, command):
        self.processes[name] = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self, name, how=signal.SIGKILL):
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait()

    def hang(self, name):
        self.processes[name].send_signal(signal.SIGSTOP)

    def go_on(self, name):
        self.processes[name].send_signal(signal.SIGCONT)

    def until(self, what, look):
        """Waits until look() is true."""
        end = time.monotonic() + PATIENCE
        while not look():
            if time.monotonic() > end:
                raise RuntimeError("%s did not come" % what)
            time.sleep(0.05)

    def bus_call(self, name, path, method, *arguments):
        return subprocess.run(["gdbus", "call", "--system", "--timeout", str(PATIENCE), "-d", name, "-o", path, "-m", method]
                              + list(arguments), capture_output=True, text=True, check=False).stdout

    def is_owned(self, name):
        return "true" in self.bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", name)

    def wait_for(self, name):
        self.until(name, lambda: self.is_owned(name))

    def start_bus(self):
        self.start("bus", ["dbus-daemon", "--config-file=" + self.path("bus.conf"), "--nofork", "--nopidfile"])
        self.until("the bus", lambda: os.path.exists(SOCKET))

    def start_polkit(self):
        self.start("polkitd", [find_polkitd(), "--no-debug"])
        self.wait_for("org.freedesktop.PolicyKit1")

    def start_helper(self, command):
        self.start("helper", command)
        self.until(NAME, lambda: self.processes["helper"].poll() is not None or self.is_owned(NAME))

    def rule(self, look, change=None):
        """What polkit says to everybody but root about looking and about changing: YES, NO, AUTH_ADMIN or null."""
        words = ["polkit.Result." + word if word != "null" else word for word in (look, change or look)]
        self.rules += 1
        made = self.path("rules", "new")
        with open(made, "w", encoding="utf-8") as out:
            out.write("polkit.addAdminRule(function() { return ['unix-user:%s']; });\n"
                      "polkit.addRule(function(action, subject) {\n"
                      "  if (action.id === '%s') return action.lookup('number') === '%d' ? polkit.Result.YES : polkit.Result.NO;\n"
                      "  if (action.id.indexOf('org.ferryvm.helper1.') !== 0 || subject.user === 'root') return null;\n"
                      "  return action.id === 'org.ferryvm.helper1.inspect' ? %s : %s; });\n"
                      % (USER, RULE_ACTION, self.rules, *words))
        os.rename(made, self.path("rules", "00-test.rules"))
        # polkitd reads rules again when it sees that they have changed; the rule itself tells when that was.
        self.until("the rule", lambda: "(true" in self.bus_call(
            "org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority",
            "org.freedesktop.PolicyKit1.Authority.CheckAuthorization",
            "('unix-process', {'pid': <uint32 %d>, 'start-time': <uint64 %d>})" % started(),
            RULE_ACTION, "{'number': '%d'}" % self.rules, "0", ""))

    def end(self):
        for name in list(self.processes):
            self.stop(name)

    def tree(self):
        listing = subprocess.run(["find", "etc", "boot", "var", "-type", "f", "-not", "-path", "var/lib/ferry/lock",
                                  "-exec", "sha256sum", "{}", "+"], cwd=self.root, capture_output=True, text=True,
                                 check=False).stdout
        return sorted(listing.splitlines())
