"""Sections of a learner's text, and the one that a criterion of the rubric is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dev2cto.exercises.artefact import Criterion
from dev2cto.exercises.text_lint import heading_of

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = frozenset(
    {"and", "are", "but", "can", "for", "from", "how", "its", "not", "that", "the", "they", "this", "what"}
)
"""Words that say nothing about what a section is about."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it, up to the next heading of its level or above."""

    level: int
    heading: str
    text: str


def sections(text: str) -> tuple[Section, ...]:
    """The sections of a text in order; one within another is in both, what comes before the first in none."""
    lines = text.split("\n")
    heads = list(_headings(lines))
    found = []
    for n, (at, level, heading) in enumerate(heads):
        end = next((later for later, other, _ in heads[n + 1 :] if other <= level), len(lines))
        found.append(Section(level, heading, "\n".join(lines[at + 1 : end]).strip("\n")))
    return tuple(found)


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield line number, level and text of each heading that is not in a block of code."""
    fence = ""
    for n, line in enumerate(lines):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        level, heading = (0, "") if fence else heading_of(line)
        if level:
            yield n, level, heading.strip("*_ ")


def section_about(criterion: Criterion, text: str, headings: Collection[str]) -> Section | None:
    """The section that a criterion is about, among those with one of these headings; None if none seems to be.

    It has most words in common with the criterion, and its id counts twice.
    """
    known = {heading.casefold() for heading in headings}
    wanted, id = _words(f"{criterion.id} {criterion.criterion}"), _words(criterion.id)
    best, most = None, 0
    for section in sections(text):
        words = _words(section.heading)
        common = len(wanted & words) + len(id & words)
        if section.heading.casefold() in known and common > most:
            best, most = section, common
    return best


def _words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, without the s of a plural."""
    found = (word.casefold() for word in WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in COMMON)
