"""What the screens of all exercises show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.plain.ui import PlainUI

if TYPE_CHECKING:
    from dev2cto.study.sessions.exercise_sessions import ExerciseSession


def title(ui: PlainUI, session: ExerciseSession) -> str:
    """The title of an exercise: its step and its name."""
    name = ui.study.module(ui.module).name if ui.module else ""
    return f"{name} / {session.exercise.title}"
