"""A text written for an exercise: entered line by line, then submitted."""

from __future__ import annotations

from collections.abc import Callable

from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.text_lint import LintResult
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import CommandInput, Prompt, PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location

COMMANDS = (
    PromptCommand("s", "submit", "submits the text as it is"),
    PromptCommand("f", "form", "says what the form of the text lacks"),
    PromptCommand("w", "write", "goes on writing"),
    PromptCommand("q", "back", "goes back"),
)


def write(
    ui: PlainUI,
    place: Location,
    text: str,
    keep: Callable[[str, int], None],
    lint: Callable[[str], tuple[LintResult, ...]],
    submit: Callable[[str], None],
    suffix: str,
) -> None:
    """Enter the text and submit it, or leave it as a draft. Raises Ended."""

    def kept(text: str, after: int) -> None:
        keep(text, 0)
        stay(after)

    def stay(after: int) -> None:
        ui.keep(Location(place.screen, place.ids, None, after * 10_000, {**place.extra, "writing": True}))

    restored = (place.cursor or 0) // 10_000 if place.extra.get("writing") else None
    entry = TextEntry(ui, text, kept, after=restored, suffix=suffix)
    stay(entry.after)
    if entry.run() == "leave":
        ui.say(f"Left; {ui.study.draft_is_kept}.")
        return
    while True:
        lacking(ui, lint(entry.text))
        match ui.ask(Prompt(COMMANDS)):
            case CommandInput("s"):
                try:
                    submit(entry.text)
                except Dev2CtoError as error:
                    ui.complain(error)
                    continue
                return
            case CommandInput("w"):
                if entry.run() == "leave":
                    ui.say(f"Left; {ui.study.draft_is_kept}.")
                    return
            case CommandInput("q"):
                return
            case _:
                pass


def lacking(ui: PlainUI, results: tuple[LintResult, ...]) -> None:
    """What the form lacks, or that it lacks nothing."""
    wrong = [result.message for result in results if not result.ok]
    ui.say("The form still lacks something:" if wrong else "The form is complete.")
    for message in wrong:
        ui.say(f"- {message}")
