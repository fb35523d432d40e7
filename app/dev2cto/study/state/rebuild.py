"""Rebuild sums and cards from the events: after a reset, a merge, or answers in another session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dev2cto.learning.review import AHEAD, CardState
from dev2cto.learning.review import rebuild as rebuild_card
from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import events, finished_attempts, submissions, unordered
from dev2cto.study.state.promises import open_promises
from dev2cto.study.state.renames import aliases
from dev2cto.study.state.sums import ExerciseSum, ObjectiveSum, OpenSum, QuizSum, Sum, SumKind

Attempts = Mapping[str, Mapping[str, Any]]
SumRows = dict[tuple[SumKind, str], Sum]


Ratings = dict[str, dict[date, tuple[int, str, int]]]
"""The first rating of each study day by item: when it was given (hybrid clock, ms), id of the review, rating."""


def rebuild(study: StudyContext) -> date | None:
    """Rebuild sums and cards from the events; writes only what differs, in one batch.

    Return the first study day of reviews that do not count yet, because a clock was ahead; None if there are none.
    Raises NotSaved.
    """
    ratings = _ratings(study)
    with study.record.batch():
        study.progress.replace(sums(study), cards(study, ratings))
        study.progress.settle(study.now())
    last = study.today() + AHEAD
    return min((day for days in ratings.values() for day in days if day > last), default=None)


def sums(study: StudyContext) -> SumRows:
    """Compute the sums from answers, attempts, submissions and promises."""
    attempts = study.documents.all("attempts")
    promised: SumRows = {("promises", ""): row} if (row := open_promises(study)).promises else {}
    return {**_objectives(study, attempts), **_quizzes(study, attempts), **_exercises(study, attempts), **promised}


def _objectives(study: StudyContext, attempts: Attempts) -> SumRows:
    objective = {item.id: item.objective for module in study.course.modules for item in module.items}
    over = {id for id, doc in attempts.items() if doc.get("form") == "final" and doc.get("state") == "done"}
    last: dict[str, tuple[int, str, float, str]] = {}
    for id, doc in unordered(study, "answers"):
        item = doc["item"]
        pending = doc.get("context") == "final" and doc.get("attempt") not in over
        if item in objective and doc.get("scored", True) and not pending:
            made = study.record.made_ms("answers", id)
            before = last.get(item)
            if before is None or (made, id) > (before[0], before[1]):
                last[item] = made, id, doc["score"], str(doc["at"])
    scores: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
    for item, (_, _, score, at) in last.items():
        scores[objective[item]][item] = (score, at)
    return {("objective", id): ObjectiveSum(latest) for id, latest in scores.items()}


def _quizzes(study: StudyContext, attempts: Attempts) -> SumRows:
    """The open attempts at quizzes and final forms, and the results of the finished ones."""
    resets = study.resets
    rows: SumRows = {}
    for id, doc in attempts.items():
        if "quiz" in doc and doc.get("state") == "open":
            form = doc.get("form", "")
            if not resets.covers(doc["quiz"], study.record.made("attempts", id), form or "attempt"):
                rows["open", id] = OpenSum(doc["quiz"], form)
    results: dict[tuple[SumKind, str], QuizSum] = {}
    changed = study.record.changed
    for doc in sorted(finished_attempts(study), key=lambda doc: (changed("attempts", doc["id"]), doc["id"])):
        if not doc.get("retry_of"):
            asked = doc["items"] if doc.get("form") else ()
            kind: tuple[SumKind, str] = (doc.get("form") or "quiz", doc["quiz"])
            passed, at = bool(doc.get("passed")), str(doc["finished"])
            results[kind] = QuizSum.after(results.get(kind), float(doc["score"]), passed, at, asked)
    return {**rows, **results}


def _exercises(study: StudyContext, attempts: Attempts) -> SumRows:
    resets = study.resets
    begun: SumRows = {}
    for id, doc in sorted(attempts.items()):
        if "exercise" in doc and not resets.covers(doc["exercise"], study.record.made("attempts", id)):
            begun.setdefault(("exercise", doc["exercise"]), ExerciseSum("begun", doc.get("started", "")))
    passed: dict[tuple[SumKind, str], ExerciseSum] = {}
    for submission in submissions(study):
        key: tuple[SumKind, str] = ("exercise", submission["exercise"])
        at = str(submission["at"])
        begun.setdefault(key, ExerciseSum("begun", at))
        at = str(submission.get("passed_at", at))
        if submission.get("passed") and (key not in passed or at < passed[key].at):
            passed[key] = ExerciseSum("done", at, bool(submission.get("helped")))
    return {**begun, **passed}


def _ratings(study: StudyContext) -> Ratings:
    logged: Ratings = defaultdict(dict)
    for id, doc in unordered(study, "reviews"):
        days, day = logged[doc["card"]], _day(study, doc)
        found = (study.record.made_ms("reviews", id), id, int(doc["rating"]))
        before = days.get(day)
        if before is None or found < before:
            days[day] = found
    return logged


def cards(study: StudyContext, ratings: Ratings) -> dict[str, dict[str, Any]]:
    """Compute the cards by item from the first rating of each study day."""
    found = (
        (item, _card(item, {day: first[2] for day, first in days.items()}, study)) for item, days in ratings.items()
    )
    return {item: state.document() for item, state in found if state is not None}


def card(study: StudyContext, item: str) -> CardState | None:
    """Compute the card of one item from its reviews; None if none of them counts."""
    days: dict[date, int] = {}
    for doc in events(study, "reviews", where("card").one_of([*aliases(item, study.course.renamed)])):
        days.setdefault(_day(study, doc), int(doc["rating"]))
    return _card(item, days, study)


def _day(study: StudyContext, doc: Mapping[str, Any]) -> date:
    return study.today(datetime.fromisoformat(str(doc["at"])))


def _card(item: str, days: Mapping[date, int], study: StudyContext) -> CardState | None:
    """Replay the first rating of each day; a day in the future does not count before it has come."""
    last = study.today() + AHEAD
    return rebuild_card(item, [(day, rated) for day, rated in days.items() if day <= last])
