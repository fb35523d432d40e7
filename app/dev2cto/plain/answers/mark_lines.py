"""Answers that mark lines of a listing."""

from __future__ import annotations

from dev2cto.items.forms import MarkLines, Response
from dev2cto.markdown.parser import Block, Listing
from dev2cto.plain.answers.base import ParsedInput, read_numbers


def blocks(form: MarkLines) -> list[Block]:
    """Return the listing with line numbers."""
    return [Listing(tuple(f"{n:>2}  {line}" for n, line in enumerate(form.lines, 1)), form.lang, indent=2)]


def read_response(form: MarkLines, response: Response, text: str) -> ParsedInput:
    """Read the numbers of all lines to mark."""
    found = read_numbers(text, len(form.lines))
    if isinstance(found, str):
        return ParsedInput(response, found)
    return ParsedInput(tuple(str(n) for n in sorted(found)), submit=True)
