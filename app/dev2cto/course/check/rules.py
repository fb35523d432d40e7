"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dev2cto.yaml.decode import SourceObject
from dev2cto.yaml.tree import NodePath, PathStep, ScalarNode, Severity, SourcePosition

About = Literal["item", "bank", "reading", "exercise", "folder", "page", "course"]
"""What a rule looks at: one object, an exercise with its folder, any other file's part, or the whole course."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found: `steps` lead from the object to the part, `offset` counts characters into its text."""

    at: SourceObject
    steps: tuple[PathStep, ...]
    message: str
    hint: str = ""
    offset: int | None = None


SECOND_STANDARD = "standard-2"
"""The rules that came after courses were written to the first ones: warnings, where a course does not ask for more."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, its title, what it looks at, and the function that looks.

    `severity` holds where neither course.yaml nor module.yaml names the code or the group.
    """

    code: str
    title: str
    about: About
    find: Callable[[Any], Iterator[Finding]]
    severity: Severity = "error"
    group: str = ""


def second_standard(code: str, title: str, about: About, find: Callable[[Any], Iterator[Finding]]) -> Rule:
    """A rule of that group."""
    return Rule(code, title, about, find, "warning", SECOND_STANDARD)


def in_file(path: str) -> SourceObject:
    """A stand-in for what has no place but a file."""
    return SourceObject(where=NodePath(path, ScalarNode("", SourcePosition(1, 1))))
