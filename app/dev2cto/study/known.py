"""What the record knows of the learner's way through the course, read from the small tables only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dev2cto.curriculum.outline import CourseOutline
from dev2cto.learning.completion import Done
from dev2cto.record.record import Record
from dev2cto.study.names import current
from dev2cto.study.resets import Resets


class Known:
    """A reading of sums, sections and attempts under the course's present ids."""

    def __init__(self, course: CourseOutline, record: Record) -> None:
        self._course = course
        self._renamed = course.renamed
        self._record = record

    def sums(self) -> dict[str, Mapping[str, Any]]:
        """All sums by id ("quiz:m01", "exercise:...", "reading:...", "objective:...")."""
        return {current(id, self._renamed): doc for id, doc in self._record.all("sums").items()}

    def done(self) -> Done:
        """What is done and begun, as completion wants it; what a reset covers is neither."""
        sums = self.sums()
        resets = Resets(self._course, self._record)
        begun = {id for id in sums if id.startswith("quiz:")}
        for id, doc in sums.items():
            kind, _, rest = id.partition(":")
            if kind in ("exercise", "reading") and doc.get("state") == "begun":
                begun.add(rest)
        for id, doc in self._record.all("positions").items():
            id = current(id, self._renamed)
            if not resets.covers(id, str(doc.get("at", ""))):
                begun.add(id)
        read = {current(id, self._renamed): doc for id, doc in self._record.all("sections").items()}
        return Done(
            sections={id for id, doc in read.items() if not resets.covers(id, str(doc.get("read_at", "")))},
            readings={id[8:] for id, doc in sums.items() if id.startswith("reading:") and doc.get("state") == "done"},
            quizzes={id[5:] for id, doc in sums.items() if id.startswith("quiz:") and doc.get("passed")},
            exercises={id[9:] for id, doc in sums.items() if id.startswith("exercise:") and doc.get("state") == "done"},
            begun=begun,
        )

    def latest(self, objective: str) -> dict[str, tuple[float, str]]:
        """For each answered item of an objective: its latest score and when that was."""
        doc = self._record.get("sums", f"objective:{objective}") or {}
        scores = doc.get("scores", {})
        return {current(item, self._renamed): (float(s[0]), str(s[1])) for item, s in scores.items()}
