"""Taking back the last change. It is offered where the change was made, until something else is changed there."""

from collections.abc import Callable
from typing import NamedTuple

from dev2cto.study.context import StudyContext


class Undo(NamedTuple):
    """What takes a change back (raises NotSaved), and the message once it has."""

    run: Callable[[], None]
    done: str


def restoring(study: StudyContext, table: str, id: str) -> Callable[[], None]:
    """Return what puts a document back as it is now: its content, or that there is none."""
    kept = study.documents.find(table, id)

    def restore() -> None:
        with study.record.batch():
            if kept is None:
                study.documents.remove(table, id)
            else:
                study.record.table(table).put(id, kept)

    return restore
