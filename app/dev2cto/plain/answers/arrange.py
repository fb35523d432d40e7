"""Putting entries into order."""

from __future__ import annotations

from dev2cto.items.forms import Arrange, Response
from dev2cto.plain.answers.base import Reply, read_numbers, texts


def take(form: Arrange, response: Response, text: str) -> Reply:
    """The numbers in the right order; where some do not belong, their numbers are left out."""
    found = read_numbers(text, len(form.entries))
    if isinstance(found, str):
        return Reply(response, found)
    missing = [n for n in range(1, len(form.entries) + 1) if n not in found]
    if missing and not form.leave_out:
        return Reply(response, f"All {len(form.entries)} are needed; {_listed(missing)} missing.")
    return Reply(tuple(form.entries[n - 1].id for n in found), submit=True)


def in_words(form: Arrange, response: Response) -> str:
    """The numbers in order, and which are left out."""
    number = {entry.id: n for n, entry in enumerate(form.entries, 1)}
    kept = [number[id] for id in texts(response) if id in number]
    out = [n for n in number.values() if n not in kept]
    if not kept:
        return ""
    order = " ".join(map(str, kept))
    return f"{order}; left out: {' '.join(map(str, out))}" if out and form.leave_out else order


def _listed(missing: list[int]) -> str:
    return f"{missing[0]} is" if len(missing) == 1 else f"{', '.join(map(str, missing))} are"
