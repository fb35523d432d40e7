"""The files of a course as frozen dataclasses; their annotations define the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from dev2cto.items.base import Item, Waiver
from dev2cto.yaml.decode import (
    Id,
    MemberCount,
    MultilineText,
    Pattern,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
)

FORMAT = 1
"""The version of the course format that this program supports."""

SourceKind = Literal["book", "paper", "standard", "law", "doc", "report", "post"]
Day = Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}", "a day like 2026-11-30")]
Month = Annotated[str, Pattern(r"\d{4}-\d{2}(-\d{2})?", "a month or day like 2026-11 or 2026-11-30")]
StepName = Annotated[str, Pattern(r"prologue|capstone|[1-9]|10", "1 to 10, prologue or capstone")]
Name = Annotated[str, Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?", "an id, or reading.section")]
Language = Annotated[str, Pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language tag like en or pt-BR")]
Address = Annotated[str, Pattern(r"https?://[^\s/]+(?:/\S*)?", "an address like https://example.org/course")]
Weight = Literal["error", "warning", "off"]
"""Severity of a check rule in this course or module."""
Folder = Annotated[str, Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*", "the name of a folder in modules/")]


MOST_STORY = 370
"""Characters of a course's story: five lines of the welcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(SourceObject):
    """course.yaml: title, authors and settings of the course, and its modules in order."""

    format: int
    id: Id
    title: SingleLine
    version: SingleLine
    lang: Language = "en"
    authors: tuple[SingleLine, ...] = ()
    licence: SingleLine = ""
    url: Address = ""
    story: MultilineText = ""
    """What the course is about, in three sentences: new learners read it first."""
    pass_mark: Annotated[float, Range(0.1, 1)] = 0.8
    quiz_length: Annotated[int, Range(1, 50)] = 12
    modules: Annotated[tuple[Folder, ...], MemberCount(1, 40)]
    renamed: Mapping[str, Name] = field(default_factory=dict)
    checks: Mapping[str, Weight] = field(default_factory=dict)

    def faults(self) -> Iterator[ValidationError]:
        """Report an unsupported format version and modules listed twice."""
        if self.format != FORMAT:
            hint = "update dev2cto" if self.format > FORMAT else f"set format: {FORMAT}"
            yield ValidationError(("format",), "C401", f"this program reads format {FORMAT}, not {self.format}", hint)
        if len(self.story.strip()) > MOST_STORY:
            hint = f"at most {MOST_STORY}: it shares one screen with the keys"
            yield ValidationError(("story",), "C406", f"the story has {len(self.story.strip())} characters", hint)
        for n, folder in enumerate(self.modules):
            if folder in self.modules[:n]:
                yield ValidationError(("modules", n), "C402", f"the module {folder} is listed twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(SourceObject):
    """A measurable learning outcome of a module."""

    id: Id
    text: SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz(SourceObject):
    """The quiz of a module and its estimated duration in minutes."""

    minutes: Annotated[int, Range(1, 240)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalForm(SourceObject):
    """A final exam of `items` questions drawn from the `final` items of all modules, `per_step` or more of each.

    `minutes` is its share of the module's study time; the default is 1.5 minutes per item.
    """

    items: Annotated[int, Range(1, 200)]
    per_step: Annotated[int, Range(1, 50)]
    minutes: Annotated[int, Range(1, 600)] | None = None

    @property
    def time(self) -> int:
        """Its minutes: as set, else 1.5 per item, rounded up."""
        return self.minutes or (3 * self.items + 1) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFile(SourceObject):
    """module.yaml: a module's description, objectives and parts in recommended order."""

    id: Id
    step: StepName
    title: SingleLine
    summary: MultilineText
    situation: MultilineText = ""
    objectives: Annotated[tuple[Objective, ...], MemberCount(1, 12)]
    readings: Annotated[tuple[Id, ...], MemberCount(1, 30)]
    quiz: Quiz | None = None
    exercises: tuple[Id, ...] = ()
    final: FinalForm | None = None
    checks: Mapping[str, Weight] = field(default_factory=dict)
    silence: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFile(SourceObject):
    """bank.yaml: the items of a module, and the check rules that are silenced for all of them."""

    items: tuple[Item, ...]
    silence: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(SourceObject):
    """A drawing in characters, and one sentence that describes it."""

    alt: SingleLine
    art: MultilineText


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(SourceObject):
    """A part of a reading with a heading; `check` is the id of an item asked at its end."""

    id: Id
    heading: SingleLine
    text: MultilineText
    diagram: Diagram | None = None
    check: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Monday(SourceObject):
    """How to apply a reading at work: after which event, what to do, and what to look at afterwards."""

    after: SingleLine
    do: SingleLine
    look_at: SingleLine

    @property
    def text(self) -> str:
        """The plan as Markdown: "After ..., I will ... Look at: ..."."""
        after, do, look_at = (part.strip().rstrip(".") for part in (self.after, self.do, self.look_at))
        return f"After {after}, I will {do}. Look at: {look_at}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(SourceObject):
    """A lesson made of sections."""

    id: Id
    title: SingleLine
    minutes: Annotated[int, Range(1, 120)]
    objectives: Annotated[tuple[Id, ...], MemberCount(1, 12)]
    topics: tuple[SingleLine, ...] = ()
    sections: Annotated[tuple[Section, ...], MemberCount(1, 20)]
    terms: tuple[SingleLine, ...] = ()
    sources: tuple[Id, ...] = ()
    monday: Monday | None = None

    def faults(self) -> Iterator[ValidationError]:
        """Report duplicate section ids."""
        ids = [section.id for section in self.sections]
        for n, name in enumerate(ids):
            if name in ids[:n]:
                yield ValidationError(("sections", n, "id"), "C403", f"duplicate section id {name} in this reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(SourceObject):
    """An entry of the glossary."""

    term: SingleLine
    definition: MultilineText
    see: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary(SourceObject):
    """glossary.yaml: the terms of the course."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(SourceObject):
    """A publication that the course cites; `locator` is a page, section or address."""

    id: Id
    authors: SingleLine
    title: SingleLine
    year: Annotated[int, Range(1500, 2100)]
    kind: SourceKind
    locator: SingleLine = field(default="", metadata={"key": "where"})
    as_of: Month | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources(SourceObject):
    """sources.yaml: the publications that the course cites."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(SourceObject):
    """A figure or date that changes over time, with the day it was verified and the day to recheck it by."""

    id: Id
    what: SingleLine
    value: SingleLine
    as_of: Day
    recheck_by: Day
    source: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(SourceObject):
    """facts.yaml: the dated figures of the course."""

    facts: tuple[Fact, ...]
