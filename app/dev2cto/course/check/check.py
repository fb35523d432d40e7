"""Check a course: all decoding errors, and every quality rule in this package."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from dev2cto.course.check import (
    bank_balance,
    calculation_labs,
    coverage,
    cues,
    diffs,
    display,
    grading,
    options,
    references,
    scenarios,
    simulations,
    slips,
    terms,
    test_wiseness,
    wording,
)
from dev2cto.course.check.calculation_labs import DataFolder
from dev2cto.course.check.course_snapshot import CourseSnapshot, Module, gather
from dev2cto.course.check.rules import About, Finding, Rule
from dev2cto.course.check.severity import Severities, Silences, unknown_names
from dev2cto.course.check.test_wiseness import Bank
from dev2cto.exercises.base import Exercise
from dev2cto.yaml.decode import ValidationError
from dev2cto.yaml.tree import Problem, Problems, Severity

RULES: tuple[Rule, ...] = (
    *options.RULES,
    *cues.RULES,
    *wording.RULES,
    *grading.RULES,
    *calculation_labs.RULES,
    *simulations.RULES,
    *diffs.RULES,
    *display.RULES,
    *slips.RULES,
    *test_wiseness.RULES,
    *bank_balance.RULES,
    *references.RULES,
    *coverage.RULES,
    *scenarios.RULES,
    *terms.RULES,
)
"""Every quality rule; a code occurs once for each type of object it looks at."""

TITLES = {rule.code: rule.title for rule in RULES}
"""Rule titles by code; `checks` and `silence` in course files refer to these codes."""


def check_course(folder: Path, today: date, cache: Path | None = None) -> tuple[Problem, ...]:
    """Return all problems of the course in that folder, by file and position. Does not run code of the course.

    `today` decides which dated figures are due for a recheck; slow results are cached in the folder `cache`.
    """
    problems = Problems()
    with _without_collections():
        snapshot = gather(folder, today, problems, cache)
        if snapshot is not None:
            refused = {problem.path for problem in problems.found if problem.code == "C404"}
            problems.found += [p for p in _judge(snapshot) if p.code != "C424" or p.path not in refused]
    return problems.sorted()


@contextmanager
def _without_collections() -> Iterator[None]:
    """Collect no garbage: there are no cycles in what is made here, and scanning it takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _judge(snapshot: CourseSnapshot) -> Iterator[Problem]:
    """Yield what the rules find unless it is silenced or off, and problems with `silence` and `checks` themselves."""
    severities, silences = Severities(snapshot), Silences(snapshot)
    for rule, finding in _found(snapshot):
        if silences.hold(rule, finding):
            continue
        severity = severities.of(rule, finding.at.where.path)
        if severity != "off":
            yield _problem(finding, rule.code, severity)
    for module in snapshot.modules:
        yield from _faults(snapshot, module)
    for scenario, judged in snapshot.scenarios:
        yield from (_problem(_finding(scenario, fault), fault.code) for fault in judged.branches)
    yield from (_problem(finding, "Q351") for finding in silences.unknown(TITLES))
    yield from (_problem(finding, "Q352") for finding in silences.idle(TITLES))
    yield from (_problem(finding, "Q353") for finding in unknown_names(snapshot, TITLES))


def _found(snapshot: CourseSnapshot) -> Iterator[tuple[Rule, Finding]]:
    for module in snapshot.modules:
        for item in module.items:
            yield from _apply("item", item)
        for reading in module.readings:
            yield from _apply("reading", reading.value)
        for found in module.exercises:
            yield from _apply("exercise", found.value)
            yield from _apply("folder", DataFolder(found.value, snapshot.root / Path(found.path).parent))
        if module.sound:
            yield from _apply("bank", Bank(module.bank, module.items, module.quiz))
    for page in snapshot.pages():
        yield from _apply("page", page)
    yield from _apply("course", snapshot)


def _apply(about: About, subject: Any) -> Iterator[tuple[Rule, Finding]]:
    for rule in RULES:
        if rule.about == about:
            yield from ((rule, finding) for finding in rule.find(subject))


def _faults(snapshot: CourseSnapshot, module: Module) -> Iterator[Problem]:
    """Yield mismatches between an exercise and the files in its folder, which make it unusable."""
    for found in module.exercises:
        for fault in found.value.folder_faults(snapshot.root / Path(found.path).parent):
            yield _problem(_finding(found.value, fault), fault.code)


def _finding(exercise: Exercise, fault: ValidationError) -> Finding:
    return Finding(exercise, fault.steps, fault.message, fault.hint, fault.offset)


def _problem(finding: Finding, code: str, severity: Severity = "error") -> Problem:
    where = finding.at.where
    mark = where.mark(*finding.steps, offset=finding.offset)
    return Problem(where.path, mark, code, finding.message, finding.hint, severity)
