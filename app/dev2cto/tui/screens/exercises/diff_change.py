"""The page that shows a reviewed diff again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult

from dev2cto.exercises.diffs.review_score import ReviewMark
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.tui.screens.base import BOTH, Page
from dev2cto.tui.widgets.diff_rows import DiffText


class ChangePage(Page):
    """All lines, with the marks of a finished review."""

    COLUMN: ClassVar[int] = BOTH
    FOCUS = ""

    def __init__(self, session: DiffSession, marks: Mapping[str, ReviewMark]) -> None:
        super().__init__()
        self._session, self._marks = session, marks

    def body(self) -> ComposeResult:
        """The whole diff, read-only."""
        yield DiffText(self._session.rows(self._session.gaps), self._marks)

    def on_mount(self) -> None:
        """Set the title."""
        self.set_title(self._session.exercise.title, "the change")
