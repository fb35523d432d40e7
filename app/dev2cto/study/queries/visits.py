"""Looking somewhere is not studying there: a screen that is left as it was found is not where one continues.

A line that is lost is no leaving: what was on screen then is there again.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from dev2cto.learning.completion import exercise_state
from dev2cto.study.queries.home import location_left
from dev2cto.study.state.checks import open_checks
from dev2cto.study.state.location import Location

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext

ASIDE = frozenset({"search", "note", "report", "promise", "outcome", "settings"})
"""Screens that are opened over what one studies; their places name it as `under`, or as `since` over home."""
REVIEWING = frozenset({"review", "cues"})


def studied_place(study: StudyContext) -> Location | None:
    """Where the learner studied last; None for a new learner."""
    found = study.last_place()
    place = found[0] if found is not None else None
    while place is not None and place.screen in ASIDE:
        place = place.under or place.since
    return place


class Visit:
    """A screen that is about to be opened at a location."""

    def __init__(self, study: StudyContext, location: Location) -> None:
        self._study, self._to = study, location
        self._before = studied_place(study)
        self._found = self._trace()

    def leave(self) -> None:
        """Make the place before this one the learner's place again, if nothing was done here."""
        last = self._study.last_place()
        place, before = last[0] if last is not None else None, self._before
        if place is None or not self._is_here(place) or (before is not None and self._is_here(before)):
            return
        done = place.response or place.extra.get("begun") or (place.screen == "step" and place.under)
        if not done and self._is_over(place) and self._goes_on(before):
            self._study.keep(before or Location("home"))

    def _is_over(self, place: Location) -> bool:
        """Whether nothing was done here, or nothing of a review or text over another screen is left to go on with."""
        if self._to.screen not in (ASIDE | REVIEWING) or self._to.screen == "search":
            return self._trace() == self._found
        left = location_left(self._study, self._study.progress.completed_work(), place)
        return left is None or left.location.screen != place.screen

    def _goes_on(self, before: Location | None) -> bool:
        """Whether something is left to do where the learner studied before, or nothing is to be gone on with here."""
        if self._to.screen in ASIDE or (before is not None and before.screen == "step"):
            return True
        done = self._study.progress.completed_work()
        return before is not None and location_left(self._study, done, before) is not None

    def _is_here(self, place: Location) -> bool:
        return place.screen == self._to.screen and (
            place.screen in ASIDE or self._names(place) == self._names(self._to)
        )

    def _names(self, place: Location) -> str:
        """The id of what a place shows; a step may be named by its number."""
        id = place.ids[0] if place.ids else ""
        module = self._study.course.module(id)
        return module.id if module is not None else id

    def _trace(self) -> Hashable:
        """What studying here would change."""
        study, id = self._study, self._to.ids[0] if self._to.ids else ""
        match self._to.screen:
            case "reading" if (reading := study.course.reading(id)) is not None:
                done = study.progress.completed_work().sections
                read = sum(section in done for section in reading.section_ids())
                at = study.documents.find("positions", id) or {}
                first = reading.sections[0][0]
                position = (at.get("section", first), at.get("block", 0), at.get("offset", 0))
                if position == (first, 0, 0) and read < len(reading.sections):
                    read = 0  # what is on the first screen counts as read after a second
                return (read, open_checks(study, reading), position)
            case "exercise" if (exercise := study.course.exercise(id)) is not None:
                drafts = tuple(draft.text for draft in study.drafts(id))
                return (exercise_state(exercise, study.progress.completed_work()), drafts)
            case "step" | "search":
                return ""
            case _:
                return object()
