"""A final form: an exam on all steps."""

from __future__ import annotations

from dev2cto.plain.screens.exam import ExamScreen
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """Take the attempt named after its step, from where it was left; then its result."""
    session = ui.study.final_attempt(location.ids[1])
    if not session.finished and ExamScreen(ui, session, location, "final").run() == "left":
        return None
    from dev2cto.plain.screens.result import result

    return result(ui, session)
