"""Writing a text for an exercise: entered line by line, then submitted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dev2cto.errors import Dev2CtoError
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import CommandInput, Prompt, PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.exercise_texts import form_blocks
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location

COMMANDS = (
    PromptCommand("s", "submit", "submits the text as it is"),
    PromptCommand("f", "form", "checks for missing parts"),
    PromptCommand("w", "write", "continues writing"),
    PromptCommand("q", "back", "goes back"),
)


def write(
    ui: PlainUI, session: ArtefactSession | SurveySession, place: Location, submit: Callable[[str], None]
) -> None:
    """Enter the text and submit it, or leave it as a draft; `place` has the cursor. Raises SessionEnded."""

    def keep(text: str, after: int) -> None:
        session.keep(text)
        stay(after)

    def stay(after: int) -> None:
        ui.save_location(place._replace(cursor=after * 10_000, extra={**place.extra, "writing": True}))

    restored = (place.cursor or 0) // 10_000 if place.extra.get("writing") else None
    entry = TextEntry(ui, session.text, keep, after=restored, suffix=Path(session.exercise.file).suffix)
    stay(entry.after)
    writing = True
    while True:
        if writing and entry.run() == "leave":
            ui.say(f"Left; {ui.study.draft_is_kept}.")
            return
        writing = False
        ui.show(form_blocks(session.lint(entry.text)))
        match ui.ask(Prompt(COMMANDS)):
            case CommandInput("s"):
                try:
                    submit(entry.text)
                except Dev2CtoError as error:
                    ui.show_error(error)
                    continue
                return
            case CommandInput("w"):
                writing = True
            case CommandInput("q"):
                return
            case _:
                pass
