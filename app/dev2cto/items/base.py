"""The base class of all kinds of items, and the results of grading."""

from __future__ import annotations

import hashlib
import json
import math
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any, ClassVar, Literal

from dev2cto.items.forms import Form, Response, normalize_response
from dev2cto.yaml.decode import Dotted, Id, MultilineText, SingleLine, SourceObject

Level = Literal["remember", "understand", "apply", "analyse", "evaluate"]
Verdict = Literal["correct", "partly", "not quite", "compare"]
PartVerdict = Literal["right", "wrong", "missed", "unmarked"]
"""How a part was answered: "missed" belongs and is missing from the response, "unmarked" is rightly missing."""


@dataclass(frozen=True, slots=True)
class Draw:
    """The random part of one showing of an item: the order of its options and the values of its parameters."""

    order: tuple[str, ...] = ()
    given: Mapping[str, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the draw as plain data, to be stored with an attempt."""
        return {"order": list(self.order), "given": dict(self.given)}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Draw:
        """Restore a draw from its stored document."""
        return cls(tuple(document.get("order", ())), dict(document.get("given", {})))


@dataclass(frozen=True, slots=True)
class FeedbackNote:
    """One piece of feedback: its subject and the text (both Markdown)."""

    about: str
    text: str = ""
    wrong: bool = False
    """Whether this part of the response lowered the score."""
    missing: bool = False
    """Whether it is about something missing from the response."""
    asked: bool = False
    """Whether `about` is what the question says, not the learner: `text` then says what was answered."""


@dataclass(frozen=True, slots=True)
class JudgedPart:
    """One part of a form after grading: an option, an entry, a line of code, a blank.

    `id` is its id in the form; blanks and fields are numbered from 1.
    """

    id: str
    verdict: PartVerdict
    right: str = ""
    """What is right there: the id of a counterpart, a place from 1, or a text; empty where the verdict says it."""
    why: str = ""
    """The course's reason (Markdown)."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something to look for in one's own text; `met` is the program's finding, None if it cannot check."""

    id: str
    text: str
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled answer (Markdown) to compare one's own with; `note` says how good it is and why."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one response: `score` is 0 to 1; `chosen` is feedback on the response."""

    score: float
    chosen: tuple[FeedbackNote, ...] = ()
    right: tuple[str, ...] = ()
    """The key in readable form (Markdown), one entry per line or block."""
    scored: bool = True
    """False for kinds that learners assess themselves (explain, say); the score is then ignored."""
    points: tuple[Point, ...] = ()
    """The points that learners tick if their text contains them, for kinds that are not scored."""
    examples: tuple[Example, ...] = ()
    """Answers to compare one's own with, for kinds that are not scored."""
    parts: tuple[JudgedPart, ...] = ()
    """Every part of the form, in its order, for kinds that are scored."""
    counted: str = ""
    """How a score that is not full is counted; empty where nothing needs saying."""

    @property
    def verdict(self) -> Verdict:
        """The verdict shown for the score."""
        if not self.scored:
            return "compare"
        if self.score >= 1:
            return "correct"
        return "partly" if self.score > 0 else "not quite"


@dataclass(frozen=True, slots=True)
class Retry:
    """Returned instead of a grade if the response looks like a slip (a typo, not a number): ask again, record nothing.

    Pass it to `Item.grade` with the next response: the same response sent twice is taken as meant.
    """

    message: str
    response: Response = ""
    """The response as it was typed or chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(SourceObject):
    """A checker rule that does not apply to this item, and the reason."""

    rule: SingleLine
    reason: SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(SourceObject):
    """One question. Each subclass is a kind; `kinds.KINDS` lists them."""

    kind: SingleLine
    id: Id
    objective: Id
    level: Level
    prompt: MultilineText
    explain: MultilineText
    hints: tuple[MultilineText, ...] = ()
    read: Dotted | None = None
    topics: tuple[SingleLine, ...] = ()
    """The syllabus topics that the item tests."""
    final_form: bool = field(default=False, metadata={"key": "final"})
    """Whether the item is reserved for the final form: nothing else shows or counts it until it was asked there."""
    silence: tuple[Waiver, ...] = ()

    scored: ClassVar[bool] = True
    points_drive_review: ClassVar[bool] = False
    """Whether the points that learners find in their own answer decide when the item is reviewed."""
    meaning: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that make up the fingerprint, besides kind and prompt."""
    ordered: ClassVar[tuple[str, ...]] = ()
    """The fields in `meaning` whose order counts; the fingerprint ignores the order of all others."""

    def draw(self, rng: Random) -> Draw:
        """Draw the random part of a new showing."""
        return Draw()

    def draw_again(self, rng: Random, turn: int) -> Draw:
        """Draw the random part of the `turn`-th review of the item (from 1)."""
        return self.draw(rng)

    def ask(self, draw: Draw) -> str:
        """Return the prompt (Markdown) with the drawn values filled in."""
        return interpolate(self.prompt, draw.given)

    def reason(self, draw: Draw) -> str:
        """Return the explanation (Markdown) with the drawn values filled in."""
        return interpolate(self.explain, draw.given)

    def hint(self, number: int, draw: Draw) -> str:
        """Return hint `number` (from 0) with the drawn values filled in."""
        return interpolate(self.hints[number], draw.given)

    @abstractmethod
    def form(self, draw: Draw) -> Form:
        """Return the form in which the item is answered; it never contains the key."""

    def grade(self, response: Response, draw: Draw, asked: Retry | None = None) -> Grade | Retry:
        """Grade a response, or return a Retry if it looks like a slip.

        `asked` is the Retry returned for the previous response of this showing, if any; the same response is then
        graded as it is. A response that does not fit the form (wrong shape, unknown ids) scores 0.
        """
        return self.why_retry(response, draw, asked) or self.final(response, draw)

    def why_retry(self, response: Response, draw: Draw, asked: Retry | None = None) -> Retry | None:
        """Return a Retry if the response looks like a slip and differs from the one in `asked`, else None."""
        doubt = self.retry_reason(response, draw) if isinstance(response, str | tuple | list) else ""
        return Retry(doubt, response) if doubt and (asked is None or asked.response != response) else None

    def final(self, response: Response, draw: Draw) -> Grade:
        """Grade a response without asking again: for exams and for regrading."""
        fitting = normalize_response(self.form(draw), response)
        if fitting is None:
            return Grade(0.0, right=self.solution(draw), scored=self.scored)
        return self.judge(fitting, draw)

    def retry_reason(self, response: Any, draw: Draw) -> str:
        """Return the message to the learner that asks for another try; empty if the response can be graded."""
        return ""

    @abstractmethod
    def judge(self, response: Any, draw: Draw) -> Grade:
        """Grade a response that fits the form."""

    @abstractmethod
    def solution(self, draw: Draw) -> tuple[str, ...]:
        """Return the key in readable form (Markdown)."""

    @abstractmethod
    def key(self, draw: Draw) -> Response:
        """Return a response that earns the full score."""

    @abstractmethod
    def mistakes(self, draw: Draw) -> Iterator[Response]:
        """Yield responses that must earn less than the full score: each distractor, a swapped pair, an extra line."""

    def meant(self) -> tuple[str, ...]:
        """Return the names of the fields that make up this item's fingerprint, besides kind and prompt."""
        return self.meaning

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the meaning of the item does, so that old answers may no longer apply."""
        names = ("kind", "prompt", *self.meant())
        text = _text({name: _plain(getattr(self, name), name in self.ordered) for name in names})
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def marked(id: str, *, chosen: bool, belongs: bool, why: str = "") -> JudgedPart:
    """Return an option or a line that is chosen or not, and belongs or not."""
    verdict: PartVerdict = ("right" if belongs else "wrong") if chosen else ("missed" if belongs else "unmarked")
    return JudgedPart(id, verdict, why=why)


def counted_marks(hits: int, right: int, alarms: int, wrong: int, what: tuple[str, str]) -> str:
    """Return how hits and false alarms are counted; `what` names the right and the wrong ones."""
    found = f"{hits} of {right} {what[0]}"
    if not alarms or not wrong:
        return f"{found}."
    return f"{found} ({hits / right * 100:.0f} %), less {alarms} of {wrong} {what[1]} ({alarms / wrong * 100:.0f} %)."


def counted_above_chance(hits: int, total: int, chance: float) -> str:
    """Return how right parts are counted where guessing alone would find `chance` of them."""
    above = f"{max(0.0, hits - chance):.2g} of {total - chance:.2g}"
    return f"{hits} of {total} right. Guessing would find {chance:.2g}, so {above} count."


def interpolate(text: str, given: Mapping[str, float]) -> str:
    """Replace each `{name}` in the text by that parameter's value; other braces stay."""
    if not given:
        return text
    return re.sub(r"\{([a-z_][a-z0-9_]*)\}", lambda m: number(given[m[1]]) if m[1] in given else m[0], text)


def number(value: float) -> str:
    """Format a number as people write it: no needless decimals, commas between thousands from 10,000 on."""
    if not math.isfinite(value) or abs(value) >= 1e15 or 0 < abs(value) < 1e-4:
        return f"{value:.6g}"
    rounded = round(value, 6)
    if rounded == int(rounded):
        whole = int(rounded)
        return f"{whole:,}" if abs(whole) >= 10_000 else str(whole)
    text = f"{rounded:,.6f}".rstrip("0")
    return text if abs(rounded) >= 10_000 else text.replace(",", "")


@lru_cache(maxsize=4096)
def option_id(text: str) -> str:
    """Return the stable id of an option without an explicit one: a hash of its text."""
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
