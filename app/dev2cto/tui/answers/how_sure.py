"""How sure the learner is of an answer, asked alone after it."""

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
    """Asks for the confidence, alone, after the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{n}", f"sure({n})", words, id=f"sure.{words.partition(' ')[0]}")
            for n, words in CONFIDENCE.items()
        ),
        Binding("q", "unsure", "change the answer", id="sure.back"),
        Binding("escape", "unsure", "change the answer", show=False, id="sure.escape"),
    ]

    class Chosen(Message):
        """How sure, 1 to 3; 0: not yet, change the answer."""

        def __init__(self, confidence: int) -> None:
            super().__init__()
            self.confidence = confidence

    def lines_at(self, width: int) -> tuple[Line, ...]:
        """The question and its three answers."""
        return (Line(()), line_of((HOW_SURE, "bold"), "   ".join(SURE)))

    def on_click(self, event: events.Click) -> None:
        """A click on one of the answers gives it."""
        begin = len(HOW_SURE)
        for n, answer in enumerate(SURE, 1):
            if event.y == 1 and begin <= event.x < begin + len(answer):
                self.action_sure(n)
            begin += len(answer) + 3

    def action_sure(self, confidence: int) -> None:
        """Say so."""
        self.post_message(self.Chosen(confidence))

    def action_unsure(self) -> None:
        """Back to the answer."""
        self.post_message(self.Chosen(0))
