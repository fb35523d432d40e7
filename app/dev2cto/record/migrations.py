"""How documents of older schemas become today's: pure functions, applied while reading.

Files are never rewritten for a migration: each session says in its header line in which schema it writes, and what it
wrote is lifted step by step whenever it is read. A step is lossless and total; it never raises for a document that
its schema allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dev2cto.record.journal.codec import Doc

SCHEMA = 1
"""The schema of the documents that this version writes; raised by one with each step below."""

Migration = Callable[[str, Doc], Doc]
"""(table, document of schema n) to the document of schema n + 1; gives back the same document where nothing changes."""

STEPS: Mapping[int, Migration] = {}
"""The step that leaves schema n, by n. Schema 1 is the first."""


def upgrade(table: str, doc: Doc, written: int, *, schema: int = SCHEMA, steps: Mapping[int, Migration] = STEPS) -> Doc:
    """The document as today's schema has it, from the schema it was written in."""
    for number in range(written, schema):
        step = steps.get(number)
        if step is not None:
            doc = step(table, doc)
    return doc
