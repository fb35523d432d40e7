"""survey: learners rate statements about themselves, at the beginning and the end of the course, and make a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, ClassVar

from dev2cto.exercises.base import Exercise, MarkdownName, repeated
from dev2cto.exercises.text_lint import WORD, LengthLimits, Lint, LintResult, heading_of, lint_text
from dev2cto.yaml.decode import Id, MemberCount, MultilineText, SingleLine, SourceObject, ValidationError

PLAN_WORDS = 30
"""How many words more than the template a plan needs if the survey has no lint."""

ASKED = ("scale", "confidence", "statements")
"""The fields that a survey needs unless it repeats another one."""

SurveyAnswer = tuple[int, int]
"""Positions on the scale and on the confidence scale, both from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyStatement(SourceObject):
    """An "I can ..." statement about a module or one of the survey's `subjects`."""

    id: Id
    module: Id
    text: SingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Exercise):
    """Rate yourself on statements, then write a plan. `scale` and `confidence` are worded from low to high.

    `subjects` (id to name) are what statements are about other than modules of the course.

    With `again`, the statements and scales are those of the survey with that id, and the results are compared.
    """

    again: Id | None = None
    scale: Annotated[tuple[SingleLine, ...], MemberCount(4, 4)] = ()
    confidence: Annotated[tuple[SingleLine, ...], MemberCount(3, 3)] = ()
    statements: Annotated[tuple[SurveyStatement, ...], MemberCount(1, 100)] = ()
    file: MarkdownName
    template: MultilineText
    subjects: Mapping[str, SingleLine] = field(default_factory=dict)
    lint: Lint | None = None

    meaning: ClassVar[tuple[str, ...]] = ("scale", "confidence", "statements")

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: missing, duplicate or unused statements and scales, a template that passes as a plan."""
        for name in ASKED:
            if self.again is None and not getattr(self, name):
                hint = "or give again: ID to repeat the statements of a survey"
                yield ValidationError(("kind",), "X576", f"{name!r} is missing", hint)
        for name in (*ASKED, "subjects"):
            if self.again is not None and getattr(self, name):
                hint = f"leave out {name}, or again"
                yield ValidationError(
                    (name,),
                    "X575",
                    f"the statements are those of {self.again!r}, so this has no effect",
                    hint,
                    key=True,
                )
        yield from repeated(tuple(statement.id for statement in self.statements), "statements")
        yield from repeated(tuple(statement.text for statement in self.statements), "statements", key="text")
        if all(result.ok for result in lint_plan(self, self.template)):
            yield ValidationError(
                ("template",), "X574", "the empty template passes the lint", "ask for something it lacks"
            )

    def repeating(self, other: Survey) -> Survey:
        """Return this survey with the statements and scales of `other`, which it repeats."""
        asked = {name: getattr(other, name) for name in (*ASKED, "subjects")}
        return replace(self, **asked)


@dataclass(frozen=True, slots=True)
class ModuleResult:
    """The result for one module: means over the answered statements, None if none was answered."""

    module: str
    answered: int
    of: int
    rating: float | None
    """0..3."""
    confidence: float | None
    """0..2."""


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """One module compared between two attempts; `change` is None if one of them has no answers."""

    module: str
    before: ModuleResult
    after: ModuleResult
    change: float | None
    overturned: tuple[str, ...]
    """Statements rated lower than before although with confidence: unknown unknowns discovered."""


def results(survey: Survey, answers: Mapping[str, SurveyAnswer]) -> tuple[ModuleResult, ...]:
    """Return the result for each module, in the order of the statements; ignore unknown ids and positions."""
    modules = dict.fromkeys(statement.module for statement in survey.statements)
    return tuple(_result(survey, module, answers) for module in modules)


def compare(
    survey: Survey, before: Mapping[str, SurveyAnswer], after: Mapping[str, SurveyAnswer]
) -> tuple[ModuleChange, ...]:
    """Compare each module between two attempts."""
    return tuple(
        ModuleChange(
            module=old.module,
            before=old,
            after=new,
            change=_difference(old.rating, new.rating),
            overturned=tuple(
                s.id
                for s in survey.statements
                if s.module == old.module and _valid(survey, before.get(s.id)) and _valid(survey, after.get(s.id))
                if after[s.id][0] < before[s.id][0] and before[s.id][1] == len(survey.confidence) - 1
            ),
        )
        for old, new in zip(results(survey, before), results(survey, after), strict=True)
    )


def missing(survey: Survey, answers: Mapping[str, SurveyAnswer]) -> tuple[str, ...]:
    """Return the ids of the statements without an answer."""
    return tuple(s.id for s in survey.statements if not _valid(survey, answers.get(s.id)))


def lint_plan(survey: Survey, text: str) -> tuple[LintResult, ...]:
    """Check the plan by the survey's lint; without one, that it keeps the template's headings and fills them in."""
    if survey.lint is not None:
        return lint_text(survey.lint, text)
    lines = map(heading_of, survey.template.split("\n"))
    headings = tuple(heading for level, heading in lines if 1 <= level <= 3)
    least = len(WORD.findall(survey.template)) + PLAN_WORDS
    return lint_text(Lint(headings=headings, words=LengthLimits(least=least)), text)


def _result(survey: Survey, module: str, answers: Mapping[str, SurveyAnswer]) -> ModuleResult:
    asked = [s.id for s in survey.statements if s.module == module]
    given = [answers[id] for id in asked if _valid(survey, answers.get(id))]
    if not given:
        return ModuleResult(module, 0, len(asked), None, None)
    rating = sum(answer[0] for answer in given) / len(given)
    confidence = sum(answer[1] for answer in given) / len(given)
    return ModuleResult(module, len(given), len(asked), rating, confidence)


def _valid(survey: Survey, answer: SurveyAnswer | None) -> bool:
    return answer is not None and answer[0] in range(len(survey.scale)) and answer[1] in range(len(survey.confidence))


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
