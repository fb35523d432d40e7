"""Uniting records: of a laptop and a server, of a backup and what came after it.

A record is a set of lines, each known by its writer and its bytes, and the newest version of each document wins. So a
union loses nothing, needs no questions, and comes out the same in whatever order, however often it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import NewerRecord, NotSaved, RecordError
from dev2cto.record import blobs, durable, erase, sides
from dev2cto.record.archive import Contents, contents
from dev2cto.record.folder import LIVE, writer_of
from dev2cto.record.lines import FORMAT, unpack
from dev2cto.record.live import current
from dev2cto.record.migrations import SCHEMA
from dev2cto.record.record import Record
from dev2cto.record.scan import intact
from dev2cto.record.sides import Stray, strays
from dev2cto.record.slots import held


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought."""

    lines: int
    """Saved entries that were not here before."""
    blobs: int
    """Large texts that were not here before."""
    broken: tuple[str, ...] = ()
    """What could not be read of the sources, in the learner's words."""


def merge(record: Record, sources: Sequence[Path]) -> Merged:
    """Takes in records from folders or archives; afterwards this record holds all of them.

    Raises RecordError where a source is none, NewerRecord where one was written by a newer version (nothing is
    changed then), NotSaved where the disk refuses.
    """
    record.check_writable()
    found = [(source, contents(source)) for source in sources]
    for source, held_there in found:
        _refuse_newer(source, held_there)
    before = record.refresh() and False
    lines = new_blobs = 0
    try:
        for _, held_there in found:
            with sides.alone(record.directory):
                lines += _take_lines(record, held_there)
                lines += _take_live(record, held_there)
            new_blobs += _take_blobs(record, held_there)
    except OSError as problem:
        raise NotSaved(
            f"Not everything could be merged: {problem.strerror or problem}.",
            "What was merged stays; make room and merge again.",
        ) from problem
    record.refresh()
    erase.follow(record)
    return Merged(lines, new_blobs, tuple(f"{source}: {there.broken}" for source, there in found if there.broken))
