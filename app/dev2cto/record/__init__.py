"""What the learner did: TinyDB on append-only journals that survive crashes, full disks and second sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from dev2cto.record.scripts import ScriptDB

__all__ = ["open_record"]


def open_record(directory: str | os.PathLike[str] | None = None, *, write: bool = False) -> ScriptDB:
    """Your record as a TinyDB, for a script of your own:

        from dev2cto.record import open_record
        from tinydb import where

        with open_record() as db:
            missed = db.table("answers").search((where("kind") == "numeric") & (where("score") < 1))

    `directory` is the record's folder, as `dev2cto where` names it; without it, the present learner's record of the
    shipped course. Reading may go on beside the course.

    With `write`, changes are on the disk when they return, and `with db.batch():` makes several of them one. Fields
    must be those of record/rows.py. What happened stays: documents of answers, reviews, submissions and other events
    can be added, not changed or removed. The course brings sums and cards up to date when it is opened next, or when
    it looks for what other sessions wrote.

    Raises RecordError where there is no record, NewerRecord where a newer version has written it.
    """
    from dev2cto.record.scripts import open_for_script  # with TinyDB

    return open_for_script(directory, write=write)
