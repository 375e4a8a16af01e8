"""A real libvirtd in namespaces of its own, for tests: mounts, network and processes.

enter() runs the calling script again below unshare(1). There, fresh folders are mounted over libvirt's settings, state,
logs and sockets, the network is an empty one, and everything that was started ends with the script: a libvirt of this
computer is never seen and never touched. Only what libvirt found out about QEMU is kept, below XDG_CACHE_HOME, because
that takes it eight seconds. Needs root, util-linux, libvirtd, virsh and QEMU.
"""
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.abspath(os.path.join(HERE, "..", ".."))
USER, USER_ID = "ferry-test", 61234
SOCKET = "/run/libvirt/libvirt-sock"
IMAGES = "/var/lib/libvirt/images"
KVM = "/dev/kvm"
START_SECONDS = 300  # on a very busy computer
PROGRAMS = ("libvirtd", "virsh", "qemu-system-x86_64", "qemu-img", "unshare", "mount", "setpriv")
# What the packages of libvirt and QEMU know and tests read; everything else of the system's settings stays out.
NETWORKS = ["/usr/share/libvirt/networks/default.xml", "/etc/libvirt/qemu/networks/default.xml"]
QEMU_USERS = ["libvirt-qemu", "qemu", "nobody"]
NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"]


def qemu_user():
    """The user as whom the distribution's libvirt runs QEMU."""
    for name in QEMU_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    return None


def has_virtualization():
    """A kernel may offer /dev/kvm although the processor cannot; then machines would stop at once instead of being emulated."""
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        return any(word in line.split() for line in cpuinfo if line.startswith("flags") for word in ("vmx", "svm"))


def missing(*more):
    """Why the tests cannot run here, or an empty string."""
    if os.geteuid() != 0:
        return "needs root"
    programs = [name for name in PROGRAMS + more if shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None]
    if programs:
        return "missing: " + ", ".join(programs)
    if qemu_user() is None:
        return "no user for QEMU"
    if subprocess.run(NAMESPACES + ["true"], capture_output=True, check=False).returncode:
        return "no namespaces here"
    return ""


def reap():
    """The first process of a namespace has to wait for those that lost their parent; libvirtd looks whether they are gone."""
    child = os.fork() if os.getpid() == 1 else 0
    while child:
        ended, status = os.wait()
        if ended == child:
            os._exit(os.waitstatus_to_exitcode(status) & 0xff)


def enter(inside, *programs, kvm=False):
    """Runs inside(report, daemon, arguments) in the namespaces; a skip with its reason where that is not possible.

    With @kvm libvirt sees /dev/kvm even when the processor cannot; machines can be defined then, but not started.
    """
    if len(sys.argv) > 2 and sys.argv[1] == "--inside":
        reap()
        report, daemon = Report(), Daemon(sys.argv[2], kvm)
        try:
            daemon.prepare()
            inside(report, daemon, sys.argv[3:])
        finally:
            daemon.stop()
        print("1..%d" % report.lines)
        sys.exit(1 if report.failed else 0)
    why = missing(*programs)
    if why:
        print("1..0 # SKIP %s" % why)
        sys.exit(0)
    with tempfile.TemporaryDirectory(prefix="ferry-guest-") as place:
        os.chmod(place, 0o755)
        arguments = [os.path.abspath(argument) for argument in sys.argv[1:]]
        sys.exit(subprocess.run(NAMESPACES + [sys.executable, os.path.abspath(sys.argv[0]), "--inside", place] + arguments,
                                check=False).returncode)


class Report:
    def __init__(self):
        self.lines, self.failed = 0, 0

    def check(self, good, what, detail=""):
        self.lines += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.lines, what), flush=True)
        if not good:
            print("# " + str(detail)[-1500:].replace("\n", "\n# "), flush=True)
        return good

    def same(self, found, wanted, what):
        return self.check(found == wanted, what, "%r, wanted %r" % (found, wanted))

    def skip(self, what, why):
        self.lines += 1
        print("ok %d - %s # SKIP %s" % (self.lines, what, why), flush=True)


