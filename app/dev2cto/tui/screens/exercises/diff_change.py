"""A reviewed change to look at again."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult

from dev2cto.exercises.diffs.review_score import ReviewMark
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.diff_rows import DiffText


class ChangePage(Page):
    """All lines, with the marks of a review that was finished."""

    FOCUS = ""

    def __init__(self, session: DiffSession, marks: Mapping[str, ReviewMark]) -> None:
        super().__init__()
        self._session, self._marks = session, marks

    def body(self) -> ComposeResult:
        """The change; there is nothing to open."""
        yield DiffText(self._session.rows(self._session.gaps), self._marks)

    def on_mount(self) -> None:
        """Say what this is."""
        self.set_title(self._session.exercise.title, "the change")
