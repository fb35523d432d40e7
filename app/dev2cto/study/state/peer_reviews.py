"""What other people wrote about the learner's texts: kept as it came back, and never judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dev2cto.record.tinydb_storage import where
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.history import events
from dev2cto.study.state.renames import aliases


class PeerReview(NamedTuple):
    """One reader's answers about one submitted text: ratings of 0 to 3 and comments, by criterion id.

    The comment under "" is about the whole text. `day` (ISO 8601) is the reader's own, or "" if they gave none.
    """

    exercise: str
    submission: str
    reader: str
    day: str
    ratings: Mapping[str, int]
    comments: Mapping[str, str]


def peer_reviews(study: StudyContext, exercise: str = "") -> Iterator[tuple[PeerReview, str]]:
    """Yield (review, time of taking it in) of one exercise or all, oldest first; the same review only once.

    Two machines may both have taken in the same file.
    """
    of_it = where("exercise").one_of([*aliases(exercise, study.course.renamed)]) if exercise else None
    seen = list[PeerReview]()
    for doc in events(study, "peer_reviews", of_it):
        review = PeerReview(
            str(doc["exercise"]), str(doc["of"]), str(doc["reader"]), str(doc.get("day", "")),
            dict(doc["ratings"]), dict(doc["comments"]),
        )  # fmt: skip
        if review not in seen:
            seen.append(review)
            yield review, str(doc["at"])


def keep_peer_review(study: StudyContext, review: PeerReview) -> bool:
    """Save a review; whether it is new. Raises NotSaved."""
    if any(known == review for known, _ in peer_reviews(study, review.exercise)):
        return False
    study.record.table("peer_reviews").insert({
        "exercise": review.exercise,
        "of": review.submission,
        "reader": review.reader,
        **({"day": review.day} if review.day else {}),
        "ratings": dict(review.ratings),
        "comments": dict(review.comments),
        "at": study.now(),
    })  # fmt: skip
    return True
