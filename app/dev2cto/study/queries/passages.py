"""Where highlighted passages are in the text of a reading as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from dev2cto.errors import CourseError
from dev2cto.learning.quotation import find
from dev2cto.markdown.parser import parse
from dev2cto.markdown.running_text import RunningText, running_text
from dev2cto.study.context import StudyContext
from dev2cto.study.state.highlights import Highlight

if TYPE_CHECKING:
    from dev2cto.course.model import Reading


class Spot(NamedTuple):
    """Where a passage is: the section's short id, and the first character and the end in its running text."""

    section: str
    first: int
    last: int


def text_of(study: StudyContext, reading: Reading, section: str) -> RunningText:
    """The running text of a section."""
    text = next(found.text for found in reading.sections if found.id == section)
    return running_text(parse(text, study.curriculum.cite, study.curriculum.fact))


def locate(study: StudyContext, reading: Reading, highlight: Highlight) -> Spot | None:
    """Where a passage is now: in its section, or else in another one of the reading; None if it is lost."""
    sections = [section.id for section in reading.sections]
    return locate_in(sections, lambda section: text_of(study, reading, section), highlight)


def locate_in(sections: Iterable[str], text: Callable[[str], RunningText], highlight: Highlight) -> Spot | None:
    """As `locate`, in these sections, whose running texts `text` returns."""
    own = highlight.section.partition("#")[2]
    for section in sorted(sections, key=lambda id: id != own):
        place = find(highlight.quotation, text(section).text)
        if place is not None:
            return Spot(section, *place)
    return None


def is_lost(study: StudyContext, highlight: Highlight) -> bool:
    """Whether the text has changed so much that the passage is no longer there, or the reading is gone."""
    if study.course.reading(highlight.reading) is None:
        return True
    try:
        return locate(study, study.curriculum.reading(highlight.reading), highlight) is None
    except CourseError:
        return False
