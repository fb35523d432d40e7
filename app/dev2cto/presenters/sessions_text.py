"""Texts for a record that another session has open. No choice loses anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from dev2cto.record.record import Record
from dev2cto.record.sessions import Session
from dev2cto.study.context import StudyContext

SAFE = "Whatever you choose, nothing is lost."
ASKING = "Asking the other session to save and close ..."
BESIDE = "You can still use both."
READ_ONLY = "you chose to read only; another session has the record open"
"""Why nothing is saved."""


class SessionChoice(NamedTuple):
    """An action on other sessions."""

    id: Literal["here", "beside", "read"]
    words: str
    note: str
    possible: bool = True


def choices(others: Sequence[Session]) -> list[SessionChoice]:
    """What can be done; another session can only be asked to leave on the same machine."""
    reachable = all(other.here for other in others)
    note = "the other session saves and closes" if reachable else "not possible: it runs on another machine"
    return [
        SessionChoice("here", "Continue here", note, reachable),
        SessionChoice("beside", "Side by side", "both write; each sees the other's answers"),
        SessionChoice("read", "Read only", "this session saves nothing"),
    ]


def describe_session(study: StudyContext, other: Session) -> str:
    """A session in a line: process, machine, terminal, since when."""
    terminal = f", terminal {other.tty}" if other.tty else ""
    since = other.since.astimezone(study.zone).strftime("%d %b %H:%M")
    return f"process {other.pid} on {other.host}{terminal}, since {since}"


def close_others(record: Record, others: Sequence[Session]) -> str:
    """Ask the other sessions to save and leave, and wait for them; why one did not, empty if all did."""
    for other in others:
        result = record.take_over(other)
        if not result.ok:
            return result.reason or "The other session did not quit."
    return ""


def hung_up(study: StudyContext) -> str:
    """Message of a session that was told to end: that everything is saved, and where the course is open meanwhile."""
    saved = "Everything is saved."
    for other in study.record.others():
        saved += f" The course is open in {describe_session(study, other)}."
    return f"{saved} dev2cto --resume continues where you left off."
