"""Texts of the welcome."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.learning.mastery import CONFIDENCE
from dev2cto.study.queries.view_models import minutes
from dev2cto.study.queries.welcome import Welcome
from dev2cto.text import pluralize

BEGIN, GOAL, CONFIDENT = "begin", "goal", "confidence"
MANY = 180
"""Minutes from which a duration is said in whole hours."""
WHY_CONFIDENCE = (
    f"After an answer you say how sure you are: {', '.join(CONFIDENCE.values())}. It shows what you only "
    "believed you knew, and when a question should come back."
)


def welcome_title(view: Welcome) -> tuple[str, str]:
    """The title of the welcome."""
    return f"Welcome   {view.title}", ""


def how_long(view: Welcome) -> str:
    """How much there is, and how long it takes, by the course's own minutes."""
    whole = f"{round(view.minutes / 60)} hours" if view.minutes >= MANY else minutes(view.minutes * 60)
    parts = f"{pluralize(view.steps, 'step')} with {pluralize(view.readings, 'reading')}, about {whole} in all"
    if not view.weeks:
        return f"{parts}."
    return f"{parts}: {pluralize(view.weeks, 'week')} at {minutes(view.goal_minutes * 60)} a week."


def choices(view: Welcome) -> Sequence[tuple[str, str, str]]:
    """(id, label, note) of what can be done here."""
    goal = f"{minutes(view.goal_minutes * 60)} a week" if view.goal_minutes else "none"
    begin = [(BEGIN, "Begin", view.first_title)] if view.first else []
    return (
        *begin,
        (GOAL, "Weekly goal", goal),
        (CONFIDENT, "Ask how sure I am", "on" if view.confidence else "off"),
    )
