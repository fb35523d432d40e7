"""A second copy of the newest lines: what was written since the last generation of backups.

Each line goes, once it is safe in its journal, into `backups/<writer>.<ms>.recent` as well; without waiting for the
disk, since the journal has done that. A journal that is cut, deleted or damaged later can be made whole from the
newest generation and these.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dev2cto.record.journal.codec import decode_line

BACKUPS = "backups"
"""The folder in the record that keeps generations and recent lines."""

_SUFFIX = ".recent"
_LAST_LINES = 64 * 1024


class TailCopy:
    """The copy that one session writes. What goes wrong with it is not reported: it is the second copy."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / BACKUPS
        self._fd: int | None = None
        self.path: Path | None = None

    def open(self, writer: str, now: int, *, fresh: bool) -> None:
        """Goes on in this writer's newest file, or begins one where there is none or a `fresh` one is wanted."""
        self.close()
        with contextlib.suppress(OSError):
            self._folder.mkdir(0o700, exist_ok=True)
            have = [path for path in files(self._folder.parent) if writer_of(path) == writer]
            self.path = self._folder / f"{writer}.{now:015}{_SUFFIX}" if fresh or not have else have[-1]
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
            self._fd = os.open(self.path, flags, 0o600)

    def add(self, line: bytes) -> None:
        """Notes a line that is safe in its journal; gives up at the first problem."""
        if self._fd is not None:
            try:
                if os.write(self._fd, line) == len(line):
                    return
            except OSError:
                pass
            self.close()

    @property
    def is_open(self) -> bool:
        """Whether lines are being copied."""
        return self._fd is not None

    def close(self) -> None:
        """Lets the file go."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = self.path = None


def files(directory: Path) -> list[Path]:
    """All files of recent lines in a record, older before newer for each writer."""
    return sorted((directory / BACKUPS).glob(f"*{_SUFFIX}"))


def contents(directory: Path) -> Iterator[tuple[str, Path, bytes]]:
    """(writer, file, content) of each file; one that cannot be read, or is just removed, does not hide the others."""
    for path in files(directory):
        with contextlib.suppress(OSError):
            yield writer_of(path), path, path.read_bytes()


def sizes(directory: Path) -> dict[Path, int]:
    """All files of recent lines and their sizes; one that another session's backup removes meanwhile is left out."""
    found = {}
    for path in files(directory):
        with contextlib.suppress(FileNotFoundError):
            found[path] = path.stat().st_size
    return found


def writer_of(path: Path) -> str:
    """Whose lines the file holds."""
    return path.name.removesuffix(_SUFFIX).rpartition(".")[0]


def next_numbers(directory: Path) -> Iterator[tuple[str, int]]:
    """(writer, one more than the number of the last line) of each file, read from its end alone."""
    for path in files(directory):
        with contextlib.suppress(OSError):
            number = _last_number(path, _LAST_LINES)
            if number is None:
                number = _last_number(path, path.stat().st_size)
            if number is not None:
                yield writer_of(path), number + 1


def _last_number(path: Path, length: int) -> int | None:
    with open(path, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - length))
        for line in reversed(file.read().split(b"\n")):
            entry = decode_line(line)
            if entry is not None:
                number = entry["n"]
                assert isinstance(number, int)
                return number
    return None
