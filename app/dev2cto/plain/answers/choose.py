"""Forms to prompts."""

from __future__ import annotations

from typing import assert_never

from dev2cto.items.forms import Arrange, Blanks, Form, Group, MarkLines, Pair, PickMany, PickOne, Response, Write
from dev2cto.plain.answers import arrange, assign, mark_lines, pick, typed
from dev2cto.plain.answers.base import Reply, numbered
from dev2cto.prose.blocks import Block


def blocks_of(form: Form) -> list[Block]:
    """What stands under the question."""
    match form:
        case PickOne(options=options) | PickMany(options=options) | Arrange(entries=options):
            return numbered(options)
        case Pair():
            return assign.blocks(form.lefts, form.rights, "To pair them with:")
        case Group():
            return assign.blocks(form.entries, form.groups, "The groups:")
        case MarkLines():
            return mark_lines.blocks(form)
        case Blanks():
            return typed.blanks_blocks(form)
        case Write():
            return []
        case _:
            assert_never(form)


def how_to(form: Form, response: Response) -> str:
    """What can be typed as an answer now."""
    match form:
        case PickOne():
            return f"a number from 1 to {len(form.options)} answers"
        case PickMany():
            return 'all right numbers, like "1 3", answer'
        case Arrange():
            out = ", without what does not belong" if form.leave_out else ""
            return f'the numbers in order, like "3 1 2"{out}'
        case Pair() | Group():
            return 'number and letter, like "1b 2a", or one at a time'
        case MarkLines():
            return 'the numbers of the lines, like "2 5"'
        case Blanks():
            number = typed.next_blank(form, response)
            return f"the text of blank {number}" if number else '"1 TEXT" changes blank 1'
        case Write(lines=True):
            return "your text, line by line"
        case Write(number=True):
            return f"a number in {form.unit}" if form.unit else "a number"
        case Write():
            return "your answer"
        case _:
            assert_never(form)


def take(form: Form, response: Response, text: str) -> Reply:
    """What a typed line makes of the response."""
    match form:
        case PickOne():
            return pick.take_one(form, response, text)
        case PickMany():
            return pick.take_many(form, response, text)
        case Arrange():
            return arrange.take(form, response, text)
        case Pair():
            return assign.take(form.lefts, form.rights, True, response, text)
        case Group():
            return assign.take(form.entries, form.groups, False, response, text)
        case MarkLines():
            return mark_lines.take(form, response, text)
        case Blanks():
            return typed.take_blank(form, response, text)
        case Write():
            return typed.take_text(form, response, text)
        case _:
            assert_never(form)


def in_words(form: Form, response: Response) -> str:
    """What is given so far; empty where nothing is."""
    match form:
        case PickOne():
            return pick.one_in_words(form, response)
        case PickMany():
            return pick.many_in_words(form, response)
        case Arrange():
            return arrange.in_words(form, response)
        case Pair():
            return assign.in_words(form.lefts, form.rights, response)
        case Group():
            return assign.in_words(form.entries, form.groups, response)
        case MarkLines():
            return mark_lines.in_words(form, response)
        case Blanks():
            return typed.blanks_in_words(form, response)
        case Write():
            return str(response)
        case _:
            assert_never(form)


def is_typed(form: Form) -> bool:
    """Whether any text may be meant as an answer, so that commands are single letters."""
    return isinstance(form, Write | Blanks)
