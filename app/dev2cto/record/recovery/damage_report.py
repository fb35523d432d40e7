"""What is wrong with the files of a record: where, what it cost, and what to do about it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dev2cto.record.journal.reader import Damage, JournalReader
from dev2cto.record.layout import LIVE, journals, writer_of

_BEGINNING = 1 << 16
"""Bytes of a file that show how its lines end."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One damaged file."""

    file: str
    places: tuple[Damage, ...]
    own: bool
    """Whether this device writes it, so that the next start repairs it."""
    missing: tuple[tuple[int, int], ...]
    """Spans of the line numbers of its writer that nothing here holds."""
    open_end: bool
    """Whether the damage reaches to the end of the file, so that more may be missing than can be counted."""

    @property
    def lost(self) -> int:
        """How many entries are missing."""
        return sum(stop - start for start, stop in self.missing)

    @property
    def kept(self) -> str:
        """The file in the record's folder that holds the damaged original; empty if it is where it was."""
        return next((place.kept for place in self.places if place.kept), "")

    @property
    def cost(self) -> str:
        """What the damage cost, as shown to the learner."""
        if self.file.startswith(LIVE):
            return "drafts and places of that session may be missing"
        if self.lost:
            numbers = ", ".join(str(a) if b == a + 1 else f"{a} to {b - 1}" for a, b in self.missing)
            more = ", and perhaps later ones" if self.open_end else ""
            return f"{self.lost} {'entry is' if self.lost == 1 else 'entries are'} missing (numbers {numbers}{more})"
        return "entries at its end may be missing" if self.open_end else "no entry is missing"

    @property
    def advice(self) -> str:
        """What to do about it."""
        if any(place.length == 0 for place in self.places):
            return "Move it out of the folder."
        if self.kept:
            return f"The original is kept: {self.kept}."
        if self.own:
            return "The next start repairs the file and keeps the original."
        return "Copy the file again from the machine that writes it, or merge a backup of that machine."


def damaged_files(reader: JournalReader, device: str) -> tuple[FileReport, ...]:
    """Return the damaged files of a record that was read, also those whose damage an earlier session found."""
    by_file: dict[str, list[Damage]] = {}
    for damage in (reader.known | reader.damaged).values():
        by_file.setdefault(damage.file, []).append(damage)
    missing = reader.missing()
    found = []
    for file, places in sorted(by_file.items()):
        read = reader.files.get(file)
        writer = read.writer if read is not None else writer_of(file)
        own = file.removeprefix(LIVE).startswith(f"{device}.")
        open_end = read is not None and any(place.offset >= read.end for place in places)
        gaps = tuple(missing.get(writer, ()))
        found.append(FileReport(file, tuple(sorted(places)), own, gaps, open_end))
    return tuple(found)


def other_losses(reader: JournalReader, reports: tuple[FileReport, ...]) -> Iterator[tuple[str, int]]:
    """Yield (writer, how many of its entries are missing) for the writers that no damaged file accounts for."""
    reported = {reader.files[report.file].writer for report in reports if report.file in reader.files}
    for writer, gaps in sorted(reader.missing().items()):
        if writer not in reported:
            yield writer, sum(stop - start for start, stop in gaps)


def with_carriage_returns(directory: Path) -> tuple[str, ...]:
    """Return the names of the journals whose lines end as on Windows, as git makes them with `core.autocrlf`."""
    found = []
    for path in journals(directory):
        with contextlib.suppress(OSError), open(path, "rb") as file:
            if b"}\r\n" in file.read(_BEGINNING):
                found.append(path.name)
    return tuple(found)
