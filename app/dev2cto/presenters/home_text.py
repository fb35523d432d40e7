"""Texts for the home screen: where to continue, unsaved drafts, what is due, the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.study.queries.view_models import HomeView, minutes
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext
    from dev2cto.study.queries.unsaved_drafts import UnsavedDraft

PROMISED = "Promised"
ALL_DONE = "Everything in this course is done. Reviews keep it fresh."


def continue_word(view: HomeView) -> str:
    """The label of the location to continue at."""
    return "Continue" if view.last_here else "Begin"


def drafts(study: StudyContext) -> tuple[UnsavedDraft, ...]:
    """The unsaved drafts, newest first; imports their query only if there are any."""
    if not len(study.record.table("drafts")):
        return ()
    from dev2cto.study.queries.unsaved_drafts import unsaved_drafts

    return unsaved_drafts(study)


def draft_size(draft: UnsavedDraft) -> str:
    """The length of a draft: "12 lines"."""
    return pluralize(draft.lines, "line")


def due(view: HomeView) -> str:
    """The number of due questions and their estimated time; empty if none is due."""
    return f"{due_count(view)}, {due_time(view)}" if view.due else ""


def due_count(view: HomeView) -> str:
    """The number of due questions: "12 questions to review"."""
    return f"{pluralize(view.due, 'question')} to review"


def due_time(view: HomeView) -> str:
    """The time that they will take: "about 9 min"."""
    return f"about {view.due_minutes} min"


def facts(view: HomeView) -> list[str]:
    """The week's study time, the portfolio, the last visit."""
    goal = f" of {minutes(view.goal_minutes * 60)}" if view.goal_minutes else ""
    found = [f"{minutes(view.week_minutes * 60)}{goal} this week"]
    found += [f"portfolio {view.portfolio_done} of {view.portfolio}"] if view.portfolio else []
    return found + ([f"last here {view.last_here}"] if view.last_here else [])
