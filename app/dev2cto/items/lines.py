"""lines: mark the faulty lines of a listing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, counted_marks, marked
from dev2cto.items.forms import MarkLines
from dev2cto.items.text_matching import as_code
from dev2cto.yaml.decode import MemberCount, MultilineText, Range, SingleLine, ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Item):
    """Mark the faulty lines. Score: max(0, hits/k - false/(n-k)) for k faulty lines of n, as in multi items."""

    lang: SingleLine
    code: MultilineText
    lines: Annotated[tuple[Annotated[int, Range(1)], ...], MemberCount(1, 9)]

    meaning: ClassVar[tuple[str, ...]] = ("lang", "code", "lines")

    @property
    def listing(self) -> tuple[str, ...]:
        """The lines of the code; responses number them from 1."""
        return tuple(self.code.rstrip("\n").split("\n"))

    def form(self, draw: Draw) -> MarkLines:
        return MarkLines(self.lang, self.listing)

    def judge(self, response: tuple[str, ...], draw: Draw) -> Grade:
        faulty, sound = set(self.lines), len(self.listing) - len(self.lines)
        every = range(1, len(self.listing) + 1)
        given = {int(number) for number in response}
        hits = len(given & faulty)
        score = max(0.0, hits / len(faulty) - (len(given) - hits) / sound)
        remarks = [FeedbackNote(self._line(n)) for n in sorted(given & faulty)]
        remarks += [FeedbackNote(self._line(n), "This line is correct.", True) for n in sorted(given - faulty)]
        remarks += [
            FeedbackNote(self._line(n), "This line is faulty.", wrong=True, missing=True)
            for n in sorted(faulty - given)
        ]
        parts = tuple(marked(str(n), chosen=n in given, belongs=n in faulty) for n in every)
        counted = counted_marks(hits, len(faulty), len(given) - hits, sound, ("faulty lines", "correct ones"))
        return Grade(score, tuple(remarks), self.solution(draw), parts=parts, counted=counted if score < 1 else "")

    def _line(self, number: int) -> str:
        return f"line {number}: {as_code(self.listing[number - 1])}"

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(self._line(number) for number in sorted(self.lines))

    def key(self, draw: Draw) -> tuple[str, ...]:
        return tuple(str(number) for number in sorted(self.lines))

    def mistakes(self, draw: Draw) -> Iterator[tuple[str, ...]]:
        right = self.key(draw)
        every = tuple(str(n) for n in range(1, len(self.listing) + 1))
        for number in every:
            marked = set(right) ^ {number}
            yield tuple(n for n in every if n in marked)
        yield every
        yield ()

    def faults(self) -> Iterator[ValidationError]:
        for n, number in enumerate(self.lines):
            if number > len(self.listing):
                yield ValidationError(
                    ("lines", n), "I360", f"there is no line {number}: the code has {len(self.listing)}"
                )
            elif not self.listing[number - 1].strip():
                yield ValidationError(("lines", n), "I361", f"line {number} is empty", "lines are counted from 1")
            if number in self.lines[:n]:
                yield ValidationError(("lines", n), "I362", f"duplicate line number {number}")
        if len(set(self.lines)) >= len(self.listing):
            yield ValidationError(("lines",), "I363", "every line is faulty: there is nothing to choose")
