"""short: type a word or a command, or several words in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from dev2cto.items.base import Draw, FeedbackNote, Grade, Item, JudgedPart
from dev2cto.items.forms import Write
from dev2cto.items.text_matching import as_code, is_typo, normalized
from dev2cto.yaml.decode import MemberCount, Range, SingleLine, ValidationError

BETWEEN = re.compile(r"[\s,;/]+")
"""Separators between the words of a list."""
JOINING = frozenset({"and", "or", "&", "+"})
"""Words that only join others in a list; they are ignored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Item):
    """Type a text. Score: 1 if it is accepted after normalising, else 0. With `near: 1`, one typo asks again.

    With `set` instead of `accept`, the answer needs all its words, in any order, and no others.
    """

    accept: Annotated[tuple[SingleLine, ...], MemberCount(1, 20)] = ()
    words: Annotated[tuple[SingleLine, ...], MemberCount(2, 9)] = field(default=(), metadata={"key": "set"})
    near: Annotated[int, Range(0, 1)] = 0

    meaning: ClassVar[tuple[str, ...]] = ("accept",)

    def meant(self) -> tuple[str, ...]:
        return ("words",) if self.words else self.meaning

    def form(self, draw: Draw) -> Write:
        return Write(words=len(self.words))

    def accepts(self, text: str) -> bool:
        """Return whether the text is an accepted one, or has exactly the words of `set`."""
        if self.words:
            return self._compared(text) == ((), "")
        return normalized(text) in {normalized(accepted) for accepted in self.accept}

    def retry_reason(self, response: object, draw: Draw) -> str:
        if not self.near or not isinstance(response, str) or self.accepts(response):
            return ""
        if self.words:
            missing, over = self._compared(response)
            near = len(missing) == 1 and is_typo(over, normalized(missing[0]))
        else:
            near = any(is_typo(normalized(response), normalized(accepted)) for accepted in self.accept)
        return "Close: check the spelling. Submit it unchanged if you mean it." if near else ""

    def _compared(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return the words of `set` missing from the text, and the rest of the text without those found."""
        left = _listed(text)
        missing = []
        for wanted in sorted(self.words, key=lambda word: -len(_listed(word))):
            parts = _listed(wanted)
            at = next((n for n in range(len(left)) if left[n : n + len(parts)] == parts), None)
            if at is None:
                missing.append(wanted)
            else:
                left[at : at + len(parts)] = []
        return tuple(missing), " ".join(word for word in left if word not in JOINING)

    def judge(self, response: str, draw: Draw) -> Grade:
        if self.accepts(response):
            return Grade(1.0, right=self.solution(draw), parts=(JudgedPart("1", "right", self.key(draw)),))
        remarks = [FeedbackNote(as_code(response), wrong=True)]
        if self.words and (found := len(self.words) - len(self._compared(response)[0])):
            remarks[0] = FeedbackNote(
                as_code(response),
                f"{found} of {len(self.words)} right.",
                wrong=True,
            )
        parts = (JudgedPart("1", "wrong", self.key(draw), remarks[0].text),)
        return Grade(0.0, tuple(remarks), self.solution(draw), parts=parts)

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return tuple(as_code(text) for text in (self.words or self.accept))

    def key(self, draw: Draw) -> str:
        return ", ".join(self.words) if self.words else self.accept[0]

    def mistakes(self, draw: Draw) -> Iterator[str]:
        key = self.key(draw)
        for text in (f"{key} or another", f"no {key}", key[:-1], ", ".join(self.words[1:]), "?"):
            if text and not self.accepts(text):
                yield text

    def faults(self) -> Iterator[ValidationError]:
        if bool(self.accept) == bool(self.words):
            yield ValidationError(
                (), "I322", "a short item needs either 'accept' or 'set'", "with set, all words are wanted"
            )
        for name, texts in (("accept", self.accept), ("set", self.words)):
            seen: dict[str, int] = {}
            for n, text in enumerate(texts):
                if not normalized(text):
                    yield ValidationError((name, n), "I320", "this text is empty once it is normalised for comparison")
                elif normalized(text) in seen:
                    yield ValidationError(
                        (name, n), "I321", f"{text!r} is already accepted", "case and quotes are ignored"
                    )
                seen[normalized(text)] = n


def _listed(text: str) -> list[str]:
    """Split a list into normalised words, without separators."""
    return [word for part in BETWEEN.split(normalized(text)) if (word := normalized(part).strip("'\""))]
