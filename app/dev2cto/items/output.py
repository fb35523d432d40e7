"""output: predict what a program prints."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart
from dev2cto.items.forms import Write
from dev2cto.items.text_matching import block
from dev2cto.yaml.decode import MultilineText, SingleLine

MOST = 20
WIDEST = 200
"""Characters of a line that are compared: the time for two lines grows with the square of their length."""
"""The largest number of diff lines shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(Item):
    """Predict a program's output. Score: 1 if exact (spaces at line ends, empty lines at the end aside), else 0."""

    lang: SingleLine
    code: MultilineText
    stdout: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("lang", "code", "stdout")

    def ask(self, draw: Draw) -> str:
        return f"{self.prompt.rstrip()}\n\n{block(self.code, self.lang)}"

    def form(self, draw: Draw) -> Write:
        return Write(lines=True)

    def judge(self, response: str, draw: Draw) -> Grade:
        given, printed = rows(response), rows(self.stdout)
        if given == printed:
            return Grade(1.0, right=self.solution(draw), parts=(JudgedPart("1", "right"),))
        remark = FeedbackNote("Line by line", difference(given, printed), True)
        return Grade(0.0, (remark,), self.solution(draw), parts=(JudgedPart("1", "wrong"),))

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (block(self.stdout),)

    def key(self, draw: Draw) -> str:
        return self.stdout

    def mistakes(self, draw: Draw) -> Iterator[str]:
        yield self.stdout + "\nmore"
        yield "\n".join(rows(self.stdout)[:-1])
        yield f"?{self.stdout}"


def rows(text: str) -> list[str]:
    """Split a text into lines for comparison, without spaces at their ends and empty lines at the end."""
    return "\n".join(line.rstrip() for line in text.replace("\r", "").split("\n")).rstrip().split("\n")


def difference(given: list[str], printed: list[str]) -> str:
    """Return the diff from the response (-) to the real output (+) as a fenced block of at most MOST lines."""
    old, new = ([line[:WIDEST] for line in rows[: 4 * MOST]] for rows in (given, printed))
    lines = [line for line in difflib.ndiff(old, new) if not line.startswith("?")]
    shown = [line[:120].rstrip() for line in lines[:MOST]]
    return block("\n".join([*shown, *(["..."] if len(lines) > MOST else [])]), "diff")
