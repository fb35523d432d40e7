"""The whole course loaded in memory, for rules that look at more than one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from dev2cto.course import loader
from dev2cto.course.check.judged import Judged, judged
from dev2cto.course.loader import Loaded
from dev2cto.course.model import BankFile, Course, Facts, Glossary, ModuleFile, Reading, Sources
from dev2cto.exercises.base import Exercise
from dev2cto.exercises.scenarios.scenario import Scenario
from dev2cto.items.base import Item
from dev2cto.yaml.decode import SourceObject
from dev2cto.yaml.tree import MAX_BYTES, Problems

ID_LINE = re.compile(r"^[ -]*(?:\{ *)?id:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Module:
    """One module's files; `head` is None if module.yaml is broken, `sound` is False if any file is."""

    folder: str
    head: ModuleFile | None
    readings: tuple[Loaded[Reading], ...]
    exercises: tuple[Loaded[Exercise], ...]
    sound: bool
    bank: BankFile
    """Empty if bank.yaml is missing or broken."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the bank."""
        return self.bank.items

    @property
    def quiz(self) -> bool:
        """Whether the module has a quiz."""
        return self.head is not None and self.head.quiz is not None


@dataclass(frozen=True)
class CourseSnapshot:
    """A course with all its files. `broken` holds ids from unreadable files, since references to them may be valid."""

    root: Path
    today: date
    course: Course
    modules: tuple[Module, ...]
    glossary: Glossary
    sources: Sources
    facts: Facts
    broken: frozenset[str]
    cache: Path | None = None
    """Folder for cached scenario analyses; None for no cache."""

    @cached_property
    def scenarios(self) -> tuple[tuple[Scenario, Judged], ...]:
        """Every scenario with the analysis of its paths."""
        found = (exercise.value for module in self.modules for exercise in module.exercises)
        return tuple((one, judged(one, self.cache)) for one in found if isinstance(one, Scenario))

    @cached_property
    def sections(self) -> frozenset[str]:
        """The ids of all sections, as reading.section."""
        readings = (found.value for module in self.modules for found in module.readings)
        return frozenset(f"{reading.id}.{section.id}" for reading in readings for section in reading.sections)

    @cached_property
    def objectives(self) -> frozenset[str]:
        """The ids of all objectives."""
        heads = (module.head for module in self.modules if module.head)
        return frozenset(objective.id for head in heads for objective in head.objectives)

    def pages(self) -> Iterator[SourceObject]:
        """Yield every object with text except readings, items and exercises."""
        yield self.course
        yield from (module.head for module in self.modules if module.head)
        yield from self.glossary.terms
        yield from self.sources.sources
        yield from self.facts.facts

    def parts(self) -> Iterator[SourceObject]:
        """Yield every object whose text may contain citations: modules, readings, items, exercises, terms."""
        for module in self.modules:
            if module.head:
                yield module.head
            yield from (found.value for found in module.readings)
            yield from module.items
            yield from (found.value for found in module.exercises)
        yield from self.glossary.terms


def gather(root: Path, today: date, problems: Problems, cache: Path | None = None) -> CourseSnapshot | None:
    """Load the course in that folder and record the problems. None if course.yaml itself is unusable.

    Scenario analyses are cached in the folder `cache`, if given.
    """
    course = loader.load_course(root, problems)
    if course is None:
        return None
    modules = tuple(_module(root, folder, problems) for folder in course.modules)
    glossary = loader.load_glossary(root, problems)
    sources = loader.load_sources(root, problems)
    facts = loader.load_facts(root, problems)
    paths = {problem.path for problem in problems.found if problem.severity == "error"}
    ids = frozenset(name for path in paths if loader.is_inside(root, root / path) for name in _ids(root / path))
    return CourseSnapshot(root, today, course, modules, glossary, sources, facts, ids, cache)


def _module(root: Path, folder: str, problems: Problems) -> Module:
    before = len(problems.found)
    head = loader.load_module_file(root, folder, problems)
    readings = loader.load_readings(root, folder, problems)
    bank = loader.load_bank_file(root, folder, problems)
    exercises = loader.load_exercises(root, folder, problems)
    return Module(folder, head, readings, exercises, len(problems.found) == before, bank)


def _ids(path: Path) -> list[str]:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return []
        return ID_LINE.findall(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return []
