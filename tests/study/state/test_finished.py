"""A draft that a killed session left is over once another session finished what it was for, in both front ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.items.base import Draw
from dev2cto.presenters.home_text import drafts
from dev2cto.study.queries.home import next_step
from dev2cto.study.state.location import Location
from dev2cto.study.state.reports import report_location
from dev2cto.study.study import Study
from tests.support.fake_learner import asked_in_quiz
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, course_that_asks, open_study
from tests.support.typist import typed

HALF, REPORT = "Half a thought", report_location("s-retry", None, Draw(), judged=False)


@pytest.fixture
def later(tmp_path: Path, clock: FakeClock) -> Callable[[str, Location], Study]:
    """Opens a study whose learner wrote half a thought under that name, at that place, in a session that was killed."""

    def opened_later(owner: str, place: Location) -> Study:
        course = course_that_asks("s-adr", tmp_path)
        killed = open_study(tmp_path / "records", clock, course=course, device="tablet")
        killed.keep(place)
        killed.keep_draft(owner, HALF, len(HALF))
        killed.record.save_and_close()
        clock.pass_(seconds=5)
        return open_study(tmp_path / "records", clock, course=course)

    return opened_later


def listed(study: Study) -> list[str]:
    """The drafts at home."""
    return [draft.title for draft in drafts(study)]


async def test_an_explanation_in_a_quiz(later: Callable[[str, Location], Study], clock: FakeClock) -> None:
    study = later("s-adr", Location("home"))
    session, _ = asked_in_quiz(study, "s-adr")
    assert listed(study) == ["an answer in the quiz of Step 1"]
    async with opened(study) as driver:
        driver.app.go(Location("quiz", ("t1", session.id)))
        await driver.settle()
        assert HALF in driver.text
        clock.pass_(seconds=5)
        await driver.press("tab", "enter")
        assert driver.title.startswith("Compare with your own answer.")
    assert listed(study) == []
    assert study.draft("s-adr") == ""
    study.record.close()


def test_an_explanation_in_a_quiz_by_lines(later: Callable[[str, Location], Study], clock: FakeClock) -> None:
    study = later("s-adr", Location("home"))
    asked_in_quiz(study, "s-adr")
    clock.pass_(seconds=5)
    text = typed(study, "1", "3", "1", "w", ".", "", "q", "q", "q")
    assert "Your text so far has 1 line;" in text
    assert "Draft:" in text.split("Your answer")[0]
    assert "Draft:" not in text.split("Your answer")[1]


def test_an_explanation_asked_in_a_reading(later: Callable[[str, Location], Study], clock: FakeClock) -> None:
    study = later("s-adr", Location("home"))
    assert listed(study) == ["an answer in Once is enough / Time that adds up"]
    clock.pass_(seconds=5)
    typed(study, "1", "1", "o", "3", "w", ".", "", "q", "q", "q")
    study = open_study(Path(study.record.directory).parent, clock, course=study.curriculum.root)
    assert [doc["context"] for doc in study.record.table("answers").all()] == ["check"]
    assert listed(study) == []
    study.record.close()


async def test_a_report(later: Callable[[str, Location], Study], clock: FakeClock) -> None:
    study = later("report:s-retry", REPORT)
    async with opened(study) as driver:
        assert "Report of" in driver.text
        await driver.press("enter")
        assert HALF in driver.text
        clock.pass_(seconds=5)
        await driver.press("tab", "1")
        assert len(study.record.table("reports")) == 1
    found = next_step(study)
    assert found is None or "Report" not in found.title
    assert study.draft("report:s-retry") == ""
    study.record.close()


def test_a_report_by_lines(later: Callable[[str, Location], Study], clock: FakeClock) -> None:
    study = later("report:s-retry", REPORT)
    clock.pass_(seconds=5)
    text = typed(study, "", ".", "q")
    assert "Report of" in text.split("Saved as")[0]
    assert "Report of" not in text.split("Saved as")[1]


def test_what_was_written_after_the_report_was_saved_is_begun(study: Study, clock: FakeClock) -> None:
    study.record.table("reports").insert({"item": "s-retry", "fingerprint": "", "text": "One", "at": study.now()})
    clock.pass_(seconds=5)
    study.keep_draft("report:s-retry", "Two", 3)
    study.keep(REPORT)
    found = next_step(study)
    assert found is not None
    assert found.title.startswith("Report of")
