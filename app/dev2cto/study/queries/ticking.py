"""What the author of a text finds in it, point by point: proposed by the program, decided and kept tick by tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dev2cto.learning.review import rating_of_points
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.grading import keep_review


@dataclass(frozen=True, slots=True)
class Tick:
    """A point to look for in one's own text; while it is not `decided`, `met` is what the program proposes."""

    id: str
    text: str
    met: bool
    decided: bool
    seen: bool = False
    """Whether the program could see for itself that it is met, or that it is not."""

    @property
    def proposed(self) -> bool:
        """Whether the tick, or that there is none, is the program's and not yet the learner's."""
        return self.seen and not self.decided


class Ticking:
    """The points of one kept answer. Every tick is on disk before it is shown."""

    def __init__(self, study: StudyContext, feedback: Feedback) -> None:
        self.study, self.feedback = study, feedback

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The points as they are decided so far, or proposed."""
        found = []
        for point in self.feedback.points:
            doc = self.study.record.table("ratings").get(doc_id=self._id(point.id))
            met = bool(doc["met"]) if doc else bool(point.met)
            found.append(Tick(point.id, point.text, met, doc is not None, point.met is not None))
        return tuple(found)

    def _id(self, point: str) -> str:
        return f"{self.feedback.answer}/{point}"

    @property
    def is_open(self) -> bool:
        """Whether a point is still to be decided."""
        return not all(tick.decided for tick in self.ticks)

    def toggle(self, point: str) -> None:
        """Tick that point, or take its tick away. Raises NotSaved."""
        tick = next(tick for tick in self.ticks if tick.id == point)
        self._keep(point, not tick.met)

    def _keep(self, point: str, met: bool) -> None:
        self.study.record.table("ratings").put(self._id(point), {"met": met, "at": self.study.now()})

    def confirm(self) -> None:
        """All points as they are shown are the learner's decision; where they drive its review, the item is scheduled.

        The review bears the answer's id and moment, so that settling twice, here or on another machine, is settling
        once. Raises NotSaved.
        """
        study, ticks = self.study, self.ticks
        item = study.curriculum.item(self.feedback.item)
        answer = study.record.table("answers").get(doc_id=self.feedback.answer)
        with study.record.batch():
            for tick in ticks:
                if not tick.decided:
                    self._keep(tick.id, tick.met)
            if item.points_drive_review and answer is not None:
                rated = rating_of_points(sum(tick.met for tick in ticks), len(ticks), int(answer.get("hints", 0)))
                at = datetime.fromisoformat(str(answer["at"]))
                keep_review(study, item.id, rated, at, int(answer.get("ms", 0)), id=self.feedback.answer)


def ticking(study: StudyContext, feedback: Feedback) -> Ticking | None:
    """The points of an answer that is shown with its judgement; None where there are none, or it is not kept."""
    return Ticking(study, feedback) if feedback.points and feedback.answer and not feedback.hidden else None
