"""A review: what is due today, mixed over modules; what was missed comes back until it is right."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from dev2cto.items.base import Again, Draw
from dev2cto.items.forms import Response
from dev2cto.learning.review import CardState, Plan, next_days, plan
from dev2cto.study.answering import Given, answer, feedback
from dev2cto.study.views import Feedback, Question

if TYPE_CHECKING:
    from dev2cto.study.core import Study


class ReviewSession:
    """Today's due questions in the hands of a learner."""

    def __init__(self, study: Study) -> None:
        self.study = study
        cards = card_states(study)
        modules = {item.id: module.id for module in study.course.modules for item in module.items}
        today = study.today()
        self.plan: Plan = plan(
            cards,
            modules,
            today,
            done_today=sum(card.last == today and card.reviews > 1 for card in cards),
            cap=study.settings.daily_reviews,
            rng=Random(f"{today}:{study.record.writer}"),
            last_review=max((card.last for card in cards), default=None),
        )
        self.coming = next_days(cards, today)
        self._modules = modules
        self._queue = deque(id for id in self.plan.today if self._usable(id))
        self.total = len(self._queue)
        self._right: set[str] = set()
        self._draws: dict[str, Draw] = {}

    def _usable(self, id: str) -> bool:
        return id in self.study.curriculum.bank(self._modules[id])

    @property
    def done(self) -> int:
        """How many were answered rightly so far."""
        return len(self._right)

    def question(self) -> Question | None:
        """The next question; None when all is done."""
        if not self._queue:
            return None
        id = self._queue[0]
        draw = self._draws.setdefault(id, self.study.curriculum.item(id).draw(self.study.rng))
        return self._question(id, draw)

    def _question(self, id: str, draw: Draw) -> Question:
        item = self.study.curriculum.item(id)
        number = min(self.done + 1, self.total)
        return Question(
            id,
            self._modules[id],
            item.kind,
            number,
            self.total,
            item.ask(draw),
            item.form(draw),
            draw,
            len(item.hints),
            read=item.read or "",
            again=lambda response, asked: item.again(response, draw, asked),
        )

    def judged(self, id: str, draw: Draw, response: Response, confidence: int) -> tuple[Question, Feedback] | None:
        """A question and the judgement of an answer that is kept already; None where the course has it no more."""
        if id not in self._modules or not self._usable(id):
            return None
        item, given = self.study.curriculum.item(id), Given(response, confidence)
        return self._question(id, draw), feedback(item, draw, given, item.final(response, draw))

    def start_at(self, id: str, draw: Draw | None = None) -> None:
        """Put that question first, as it was shown before the line dropped."""
        if id in self._queue:
            self._queue.remove(id)
            self._queue.appendleft(id)
            if draw is not None:
                self._draws[id] = draw

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0)."""
        return self.study.curriculum.item(question.item).hint(number, question.draw)

    def answer(self, question: Question, given: Given) -> Feedback | Again:
        """Judge and keep; a miss comes back after the others, drawn anew. Raises NotSaved."""
        item = self.study.curriculum.item(question.item)
        grade = answer(self.study, item, question.draw, given, "review")
        if isinstance(grade, Again):
            return grade
        self._queue.remove(question.item)
        self._draws.pop(question.item, None)
        if grade.score >= 1 or not grade.scored:
            self._right.add(question.item)
        else:
            self._queue.append(question.item)
        return feedback(item, question.draw, given, grade)

    def skip(self, question: Question) -> bool:
        """Put the question off to the end; False when it is the last one."""
        if len(self._queue) < 2:
            return False
        self._queue.rotate(-1)
        return True


def card_states(study: Study) -> Sequence[CardState]:
    """All cards under the items' present ids."""
    return [CardState.read(item, doc) for item, doc in study.known.cards().items()]
