"""The event history in order, without what was reset, under present ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from dev2cto.record.tinydb_storage import QueryLike, where
from dev2cto.study.context import StudyContext
from dev2cto.study.state.renames import aliases


def answers(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Yield all answers, oldest first; the first call loads the history."""
    return events(study, "answers")


def submissions(study: StudyContext, exercise: str = "") -> Iterator[Mapping[str, Any]]:
    """Yield the submissions of one exercise, or of all, oldest first."""
    of_it = where("exercise").one_of([*aliases(exercise, study.course.renamed)]) if exercise else None
    return events(study, "submissions", of_it)


def answers_of(study: StudyContext, attempt: str) -> Iterator[Mapping[str, Any]]:
    """Yield the answers of one attempt, oldest first."""
    return events(study, "answers", where("attempt") == attempt)


def finished_attempts(study: StudyContext) -> Iterator[Mapping[str, Any]]:
    """Yield the finished attempts at quizzes and final forms, each with its `id`, in no particular order."""
    resets = study.resets
    for id, doc in study.documents.all("attempts").items():
        if "quiz" not in doc or doc.get("state") != "done":
            continue
        finished = study.record.changed("attempts", id)
        if not resets.covers(str(doc["quiz"]), finished, str(doc.get("form") or "attempt")):
            yield {**doc, "id": id}


def last_seen(study: StudyContext, items: Iterable[str]) -> dict[str, str]:
    """When each of these items was last answered, by item id; includes items that are not scored."""
    of_these = where("item").one_of([name for item in items for name in aliases(item, study.course.renamed)])
    return {item: str(doc["at"]) for item, doc in latest_answers(study, of_these).items()}


def latest_answers(study: StudyContext, wanted: QueryLike | None = None) -> dict[str, Mapping[str, Any]]:
    """The last answer to each item, scored or not, by item id; with `wanted`, of the answers that match it."""
    found: dict[str, Mapping[str, Any]] = {}
    last: dict[str, tuple[int, str]] = {}
    for id, doc in _not_reset(study, "answers", study.record.table("answers").scan(wanted)):
        item, place = str(doc.get("item", "")), (study.record.made("answers", id).ms, id)
        if place > last.get(item, (-1, "")):
            found[item], last[item] = doc, place
    return found


def events(study: StudyContext, table: str, wanted: QueryLike | None = None) -> Iterator[Mapping[str, Any]]:
    """Yield the documents of an event table that no reset covers, oldest first, each with its `id` and present ids."""
    made = study.record.made
    counted = [(made(table, id).ms, id, doc) for id, doc in _counted(study, table, wanted)]
    for _, id, doc in sorted(counted, key=itemgetter(0, 1)):
        yield {**doc, "id": id}


def unordered(study: StudyContext, table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (id, document) of the documents of `events` in no particular order, without keeping them in memory."""
    return _not_reset(study, table, study.record.table(table).scan())


def _counted(study: StudyContext, table: str, wanted: QueryLike | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (id, document) of the documents of `events` in no particular order."""
    return _not_reset(study, table, study.record.table(table).stream(wanted))


def _not_reset(
    study: StudyContext, table: str, found: Iterable[tuple[str, Mapping[str, Any]]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    resets, present = study.resets, study.documents.present
    if not resets.all:
        yield from ((id, present(table, stored)) for id, stored in found)
        return
    for id, stored in found:
        doc = present(table, stored)
        if not resets.covers_document(table, id, doc):
            yield id, doc
