"""The plan on both front ends: a day set, reviews ahead, and the way back after a lost line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import take
from tests.support.pilot_driver import opened
from tests.support.studies import FakeClock, open_study, open_study_in
from tests.support.typist import typed


async def test_a_day_is_set_from_the_plan_and_the_weeks_appear(study: Study) -> None:
    until = (study.today() + timedelta(days=60)).isoformat()
    async with opened(study) as driver:
        driver.app.go(Location("plan"))
        await driver.settle()
        assert "no day set" in driver.title
        await driver.press("1")
        await driver.type(until)
        await driver.press("enter", "q")
        assert driver.name == "PlanPage"
        assert "Week by week" in driver.text
        assert study.settings.finish_by == until


async def test_a_review_ahead_is_found_again_after_a_lost_line(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    async with opened(study) as driver:
        driver.app.go(Location("plan"))
        await driver.settle()
        assert "What you will still know" in driver.text
        await driver.choose("ahead")
        assert driver.title.startswith("Review ahead / ")
        kept = study.last_place()
    assert kept is not None
    assert kept[0].ids[0] == "ahead"
    async with opened(study) as driver:
        driver.app.go(kept[0])
        await driver.settle()
        assert driver.title.startswith("Review ahead / ")


async def test_what_was_missed_is_asked_until_it_is_right_on_both_front_ends(tmp_path: Path, clock: FakeClock) -> None:
    full = open_study(tmp_path / "full" / "records", FakeClock())
    take(full, full.quiz("t1"), miss=("s-retry",))
    async with opened(full, (80, 40)) as driver:
        driver.app.go(Location("plan"))
        await driver.settle()
        await driver.choose("missed")
        assert driver.title.startswith("Review of what was missed / ")
        assert "0 of 1 right" in driver.title


def test_the_plan_is_told_in_words(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    directory, until = study.record.directory, (study.today() + timedelta(days=60)).isoformat()
    text = typed(study, "l", "1", until, "q", "q")
    shows(text, "Plan", "1. Set a day", "Day by which I want to be through", "Week by week", "this week")
    shows(text, "% now", "2. Review ahead:", "3. Review what you missed: 1 question")
    assert open_study_in(directory, FakeClock()).settings.finish_by == until


def test_a_review_of_what_was_missed_in_plain_mode(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"), miss=("s-retry",))
    clock.pass_(days=1)
    text = typed(study, "l", "3", "q", "q", "q")
    shows(text, "Review of what was missed / Step 1", "0 of 1 right")
