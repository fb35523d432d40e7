"""The marked texts around an answer: the prompt of a check before it, the verdict after it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style as RichStyle

from dev2cto import symbols
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Block, Span, Style
from dev2cto.presenters.feedback import verdict
from dev2cto.study.queries.question_models import Feedback
from dev2cto.tui.widgets.line_widget import MarkdownText, pens

BARS: dict[Style, Style] = {"good": "fill-good", "bad": "fill-bad", "warn": "fill-warm"}


class PromptText(MarkdownText):
    """The prompt of a question; in a check that waits for an answer, with a bar at its left."""

    def edge(self, line: Line, y: int) -> tuple[int, Span] | None:
        """Return the bar on the first line."""
        waits = y == 0 and self.parent is not None and self.parent.has_class("turn")
        return (1, Span(symbols.current().pointer, "fill-warm")) if waits else super().edge(line, y)


class VerdictStrip(MarkdownText):
    """The verdict in words on a surface of its own, with a bar in its colour."""

    def __init__(self, feedback: Feedback, blocks: Sequence[Block]) -> None:
        super().__init__(blocks)
        self._bar = BARS.get(verdict(feedback)[1], "fill")

    def surface(self, line: Line, y: int) -> RichStyle | None:
        """Return the surface of every line; the sixteen colours have none."""
        return None if self.app.current_theme.ansi else pens(self.app).surface

    def edge(self, line: Line, y: int) -> tuple[int, Span] | None:
        """Return the bar on the first line."""
        return (1, Span(symbols.current().pointer, self._bar)) if y == 0 else super().edge(line, y)
