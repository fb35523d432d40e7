"""Self-assessment of a text, point by point: the program proposes ticks, the learner decides, each is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dev2cto.learning.review import rating_of_points
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.grading import keep_review


@dataclass(frozen=True, slots=True)
class Tick:
    """A point to look for in the text; until it is `decided`, `met` is the program's proposal."""

    id: str
    text: str
    met: bool
    decided: bool
    seen: bool = False
    """Whether the program could determine if the point is met."""

    @property
    def proposed(self) -> bool:
        """Whether `met` is the program's proposal, not yet the learner's decision."""
        return self.seen and not self.decided


class Ticking:
    """The points of one saved answer. Every tick is saved before it is shown."""

    def __init__(self, study: StudyContext, feedback: Feedback) -> None:
        self.study, self.feedback = study, feedback

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The points as decided, or else as proposed."""
        found = []
        for point in self.feedback.points:
            doc = self.study.record.table("ratings").get(doc_id=self._id(point.id))
            met = bool(doc.get("met")) if doc else bool(point.met)
            found.append(Tick(point.id, point.text, met, doc is not None, point.met is not None))
        return tuple(found)

    def _id(self, point: str) -> str:
        return f"{self.feedback.answer}/{point}"

    @property
    def is_open(self) -> bool:
        """Whether any point is undecided."""
        return not all(tick.decided for tick in self.ticks)

    def toggle(self, point: str) -> None:
        """Toggle the tick of a point. Raises NotSaved."""
        tick = next(tick for tick in self.ticks if tick.id == point)
        self._keep(point, not tick.met)

    def _keep(self, point: str, met: bool) -> None:
        self.study.record.table("ratings").put(self._id(point), {"met": met, "at": self.study.now()})

    def confirm(self) -> None:
        """Save all points as decided, and schedule the item if the points drive its review.

        The review has the answer's id and time, so that confirming twice, here or on another machine, has the same
        effect as once. Raises NotSaved.
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
    """The ticking of an answer's points; None if it has none, is not saved, or its feedback is hidden."""
    return Ticking(study, feedback) if feedback.points and feedback.answer and not feedback.hidden else None
