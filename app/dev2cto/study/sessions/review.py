"""Sessions of reviews: the items due today, mixed over modules; missed ones come back until they are right."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from dev2cto.items.base import Draw, Retry
from dev2cto.learning.review import CardState, ReviewPlan, mixed, next_days, plan
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.plan import Extra, reviews_for
from dev2cto.study.queries.question_models import Feedback, Question, question_of
from dev2cto.study.sessions.grading import SubmittedAnswer, feedback_again, grade_and_save
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import Promise, promises_to_look_back_on
from dev2cto.study.state.remaining import remaining_at, remaining_extra


class ReviewSession:
    """The review of one day, from its plan to the last right answer."""

    def __init__(self, study: StudyContext, extra: Extra | None = None) -> None:
        """With `extra`, a review of items that need not be due: as many as in a day, whatever was reviewed already."""
        self.study, self.extra = study, extra
        cards = card_states(study)
        modules = {item.id: module.id for module in study.course.modules for item in module.items}
        today = study.today()
        self.plan: ReviewPlan = plan(
            cards,
            modules,
            today,
            done_today=sum(card.last == today and card.reviews > 1 for card in cards),
            cap=study.settings.daily_reviews,
            rng=Random(f"{today}:{study.record.writer}"),
            last_review=max((card.last for card in cards), default=None),
        )
        self.coming = next_days(cards, today)
        self._turns = {card.item: card.reviews for card in cards}
        self._modules = modules
        chosen = self.plan.today
        if extra is not None:
            chosen = mixed(reviews_for(study, extra), modules, Random(f"{today}:{study.record.writer}"))
        self._queue = deque(id for id in chosen if self._usable(id))
        self.total = len(self._queue)
        self._right: set[str] = set()
        self._right_before = 0
        self._draws: dict[str, Draw] = {}
        self._answers: Counter[str] = Counter()
        self._look_back = self._chosen(promises_to_look_back_on(study))

    def go_on(self, place: Location) -> None:
        """Go on where the learner was, if the place says it: with what was left there, at its question."""
        left = remaining_at(self.study, place)
        if left is not None:
            self._queue = deque(id for id in left.ids if id in self._modules and self._usable(id))
            self._right_before = left.done
            self.total = left.done + len(self._queue)
            if self._look_back is not None:
                self._look_back = (str(place.extra.get("look_back", "")), self._look_back[1])
        if place.ids[self.extra is not None :] and "judged" not in place.extra:
            draw = place.extra.get("draw")
            self.start_at(place.ids[-1], Draw.read(draw) if draw else None)

    def located(self, place: Location) -> Location:
        """A place in this review, with what is left of it and when a promise is looked back on."""
        look_back = {"look_back": self._look_back[0]} if self._look_back is not None else {}
        left = remaining_extra(self.study, self._queue, self.done)
        return place._replace(extra={**place.extra, **left, **look_back})

    def _chosen(self, kept: Sequence[Promise]) -> tuple[str, Promise] | None:
        """A promise to look back on today, and the question after which; "" if none is due."""
        if not kept:
            return None
        day = Random(f"{self.study.today()}")
        promise = day.choice(sorted(kept, key=lambda each: each.id))
        return (day.choice([*self._queue]) if self._queue else ""), promise

    def look_back(self, item: str = "") -> Promise | None:
        """The promise whose outcome is shown with the first verdict on that question, or if none was due at the end."""
        if self._look_back is None:
            return None
        after, promise = self._look_back
        return promise if item == after and self._answers[item] < 2 else None

    def _usable(self, id: str) -> bool:
        return id in self.study.curriculum.bank(self._modules[id])

    @property
    def done(self) -> int:
        """The number of questions completed so far."""
        return self._right_before + len(self._right)

    def question(self) -> Question | None:
        """The next question; None if all are done."""
        if not self._queue:
            return None
        id = self._queue[0]
        if id not in self._draws:
            self._draws[id] = self.study.curriculum.item(id).draw_again(self.study.rng, self._turns.get(id, 1))
        return self._question(id, self._draws[id])

    def _question(self, id: str, draw: Draw) -> Question:
        number = min(self.done + 1, self.total)
        return question_of(self.study.curriculum.item(id), draw, self._modules[id], number, self.total)

    def judged(self, place: Location) -> tuple[Question, Feedback] | None:
        """The answered question at a location and its feedback; None if the course no longer has the item.

        A text stays due until its points are ticked; it leaves the queue here, so that it is not asked again.
        """
        id, answer = place.ids[-1] if place.ids else "", str(place.extra.get("answer", ""))
        if id not in self._modules or not self._usable(id):
            return None
        if answer and id in self._queue:
            self._queue.remove(id)
            self._right.add(id)
        item, draw = self.study.curriculum.item(id), Draw.read(place.extra.get("draw", {}))
        doc: Mapping[str, Any] = (self.study.record.table("answers").get(doc_id=answer) if answer else None) or {}
        response, confidence = place.response or "", int(place.extra["judged"])
        given = SubmittedAnswer(response, confidence, ms=int(doc.get("ms", 0)), answer=answer)
        return self._question(id, draw), feedback_again(item, draw, given)

    def start_at(self, id: str, draw: Draw | None = None) -> None:
        """Ask that question first, with the draw shown before the connection was lost."""
        if id in self._queue:
            self._queue.remove(id)
            self._queue.appendleft(id)
            if draw is not None:
                self._draws[id] = draw

    def hint(self, question: Question, number: int) -> str:
        """Hint `number` (from 0) for the question (Markdown)."""
        return self.study.curriculum.item(question.item).hint(number, question.draw)

    def answer(self, question: Question, given: SubmittedAnswer) -> Feedback | Retry:
        """Grade and save an answer; a missed item comes back after the others with a new draw. Raises NotSaved."""
        item = self.study.curriculum.item(question.item)
        graded = grade_and_save(self.study, item, question.draw, given, "review")
        if isinstance(graded, Retry):
            return graded
        self._queue.remove(question.item)
        self._answers[question.item] += 1
        self._draws.pop(question.item, None)
        if graded.score >= 1 or not graded.scored:
            self._right.add(question.item)
        else:
            self._queue.append(question.item)
        return graded

    def skip(self, question: Question) -> bool:
        """Move the question to the end; False if it is the last one."""
        if len(self._queue) < 2:
            return False
        self._queue.rotate(-1)
        return True

    def unskip(self, question: Question) -> None:
        """Ask a question that was put off next."""
        self.start_at(question.item, question.draw)


def card_states(study: StudyContext) -> Sequence[CardState]:
    """The state of every card, by the items' present ids."""
    return [CardState.read(item, doc) for item, doc in study.progress.cards().items()]
