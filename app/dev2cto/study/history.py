"""All answers ever given, as the rules see them: in order, without what was reset, under present ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from dev2cto.study.context import StudyContext
from dev2cto.study.names import current


def answers(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Answers by moment, oldest first; loads the history when first asked for."""
    return events(study, "answers", "item")


def reviews(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Reviews by moment, oldest first."""
    return events(study, "reviews", "card")


def submissions(study: StudyContext, exercise: str = "") -> Iterator[Mapping[str, Any]]:
    """Submissions by moment, oldest first; of one exercise, or of all."""
    for doc in events(study, "submissions", "exercise"):
        if exercise and doc["exercise"] != exercise:
            continue
        large = any(isinstance(value, Mapping) and "blob" in value for value in doc.values())
        whole = study.record.get("submissions", str(doc["id"])) if large else None
        yield {**doc, **whole, "exercise": doc["exercise"]} if whole else doc


def answers_of(study: StudyContext, attempt: str) -> Iterator[Mapping[str, Any]]:
    """The answers that belong to one attempt, oldest first."""
    return events(study, "answers", "item", lambda doc: doc.get("attempt") == attempt)


def finished_attempts(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Attempts at quizzes and final forms that came to a result, each with its `id`; in no order."""
    resets = study.resets
    for id, doc in study.documents.attempts().items():
        if "quiz" not in doc or doc.get("state") != "done":
            continue
        if not resets.covers(str(doc["quiz"]), str(doc["finished"]), str(doc.get("form") or "attempt")):
            yield {**doc, "id": id}


def last_seen(study: StudyContext) -> dict[str, str]:
    """When each item was answered last, in a quiz, a review or a reading; those that are not scored too."""
    return {item: str(doc["at"]) for item, doc in latest_answers(study).items()}


def latest_answers(study: StudyContext) -> dict[str, Mapping[str, Any]]:
    """The last answer to each item, in a quiz, a review or a reading; those that are not scored too."""
    found: dict[str, Mapping[str, Any]] = {}
    for item, _, doc in _counted(study, "answers", "item"):
        if item not in found or str(found[item]["at"]) <= str(doc["at"]):
            found[item] = doc
    return found


def events(
    study: StudyContext, table: str, about: str, wanted: Callable[[Mapping[str, Any]], bool] = lambda doc: True
) -> Iterator[Mapping[str, Any]]:
    """The documents of an event table that no reset covers, each with its `id`, `about` under its present name."""
    counted = [
        (str(doc.get("at", "")), id, name, doc) for name, id, doc in _counted(study, table, about) if wanted(doc)
    ]
    for _, id, name, doc in sorted(counted, key=itemgetter(0, 1)):
        yield {**doc, "id": id, about: name}


def _counted(study: StudyContext, table: str, about: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The present name of what an event is about, its id and its document, in no order; without what was reset."""
    resets, renamed = study.resets, study.course.renamed
    for id, doc in study.record.all(table).items():
        name = current(str(doc.get(about, "")), renamed)
        of = current(str(doc.get("of", "")), renamed)
        if not resets.covers(name, str(doc.get("at", "")), str(doc.get("context", "")), of):
            yield name, id, doc
