"""Draw a quiz from a bank, and grade an attempt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from dev2cto.course.outline import ItemOutline

UNSCORED = {"practice": 1, "exam": 0}
"""Maximum of unscored items (answers in the learner's own words) in a quiz.

Writing takes minutes where choosing takes seconds, and the learner assesses the text: more than one in twelve would
turn the quiz into a writing exercise. An exam scores every answer, so it has none.
"""


def drawn(items: Iterable[ItemOutline], length: int, unscored: int) -> int:
    """Return how many items `draw_quiz` will draw."""
    scored = [item.scored for item in items]
    return min(length, sum(scored) + min(unscored, len(scored) - sum(scored)))


def draw_quiz(
    items: Sequence[ItemOutline], last_seen: Mapping[str, str], length: int, rng: Random, unscored: int
) -> tuple[str, ...]:
    """Draw the ids of at most `length` items, spread evenly over the objectives, least recently seen first.

    At most `unscored` of them are unscored. `last_seen` maps item ids to the time of their last answer (sortable
    text); unseen items are preferred, and ties are broken at random. The result is shuffled.
    """
    shuffled = rng.sample(list(items), len(items))
    written = sorted((item for item in shuffled if not item.scored), key=lambda item: last_seen.get(item.id, ""))
    left_out = {item.id for item in written[unscored:]}
    groups: dict[str, list[ItemOutline]] = defaultdict(list)
    for item in shuffled:
        if item.id not in left_out:
            groups[item.objective].append(item)
    for group in groups.values():
        group.sort(key=lambda item: last_seen.get(item.id, ""), reverse=True)
    objectives = list(groups)
    rng.shuffle(objectives)
    objectives.sort(key=lambda objective: last_seen.get(groups[objective][-1].id, ""))
    chosen: list[str] = []
    while len(chosen) < length and any(groups.values()):
        for objective in objectives:
            if groups[objective] and len(chosen) < length:
                chosen.append(groups[objective].pop().id)
    rng.shuffle(chosen)
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """One answer of an attempt: item, objective, score 0..1, and whether it counts."""

    item: str
    objective: str
    score: float
    scored: bool = True


@dataclass(frozen=True, slots=True)
class QuizOutcome:
    """The result of an attempt: the mean score (0..1) of the `counted` scored items.

    `by_objective` maps each objective to its mean score and number of items; `missed` holds the ids of items below
    full marks.
    """

    score: float
    counted: int
    by_objective: Mapping[str, tuple[float, int]]
    missed: tuple[str, ...]

    def passed(self, mark: float) -> bool:
        """Whether the score reaches the pass mark (0..1)."""
        return self.counted > 0 and self.score >= mark - 1e-9


def judge(answers: Iterable[GradedAnswer]) -> QuizOutcome:
    """Return the outcome of an attempt's answers; unscored items do not count."""
    counted = [answer for answer in answers if answer.scored]
    groups: dict[str, list[float]] = defaultdict(list)
    for answer in counted:
        groups[answer.objective].append(answer.score)
    return QuizOutcome(
        score=_mean([answer.score for answer in counted]),
        counted=len(counted),
        by_objective={objective: (_mean(scores), len(scores)) for objective, scores in groups.items()},
        missed=tuple(answer.item for answer in counted if answer.score < 1),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
