"""A reading, opened: its place, what of it is read, its inline checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dev2cto.curriculum.model import Reading
from dev2cto.items.base import Again, Draw
from dev2cto.items.forms import Response
from dev2cto.study.answering import Given, answer, feedback
from dev2cto.study.place import from_json
from dev2cto.study.views import Feedback, Question

if TYPE_CHECKING:
    from dev2cto.study.core import Study


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text that does not depend on the terminal's width.

    `block` counts the blocks (paragraphs, lists, tables, listings) of the section, `offset` the characters into it.
    """

    section: str
    block: int = 0
    offset: int = 0


class ReadingSession:
    """One reading in the hands of a learner."""

    def __init__(self, study: Study, reading: Reading) -> None:
        self.study = study
        self.reading = reading
        self._ids = {section.id: f"{reading.id}#{section.id}" for section in reading.sections}

    # -- place

    @property
    def position(self) -> Position:
        """Where the learner was; the beginning for a new reading, or where the section is gone."""
        doc = self.study.record.get("positions", self.reading.id)
        if doc is None or doc.get("section") not in self._ids:
            return Position(self.reading.sections[0].id)
        return Position(str(doc["section"]), int(doc.get("block", 0)), int(doc.get("offset", 0)))

    def move(self, position: Position) -> None:
        """Remember the place; saved with the live tables."""
        record = self.study.record
        if record.readonly_reason:
            return
        order = list(self._ids)
        doc = record.get("positions", self.reading.id) or {}
        reached = max(order.index(position.section), self._furthest(doc))
        record.put(
            "positions",
            self.reading.id,
            {
                "section": position.section,
                "block": position.block,
                "offset": position.offset,
                "furthest": order[reached],
                "at": self.study.now(),
            },
        )

    def _furthest(self, doc: dict[str, Any]) -> int:
        order = list(self._ids)
        return order.index(doc["furthest"]) if doc.get("furthest") in order else 0

    # -- what is read

    @property
    def read(self) -> frozenset[str]:
        """Ids of the sections that are read."""
        sections = self.study.known.done().sections
        return frozenset(short for short, full in self._ids.items() if full in sections)

    @property
    def minutes_left(self) -> int:
        """Minutes of what is not read, by the share of words; 0 when all is."""
        words = {s.id: len(s.text.split()) + 1 for s in self.reading.sections}
        unread = sum(count for id, count in words.items() if id not in self.read)
        return round(self.reading.minutes * unread / sum(words.values())) if unread else 0

    def mark_section(self, section: str) -> None:
        """The section was reached and paused on: it is read. Nothing is written twice."""
        id = self._ids[section]
        record = self.study.record
        if record.readonly_reason or record.get("sections", id):
            return
        with record.batch():
            record.put("sections", id, {"read_at": self.study.now()})
            if all(record.get("sections", full) for full in self._ids.values()):
                record.put("sums", f"reading:{self.reading.id}", {"state": "done", "at": self.study.now()})

    def mark(self, read: bool) -> None:
        """Mark the whole reading read or unread."""
        record = self.study.record
        with record.batch():
            for id in self._ids.values():
                if read and not record.get("sections", id):
                    record.put("sections", id, {"read_at": self.study.now()})
                elif not read and record.get("sections", id):
                    record.remove("sections", id)
            sum_id = f"reading:{self.reading.id}"
            if read:
                record.put("sums", sum_id, {"state": "done", "at": self.study.now()})
            elif record.get("sums", sum_id):
                record.remove("sums", sum_id)

    # -- inline checks

    def check(self, section: str) -> Question | None:
        """The section's inline question; None where it has none, or where the bank lacks it."""
        name = next((s.check for s in self.reading.sections if s.id == section), None)
        module = self.study.course.module_of(self.reading.id)
        if name is None or module is None:
            return None
        item = self.study.curriculum.bank(module.id).get(name)
        if item is None:
            return None
        draw = self._draw(name)
        return Question(
            name,
            module.id,
            item.kind,
            1,
            1,
            item.ask(draw),
            item.form(draw),
            draw,
            len(item.hints),
            read=item.read or "",
        )

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0) of an inline question."""
        return self.study.curriculum.item(question.item).hint(number, question.draw)

    def answer(self, question: Question, given: Given) -> Feedback | Again:
        """Judge and keep the answer to an inline question. Raises NotSaved."""
        item = self.study.curriculum.item(question.item)
        grade = answer(
            self.study, item, question.draw, given, "check", along=lambda g: self._keep(question, given.response)
        )
        return grade if isinstance(grade, Again) else feedback(item, question.draw, given, grade)

    def answered(self, question: Question) -> Feedback | None:
        """The feedback to the answer given before, to show it again; None where there is none."""
        doc = self.study.record.get("sums", f"check:{question.item}")
        if doc is None:
            return None
        item = self.study.curriculum.item(question.item)
        response: Response = from_json(doc.get("response")) or ""
        given = Given(response, int(doc.get("confidence", 0)))
        return feedback(item, question.draw, given, item.final(response, question.draw))

    def again(self, question: Question) -> None:
        """Take the given answer off the page, so that it can be answered anew."""
        if self.study.record.get("sums", f"check:{question.item}"):
            self.study.record.remove("sums", f"check:{question.item}")

    def _keep(self, question: Question, response: Response) -> None:
        from dev2cto.study.place import to_json

        self.study.record.put(
            "sums",
            f"check:{question.item}",
            {
                "response": to_json(response),
                "draw": question.draw.document(),
                "at": self.study.now(),
            },
        )

    def _draw(self, item: str) -> Draw:
        """The draw of the answer shown before, or the one that belongs to this learner's record and item."""
        from random import Random

        doc = self.study.record.get("sums", f"check:{item}")
        if doc and "draw" in doc:
            return Draw.read(doc["draw"])
        return self.study.curriculum.item(item).draw(Random(f"{self.study.device}:{item}"))
