"""The user inside a virtual PC: an account without rights, logged in on the text console, who calls ferryctl and types a password.

ferryctl asks polkit over the system bus, polkit asks the agent of the terminal (pkttyagent, polkitd's own) for the password,
and the helper's units do the work: nothing of it is replaced.
"""
import json
import re

import computer
import shapes

# The agent is for this one process, which becomes ferryctl. It closes its output once polkit knows it.
WITH_AGENT = ": \"$(pkttyagent --process $$ --notify-fd 1 &)\"; exec ferryctl \"$@\""
READY, STEPS = 0, 3


class Traveller:
    def __init__(self, pc):
        self.pc = pc

    def look(self, *arguments, limit=120):
        """A command that asks for nothing."""
        return self.pc.run(["ferryctl"] + list(arguments), user=computer.USER, limit=limit)

    def change(self, *arguments, password=computer.PASSWORD, limit=900):
        """A command that is asked about, with "y" and the password typed when they are asked for."""
        answers = [["[y/N]", "y\n"], ["Password:", password + "\n"]]
        return self.pc.run(self.command(*arguments), user=computer.USER, terminal=True, answers=answers, limit=limit)

    @staticmethod
    def command(*arguments):
        return ["sh", "-c", WITH_AGENT, "sh"] + list(arguments)

    def states(self):
        """Of all changes, the newest first."""
        answer = self.look("history")
        return re.findall(r"^\d\S*\s+\d{4}-\d\d-\d\d \d\d:\d\d\s+(\S+)", answer.expect(), re.MULTILINE)


def drivers(pc):
    """The driver of each PCI device ("" where there is none), from sysfs."""
    text = pc.run("cd /sys/bus/pci/devices && for d in *; do l=$(readlink $d/driver) || l=; echo \"$d ${l##*/}\"; done").expect()
    return {line.split()[0]: (line.split() + [""])[1] for line in text.strip().split("\n")}


def words(pc):
    """What the boot loader gave the kernel."""
    return pc.run("cat /proc/cmdline").expect().strip()


def files(pc):
    """What every file of /etc and /boot is, see guest/digest.py."""
    return as_json(pc.run(["/usr/bin/python3", "/bench/digest.py"]))


def wrong_files(before, now):
    return "\n".join("%s: %s, now %s" % (path, before.get(path, "not there"), now.get(path, "not there"))
                     for path in sorted(set(before) | set(now)) if before.get(path) != now.get(path))


def functions(address):
    return address.rpartition(".")[0] + "."


def wrong_binding(before, now, card):
    """The card's functions on vfio-pci, and every other device of the computer as it was."""
    wrong = []
    for address in sorted(set(before) | set(now)):
        if address.startswith(functions(card)):
            if now.get(address) != "vfio-pci":
                wrong.append("%s of the card has the driver \"%s\"" % (address, now.get(address)))
        elif before.get(address) != now.get(address):
            wrong.append("%s had \"%s\", now \"%s\"" % (address, before.get(address), now.get(address)))
    if not any(address.startswith(functions(card)) for address in now):
        wrong.append("the card is not there")
    return "\n".join(wrong)


def wrong_system(pc):
    """The system's own screen and disk live, and nothing failed to start."""
    checks = {
        "the screen of the system": "grep -qx connected /sys/bus/pci/devices/%s/drm/card*/card*-*/status" % shapes.HOST_CARD,
        "the disk of the system": "lsblk -no PKNAME,MOUNTPOINT | grep -q '^nvme0n1 */$'",
        "a unit failed to start": "! systemctl --failed --no-legend --plain | grep .",
    }
    wrong = []
    for name, script in checks.items():
        answer = pc.run(script)
        if answer.status:
            wrong.append("%s: %s" % (name, answer.output.strip() or "not alive"))
    if not pc.shows_something():
        wrong.append("the screen of the system is empty")
    return "\n".join(wrong)


def wrong_verification(answer):
    """All that a change is for is there. An emulated Intel processor runs no virtual machines, and libvirt is not in every image."""
    found = {finding["id"]: finding for finding in as_json(answer)["findings"]}
    wrong = ["verify does not say \"%s\" is well" % name for name in ("change", "command-line", "iommu", "card-driver", "group", "screen", "disk")
             if found.get(name, {}).get("verdict") != "pass"]
    wrong += ["verify, %s: %s" % (name, finding["title"]) for name, finding in found.items()
              if finding["verdict"] == "fail" and name not in ("kvm", "libvirt")]
    return "\n".join(wrong)


def as_json(answer):
    try:
        return json.loads(answer.output)
    except ValueError:
        raise computer.Broken("no JSON: " + answer.output[-500:]) from None
