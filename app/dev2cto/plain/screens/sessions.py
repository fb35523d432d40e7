"""The record is open in another session: most likely the learner, at another terminal."""

from __future__ import annotations

from typing import Literal

from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import sessions_text
from dev2cto.record.sessions import Session

QUIT = PromptCommand("q", "quit", "ends dev2cto")


def resolve_conflict(ui: PlainUI) -> Literal["go on", "resume", "quit"]:
    """Ask what to do about other sessions, if there are any. No choice loses anything. Raises SessionEnded."""
    record = ui.study.record
    while others := record.others():
        ui.show_title("This record is open in another session")
        for other in others:
            ui.say(f"- {sessions_text.describe_session(ui.study, other)}")
        ui.say(sessions_text.SAFE)
        choices = sessions_text.choices(others)
        for n, choice in enumerate(choices, 1):
            ui.numbered_line(n, f"{choice.words}: {choice.note}")
        first = next(n for n, choice in enumerate(choices) if choice.possible)
        typed = ui.ask(Prompt((QUIT,), numbers(3), enter=f"chooses {first + 1}"))
        match ChoiceInput(first) if typed == CommandInput("") else typed:
            case ChoiceInput(0):
                if take_over(ui, others):
                    return "resume"
            case ChoiceInput(2):
                record.stop_writing(sessions_text.READ_ONLY)
                return "go on"
            case ChoiceInput():
                return "go on"
            case CommandInput("q"):
                return "quit"
            case _:
                pass
    return "go on"


def take_over(ui: PlainUI, others: tuple[Session, ...]) -> bool:
    """Ask the others to save and leave; return whether they did."""
    ui.say(sessions_text.ASKING)
    reason = sessions_text.close_others(ui.study.record, others)
    if reason:
        ui.say(reason)
        ui.say(sessions_text.BESIDE)
    return not reason
