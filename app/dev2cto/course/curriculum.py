"""Access to one course: the outline is loaded immediately, every text on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dev2cto.course.outline import CourseOutline
from dev2cto.course.outline_cache import outline_of, stamp_of
from dev2cto.errors import CourseError

if TYPE_CHECKING:
    from dev2cto.course.model import Course, Fact, Reading, Source, Term
    from dev2cto.course.search import Search
    from dev2cto.exercises.base import Exercise
    from dev2cto.items.base import Item
    from dev2cto.yaml.tree import Problems


T = TypeVar("T")


class Curriculum:
    """One course folder. Everything except the outline is loaded lazily and cached."""

    def __init__(self, root: Path, outline: CourseOutline, cache: Path | None = None, stamp: str = "") -> None:
        """`cache` is where the index for searching is kept, and `stamp` that of the files of this outline."""
        self.root = root
        self.outline = outline
        self._cache, self._stamp = cache, stamp
        self._readings: dict[str, Reading] = {}
        self._banks: dict[str, dict[str, Item]] = {}
        self._items: dict[str, Item] = {}
        self._exercises: dict[str, Exercise] = {}

    @classmethod
    def open(cls, root: Path, cache: Path | None = None) -> Curriculum:
        """Open the course in that folder. Raises CourseError if course.yaml cannot be read."""
        stamp = stamp_of(root)
        return cls(root, outline_of(root, cache, stamp), cache, stamp)

    def cite(self, id: str) -> str:
        """Return the text shown for [@id], or the id itself if the course has no such source."""
        return self.outline.cited.get(id, id)

    def fact(self, id: str) -> str:
        """Return the text shown for [=id], or the id itself if the course has no such fact."""
        return self.outline.facts.get(id, id)

    def reading(self, id: str) -> Reading:
        """Load a reading. Raises CourseError if it is unknown or broken."""
        if id not in self._readings:
            outline = self.outline.reading(id)
            if outline is None:
                raise CourseError(f"There is no reading {id} in this course.", "To list the ids: dev2cto show")
            from dev2cto.course.loader import load_file
            from dev2cto.course.model import Reading

            self._readings[id] = self._found(lambda problems: load_file(self.root, outline.path, Reading, problems))
        return self._readings[id]

    def exercise(self, id: str) -> Exercise:
        """Load an exercise; a survey that repeats another gets the other's statements.

        Raises CourseError if the exercise or the repeated survey is unknown or broken.
        """
        if id not in self._exercises:
            exercise = self._exercise(id)
            again = getattr(exercise, "again", None)
            self._exercises[id] = self._repeating(exercise, again) if again else exercise
        return self._exercises[id]

    def _exercise(self, id: str) -> Exercise:
        """Load an exercise exactly as its file defines it."""
        outline = self.outline.exercise(id)
        if outline is None:
            raise CourseError(f"There is no exercise {id} in this course.", "To list the ids: dev2cto show")
        from dev2cto.course.loader import load_exercise

        return self._found(lambda problems: load_exercise(self.root, outline.path, problems))

    def _repeating(self, exercise: Exercise, again: str) -> Exercise:
        from dev2cto.exercises.survey import Survey

        other = self._exercise(again)
        if not isinstance(exercise, Survey) or not isinstance(other, Survey) or other.again:
            raise CourseError(f"{exercise.id} repeats {again}, which has no statements.", "For details: dev2cto check")
        return exercise.repeating(other)

    def exercise_folder(self, id: str) -> Path:
        """Return the folder with an exercise's starter, data and checks. Raises CourseError for an unknown id."""
        outline = self.outline.exercise(id)
        if outline is None:
            raise CourseError(f"There is no exercise {id} in this course.", "To list the ids: dev2cto show")
        return self.root / Path(outline.path).parent

    def bank(self, module: str) -> dict[str, Item]:
        """Return the valid items of a module by id, in file order. Raises CourseError for an unknown module."""
        if module not in self._banks:
            outline = self.outline.module(module)
            if outline is None:
                raise CourseError(f"There is no module {module} in this course.", "To list the ids: dev2cto show")
            from dev2cto.course.loader import load_bank
            from dev2cto.yaml.tree import Problems

            items = load_bank(self.root, outline.folder, Problems())
            self._banks[module] = {item.id: item for item in items}
        return self._banks[module]

    def item(self, id: str) -> Item:
        """Load an item, without the rest of its bank if possible. Raises CourseError if it is unknown or broken."""
        module = self.outline.module_of(id)
        if module is not None and module.id not in self._banks and id not in self._items:
            from dev2cto.course.loader import load_item

            single = load_item(self.root, module.folder, id)
            if single is not None:
                self._items[id] = single
        item = self._items.get(id) or (self.bank(module.id).get(id) if module else None)
        if item is None:
            raise CourseError(f"There is no question {id} in this course.", "It may have been removed by an update.")
        return item

    @cached_property
    def about(self) -> Course:
        """The contents of course.yaml. Raises CourseError if it can no longer be read."""
        from dev2cto.course.loader import load_course

        return self._found(lambda problems: load_course(self.root, problems))

    @cached_property
    def search(self) -> Search:
        """What searches the texts of this course; the first use may have to build the index."""
        from dev2cto.course.search_index import open_index

        database = open_index(self.root, self.outline, self._cache, self._stamp)
        if database is None:
            from dev2cto.course.search_plain import PlainSearch

            return PlainSearch(self.root, self.outline)
        from dev2cto.course.search_query import FullTextSearch

        return FullTextSearch(database)

    def index_steps(self) -> Iterator[None]:
        """Build the index for searching, if it is not cached, in steps of some milliseconds."""
        from dev2cto.course.search_index import caching

        if self._cache is not None:
            yield from caching(self.root, self.outline, self._cache, self._stamp)

    @cached_property
    def glossary(self) -> dict[str, Term]:
        """Glossary terms by lower-case name."""
        from dev2cto.course.loader import load_glossary
        from dev2cto.yaml.tree import Problems

        return {t.term.lower(): t for t in load_glossary(self.root, Problems()).terms}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by id."""
        from dev2cto.course.loader import load_sources
        from dev2cto.yaml.tree import Problems

        return {s.id: s for s in load_sources(self.root, Problems()).sources}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Facts by id."""
        from dev2cto.course.loader import load_facts
        from dev2cto.yaml.tree import Problems

        return {f.id: f for f in load_facts(self.root, Problems()).facts}

    def _found(self, load: Callable[[Problems], T | None]) -> T:
        from dev2cto.yaml.tree import Problems

        problems = Problems()
        value = load(problems)
        if value is None:
            listed = "\n".join(str(p) for p in problems.sorted())
            raise CourseError(f"This part of the course is broken.\n{listed}", "To list all problems: dev2cto check")
        return value
