"""The query for the plan: what is left, spread over the weeks up to the learner's date, and recall on that date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dev2cto.learning.next_part import NextPart, parts_left
from dev2cto.learning.recall import best_to_review, mean, recall, recall_if_reviewed
from dev2cto.learning.review import CardState
from dev2cto.learning.week_plan import PlannedWeek, date_for, minutes_a_week, spread
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import REVIEW_SECONDS
from dev2cto.study.state.location import Location

Extra = Literal["ahead", "missed"]
"""Reviews beside those that are due: what would be known best on the date, and what was answered wrong."""
EXTRAS: tuple[Extra, ...] = ("ahead", "missed")
WITHOUT_DATE = timedelta(days=30)
"""How far ahead recall is shown where there is no date."""
PAST = timedelta(days=28)
"""The time whose reviews say how many there will be a week."""


class ObjectiveRecall(NamedTuple):
    """Expected recall (0..1) of an objective: now, on the date, and on the date after reviewing ahead today."""

    step: str
    text: str
    cards: int
    now: float
    then: float
    reviewed: float


class Plan(NamedTuple):
    """The snapshot for the plan.

    `until` is the learner's date, None if there is none; `on` is the day for which recall is shown. Minutes are those
    of the parts left, `a_week` what that means each week, `reviews` the minutes of reviews in a week as in the last
    four, `fits` the day that the weekly goal leads to.
    """

    today: date
    until: date | None
    on: date
    left: int
    a_week: float
    reviews: int
    goal: int
    fits: date | None
    weeks: tuple[PlannedWeek, ...]
    names: dict[str, str]
    recall: tuple[ObjectiveRecall, ...]
    ahead: tuple[str, ...]
    missed: tuple[str, ...]


def plan(study: StudyContext) -> Plan:
    """The snapshot for the plan."""
    today, done, settings = study.today(), study.progress.completed_work(), study.settings
    parts = [part for module in study.course.modules for part in parts_left(module, done)]
    left = sum(part.minutes for part in parts)
    until = date.fromisoformat(settings.finish_by) if settings.finish_by else None
    on = horizon(study)
    cards = usable_cards(study)
    ahead = reviews_for(study, "ahead")
    return Plan(
        today=today,
        until=until,
        on=on,
        left=left,
        a_week=minutes_a_week(left, today, until) if until is not None else 0.0,
        reviews=_review_minutes(cards, today),
        goal=settings.goal_minutes,
        fits=date_for(left, settings.goal_minutes, today) if left else None,
        weeks=spread(_from_here(study, parts), today, until) if until is not None else (),
        names={module.id: module.name for module in study.course.modules},
        recall=tuple(_recall(study, cards, frozenset(ahead), today, on)),
        ahead=ahead,
        missed=reviews_for(study, "missed"),
    )


def extra_of(location: Location) -> Extra | None:
    """The review beside the due one that a location names with its first id."""
    return next((extra for extra in EXTRAS if extra in location.ids[:1]), None)


def horizon(study: StudyContext) -> date:
    """The day for which recall is expected: the learner's date if it is to come, else in a month."""
    today, chosen = study.today(), study.settings.finish_by
    until = date.fromisoformat(chosen) if chosen else today
    return until if until > today else today + WITHOUT_DATE


def reviews_for(study: StudyContext, extra: Extra) -> tuple[str, ...]:
    """The items of a review beside the due ones, at most as many as a day's; the most useful first."""
    most, today = study.settings.daily_reviews, study.today()
    cards = usable_cards(study)
    if extra == "ahead":
        return best_to_review((card for card in cards if card.due > today), today, horizon(study), most)
    objectives = (objective.id for module in study.course.modules for objective in module.objectives)
    scores = {item: score for id in objectives for item, score in study.progress.scores(id).items()}
    wrong = [(card.due, card.item) for card in cards if scores.get(card.item, 1) < 1]
    return tuple(item for _, item in sorted(wrong)[:most])


def usable_cards(study: StudyContext) -> list[CardState]:
    """The cards of items that the course still asks and that no reset covers."""
    hidden = study.progress.hidden()
    known = {item.id for module in study.course.modules for item in module.items} - hidden
    return [CardState.read(item, doc) for item, doc in study.progress.cards().items() if item in known]


def _from_here(study: StudyContext, parts: list[NextPart]) -> list[NextPart]:
    """The parts, those of the step that the learner is in first."""
    found = study.last_place()
    here = study.course.module_of(found[0].ids[0]) if found is not None and found[0].ids else None
    return sorted(parts, key=lambda part: here is None or part.module != here.id)


def _review_minutes(cards: list[CardState], today: date) -> int:
    """Minutes of reviews in a week: as many cards as come due in the next four weeks, on average."""
    coming = sum(card.due <= today + PAST for card in cards)
    return round(coming * REVIEW_SECONDS / 60 / (PAST.days / 7))


def _recall(
    study: StudyContext, cards: list[CardState], ahead: frozenset[str], today: date, on: date
) -> list[ObjectiveRecall]:
    """The objectives with cards, the one that will be known least first."""
    objective_of = {item.id: item.objective for module in study.course.modules for item in module.items}
    by_objective: dict[str, list[CardState]] = defaultdict(list)
    for card in cards:
        by_objective[objective_of[card.item]].append(card)
    found = []
    for module in study.course.modules:
        for objective in module.objectives:
            own = by_objective.get(objective.id, [])
            then = [recall(card, on) for card in own]
            reviewed = [
                recall_if_reviewed(card, today, on) if card.item in ahead else value
                for card, value in zip(own, then, strict=True)
            ]
            now, later, better = mean([recall(card, today) for card in own]), mean(then), mean(reviewed)
            if now is not None and later is not None and better is not None:
                found.append(ObjectiveRecall(module.name, objective.text, len(own), now, later, better))
    return sorted(found, key=lambda line: line.then)
