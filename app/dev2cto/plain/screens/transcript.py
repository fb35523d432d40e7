"""The transcript: what was done when, to read here and to export."""

from __future__ import annotations

from dev2cto.export.transcript import EXPORT, text
from dev2cto.plain.prompt import PromptCommand
from dev2cto.plain.screens.question_loop import BACK_OR_ON
from dev2cto.plain.ui import PlainUI
from dev2cto.study.queries.transcript import transcript
from dev2cto.study.state.location import Location

TRANSCRIPT = PromptCommand("t", "transcript", "your work by date, with its results")


def run(ui: PlainUI, location: Location) -> Location | None:
    """All of it, as it is exported."""
    for line in text(transcript(ui.study)).split("\n"):
        if line:
            ui.say(line)
        else:
            ui.console.gap()
    ui.say(EXPORT)
    ui.ask(BACK_OR_ON)
    return None
