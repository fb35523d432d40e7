"""Expected recall: how likely an item is still known on a day to come, and what a review today would change.

Retrievability is FSRS-6's: R(t, S) = (1 + F * t / S) ** D with t in days since the last review and S the stability; F
and D are the scheduler's (Ye et al. 2022, KDD '22; see review.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dev2cto.learning.review import GOOD, CardState, retrievability, schedule


def recall(state: CardState, on: date) -> float:
    """Return the probability (0..1) of knowing the item on that day if it is not reviewed before."""
    return retrievability(state, max(on, state.last))


def recall_if_reviewed(state: CardState, today: date, on: date) -> float:
    """Return the probability of knowing the item on that day if it is reviewed today, with a right answer."""
    return recall(schedule(state.item, state, GOOD, today), max(on, today))


def best_to_review(cards: Iterable[CardState], today: date, on: date, most: int) -> tuple[str, ...]:
    """Return the items whose review today would raise the recall on that day most, the greatest gain first.

    Items that were reviewed today already are left out: what is repeated within a day is not learned twice.
    """
    gains = [(recall_if_reviewed(card, today, on) - recall(card, on), card.item) for card in cards if card.last < today]
    ranked = sorted(gains, key=lambda pair: (-pair[0], pair[1]))
    return tuple(item for gain, item in ranked[:most] if gain > 0)


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of no values."""
    return sum(values) / len(values) if values else None
