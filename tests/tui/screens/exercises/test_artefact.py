"""An artefact: written in the app or in an editor, submitted, judged against its rubric."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.export.packet_files import take_back
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, on_disk, write
from tests.support.pilot_driver import Driver, opened
from tests.tui.conftest import Disk

NOTE = "exercise:t-x-note"


async def to_editor(driver: Driver) -> None:
    """From home into the text."""
    await driver.to("ArtefactPage", "2", NOTE)
    await driver.press("1")
    assert driver.name == "WritingPage"


async def test_writing_begins_with_the_template(study: Study) -> None:
    async with opened(study) as driver:
        await to_editor(driver)
        assert "# Note 1" in driver.text
        assert "## Context" in driver.text


async def test_a_packet_is_written_and_what_comes_back_is_shown_beside_the_own_ratings(study: Study) -> None:
    write(study)
    async with opened(study, (80, 40)) as driver:
        await driver.to("ArtefactPage", "2", NOTE)
        await driver.choose("packet")
        assert "t-x-note-version-1.md" in driver.notice
        assert "dev2cto packet --back FILE" in driver.notice
        packet = study.workspace / "packets" / "t-x-note-version-1.md"
        answer = packet.read_text().replace("\nReader:", "\nReader: Anna").replace("Rating 1 (0 to 3):", "Rating 1: 1")
        packet.write_text(answer)
        assert take_back(study, packet).new
        await driver.press("q")
        await driver.choose(NOTE)
        await driver.press("l")
        assert driver.title.startswith("What readers wrote")
        assert "you 2, Anna 1: 1 point lower" in driver.text


async def test_the_form_is_looked_at_before_submitting(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await to_editor(driver)
        await driver.press("tab", "2")
        assert "no date" in driver.text
        assert driver.name == "WritingPage"


async def test_a_submitted_text_is_judged_next_and_shown_what_its_form_lacks(study: Study) -> None:
    async with opened(study, (80, 40)) as driver:
        await to_editor(driver)
        await driver.press("tab", "1")
        assert driver.name == "ArtefactPage"
        assert "1 version" in driver.title
        assert "1 versions" not in driver.title
        assert driver.row == "rate"
        assert "Submitted." in driver.notice
        assert "Required parts are missing" in driver.notice
        assert len(on_disk(study.record.directory, "submissions")) == 1


async def test_a_complete_text_rated_two_and_more_is_done(study: Study) -> None:
    study.keep_draft("t-x-note", GOOD_NOTE, 0)
    async with opened(study, (80, 40)) as driver:
        await to_editor(driver)
        await driver.press("tab", "1")
        assert "lacks" not in driver.notice
        await driver.press("enter")
        assert "criterion 1 of 4" in driver.title
        await driver.press("2", "3", "2", "2")
        assert "9 of 12 points." in driver.text
        await driver.press("q")
        assert "done" in driver.title
        await driver.press("q")
        assert "● A decision note" in driver.text


async def test_the_rubric_is_beside_the_text_and_the_example(study: Study) -> None:
    write(study, text=GOOD_NOTE, rating=1)
    async with opened(study, (80, 40)) as driver:
        await driver.to("ArtefactPage", "2", NOTE)
        await driver.choose("rate")
        await driver.press("t")
        assert "Owner: Lena Vos" in driver.text
        await driver.press("q", "v")
        assert "A strong example" in driver.title
        await driver.press("q")
        assert driver.name == "RubricPage"
        assert "Below 2:" in driver.text


async def test_versions_are_kept_and_compared(study: Study) -> None:
    write(study, text=GOOD_NOTE)
    write(study, text=GOOD_NOTE.replace("A queue", "A second queue"))
    async with opened(study, (80, 40)) as driver:
        await driver.to("ArtefactPage", "2", NOTE)
        await driver.choose("versions")
        await driver.press("1")
        assert "What changed" in driver.text
        assert "+A second queue" in driver.text


async def test_own_text_and_versions_break_between_words(study: Study) -> None:
    """At 80 columns a paragraph typed without line breaks is as legible as the course's own."""
    long = "Clinicians misremember appointments whenever reminders arrive inconveniently late on Mondays. " * 3
    write(study, text=GOOD_NOTE)
    write(study, text=GOOD_NOTE.replace("A queue", long.strip()), rating=1)
    async with opened(study, (80, 40)) as driver:
        await driver.to("ArtefactPage", "2", NOTE)
        await driver.choose("rate")
        await driver.press("t")
        assert long.strip() in driver.flat
        await driver.press("q", "q")
        await driver.choose("versions")
        await driver.press("1")
        assert f"+- {long.strip()}" in driver.flat.replace(" ▎ ", " ")


async def test_where_no_editor_can_be_opened_the_text_stays(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its copy does not stay in the folder of temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with opened(study) as driver:
        await to_editor(driver)
        await driver.press("tab", "3")
        assert "An editor cannot be opened from here." in driver.notice
        assert "# Note 1" in driver.text
        assert not list(tmp_path.glob("dev2cto-*"))


async def test_a_draft_that_was_left_is_there_again(study: Study) -> None:
    async with opened(study) as driver:
        await to_editor(driver)
        await driver.type("Dear all")
        await driver.press("escape", "q", "q", "q")
    async with opened(study) as driver:
        await to_editor(driver)
        assert "Dear all# Note 1" in driver.text


async def test_the_portfolio_lists_it(study: Study) -> None:
    write(study)
    async with opened(study) as driver:
        await driver.press("colon")
        await driver.type("portfolio")
        await driver.press("enter")
        assert "1 of 4" in driver.title
        assert "● A decision note" in driver.text
        await driver.press("1")
        assert driver.name in ("ArtefactPage", "SurveyPage")


async def test_a_full_disk_leaves_the_text_on_screen(study: Study, disk: Disk) -> None:
    async with opened(study) as driver:
        await to_editor(driver)
        disk.full = True
        await driver.type("Dear all")
        await driver.press("tab", "1")
        assert driver.name == "WritingPage"
        assert "Dear all" in driver.text
        assert "No space left on device" in driver.notice
        disk.full = False
        await driver.press("enter")
        assert driver.name == "ArtefactPage"
        (kept,) = on_disk(study.record.directory, "submissions").values()
        assert str(kept["text"]).startswith("Dear all")


async def test_a_small_terminal_has_room_for_it(study: Study) -> None:
    async with opened(study, (60, 20)) as driver:
        await to_editor(driver)
        await driver.press("tab")
        assert driver.keys.endswith("? help   q back")
        assert "4  Leave; the draft is kept" in driver.text
