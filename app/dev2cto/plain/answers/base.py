"""Helpers for the answer forms: numbered lists, and reading numbers from a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dev2cto.items.forms import Option, Response
from dev2cto.markdown.parser import Block, Paragraph, flowing


@dataclass(frozen=True, slots=True)
class ParsedInput:
    """The response after a typed line was read."""

    response: Response
    message: str = ""
    """A message to show; empty if there is none."""
    submit: bool = False
    """Whether the answer is complete, so that it is submitted without asking for enter."""


def numbered(options: Sequence[Option], labels: Sequence[str] = ()) -> list[Block]:
    """Return the options, each after its number or label."""
    labels = labels or [str(n) for n in range(1, len(options) + 1)]
    width = max((len(label) for label in labels), default=1)
    blocks = any(option.block for option in options)
    return [
        Paragraph(flowing(option.text), marker=f"{label:>{width}}. ", tight=n > 0 and not blocks)
        for n, (label, option) in enumerate(zip(labels, options, strict=True))
    ]


def read_numbers(text: str, most: int) -> tuple[int, ...] | str:
    """Return the distinct numbers from 1 to `most` in a line like "1 3" or "1, 3"; or a message if it is invalid."""
    pieces = re.split(r"[\s,;]+", text.strip().strip(",;"))
    wrong = [piece for piece in pieces if not (piece.isascii() and piece.isdecimal() and 1 <= int(piece) <= most)]
    if wrong:
        return f"{wrong[0][:20]} is not a number from 1 to {most}."
    found = tuple(int(piece) for piece in pieces)
    twice = [n for n in found if found.count(n) > 1]
    return f"{twice[0]} occurs twice." if twice else found
