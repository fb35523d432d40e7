"""Giving each entry a letter: pairs with right sides, entries with groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from dev2cto.items.forms import Option, Response
from dev2cto.markdown.parser import Block, para
from dev2cto.plain.answers.base import Reply, numbered

PAIR = re.compile(r"(\d+)\s*[-=:]?\s*([a-z])(?=[\s,;]|$)[\s,;]*", re.IGNORECASE)


def blocks(entries: Sequence[Option], targets: Sequence[Option], heading: str) -> list[Block]:
    """The numbered entries, then the lettered targets under that heading."""
    return [*numbered(entries), para(heading), *numbered(targets, ascii_lowercase[: len(targets)])]


def take(entries: Sequence[Option], targets: Sequence[Option], exclusive: bool, response: Response, text: str) -> Reply:
    """Pairs like "1b 2a", all at once or one at a time; `exclusive` targets are taken from whom had them before."""
    given = dict(response) if isinstance(response, Mapping) else {}
    found = list(PAIR.finditer(text))
    if not found or "".join(match[0] for match in found) != text.strip():
        return Reply(given, 'Type a number and a letter, like "1b"; several with spaces between.')
    for match in found:
        number, letter = int(match[1]), ascii_lowercase.index(match[2].lower())
        if not 1 <= number <= len(entries):
            return Reply(given, f"There is no {number}; the numbers go from 1 to {len(entries)}.")
        if letter >= len(targets):
            last = ascii_lowercase[len(targets) - 1]
            return Reply(given, f"There is no {match[2].lower()}; the letters go from a to {last}.")
        target = targets[letter].id
        if exclusive:
            given = {entry: t for entry, t in given.items() if t != target}
        given[entries[number - 1].id] = target
    left = [str(n) for n, entry in enumerate(entries, 1) if entry.id not in given]
    if left:
        return Reply(given, f"Kept. Still without a letter: {', '.join(left)}.")
    at_once = len({match[1] for match in found}) == len(entries)
    return Reply(given, "" if at_once else "All have a letter. Enter answers; a pair changes one.", submit=at_once)


def in_words(entries: Sequence[Option], targets: Sequence[Option], response: Response) -> str:
    """The pairs as they are typed."""
    given = response if isinstance(response, Mapping) else {}
    letter = {target.id: ascii_lowercase[n] for n, target in enumerate(targets)}
    pairs = ((n, given.get(entry.id, "")) for n, entry in enumerate(entries, 1))
    return " ".join(f"{n}{letter[target]}" for n, target in pairs if target in letter)
