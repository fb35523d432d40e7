"""Marking lines of a listing."""

from __future__ import annotations

from dev2cto.items.forms import MarkLines, Response
from dev2cto.markdown.parser import Block, Listing
from dev2cto.plain.answers.base import Reply, read_numbers


def blocks(form: MarkLines) -> list[Block]:
    """The listing with line numbers."""
    return [Listing(tuple(f"{n:>2}  {line}" for n, line in enumerate(form.lines, 1)), form.lang, indent=2)]


def read_response(form: MarkLines, response: Response, text: str) -> Reply:
    """The numbers of all lines that are to be marked."""
    found = read_numbers(text, len(form.lines))
    if isinstance(found, str):
        return Reply(response, found)
    return Reply(tuple(str(n) for n in sorted(found)), submit=True)
