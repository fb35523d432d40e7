"""Answers in one's own words on the full screen: the time, the comparison, the ticks, and nothing of it lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui.answers.time_left import TimeLeft
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.side_pane import SidePane
from dev2cto.tui.widgets.ticks import Ticks
from tests.support.fake_learner import asked_in_quiz
from tests.support.pilot_driver import Driver, lines_of, opened
from tests.support.studies import FakeClock, course_that_asks, open_study
from tests.tui.conftest import Disk

SAID = "We lose 9 clinics a year.\nWhich of them do you know?"
SIZES = [(80, 24), (99, 30), (60, 20)]


async def asked(driver: Driver, item: str = "s-board") -> None:
    """That question in a quiz."""
    session, _ = asked_in_quiz(driver.app.study, item)
    driver.app.go(Location("quiz", ("t1", session.id)))
    await driver.settle()


async def submitted(driver: Driver, item: str = "s-board", text: str = SAID) -> None:
    """A text given as the answer to it."""
    await asked(driver, item)
    await driver.type(text)
    await driver.press("tab", "enter")


def ticks(driver: Driver) -> list[bool]:
    """Which points are ticked."""
    return [tick.met for tick in driver.page.query_one(Ticks).ticking.ticks]


def figure(driver: Driver) -> str:
    """What the line of the time shows."""
    return lines_of(driver.page.query_one(TimeLeft)).strip()


def pass_(driver: Driver, clock: FakeClock, seconds: float) -> None:
    """Let time pass, and the widget's timer come."""
    clock.pass_(seconds=seconds)
    driver.page.query_one(TimeLeft).pass_()


# -- who speaks, and the time


async def test_who_speaks_and_the_line_stand_over_the_field(study: Study) -> None:
    async with opened(study) as driver:
        await asked(driver)
        assert "Elena Rossi, investor and board member, impatient: " in driver.flat
        assert '"Churn is two per cent. So what?"' in driver.text
        assert figure(driver) == "Time left: 90 s"
        assert isinstance(driver.page.focused, TextEditor)


async def test_the_figure_goes_down_by_ten_and_says_when_the_time_is_over(study: Study, clock: FakeClock) -> None:
    async with opened(study) as driver:
        await asked(driver)
        seen = [figure(driver)]
        for _ in range(10):
            pass_(driver, clock, 10)
            await driver.settle()
            seen.append(figure(driver))
        assert seen[:3] == ["Time left: 90 s", "Time left: 80 s", "Time left: 70 s"]
        assert seen[8:] == ["Time left: 10 s", *["Time is up; you can keep writing."] * 2]
        await driver.type(SAID)
        await driver.press("tab", "enter")
        assert "You took 100 s; the limit was 90 s." in driver.flat
        (kept,) = study.record.table("answers").all()
        assert (kept["ms"], kept["seconds"], kept["response"]) == (100_000, 90, SAID)


async def test_between_two_figures_nothing_is_drawn(study: Study, clock: FakeClock) -> None:
    async with opened(study) as driver:
        await asked(driver)
        clock.pass_(seconds=7)
        await driver.type("We")
        assert figure(driver) == "Time left: 90 s"
        time = driver.page.query_one(TimeLeft)
        assert len(time._timers) == 1, "one timer waits for the next full ten"


async def test_the_time_waits_for_the_field_of_a_check_in_a_reading(reading: Study, clock: FakeClock) -> None:
    async with opened(reading) as driver:
        driver.app.go(Location("reading", ("s-contracts", "limits")))
        await driver.settle()
        time = driver.page.query_one(TimeLeft)
        clock.pass_(seconds=60)
        assert time.used == 0
        await driver.press("enter")
        clock.pass_(seconds=4)
        assert time.used == 4000


async def test_the_time_spent_goes_on_where_the_text_does(study: Study, clock: FakeClock) -> None:
    async with opened(study) as driver:
        await asked(driver)
        clock.pass_(seconds=31)
        await driver.type("We lose")
        await driver.press("tab", "q")
    clock.pass_(hours=5)
    async with opened(study) as driver:
        await asked(driver)
        assert driver.page.query_one(TextEditor).text == "We lose"
        assert figure(driver) == "Time left: 60 s"
        clock.pass_(seconds=2)
        await driver.press("tab", "enter")
        (kept,) = study.record.table("answers").all()
        assert kept["ms"] == 33_000


async def test_how_sure_is_not_asked_of_what_nobody_scores(study: Study) -> None:
    for item in ("s-board", "s-adr"):
        async with opened(study) as driver:
            await submitted(driver, item)
            assert "How sure are you?" not in driver.text
            assert driver.title.startswith("Compare with your own answer.")


