"""What every kind of item has in common."""

from __future__ import annotations

import hashlib
import json
import math
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, ClassVar, Literal

from dev2cto.items.forms import Form, Response, normalize_response
from dev2cto.yaml.decode import Dotted, Id, MultilineText, SingleLine, SourceObject

Level = Literal["remember", "understand", "apply", "analyse", "evaluate"]
Verdict = Literal["correct", "partly", "not quite", "compare"]


@dataclass(frozen=True, slots=True)
class Draw:
    """What chance decided for one showing of an item: the order of its options and the values of its parameters."""

    order: tuple[str, ...] = ()
    given: Mapping[str, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The draw as it is stored with an attempt."""
        return {"order": list(self.order), "given": dict(self.given)}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Draw:
        """The draw that was stored."""
        return cls(tuple(document.get("order", ())), dict(document.get("given", {})))


@dataclass(frozen=True, slots=True)
class FeedbackNote:
    """One piece of feedback: what it is about, and what is to be said of it (Markdown)."""

    about: str
    text: str = ""
    wrong: bool = False
    """Whether this part of the response cost score."""
    missing: bool = False
    """Whether it is about what the response lacks."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something to look for in one's own text; `met` is what the program sees of it, None where it cannot see."""

    id: str
    text: str
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An answer to compare one's own with (Markdown), under a label; `note` says what it is worth."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """The judgement of one response. `score` is 0..1; `chosen` speaks of what was given, `right` shows the key."""

    score: float
    chosen: tuple[FeedbackNote, ...] = ()
    right: tuple[str, ...] = ()
    """The key in readable form (Markdown), one entry a line or block."""
    scored: bool = True
    """False for kinds that the learner judges (explain, say): the score counts nowhere."""
    points: tuple[Point, ...] = ()
    """What the learner ticks where it is found in the own text, when the kind is not scored."""
    examples: tuple[Example, ...] = ()
    """Answers to compare one's own with, when the kind is not scored."""

    @property
    def verdict(self) -> Verdict:
        """The word shown for the score."""
        if not self.scored:
            return "compare"
        if self.score >= 1:
            return "correct"
        return "partly" if self.score > 0 else "not quite"


@dataclass(frozen=True, slots=True)
class Retry:
    """The response looks like a slip (one typing error, no number): ask again, record nothing.

    Who sends the same response a second time means it: pass this Again to `Item.grade` with the next response.
    """

    message: str
    response: Response = ""
    """What was given, as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(SourceObject):
    """A check rule that does not apply to an item, and why."""

    rule: SingleLine
    reason: SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(SourceObject):
    """One question. Subclasses are the kinds; `kinds.KINDS` names them."""

    kind: SingleLine
    id: Id
    objective: Id
    level: Level
    prompt: MultilineText
    explain: MultilineText
    hints: tuple[MultilineText, ...] = ()
    read: Dotted | None = None
    topics: tuple[SingleLine, ...] = ()
    """The terms of the syllabus that it asks."""
    final_form: bool = field(default=False, metadata={"key": "final"})
    """Whether the final form alone draws it: nothing else shows or counts it before it was asked there."""
    silence: tuple[Waiver, ...] = ()

    scored: ClassVar[bool] = True
    points_drive_review: ClassVar[bool] = False
    """Whether a review follows from the points that the learner finds in the own answer."""
    meaning: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that, with kind and prompt, make up the fingerprint."""
    ordered: ClassVar[tuple[str, ...]] = ()
    """Those of them whose members' order carries meaning; elsewhere it does not touch the fingerprint."""

    def draw(self, rng: Random) -> Draw:
        """What chance decides for a new showing."""
        return Draw()

    def draw_again(self, rng: Random, turn: int) -> Draw:
        """What chance decides when a review asks for the item, for the `turn`-th time (from 1)."""
        return self.draw(rng)

    def ask(self, draw: Draw) -> str:
        """The prompt (Markdown) with the drawn values filled in."""
        return interpolate(self.prompt, draw.given)

    def reason(self, draw: Draw) -> str:
        """The explanation (Markdown) with the drawn values filled in."""
        return interpolate(self.explain, draw.given)

    def hint(self, number: int, draw: Draw) -> str:
        """Hint `number` (from 0) with the drawn values filled in."""
        return interpolate(self.hints[number], draw.given)

    @abstractmethod
    def form(self, draw: Draw) -> Form:
        """How it is answered; never holds the key."""

    def grade(self, response: Response, draw: Draw, asked: Retry | None = None) -> Grade | Retry:
        """The judgement of a response, or Again when asking once more is kinder.

        `asked` is what the last response of this showing brought, if that was Again: the same response given a second
        time is judged as it is. Whatever is no response to the form (wrong shape, unknown ids) scores 0.
        """
        return self.why_retry(response, draw, asked) or self.final(response, draw)

    def why_retry(self, response: Response, draw: Draw, asked: Retry | None = None) -> Retry | None:
        """Why asking once more is kinder than judging; None where the response is judged as it is."""
        doubt = self.retry_reason(response, draw) if isinstance(response, str | tuple | list) else ""
        return Retry(doubt, response) if doubt and (asked is None or asked.response != response) else None

    def final(self, response: Response, draw: Draw) -> Grade:
        """The judgement of a response as it is, without asking again: for exams and for grading anew."""
        fitting = normalize_response(self.form(draw), response)
        if fitting is None:
            return Grade(0.0, right=self.solution(draw), scored=self.scored)
        return self.judge(fitting, draw)

    def retry_reason(self, response: Any, draw: Draw) -> str:
        """Why to ask again instead of judging, in words for the learner; empty when there is no reason to."""
        return ""

    @abstractmethod
    def judge(self, response: Any, draw: Draw) -> Grade:
        """The judgement of a response that fits the form."""

    @abstractmethod
    def solution(self, draw: Draw) -> tuple[str, ...]:
        """The key in readable form (Markdown)."""

    @abstractmethod
    def key(self, draw: Draw) -> Response:
        """A response that earns the full score."""

    @abstractmethod
    def mistakes(self, draw: Draw) -> Iterator[Response]:
        """Responses that must earn less than the full score: each distractor, a swapped pair, one line too many ..."""

    def meant(self) -> tuple[str, ...]:
        """Names of the fields that, with kind and prompt, make up this item's fingerprint."""
        return self.meaning

    @property
    def fingerprint(self) -> str:
        """16 hex digits over the fields that carry the meaning; it changes when old answers may no longer apply."""
        names = ("kind", "prompt", *self.meant())
        text = _text({name: _plain(getattr(self, name), name in self.ordered) for name in names})
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def interpolate(text: str, given: Mapping[str, float]) -> str:
    """The text with `{name}` replaced by that parameter's value; other braces stay."""
    if not given:
        return text
    return re.sub(r"\{([a-z_][a-z0-9_]*)\}", lambda m: number(given[m[1]]) if m[1] in given else m[0], text)


def number(value: float) -> str:
    """A number as people write it: no needless decimals, thousands set apart with commas from 10,000 on."""
    if not math.isfinite(value) or abs(value) >= 1e15 or 0 < abs(value) < 1e-4:
        return f"{value:.6g}"
    rounded = round(value, 6)
    if rounded == int(rounded):
        whole = int(rounded)
        return f"{whole:,}" if abs(whole) >= 10_000 else str(whole)
    text = f"{rounded:,.6f}".rstrip("0")
    return text if abs(rounded) >= 10_000 else text.replace(",", "")


def option_id(text: str) -> str:
    """The stable id of an option that has none of its own: a hash of its text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _plain(value: Any, ordered: bool = False) -> Any:
    if isinstance(value, SourceObject):
        names = [n for n in value.__dataclass_fields__ if n not in ("where", "why", "silence")]
        return {n: _plain(getattr(value, n)) for n in names}
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        parts = [_plain(v) for v in value]
        return parts if ordered else sorted(parts, key=_text)
    return value
