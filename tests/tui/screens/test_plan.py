"""The plan on both front ends: a day set, reviews ahead, and the way back after a lost line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from dev2cto.items.base import Draw
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import asked_in_quiz, given, take
from tests.support.pilot_driver import opened
from tests.support.responses import lines
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


def test_a_review_goes_on_with_what_is_left_of_it(study: Study, clock: FakeClock) -> None:
    """Also with what was missed a moment ago, which is not due; another day has reviews of its own."""
    take(study, study.quiz("t1"))
    clock.pass_(days=60)
    session = study.review()
    missed = session.question()
    assert missed is not None
    session.answer(missed, given(study, missed, well=False))
    right = session.question()
    assert right is not None
    session.answer(right, given(study, right))
    place = session.located(Location("review"))
    again = study.review()
    again.go_on(place)
    assert (again.done, again.total) == (session.done, session.total)
    assert [*again._queue] == [*session._queue]
    assert again._queue[-1] == missed.item
    clock.pass_(days=1)
    tomorrow = study.review()
    tomorrow.go_on(place)
    assert tomorrow.done == 0


def test_after_a_review_one_continues_where_one_studied(study: Study, clock: FakeClock) -> None:
    attempt, question = asked_in_quiz(study, "s-retry")
    attempt.answer(question, given(study, question))
    clock.pass_(days=1)

    def asked() -> Iterator[str]:
        found = study.last_place()
        assert found is not None
        item, draw = study.curriculum.item("s-retry"), Draw.read(found[0].extra["draw"])
        yield from (*lines(item.form(draw), item.key(draw)), "3", "")

    text = typed(study, "2", "1", "q", "q", "l", "2", asked(), "q", "q", "q")
    shows(text, "Review ahead", "Done: 1 right.")
    assert text.rpartition("Continue: ")[2].startswith("Step 2 / Half of them wait longer")


async def test_the_command_that_begins_with_what_is_typed_is_the_first(study: Study) -> None:
    """In a reading, whose plan can be promised, too."""
    async with opened(study) as driver:
        await driver.to("ReadingPage", "1", "reading:s-contracts")
        await driver.press("colon", *"plan", "enter")
        assert driver.name == "PlanPage"
