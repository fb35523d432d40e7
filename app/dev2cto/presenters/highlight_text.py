"""Texts for highlights: where they are, what became of them, what can be done with them."""

from __future__ import annotations

from dev2cto.study.context import StudyContext
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.passages import is_lost
from dev2cto.study.state.highlights import Highlight
from dev2cto.study.state.notes import title_of
from dev2cto.text import one_line, shortened

MOST = 120
"""The maximum number of characters shown of a passage in a list."""
LOST = "the text has changed, and the passage is no longer in it"
REMOVED = "Highlight removed."
NOTHING = "There is no running text here to highlight; tables cannot be."
HERE = "(highlighted)"


def passage_line(highlight: Highlight) -> str:
    """How a passage begins, in quotation marks."""
    return f"\u201c{shortened(one_line(highlight.quotation.exact), MOST)}\u201d"


def highlight_line(study: StudyContext, highlight: Highlight) -> tuple[str, str]:
    """How a passage begins; where it is, when it was marked, and whether it is lost."""
    where = f"{title_of(study, highlight.section)}, {relative_day(study, highlight.at)}"
    where += "; asked in reviews" if highlight.cue else ""
    return passage_line(highlight), f"{where}; {LOST}" if is_lost(study, highlight) else where


def added_notice(highlight: Highlight, notebook: str) -> str:
    """What was highlighted; `notebook` is the key that lists it."""
    return f"Highlighted: {passage_line(highlight)} {notebook} opens the notebook."


def choosing_notice(bookmark: str, note: str) -> tuple[str, str]:
    """How a passage is chosen by keys, and what can be done with it."""
    return (
        f"Up and down choose a sentence, space adds the next, backspace takes it off. {bookmark} or enter highlights,"
        f" {note} adds a note, esc ends.",
        "",
    )


def lost_notice(number: int) -> str:
    """That passages of a reading are lost; empty if none is."""
    if not number:
        return ""
    what = "A passage you highlighted is" if number == 1 else f"{number} passages you highlighted are"
    return f"{what} no longer in this text, which has changed. The notebook has the words."
