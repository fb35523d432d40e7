"""explain: write why, then compare with a strong answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, Example, Grade, Item, Point, option_id
from dev2cto.items.forms import Write
from dev2cto.yaml.decode import MemberCount, MultilineText, SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(Item):
    """Explain in your own words. Not scored: learners tick the key points that their text contains."""

    model: MultilineText
    checklist: Annotated[tuple[SingleLine, ...], MemberCount(3, 6)]

    scored: ClassVar[bool] = False
    meaning: ClassVar[tuple[str, ...]] = ("checklist",)

    def form(self, draw: Draw) -> Write:
        return Write(lines=True)

    def judge(self, response: str, draw: Draw) -> Grade:
        return Grade(
            0.0,
            right=self.solution(draw),
            scored=False,
            points=tuple(Point(option_id(text), text) for text in self.checklist),
            examples=(Example("A strong answer", self.model),),
        )

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (self.model,)

    def key(self, draw: Draw) -> str:
        return self.model

    def mistakes(self, draw: Draw) -> Iterator[str]:
        return iter(())
