"""Navigation between the screens of plain mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.errors import Dev2CtoError
from dev2cto.study.screens import opener

if TYPE_CHECKING:
    from dev2cto.plain.ui import PlainUI
    from dev2cto.study.state.location import Location

SCREENS = {
    name: f"dev2cto.plain.{screen}"
    for name, screen in {
        "step": "screens.step:step",
        "reading": "screens.reading:read",
        "quiz": "screens.quiz:run_attempt",
        "quiz_start": "screens.quiz_start:start",
        "exercise": "exercises.dispatch:exercise_screen",
        "final": "screens.final:take_final",
        "final_start": "screens.final:start",
        "review": "screens.review:review",
        "search": "screens.search:search",
        "glossary": "screens.glossary:glossary",
        "notebook": "screens.notebook:notebook",
        "note": "screens.note:note",
        "report": "screens.report:report",
        "progress": "screens.progress:progress_text",
        "portfolio": "screens.portfolio:portfolio_list",
        "transcript": "screens.transcript:transcript_text",
        "settings": "screens.settings:settings",
    }.items()
}
"""Import paths by screen, loaded on first use: callables (ui, location) that return the next location or None."""


def open_location(ui: PlainUI, location: Location | None) -> None:
    """Run the screen of a location, then those it leads to; a Dev2CtoError is shown and ends this."""
    before = ui.module
    try:
        while location is not None:
            ui.study.timer.keep()
            location = opener(SCREENS, location)(ui, location)
    except Dev2CtoError as error:
        ui.show_error(error)
    finally:
        ui.module = before
