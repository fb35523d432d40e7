"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dev2cto.nodes import Mark, Scalar, Severity, Step, Where
from dev2cto.shapes import Located

About = Literal["item", "bank", "reading", "exercise", "folder", "page", "course"]
"""What a rule looks at: one object, an exercise with its folder, any other file's part, or the whole course."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found: `steps` lead from the object to the part, `offset` counts characters into its text."""

    at: Located
    steps: tuple[Step, ...]
    message: str
    hint: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, its title, what it looks at, and the function that looks."""

    code: str
    title: str
    about: About
    find: Callable[[Any], Iterator[Finding]]
    severity: Severity = "error"


def in_file(path: str) -> Located:
    """A stand-in for what has no place but a file."""
    return Located(where=Where(path, Scalar("", Mark(1, 1))))
