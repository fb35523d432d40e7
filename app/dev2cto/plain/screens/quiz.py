"""A quiz attempt: practice with the verdict at once, exam with the verdict at the end."""

from __future__ import annotations

from dev2cto.plain.screens.exam import ExamScreen
from dev2cto.plain.screens.practice import PracticeScreen
from dev2cto.plain.ui import PlainUI
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """Take the attempt named after its step, from where it is; then its result."""
    session = ui.study.attempt(location.ids[1])
    rounds = ExamScreen(ui, session, location) if session.mode == "exam" else PracticeScreen(ui, session, location)
    go_on = rounds.go_on_ticking if session.finished else rounds.run
    if go_on() == "left":
        return None
    from dev2cto.plain.screens.result import result

    return result(ui, session)
