"""The query for the welcome: what a new learner needs to know of the course."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from dev2cto.study.context import StudyContext

GOALS = (60, 120, 180, 240, 300, 360, 480, 600)
"""Weekly goals to choose from, in minutes; the settings take any other."""


class Welcome(NamedTuple):
    """The snapshot for the welcome. `weeks` are those that the course takes at the weekly goal; 0 without a goal."""

    title: str
    story: str
    steps: int
    readings: int
    minutes: int
    weeks: int
    goal_minutes: int
    confidence: bool
    first: str
    """The id of the module to begin with; empty in a course without one."""
    first_title: str


def welcome(study: StudyContext) -> Welcome:
    """The snapshot for the welcome."""
    course, goal = study.course, study.settings.goal_minutes
    first = course.modules[0] if course.modules else None
    return Welcome(
        title=course.title,
        story=course.story,
        steps=sum(module.step.isdigit() for module in course.modules),
        readings=sum(len(module.readings) for module in course.modules),
        minutes=course.minutes,
        weeks=ceil(course.minutes / goal) if goal else 0,
        goal_minutes=goal,
        confidence=study.settings.confidence,
        first=first.id if first is not None else "",
        first_title=f"{first.name}: {first.title}" if first is not None else "",
    )


def next_goal(minutes: int) -> int:
    """The goal to offer after this one; after the highest, the lowest."""
    return next((goal for goal in GOALS if goal > minutes), GOALS[0])
