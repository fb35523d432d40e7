"""numeric: type a number, with a unit if the item has one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Annotated, ClassVar

from dev2cto.items import numeric_grading, parameters
from dev2cto.items.base import Draw, Grade, Item, JudgedPart, interpolate
from dev2cto.items.expressions import ExpressionError, formula
from dev2cto.items.forms import Predict, Response, Write, interval
from dev2cto.items.numeric_grading import KnownMistake
from dev2cto.items.parameters import Parameters
from dev2cto.yaml.decode import Expression, Range, SingleLine, ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Item):
    """Type a number. Score: 1 within the tolerance; 0.5 for the right number in a wrong unit; else 0."""

    answer: Expression
    tol: Annotated[float, Range(0)] | None = None
    rel: Annotated[float, Range(0, 1)] | None = None
    unit: SingleLine = ""
    units: Mapping[str, float] = field(default_factory=dict)
    wrong: tuple[KnownMistake, ...] = ()
    given: Parameters = field(default_factory=dict)
    predict: bool = False
    """Whether the learner first gives an interval that contains the number with 90 % confidence."""

    meaning: ClassVar[tuple[str, ...]] = ("answer", "tol", "rel", "unit", "units", "given")

    def draw(self, rng: Random) -> Draw:
        return Draw(given=parameters.draw_values(self.given, rng))

    def names(self, draw: Draw) -> dict[str, float]:
        """Return the values of the names that expressions may use in this showing."""
        return parameters.with_new_parameters(self.given, draw.given)

    def ask(self, draw: Draw) -> str:
        return interpolate(self.prompt, self.names(draw))

    def reason(self, draw: Draw) -> str:
        return interpolate(self.explain, self.names(draw))

    def hint(self, number: int, draw: Draw) -> str:
        return interpolate(self.hints[number], self.names(draw))

    def form(self, draw: Draw) -> Write | Predict:
        return Predict(self.unit, self.units) if self.predict else Write(number=True, unit=self.unit)

    def retry_reason(self, response: object, draw: Draw) -> str:
        return numeric_grading.retry_reason(self, _number(response))

    def judge(self, response: str | tuple[str, ...], draw: Draw) -> Grade:
        grade = numeric_grading.judge(self, _number(response), self.names(draw))
        if not self.predict:
            return grade
        ends, value = self.predicted(response), self.value(draw)
        held = (ends[0] <= value, value <= ends[1]) if ends is not None else ()
        parts = [JudgedPart(str(n), "right" if fits else "wrong") for n, fits in enumerate(held, 1)]
        parts += (dataclasses.replace(part, id="3") for part in grade.parts)
        return dataclasses.replace(grade, parts=tuple(parts))

    def value(self, draw: Draw) -> float:
        """Compute the answer in the item's unit."""
        return formula(self.answer).value(self.names(draw))

    def predicted(self, response: Response) -> tuple[float, float] | None:
        """Return the interval given before the number, in the item's unit; None without a valid one."""
        if not self.predict or isinstance(response, str):
            return None
        ends = interval(Predict(self.unit, self.units), response)
        return None if isinstance(ends, str) else ends

    def solution(self, draw: Draw) -> tuple[str, ...]:
        return (numeric_grading.format_answer(self, self.names(draw)),)

    def key(self, draw: Draw) -> Response:
        return self._given(numeric_grading.key(self, self.names(draw)), draw)

    def mistakes(self, draw: Draw) -> Iterator[Response]:
        return (self._given(text, draw) for text in numeric_grading.mistakes(self, self.names(draw)))

    def _given(self, text: str, draw: Draw) -> Response:
        """Return the number as a response; with `predict`, after an interval around the answer."""
        if not self.predict:
            return text
        value = self.value(draw)
        return (f"{value - abs(value) / 10!r}", f"{value + abs(value) / 10!r}", text)

    def faults(self) -> Iterator[ValidationError]:
        found = [*parameters.faults(self.given, "given"), *numeric_grading.faults(self, self.given)]
        yield from found
        if found:
            return
        places = [(self.answer, ("answer",)), *((w.value, ("wrong", n, "value")) for n, w in enumerate(self.wrong))]
        for text, steps in places:
            for names in parameters.combinations(self.given):
                try:
                    formula(text).value(names)
                except ExpressionError as error:
                    drawn = ", ".join(f"{name} = {value:g}" for name, value in names.items())
                    case = f"for {drawn} " if drawn else ""
                    yield ValidationError(steps, "I315", f"{case}{error.message}", error.hint, error.column - 1)
                    break


def _number(response: object) -> str:
    """Return the number as typed, without an interval before it."""
    last = response[-1] if isinstance(response, tuple | list) and response else response
    return last if isinstance(last, str) else ""
