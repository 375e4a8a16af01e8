"""Gives an emulated PCI device the ids of a real one, by writing into the memory of the paused QEMU.

QEMU has no option for it. A device's configuration space is a plain buffer that the virtual PC cannot write at these
offsets and that a reset does not touch, so it lasts as long as the process. The buffer is found from the device's object,
which has a pointer to the device's name and, a little further on, one to the buffer (QEMU's hw/pci/pci_device.h).
"""
import re
import struct

# Of the devices that QEMU emulates.
MAKERS = (0x1234, 0x8086, 0x1b36, 0x1002, 0x1af4)
VENDOR, CLASS, SUBSYSTEM = 0x00, 0x09, 0x2c


class NotFound(Exception):
    """The device is not where it is looked for: another QEMU than was tried."""


def regions(pid):
    """The process's private memory: the heap first, then the small mappings without a file."""
    found = []
    with open("/proc/%d/maps" % pid, encoding="ascii") as table:
        for line in table:
            match = re.match(r"(\w+)-(\w+) rw-p \w+ 00:00 0\s*(\S*)$", line)
            if match and match[3] in ("", "[heap]"):
                start, end = int(match[1], 16), int(match[2], 16)
                if match[3] or end - start < 8 << 20:
                    found.append((not match[3], start, end))
    return [(start, end) for _, start, end in sorted(found)]


class Memory:
    def __init__(self, pid):
        self.file = open("/proc/%d/mem" % pid, "r+b", buffering=0)
        self.parts = []
        for start, end in regions(pid):
            try:
                self.file.seek(start)
                self.parts.append((start, self.file.read(end - start)))
            except OSError:
                pass  # some mappings cannot be read

    def read(self, address, size):
        for start, data in self.parts:
            if start <= address < start + len(data):
                return data[address - start:address - start + size]
        return b""

    def find(self, needle, parts):
        for start, data in parts:
            at = data.find(needle)
            while at >= 0:
                yield start + at
                at = data.find(needle, at + 1)

    def write(self, address, data):
        self.file.seek(address)
        self.file.write(data)


def looks_like_config(head):
    return (len(head) == 64 and struct.unpack("<H", head[:2])[0] in MAKERS and head[14] & 0x7f < 2
            and 1 <= head[11] <= 13)


def config_space(memory, name):
    for at in memory.find(b"\0" + name.encode() + b"\0", memory.parts[:1]):
        for field in memory.find(struct.pack("<Q", at + 1), memory.parts):
            for word in range(field + 8, field + 512, 8):
                target, = struct.unpack("<Q", memory.read(word, 8).ljust(8, b"\0"))
                if looks_like_config(memory.read(target, 64)):
                    return target
    raise NotFound("no device with the name " + name)


def change(pid, wanted):
    """@wanted: (name, "vendor:device[:subvendor:subdevice]", class or None) each."""
    memory = Memory(pid)
    places = [config_space(memory, name) for name, _, _ in wanted]
    for place, (_, ids, class_code) in zip(places, wanted):
        numbers = [int(number, 16) for number in ids.split(":")]
        memory.write(place + VENDOR, struct.pack("<HH", *numbers[:2]))
        if numbers[2:]:
            memory.write(place + SUBSYSTEM, struct.pack("<HH", *numbers[2:]))
        if class_code:
            memory.write(place + CLASS, bytes.fromhex(class_code)[::-1])
    memory.file.close()
