"""A diff as numbered lines of text, and reading line numbers that were typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dev2cto.exercises.diffs.changeset import Changeset
from dev2cto.exercises.diffs.diff import FaultWeight, address_text
from dev2cto.exercises.diffs.folding import FileHead, Gap, LineRow, ViewRow
from dev2cto.exercises.diffs.review_score import ReviewMark
from dev2cto.markdown.layout import wrap
from dev2cto.markdown.parser import Span, plain
from dev2cto.presenters.diff import DRAFT_COMMENT, STATES, code_text, short_comment
from dev2cto.text import pluralize

LEAD = 7
"""Cells before a line's text: its signed number and two spaces."""
LINE = re.compile(r"(?:(\d+):)?([+-]?\d+)(?:\s+(must|should|question)\b:?\s*(.*))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """A line that was named; with a weight it is to be marked directly, with the comment."""

    address: str
    weight: FaultWeight | None = None
    comment: str = ""


def listing(rows: Sequence[ViewRow], gaps: Sequence[str], notes: Mapping[str, str], width: int) -> Iterator[str]:
    """Yield the lines of the diff: "+12" was added, "-10" removed, "12" is unchanged; `notes` go below their lines.

    `gaps` are the ids of the gaps in order of their numbers; a gap that is not among them cannot be opened.
    """
    for row in rows:
        match row:
            case FileHead():
                yield ""
                yield f"File {row.number}: {row.file.name}, {STATES[row.file.state]}"
            case Gap():
                way = f": o {gaps.index(row.id) + 1} shows them" if row.id in gaps else ""
                yield f"{'':{LEAD}}({pluralize(row.count, 'line')} left out{way})"
            case LineRow():
                yield from _line(row, width)
                if note := notes.get(row.address):
                    yield from _below(note, width)


def notes_of(marks: Mapping[str, ReviewMark], drafts: Collection[str] = ()) -> dict[str, str]:
    """Return the notes below marked and half-commented lines, by address."""
    typed = dict.fromkeys(drafts, DRAFT_COMMENT)
    return typed | {address: f"{mark.weight}: {short_comment(mark)}" for address, mark in marks.items()}


def _line(row: LineRow, width: int) -> Iterator[str]:
    for n, (spans, _) in enumerate(wrap((Span(code_text(row.line.text)),), width - LEAD)):
        lead = f"{row.line.label:>{LEAD - 2}}  " if n == 0 else " " * LEAD
        yield (lead + plain(spans).replace("\u00a0", " ")).rstrip()


def _below(text: str, width: int) -> Iterator[str]:
    yield from (f"{'':{LEAD}}{plain(spans)}" for spans, _ in wrap((Span(text),), width - LEAD))


def meant(change: Changeset, text: str) -> Meant | str:
    """Return the line named as "12", "+12", "-10", "2:12" (second file) or "12 must ..."; a message if invalid."""
    found = LINE.fullmatch(text.strip())
    if found is None:
        return "Name a line by its number, like +12, -10 or 12; in the second file, 2:12."
    number, label, weight, comment = found.groups()
    files = list(enumerate(change.files, 1))
    if number is not None and not 1 <= int(number) <= len(files):
        return f"There is no file {number}; the change has {pluralize(len(files), 'file')}."
    addresses = [
        (n, file.address(line))
        for n, file in files
        if number is None or n == int(number)
        for line in file.lines
        if label in (line.label, str(line.new))
    ]
    if not addresses:
        return f"The change has no line {label}."
    if len(addresses) > 1:
        ways = ", ".join(f"{n}:{label} for {address_text(address).partition(':')[0]}" for n, address in addresses)
        return f"Line {label} of which file? {ways}."
    chosen = cast(FaultWeight, weight.lower()) if weight else None
    return Meant(addresses[0][1], chosen, (comment or "").strip())
