"""The learner's own ratings: one document each, so that sessions and machines add to each other's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.state.undo import restoring

UNDONE = "Rating undone."


def ratings_of(study: StudyContext, owners: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The ratings in these attempts or of these submissions, by statement or criterion; of several the latest."""
    found = dict(study.record.table("ratings").stream(where("of").one_of([*owners])))
    in_order = sorted(found, key=lambda id: study.record.changed("ratings", id))
    return {id.rpartition("/")[2]: found[id] for id in in_order}


def keep_rating(study: StudyContext, owner: str, about: str, rating: int, **more: int) -> Callable[[], None]:
    """Save a rating in an attempt or of a submission, unless it is saved like that; return what undoes it.

    Raises NotSaved.
    """
    ratings, id, new = study.record.table("ratings"), f"{owner}/{about}", {"of": owner, "rating": rating, **more}
    before, back = ratings.get(doc_id=id), restoring(study, "ratings", id)
    if before is None or new.items() - before.items():
        ratings.put(id, {**new, "at": study.now()})
    return back


def rubric_ratings(study: StudyContext, submission: str, doc: Mapping[str, Any]) -> dict[str, int]:
    """The ratings of a version by criterion; earlier versions of the program kept them in the submission `doc`."""
    rated = {criterion: row["rating"] for criterion, row in ratings_of(study, [submission]).items()}
    return {str(id): int(value) for id, value in {**doc.get("rubric", {}), **rated}.items()}
