"""Somebody else has this record open: most likely the learner, at another terminal."""

from __future__ import annotations

from typing import Literal

from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.record.sessions import Session

QUIT = PromptCommand("q", "quit", "ends dev2cto")
READ_ONLY = "you chose to read only; another session has the record open"


def resolve_conflict(ui: PlainUI) -> Literal["go on", "resume", "quit"]:
    """Ask what to do about other sessions, where there are any. No choice loses anything. Raises Ended."""
    record = ui.study.record
    while others := record.others():
        ui.show_title("This record is open in another session")
        for other in others:
            ui.say(describe_session(ui, other))
        ui.say("Whatever you choose, nothing is lost.")
        ui.numbered_line(1, "Continue here: the other session saves and closes")
        ui.numbered_line(2, "Side by side: both write; each sees the other's answers")
        ui.numbered_line(3, "Read only: this session saves nothing")
        match ui.ask(Prompt((QUIT,), numbers(3), enter="is 2")):
            case ChoiceInput(0):
                if take_over(ui, others):
                    return "resume"
            case ChoiceInput(2):
                record.stop_writing(READ_ONLY)
                return "go on"
            case ChoiceInput() | CommandInput(""):
                return "go on"
            case CommandInput("q"):
                return "quit"
            case _:
                pass
    return "go on"


def describe_session(ui: PlainUI, other: Session) -> str:
    """A session in a line."""
    terminal = f", terminal {other.tty}" if other.tty else ""
    since = other.since.astimezone(ui.study.zone).strftime("%d %b %H:%M")
    return f"- process {other.pid} on {other.host}{terminal}, since {since}"


def take_over(ui: PlainUI, others: tuple[Session, ...]) -> bool:
    """Ask the others to save and leave; whether they did."""
    ui.say("Asking the other session to save and leave ...")
    for other in others:
        came_of_it = ui.study.record.take_over(other)
        if not came_of_it.ok:
            ui.say(came_of_it.reason or "The other session did not leave.")
            ui.say("Side by side works all the same.")
            return False
    return True
