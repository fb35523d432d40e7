"""Merging journals that are new here as they are: parsed once, while they are checked, and then given their names.

A journal of another machine of which nothing is here yet needs neither sorting nor comparing. Its documents go to a
store of their own while it is read; when all is found to be whole, the file moves into the record, and the documents
to the record's tables.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Mapping
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
    """The journals of one source that a record may adopt."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._store = staging(record)
        self._names: list[str] = []

    def begin(self, found: Mapping[str, Path]) -> tuple[Store, Collection[str]]:
        """Choose among these journals, by file name; return also the store for their documents. Raises OSError."""
        writers = Counter(map(writer_of, found))
        alone = [name for name in found if not name.startswith(LIVE) and writers[writer_of(name)] == 1]
        self._names = [name for name in self._new(alone) if _is_dense(found[name])]
        return self._store, self._names

    def _new(self, names: list[str]) -> list[str]:
        """Return those which are journals of other machines' writers, nothing of which is here."""
        here = {writer_of(path.name) for path in journals(self._record.directory)} | self._record.reader.seen.keys()
        return [
            name for name in names
            if writer_of(name) not in here and not is_of(self._record.device, writer_of(name))
        ]  # fmt: skip

    def adoptable(self, there: Source) -> list[str]:
        """Return the chosen journals, if all can be taken as they are; to be asked under the lock of merging."""
        whole = not there.damage and there.survey.plain.keys() >= {*self._names}
        return self._names if whole and self._new(self._names) == self._names else []

    def finish(self, there: Source) -> int:
        """Move the journals into the record and take their documents. Return how many entries. Raises OSError."""
        record, survey = self._record, there.survey
        for name in self._names:
            survey.plain[name].position.inode = _move(there.journals[name], record.directory / name)
        durable_io.sync_folder(record.directory)
        record.reader.store.adopt(self._store)
        for name in self._names:
            plain = survey.plain[name]
            record.reader.adopt(name, plain.position, plain.header, survey.seen[plain.position.writer])
        for aside in survey.set_aside:
            record.reader.set_aside.setdefault((aside.line, aside.table, aside.id), aside)
        return sum(survey.plain[name].lines - survey.plain[name].headers for name in self._names)


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
