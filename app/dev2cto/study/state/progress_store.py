"""The learner's progress: the tables `sums` and `cards`, derived from the events and small enough for every start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dev2cto.course.outline import CourseOutline
from dev2cto.learning.completion import CompletedWork, module_state, reading_state
from dev2cto.record.moments import Moment
from dev2cto.record.record import Record
from dev2cto.record.tinydb_storage import RecordTable
from dev2cto.study.state import sums
from dev2cto.study.state.documents import Documents
from dev2cto.study.state.renames import aliases, resolve
from dev2cto.study.state.resets import ResetIndex
from dev2cto.study.state.sums import (
    CheckSum,
    DoneSum,
    ExerciseSum,
    FormKind,
    ObjectiveSum,
    OpenSum,
    PromisesSum,
    QuizSum,
    SeenSum,
    Sum,
    SumDocument,
)


class ProgressStore:
    """The only reader and writer of both tables. All writes are part of the caller's batch."""

    def __init__(self, course: CourseOutline, record: Record, documents: Documents) -> None:
        self._course = course
        self._renamed = course.renamed
        self._record = record
        self._sums, self._cards = record.table("sums"), record.table("cards")
        self._documents = documents
        self._final: frozenset[str] | None = None
        """The items reserved for final forms; None until first needed."""

    def _find(self, kind: sums.SumKind, id: str) -> dict[str, Any] | None:
        return self._documents.find("sums", sums.key(kind, id))

    def _changed(self, kind: sums.SumKind, id: str) -> Moment:
        return self._documents.changed("sums", sums.key(kind, id))

    def _put(self, kind: sums.SumKind, id: str, row: SumDocument) -> None:
        self._sums.put(sums.key(kind, id), row.document())

    def _all(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Kind, present id and document of every sum."""
        for key, doc in self._documents.all("sums").items():
            yield *sums.split(key), doc

    # -- completion

    def completed_work(self) -> CompletedWork:
        """What is done and what is begun, without what a reset covers."""
        resets = ResetIndex(self._course, self._documents, self._record)
        found: dict[str, set[str]] = {field: set() for field in CompletedWork._fields}
        for kind, id, doc in self._all():
            match kind:
                case "quiz" | "final":
                    row = QuizSum.read(doc)
                    found["quizzes_begun" if kind == "quiz" else "finals_begun"].add(id)
                    if row.passed:
                        found["quizzes" if kind == "quiz" else "finals"].add(id)
                case "open":
                    open_ = OpenSum.read(doc)
                    begun = "finals_begun" if open_.form == "final" else "quizzes_begun"
                    found[begun].add(resolve(open_.quiz, self._renamed))
                case "exercise":
                    found["exercises" if ExerciseSum.read(doc).state == "done" else "begun"].add(id)
                case "reading" if not resets.covers(id, self._changed("reading", id)):
                    found["readings"].add(id)
                case "module" if not resets.reopens(id, self._changed("module", id)):
                    found["modules"].add(id)
        for table, field in (("positions", "begun"), ("sections", "sections")):
            docs = self._documents.all(table).items()
            found[field].update(id for id, doc in docs if not resets.covers_document(table, id, doc))
        return CompletedWork(**found)

    def mark_module_done(self, module: str, at: str) -> None:
        """Record that a module is done, if all its parts are, so that it stays done even if the course adds parts."""
        outline, done = self._course.module(module), self.completed_work()
        if outline is not None and outline.id not in done.modules and module_state(outline, done) == "done":
            self._put("module", outline.id, DoneSum(at))

    def _mark_module_of(self, part: str, at: str) -> None:
        module = self._course.module_of(part)
        if module is not None:
            self.mark_module_done(module.id, at)

    # -- readings

    def read_at(self, reading: str) -> str:
        """When a reading was marked read; empty if it was not."""
        doc = self._find("reading", reading)
        return DoneSum.read(doc).at if doc else ""

    def mark_read(self, reading: str, at: str) -> None:
        """Record that a reading is done, and its module if nothing else is left in it."""
        self._put("reading", reading, DoneSum(at))
        self._mark_module_of(reading, at)

    def mark_unread(self, reading: str) -> None:
        """Remove the mark that a reading is done."""
        self._documents.remove("sums", sums.key("reading", reading))

    def check(self, item: str) -> CheckSum | None:
        """The answer that a reading shows below that question; None if it shows none."""
        doc = self._find("check", item)
        return CheckSum(doc) if doc else None

    def check_shown(self, item: str) -> Moment:
        """When that answer was given."""
        return self._changed("check", item)

    def keep_check(self, item: str, row: CheckSum) -> None:
        """Save the answer that the reading shows from now on."""
        self._put("check", item, row)

    def drop_check(self, item: str) -> None:
        """Stop showing an answer to that question."""
        self._documents.remove("sums", sums.key("check", item))

    # -- exercises

    def exercise(self, id: str) -> ExerciseSum | None:
        """The state of an exercise; None before it is begun."""
        doc = self._find("exercise", id)
        return ExerciseSum.read(doc) if doc else None

    def is_exercise_done(self, id: str) -> bool:
        """Whether an exercise was ever done."""
        row = self.exercise(id)
        return row is not None and row.state == "done"

    def mark_exercise_begun(self, id: str, at: str) -> None:
        """Record that an exercise is begun, unless it is recorded as begun or done."""
        if self.exercise(id) is None:
            self._put("exercise", id, ExerciseSum("begun", at))

    def mark_exercise_done(self, id: str, at: str, *, helped: bool) -> None:
        """Record that an exercise is done, and its module if that was the last part."""
        self._put("exercise", id, ExerciseSum("done", at, helped))
        self._mark_module_of(id, at)

    def restoring_exercise(self, id: str) -> Callable[[], None]:
        """Return what puts the state of an exercise and of its module back as they are now."""
        module = self._course.module_of(id)
        keys = [sums.key("exercise", id), *([sums.key("module", module.id)] if module else ())]
        before = {key: self._documents.find("sums", key) for key in keys}

        def restore() -> None:
            for key, doc in before.items():
                if doc is None:
                    self._documents.remove("sums", key)
                else:
                    self._sums.put(key, doc)

        return restore

    # -- quizzes and final forms

    def quiz(self, module: str, form: FormKind = "") -> QuizSum | None:
        """The results of a module's quiz, or with `form` of its final form; None before the first finished attempt."""
        doc = self._find(form or "quiz", module)
        return QuizSum.read(doc) if doc else None

    def keep_result(
        self, module: str, form: FormKind, score: float, passed: bool, at: str, asked: Iterable[str] = ()
    ) -> None:
        """Add the result of a finished attempt; `asked` are the items of a final form."""
        self._put(form or "quiz", module, QuizSum.after(self.quiz(module, form), score, passed, at, asked))

    def open_attempts(self, form: FormKind = "") -> dict[str, str]:
        """The modules of open quiz attempts (with `form` "final", final forms), by attempt id, newest first."""
        rows = ((id, OpenSum.read(doc)) for kind, id, doc in self._all() if kind == "open")
        found = ((id, row.quiz) for id, row in rows if row.form == form)
        return {id: resolve(quiz, self._renamed) for id, quiz in sorted(found, reverse=True)}

    def keep_open(self, attempt: str, doc: Mapping[str, Any]) -> None:
        """Record whether an attempt, given as its document, is open."""
        if doc["state"] == "open":
            self._put("open", attempt, OpenSum(doc["quiz"], doc.get("form", "")))
        else:
            self._sums.remove(doc_ids=[sums.key("open", attempt)])

    def asked_in_finals(self) -> dict[str, str]:
        """The items that finished final forms asked, each with the time of the latest such form."""
        found: dict[str, str] = {}
        for module in self._course.modules:
            row = self.quiz(module.id, "final") if module.final is not None else None
            for item, at in row.asked.items() if row else ():
                item = resolve(item, self._renamed)
                found[item] = max(found.get(item, ""), at)
        return found

    def hidden(self) -> frozenset[str]:
        """The items reserved for final forms that none has asked yet: nothing else may show or count them."""
        if self._final is None:
            items = (item for module in self._course.modules for item in module.items)
            self._final = frozenset(item.id for item in items if item.final_form)
        return self._final.difference(self.asked_in_finals()) if self._final else self._final

    # -- answers

    def scores(self, objective: str) -> dict[str, float]:
        """The latest score of each answered item of an objective."""
        found: dict[str, tuple[float, str]] = {}
        hidden = self.hidden()
        for name in aliases(sums.key("objective", objective), self._renamed):
            row = ObjectiveSum.read(self._sums.get(doc_id=name) or {})
            for item, (score, at) in row.scores.items():
                item = resolve(item, self._renamed)
                if item not in hidden and (item not in found or found[item][1] < at):
                    found[item] = (score, at)
        return {item: score for item, (score, _) in found.items()}

    def answered(self) -> set[str]:
        """The items with a score."""
        rows = (ObjectiveSum.read(doc) for kind, _, doc in self._all() if kind == "objective")
        return {resolve(item, self._renamed) for row in rows for item in row.scores}

    def keep_score(self, objective: str, item: str, score: float, at: str) -> None:
        """Save the latest score of an item."""
        before = ObjectiveSum.read(self._find("objective", objective) or {})
        self._put("objective", objective, ObjectiveSum({**before.scores, item: (score, at)}))

    def cards(self) -> dict[str, Mapping[str, Any]]:
        """All cards by item, except those of hidden items."""
        cards, hidden = self._documents.all("cards"), self.hidden()
        return {id: doc for id, doc in cards.items() if id not in hidden} if hidden & cards.keys() else cards

    def card(self, item: str) -> Mapping[str, Any] | None:
        """The card of an item; None before it is first scheduled."""
        return self._documents.find("cards", item)

    def keep_card(self, item: str, doc: Mapping[str, Any]) -> None:
        """Save the card of an item."""
        self._cards.put(item, doc)

    # -- promises

    def promises(self) -> PromisesSum:
        """The open promises."""
        doc = self._sums.get(doc_id=sums.key("promises", ""))
        return PromisesSum.read(doc, self._renamed) if doc else PromisesSum({})

    def keep_promises(self, row: PromisesSum) -> None:
        """Save which promises are open."""
        if row.promises:
            self._put("promises", "", row)
        else:
            self._sums.remove(doc_ids=[sums.key("promises", "")])

    # -- consistency with the events

    def settle(self, now: str) -> None:
        """Mark readings, then modules, whose parts are all done; parts may have been done on another machine."""
        done, read = self.completed_work(), self._documents.all("sections")
        for module in self._course.modules:
            for reading in module.readings:
                if reading.id not in done.readings and reading_state(reading, done) == "done":
                    at = max(str(read[section]["read_at"]) for section in reading.section_ids())
                    self._put("reading", reading.id, DoneSum(at))
        for module in self._course.modules:
            self.mark_module_done(module.id, now)

    def replace(self, rows: Mapping[tuple[sums.SumKind, str], Sum], cards: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace all rows derived from events by these; writes only what differs."""
        wanted = {sums.key(kind, id): row.document() for (kind, id), row in rows.items()}
        _make_agree(self._sums, wanted, sums.FACTS)
        _make_agree(self._cards, cards)

    def is_up_to_date(self, seen: SeenSum) -> bool:
        """Whether sums and cards were derived from just these files and rules, or there are no events at all."""
        if not seen.files and not len(self._sums):
            return True
        return self._sums.get(doc_id=sums.key("seen", self._record.writer)) == seen.document()

    def seen_rules(self) -> int:
        """The rules that this session's sums and cards were last derived by; 0 if unknown."""
        row = self._sums.get(doc_id=sums.key("seen", self._record.writer))
        return int(row.get("rules", 0)) if row else 0

    def distrust(self) -> None:
        """Mark sums and cards as outdated, so that the next session rebuilds them even if this one dies."""
        self.keep_seen(SeenSum({}, 0))

    def keep_seen(self, seen: SeenSum) -> None:
        """Record from which files and by which rules this session derived sums and cards."""
        self._put("seen", self._record.writer, seen)


def _make_agree(
    table: RecordTable, wanted: Mapping[str, Mapping[str, Any]], spared: frozenset[str] = frozenset()
) -> None:
    """Make the table's rows equal to `wanted`; rows of the spared kinds stay as they are."""
    there = dict(table.stream())
    table.remove(doc_ids=[id for id in there if id not in wanted and sums.split(id)[0] not in spared])
    for id, doc in wanted.items():
        if there.get(id) != doc:
            table.put(id, doc)
