"""How much a lab writes: in its folders, and in files without a name that its processes hold open."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterable

MOST_ENTRIES = 20_000
"""The most files and folders that a lab may create."""
EVERY = 0.1
"""Seconds between measurements; ten times a measurement's own time if that is more."""


class DiskUse:
    """Measures what was added to these folders since it was created."""

    def __init__(self, folders: Iterable[str], most_mb: float) -> None:
        self.folders = tuple(dict.fromkeys(os.path.realpath(folder) for folder in folders))
        self.most_kb = most_mb * 1024
        self.first_kb, self.first_entries = self.below()
        self.due = 0.0

    def exceeded(self, pids: Iterable[int]) -> int | None:
        """Return the MB added if it is more than allowed, else None; `pids` are the lab's processes.

        Nothing is measured before the next measurement is due.
        """
        began = time.monotonic()
        if began < self.due:
            return None
        kb, entries = self.below()
        kb += nameless_kb(pids) - self.first_kb
        now = time.monotonic()
        self.due = now + max(EVERY, 10 * (now - began))
        return int(kb // 1024) if kb > self.most_kb or entries - self.first_entries > MOST_ENTRIES else None

    def below(self) -> tuple[float, int]:
        """Return the KB on the disk, and the number of files and folders, below the folders."""
        kb, entries = 0.0, 0
        folders = list(self.folders)
        while folders:
            with contextlib.suppress(OSError), os.scandir(folders.pop()) as found:
                for entry in found:
                    entries += 1
                    with contextlib.suppress(OSError):
                        kb += entry.stat(follow_symlinks=False).st_blocks / 2
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
        return kb, entries


def nameless_kb(pids: Iterable[int]) -> float:
    """Return the KB in deleted files, and files in memory, that these processes hold open; 0 without /proc."""
    sizes: dict[tuple[int, int], float] = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            for fd in os.listdir(f"/proc/{pid}/fd"):
                with contextlib.suppress(OSError):
                    found = os.stat(f"/proc/{pid}/fd/{fd}")
                    if stat.S_ISREG(found.st_mode) and not found.st_nlink:
                        sizes[found.st_dev, found.st_ino] = found.st_blocks / 2
    return sum(sizes.values())
