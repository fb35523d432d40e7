"""Typed answers: a line, or the blanks of a text."""

from __future__ import annotations

import re

from dev2cto.items.forms import Blanks, Response, Write, texts
from dev2cto.plain.answers.base import ParsedInput


def read_text(form: Write, response: Response, text: str) -> ParsedInput:
    """Take the line as the answer; an empty line changes nothing."""
    return ParsedInput(text.strip(), submit=True) if text.strip() else ParsedInput(response)


def next_blank(form: Blanks, response: Response) -> int:
    """Return the number of the first empty blank, from 1; 0 if all are filled."""
    return next((n for n, text in enumerate(_filled(form, response), 1) if not text.strip()), 0)


def read_blank(form: Blanks, response: Response, text: str) -> ParsedInput:
    """Read the text of the next blank; once all are filled, a blank's number and its new text."""
    filled = _filled(form, response)
    number = next_blank(form, response)
    if not number:
        again = re.fullmatch(r"\s*(\d+)[\s=:]\s*(\S.*)", text)
        if again is None or not 1 <= int(again[1]) <= len(filled):
            return ParsedInput(tuple(filled), 'All blanks are filled. Enter submits them; "1 TEXT" changes blank 1.')
        filled[int(again[1]) - 1] = again[2].strip()
        return ParsedInput(tuple(filled), f"Blank {int(again[1])} changed. Enter submits them all.")
    filled[number - 1] = text.strip()
    return ParsedInput(tuple(filled), submit=next_blank(form, tuple(filled)) == 0)


def take_back(form: Blanks, response: Response) -> ParsedInput:
    """Clear the blank that was filled last."""
    filled = _filled(form, response)
    number = next_blank(form, response) or len(filled) + 1
    if number == 1:
        return ParsedInput(tuple(filled), "This is the first blank.")
    filled[number - 2] = ""
    return ParsedInput(tuple(filled))


def _filled(form: Blanks, response: Response) -> list[str]:
    count = len(form.pieces) - 1
    return [*texts(response), *[""] * count][:count]
