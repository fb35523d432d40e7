"""Texts for cues: passages that the learner wants to be asked about."""

from __future__ import annotations

from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.study.sessions.cues import Cue, CueSession
from dev2cto.text import one_line, pluralize, sanitize

TITLE = "Cues"
SHOW = "Show the passage"
RATED = ("Not yet", "With effort", "At once")
"""How well a passage was recalled, for the ratings 1 to 3."""
NONE = (
    "No cue is due. In the notebook, choose a highlight and have reviews ask about it; your note on it is the question."
)
ASKED, NOT_ASKED = "Reviews will ask about it.", "Reviews no longer ask about it."


def cue_title(session: CueSession) -> tuple[str, str]:
    """The title, and how many were recalled."""
    return TITLE, f"{session.known} of {session.total} recalled" if session.total else ""


def due_words(number: int) -> str:
    """How many cues are due, as a row or line that opens them; empty if none is."""
    return f"Your own cues: {number} due" if number else ""


def asked_blocks(cue: Cue) -> list[Block]:
    """What is asked, and where the passage is from."""
    about = "Your note on a passage. What did the passage say?" if cue.own else "How does the passage go on?"
    return [para(about, "muted"), Listing(tuple(sanitize(cue.asked).split("\n")), indent=0), para(cue.where, "muted")]


def passage_blocks(cue: Cue) -> list[Block]:
    """The passage, to compare with what one recalled."""
    return [para("The passage", "heading"), para(one_line(cue.passage), quote=True), para("Did you recall it?")]


def over(session: CueSession) -> str:
    """What is said at the end."""
    return f"Done: {pluralize(session.known, 'passage')} recalled." if session.total else NONE
