"""Answers that choose one option or several."""

from __future__ import annotations

from dev2cto.items.forms import PickMany, PickOne, Response
from dev2cto.plain.answers.base import ParsedInput, read_numbers


def read_one(form: PickOne, response: Response, text: str) -> ParsedInput:
    """Read the number of the chosen option."""
    found = read_numbers(text, len(form.options))
    if isinstance(found, str):
        return ParsedInput(response, found)
    if len(found) > 1:
        return ParsedInput(response, "Choose one only.")
    return ParsedInput(form.options[found[0] - 1].id, submit=True)


def read_several(form: PickMany, response: Response, text: str) -> ParsedInput:
    """Read the numbers of all chosen options."""
    found = read_numbers(text, len(form.options))
    if isinstance(found, str):
        return ParsedInput(response, found)
    return ParsedInput(tuple(o.id for n, o in enumerate(form.options, 1) if n in found), submit=True)