# -- compared


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("item", "heads"),
    [("s-adr", ["Your answer", "A strong answer", "Why"]), ("s-board", ["Your answer", "Reply 1", "Reply 3", "Why"])],
)
async def test_ones_own_text_and_the_others_are_read_one_below_the_other(
    study: Study, size: tuple[int, int], item: str, heads: list[str]
) -> None:
    async with opened(study, size) as driver:
        await submitted(driver, item, "We *lose* [b]nine[/b] clinics.")
        assert not driver.page.query_one(SidePane).display
        seen = driver.text
        while "enter go on" in driver.keys and "Look for these points" not in driver.text:
            await driver.press("pagedown")
            seen += "\n" + driver.text
        assert "We *lose* [b]nine[/b] clinics." in seen, "as it was typed"
        assert [seen.index(head) for head in heads] == sorted(seen.index(head) for head in heads)
        assert all(len(line) <= size[0] for line in seen.split("\n"))


@pytest.mark.parametrize(("item", "first"), [("s-adr", "A strong answer"), ("s-board", "Reply 1")])
async def test_from_100_columns_on_they_stand_side_by_side(study: Study, item: str, first: str) -> None:
    async with opened(study, (110, 40)) as driver:
        await submitted(driver, item)
        rows = driver.text.split("\n")
        own = next(n for n, row in enumerate(rows) if "Your answer" in row)
        beside = next(n for n, row in enumerate(rows) if first in row)
        assert rows[beside].index(first) > rows[own].index("Your answer") + 20
        assert driver.text.count(first) == 1
        assert "Look for these points" in driver.text
        await driver.pilot.resize_terminal(80, 40)
        await driver.settle()
        assert not driver.page.query_one(SidePane).display
        assert driver.text.count(first) == 1
        await driver.pilot.resize_terminal(120, 40)
        await driver.press("end", "enter")
        assert first not in driver.text, "it goes with the question"


async def test_what_does_not_fit_beside_the_text_is_read_alone_by_keys(study: Study) -> None:
    async with opened(study, (110, 20)) as driver:
        await submitted(driver)
        assert "Reply 3" not in driver.text
        await driver.press("v")
        seen = driver.text
        await driver.press("space")
        seen += "\n" + driver.text
        assert all(f"Reply {n}" in seen for n in (1, 2, 3))
        assert "Weak. " in seen
        await driver.press("q")
        assert driver.title.startswith("Compare with")


async def test_each_reply_has_its_rank_and_its_note(study: Study) -> None:
    async with opened(study, (80, 60)) as driver:
        await submitted(driver)
        for rank in ("Strong. She can repeat", "Plausible. The sum is right.", "Weak. A reassurance"):
            assert rank in driver.flat


# -- ticked


async def test_proposals_are_distinguished_from_decisions(study: Study) -> None:
    async with opened(study, (80, 60)) as driver:
        await submitted(driver)
        assert "The program proposes what it can see; you decide." in driver.flat
        assert "■  1  Names a number with its unit   proposed" in driver.text
        assert "□  5  Names who acts   not found" in driver.text
        assert "□  6  Says what would change your mind\n" in driver.text
        await driver.press("1", "6", "5", "5")
        assert "□  1  Names a number with its unit\n" in driver.text
        assert "■  6  Says what would change your mind\n" in driver.text
        assert "□  5  Names who acts\n" in driver.text
        assert len(study.record.table("ratings")) == 3, "each tick is kept at once"


async def test_enter_turns_the_pages_to_the_points_and_then_goes_on(study: Study) -> None:
    async with opened(study) as driver:
        await submitted(driver)
        assert "Look for these points" not in driver.text
        pages = 0
        while driver.title.startswith("Compare"):
            await driver.press("enter")
            pages += 1
        assert pages > 2
        assert "2 of 14" in driver.title
        assert len(study.record.table("ratings")) == 6
        assert set(dict(study.record.table("cards").stream())) == {"s-board"}


async def test_space_ticks_the_point_under_the_cursor_and_brings_it_on_screen_first(study: Study) -> None:
    async with opened(study) as driver:
        await submitted(driver)
        before = ticks(driver)
        await driver.press("space")
        assert ticks(driver) == before
        assert "Names a number with its unit" in driver.text
        await driver.press("down", "space")
        assert ticks(driver) == [before[0], not before[1], *before[2:]]


async def test_leaving_decides_as_it_is_ticked(study: Study) -> None:
    async with opened(study) as driver:
        await submitted(driver)
        await driver.press("6", "q")
        assert driver.name != "QuizPage"
        assert sum(doc["met"] for doc in study.record.table("ratings").all()) == 5
        assert [doc["rating"] for doc in study.record.table("reviews").all()] == [2]


