"""The prompt for confidence, shown on its own after an answer."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.learning.mastery import CONFIDENCE
from dev2cto.markdown.layout import Line
from dev2cto.tui.widgets.line_widget import LineWidget, line_of

HOW_SURE = "How sure are you?   "
SURE = tuple(f"{n} {words}" for n, words in CONFIDENCE.items())


class ConfidencePrompt(LineWidget, can_focus=True):
    """Asks how sure the learner is; posts Chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{n}", f"sure({n})", words, id=f"sure.{words.partition(' ')[0]}")
            for n, words in CONFIDENCE.items()
        ),
        Binding("q", "unsure", "change the answer", id="sure.back"),
        Binding("escape", "unsure", "change the answer", show=False, id="sure.escape"),
    ]

    class Chosen(Message):
        """The confidence, 1 to 3; 0 to go back and change the answer."""

        def __init__(self, confidence: int) -> None:
            super().__init__()
            self.confidence = confidence

    def lines_at(self, width: int) -> tuple[Line, ...]:
        """The question and its three answers."""
        return (Line(()), line_of((HOW_SURE, "bold"), "   ".join(SURE)))

    def on_click(self, event: events.Click) -> None:
        """Choose the answer that was clicked."""
        begin = len(HOW_SURE)
        for n, answer in enumerate(SURE, 1):
            if event.y == 1 and begin <= event.x < begin + len(answer):
                self.action_sure(n)
            begin += len(answer) + 3

    def action_sure(self, confidence: int) -> None:
        """Post the chosen confidence."""
        self.post_message(self.Chosen(confidence))

    def action_unsure(self) -> None:
        """Go back to change the answer."""
        self.post_message(self.Chosen(0))
