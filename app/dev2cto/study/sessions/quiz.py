"""Sessions of quizzes: an attempt at a drawn set of items, resumable at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any, ClassVar, Literal

from dev2cto.course.outline import ModuleOutline
from dev2cto.errors import CourseError
from dev2cto.items.base import Draw, Grade, Item, Retry
from dev2cto.learning.quiz import UNSCORED, GradedAnswer, draw_quiz, judge
from dev2cto.learning.review import rating
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import answers_of, last_seen
from dev2cto.study.queries.question_models import Feedback, OverviewLine, Question, QuizResult, question_of
from dev2cto.study.queries.quiz_result import quiz_result
from dev2cto.study.sessions.grading import SubmittedAnswer, grade_and_save, keep_review
from dev2cto.study.state.location import from_json
from dev2cto.study.state.renames import aliases
from dev2cto.study.state.sums import FormKind
from dev2cto.study.state.unsubmitted import drop_responses

Mode = Literal["practice", "exam"]
Along = Callable[[Grade, Mapping[str, Any]], None]
"""A callback that may add to the batch in which an answer is saved."""


class QuizSession:
    """One attempt. Its position is derived from its answers, so that the two cannot disagree after a restart."""

    form: ClassVar[FormKind] = ""
    """The form of the attempt; subclasses override it."""

    def __init__(self, study: StudyContext, attempt: str) -> None:
        doc = study.documents.find("attempts", attempt)
        if doc is None or "quiz" not in doc or doc.get("form", "") != self.form:
            raise CourseError("That attempt no longer exists.", "Start the quiz again from its step.")
        self.study = study
        self.id = attempt
        self.module: ModuleOutline = study.module(str(doc["quiz"]))
        self.mode: Mode = "exam" if doc.get("mode") == "exam" else "practice"
        self.retry_of = str(doc.get("retry_of", ""))
        self._doc: dict[str, Any] = dict(doc)

    @cached_property
    def _items(self) -> dict[str, Item]:
        bank = self.study.curriculum.bank(self.module.id)
        drawn = (id for id in self._doc["items"] if id in bank)
        return {id: bank[id] for id in drawn if not bank[id].final_form or id in self._answers}

    @cached_property
    def _answers(self) -> dict[str, Mapping[str, Any]]:
        """The latest answer to each item in this attempt; cached, since the history may be long."""
        return {str(doc["item"]): doc for doc in answers_of(self.study, self.id)}

    @property
    def finished(self) -> bool:
        """Whether the attempt is finished, or the course has none of its items any more."""
        return self._doc.get("state") == "done" or not self._items

    @property
    def order(self) -> tuple[str, ...]:
        """The item ids in the order in which they are asked."""
        return tuple(self._items)

    @property
    def left(self) -> tuple[str, ...]:
        """The ids of unanswered items, in order."""
        return tuple(id for id in self._items if id not in self._answers)

    def _draw(self, id: str) -> Draw:
        return Draw.read(self._doc.get("draws", {}).get(id, {}))

    def question(self, number: int | None = None) -> Question | None:
        """The first unanswered question, or question `number` (from 1); None if there is none."""
        order = self.order
        asked = self.left[:1] if number is None else order[max(0, number - 1) : number]
        if not asked:
            return None
        id = asked[0]
        item, draw = self._items[id], self._draw(id)
        given = from_json(self._answers[id]["response"]) if id in self._answers else None
        return question_of(
            item, draw, self.module.id, order.index(id) + 1, len(order), exam=self.mode == "exam", given=given
        )

    def judged(self, item: str) -> tuple[Question, Feedback] | None:
        """A question of this attempt and the feedback on its answer; None if it has no answer."""
        shown = next((feedback for feedback in self.result().answers if feedback.item == item), None)
        question = self.question(self.order.index(item) + 1) if shown is not None else None
        return (question, shown) if question is not None and shown is not None else None

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0) for the question (Markdown)."""
        return self._items[question.item].hint(number, question.draw)

    def answer(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Grade and save an answer; in practice mode the last one finishes the attempt. Raises NotSaved."""
        item, exam = self._items[question.item], self.mode == "exam"
        kept: dict[str, Mapping[str, Any]] = {}

        def finish(grade: Grade, document: Mapping[str, Any]) -> None:
            kept[question.item] = document
            if not exam and not self.finished and self.left in ((), (question.item,)):
                self._finish({**self.scores, question.item: (grade.score, grade.scored)})

        self._refresh()
        graded = self._judge(item, question.draw, given, finish)
        if isinstance(graded, Feedback):
            self._answers.update(kept)
            drop_responses(self.study, self.id, (question.item,))
            self._refresh()
        return graded

    def _judge(self, item: Item, draw: Draw, given: SubmittedAnswer, on_graded: Along) -> Feedback | Retry:
        return grade_and_save(
            self.study, item, draw, given, "quiz", self.id, exam=self.mode == "exam", on_graded=on_graded
        )

    def _refresh(self) -> None:
        """Reload the attempt: another session may have finished it."""
        self._doc = self.study.documents.find("attempts", self.id) or self._doc

    def skip(self, question: Question) -> bool:
        """Move the question to the end; False if it is answered or the only one left. Raises NotSaved."""
        if self.left == (question.item,) or question.item not in self.left:
            return False
        self._refresh()
        order = [id for id in self._doc["items"] if id != question.item]
        doc = {**self._doc, "items": [*order, question.item]}
        self.study.record.table("attempts").put(self.id, doc)
        self._doc = doc
        self.__dict__.pop("_items", None)
        return True

    def unskip(self, question: Question) -> None:
        """Ask a question that was put off next. Raises NotSaved."""
        self._refresh()
        if question.item in self.left:
            order = [id for id in self._doc["items"] if id != question.item]
            order.insert(min(order.index(id) for id in self.left if id != question.item), question.item)
            doc = {**self._doc, "items": order}
            self.study.record.table("attempts").put(self.id, doc)
            self._doc = doc
            self.__dict__.pop("_items", None)

    def finish(self) -> QuizResult:
        """Finish the attempt, with 0 for unanswered questions, and return its result. Raises NotSaved."""
        self._refresh()
        if not self.finished:
            scores = self.scores
            unanswered = {id: (0.0, item.scored) for id, item in self._items.items() if id not in scores}
            with self.study.record.batch():
                if self.mode == "exam":
                    self._schedule()
                self._finish({**scores, **unanswered})
            drop_responses(self.study, self.id, (*self.order, "clock"))
            self._refresh()
        return self.result()

    def leave(self) -> None:
        """Abandon the attempt: it does not count, and the next start draws a new one. Raises NotSaved."""
        doc = {**self._doc, "state": "left", "finished": self.study.now()}
        with self.study.record.batch():
            self.study.record.table("attempts").put(self.id, doc)
            self.study.progress.keep_open(self.id, doc)
        self._doc = doc

    def result(self) -> QuizResult:
        """The result of the attempt so far."""
        return quiz_result(self.study, self.module, self.id, bool(self.retry_of), self._items, self._answers)

    @property
    def scores(self) -> dict[str, tuple[float, bool]]:
        """The score of each answered question, 0 to 1, and whether it counts; in an exam not to be shown."""
        return {id: (float(doc["score"]), bool(doc.get("scored", True))) for id, doc in self._answers.items()}

    def _schedule(self) -> None:
        for id, doc in self._answers.items():
            if doc.get("scored", True):
                rated = rating(float(doc["score"]), int(doc.get("confidence", 0)) or None, 0)
                keep_review(self.study, id, rated, datetime.fromisoformat(str(doc["at"])), int(doc.get("ms", 0)))

    def _finish(self, scores: Mapping[str, tuple[float, bool]]) -> None:
        study = self.study
        outcome = judge(
            GradedAnswer(id, self._items[id].objective, score, scored)
            for id, (score, scored) in scores.items()
            if id in self._items
        )
        passed = not self.retry_of and outcome.passed(study.course.pass_mark)
        at = study.now()
        doc = {**self._doc, "state": "done", "finished": at, "score": outcome.score, "passed": passed}
        study.record.table("attempts").put(self.id, doc)
        study.progress.keep_open(self.id, doc)
        if self.retry_of:
            return
        study.progress.keep_result(self.module.id, self.form, outcome.score, passed, at, self._asked)
        if passed:
            study.progress.mark_module_done(self.module.id, at)

    # -- the overview of an exam

    @property
    def flagged(self) -> frozenset[str]:
        """The items flagged by the learner to look at again."""
        flags, prefix = self.study.documents.all("flags"), f"{self.id}/"
        return frozenset(id.removeprefix(prefix) for id in flags if id.startswith(prefix))

    def flag(self, item: str) -> bool:
        """Toggle the flag of an item and return whether it is flagged now. Raises NotSaved."""
        flags = self.study.record.table("flags")
        if item not in self.flagged:
            flags.put(f"{self.id}/{item}", {"at": self.study.now()})
            return True
        flags.remove(doc_ids=(f"{self.id}/{name}" for name in aliases(item, self.study.course.renamed)))
        return False

    def overview(self) -> tuple[OverviewLine, ...]:
        """All questions in order, with their state."""
        flagged = self.flagged
        return tuple(
            OverviewLine(number, id, id in self._answers, id in flagged, item.ask(self._draw(id)))
            for number, (id, item) in enumerate(self._items.items(), 1)
        )

    @property
    def _asked(self) -> Sequence[str]:
        """The items to save in the sum of the attempts; only final forms save any."""
        return ()


def open_attempts(study: StudyContext, module: str, form: FormKind = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (id, document) of a module's open attempts at its quiz or final form, newest first."""
    for id, of in study.progress.open_attempts(form).items():
        doc = study.documents.find("attempts", id) if of == module else None
        if doc is not None:
            yield id, doc


def open_attempt(study: StudyContext, module: str, mode: Mode, retry_of: str = "") -> str:
    """The id of the newest open attempt of that module, mode and retry; empty if there is none.

    Attempts begun before a reset, and those none of whose questions are left in the course, are skipped.
    """
    found = _askable(study, module)
    return next((id for id, doc in found if doc.get("mode") == mode and doc.get("retry_of", "") == retry_of), "")


def open_retry(study: StudyContext, module: str) -> str:
    """The id of the module's newest open retry, whichever attempt it retries; empty if there is none."""
    return next((id for id, doc in _askable(study, module) if doc.get("retry_of")), "")


def _askable(study: StudyContext, module: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the module's open attempts that have questions left in the course, newest first."""
    bank = study.curriculum.bank(module)
    for id, doc in open_attempts(study, module):
        if any(item in bank and not bank[item].final_form for item in doc["items"]):
            yield id, doc


def open_quiz(study: StudyContext, module: ModuleOutline, mode: Mode, retry_of: str = "") -> QuizSession:
    """Resume the open attempt of that module, mode and retry, or start one. Raises CourseError without items."""
    found = open_attempt(study, module.id, mode, retry_of)
    if found:
        session = QuizSession(study, found)
        if session.left or mode == "exam":
            return session
        session.finish()  # the remaining questions were removed from the course
    bank = study.curriculum.bank(module.id)
    if retry_of:
        items = tuple(id for id in QuizSession(study, retry_of).result().missed if id in bank)
    else:
        usable = [item for item in module.quizzed if item.id in bank]
        seen = last_seen(study, (item.id for item in usable))
        items = draw_quiz(usable, seen, study.course.quiz_length, study.rng, UNSCORED[mode])
    if not items:
        raise CourseError(f"{module.name} has no questions to draw from.", "dev2cto check shows what is broken.")
    return QuizSession(study, begin(study, module, mode, [bank[id] for id in items], retry_of=retry_of))


def begin(study: StudyContext, module: ModuleOutline, mode: Mode, items: Sequence[Item], **more: str) -> str:
    """Save a new attempt at these items with their draws and return its id. Raises NotSaved."""
    seed = study.rng.randrange(2**32)
    rng = Random(seed)
    doc = {
        "quiz": module.id,
        "module": module.id,
        "mode": mode,
        "seed": seed,
        "items": [item.id for item in items],
        "draws": {item.id: item.draw(rng).document() for item in items},
        "state": "open",
        "started": study.now(),
        **more,
        "course": study.course.version,
    }
    with study.record.batch():
        attempt = study.record.table("attempts").insert(doc)
        study.progress.keep_open(attempt, doc)
    return attempt
