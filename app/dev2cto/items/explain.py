"""explain: write why, then compare with a strong answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, Grade, Item
from dev2cto.items.forms import Write
from dev2cto.shapes import Count, Line, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(Item):
    """Not scored: the learner ticks the key points that stand in the own text."""

    model: Prose
    checklist: Annotated[tuple[Line, ...], Count(3, 6)]

    scored: ClassVar[bool] = False
    meaning: ClassVar[tuple[str, ...]] = ("checklist",)

    def form(self, draw: Draw) -> Write:
        return Write(lines=True)

    def judge(self, response: str, draw: Draw) -> Grade:
        return Grade(0.0, right=self.solution(draw), scored=False, points=self.checklist)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (self.model,)

    def key(self, draw: Draw) -> str:
        return self.model

    def mistakes(self, draw: Draw) -> Iterator[str]:
        return iter(())
