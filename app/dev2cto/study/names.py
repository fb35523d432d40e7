"""Ids that were renamed: what the record holds under an old id belongs to the new one."""

from __future__ import annotations

from collections.abc import Mapping

MARKS = "#.:"


def current(id: str, renamed: Mapping[str, str]) -> str:
    """The id as the course calls it now; parts joined by # . or : are renamed each for itself.

    Chains of renames are followed; a ring ends where it began.
    """
    if not renamed:
        return id
    for _ in range(len(renamed) + 1):
        new = renamed.get(id)
        if new is None:
            break
        id = new
    for mark in MARKS:
        head, found, tail = id.partition(mark)
        if found:
            return f"{current(head, renamed)}{mark}{current(tail, renamed)}"
    return id
