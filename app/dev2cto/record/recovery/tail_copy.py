"""Tail copies: second copies of the lines written since the last daily backup.

Once a line is safe in its journal, it is also appended to `backups/<writer>.<ms>.recent`, without a sync. A journal
that is later truncated, deleted or damaged can be recovered from the newest daily backup and the tail copies.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dev2cto.record.journal.codec import decode_line

BACKUPS = "backups"
"""The folder in the record for daily backups and tail copies."""

_SUFFIX = ".recent"
_LAST_LINES = 64 * 1024
"""Bytes read from the end to find the last line."""
_LONG_LINE = 1 << 25
"""Bytes read if that is part of a longer line."""


class TailCopy:
    """The tail copy that one session writes. Errors are ignored, since it is only the second copy."""

    def __init__(self, directory: Path) -> None:
        self._folder = directory / BACKUPS
        self._fd: int | None = None
        self.path: Path | None = None

    def open(self, writer: str, now: int, *, fresh: bool) -> None:
        """Continue this writer's newest file, or start a new one if there is none or `fresh` is set.

        `now` is in ms since 1970.
        """
        self.close()
        with contextlib.suppress(OSError):
            self._folder.mkdir(0o700, exist_ok=True)
            have = [path for path in files(self._folder.parent) if writer_of(path) == writer]
            self.path = self._folder / f"{writer}.{now:015}{_SUFFIX}" if fresh or not have else have[-1]
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
            self._fd = os.open(self.path, flags, 0o600)

    def add(self, line: bytes) -> None:
        """Append a line that is safe in its journal; the first error closes the file."""
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
        """Close the file."""
        if self._fd is not None:
            os.close(self._fd)
        self._fd = self.path = None


def files(directory: Path) -> list[Path]:
    """Return all tail copies of a record, oldest first for each writer."""
    return sorted(path for path in (directory / BACKUPS).glob(f"*{_SUFFIX}") if path.is_file())


def sizes(directory: Path) -> dict[Path, int]:
    """Return the sizes of all tail copies, skipping those that another session's backup deletes meanwhile."""
    found = {}
    for path in files(directory):
        with contextlib.suppress(FileNotFoundError):
            found[path] = path.stat().st_size
    return found


def writer_of(path: Path) -> str:
    """Return the writer whose lines the file holds."""
    return path.name.removesuffix(_SUFFIX).rpartition(".")[0]


def next_numbers(directory: Path) -> Iterator[tuple[str, int]]:
    """Yield (writer, one more than the number of its last line) for each tail copy, reading only its end."""
    for path in files(directory):
        with contextlib.suppress(OSError):
            number = _last_number(path, _LAST_LINES)
            if number is None:
                number = _last_number(path, _LONG_LINE)
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
