"""The learner's comments in code reviews, for search and for resuming drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dev2cto.errors import CourseError
from dev2cto.exercises.diffs.diff import Diff, address_text
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.diff import DiffSession, submitted_marks
from dev2cto.study.state.location import Location


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A saved comment: the exercise's id, the address of the line, a display title of both, and the text."""

    exercise: str
    address: str
    title: str
    text: str


def own_comments(study: StudyContext) -> Iterator[OwnComment]:
    """Yield the comments of each code review: of the open review, else of the one submitted last.

    Broken exercises are skipped.
    """
    for module in study.course.modules:
        for outline in module.exercises:
            if outline.kind != "diff":
                continue
            session = _session(study, outline.id)
            latest = session.submissions()[-1:] if session and not session.marks else []
            marks = submitted_marks(latest[0]) if latest else tuple(session.marks.values()) if session else ()
            for mark in marks:
                if mark.comment.strip():
                    title = f"{module.name} / {outline.title}: your comment on {address_text(mark.address)}"
                    yield OwnComment(outline.id, mark.address, title, mark.comment)


def has_draft(study: StudyContext, exercise: str, address: str) -> bool:
    """Whether there is an unsaved draft of a comment on that line."""
    session = _session(study, exercise)
    return session is not None and bool(session.drafts(address))


def line_location(exercise: str, address: str) -> Location:
    """The location of a line in a review."""
    return Location("exercise", (exercise,), extra={"at": address})


def comment_location(exercise: str, address: str, cursor: int) -> Location:
    """The location of the comment editor for a line, with the cursor in the text."""
    return Location("exercise", (exercise,), None, cursor, {"at": address, "comment": address, "underway": True})


def _session(study: StudyContext, exercise: str) -> DiffSession | None:
    try:
        found = study.curriculum.exercise(exercise)
        return DiffSession(study, found) if isinstance(found, Diff) else None
    except CourseError:
        return None
