"""All answers ever given, as the rules see them: in order, without what was reset, under present ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dev2cto.study.names import current

if TYPE_CHECKING:
    from dev2cto.study.core import Study


def answers(study: Study) -> Iterator[Mapping[str, Any]]:
    """Answers by moment, oldest first; loads the history when first asked for."""
    return events(study, "answers", "item")


def reviews(study: Study) -> Iterator[Mapping[str, Any]]:
    """Reviews by moment, oldest first."""
    return events(study, "reviews", "card")


def submissions(study: Study) -> Iterator[Mapping[str, Any]]:
    """Submissions by moment, oldest first."""
    for doc in events(study, "submissions", "exercise"):
        large = any(isinstance(value, Mapping) and "blob" in value for value in doc.values())
        whole = study.record.get("submissions", str(doc["id"])) if large else None
        yield {**doc, **whole, "exercise": doc["exercise"]} if whole else doc


def answers_of(study: Study, attempt: str) -> Iterator[Mapping[str, Any]]:
    """The answers that belong to one attempt, oldest first."""
    return events(study, "answers", "item", lambda doc: doc.get("attempt") == attempt)


def last_seen(study: Study) -> dict[str, str]:
    """When each item was answered last, in a quiz, a review or a reading; those that are not scored too."""
    return {str(doc["item"]): str(doc["at"]) for doc in answers(study)}


def events(
    study: Study, table: str, about: str, wanted: Callable[[Mapping[str, Any]], bool] = lambda doc: True
) -> Iterator[Mapping[str, Any]]:
    """The documents of an event table that no reset covers, each with its `id`, `about` under its present name."""
    from dev2cto.study.resets import Resets

    resets = Resets(study.course, study.record)
    found = ({**doc, "id": id} for id, doc in study.record.all(table).items() if wanted(doc))
    for doc in sorted(found, key=lambda doc: (str(doc.get("at", "")), str(doc["id"]))):
        doc[about] = current(str(doc.get(about, "")), study.course.renamed)
        if not resets.covers(str(doc[about]), str(doc.get("at", "")), str(doc.get("context", ""))):
            yield doc
