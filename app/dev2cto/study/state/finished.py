"""When what a draft was for was finished: an answer in one's own words was submitted, a report saved."""

from __future__ import annotations

from collections.abc import Iterable

from dev2cto.record.record import Record
from dev2cto.record.tinydb_storage import where


def finished_at(record: Record, owners: Iterable[str]) -> int:
    """The last moment (ms by the hybrid clock) at which one of these drafts' questions or reports was finished.

    -1 if none was, and for drafts of anything else: notes, comments and exercises look at what they saved themselves.
    """
    answered = [owner for owner in owners if ":" not in owner and "#" not in owner]
    reported = [owner.removeprefix("report:") for owner in owners if owner.startswith("report:")]
    table, items = ("answers", answered) if answered else ("reports", reported)
    found = record.table(table).scan(where("item").one_of(items)) if items else ()
    return max((record.made(table, id).ms for id, _ in found), default=-1)
