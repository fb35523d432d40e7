"""The learner's record: TinyDB on append-only journals that survive crashes, full disks and concurrent sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from dev2cto.record.scripts import ScriptDB

__all__ = ["open_record"]


def open_record(directory: str | os.PathLike[str] | None = None, *, write: bool = False) -> ScriptDB:
    """Open your record as a TinyDB for use in a script:

        from dev2cto.record import open_record
        from tinydb import where

        with open_record() as db:
            missed = db.table("answers").search((where("kind") == "numeric") & (where("score") < 1))

    `directory` is the record's folder, as printed by `dev2cto where`; it defaults to the current learner's record of
    the shipped course. Reading is safe while the course is running.

    With `write`, each change is on the disk when the call returns; `with db.batch():` combines several into one. Fields
    must be declared in record/rows.py. Events are immutable: documents of answers, reviews, submissions and so on can
    be added, but not changed or removed. The course updates sums and cards the next time it starts, or when it next
    reads what other sessions wrote.

    Raises RecordError if there is no record, NewerRecord if a newer version has written it.
    """
    from dev2cto.record.scripts import open_for_script  # with TinyDB

    return open_for_script(directory, write=write)
