"""The answer widget and the instructions for each form."""

from __future__ import annotations

from typing import assert_never

from dev2cto.items.forms import Arrange, Blanks, Form, Group, MarkLines, Pair, PickMany, PickOne, Predict, Write
from dev2cto.tui.answers.arrange import ArrangeAnswer
from dev2cto.tui.answers.assign import AssignAnswer
from dev2cto.tui.answers.mark_lines import MarkLinesAnswer
from dev2cto.tui.answers.pick import PickManyAnswer, PickOneAnswer
from dev2cto.tui.answers.several import BlanksAnswer, PredictAnswer, SeveralLines
from dev2cto.tui.answers.typed import WriteAnswer

Answer = PickOneAnswer | PickManyAnswer | ArrangeAnswer | AssignAnswer | MarkLinesAnswer | WriteAnswer | SeveralLines


def answer_widget(form: Form) -> Answer:
    """Return a new widget for the form."""
    match form:
        case PickOne():
            return PickOneAnswer(form)
        case PickMany():
            return PickManyAnswer(form)
        case Arrange():
            return ArrangeAnswer(form)
        case Pair() | Group():
            return AssignAnswer(form)
        case MarkLines():
            return MarkLinesAnswer(form)
        case Write():
            return WriteAnswer(form)
        case Blanks():
            return BlanksAnswer(form)
        case Predict():
            return PredictAnswer(form)
        case _:
            assert_never(form)


def how_to(form: Form) -> str:
    """Return one line that says how to answer."""
    match form:
        case PickOne():
            return "A digit chooses, enter submits."
        case PickMany():
            return "Digits mark and unmark, enter submits."
        case Arrange(leave_out=leave_out):
            out = " 0 leaves it out," if leave_out else ""
            return f"Space picks up and puts down, arrows carry, a digit sends it there,{out} enter answers."
        case Pair() | Group():
            return "A digit gives the line its number and moves on, 0 clears it, enter submits."
        case MarkLines():
            return "Space or a digit marks a line, enter submits."
        case Write(lines=True):
            return "Write, then tab leads to Submit."
        case Write(words=words) if words:
            return f"Type the {words}, in any order, with commas between, then enter."
        case Write():
            return "Type, then enter."
        case Blanks():
            return "Type, enter goes to the next blank; after the last it submits."
        case Predict():
            return "First an interval that you are 90 % sure of, then the number."
        case _:
            assert_never(form)
