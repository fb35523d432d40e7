"""Texts for search results, and the location of each hit."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.course.search import Hit
from dev2cto.study.context import StudyContext
from dev2cto.study.sessions.comments import line_location
from dev2cto.study.state.location import Location, section_location
from dev2cto.text import pluralize

MOST = 60
"""The maximum number of hits shown."""
NO_READING = "No reading is named for this question."


def hit_count(hits: Sequence[Hit]) -> str:
    """The number of hits, and a note if not all are shown."""
    more = f", the first {MOST} shown" if len(hits) > MOST else ""
    return f"{pluralize(len(hits), 'place')}{more}"


def no_results(words: str) -> str:
    """The message if nothing was found, with what to try."""
    return f"No results for {words!r}. Fewer or shorter words find more."


def hit_location(study: StudyContext, hit: Hit) -> Location | None:
    """The location of a hit; None for an answer to a question that names no reading."""
    match hit.what:
        case "reading":
            found = section_location(hit.target)
            return found._replace(ids=(*found.ids, hit.word))
        case "term":
            return Location("glossary", (hit.target,))
        case "note":
            return Location("note", ("", hit.target))
        case "answer":
            read = study.curriculum.item(hit.target).read
            return section_location(read) if read else None
        case "comment":
            exercise, _, address = hit.target.partition("#")
            return line_location(exercise, address)
