"""matrix: true or false, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart, counted_above_chance
from dev2cto.items.forms import Group, Option
from dev2cto.items.options import arranged, option_from_text, repeated, shuffled
from dev2cto.yaml.decode import MemberCount, MultilineText, SingleLine, SourceObject, ValidationError

TRUE, FALSE = Option("true", "true"), Option("false", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Item):
    """True or false. Score: max(0, 2c/n - 1) for c of n right, so the expected result of guessing scores 0."""

    statements: Annotated[tuple[MatrixRow, ...], MemberCount(3, 7)]

    meaning: ClassVar[tuple[str, ...]] = ("statements",)

    def draw(self, rng: Random) -> Draw:
        return Draw(shuffled((option_from_text(statement.text).id for statement in self.statements), rng))

    def form(self, draw: Draw) -> Group:
        return Group(
            arranged((option_from_text(statement.text) for statement in self.statements), draw.order), (TRUE, FALSE)
        )

    def judge(self, response: dict[str, str], draw: Draw) -> Grade:
        by_id = {option_from_text(statement.text).id: statement for statement in self.statements}
        remarks, hits, parts = [], 0, []
        for n, option in enumerate(self.form(draw).entries, 1):
            statement, given = by_id[option.id], response.get(option.id)
            right = given == _word(statement)
            hits += right
            parts.append(JudgedPart(option.id, "right" if right else "wrong", _word(statement), statement.why))
            if given is not None:
                verdict = f"You said {given}, and it is." if right else f"You said {given}. It is {_word(statement)}."
                text = f"{verdict} {statement.why}".strip()
                remarks.append(FeedbackNote(f"{n}. {statement.text}", text, not right, asked=True))
        total = len(self.statements)
        counted = counted_above_chance(hits, total, total / 2) if hits < total else ""
        score = max(0.0, 2 * hits / total - 1)
        return Grade(score, tuple(remarks), self.solution(draw), parts=tuple(parts), counted=counted)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(f"{_word(statement)}: {statement.text}" for statement in self.statements)

    def key(self, draw: Draw) -> dict[str, str]:
        return {option_from_text(statement.text).id: _word(statement) for statement in self.statements}

    def mistakes(self, draw: Draw) -> Iterator[dict[str, str]]:
        right = self.key(draw)
        for ref, word in right.items():
            yield {**right, ref: "false" if word == "true" else "true"}
            yield {other: right[other] for other in right if other != ref}
        yield {}

    def faults(self) -> Iterator[ValidationError]:
        options = (option_from_text(statement.text) for statement in self.statements)
        return repeated((option, ("statements", n, "text")) for n, option in enumerate(options))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow(SourceObject):
    """A statement and whether it is true."""

    text: SingleLine
    answer: bool
    why: MultilineText = ""


def _word(statement: MatrixRow) -> str:
    return "true" if statement.answer else "false"
