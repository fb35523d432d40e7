"""Progress: steps, objectives, attempts, calibration, time; in words."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, CommandInput, Prompt
from dev2cto.plain.screens.transcript import TRANSCRIPT
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.progress_text import progress_blocks
from dev2cto.study.queries.progress import progress
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """All of it, read from the record."""
    ui.show_title("Progress", f"course {ui.study.home().percent} %")
    ui.show(progress_blocks(ui.study, progress(ui.study), drawn=False))
    while ui.ask(Prompt((TRANSCRIPT, BACK), enter="goes back")) == CommandInput("t"):
        ui.go(Location("transcript"))
    return None
