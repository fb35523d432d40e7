"""multi: mark all options that apply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, counted_marks, marked
from dev2cto.items.forms import PickMany
from dev2cto.items.options import AnswerChoice, Sorted, arranged, option_order, repeated
from dev2cto.yaml.decode import MemberCount, ValidationError
from dev2cto.yaml.tree import PathStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Multi(Item):
    """Mark all options that apply. Score: max(0, hits/k - false/(n-k)) for k right options of n; all or none is 0.

    The hit rate minus the false-alarm rate (Youden's index J, Youden 1950), at least 0. If every option is right there
    are no false alarms, and the hit rate is the score.
    """

    answers: Annotated[tuple[AnswerChoice, ...], MemberCount(1, 9)]
    distractors: Annotated[tuple[AnswerChoice, ...], MemberCount(0, 9)] = ()
    order: Sorted | None = None

    meaning: ClassVar[tuple[str, ...]] = ("answers", "distractors")

    @property
    def choices(self) -> tuple[AnswerChoice, ...]:
        """All options, the right ones first."""
        return (*self.answers, *self.distractors)

    def draw(self, rng: Random) -> Draw:
        return Draw(option_order([choice.option for choice in self.choices], self.order is not None, rng))

    def form(self, draw: Draw) -> PickMany:
        return PickMany(arranged((choice.option for choice in self.choices), draw.order))

    def judge(self, response: tuple[str, ...], draw: Draw) -> Grade:
        hits = sum(choice.ref in response for choice in self.answers)
        false = len(response) - hits
        alarms = false / len(self.distractors) if self.distractors else 0.0
        score = max(0.0, hits / len(self.answers) - alarms)
        by_id = {choice.ref: choice for choice in self.choices}
        belong = {choice.ref for choice in self.answers}
        parts = tuple(
            marked(id, chosen=id in response, belongs=id in belong, why=by_id[id].why)
            for id in (option.id for option in self.form(draw).options)
        )
        what = ("right options", "wrong ones")
        counted = counted_marks(hits, len(self.answers), false, len(self.distractors), what) if score < 1 else ""
        remarks = tuple(self._remarks(response, draw))
        return Grade(score, remarks, self.solution(draw), parts=parts, counted=counted)

    def _remarks(self, response: tuple[str, ...], draw: Draw) -> Iterator[FeedbackNote]:
        belong = {choice.ref for choice in self.answers}
        by_id = {choice.ref: choice for choice in self.choices}
        for option in self.form(draw).options:
            choice = by_id[option.id]
            if option.id in response:
                yield FeedbackNote(choice.text, choice.why, option.id not in belong)
            elif option.id in belong:
                yield FeedbackNote(
                    choice.text, f"This one belongs, too. {choice.why}".strip(), wrong=True, missing=True
                )

    def solution(self, draw: Draw) -> tuple[str, ...]:
        belong = {choice.ref for choice in self.answers}
        return tuple(option.text for option in self.form(draw).options if option.id in belong)

    def key(self, draw: Draw) -> tuple[str, ...]:
        belong = {choice.ref for choice in self.answers}
        return tuple(option.id for option in self.form(draw).options if option.id in belong)

    def mistakes(self, draw: Draw) -> Iterator[tuple[str, ...]]:
        right = self.key(draw)
        for choice in self.distractors:
            yield (*right, choice.ref)
        for missing in right:
            yield tuple(ref for ref in right if ref != missing)
        if self.distractors:
            yield tuple(choice.ref for choice in self.choices)
        yield ()

    def faults(self) -> Iterator[ValidationError]:
        if len(self.choices) < 2:
            yield ValidationError(("answers",), "I331", "there is only one option", "give two or more, right or wrong")
        steps: list[tuple[PathStep, ...]] = [("answers", n, "text") for n in range(len(self.answers))]
        steps += [("distractors", n, "text") for n in range(len(self.distractors))]
        yield from repeated(zip((choice.option for choice in self.choices), steps, strict=True))
