"""The time left for an answer. It is only a guide: answering is possible after it has run out."""

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
"""Seconds between updates: a clock that ticks every second would distract from writing."""


class TimeLeft(LineWidget):
    """Shows the seconds left, rounded up to a multiple of STEP."""

    DEFAULT_CSS = "TimeLeft { margin: 1 0 0 0; }"

    class Passed(Message):
        """Another STEP seconds have passed."""

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
        """Milliseconds spent so far, earlier sessions included."""
        running = self._now - self._since if self._since is not None else 0.0
        return round((self._before + running) * 1000)

    @property
    def left(self) -> float:
        """Seconds left; 0 or less once the time is up."""
        return self._seconds - self.used / 1000

    def resume(self, used: int) -> None:
        """Set the milliseconds spent in earlier sessions."""
        self._before = used / 1000
        self.tick()

    def start(self) -> None:
        """Start the clock, unless it is running."""
        if self._since is None:
            self._since = self._now
            self._wait()

    def _wait(self) -> None:
        if self.left > 0:
            self.set_timer(self.left % STEP or STEP, self.pass_)

    def pass_(self) -> None:
        """Update the figure, post Passed and wait for the next update."""
        self.tick()
        self._wait()
        self.post_message(self.Passed())

    def tick(self) -> None:
        """Redraw the figure; the layout does not change."""
        self._width = -1
        self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The seconds left, or a note that the time is up."""
        if self.left <= 0:
            return (line_of(("   Time is up; you can keep writing.", "muted")),)
        figure = min(self._seconds, math.ceil(self.left / STEP) * STEP)
        return (line_of((f" Time left: {figure} s", "muted")),)
