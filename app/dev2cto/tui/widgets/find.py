"""The input line for finding words on a page."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.tui.widgets.inputs import LineInput


class FindBar(LineInput):
    """Enter finds here, tab searches the whole course, escape or an empty enter closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "find here", id="find.here"),
        Binding("tab", "widen", "in the whole course", id="find.widen"),
        Binding("escape", "close", "close", id="find.close"),
    ]

    class Widened(Message):
        """Search the whole course for these words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Closed(Message):
        """The learner closed the bar."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="words to find; enter with none closes", id=id)

    def action_widen(self) -> None:
        """Post Widened with the typed words."""
        self.post_message(self.Widened(self.value))

    def action_close(self) -> None:
        """Post Closed."""
        self.post_message(self.Closed())
