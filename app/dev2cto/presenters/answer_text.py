"""Texts for answer forms."""

from __future__ import annotations

from dev2cto.items.forms import Blanks, Form, Predict, Response, Write, texts
from dev2cto.items.understood import Understood, understood
from dev2cto.markdown.parser import Block, Listing, para


def blanks_blocks(form: Blanks, *, indent: int) -> list[Block]:
    """The text of a cloze question with its blanks numbered from 1."""
    text = form.pieces[0] + "".join(f"[blank {n}]{piece}" for n, piece in enumerate(form.pieces[1:], 1))
    lines = text.split("\n")
    return [Listing(tuple(lines), indent=indent) if len(lines) > 1 else para(text, indent=indent)]


def read_as(form: Form, response: Response, *, interpreted: bool = False) -> str:
    """How the numbers typed so far are understood, in a sentence or two; empty if there are none.

    With `interpreted`, also empty if all were typed in the one way in which they can be read.
    """
    match form:
        case Write(number=True, unit=unit):
            return _read_as("Read as", [understood(str(response), unit)], interpreted)
        case Predict(unit=unit):
            low, high, typed = (*(understood(text, unit) for text in texts(response)), None, None, None)[:3]
            if typed is not None:
                return _read_as("Number read as", [typed], interpreted)
            return _read_as("Interval read as", [low, high] if high else [low], interpreted)
        case _:
            return ""


def _read_as(label: str, found: list[Understood | None], interpreted: bool) -> str:
    known = [one for one in found if one is not None]
    if len(known) < len(found) or (interpreted and all(one.certain for one in known)):
        return ""
    instead = " and ".join(one.instead for one in known if one.instead)
    other = f" If you mean {instead}, write it like that." if instead else ""
    return f"{label} {' to '.join(one.words for one in known)}.{other}"
