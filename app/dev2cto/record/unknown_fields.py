"""What newer versions wrote into tables and fields that are not declared here: it is kept, within limits."""

from __future__ import annotations

from typing import Any

from dev2cto.record.journal.codec import Doc

LARGEST = 1 << 20
"""Characters, and values, of a document's undeclared fields; who writes more keeps it in files, as this version."""

_LONGEST_NAME = 80
"""Characters of a field's name that are shown."""


def are_small(fields: Doc) -> bool:
    """Whether undeclared fields have a size that the program can keep."""
    return _weight(fields) <= LARGEST


def largest(fields: Doc) -> str:
    """Return the name of the largest of these fields, as shown to the learner."""
    return max(fields, key=lambda name: _weight(fields[name]) + len(name))[:_LONGEST_NAME]


def _weight(value: Any) -> int:
    """Return the characters and values in a JSON value; no more than a part of them once they are too many."""
    weight, waiting = 0, [value]
    while waiting and weight <= LARGEST:
        value = waiting.pop()
        weight += len(value) if type(value) is str else 1
        if type(value) is dict:
            weight += sum(map(len, value))
            waiting += value.values()
        elif type(value) is list:
            waiting += value
    return weight
