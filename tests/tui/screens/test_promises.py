"""Promises on the full screen: made from a reading, looked back on from home, listed in the notebook."""

from __future__ import annotations

import pytest

from dev2cto.study.state.promises import Plan, make_promise, plan_begun, promises, proposed
from dev2cto.study.study import Study
from tests.support.fake_learner import take
from tests.support.pilot_driver import Driver, opened
from tests.support.studies import FakeClock
from tests.tui.conftest import Disk
from tests.tui.screens.test_quiz import give

PLAN = "After the next timeout in production, I will look for a token in both copies of the call."
EMPTY = "ctrl+u"


async def to_reading(driver: Driver) -> None:
    await driver.to("ReadingPage", "1", "reading:s-contracts")


async def to_promise(driver: Driver) -> None:
    await to_reading(driver)
    await driver.press("z")
    assert driver.name == "PromisePage"


@pytest.fixture
def due(study: Study, clock: FakeClock) -> Study:
    """A study with a promise that is due."""
    make_promise(study, "s-contracts", proposed(study, "s-contracts"))
    clock.pass_(days=7)
    return study


async def test_one_key_and_enter_make_the_plan_a_promise(study: Study) -> None:
    async with opened(study) as driver:
        await to_reading(driver)
        await driver.press("end")
        assert "z makes this plan your promise." in driver.flat
        await driver.press("z", "enter")
        assert driver.name == "ReadingPage"
        assert driver.notice == "Promised. You will be asked on Monday 30 November, in 7 days. u undoes it."
        assert [promise.words for promise in promises(study)] == [PLAN]
        assert f"You promised: {PLAN} z looks back on it." in driver.flat
        await driver.press("u")
        assert not promises(study)
        assert "z makes this plan your promise." in driver.flat


async def test_every_field_can_be_changed(study: Study) -> None:
    async with opened(study) as driver:
        await to_promise(driver)
        await driver.press("tab", EMPTY)
        await driver.type("the next deploy")
        await driver.press("enter", EMPTY)
        await driver.type("read the graph")
        await driver.press("tab", EMPTY)
        await driver.type("in 3 days")
        assert "You will be asked on Thursday 26 November, in 3 days." in driver.flat
        await driver.press("enter", "1")
        assert driver.name == "ReadingPage"
        (made,) = promises(study)
        assert (made.words, f"{made.life.day}") == ("After the next deploy, I will read the graph.", "2026-11-26")


async def test_what_was_typed_is_there_again_with_its_cursor(study: Study) -> None:
    for field in range(3):
        async with opened(study, resume=field > 0) as driver:
            if not field:
                await to_promise(driver)
            await driver.press("tab", "home")
            await driver.type("x")
        async with opened(study, resume=True) as driver:
            assert driver.name == "PromisePage"
            assert "This is your draft, not promised yet." in driver.text
            await driver.type("y")
            begun = plan_begun(study, "s-contracts")
            assert begun is not None
            assert Plan.read(begun.text)[field].startswith("xy")
            await driver.press("shift+tab", "tab")


async def test_what_is_missing_is_said_and_nothing_is_lost(study: Study) -> None:
    async with opened(study) as driver:
        await to_promise(driver)
        await driver.press("tab", EMPTY, "tab", "tab", "tab", "enter")
        assert driver.name == "PromisePage"
        assert driver.notice.startswith("A promise needs both")
        await driver.type("the next call")
        await driver.press("tab", "tab", EMPTY)
        await driver.type("soon")
        await driver.press("tab", "enter")
        assert "'soon' is no day to ask you on." in driver.notice
        assert "in two weeks" in driver.flat
        assert not promises(study)


async def test_a_reading_without_a_plan_has_no_such_key(study: Study) -> None:
    async with opened(study) as driver:
        await driver.to("ReadingPage", "2", "reading:t-measuring")
        before = driver.text
        await driver.press("z")
        assert (driver.name, driver.text) == ("ReadingPage", before)
        await driver.press("question_mark")
        assert "promise" not in driver.text


