"""calculation: numbers computed step by step from tables, each graded like a numeric item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Annotated, ClassVar

from dev2cto.errors import LabError
from dev2cto.exercises.base import UNMEANT, Exercise, FileName, repeated
from dev2cto.exercises.tables import DataTable, Figure, read_table
from dev2cto.items import numeric_grading, parameters
from dev2cto.items.base import Draw, Grade, Retry, interpolate
from dev2cto.items.expressions import FUNCTIONS, WORDS, ExpressionError, formula
from dev2cto.items.forms import Predict, Response, Write
from dev2cto.items.numeric import Numeric
from dev2cto.items.numeric_grading import KnownMistake
from dev2cto.items.parameters import Parameters
from dev2cto.yaml.decode import (
    Expression,
    Id,
    MemberCount,
    MultilineText,
    Range,
    SingleLine,
    SourceObject,
    ValidationError,
)

NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Data(SourceObject):
    """A table for the learner; its first `show` rows are shown."""

    file: FileName
    about: MultilineText
    show: Annotated[int, Range(1, 40)] = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationPart(SourceObject):
    """One number to compute. Later parts may use its right answer under its id, with _ for -."""

    id: Id
    prompt: MultilineText
    answer: Expression
    tol: Annotated[float, Range(0)] | None = None
    rel: Annotated[float, Range(0, 1)] | None = None
    unit: SingleLine = ""
    units: Mapping[str, float] = field(default_factory=dict)
    wrong: tuple[KnownMistake, ...] = ()
    hints: Annotated[tuple[MultilineText, ...], MemberCount(0, 4)] = ()
    explain: MultilineText
    predict: bool = field(default=False, metadata=UNMEANT)

    @property
    def name(self) -> str:
        """The name of its answer in expressions."""
        return self.id.replace("-", "_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(Exercise):
    """Compute numbers step by step. `given` is drawn once for an attempt, `values` are computed from the data."""

    data: tuple[Data, ...] = ()
    values: Mapping[str, Figure] = field(default_factory=dict)
    given: Parameters = field(default_factory=dict)
    parts: Annotated[tuple[CalculationPart, ...], MemberCount(1, 30)]
    solution: MultilineText

    meaning: ClassVar[tuple[str, ...]] = ("values", "given", "parts")

    def draw(self, rng: Random) -> Draw:
        """Draw the values of a new attempt."""
        return Draw(given=parameters.draw_values(self.given, rng))

    def faults(self) -> Iterator[ValidationError]:
        """Yield faults: clashing names, expressions with names not known yet, figures of tables that are not listed."""
        yield from parameters.faults(self.given, "given")
        yield from repeated(tuple(part.id for part in self.parts), "parts")
        yield from repeated(tuple(data.file for data in self.data), "data", key="file")
        files = {data.file for data in self.data}
        for name, figure in self.values.items():
            if not re.fullmatch(r"[a-z_][a-z0-9_]*", name) or name in FUNCTIONS or name in WORDS:
                hint = "lower-case letters, digits and _"
                yield ValidationError(("values", name), "X520", f"{name!r} is not a valid name", hint, key=True)
            if name in self.given:
                yield ValidationError(("values", name), "X521", f"{name!r} is already drawn under 'given'", key=True)
            if figure.file not in files:
                yield ValidationError(("values", name, "file"), "X522", f"{figure.file} is not listed under 'data'")
        known: dict[str, object] = {**self.given, **self.values}
        for n, part in enumerate(self.parts):
            yield from numeric_grading.faults(part, known, "parts", n)
            if part.name in (*FUNCTIONS, *WORDS) or part.name in self.given or part.name in self.values:
                yield ValidationError(
                    ("parts", n, "id"), "X521", f"{part.name!r} already means something else in expressions"
                )
            known[part.name] = part
            still_hidden = {later.name for later in self.parts[n:]} - set(self.given) - set(self.values)
            for key, text in (("prompt", part.prompt), *((("hints", h), t) for h, t in enumerate(part.hints))):
                steps = ("parts", n, *key) if isinstance(key, tuple) else ("parts", n, key)
                for found in NAME.finditer(text):
                    if found[1] in still_hidden:
                        yield ValidationError(steps, "X526", f"{found[0]} would reveal the answer", "", found.start())

    def folder_faults(self, folder: Path) -> Iterator[ValidationError]:
        """Yield faults: unreadable tables, figures without a value, answers without a value for some draw."""
        tables: dict[str, DataTable] = {}
        for n, data in enumerate(self.data):
            try:
                tables[data.file] = read_table(folder, data.file)
            except LabError as error:
                yield ValidationError(("data", n, "file"), "X523", error.message, error.hint)
        figures = {}
        for name, figure in self.values.items():
            if figure.file in tables:
                try:
                    figures[name] = figure.value(tables[figure.file])
                except LabError as error:
                    yield ValidationError(("values", name), "X524", error.message, error.hint)
        if len(figures) < len(self.values):
            return
        broken: set[int] = set()
        for given in parameters.combinations(self.given):
            names = {**given, **figures}
            for n, part in enumerate(self.parts):
                try:
                    names[part.name] = formula(part.answer).value(names)
                except ExpressionError as error:
                    if n not in broken:
                        broken.add(n)
                        yield ValidationError(
                            ("parts", n, "answer"), "X525", error.message, error.hint, error.column - 1
                        )
                    break


@dataclass(frozen=True)
class Worksheet:
    """One attempt at a calculation: the tables, the drawn values and the parts as numeric items."""

    exercise: Calculation
    tables: Mapping[str, DataTable]
    figures: Mapping[str, float]
    """The values computed from the tables; they do not depend on the draw."""
    draw: Draw

    @cached_property
    def names(self) -> dict[str, float]:
        """All values for expressions and texts: drawn, computed from the tables, right answers of parts."""
        known = parameters.with_new_parameters(self.exercise.given, self.draw.given)
        known |= self.figures
        for part in self.exercise.parts:
            known[part.name] = formula(part.answer).value(known)
        return known

    def item(self, number: int) -> Numeric:
        """Return part `number` (from 0) as an item, to be shown and graded with `showing`."""
        part, exercise = self.exercise.parts[number], self.exercise
        return Numeric(
            where=part.where,
            kind="numeric",
            id=f"{exercise.id}-{part.id}",
            objective=exercise.objectives[0],
            level="apply",
            prompt=part.prompt,
            explain=part.explain,
            hints=part.hints,
            answer=part.answer,
            tol=part.tol,
            rel=part.rel,
            unit=part.unit,
            units=part.units,
            wrong=part.wrong,
            predict=part.predict,
        )

    @property
    def showing(self) -> Draw:
        """The draw for showing and grading the parts' items."""
        return Draw(given=self.names)

    def brief(self) -> str:
        """Return the brief (Markdown) with the drawn values filled in."""
        return interpolate(self.exercise.brief, self.names)

    def ask(self, number: int) -> str:
        """Return the prompt (Markdown) of a part."""
        return self.item(number).ask(self.showing)

    def form(self, number: int) -> Write | Predict:
        """Return the form in which a part is answered."""
        return self.item(number).form(self.showing)

    def grade(self, number: int, response: Response, asked: Retry | None = None) -> Grade | Retry:
        """Grade a part's response; see `Item.grade`."""
        return self.item(number).grade(response, self.showing, asked)

    def hint(self, number: int, step: int) -> str:
        """Return hint `step` (from 0) of a part (Markdown)."""
        return self.item(number).hint(step, self.showing)

    def reason(self, number: int) -> str:
        """Return the worked solution of a part (Markdown)."""
        return self.item(number).reason(self.showing)

    def solution(self) -> str:
        """Return the worked solution of the whole calculation (Markdown)."""
        return interpolate(self.exercise.solution, self.names)


def worksheet(exercise: Calculation, folder: Path, draw: Draw) -> Worksheet:
    """Return the attempt with that draw; `folder` is the exercise's folder, which contains the data.

    Raises LabError if a table cannot be read, CourseError if an answer has no value.
    """
    tables = {data.file: read_table(folder, data.file) for data in exercise.data}
    figures = {name: figure.value(tables[figure.file]) for name, figure in exercise.values.items()}
    return with_draw(Worksheet(exercise, tables, figures, draw), draw)


def with_draw(sheet: Worksheet, draw: Draw) -> Worksheet:
    """Return the worksheet with another draw. Raises CourseError if an answer has no value."""
    other = replace(sheet, draw=draw)
    _ = other.names
    return other
