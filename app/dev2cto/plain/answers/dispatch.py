"""Chooses the functions for each answer form."""

from __future__ import annotations

from typing import assert_never

from dev2cto.items.forms import (
    Arrange,
    Blanks,
    Form,
    Group,
    MarkLines,
    Pair,
    PickMany,
    PickOne,
    Predict,
    Response,
    Write,
)
from dev2cto.markdown.parser import Block
from dev2cto.plain.answers import arrange, assign, mark_lines, pick, predict, typed
from dev2cto.plain.answers.base import ParsedInput, numbered
from dev2cto.presenters.answer_text import blanks_blocks


def blocks_of(form: Form) -> list[Block]:
    """Return what is shown below the question."""
    match form:
        case PickOne(options=options) | PickMany(options=options) | Arrange(entries=options):
            return numbered(options)
        case Pair() | Group():
            return assign.blocks(form)
        case MarkLines():
            return mark_lines.blocks(form)
        case Blanks():
            return blanks_blocks(form, indent=2)
        case Write() | Predict():
            return []
        case _:
            assert_never(form)


def how_to(form: Form, response: Response) -> str:
    """Return in a few words what can be typed as an answer now."""
    match form:
        case PickOne():
            return f"1 to {len(form.options)} answers"
        case PickMany():
            return 'all that apply, like "1 3"'
        case Arrange(leave_out=leave_out):
            return 'the order without extras, like "3 1"' if leave_out else 'the order, like "3 1 2"'
        case Pair() | Group():
            return 'pairs like "1b 2a"'
        case MarkLines():
            return 'lines like "2 5"'
        case Blanks():
            number = typed.next_blank(form, response)
            return f"the text of blank {number}" if number else '"1 TEXT" changes blank 1'
        case Write(lines=True):
            return "your text"
        case Write(number=True, unit=unit):
            return f"a number in {unit}" if unit else "a number"
        case Predict(unit=unit):
            of = f" in {unit}" if unit else ""
            asked = {"interval": f'your 90 % interval{of}, like "40 to 60"', "number": f"now the number{of}"}
            return asked.get(predict.waiting(response), f"its high end{of}")
        case Write(words=words) if words:
            return f"the {words}, with commas between"
        case Write():
            return "your answer"
        case _:
            assert_never(form)


def explained(form: Form) -> str:
    """Return a sentence for `?` that says how to answer."""
    match form:
        case PickOne():
            return "The number of the right option is your answer."
        case PickMany():
            return "Type the numbers of all right options, with spaces between."
        case Arrange(leave_out=leave_out):
            out = " The numbers of what does not belong are left out." if leave_out else ""
            return f"Type the numbers in the right order, with spaces between.{out}"
        case Pair():
            return "Type a number and the letter that belongs to it, all at once or one pair at a time."
        case Group():
            return "Type a number and the letter of its group, all at once or one at a time."
        case MarkLines():
            return "Type the numbers of the lines, with spaces between."
        case Blanks():
            return "Type the text of one blank after the other; when all are filled, enter submits them."
        case Write(lines=True):
            return "Your text is read line by line; a line with a single dot ends it."
        case Write(words=words) if words:
            return f"Type all {words}, in any order, with commas between."
        case Predict():
            return 'First type an interval that you are 90 % sure of: its low end, "to", its high end. Then the number.'
        case Write():
            return "What you type is your answer."
        case _:
            assert_never(form)


def read_response(form: Form, response: Response, text: str) -> ParsedInput:
    """Return the response after reading a typed line."""
    match form:
        case PickOne():
            return pick.read_one(form, response, text)
        case PickMany():
            return pick.read_several(form, response, text)
        case Arrange():
            return arrange.read_response(form, response, text)
        case Pair() | Group():
            return assign.read_response(form, response, text)
        case MarkLines():
            return mark_lines.read_response(form, response, text)
        case Blanks():
            return typed.read_blank(form, response, text)
        case Predict():
            return predict.read_response(form, response, text)
        case Write():
            return typed.read_text(form, response, text)
        case _:
            assert_never(form)


def is_typed(form: Form) -> bool:
    """Whether any text can be an answer, so that commands are single letters."""
    return isinstance(form, Write | Blanks | Predict)