async def test_home_brings_it_up_and_takes_the_answer(due: Study) -> None:
    async with opened(due) as driver:
        assert "Promised After the next timeout in production, I will look for a token" in driver.flat
        await driver.press("z")
        assert driver.name == "OutcomePage"
        assert "Look at: whether the second copy got the first result." in driver.flat
        assert "Made 7 days ago; due today." in driver.flat
        await driver.type("Both had one.")
        await driver.press("enter", "enter")
        assert driver.name == "HomePage"
        assert driver.notice == "Kept. Reviews look back on what happened. u undoes it."
        assert "Promised" not in driver.text
        (made,) = promises(due)
        assert (made.life.state, made.notes) == ("kept", ("Both had one.",))
        await driver.press("u")
        assert "Promised After" in driver.flat
        await driver.press("z")
        assert "Both had one." in driver.text


async def test_it_is_put_off_once(due: Study, clock: FakeClock) -> None:
    async with opened(due) as driver:
        await driver.choose(f"promise:{promises(due)[0].id}")
        await driver.press("tab", "2")
        assert driver.notice.startswith("You will be asked once more, in a week.")
        assert "Promised" not in driver.text
    clock.pass_(days=7)
    async with opened(due) as driver:
        await driver.press("z", "tab")
        assert "Not yet" not in driver.text
        await driver.press("2")
        assert driver.notice.startswith("Let go. Not every plan fits.")
        await driver.press("n", "enter")
        await driver.type("Later.")
        await driver.press("tab", "enter")
        assert promises(due)[0].life.state == "kept"
        await driver.press("enter")
        assert "What happened" not in driver.text


async def test_what_happened_is_kept_while_it_is_typed(due: Study) -> None:
    async with opened(due) as driver:
        await driver.press("z")
        await driver.type("Nobody log")
        await driver.press("left")
    async with opened(due, resume=True) as driver:
        assert driver.name == "OutcomePage"
        assert "Nobody log" in driver.text
        await driver.press("tab", "q")
        assert "What became of a promise from Once is enough begun" in driver.flat


async def test_a_full_disk_leaves_it_on_screen(due: Study, disk: Disk) -> None:
    async with opened(due) as driver:
        await driver.press("z")
        await driver.type("Worth keeping")
        disk.full = True
        await driver.press("enter", "enter")
        assert driver.name == "OutcomePage"
        assert "No space left on device" in driver.notice
        disk.full = False
        await driver.press("enter")
        assert promises(due)[0].notes == ("Worth keeping",)


async def test_the_notebook_lists_and_deletes_it(due: Study) -> None:
    async with opened(due) as driver:
        await driver.press("n")
        assert "0 notes, 1 promise, 0 bookmarks" in driver.title
        assert f"{PLAN} Once is enough, due today" in driver.flat.replace(" ▌", "")
        await driver.press("d")
        assert driver.notice == "Promise deleted. u undoes it."
        await driver.press("u", "q")
        assert "Promised After" in driver.flat


async def test_search_finds_it_and_leads_to_it(due: Study) -> None:
    async with opened(due) as driver:
        await driver.press("slash", *"copies", "enter")
        assert "Your promise: Once is enough" in driver.text
        hits = driver.page.hits  # type: ignore[attr-defined]  # it is the search
        await driver.choose(next(row for row, hit in hits.items() if hit.what == "promise"))
        assert driver.name == "OutcomePage"


async def test_one_deleted_elsewhere_is_no_error_but_a_message(due: Study) -> None:
    async with opened(due) as driver:
        id = promises(due)[0].id
        due.record.table("promises").remove(doc_ids=[id])
        await driver.press("z")
        assert driver.name == "HomePage"
        assert driver.notice.startswith("This promise is no longer there.")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_it_fits(due: Study, size: tuple[int, int]) -> None:
    async with opened(due, size) as driver:
        await driver.press("z")
        assert "Leave; the draft is kept" in driver.text
        await driver.press("tab", "q")
        await driver.press("1", "enter", "z")
        assert driver.name == "OutcomePage"


async def test_a_review_looks_back_on_what_happened(due: Study, clock: FakeClock) -> None:
    async with opened(due) as driver:
        await driver.press("z")
        await driver.type("Both had one.")
        await driver.press("enter", "enter")
    take(due, due.quiz("t2"))
    clock.pass_(days=40)
    due.set("daily_reviews", "1")
    async with opened(due, (80, 60)) as driver:
        await driver.press("r")
        assert "Looking back" not in driver.text
        await give(driver, due, well=True)
        assert f"Looking back You promised: {PLAN} What happened: Both had one. Kept 5 weeks ago." in driver.flat
        await driver.press("enter")
        assert "Looking back" not in driver.text
    async with opened(due, (80, 60)) as driver:
        await driver.press("r")
        assert "Looking back" in driver.text
