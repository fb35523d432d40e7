"""What is left of the reviews that a learner is in: part of the place, so that a lost line is gone on from there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from dev2cto.study.context import StudyContext
from dev2cto.study.state.location import Location


class Remaining(NamedTuple):
    """The ids that are left, in the order in which they are asked, and how many are done."""

    ids: tuple[str, ...]
    done: int


def remaining_extra(study: StudyContext, ids: Iterable[str], done: int) -> dict[str, Any]:
    """For a place's `extra`: what is left of the day's reviews."""
    return {"day": study.today().isoformat(), "left": list(ids), "done": done}


def remaining_at(study: StudyContext, place: Location) -> Remaining | None:
    """What a place says is left; None if it says nothing, or on another day, which has reviews of its own."""
    match dict(place.extra):
        case {"day": day, "left": [*ids], "done": int(done)} if day == study.today().isoformat() and done >= 0:
            return Remaining(tuple(map(str, ids)), done)
        case _:
            return None
