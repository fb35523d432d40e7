"""Merging journals that are new here as they are: parsed once, while they are checked, and then given their names.

A journal of another machine of which nothing is here yet needs neither sorting nor comparing. Its documents go to a
store of their own while it is read; when all is found to be whole, the file moves into the record, and the documents
to the record's tables.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from dev2cto.record.backup.source import Source
from dev2cto.record.backup.staging import staging
from dev2cto.record.journal import durable_io
from dev2cto.record.layout import LIVE, is_of, journals, writer_of
from dev2cto.record.record import Record
from dev2cto.record.store import Store

_LARGEST = 1 << 30
"""Bytes of a journal that is copied before it is read."""


class Adoption:
    """The journals of one source that may be adopted by a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store: Store | None = None
        self.is_finished = False
        """Whether the journals were adopted: then nothing here was erased."""

    def begin(self, found: Mapping[str, Path]) -> Store | None:
        """Return the store for the documents of these journals, or None if they cannot be adopted. Raises OSError."""
        names = [name for name in found if not name.startswith(LIVE)]
        if names and self._are_new(names) and all(_is_dense(found[name]) for name in names):
            self._store = staging(self._record)
        return self._store

    def _are_new(self, names: list[str]) -> bool:
        """Whether these are journals of other machines' writers, nothing of which is here."""
        writers = {name.removesuffix(".jsonl") for name in names}
        here = {writer_of(path.name) for path in journals(self._record.directory)}
        return not any(is_of(self._record.device, writer) for writer in writers) and writers.isdisjoint(
            here | self._record.reader.seen.keys()
        )

    def is_possible(self, there: Source) -> bool:
        """Whether everything that was read is to be taken as it is; to be asked under the lock of merging."""
        names = [name for name in there.journals if not name.startswith(LIVE)]
        whole = not (there.damage or there.survey.damage)
        return self._store is not None and whole and there.survey.plain.keys() >= {*names} and self._are_new(names)

    def finish(self, there: Source) -> int:
        """Move the journals into the record and take their documents. Return how many entries. Raises OSError."""
        assert self._store is not None
        record, survey = self._record, there.survey
        names = [name for name in there.journals if not name.startswith(LIVE)]
        for name in names:
            survey.plain[name].position.inode = _move(there.journals[name], record.directory / name)
        durable_io.sync_folder(record.directory)
        record.reader.store.adopt(self._store)
        for name in names:
            plain = survey.plain[name]
            record.reader.adopt(name, plain.position, plain.header, survey.seen[plain.position.writer])
        self.is_finished = True
        for aside in survey.set_aside:
            record.reader.set_aside.setdefault((aside.line, aside.table, aside.id), aside)
        return sum(survey.plain[name].lines - survey.plain[name].headers for name in names)


def _is_dense(path: Path) -> bool:
    """Whether a file is no larger than it looks, so that a copy of it is not either. Raises OSError."""
    found = os.stat(path, follow_symlinks=False)
    return stat.S_ISREG(found.st_mode) and found.st_size <= min(_LARGEST, found.st_blocks * 512)


def _move(path: Path, to: Path) -> int:
    """Move a file of our own, durably; return its number. Raises OSError."""
    fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.fchmod(fd, 0o600)
        durable_io.sync(fd)
        os.rename(path, to)
        return os.fstat(fd).st_ino
    finally:
        os.close(fd)
