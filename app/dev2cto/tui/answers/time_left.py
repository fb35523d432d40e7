"""The time that one would have for an answer. Nothing ends with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.message import Message

from dev2cto.markdown.layout import Line
from dev2cto.tui.widgets.line_widget import LineWidget, line_of

if TYPE_CHECKING:
    from dev2cto.tui.screens.base import Page

STEP = 10
"""Seconds between two figures: a clock that moves each second would be watched instead of the text."""


class TimeLeft(LineWidget):
    """The seconds left, as a figure that is drawn again at every full ten of them."""

    DEFAULT_CSS = "TimeLeft { margin: 1 0 0 0; }"

    class Passed(Message):
        """Another ten seconds have passed."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self._seconds = seconds
        self._before = 0.0
        self._since: float | None = None

    @property
    def _now(self) -> float:
        return cast("Page", self.screen).study.clock.monotonic()

    @property
    def used(self) -> int:
        """Milliseconds spent so far, in earlier sessions too."""
        running = self._now - self._since if self._since is not None else 0.0
        return round((self._before + running) * 1000)

    @property
    def left(self) -> float:
        """Seconds left; 0 or less when the time is over."""
        return self._seconds - self.used / 1000

    def resume(self, used: int) -> None:
        """So many milliseconds were spent before this session."""
        self._before = used / 1000
        self.tick()

    def start(self) -> None:
        """The time runs from now on, unless it runs already."""
        if self._since is None:
            self._since = self._now
            self._wait()

    def _wait(self) -> None:
        if self.left > 0:
            self.set_timer(self.left % STEP or STEP, self.pass_)

    def pass_(self) -> None:
        """Draw the next figure, and wait for the one after it."""
        self.tick()
        self._wait()
        self.post_message(self.Passed())

    def tick(self) -> None:
        """Draw the figure that is due; its line stays where it is."""
        self._width = -1
        self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The figure."""
        if self.left <= 0:
            return (line_of(("   The time is over; nothing ends with it.", "muted")),)
        figure = min(self._seconds, math.ceil(self.left / STEP) * STEP)
        return (line_of((f"   Time left: {figure} s", "muted")),)
