"""Highlighting in plain mode, with the same result as on the full screen."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.state.highlights import highlights
from dev2cto.study.state.notes import notes
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study, open_study_in
from tests.support.typist import typed


def test_sentences_are_listed_and_highlighted_by_number(study: Study) -> None:
    directory = study.record.directory
    text = typed(study, "1", "1", "c", "c 1-2", "c", "c 9", "q", "n", "1", "q", "q", "q")
    shows(text, "1. After a timeout", "2. In October", "3. POST /bookings", "c and a number highlights a sentence")
    shows(text, "Highlighted: \u201cAfter a timeout", "2. In October", "(highlighted)")
    shows(text, "Type c and the numbers of sentences, 1 to 3")
    shows(text, "0 notes, 1 highlight, 0 bookmarks", "1. Highlight: \u201cAfter a timeout", "Section 1 of 3")
    found = highlights(open_study_in(directory, FakeClock()))
    assert [each.section for each in found] == ["s-contracts#twice"]


def test_a_note_is_added_to_a_highlight(study: Study) -> None:
    directory = study.record.directory
    typed(study, "1", "1", "c 2 e", "True here, too.", ".", "q", "q")
    again = open_study_in(directory, FakeClock())
    assert notes(again)[0].anchor == f"highlight:{highlights(again)[0].id}"


async def test_both_front_ends_keep_the_same(tmp_path: Path) -> None:
    full = open_study(tmp_path / "full" / "records", FakeClock())
    async with opened(full) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("c", "space", "m")
        one = highlights(full)
    plain = open_study(tmp_path / "plain" / "records", FakeClock())
    directory = plain.record.directory
    typed(plain, "1", "1", "c 1-2", "q", "q")
    other = highlights(open_study_in(directory, FakeClock()))
    assert [each.quotation for each in one] == [each.quotation for each in other]
    assert len(one) == 1
