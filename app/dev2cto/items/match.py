"""match: pair left sides with right sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart
from dev2cto.items.forms import Option, Pair
from dev2cto.items.options import arranged, option_from_text, repeated, shuffled
from dev2cto.yaml.decode import MemberCount, MultilineText, SingleLine, SourceObject, ValidationError
from dev2cto.yaml.tree import PathStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Item):
    """Pair left sides with right sides. Score: the share of right pairs."""

    pairs: Annotated[tuple[MatchPair, ...], MemberCount(3, 6)]
    extras: Annotated[tuple[SingleLine, ...], MemberCount(1, 4)] = ()

    meaning: ClassVar[tuple[str, ...]] = ("pairs", "extras")

    @property
    def rights(self) -> tuple[Option, ...]:
        """All right sides, those that match nothing last."""
        return tuple(option_from_text(text) for text in (*(pair.right for pair in self.pairs), *self.extras))

    def draw(self, rng: Random) -> Draw:
        return Draw(shuffled((option.id for option in self.rights), rng))

    def form(self, draw: Draw) -> Pair:
        return Pair(tuple(option_from_text(pair.left) for pair in self.pairs), arranged(self.rights, draw.order))

    def judge(self, response: dict[str, str], draw: Draw) -> Grade:
        text = {option.id: option.text for option in self.rights}
        remarks, hits, parts = [], 0, []
        for n, pair in enumerate(self.pairs, 1):
            left, counterpart = option_from_text(pair.left).id, option_from_text(pair.right).id
            given = response.get(left)
            right = given == counterpart
            hits += right
            parts.append(JudgedPart(left, "right" if right else "wrong", counterpart, pair.why))
            if given is not None:
                remarks.append(
                    FeedbackNote(f"{n}. {pair.left}: {text[given]}", pair.why if not right else "", not right)
                )
        total = len(self.pairs)
        counted = f"{hits} of {total} pairs." if hits < total else ""
        return Grade(hits / total, tuple(remarks), self.solution(draw), parts=tuple(parts), counted=counted)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(f"{pair.left}: {pair.right}" for pair in self.pairs)

    def key(self, draw: Draw) -> dict[str, str]:
        return {option_from_text(pair.left).id: option_from_text(pair.right).id for pair in self.pairs}

    def mistakes(self, draw: Draw) -> Iterator[dict[str, str]]:
        right = self.key(draw)
        lefts = list(right)
        for one, other in pairwise(lefts):
            yield {**right, one: right[other], other: right[one]}
        for text in self.extras:
            yield {**right, lefts[0]: option_from_text(text).id}
        yield {left: right[left] for left in lefts[1:]}
        yield {}

    def faults(self) -> Iterator[ValidationError]:
        lefts: list[tuple[PathStep, ...]] = [("pairs", n, "left") for n in range(len(self.pairs))]
        yield from repeated(zip((option_from_text(pair.left) for pair in self.pairs), lefts, strict=True))
        rights: list[tuple[PathStep, ...]] = [("pairs", n, "right") for n in range(len(self.pairs))]
        rights += [("extras", n) for n in range(len(self.extras))]
        yield from repeated(zip(self.rights, rights, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPair(SourceObject):
    """A left side and its right side; `why` is shown to learners who chose another one."""

    left: SingleLine
    right: SingleLine
    why: MultilineText = ""
