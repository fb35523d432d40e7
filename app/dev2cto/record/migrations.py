"""Migrations of documents from older schemas: pure functions, applied while reading.

Files are never rewritten for a migration: each session's header line records the schema it writes, and its documents
are upgraded step by step whenever they are read. A step is lossless and total; it never raises for a document that
its schema allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dev2cto.record.journal.codec import Doc

SCHEMA = 1
"""The schema of the documents that this version writes; each step below increments it."""

Migration = Callable[[str, Doc], Doc]
"""(table, document of schema n) to the document of schema n + 1; returns the same object if nothing changes."""

STEPS: Mapping[int, Migration] = {}
"""Steps by the schema n they upgrade from; the first schema is 1."""


def upgrade(table: str, doc: Doc, written: int, *, schema: int = SCHEMA, steps: Mapping[int, Migration] = STEPS) -> Doc:
    """Return the document upgraded from the schema it was `written` in to `schema`."""
    if written == schema:
        return doc
    for number in range(written, schema):
        step = steps.get(number)
        if step is not None:
            doc = step(table, doc)
    return doc
