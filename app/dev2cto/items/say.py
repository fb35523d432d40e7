"""say: reply to someone in your own words, then compare with three replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Annotated, ClassVar, Literal

from dev2cto.items.base import Draw, Example, Grade, Item, Point, option_id
from dev2cto.items.forms import Write
from dev2cto.items.markers import CHECKS, has_any_of, meets
from dev2cto.items.options import arranged, option_from_text, repeated, shuffled
from dev2cto.yaml.decode import (
    MemberCount,
    MultilineText,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
    did_you_mean,
)

Rank = Literal["weak", "plausible", "strong"]
RANKS: tuple[Rank, ...] = ("weak", "plausible", "strong")
VARIANT = "variant"
"""The name in a draw's values for the number of the variant shown, from 1; 0 is the item's own line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker(SourceObject):
    """The person the learner replies to."""

    name: SingleLine
    role: SingleLine
    mood: SingleLine = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(SourceObject):
    """Another speaker or mood, for a review."""

    speaker: Speaker = field(metadata={"key": "from"})
    line: MultilineText


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(SourceObject):
    """A possible reply, how good it is, and why."""

    text: MultilineText
    note: MultilineText
    rank: Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCheck(SourceObject):
    """Words and phrases that the text must not contain, or names of which it must contain one."""

    none_of: Annotated[tuple[SingleLine, ...], MemberCount(1)] = ()
    names: Annotated[tuple[SingleLine, ...], MemberCount(1)] = ()

    def faults(self) -> Iterator[ValidationError]:
        if bool(self.none_of) == bool(self.names):
            message = "a check of words needs either none_of or names"
            yield ValidationError((), "I382", message, "none_of: [fault, blame], or names: [Aisha]")

    def meets(self, text: str) -> bool:
        """Return whether the text meets the check."""
        return has_any_of(text, self.names) if self.names else not has_any_of(text, self.none_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker(SourceObject):
    """Something to look for in the reply; without `check`, only the learner judges it."""

    text: SingleLine
    check: SingleLine | WordCheck | None = None

    def faults(self) -> Iterator[ValidationError]:
        if isinstance(self.check, str) and meets(self.check, "") is None:
            known = f"one of {', '.join(CHECKS)}, or words: {{none_of: [...]}}, {{names: [...]}}"
            hint = did_you_mean(self.check, CHECKS) or f"{known}; leave it out if the learner judges"
            yield ValidationError(("check",), "I381", f"there is no check {self.check!r}", hint)

    def meets(self, text: str) -> bool | None:
        """Return whether the text meets the check; None without one."""
        match self.check:
            case WordCheck():
                return self.check.meets(text)
            case str():
                return meets(self.check, text)
            case None:
                return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Item):
    """Reply to someone. Not scored: learners tick the markers that their text contains. A review shows a variant."""

    speaker: Speaker = field(metadata={"key": "from"})
    line: MultilineText
    seconds: Annotated[int, Range(5, 3600)]
    replies: Annotated[tuple[Reply, ...], MemberCount(3, 3)]
    markers: Annotated[tuple[Marker, ...], MemberCount(3, 6)]
    variants: tuple[Variant, ...] = ()

    scored: ClassVar[bool] = False
    points_drive_review: ClassVar[bool] = True
    meaning: ClassVar[tuple[str, ...]] = ("line", "looked_for")

    @property
    def looked_for(self) -> tuple[str, ...]:
        """The texts of the markers."""
        return tuple(marker.text for marker in self.markers)

    def faults(self) -> Iterator[ValidationError]:
        ranks = [reply.rank for reply in self.replies]
        for n, rank in enumerate(ranks):
            if rank in ranks[:n]:
                lacking = ", ".join(rank for rank in RANKS if rank not in ranks)
                yield ValidationError(
                    ("replies", n, "rank"), "I380", f"two replies are {rank}", f"no reply is {lacking}"
                )
        yield from repeated((option_from_text(r.text), ("replies", n, "text")) for n, r in enumerate(self.replies))
        yield from repeated((option_from_text(m.text), ("markers", n, "text")) for n, m in enumerate(self.markers))

    def draw(self, rng: Random) -> Draw:
        return Draw(shuffled((option_id(reply.text) for reply in self.replies), rng))

    def draw_again(self, rng: Random, turn: int) -> Draw:
        given = {VARIANT: float((turn - 1) % len(self.variants) + 1)} if self.variants else {}
        return Draw(self.draw(rng).order, given)

    def ask(self, draw: Draw) -> str:
        return f"{self.prompt.rstrip()}\n\n{speech_text(*self.speech(draw))}"

    def speech(self, draw: Draw) -> tuple[Speaker, str]:
        """Return the speaker and the line (Markdown) of this showing."""
        number = draw.given.get(VARIANT, 0)
        if number in range(1, len(self.variants) + 1):
            variant = self.variants[int(number) - 1]
            return variant.speaker, variant.line
        return self.speaker, self.line

    def reason(self, draw: Draw) -> str:
        return self.explain

    def hint(self, number: int, draw: Draw) -> str:
        return self.hints[number]

    def form(self, draw: Draw) -> Write:
        return Write(lines=True, seconds=self.seconds)

    def judge(self, response: str, draw: Draw) -> Grade:
        points = tuple(Point(option_id(m.text), m.text, m.meets(response)) for m in self.markers)
        return Grade(0.0, right=self.solution(draw), scored=False, points=points, examples=self.examples(draw))

    def examples(self, draw: Draw) -> tuple[Example, ...]:
        """Return the replies in the drawn order, which does not reveal their ranks."""
        replies = {option_id(reply.text): reply for reply in self.replies}
        order = arranged([option_from_text(reply.text) for reply in self.replies], draw.order)
        return tuple(
            Example(f"Reply {n}", replies[option.id].text, f"**{replies[option.id].rank.capitalize()}.** {note}")
            for n, option in enumerate(order, 1)
            if (note := replies[option.id].note)
        )

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (self.key(draw),)

    def key(self, draw: Draw) -> str:
        return next(reply.text for reply in self.replies if reply.rank == "strong")

    def mistakes(self, draw: Draw) -> Iterator[str]:
        return iter(())


def speech_text(speaker: Speaker, line: str) -> str:
    """Return the speaker and the quoted line as Markdown."""
    who = ", ".join(part for part in (f"**{speaker.name}**", speaker.role, speaker.mood) if part)
    quoted = "\n".join(f"> {row}".rstrip() for row in line.strip().split("\n"))
    return f"{who}:\n\n{quoted}"
