"""short: type a word or a command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, Grade, Item, Remark
from dev2cto.items.forms import Write
from dev2cto.items.words import as_code, normal, slip
from dev2cto.shapes import Count, Fault, Line, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Item):
    """1 for an accepted text after normalising, else 0. With `near: 1`, one typing error asks again."""

    accept: Annotated[tuple[Line, ...], Count(1, 20)]
    near: Annotated[int, Range(0, 1)] = 0

    meaning: ClassVar[tuple[str, ...]] = ("accept",)

    def form(self, draw: Draw) -> Write:
        return Write()

    def accepts(self, text: str) -> bool:
        """Whether the text is one of the accepted ones."""
        return normal(text) in {normal(accepted) for accepted in self.accept}

    def doubt(self, response: object, draw: Draw) -> str:
        if not self.near or not isinstance(response, str) or self.accepts(response):
            return ""
        near = any(slip(normal(response), normal(accepted)) for accepted in self.accept)
        return "Close: look at the spelling. Send it again as it is if you mean it." if near else ""

    def judge(self, response: str, draw: Draw) -> Grade:
        if self.accepts(response):
            return Grade(1.0, right=self.solution(draw))
        return Grade(0.0, (Remark(as_code(response), wrong=True),), self.solution(draw))

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(as_code(accepted) for accepted in self.accept)

    def key(self, draw: Draw) -> str:
        return self.accept[0]

    def mistakes(self, draw: Draw) -> Iterator[str]:
        for text in (f"{self.accept[0]} or another", f"no {self.accept[0]}", self.accept[0][:-1], "?"):
            if not self.accepts(text):
                yield text

    def faults(self) -> Iterator[Fault]:
        seen: dict[str, int] = {}
        for n, accepted in enumerate(self.accept):
            if not normal(accepted):
                yield Fault(("accept", n), "I320", "nothing is left of this text when it is compared")
            elif normal(accepted) in seen:
                yield Fault(("accept", n), "I321", f"{accepted!r} is accepted already", "case and quotes do not count")
            seen[normal(accepted)] = n