class Daemon:
    """libvirtd with its own settings; QEMU runs as the user that the distribution made for it."""

    def __init__(self, place, kvm=False):
        self.place, self.kvm = place, kvm or has_virtualization()
        self.process = None
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", HOME=place, XDG_CACHE_HOME=os.path.join(place, "cache"),
                                PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")

    def path(self, *names):
        return os.path.join(self.place, *names)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        return self.path(name)

    def mount(self, name, target, mode=0o755):
        """An empty folder over one of the system's."""
        os.makedirs(self.path(name), exist_ok=True)
        os.chmod(self.path(name), mode)
        os.makedirs(target, exist_ok=True)
        subprocess.run(["mount", "--bind", self.path(name), target], check=True)

    def keep(self):
        """What libvirt found out about QEMU; a copy, so that two runs do not meet. It differs with and without KVM."""
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        return os.path.join(cache, "ferry", "libvirt" if self.kvm else "libvirt-emulated")

    def prepare(self):
        user = qemu_user()
        self.write("etc/qemu.conf", 'user = "%s"\ngroup = "%d"\nsecurity_driver = "none"\nnamespaces = []\n'
                   'cgroup_controllers = []\nremember_owner = 0\nstdio_handler = "file"\n' % (user.pw_name, user.pw_gid))
        network = next((path for path in NETWORKS if os.path.exists(path)), None)
        if network:
            os.makedirs(self.path("etc/qemu/networks"))
            shutil.copy(network, self.path("etc/qemu/networks"))
        if os.path.isdir(self.keep()):
            shutil.copytree(self.keep(), self.path("var-cache"), symlinks=True)
        self.mount("etc", "/etc/libvirt")
        self.mount("var", "/var/lib/libvirt", 0o711)
        self.mount("log", "/var/log/libvirt", 0o711)
        self.mount("var-cache", "/var/cache/libvirt")
        self.mount("run", "/run/libvirt")
        self.mount("swtpm", "/var/lib/swtpm-localca")
        self.add_user()
        os.makedirs(IMAGES)
        os.chmod(IMAGES, 0o711)
        if not self.kvm:
            subprocess.run(["mount", "--bind", "/dev/null", KVM], check=False)

    def add_user(self):
        """An ordinary user, in copies of the accounts."""
        for name, line in (("passwd", "%s:x:%d:%d::%s:/bin/sh\n" % (USER, USER_ID, USER_ID, self.path("home"))),
                           ("group", "%s:x:%d:\n" % (USER, USER_ID))):
            shutil.copy2("/etc/" + name, self.path(name))
            with open(self.path(name), "a", encoding="utf-8") as out:
                out.write(line)
            subprocess.run(["mount", "--bind", self.path(name), "/etc/" + name], check=True)

    def settings(self, words=""):
        return self.write("libvirtd.conf", words or 'unix_sock_rw_perms = "0777"\nauth_unix_ro = "none"\nauth_unix_rw = "none"\n')

    def start(self, words=""):
        """With libvirtd.conf made of @words; by default everybody may connect."""
        with open(self.path("libvirtd.log"), "ab") as log:
            self.process = subprocess.Popen(["libvirtd", "--config", self.settings(words), "--pid-file", self.path("pid")],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)
        patience, end = 3, time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("libvirtd ended: " + self.log())
            if os.path.exists(SOCKET):
                if self.answers(patience):
                    break
                patience *= 2
            time.sleep(0.1)
        else:
            raise RuntimeError("libvirtd did not come: " + self.log())
        self.save()

    def answers(self, seconds):
        """A call that comes while libvirtd is still getting ready may never be answered: ask again."""
        try:
            return self.run("virsh", "-q", "-c", "qemu:///system", "version", timeout=seconds).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def save(self):
        """Keeps the findings for the next run."""
        self.virsh("domcapabilities", "--machine", "q35")
        made = tempfile.mkdtemp(prefix="libvirt-", dir=self.parent())
        shutil.copytree("/var/cache/libvirt", os.path.join(made, "new"), symlinks=True)
        shutil.rmtree(self.keep(), ignore_errors=True)
        try:
            os.rename(os.path.join(made, "new"), self.keep())
        except OSError:
            pass
        shutil.rmtree(made, ignore_errors=True)

    def parent(self):
        os.makedirs(os.path.dirname(self.keep()), exist_ok=True)
        return os.path.dirname(self.keep())

    def log(self):
        with open(self.path("libvirtd.log"), encoding="utf-8", errors="replace") as log:
            return log.read()[-1500:]

    def stop(self, how=signal.SIGTERM):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait()
        self.process = None

    def run(self, *words, uid=0, **options):
        prefix = ["setpriv", "--reuid=%d" % uid, "--regid=%d" % uid, "--clear-groups"] if uid else []
        options.setdefault("env", self.environment)
        options.setdefault("timeout", 600)
        return subprocess.run(prefix + list(words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                              **options)

    def virsh(self, *words):
        return self.run("virsh", "-q", "-c", "qemu:///system", *words)

    def domains(self):
        return sorted(self.virsh("list", "--all", "--name").stdout.split("\n")[:-1])

    def leftovers(self):
        """Every file of a machine: disks, variables of the firmware, state of a TPM, media."""
        found = []
        for folder in (IMAGES, "/var/lib/libvirt/qemu/nvram", "/var/lib/libvirt/swtpm", "/etc/libvirt/qemu"):
            for top, _, names in os.walk(folder):
                found += [os.path.join(top, name) for name in names if "/networks" not in top]
        return sorted(found)
