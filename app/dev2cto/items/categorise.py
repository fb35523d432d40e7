"""categorise: sort entries into groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart, counted_above_chance
from dev2cto.items.forms import Group, Option
from dev2cto.items.options import arranged, option_from_text, repeated, shuffled
from dev2cto.yaml.decode import MemberCount, SingleLine, ValidationError
from dev2cto.yaml.tree import PathStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorise(Item):
    """Sort entries into groups. Score: max(0, (c - n/m) / (n - n/m)) for c of n entries right in m groups.

    Corrected for guessing (Frary 1988): n/m, the expected result of guessing, scores 0.
    """

    categories: Annotated[Mapping[str, Annotated[tuple[SingleLine, ...], MemberCount(1, 8)]], MemberCount(2, 4)]

    meaning: ClassVar[tuple[str, ...]] = ("categories",)

    @property
    def groups(self) -> tuple[Option, ...]:
        """The groups, in file order."""
        return tuple(option_from_text(name) for name in self.categories)

    @property
    def places(self) -> tuple[tuple[Option, Option], ...]:
        """Each entry with the group it belongs to."""
        return tuple(
            (option_from_text(text), option_from_text(name))
            for name, texts in self.categories.items()
            for text in texts
        )

    def draw(self, rng: Random) -> Draw:
        return Draw(shuffled((entry.id for entry, _ in self.places), rng))

    def form(self, draw: Draw) -> Group:
        return Group(arranged((entry for entry, _ in self.places), draw.order), self.groups)

    def judge(self, response: dict[str, str], draw: Draw) -> Grade:
        name = {group.id: group.text for group in self.groups}
        number = {entry.id: n for n, entry in enumerate(self.form(draw).entries, 1)}
        remarks, parts = [], []
        for entry, group in sorted(self.places, key=lambda place: number[place[0].id]):
            given = response.get(entry.id)
            parts.append(JudgedPart(entry.id, "right" if given == group.id else "wrong", group.id))
            if given not in (None, group.id):
                about = f"{number[entry.id]}. {entry.text}: {name[str(given)]}"
                remarks.append(FeedbackNote(about, f"It belongs to **{group.text}**.", True))
        hits = sum(response.get(entry.id) == group.id for entry, group in self.places)
        chance = len(self.places) / len(self.groups)
        score = max(0.0, (hits - chance) / (len(self.places) - chance))
        counted = counted_above_chance(hits, len(self.places), chance) if score < 1 else ""
        return Grade(score, tuple(remarks), self.solution(draw), parts=tuple(parts), counted=counted)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(f"**{name}**: {'; '.join(texts)}" for name, texts in self.categories.items())

    def key(self, draw: Draw) -> dict[str, str]:
        return {entry.id: group.id for entry, group in self.places}

    def mistakes(self, draw: Draw) -> Iterator[dict[str, str]]:
        right = self.key(draw)
        for entry, group in self.places:
            for other in self.groups:
                if other.id != group.id:
                    yield {**right, entry.id: other.id}
        for group in self.groups:
            yield dict.fromkeys(right, group.id)
        yield {}

    def faults(self) -> Iterator[ValidationError]:
        yield from repeated((group, ("categories", group.text)) for group in self.groups)
        steps: list[tuple[PathStep, ...]] = [
            ("categories", name, n) for name, texts in self.categories.items() for n in range(len(texts))
        ]
        yield from repeated(zip((entry for entry, _ in self.places), steps, strict=True))
        if not 4 <= len(steps) <= 9:
            yield ValidationError(("categories",), "I340", f"{len(steps)} entries in all groups", "use 4 to 9")
