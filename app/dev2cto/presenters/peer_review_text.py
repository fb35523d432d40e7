"""Texts for packets: what was written where, and what readers wrote beside the learner's own ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.study.queries.home import relative_day
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.peer_reviews import PeerReview, peer_reviews
from dev2cto.text import pluralize, sanitize

TITLE = "What readers wrote"
WRITE = "Write a packet for a reader"
BACK = "When the file comes back, whatever its name: dev2cto packet --back FILE"


def written(path: Path) -> tuple[str, str]:
    """That the packet was written, and what to do with it and with the answer."""
    return f"Written: {path}. Send it to somebody whose opinion counts.", BACK


def taken_in(session: ArtefactSession, review: PeerReview, *, new: bool) -> str:
    """What was taken in, or that the record had it already."""
    what = f"{pluralize(len(review.ratings), 'rating')} and {pluralize(len(review.comments), 'comment')}"
    about = f"{session.exercise.title}, version {version(session, review)}"
    if not new:
        return f"Your record has this already: {what} by {sanitize(review.reader)} on {about}."
    return f"Taken in: {what} by {sanitize(review.reader)} on {about}."


def version(session: ArtefactSession, review: PeerReview) -> int:
    """The number, from 1, of the version that the reader had; 0 if it is no longer in the record."""
    ids = [str(doc["id"]) for doc in session.versions()]
    return ids.index(review.submission) + 1 if review.submission in ids else 0


def reviews_blocks(session: ArtefactSession) -> list[Block]:
    """All reviews of an artefact, the newest first."""
    found = list(peer_reviews(session.study, session.exercise.id))
    return [block for review, at in reversed(found) for block in review_blocks(session, review, at)]


def review_blocks(session: ArtefactSession, review: PeerReview, at: str) -> Iterator[Block]:
    """One review: who, when and on which version; the greatest difference; then criterion by criterion."""
    reader, number = sanitize(review.reader), version(session, review)
    own = session.ratings(review.submission) if number else {}
    day = f"on {review.day}" if review.day else f"taken in {relative_day(session.study, at)}"
    yield para(f"{reader}, {day}, on {f'version {number}' if number else 'a version that was reset'}", "heading")
    names = {criterion.id: criterion.criterion for criterion in session.exercise.rubric}
    if found := furthest(own, review.ratings):
        yield para(
            f"Furthest apart: {names.get(found, found)} (you {own[found]}, {reader} {review.ratings[found]}). Ask for"
            " an example before you decide who is right."
        )
    for id in dict.fromkeys((*names, *review.ratings, *filter(None, review.comments))):
        if id in review.ratings or id in review.comments:
            yield para(f"{sanitize(names.get(id, id))}: {beside(own.get(id), review.ratings.get(id), reader)}", "bold")
            yield from _comment(review.comments.get(id, ""))
    if "" in review.comments:
        yield para("On the whole", "bold")
        yield from _comment(review.comments[""])


def beside(own: int | None, theirs: int | None, reader: str) -> str:
    """The reader's rating beside the learner's own, with the difference."""
    if theirs is None:
        return "not rated" if own is None else f"you {own}, {reader} not rated"
    if own is None:
        return f"{reader} {theirs}, you have not rated it"
    apart = abs(own - theirs)
    how = "the same" if not apart else f"{pluralize(apart, 'point')} {'higher' if theirs > own else 'lower'}"
    return f"you {own}, {reader} {theirs}: {how}"


def furthest(own: Mapping[str, int], theirs: Mapping[str, int]) -> str:
    """The criterion whose two ratings are furthest apart, the first of several; empty if all agree."""
    apart = {id: abs(own[id] - rating) for id, rating in theirs.items() if own.get(id, rating) != rating}
    return max(apart, key=apart.__getitem__, default="")


def _comment(text: str) -> Iterator[Block]:
    """A reader's words as they were typed: never Markdown."""
    if text:
        yield Listing(tuple(sanitize(text).split("\n")), indent=2)
