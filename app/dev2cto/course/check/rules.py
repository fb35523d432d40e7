"""The rule and finding types of the checker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dev2cto.yaml.decode import SourceObject
from dev2cto.yaml.tree import NodePath, PathStep, ScalarNode, Severity, SourcePosition

About = Literal["item", "bank", "reading", "exercise", "folder", "page", "course"]
"""What a rule looks at: one object, an exercise with its folder ("folder"), an object of any other file ("page"), or
the whole course."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation of a rule: `steps` is the path from the object to the part, `offset` the position in its text."""

    at: SourceObject
    steps: tuple[PathStep, ...]
    message: str
    hint: str = ""
    offset: int | None = None


SECOND_STANDARD = "standard-2"
"""Group of the rules that were added after the first courses; they are warnings unless a course makes them errors."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable code, its title, the type of object it checks, and the function that checks it.

    `severity` is the default, used if neither course.yaml nor module.yaml sets one for the code or the group.
    """

    code: str
    title: str
    about: About
    find: Callable[[Any], Iterator[Finding]]
    severity: Severity = "error"
    group: str = ""


def second_standard(code: str, title: str, about: About, find: Callable[[Any], Iterator[Finding]]) -> Rule:
    """Return a rule of the group `SECOND_STANDARD`."""
    return Rule(code, title, about, find, "warning", SECOND_STANDARD)


def in_file(path: str) -> SourceObject:
    """Return a placeholder object for a finding about a whole file."""
    return SourceObject(where=NodePath(path, ScalarNode("", SourcePosition(1, 1))))
