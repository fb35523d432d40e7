"""order: put entries in order and leave out those that do not belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart
from dev2cto.items.forms import Arrange, Option
from dev2cto.items.options import arranged, option_from_text, repeated, shuffled
from dev2cto.text import pluralize
from dev2cto.yaml.decode import MemberCount, SingleLine, ValidationError
from dev2cto.yaml.tree import PathStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Item):
    """Put entries in order. Score: max(0, tau) * (1 - extras kept / extras).

    tau = (concordant - discordant) / (n(n-1)/2) over the pairs of the n entries that belong (Kendall 1938); a pair with
    an entry left out is neither concordant nor discordant.
    """

    order: Annotated[tuple[SingleLine, ...], MemberCount(3, 7)]
    extras: Annotated[tuple[SingleLine, ...], MemberCount(1, 5)] = ()

    meaning: ClassVar[tuple[str, ...]] = ("order", "extras")
    ordered: ClassVar[tuple[str, ...]] = ("order",)

    @property
    def sequence(self) -> tuple[Option, ...]:
        """The entries that belong, in the right order."""
        return tuple(option_from_text(text) for text in self.order)

    @property
    def strangers(self) -> tuple[Option, ...]:
        """The entries that do not belong."""
        return tuple(option_from_text(text) for text in self.extras)

    def draw(self, rng: Random) -> Draw:
        ids = [option.id for option in (*self.sequence, *self.strangers)]
        order = shuffled(ids, rng)
        while _kept(order, self.sequence) == self.key(Draw()):
            order = shuffled(ids, rng)
        return Draw(order)

    def form(self, draw: Draw) -> Arrange:
        return Arrange(arranged((*self.sequence, *self.strangers), draw.order), bool(self.extras))

    def judge(self, response: tuple[str, ...], draw: Draw) -> Grade:
        kept = _kept(response, self.sequence)
        place = {option.id: n for n, option in enumerate(self.sequence)}
        pairs = len(place) * (len(place) - 1) // 2
        agree = sum(place[a] < place[b] for a, b in combinations(kept, 2))
        against = len(kept) * (len(kept) - 1) // 2 - agree
        tau = (agree - against) / pairs
        strangers = [option for option in self.strangers if option.id in response]
        share = len(strangers) / len(self.extras) if self.extras else 0.0
        counted = f"Pairs of entries in the right order: {agree} of {pairs}"
        counted += f", less {against} in the wrong order." if against else "."
        if strangers:
            extra = f"{len(strangers)} of the {pluralize(len(self.extras), 'extra entry', 'extra entries')}"
            counted += f" You used {extra}: {share * 100:.0f} % off."
        score = max(0.0, tau) * (1 - share)
        parts, remarks = tuple(self._parts(response)), tuple(self._remarks(response))
        return Grade(score, remarks, self.solution(draw), parts=parts, counted=counted if score < 1 else "")

    def _parts(self, response: tuple[str, ...]) -> Iterator[JudgedPart]:
        """Yield the entries as they were put, then those left out; as few as possible of those put are wrong."""
        place = {option.id: n for n, option in enumerate(self.sequence, 1)}
        in_order = _longest_rising([place[id] for id in _kept(response, self.sequence)])
        for id in response:
            yield JudgedPart(id, "right" if place.get(id) in in_order else "wrong", str(place.get(id, "")))
        for option in (*self.sequence, *self.strangers):
            if option.id not in response:
                yield JudgedPart(
                    option.id, "missed" if option.id in place else "unmarked", str(place.get(option.id, ""))
                )

    def _remarks(self, response: tuple[str, ...]) -> Iterator[FeedbackNote]:
        place = {option.id: n for n, option in enumerate(self.sequence)}
        text = {option.id: option.text for option in (*self.sequence, *self.strangers)}
        kept = _kept(response, self.sequence)
        for before, after in pairwise(kept):
            if place[before] > place[after]:
                yield FeedbackNote(text[before], f"It comes after *{text[after]}*.", True)
        for option in self.strangers:
            if option.id in response:
                yield FeedbackNote(option.text, "This entry does not belong here.", True)
        for option in self.sequence:
            if option.id not in response:
                yield FeedbackNote(option.text, "This entry is missing.", True, missing=True)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(f"{n}. {text}" for n, text in enumerate(self.order, 1))

    def key(self, draw: Draw) -> tuple[str, ...]:
        return tuple(option.id for option in self.sequence)

    def mistakes(self, draw: Draw) -> Iterator[tuple[str, ...]]:
        right = self.key(draw)
        for n in range(len(right) - 1):
            yield (*right[:n], right[n + 1], right[n], *right[n + 2 :])
        for option in self.strangers:
            yield (*right, option.id)
        yield right[:-1]
        yield right[::-1]
        yield ()

    def faults(self) -> Iterator[ValidationError]:
        steps: list[tuple[PathStep, ...]] = [("order", n) for n in range(len(self.order))]
        steps += [("extras", n) for n in range(len(self.extras))]
        return repeated(zip((*self.sequence, *self.strangers), steps, strict=True))


def _longest_rising(places: list[int]) -> set[int]:
    """Return the longest choice of places that are in order; the entries at the others would have to move."""
    rising: list[list[int]] = [[]]
    for place in places:
        before = [row for row in rising if not row or row[-1] < place]
        before.sort(key=len)
        rising.append([*before[-1], place])
    rising.sort(key=len)
    return set(rising[-1])


def _kept(response: tuple[str, ...], sequence: tuple[Option, ...]) -> tuple[str, ...]:
    belong = {option.id for option in sequence}
    return tuple(ref for ref in response if ref in belong)
