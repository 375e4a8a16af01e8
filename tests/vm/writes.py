"""Every write of a disk in its order, and what a power cut leaves of it.

QEMU's blklogwrites writes down each write and flush of the virtual PC, in the format of Linux' dm-log-writes (Documentation/
admin-guide/device-mapper/log-writes.rst; struct log_write_super and log_write_entry in drivers/md/dm-log-writes.c). A disk may keep
or lose what came after the last flush, in any mixture; what came before it is there. So the state after a cut is: all
writes up to the last flush before it, and of the later ones a part that a seed decides.
"""
import random
import struct

MAGIC = 0x6a736677736872
FLUSH, FUA, DISCARD = 1, 2, 4
SUPER, ENTRY = struct.Struct("<QQQI"), struct.Struct("<QQQQ")


class Write:
    """@at: where its bytes are in the log."""

    def __init__(self, sector, count, flags, at):
        self.sector, self.count, self.flags, self.at = sector, count, flags, at

    def is_flush(self):
        return bool(self.flags & FLUSH)


class Log:
    def __init__(self, path):
        self.file = open(path, "rb")
        magic, _, _, self.size = SUPER.unpack(self.file.read(SUPER.size))
        if magic != MAGIC:
            raise ValueError("no log of writes")
        self.writes = list(self._read())

    def _read(self):
        """Until the end of the file; the number in the first sector is renewed only now and then."""
        at = self.size
        while True:
            self.file.seek(at)
            head = self.file.read(ENTRY.size)
            if len(head) < ENTRY.size:
                return
            sector, count, flags, _ = ENTRY.unpack(head)
            if (sector, count, flags) == (0, 0, 0):
                return
            yield Write(sector, count, flags, at + self.size)
            at += self.size + (0 if flags & DISCARD else count * self.size)

    def data(self, write):
        if write.flags & DISCARD:
            return bytes(write.count * self.size)
        self.file.seek(write.at)
        return self.file.read(write.count * self.size)

    def cuts(self, first, last, count, seed):
        """@count moments between two positions: half spread over the writes, half over the flushes."""
        chance = random.Random(seed)
        flushes = [i for i in range(first, last) if self.writes[i].is_flush()]
        spread = [first + (last - first) * (2 * i + 1) // count for i in range(count // 2)]
        at_flushes = [flushes[len(flushes) * i // (count - count // 2)] + chance.choice((0, 1, 2))
                      for i in range(count - count // 2)]
        moments = set()
        for moment in spread + at_flushes:
            while moment in moments:
                moment += 1
            moments.add(moment)
        return sorted(moments)


class Disk:
    """A raw disk that is taken forward along a log, from cut to cut."""

    def __init__(self, path, log):
        self.path, self.log, self.done, self.undo = path, log, 0, []
        self.file = open(path, "r+b", buffering=0)

    def _put(self, write):
        self.file.seek(write.sector * self.log.size)
        self.file.write(self.log.data(write))

    def cut(self, position, seed):
        """Makes the disk what a cut after @position writes leaves; returns how many writes were kept and lost of those that
        no flush had reached."""
        for place, data in reversed(self.undo):
            self.file.seek(place)
            self.file.write(data)
        self.undo = []
        flushed = max((i + 1 for i in range(self.done, position) if self.log.writes[i].is_flush()), default=self.done)
        for write in self.log.writes[self.done:flushed]:
            self._put(write)
        self.done = flushed
        chance, kept = random.Random(seed), 0
        for write in self.log.writes[flushed:position]:
            if chance.random() < 0.5 or write.flags & FUA:
                place = write.sector * self.log.size
                self.file.seek(place)
                self.undo.append((place, self.file.read(write.count * self.log.size)))
                self._put(write)
                kept += 1
        return kept, position - flushed - kept
