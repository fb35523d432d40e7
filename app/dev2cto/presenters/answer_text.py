"""Texts for answer forms."""

from __future__ import annotations

from dev2cto.items.forms import Blanks
from dev2cto.markdown.parser import Block, Listing, para


def blanks_blocks(form: Blanks, *, indent: int) -> list[Block]:
    """The text of a cloze question with its blanks numbered from 1."""
    text = form.pieces[0] + "".join(f"[blank {n}]{piece}" for n, piece in enumerate(form.pieces[1:], 1))
    lines = text.split("\n")
    return [Listing(tuple(lines), indent=indent) if len(lines) > 1 else para(text, indent=indent)]
