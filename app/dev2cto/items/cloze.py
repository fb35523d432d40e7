"""cloze: fill the blanks of a text, each written {{answer}} or {{answer|also accepted}}."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart
from dev2cto.items.forms import Blanks
from dev2cto.items.text_matching import as_code, normalized
from dev2cto.yaml.decode import MultilineText, ValidationError

BLANK = re.compile(r"\{\{((?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}")
MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Item):
    """Fill the blanks of a text. Score: the share of right blanks; texts are compared as in short items."""

    text: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("text",)

    @property
    def blanks(self) -> tuple[tuple[str, ...], ...]:
        """The accepted texts of each blank, the usual one first."""
        return tuple(tuple(part.strip() for part in inner.split("|")) for inner in BLANK.findall(self.text))

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text between the blanks: one piece more than there are blanks."""
        return tuple(BLANK.split(self.text)[::2])

    def form(self, draw: Draw) -> Blanks:
        return Blanks(self.pieces)

    def judge(self, response: tuple[str, ...], draw: Draw) -> Grade:
        right = [
            normalized(text) in map(normalized, accepted) for text, accepted in zip(response, self.blanks, strict=True)
        ]
        given = zip(response, right, strict=True)
        remarks = tuple(FeedbackNote(as_code(text), wrong=not fits) for text, fits in given if text.strip())
        parts = tuple(
            JudgedPart(str(n), "right" if fits else "wrong", accepted[0])
            for n, (fits, accepted) in enumerate(zip(right, self.blanks, strict=True), 1)
        )
        counted = "" if all(right) else f"{sum(right)} of {len(right)} blanks."
        return Grade(sum(right) / len(right), remarks, self.solution(draw), parts=parts, counted=counted)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (BLANK.sub(lambda found: f"**{found[1].split('|')[0].strip()}**", self.text),)

    def key(self, draw: Draw) -> tuple[str, ...]:
        return tuple(accepted[0] for accepted in self.blanks)

    def mistakes(self, draw: Draw) -> Iterator[tuple[str, ...]]:
        right = self.key(draw)
        for n in range(len(right)):
            for text in ("", "?", f"{right[n]} or another"):
                yield (*right[:n], text, *right[n + 1 :])

    def faults(self) -> Iterator[ValidationError]:
        if not 1 <= len(self.blanks) <= MOST:
            hint = f"1 to {MOST}, each written {{{{answer}}}}"
            yield ValidationError(("text",), "I350", f"the text has {len(self.blanks)} blanks", hint)
        for n, accepted in enumerate(self.blanks, 1):
            if not all(normalized(text) for text in accepted):
                yield ValidationError(("text",), "I351", f"blank {n} accepts an empty text")
        if "{{" in BLANK.sub("", self.text) or "}}" in BLANK.sub("", self.text):
            yield ValidationError(("text",), "I352", "a blank is not closed, or contains another", "write {{answer}}")