async def test_what_was_ticked_is_there_in_the_next_session(study: Study) -> None:
    async with opened(study) as driver:
        await submitted(driver)
        await driver.press("6", "4")
        before, shown = ticks(driver), driver.text
    assert study.record.table("reviews").all() == [], "nothing was decided for the learner"
    async with opened(study, resume=True) as driver:
        assert ticks(driver) == before
        assert driver.text == shown
        await driver.press("end", "enter")
        assert "2 of 14" in driver.title
        assert [doc["rating"] for doc in study.record.table("reviews").all()] == [2]


async def test_a_full_disk_loses_no_tick_and_says_so(study: Study, disk: Disk) -> None:
    async with opened(study, (80, 60)) as driver:
        await submitted(driver)
        before = ticks(driver)
        disk.full = True
        await driver.press("6")
        assert "No space left on device" in driver.notice
        assert ticks(driver) == before
        await driver.press("enter")
        assert "No space left on device" in driver.notice
        assert driver.title.startswith("Compare")
        disk.full = False
        await driver.press("6", "enter")
        assert len(study.record.table("ratings")) == 6


async def test_a_review_shows_another_person_and_keeps_that_over_a_restart(study: Study, clock: FakeClock) -> None:
    async with opened(study) as driver:
        await submitted(driver)
        await driver.press("end", "enter")
    clock.pass_(days=100)
    async with opened(study) as driver:
        await driver.press("r")
        assert "Helen Brandt, finance, worried:" in driver.flat
        assert "Elena" not in driver.text
        await driver.type("Not yet.")
    async with opened(study, resume=True) as driver:
        assert "Helen Brandt, finance, worried:" in driver.flat
        assert driver.page.query_one(TextEditor).text == "Not yet."
        await driver.press("tab", "enter", "6")
    async with opened(study, resume=True) as driver:
        assert driver.title.startswith("Compare")
        assert ticks(driver)[5]
        await driver.press("end", "enter")
        assert "Nothing is left" in driver.flat or driver.page.query("#frame")
        assert not driver.page.query(QuestionBox), "it is not asked for again"
    assert len(study.record.table("reviews")) == 2


# -- in a reading


@pytest.fixture
def reading(tmp_path: Path, clock: FakeClock) -> Iterator[Study]:
    """A study of a course in which a reading asks for an answer in one's own words."""
    study = open_study(tmp_path / "records", clock, course=course_that_asks("s-board", tmp_path))
    yield study
    study.record.close()


async def in_reading(driver: Driver) -> None:
    driver.app.go(Location("reading", ("s-contracts", "limits")))
    await driver.settle()
    await driver.press("enter")
    await driver.type(SAID)
    await driver.press("tab", "enter")


async def test_a_check_is_compared_and_ticked_in_place(reading: Study) -> None:
    async with opened(reading) as driver:
        await in_reading(driver)
        assert "How sure" not in driver.text
        assert driver.text.count("We lose 9 clinics a year.") == 1, "the field gives way to the text as it was given"
        await driver.press("6")
        assert "■  6  Says what would change your mind" in driver.text
        assert reading.record.table("cards").all() == []
        await driver.press("end", "enter")
        assert driver.page.focused is None
        assert set(dict(reading.record.table("cards").stream())) == {"s-board"}


async def test_ticks_of_a_check_are_gone_on_with_after_a_restart(reading: Study) -> None:
    async with opened(reading) as driver:
        await in_reading(driver)
        await driver.press("6")
    async with opened(reading, resume=True) as driver:
        await driver.press("end")
        assert "■  6  Says what would change your mind" in driver.text
        await driver.press("enter", "1")
        assert "□  1  Names a number with its unit" in driver.text
        await driver.press("escape")
        assert driver.page.focused is None
        assert len(reading.record.table("ratings")) == 6
        await driver.press("end", "enter")
        assert "What a decision costs" in driver.title, "all is decided: enter continues"


async def test_a_check_can_be_answered_again(reading: Study) -> None:
    async with opened(reading) as driver:
        await in_reading(driver)
        await driver.press("escape", "left", "a")
        assert isinstance(driver.page.focused, TextEditor)
        assert driver.page.focused.text == ""


# -- all answers


async def test_all_answers_show_what_was_ticked(study: Study) -> None:
    from tests.support.fake_learner import take

    session, _ = asked_in_quiz(study, "s-board")
    take(study, session)
    async with opened(study, (80, 400)) as driver:
        driver.app.go(Location("quiz", ("t1", session.id)))
        await driver.settle()
        await driver.press("v")
        assert "Your answer" in driver.text
        assert "■ Names a number with its unit" in driver.text
        assert "□ Says what would change your mind" in driver.text
