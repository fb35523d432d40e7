"""Spaced repetition: schedule when an item is due again.

The scheduler is FSRS-6 (Ye et al. 2022, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling", KDD '22) as implemented by the fsrs package, without learning steps and without fuzz, so that a card
depends on its reviews alone and can be rebuilt from them. It counts in whole study days: the time of day of an
answer makes no difference.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

AGAIN, HARD, GOOD = 1, 2, 3
AHEAD = timedelta(days=1)
"""How far in the future a review may be dated: in another time zone it may be tomorrow; later than that a clock was
wrong, and the review does not count before its day has come."""


def rating(score: float, confidence: int | None, hints: int) -> int:
    """Return the FSRS rating of an answer: 1 again, 2 hard, 3 good.

    Anything below full marks, or a correct guess (confidence 1), is again. A correct answer is hard if unsure
    (confidence 2) or given with a hint, and good if sure (3) or if confidence is not asked (None or 0).
    """
    if score < 1 or confidence == 1:
        return AGAIN
    if confidence == 2 or hints > 0:
        return HARD
    return GOOD


def rating_of_points(met: int, of: int, hints: int) -> int:
    """Return the FSRS rating of an answer in the learner's own words: 1 again, 2 hard, 3 good.

    All points met is good, or hard with a hint; more than half is hard; anything less is again. The learner assesses
    the text and tends to be lenient, so only full marks are good, as for other answers. But self-assessment is not
    exact, so one missing point of many does not reset the card.
    """
    if met >= of:
        return HARD if hints > 0 else GOOD
    return HARD if 2 * met > of else AGAIN


@dataclass(frozen=True, slots=True)
class CardState:
    """The review state of one item.

    `due` and `last` are study days, stability is in days, difficulty runs from 1 to 10; `reviews` counts the answers
    that were scheduled.
    """

    item: str
    due: date
    stability: float
    difficulty: float
    last: date
    reviews: int = 1

    def document(self) -> dict[str, Any]:
        """Return the state as it is stored."""
        return {
            "due": self.due.isoformat(),
            "stability": self.stability,
            "difficulty": self.difficulty,
            "last": self.last.isoformat(),
            "reviews": self.reviews,
        }

    @classmethod
    def read(cls, item: str, document: Mapping[str, Any]) -> CardState:
        """Read a stored state. Old records hold timestamps instead of days; only the date is used."""
        return cls(
            item,
            day(document["due"]),
            float(document["stability"]),
            float(document["difficulty"]),
            day(document["last"]),
            int(document.get("reviews", 1)),
        )


def day(stored: object) -> date:
    """Parse the date of a stored day or timestamp."""
    return date.fromisoformat(str(stored)[:10])


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _noon(day: date) -> datetime:
    """Return noon UTC of a study day, since the scheduler counts whole days between datetimes."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _card(item: str, state: CardState | None, today: date) -> Card:
    from fsrs import Card, State

    number = int.from_bytes(hashlib.sha256(item.encode()).digest()[:6], "big")
    if state is None:
        return Card(card_id=number, due=_noon(today))
    return Card(
        card_id=number,
        state=State.Review,
        step=None,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_noon(state.due),
        last_review=_noon(state.last),
    )


def schedule(item: str, state: CardState | None, rated: int, today: date) -> CardState:
    """Return the card's state after a review rated 1..3 on that study day."""
    from fsrs import Rating

    card, _ = _scheduler().review_card(_card(item, state, today), Rating(rated), _noon(today))
    assert card.stability is not None
    assert card.difficulty is not None
    return CardState(item, card.due.date(), card.stability, card.difficulty, today, state.reviews + 1 if state else 1)


def retrievability(state: CardState, on: date) -> float:
    """Return the probability (0..1) that the item is known on that study day, without a review before it."""
    return float(_scheduler().get_card_retrievability(_card(state.item, state, on), _noon(on)))


def rebuild(item: str, reviews: Iterable[tuple[date, int]]) -> CardState | None:
    """Replay all reviews of an item, given in any order as (study day, rating). None if there are none."""
    state: CardState | None = None
    for today, rated in sorted(reviews):
        state = schedule(item, state, rated, today)
    return state


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """What to review: `today` holds item ids, `later` is the number of due items left for the following days."""

    today: tuple[str, ...]
    later: int
    away: int
    """Whole days since the last review; 0 if it was today or there was none."""

    @property
    def words(self) -> str:
        """The plan as displayed; empty if nothing is left for later."""
        if not self.later:
            return ""
        start = f"{self.away} days away: " if self.away > 1 else ""
        return f"{start}{len(self.today)} today, {self.later} spread over the following days"


def plan(
    cards: Sequence[CardState],
    module_of: Mapping[str, str],
    today: date,
    done_today: int,
    cap: int,
    rng: Random,
    last_review: date | None = None,
) -> ReviewPlan:
    """Choose today's reviews: the longest overdue first, at most `cap` a day, with modules alternating."""
    due = sorted((c for c in cards if c.due <= today and c.item in module_of), key=lambda c: (c.due, c.item))
    room = max(0, cap - done_today)
    chosen = due[:room]
    away = (today - last_review).days if last_review else 0
    return ReviewPlan(mixed([c.item for c in chosen], module_of, rng), len(due) - len(chosen), max(0, away))


def mixed(items: Sequence[str], module_of: Mapping[str, str], rng: Random) -> tuple[str, ...]:
    """Order the items at random so that neighbours are from different modules where possible."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in rng.sample(list(items), len(items)):
        groups[module_of.get(item, "")].append(item)
    order: list[str] = []
    last = ""
    while any(groups.values()):
        ranked = sorted((m for m in groups if groups[m]), key=lambda m: (-len(groups[m]), m))
        module = next((m for m in ranked if m != last), ranked[0])
        order.append(groups[module].pop())
        last = module
    return tuple(order)


def next_days(cards: Sequence[CardState], today: date, days: int = 7) -> tuple[int, ...]:
    """Return the number of cards due on each of the next `days` days; the first includes overdue cards."""
    counts = [0] * days
    for card in cards:
        ahead = max(0, (card.due - today).days)
        if ahead < days:
            counts[ahead] += 1
    return tuple(counts)
