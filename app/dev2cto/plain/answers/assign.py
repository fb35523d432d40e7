"""Answers that match entries with letters: pairs and groups."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase

from dev2cto.items.forms import Group, Pair, Response, assigned, assignment, loser
from dev2cto.markdown.parser import Block, para
from dev2cto.plain.answers.base import ParsedInput, numbered

PAIR = re.compile(r"(\d{1,9}) ?[-=:]? ?([a-z])(?=[ ,;]|$)[ ,;]*", re.IGNORECASE)


def blocks(form: Pair | Group) -> list[Block]:
    """Return the numbered entries, then the lettered targets under a heading."""
    entries, targets = assignment(form)
    heading = "To pair them with:" if isinstance(form, Pair) else "The groups:"
    return [*numbered(entries), para(heading), *numbered(targets, ascii_lowercase[: len(targets)])]


def read_response(form: Pair | Group, response: Response, text: str) -> ParsedInput:
    """Read pairs like "1b 2a", all at once or one at a time."""
    entries, targets = assignment(form)
    given = dict(response) if isinstance(response, Mapping) else {}
    text = " ".join(text.split())
    found = list(PAIR.finditer(text))
    if not found or "".join(match[0] for match in found) != text.strip():
        return ParsedInput(given, 'Type a number and a letter, like "1b"; several with spaces between.')
    taken = ""
    for match in found:
        number, letter = int(match[1]), ascii_lowercase.index(match[2].lower())
        if not 1 <= number <= len(entries):
            return ParsedInput(given, f"There is no {number}; numbers go from 1 to {len(entries)}.")
        if letter >= len(targets):
            last = ascii_lowercase[len(targets) - 1]
            return ParsedInput(given, f"There is no {match[2].lower()}; letters go from a to {last}.")
        losing = loser(form, given, entries[number - 1].id, targets[letter].id)
        if losing is not None:
            taken += f"{match[2].lower()} was taken from {entries.index(losing) + 1}. "
        given = assigned(form, given, entries[number - 1].id, targets[letter].id)
    left = [str(n) for n, entry in enumerate(entries, 1) if entry.id not in given]
    if left:
        return ParsedInput(given, f"{taken or 'Kept. '}Still missing: {', '.join(left)}.")
    at_once = len({match[1] for match in found}) == len(entries)
    return ParsedInput(
        given, "" if at_once else f"{taken}All have a letter. Enter submits them; a pair changes one.", submit=at_once
    )
