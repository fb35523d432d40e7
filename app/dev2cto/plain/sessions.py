"""Somebody else has this record open: most likely the learner, at another terminal."""

from __future__ import annotations

from typing import Literal

from dev2cto.plain.face import Face
from dev2cto.plain.prompt import Chosen, Command, Prompt, Said, numbers
from dev2cto.record.sessions import Session

QUIT = Command("q", "quit", "ends dev2cto")
READ_ONLY = "you chose to read only; another session has the record open"


def settle(face: Face) -> Literal["go on", "resume", "quit"]:
    """Ask what to do about other sessions, where there are any. No choice loses anything. Raises Ended."""
    record = face.study.record
    while others := record.others():
        face.head("This record is open in another session")
        for other in others:
            face.say(where(face, other))
        face.say("Whatever you choose, nothing is lost.")
        face.item(1, "Continue here: the other session saves and closes")
        face.item(2, "Side by side: both write; each sees the other's answers")
        face.item(3, "Read only: this session saves nothing")
        match face.ask(Prompt((QUIT,), numbers(3), enter="is 2")):
            case Chosen(0):
                if take_over(face, others):
                    return "resume"
            case Chosen(2):
                record.stop_writing(READ_ONLY)
                return "go on"
            case Chosen() | Said(""):
                return "go on"
            case Said("q"):
                return "quit"
            case _:
                pass
    return "go on"


def where(face: Face, other: Session) -> str:
    """A session in a line."""
    terminal = f", terminal {other.tty}" if other.tty else ""
    since = other.since.astimezone(face.study.zone).strftime("%d %b %H:%M")
    return f"- process {other.pid} on {other.host}{terminal}, since {since}"


def take_over(face: Face, others: tuple[Session, ...]) -> bool:
    """Ask the others to save and leave; whether they did."""
    face.say("Asking the other session to save and leave ...")
    for other in others:
        came_of_it = face.study.record.take_over(other)
        if not came_of_it.ok:
            face.say(came_of_it.reason or "The other session did not leave.")
            face.say("Side by side works all the same.")
            return False
    return True
