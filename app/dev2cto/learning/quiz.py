"""Drawing a quiz from a bank, and judging an attempt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from dev2cto.course.outline import ItemOutline

UNSCORED = {"practice": 1, "exam": 0}
"""How many items a quiz draws that are answered in one's own words and not scored.

Writing takes minutes where a choice takes seconds, and the learner is the judge of it: more than one would make a
quiz of twelve another exercise. An exam counts every answer, so it asks none.
"""


def drawn(items: Iterable[ItemOutline], length: int, unscored: int) -> int:
    """How many of the items `draw_quiz` draws."""
    scored = [item.scored for item in items]
    return min(length, sum(scored) + min(unscored, len(scored) - sum(scored)))


def draw_quiz(
    items: Sequence[ItemOutline], last_seen: Mapping[str, str], length: int, rng: Random, unscored: int
) -> tuple[str, ...]:
    """Ids of at most `length` items, spread evenly over the objectives, least recently seen first.

    At most `unscored` of them are not scored. `last_seen` maps item ids to the moment of their last answer (sortable
    text); unseen items come before all others. Within what the rule leaves open, chance decides. The order of the
    quiz is shuffled.
    """
    dealt = rng.sample(list(items), len(items))
    written = sorted((item for item in dealt if not item.scored), key=lambda item: last_seen.get(item.id, ""))
    left_out = {item.id for item in written[unscored:]}
    shelves: dict[str, list[ItemOutline]] = defaultdict(list)
    for item in dealt:
        if item.id not in left_out:
            shelves[item.objective].append(item)
    for shelf in shelves.values():
        shelf.sort(key=lambda item: last_seen.get(item.id, ""), reverse=True)
    objectives = list(shelves)
    rng.shuffle(objectives)
    objectives.sort(key=lambda objective: last_seen.get(shelves[objective][-1].id, ""))
    chosen: list[str] = []
    while len(chosen) < length and any(shelves.values()):
        for objective in objectives:
            if shelves[objective] and len(chosen) < length:
                chosen.append(shelves[objective].pop().id)
    rng.shuffle(chosen)
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """What judging needs of one answer: its item, the item's objective, the score 0..1, whether it counts."""

    item: str
    objective: str
    score: float
    scored: bool = True


@dataclass(frozen=True, slots=True)
class QuizOutcome:
    """The result of an attempt: mean score 0..1 of the items that count, and the same for each objective."""

    score: float
    counted: int
    by_objective: Mapping[str, tuple[float, int]]
    missed: tuple[str, ...]

    def passed(self, mark: float) -> bool:
        """Whether the mean reaches the pass mark (0..1)."""
        return self.counted > 0 and self.score >= mark - 1e-9


def judge(answers: Iterable[GradedAnswer]) -> QuizOutcome:
    """The outcome of an attempt's answers; items that are not scored do not count."""
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
