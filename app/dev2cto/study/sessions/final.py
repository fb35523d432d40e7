"""Sessions of final forms: one exam with questions from all steps and an overview, resumable at any time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from dev2cto.course.outline import ModuleOutline
from dev2cto.errors import CourseError
from dev2cto.items.base import Draw, Item, Retry
from dev2cto.learning.final import draw_final
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, QuizResult
from dev2cto.study.queries.quiz_result import by_step
from dev2cto.study.sessions.grading import SubmittedAnswer, grade_and_save
from dev2cto.study.sessions.quiz import Along, QuizSession, begin, open_attempts
from dev2cto.study.state.sums import FormKind


class FinalSession(QuizSession):
    """One attempt at a final form. Its answers count, and its items enter reviews, only once it is finished."""

    form: ClassVar[FormKind] = "final"

    @cached_property
    def _items(self) -> dict[str, Item]:
        found = {}
        for id in self._doc["items"]:
            try:
                found[id] = self.study.curriculum.item(id)
            except CourseError:
                continue  # removed by a course update
        return found

    def _judge(self, item: Item, draw: Draw, given: SubmittedAnswer, on_graded: Along) -> Feedback | Retry:
        return grade_and_save(
            self.study, item, draw, given, "final", self.id, exam=True, of=self.module.id, on_graded=on_graded
        )

    def _schedule(self) -> None:
        super()._schedule()
        for id, doc in self._answers.items():
            self.study.progress.keep_score(self._items[id].objective, id, float(doc["score"]), str(doc["at"]))

    @property
    def _asked(self) -> Sequence[str]:
        return tuple(self._doc["items"])

    def result(self) -> QuizResult:
        """The result so far, by step and objective."""
        return by_step(self.study, super().result())


def open_final(study: StudyContext, module: ModuleOutline) -> FinalSession:
    """Resume the open attempt at the module's final form, or start one. Raises CourseError if it has no final form."""
    found = open_form(study, module.id)
    return FinalSession(study, found) if found else new_final(study, module)


def open_form(study: StudyContext, module: str) -> str:
    """The id of the newest open attempt at that module's final form; empty if there is none."""
    course = study.course
    for id, doc in open_attempts(study, module, "final"):
        if any(course.item(item) is not None for item in doc.get("items", ())):
            return id
    return ""


def new_final(study: StudyContext, module: ModuleOutline) -> FinalSession:
    """Start a new attempt; items that no earlier form asked are drawn first. Raises CourseError, NotSaved."""
    form = module.final
    steps = [[item for item in m.items if item.final_form] for m in study.course.modules]
    asked = study.progress.asked_in_finals()
    ids = draw_final(steps, asked, form.items, form.per_step, study.rng) if form is not None else ()
    if not ids:
        raise CourseError(f"{module.name} has no final form.", "dev2cto check shows what is broken.")
    items = [study.curriculum.item(id) for id in ids]
    return FinalSession(study, begin(study, module, "exam", items, form="final"))
