"""single: pick one option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, marked
from dev2cto.items.forms import PickOne
from dev2cto.items.options import AnswerChoice, Sorted, arranged, option_order, repeated
from dev2cto.yaml.decode import MemberCount, ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Item):
    """Pick one option. Score: 1 for the key, else 0."""

    answer: AnswerChoice
    distractors: Annotated[tuple[AnswerChoice, ...], MemberCount(1, 6)]
    order: Sorted | None = None

    meaning: ClassVar[tuple[str, ...]] = ("answer", "distractors")

    @property
    def choices(self) -> tuple[AnswerChoice, ...]:
        """All options, the key first."""
        return (self.answer, *self.distractors)

    def draw(self, rng: Random) -> Draw:
        return Draw(option_order([choice.option for choice in self.choices], self.order is not None, rng))

    def form(self, draw: Draw) -> PickOne:
        return PickOne(arranged((choice.option for choice in self.choices), draw.order))

    def judge(self, response: str, draw: Draw) -> Grade:
        right = response == self.answer.ref
        chosen = next(choice for choice in self.choices if choice.ref == response)
        by_id = {choice.ref: choice for choice in self.choices}
        parts = tuple(
            marked(id, chosen=id == response, belongs=id == self.answer.ref, why=by_id[id].why)
            for id in (option.id for option in self.form(draw).options)
        )
        remarks = (FeedbackNote(chosen.text, chosen.why, not right),)
        return Grade(float(right), remarks, self.solution(draw), parts=parts)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (self.answer.text,)

    def key(self, draw: Draw) -> str:
        return self.answer.ref

    def mistakes(self, draw: Draw) -> Iterator[str]:
        return (distractor.ref for distractor in self.distractors)

    def faults(self) -> Iterator[ValidationError]:
        steps = [("answer", "text"), *(("distractors", n, "text") for n in range(len(self.distractors)))]
        return repeated(zip((choice.option for choice in self.choices), steps, strict=True))
