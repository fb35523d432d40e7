"""What is shown while the terminal is too small for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from dev2cto.tui.screens.base import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


class TooSmall(Screen[None], inherit_bindings=False):
    """A notice that goes away by itself when there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.leave", "quit", id="small.quit"),
    ]

    def compose(self) -> ComposeResult:
        """The size that is needed, and what needs none."""
        key = cast("Host", self.app).key("back")
        yield Static(
            f"The full screen needs {LEAST_WIDTH}x{LEAST_HEIGHT}; dev2cto --plain works in any size. {key} quits.",
            markup=False,
        )
