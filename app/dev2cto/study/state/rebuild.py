"""Rebuild sums and cards from the events: after a reset, a merge, or answers in another session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dev2cto.learning.review import rebuild as rebuild_card
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import finished_attempts, submissions, unordered
from dev2cto.study.state.sums import ExerciseSum, ObjectiveSum, OpenSum, QuizSum, Sum, SumKind

Attempts = Mapping[str, Mapping[str, Any]]
SumRows = dict[tuple[SumKind, str], Sum]


def rebuild(study: StudyContext) -> None:
    """Rebuild sums and cards from the events; writes only what differs, in one batch. Raises NotSaved."""
    with study.record.batch():
        study.progress.replace(sums(study), cards(study))
        study.progress.settle(study.now())


def sums(study: StudyContext) -> SumRows:
    """Compute the sums from answers, attempts and submissions."""
    attempts = study.documents.all("attempts")
    return {**_objectives(study, attempts), **_quizzes(study, attempts), **_exercises(study, attempts)}


def _objectives(study: StudyContext, attempts: Attempts) -> SumRows:
    objective = {item.id: item.objective for module in study.course.modules for item in module.items}
    over = {id for id, doc in attempts.items() if doc.get("form") == "final" and doc.get("state") == "done"}
    last: dict[str, tuple[str, str, float]] = {}
    for id, doc in unordered(study, "answers"):
        pending = doc.get("context") == "final" and doc.get("attempt") not in over
        if doc["item"] in objective and doc.get("scored", True) and not pending:
            found = (str(doc["at"]), id, doc["score"])
            last[doc["item"]] = max(found, last.get(doc["item"], found))
    scores: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
    for item, (at, _, score) in last.items():
        scores[objective[item]][item] = (score, at)
    return {("objective", id): ObjectiveSum(latest) for id, latest in scores.items()}


def _quizzes(study: StudyContext, attempts: Attempts) -> SumRows:
    """The open attempts at quizzes and final forms, and the results of the finished ones."""
    resets = study.resets
    rows: SumRows = {}
    for id, doc in attempts.items():
        if "quiz" in doc and doc.get("state") == "open":
            form = doc.get("form", "")
            if not resets.covers(doc["quiz"], str(doc["started"]), form or "attempt"):
                rows["open", id] = OpenSum(doc["quiz"], form)
    results: dict[tuple[SumKind, str], QuizSum] = {}
    for doc in sorted(finished_attempts(study), key=lambda doc: (str(doc["finished"]), str(doc["id"]))):
        if not doc.get("retry_of"):
            asked = doc["items"] if doc.get("form") else ()
            kind: tuple[SumKind, str] = (doc.get("form") or "quiz", doc["quiz"])
            passed, at = bool(doc.get("passed")), str(doc["finished"])
            results[kind] = QuizSum.after(results.get(kind), float(doc["score"]), passed, at, asked)
    return {**rows, **results}


def _exercises(study: StudyContext, attempts: Attempts) -> SumRows:
    resets = study.resets
    begun: SumRows = {}
    for _, doc in sorted(attempts.items()):
        if "exercise" in doc and not resets.covers(doc["exercise"], str(doc.get("started", ""))):
            begun.setdefault(("exercise", doc["exercise"]), ExerciseSum("begun", doc.get("started", "")))
    passed: dict[tuple[SumKind, str], ExerciseSum] = {}
    for submission in submissions(study):
        id: tuple[SumKind, str] = ("exercise", submission["exercise"])
        at = str(submission["at"])
        begun.setdefault(id, ExerciseSum("begun", at))
        at = str(submission.get("passed_at", at))
        if submission.get("passed") and (id not in passed or at < passed[id].at):
            passed[id] = ExerciseSum("done", at, bool(submission.get("helped")))
    return {**begun, **passed}


def cards(study: StudyContext) -> dict[str, dict[str, Any]]:
    """Compute the cards by item from the reviews."""
    logged: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for _, doc in unordered(study, "reviews"):
        logged[doc["card"]].append((datetime.fromisoformat(str(doc["at"])), int(doc["rating"])))
    return {
        item: state.document()
        for item, events in logged.items()
        if (state := rebuild_card(item, _first_of_days(study, events))) is not None
    }


def _first_of_days(study: StudyContext, events: list[tuple[datetime, int]]) -> list[tuple[date, int]]:
    firsts: dict[date, int] = {}
    for at, rated in sorted(events):
        firsts.setdefault(study.today(at), rated)
    return list(firsts.items())
