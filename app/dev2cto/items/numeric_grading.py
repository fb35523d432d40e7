"""Grades a number against an expression with tolerance and units, for numeric items and parts of calculations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from dev2cto.items.base import FeedbackNote, Grade, JudgedPart, interpolate, number
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.items.quantity_parser import factor, quantity
from dev2cto.yaml.decode import Expression, MultilineText, SourceObject, ValidationError, did_you_mean

Names = Mapping[str, float]
"""The values of names in expressions: drawn parameters, figures from data, earlier answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMistake(SourceObject):
    """The number that a known mistake leads to; `why` tells the learner what went wrong."""

    value: Expression
    why: MultilineText


class NumericKey(Protocol):
    """The key of a number. `tol` is absolute, in `unit`; `rel` is a share of the answer; with neither, it is exact."""

    @property
    def answer(self) -> str: ...
    @property
    def tol(self) -> float | None: ...
    @property
    def rel(self) -> float | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def units(self) -> Mapping[str, float]: ...
    @property
    def wrong(self) -> tuple[KnownMistake, ...]: ...


def retry_reason(measure: NumericKey, text: str) -> str:
    """Return a message to the learner if the text is not a number; empty if it is, or is blank."""
    if not text.strip() or quantity(text) is not None:
        return ""
    unit = f" {measure.unit}" if measure.unit else ""
    return f"This cannot be read as one number. Write it like 12.5{unit} or 2,300{unit}."


def judge(measure: NumericKey, text: str, names: Names) -> Grade:
    """Grade a typed number: 1 within the tolerance; 0.5 if only the unit is wrong; else 0.

    A number without a unit is taken to be in the key's unit. Raises ExpressionError if the answer has no value.
    """
    target = formula(measure.answer).value(names)
    right = _in_readable_form(measure, target)
    score, notes = _judged(measure, text, target, names)
    part = JudgedPart("1", "right" if score == 1 else "wrong", right, " ".join(note.text for note in notes))
    counted = "half for the right number in the wrong unit." if score == 0.5 else ""
    return Grade(score, notes, (right,), parts=(part,), counted=counted)


def _judged(measure: NumericKey, text: str, target: float, names: Names) -> tuple[float, tuple[FeedbackNote, ...]]:
    typed = quantity(text)
    if typed is None:
        return 0.0, ()
    times = factor(typed.unit, measure.unit, measure.units)
    if times is not None and _is_near(measure, typed.value * times, target):
        return 1.0, ()
    if not measure.unit and typed.unit == "%" and _is_near(measure, typed.value / 100, target):
        return 1.0, ()
    about = f"{number(typed.value)} {typed.unit}".strip()
    scales = (1.0, *measure.units.values())
    if typed.unit and measure.unit and any(_is_near(measure, typed.value * scale, target) for scale in scales):
        why = f"The number is right, the unit is not: the answer should be in {measure.unit}."
        return 0.5, (FeedbackNote(about, why, True),)
    why = "" if times is None else mistake(measure, typed.value * times, names)
    if times is None and not why:
        why = f"The answer should be in {measure.unit}."
    return 0.0, (FeedbackNote(about, why, True),)


def mistake(measure: NumericKey, value: float, names: Names) -> str:
    """Return the explanation of the known mistake that leads to the value (in the base unit); empty if none does."""
    for wrong in measure.wrong:
        try:
            target = formula(wrong.value).value(names)
        except ExpressionError:
            continue
        if _is_near(measure, value, target):
            return interpolate(wrong.why, names)
    return ""


def is_within_tolerance(measure: NumericKey, value: float, names: Names) -> bool:
    """Return whether a value in the base unit is right."""
    return _is_near(measure, value, formula(measure.answer).value(names))


def _is_near(measure: NumericKey, value: float, target: float) -> bool:
    return abs(value - target) <= tolerance(measure, target)


def tolerance(measure: NumericKey, target: float) -> float:
    """Return the tolerance in the base unit, slightly more than written to allow for floating-point rounding."""
    width = measure.tol if measure.tol is not None else (measure.rel or 0.0) * abs(target)
    return width * (1 + 1e-9) + abs(target) * 1e-9 + 1e-12


def format_answer(measure: NumericKey, names: Names) -> str:
    """Format the answer with its unit and only as many decimals as the tolerance makes meaningful."""
    return _in_readable_form(measure, formula(measure.answer).value(names))


def _in_readable_form(measure: NumericKey, target: float) -> str:
    return f"{_rounded(target, tolerance(measure, target))} {measure.unit}".strip()


@lru_cache(maxsize=1024)
def _rounded(target: float, width: float) -> str:
    """Return the number with the fewest decimals that keep it within a tenth of the tolerance `width`."""
    return number(next((near for d in range(7) if abs((near := round(target, d)) - target) <= width / 10), target))


def key(measure: NumericKey, names: Names) -> str:
    """Return a right answer as one would type it: in readable form, or with all digits if that is too inexact."""
    text = format_answer(measure, names)
    if judge(measure, text, names).score == 1:
        return text
    return f"{formula(measure.answer).value(names)!r} {measure.unit}".strip()


def mistakes(measure: NumericKey, names: Names) -> Iterator[str]:
    """Yield answers that must be graded wrong: outside the tolerance, known mistakes, another unit."""
    target = formula(measure.answer).value(names)
    beyond = max(2 * tolerance(measure, target), 0.01 * abs(target), 1e-6)
    yield f"{target + beyond!r}"
    yield f"{target - beyond!r}"
    for wrong in measure.wrong:
        try:
            yield f"{formula(wrong.value).value(names)!r}"
        except ExpressionError:
            continue
    if measure.unit and target:
        yield f"{target!r} parsecs"


def faults(measure: NumericKey, known: Mapping[str, object], *steps: str | int) -> Iterator[ValidationError]:
    """Yield the faults of expressions, tolerances and units; `known` has the names that expressions may use."""
    yield from expression_faults(measure.answer, known, *steps, "answer")
    for n, wrong in enumerate(measure.wrong):
        yield from expression_faults(wrong.value, known, *steps, "wrong", n, "value")
    if measure.tol is not None and measure.rel is not None:
        yield ValidationError((*steps, "rel"), "I311", "'tol' and 'rel' cannot be combined", "keep one")
    for name, times in measure.units.items():
        if not (math.isfinite(times) and times > 0):
            yield ValidationError((*steps, "units", name), "I312", "a unit must be more than 0 of the base unit")
    if measure.units and not measure.unit:
        yield ValidationError((*steps, "units"), "I313", "'units' needs the 'unit' they are converted to")


def expression_faults(text: str, known: Mapping[str, object], *steps: str | int) -> Iterator[ValidationError]:
    """Yield the faults of one expression, each with its column."""
    try:
        names = formula(text).names
    except ExpressionError as error:
        yield ValidationError(steps, "I310", error.message, error.hint, error.column - 1)
        return
    for name, column in names.items():
        if name not in known:
            yield ValidationError(
                steps, "I314", f"there is no value {name!r}", did_you_mean(name, known, all_of=True), column - 1
            )
