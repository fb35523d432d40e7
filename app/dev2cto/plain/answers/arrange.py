"""Answers that put entries in order."""

from __future__ import annotations

from dev2cto.items.forms import Arrange, Response
from dev2cto.plain.answers.base import ParsedInput, read_numbers


def read_response(form: Arrange, response: Response, text: str) -> ParsedInput:
    """Read the numbers in order; numbers may be left out only if the form allows it."""
    found = read_numbers(text, len(form.entries))
    if isinstance(found, str):
        return ParsedInput(response, found)
    missing = [n for n in range(1, len(form.entries) + 1) if n not in found]
    if missing and not form.leave_out:
        return ParsedInput(
            response, f"Still missing: {', '.join(map(str, missing))}. All {len(form.entries)} are needed."
        )
    return ParsedInput(tuple(form.entries[n - 1].id for n in found), submit=True)
