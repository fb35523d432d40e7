"""Passages that the learner marked in readings, kept as quotations; queries/passages.py finds them in the text."""

from __future__ import annotations

from typing import NamedTuple

from dev2cto.learning.quotation import Quotation, quote
from dev2cto.study.context import StudyContext
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.notes import HIGHLIGHT
from dev2cto.study.state.undo import Undo, restoring

LONGEST = 2000
"""Characters of a passage."""


class Highlight(NamedTuple):
    """A marked passage: its id, its section (reading#section), what was quoted, and when."""

    id: str
    section: str
    quotation: Quotation
    at: str
    cue: bool = False
    """Whether reviews ask about it."""

    @property
    def reading(self) -> str:
        """The id of its reading."""
        return self.section.partition("#")[0]


def highlights(study: StudyContext, reading: str = "") -> tuple[Highlight, ...]:
    """All highlights, or those of one reading, newest first."""
    found = []
    for id, doc in study.documents.all("highlights").items():
        quotation = Quotation(str(doc["quote"]), str(doc["before"]), str(doc["after"]), int(doc["start"]))
        highlight = Highlight(id, str(doc["section"]), quotation, str(doc["at"]), doc.get("cue") is True)
        if reading in ("", highlight.reading):
            found.append((study.record.made("highlights", id).ms, highlight))
    return tuple(highlight for _, highlight in sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True))


def highlight_of(study: StudyContext, id: str) -> Highlight | None:
    """The highlight of that id, also given as the anchor of a note."""
    return next((found for found in highlights(study) if found.id == id.removeprefix(HIGHLIGHT)), None)


def add_highlight(study: StudyContext, reading: str, section: str, text: str, first: int, last: int) -> Highlight:
    """Mark the characters from `first` up to `last` of a section's running `text`; a passage is marked once only.

    Raises NotSaved.
    """
    quotation = quote(text, first, min(last, first + LONGEST))
    anchor = f"{reading}#{section}"
    for known in highlights(study, reading):
        if known.section == anchor and known.quotation == quotation:
            return known
    at = study.now()
    id = study.record.table("highlights").insert({
        "section": anchor,
        "quote": quotation.exact,
        "before": quotation.before,
        "after": quotation.after,
        "start": quotation.start,
        "at": at,
    })  # fmt: skip
    return Highlight(str(id), anchor, quotation, at)


def toggle_cue(study: StudyContext, highlight: Highlight) -> Undo:
    """Have reviews ask about a passage, or no longer; return the way back. Raises NotSaved."""
    back = restoring(study, "highlights", highlight.id)
    doc = study.documents.find("highlights", highlight.id)
    if doc is not None:
        study.record.table("highlights").put(highlight.id, {**doc, "cue": not highlight.cue})
    return Undo(back, "As it was before.")


def remove_highlight(study: StudyContext, id: str) -> Undo:
    """Remove a highlight; a note on it is kept. Return the way back. Raises NotSaved."""
    back = restoring(study, "highlights", id)
    with study.record.batch():
        study.documents.remove("highlights", id)
    return Undo(back, "The highlight is back.")


def removing(study: StudyContext, highlight: Highlight) -> Undo:
    """What takes back that a passage was highlighted."""

    def remove() -> None:
        remove_highlight(study, highlight.id)

    return Undo(remove, "Highlight removed.")


def highlight_location(highlight: Highlight) -> Location:
    """The location of a passage in its reading."""
    reading, _, section = highlight.section.partition("#")
    return Location("reading", (reading, section), extra={"highlight": highlight.id})


def anchor_location(study: StudyContext, anchor: str) -> Location | None:
    """The location in a reading that a note's anchor names; None if there is none."""
    if anchor.startswith(HIGHLIGHT):
        found = highlight_of(study, anchor)
        location = highlight_location(found) if found is not None else None
    else:
        location = section_location(anchor)
    return location if location is not None and study.course.reading(location.ids[0]) is not None else None
