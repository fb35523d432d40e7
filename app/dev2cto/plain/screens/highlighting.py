"""Highlighting passages of a section by the numbers of their sentences."""

from __future__ import annotations

import re

from dev2cto.course.model import Reading
from dev2cto.errors import NotSaved
from dev2cto.plain.prompt import PromptCommand
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import highlight_text
from dev2cto.study.queries.passages import locate, text_of
from dev2cto.study.state.highlights import add_highlight, highlight_of, highlights, removing
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import HIGHLIGHT
from dev2cto.text import one_line, sanitize

CHOOSE = PromptCommand("c", "choose", "highlights sentences: c lists them, c 2-4 e adds a note", "NUMBERS", shown=False)
NUMBERS = re.compile(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?(\s+e)?")


def highlight(ui: PlainUI, reading: Reading, section: str, words: str) -> bool:
    """Do what was typed after the command: list the sentences, or highlight some; whether a note was written."""
    text = text_of(ui.study, reading, section)
    sentences = text.sentences()
    if not sentences:
        ui.say(highlight_text.NOTHING)
        return False
    found = NUMBERS.fullmatch(words.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if words.strip() and not 1 <= first <= last <= len(sentences):
        ui.say(f"Type c and the numbers of sentences, 1 to {len(sentences)}: c 2, or c 2-4, or c 2 e to add a note.")
        return False
    if found is None:
        spots = [locate(ui.study, reading, each) for each in highlights(ui.study, reading.id)]
        for number, (begin, end) in enumerate(sentences, 1):
            here = any(spot and spot.section == section and spot.first <= begin < spot.last for spot in spots)
            words = one_line(sanitize(text.text[begin:end]))
            ui.numbered_line(number, f"{words} {highlight_text.HERE}" if here else words)
        ui.say("c and a number highlights a sentence, c 2-4 several; e after it adds a note.")
        return False
    known = {each.id for each in highlights(ui.study, reading.id)}
    begin, end = sentences[first - 1][0], sentences[last - 1][1]
    try:
        added = add_highlight(ui.study, reading.id, section, text.text, begin, end)
    except NotSaved as error:
        ui.show_error(error)
        return False
    notice = highlight_text.added_notice(added, "n")
    if found[3]:
        ui.go(Location("note", (f"{HIGHLIGHT}{added.id}",)))
    elif added.id in known:
        ui.say(notice)
    else:
        ui.offer_undo(notice, removing(ui.study, added))
    return bool(found[3])


def block_of(ui: PlainUI, reading: Reading, id: str) -> tuple[str, int] | None:
    """The section and the number of the block, below the heading, in which the passage of that id begins."""
    found = highlight_of(ui.study, id) if id else None
    spot = locate(ui.study, reading, found) if found is not None else None
    if spot is None:
        return None
    return spot.section, text_of(ui.study, reading, spot.section).place(spot.first)[0] + 1
