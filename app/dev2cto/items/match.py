"""match: give every left side its right side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item
from dev2cto.items.forms import Option, Pair
from dev2cto.items.options import arranged, named, repeated, shuffled
from dev2cto.yaml.decode import Count, Line, Prose, SourceObject, ValidationError
from dev2cto.yaml.tree import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Item):
    """Right pairs / pairs."""

    pairs: Annotated[tuple[MatchPair, ...], Count(3, 6)]
    extras: Annotated[tuple[Line, ...], Count(1, 4)] = ()

    meaning: ClassVar[tuple[str, ...]] = ("pairs", "extras")

    @property
    def rights(self) -> tuple[Option, ...]:
        """Every right side, those that match nothing last."""
        return tuple(named(text) for text in (*(pair.right for pair in self.pairs), *self.extras))

    def draw(self, rng: Random) -> Draw:
        return Draw(shuffled((option.id for option in self.rights), rng))

    def form(self, draw: Draw) -> Pair:
        return Pair(tuple(named(pair.left) for pair in self.pairs), arranged(self.rights, draw.order))

    def judge(self, response: dict[str, str], draw: Draw) -> Grade:
        text = {option.id: option.text for option in self.rights}
        remarks, hits = [], 0
        for pair in self.pairs:
            given = response.get(named(pair.left).id)
            right = given == named(pair.right).id
            hits += right
            if given is not None:
                remarks.append(FeedbackNote(f"{pair.left}: {text[given]}", pair.why if not right else "", not right))
        return Grade(hits / len(self.pairs), tuple(remarks), self.solution(draw))

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(f"{pair.left}: {pair.right}" for pair in self.pairs)

    def key(self, draw: Draw) -> dict[str, str]:
        return {named(pair.left).id: named(pair.right).id for pair in self.pairs}

    def mistakes(self, draw: Draw) -> Iterator[dict[str, str]]:
        right = self.key(draw)
        lefts = list(right)
        for one, other in pairwise(lefts):
            yield {**right, one: right[other], other: right[one]}
        for text in self.extras:
            yield {**right, lefts[0]: named(text).id}
        yield {left: right[left] for left in lefts[1:]}
        yield {}

    def faults(self) -> Iterator[ValidationError]:
        lefts: list[tuple[Step, ...]] = [("pairs", n, "left") for n in range(len(self.pairs))]
        yield from repeated(zip((named(pair.left) for pair in self.pairs), lefts, strict=True))
        rights: list[tuple[Step, ...]] = [("pairs", n, "right") for n in range(len(self.pairs))]
        rights += [("extras", n) for n in range(len(self.extras))]
        yield from repeated(zip(self.rights, rights, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPair(SourceObject):
    """A left side and the right side that belongs to it; `why` is shown to whom another seemed right."""

    left: Line
    right: Line
    why: Prose = ""
