"""Checks a course: everything the reader finds, and every rule of checks/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dev2cto.curriculum.checks import (
    coverage,
    display,
    grading,
    guessing,
    labs,
    options,
    references,
    spread,
    wording,
)
from dev2cto.curriculum.checks.guessing import Bank
from dev2cto.curriculum.checks.labs import Folder
from dev2cto.curriculum.checks.rules import About, Finding, Rule
from dev2cto.curriculum.checks.whole import Module, Whole, gather
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.branches import branch_faults
from dev2cto.exercises.scenario import Scenario
from dev2cto.items.base import Item
from dev2cto.nodes import Problem, Problems
from dev2cto.shapes import suggest

RULES: tuple[Rule, ...] = (
    *options.RULES,
    *wording.RULES,
    *grading.RULES,
    *labs.RULES,
    *display.RULES,
    *guessing.RULES,
    *spread.RULES,
    *references.RULES,
    *coverage.RULES,
)
"""Every quality rule; a code may stand more than once, for what it looks at."""

TITLES = {rule.code: rule.title for rule in RULES} | {
    "Q351": "a silence of no known rule",
    "Q352": "a silence that silences nothing",
}


def check_course(folder: Path, today: date) -> tuple[Problem, ...]:
    """All problems of the course in that folder, by file and place; no code of the course is run.

    `today` decides which figures are due to be checked again.
    """
    problems = Problems()
    whole = gather(folder, today, problems)
    if whole is not None:
        refused = {problem.path for problem in problems.found if problem.code == "C404"}
        problems.found += [p for p in _judge(whole) if p.code != "C424" or p.path not in refused]
    return problems.sorted()


def _judge(whole: Whole) -> Iterator[Problem]:
    for module in whole.modules:
        yield from _module(whole, module)
    for page in whole.pages():
        yield from _apply("page", page)
    yield from _apply("course", whole)


def _module(whole: Whole, module: Module) -> Iterator[Problem]:
    for item in module.items:
        yield from _unsilenced(item, list(_apply("item", item)))
    for reading in module.readings:
        yield from _apply("reading", reading.value)
    for found in module.exercises:
        exercise, path = found.value, whole.root / Path(found.path).parent
        rules = [*_apply("exercise", exercise), *_apply("folder", Folder(exercise, path))]
        yield from _unsilenced(exercise, rules)
        branches = branch_faults(exercise) if isinstance(exercise, Scenario) else ()
        for fault in (*exercise.folder_faults(path), *branches):
            finding = Finding(exercise, fault.steps, fault.message, fault.hint, fault.offset)
            yield _problem(finding, fault.code)
    if module.sound:
        yield from _apply("bank", Bank(module.bank, module.items, module.quiz))


def _apply(about: About, subject: Any) -> Iterator[Problem]:
    for rule in RULES:
        if rule.about == about:
            for finding in rule.find(subject):
                yield _problem(finding, rule.code, rule.severity)


def _unsilenced(thing: Item | Exercise, found: list[Problem]) -> Iterator[Problem]:
    """The problems that are not silenced with a reason, and silences that are of no use."""
    silenced = {silence.rule for silence in thing.silence}
    codes = {problem.code for problem in found}
    yield from (problem for problem in found if problem.code not in silenced)
    for n, silence in enumerate(thing.silence):
        if silence.rule not in TITLES:
            finding = Finding(
                thing, ("silence", n, "rule"), f"there is no rule {silence.rule}", suggest(silence.rule, TITLES)
            )
            yield _problem(finding, "Q351")
        elif silence.rule not in codes:
            finding = Finding(thing, ("silence", n, "rule"), f"{silence.rule} finds nothing here", "remove the silence")
            yield _problem(finding, "Q352")


def _problem(finding: Finding, code: str, severity: Any = "error") -> Problem:
    where = finding.at.where
    mark = where.mark(*finding.steps, offset=finding.offset)
    return Problem(where.path, mark, code, finding.message, finding.hint, severity)
