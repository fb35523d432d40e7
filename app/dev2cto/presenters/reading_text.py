"""What both front ends show around the text of a reading."""

from __future__ import annotations

from dev2cto.course.model import Reading
from dev2cto.learning.next_part import NextPart, part_after
from dev2cto.markdown.parser import Block, Span, Spans, para
from dev2cto.presenters.bars import bar
from dev2cto.presenters.feedback import RenderMarkdown
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.reading import ReadingSession
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize, sanitize

BAR = 8
"""Cells of the bar in the title line."""
MOST_LINES = 6
"""Lines of a note that are shown beside the text."""


def reading_title(session: ReadingSession) -> str:
    """The step and the reading."""
    study, reading = session.study, session.reading
    module = study.course.module_of(reading.id)
    return f"{module.name if module else ''} / {reading.title}"


def how_far(session: ReadingSession, section: str, *, marked: bool) -> Spans:
    """The right of the title line: which section, a bar of what is read, the minutes left; a bookmark has a star."""
    ids = [each.id for each in session.reading.sections]
    return (
        Span("* " if marked else "", "warm"),
        Span(f"{ids.index(section) + 1} of {len(ids)} ", "muted"),
        *bar(len(session.read), len(ids), BAR),
        Span(f"  {time_left(session)}", "muted"),
    )


def time_left(session: ReadingSession) -> str:
    """The minutes that are left, or that all sections are read."""
    unread = len(session.read) < len(session.reading.sections)
    return f"{session.minutes_left} min left" if unread else "read"


def outline_title(reading: Reading) -> str:
    """The title over the list of sections."""
    return f"Outline of {reading.title}"


def monday_blocks(reading: Reading, prose: RenderMarkdown) -> list[Block]:
    """How to use at work what was read; nothing if the reading does not say."""
    return [para("On Monday", "heading"), *prose(reading.monday.text)] if reading.monday else []


def beside_blocks(reading: Reading, note: str) -> list[Block]:
    """What is below the outline on wide terminals: the learner's note on the section, and the reading's terms."""
    blocks: list[Block] = [para("Your note", "heading"), *_own_lines(note)] if note else []
    if reading.terms:
        blocks += [para("Terms", "heading"), para(", ".join(reading.terms), "muted", tight=True)]
    return blocks


def _own_lines(text: str) -> list[Block]:
    """The first lines of a text of the learner's."""
    lines = [line for line in sanitize(text).split("\n") if line.strip()]
    more = [para("...", "muted", tight=True)] if len(lines) > MOST_LINES else []
    return [*(para(line, tight=True) for line in lines[:MOST_LINES]), *more]


def promise_words(session: ReadingSession, key: str) -> list[Block]:
    """What `key` does with the reading's plan, or what was promised; nothing if the reading has none."""
    if session.reading.monday is None:
        return []
    made = session.promised
    words = f"You promised: {made[1]} {key} looks back on it." if made else f"{key} makes this plan your promise."
    return [para(words, "muted")]


def promise_location(session: ReadingSession) -> Location:
    """Where to make a promise from the reading's plan, or to look back on the one that is open."""
    made = session.promised
    return Location("outcome", (made[0],)) if made else Location("promise", (session.reading.id,))


def source_blocks(session: ReadingSession, prose: RenderMarkdown) -> tuple[Block, ...]:
    """The sources that the reading cites."""
    from dev2cto.course.citations import reference

    known = session.study.curriculum.sources
    listed = "\n".join(f"- {reference(known[id])}" for id in session.reading.sources if id in known)
    return prose(listed or "This reading cites no sources.")


def bookmark_notice(marked: bool, notebook: str) -> str:
    """What setting or removing a bookmark did; `notebook` is the key that lists it."""
    return f"Bookmarked. {notebook} opens the notebook." if marked else "Bookmark removed."


CHECK_SKIPPED = "Skipped; the question stays open."


def answered_before(feedback: Feedback) -> str:
    """That the section's question was answered, and how."""
    return f"You answered this section's question: {feedback.verdict if feedback.scored else 'in your own words'}."


def read_notice(session: ReadingSession) -> str:
    """The message after marking the whole reading as read, or taking that back."""
    read, count = len(session.read), len(session.reading.sections)
    if read == count:
        return "The reading is marked as read."
    return f"The reading is marked as unread; {read} of {count} sections are read." if read else "Marked as unread."


def end_of_reading(session: ReadingSession) -> str:
    """That the reading ends, and how many of its questions have no answer."""
    count = session.open_checks
    if not count:
        return "End of this reading."
    return f"End of this reading; {pluralize(count, 'question')} without an answer."


def not_found(words: str) -> str:
    """That the reading does not contain the words."""
    return f"No match for {words!r} in this reading."


def following(session: ReadingSession) -> NextPart | None:
    """What comes after the reading in its step; None if nothing does."""
    study = session.study
    module = study.course.module_of(session.reading.id)
    return part_after(module, study.progress.completed_work(), session.reading.id) if module else None
