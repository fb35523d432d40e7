"""The record in the hands of a learner's own script; `dev2cto.record.open_record` says how it is used."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any, NoReturn

from tinydb.queries import QueryLike
from tinydb.table import Table

from dev2cto.clock import SystemClock
from dev2cto.errors import RecordError
from dev2cto.paths import cache_dir, data_dir, expanded
from dev2cto.record.layout import DEFAULT_LEARNER, journals, learner_dir
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.schema import TABLES
from dev2cto.record.tinydb_storage import RecordTable


class ScriptTable(RecordTable):
    """A table that keeps what happened as it is."""

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """TinyDB's update; not for events."""
        self._refuse_for_events()
        return super().update(fields, cond, doc_ids)

    def update_multiple(self, updates: Iterable[tuple[Any, QueryLike]]) -> list[Any]:
        """TinyDB's update_multiple; not for events."""
        self._refuse_for_events()
        return super().update_multiple(updates)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """TinyDB's remove; not for events."""
        self._refuse_for_events()
        return super().remove(cond, doc_ids)

    def truncate(self) -> None:
        """TinyDB's truncate; not for events."""
        self._refuse_for_events()
        super().truncate()

    def put(self, doc_id: str, document: Mapping[str, Any]) -> None:
        """Stores a document in place of the one with that id; not for events."""
        self._refuse_for_events()
        super().put(doc_id, document)

    def _refuse_for_events(self) -> None:
        if self.name in TABLES and TABLES[self.name].event:
            raise RecordError(
                f"Documents of {self.name!r} say what happened; they are added, never changed or removed.",
                "dev2cto reset makes what came before count no more, and can be undone.",
            )


class ScriptDB(Record):
    """A learner's record for a script. The first slot is the course's own."""

    table_class: type[Table] = ScriptTable
    first_slot = 1

    def drop_tables(self) -> NoReturn:
        """Refused."""
        raise RecordError("The tables of a record are not dropped.", "dev2cto reset all --erase removes everything.")

    def drop_table(self, name: str) -> NoReturn:
        """Refused."""
        self.drop_tables()


def open_for_script(directory: str | os.PathLike[str] | None, *, write: bool) -> ScriptDB:
    """The record in that folder, or the present learner's. Raises RecordError, NewerRecord.

    The course reads what is written here as it reads any session's, and brings sums and cards up to date.
    """
    learner = os.environ.get("DEV2CTO_LEARNER") or DEFAULT_LEARNER
    folder = learner_dir(data_dir(), learner) if directory is None else expanded(directory)
    if not journals(folder):
        raise RecordError(f"There is no record in {folder}.", "dev2cto where names the folder of your record.")
    record = open_directory(folder, clock=SystemClock(), cache=cache_dir(), readonly=not write, kind=ScriptDB)
    assert isinstance(record, ScriptDB)
    if write:
        record.check_writable()
    return record
