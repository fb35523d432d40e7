"""artefact: a document that learners write, compare with a strong sample and rate against a rubric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from dev2cto.exercises.base import Exercise, MarkdownName, repeated
from dev2cto.exercises.script import Script
from dev2cto.exercises.text_lint import Lint, LintResult, lint_text
from dev2cto.yaml.decode import Id, MemberCount, MultilineText, SingleLine, SourceObject, ValidationError

ENOUGH = 2
"""The rating (0 to 3) that every criterion needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(SourceObject):
    """One criterion of the rubric, with descriptions of the ratings 0, 1, 2 and 3."""

    id: Id
    criterion: SingleLine
    anchors: Annotated[tuple[MultilineText, ...], MemberCount(4, 4)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact(Exercise):
    """Write a document. `file` is its name in the portfolio; `sample` is shown after submission."""

    file: MarkdownName
    template: MultilineText
    rubric: Annotated[tuple[Criterion, ...], MemberCount(4, 6)]
    sample: MultilineText
    lint: Lint
    script: Script | None = None

    meaning: ClassVar[tuple[str, ...]] = ("rubric", "lint")

    def faults(self) -> Iterator[ValidationError]:
        """Yield a fault for a sample that fails its own lint, and for a template that passes it."""
        yield from repeated(tuple(criterion.id for criterion in self.rubric), "rubric")
        for result in lint(self, self.sample):
            if not result.ok:
                yield ValidationError(("sample",), "X573", f"the sample fails its own lint: {result.message}")
        if all(result.ok for result in lint(self, self.template)):
            yield ValidationError(
                ("template",), "X574", "the empty template passes the lint", "ask for something it lacks"
            )


@dataclass(frozen=True, slots=True)
class Assessment:
    """A self-assessment: points out of the maximum, criteria without a rating, and criteria rated too low."""

    points: int
    most: int
    unrated: tuple[str, ...]
    low: tuple[str, ...]

    @property
    def reached(self) -> bool:
        """Whether every criterion is rated at least ENOUGH."""
        return not self.unrated and not self.low


def lint(artefact: Artefact, text: str) -> tuple[LintResult, ...]:
    """Check the text by every rule of the lint; it passes if all results are ok."""
    return lint_text(artefact.lint, text)


def assess(artefact: Artefact, ratings: Mapping[str, int]) -> Assessment:
    """Assess ratings (0 to 3, by criterion id); unknown ids and values are ignored."""
    given = {c.id: ratings[c.id] for c in artefact.rubric if ratings.get(c.id) in (0, 1, 2, 3)}
    return Assessment(
        points=sum(given.values()),
        most=3 * len(artefact.rubric),
        unrated=tuple(c.id for c in artefact.rubric if c.id not in given),
        low=tuple(id for id, rating in given.items() if rating < ENOUGH),
    )
