"""Sessions of readings: the position, the sections read, and the inline checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dev2cto.course.model import Reading
from dev2cto.errors import CourseError
from dev2cto.items.base import Draw, Grade, Retry
from dev2cto.items.forms import Response
from dev2cto.learning.completion import minutes_left
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, Question, question_of
from dev2cto.study.sessions.grading import SubmittedAnswer, feedback_again, grade_and_save
from dev2cto.study.state.checks import open_checks
from dev2cto.study.state.location import from_json
from dev2cto.study.state.renames import resolve
from dev2cto.study.state.sums import CheckSum
from dev2cto.study.state.undo import Undo
from dev2cto.study.state.unsubmitted import CHECK, drop_responses, kept_response


@dataclass(frozen=True, slots=True)
class Position:
    """A position in a reading, independent of the terminal's width.

    `block` counts the blocks (paragraphs, lists, tables, listings) of the section, `offset` the characters into it.
    """

    section: str
    block: int = 0
    offset: int = 0


class ReadingSession:
    """A reading as one learner reads it."""

    def __init__(self, study: StudyContext, reading: Reading) -> None:
        self.study = study
        self.reading = reading
        self._ids = {section.id: f"{reading.id}#{section.id}" for section in reading.sections}
        self._read_before: frozenset[str] = frozenset()
        """The sections read before the whole reading was marked as read."""

    # -- position

    @property
    def position(self) -> Position:
        """The last position; the beginning of a new reading, or if the section no longer exists."""
        doc = self._kept()
        section = self._section(doc.get("section"))
        if section is None:
            return Position(self.reading.sections[0].id)
        return Position(section, int(doc.get("block", 0)), int(doc.get("offset", 0)))

    def _kept(self) -> dict[str, Any]:
        """The document of the position; empty for a new or a reset reading."""
        doc = self.study.documents.find("positions", self.reading.id) or {}
        changed = self.study.documents.changed("positions", self.reading.id)
        return {} if self.study.resets.covers(self.reading.id, changed) else doc

    def _section(self, name: object) -> str | None:
        """The present id of a section that the record names, perhaps by an older id; None if it no longer exists."""
        full = resolve(f"{self.reading.id}#{name}", self.study.course.renamed)
        return next((short for short, id in self._ids.items() if id == full), None)

    def move(self, position: Position) -> None:
        """Save the position with the live tables, and the furthest section reached."""
        record = self.study.record
        if record.readonly_reason:
            return
        order = list(self._ids)
        furthest = self._section(self._kept().get("furthest"))
        reached = max(order.index(position.section), order.index(furthest) if furthest else 0)
        record.table("positions").put(
            self.reading.id,
            {
                "section": position.section,
                "block": position.block,
                "offset": position.offset,
                "furthest": order[reached],
                "at": self.study.now(),
            },
        )

    @property
    def monday(self) -> str:
        """How to apply the reading at work (Markdown); empty if it has no such part."""
        return self.reading.monday.text if self.reading.monday else ""

    @property
    def promised(self) -> tuple[str, str] | None:
        """Id and words of the newest open promise from this reading."""
        return self.study.progress.promises().newest_from(self.reading.id)

    # -- sections read

    @property
    def read(self) -> frozenset[str]:
        """The ids of the sections read."""
        sections = self.study.progress.completed_work().sections
        return frozenset(short for short, full in self._ids.items() if full in sections)

    @property
    def minutes_left(self) -> int:
        """Minutes left for the unread sections: the same as home says, which knows no text."""
        return minutes_left(self.reading.minutes, len(self.read), len(self._ids))

    def mark_section(self, section: str) -> None:
        """Mark a section as read, and the reading if it was the last; written only once. Raises NotSaved."""
        if self.study.record.readonly_reason or section in self.read:
            return
        at = self.study.now()
        with self.study.record.batch():
            self.study.record.table("sections").put(self._ids[section], {"read_at": at})
            if len(self.read) == len(self._ids):
                self.study.progress.mark_read(self.reading.id, at)

    def toggle_read(self) -> Undo:
        """Mark the whole reading as read; if it is, only what was read before it was marked here.

        Returns the way back. Raises NotSaved.
        """
        before = self.read
        if len(before) == len(self._ids):
            self.mark(read=False, keep=self._read_before)
            return Undo(lambda: self.mark(read=True), "Marked as read again.")
        self.mark(read=True)
        self._read_before = before
        return Undo(lambda: self.mark(read=False, keep=before), "What was not read is unread again.")

    def mark(self, read: bool, keep: frozenset[str] = frozenset()) -> None:
        """Mark the whole reading as read, or as unread except for the sections to `keep`. Raises NotSaved."""
        study, at, before = self.study, self.study.now(), self.read
        with study.record.batch():
            for short, id in self._ids.items():
                if read and short not in before:
                    study.record.table("sections").put(id, {"read_at": at})
                elif not read and short not in keep:
                    study.documents.remove("sections", id)
            if not read:
                study.progress.mark_unread(self.reading.id)
            elif self.reading.id not in study.progress.completed_work().readings:
                study.progress.mark_read(self.reading.id, at)

    # -- inline checks

    @property
    def open_checks(self) -> int:
        """The number of inline questions without an answer."""
        outline = self.study.course.reading(self.reading.id)
        return open_checks(self.study, outline) if outline else 0

    def check(self, section: str) -> Question | None:
        """The section's inline question; None if it has none that may be shown."""
        name = next((s.check for s in self.reading.sections if s.id == section), None)
        module = self.study.course.module_of(self.reading.id)
        if name is None or module is None:
            return None
        try:
            item = self.study.curriculum.item(name)
        except CourseError:
            return None
        if item.final_form:
            return None
        return question_of(item, self._draw(name), module.id)

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0) for an inline question (Markdown)."""
        return self.study.curriculum.item(question.item).hint(number, question.draw)

    def answer(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Grade and save the answer to an inline question. Raises NotSaved."""
        item = self.study.curriculum.item(question.item)
        graded = grade_and_save(self.study, item, question.draw, given, "check", on_graded=self._keep)
        if isinstance(graded, Feedback):
            drop_responses(self.study, CHECK, (question.item,))
        return graded

    def left_at(self, question: Question) -> Response | None:
        """The response that was chosen there and not submitted; None if there is none or it was reset."""
        moment = self.study.documents.changed("responses", f"{CHECK}:{question.item}")
        if self.study.resets.covers(self.reading.id, moment):
            return None
        return kept_response(self.study, CHECK, question.item)

    def answered(self, question: Question) -> Feedback | None:
        """The feedback on the answer given before; None if there is none to show."""
        shown = self._shown(question.item)
        if shown is None:
            return None
        item = self.study.curriculum.item(question.item)
        response: Response = from_json(shown.response) or ""
        given = SubmittedAnswer(response, shown.confidence, ms=shown.ms, answer=shown.answer)
        return feedback_again(item, question.draw, given)

    def again(self, question: Question) -> None:
        """Hide the given answer, so that the question can be answered again. Raises NotSaved."""
        self.study.progress.drop_check(question.item)

    def _keep(self, _: Grade, answer: Mapping[str, Any]) -> None:
        self.study.progress.keep_check(str(answer["item"]), CheckSum(answer))

    def _shown(self, item: str) -> CheckSum | None:
        """The answer that the reading shows; None if there is none, it was reset, or the question has changed since."""
        shown, resets = self.study.progress.check(item), self.study.resets
        if shown is None or shown.fingerprint != self.study.curriculum.item(item).fingerprint:
            return None
        given = self.study.progress.check_shown(item)
        covered = resets.covers(item, given, "check") or resets.covers(self.reading.id, given)
        return None if covered else shown

    def _draw(self, item: str) -> Draw:
        """The draw of the shown answer, or else one that is always the same for this machine and item."""
        from random import Random

        shown = self._shown(item)
        if shown is not None:
            return Draw.read(shown.draw)
        return self.study.curriculum.item(item).draw(Random(f"{self.study.device}:{item}"))
