"""Continue leads to what one studied, not to what one only looked at."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.queries.home import next_step
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import notes, write_note
from dev2cto.study.study import Study
from dev2cto.tui.widgets.reading_view import ReadingView
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import FakeClock, open_study

STUDIED = Location("reading", ("s-contracts",))


async def to_home(driver: Driver) -> None:
    """Back until home, also out of fields."""
    while driver.name != "HomePage":
        await driver.press("escape")


def onward(study: Study) -> tuple[str, tuple[str, ...]]:
    """Where Continue leads."""
    found = next_step(study)
    assert found is not None
    return found.location.screen, found.location.ids[:1]


async def test_a_search_that_was_left_is_not_continued(study: Study) -> None:
    study.keep(STUDIED)
    async with opened(study) as driver:
        await driver.press("slash", *"percentile", "enter")
        await to_home(driver)
        assert onward(study) == ("reading", ("s-contracts",))
        assert "Search" not in driver.text.split("readings")[0]


async def test_a_search_without_results_is_not_continued_even_after_a_lost_line(study: Study, tmp_path: Path) -> None:
    study.keep(STUDIED)
    async with opened(study) as driver:
        await driver.press("slash", *"xylophone", "enter")
        assert driver.name == "SearchPage"
    study.record.save_and_close()
    again = open_study(tmp_path / "records", FakeClock())
    assert onward(again) == ("reading", ("s-contracts",))
    again.record.close()


async def test_a_look_at_a_step_or_a_reading_is_not_continued(study: Study) -> None:
    study.keep(STUDIED)
    async with opened(study, (80, 24)) as driver:
        await driver.to("ArtefactPage", "2", "exercise:t-x-note")
        await driver.press("q", "q")
        assert driver.name == "HomePage"
        assert onward(study) == ("reading", ("s-contracts",))
        await driver.press("2", "q")
        assert onward(study) == ("reading", ("s-contracts",))
        await driver.to("ReadingPage", "1", "reading:s-reading-short")
        await driver.press("q", "q")
        assert onward(study) == ("reading", ("s-contracts",))


async def test_a_look_at_the_first_screen_of_a_reading_is_not_continued(study: Study, clock: FakeClock) -> None:
    """Its sections count as read after a second."""
    study.keep(Location("reading", ("t-measuring",)))
    async with opened(study, (80, 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        clock.pass_(seconds=5)
        driver.page.query_one(ReadingView).settle()
        await driver.settle()
        assert study.progress.completed_work().sections
        await to_home(driver)
        assert onward(study) == ("reading", ("t-measuring",))


async def test_a_reading_whose_page_was_turned_is_continued(study: Study) -> None:
    study.keep(Location("reading", ("t-measuring",)))
    async with opened(study, (80, 24)) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("space")
        await to_home(driver)
        assert onward(study) == ("reading", ("s-contracts",))


async def test_what_was_studied_meanwhile_is_continued(study: Study) -> None:
    study.keep(STUDIED)
    async with opened(study, (80, 24)) as driver:
        await driver.to("QuizStartPage", "2", "quiz:t2")
        await driver.press("1")
        await to_home(driver)
        assert onward(study) == ("quiz", ("t2",))


async def test_a_look_is_continued_where_the_line_was_lost(study: Study, tmp_path: Path) -> None:
    study.keep(STUDIED)
    async with opened(study, (80, 24)) as driver:
        await driver.to("ReadingPage", "2", "reading:t-measuring")
    study.record.save_and_close()
    again = open_study(tmp_path / "records", FakeClock())
    assert onward(again) == ("reading", ("t-measuring",))
    again.record.close()


async def test_a_note_saved_after_a_killed_session_is_no_longer_begun(tmp_path: Path, clock: FakeClock) -> None:
    killed = open_study(tmp_path / "records", clock, device="tablet")
    killed.keep(Location("note", ("s-contracts#twice", ""), extra={"under": STUDIED.document(killed.now())}))
    killed.keep_draft("note:s-contracts#twice", "Half a thought", 14)
    killed.record.save_and_close()
    clock.pass_(seconds=5)
    study = open_study(tmp_path / "records", clock)
    async with opened(study) as driver:
        assert "Note on" in driver.text
        await driver.press("enter")
        assert "Half a thought" in driver.text
        clock.pass_(seconds=5)
        await driver.press("tab", "1")
        assert [note.text for note in notes(study)] == ["Half a thought"]
        await to_home(driver)
        assert "note on" not in driver.text.lower()
        assert onward(study) == ("reading", ("s-contracts",))
    study.record.close()


def test_a_draft_written_after_the_note_was_saved_is_begun(study: Study, clock: FakeClock) -> None:
    id = write_note(study, "s-contracts#twice", "Saved")
    clock.pass_(seconds=5)
    study.keep_draft(f"note:{id}", "Saved, and more", 3)
    study.keep(Location("note", ("s-contracts#twice", id)))
    found = next_step(study)
    assert found is not None
    assert found.title.startswith("Note on")
