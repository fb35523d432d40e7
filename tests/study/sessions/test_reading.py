"""A reading: its place, what of it is read, its questions on the page."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.queries.home import next_step
from dev2cto.study.queries.progress import progress
from dev2cto.study.sessions.reading import Position, ReadingSession
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.support.fake_learner import given
from tests.support.studies import FakeClock, open_study


def test_a_reading_opens_where_it_was_left(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    reading = study.reading("s-contracts")
    assert reading.position == Position("twice", 0, 0)
    reading.move(Position("retry", 1, 40))
    study.record.close()
    again = open_study(tmp_path, clock)
    assert again.reading("s-contracts").position == Position("retry", 1, 40)
    again.record.close()


def test_the_furthest_section_is_remembered(study: Study) -> None:
    reading = study.reading("s-contracts")
    reading.move(Position("limits"))
    reading.move(Position("twice"))
    assert study.record.table("positions").all()[0]["furthest"] == "limits"


def test_sections_make_the_reading(study: Study) -> None:
    reading = study.reading("s-contracts")
    minutes = [reading.minutes_left]
    for section in ("twice", "limits", "retry"):
        assert study.step("t1").parts[0].state != "done"
        reading.mark_section(section)
        minutes.append(reading.minutes_left)
    assert minutes == sorted(minutes, reverse=True)
    assert minutes[-1] == 0
    assert study.step("t1").parts[0].state == "done"
    assert study.home().steps[0].readings_done == 1


def test_marking_read_and_unread(study: Study) -> None:
    reading = study.reading("s-contracts")
    reading.mark(read=True)
    assert reading.read == {"twice", "retry", "limits"}
    assert study.step("t1").parts[0].state == "done"
    reading.mark(read=False)
    assert reading.read == set()
    assert study.step("t1").parts[0].state == "not begun"


def test_marking_a_section_twice_writes_once(study: Study) -> None:
    reading = study.reading("s-contracts")
    reading.mark_section("twice")
    before = dict(study.record.table("sections").stream())
    reading.mark_section("twice")
    assert dict(study.record.table("sections").stream()) == before


def checked(reading: ReadingSession) -> object:
    question = reading.check("twice")
    assert question is not None
    return reading.answered(question)


def test_an_answered_question_is_shown_on_the_page_and_can_be_taken_off(study: Study) -> None:
    reading = study.reading("s-contracts")
    question = reading.check("twice")
    assert question is not None
    feedback = reading.answer(question, given(study, question, confidence=2))
    shown = study.reading("s-contracts")
    same = shown.check("twice")
    assert same is not None
    assert same.draw == question.draw
    assert checked(shown) == feedback
    shown.again(same)
    assert checked(shown) is None
    assert len(study.record.table("answers")) == 1


def test_a_question_has_the_same_order_each_time_the_page_opens(study: Study) -> None:
    draws = [study.reading("s-contracts").check("twice") for _ in range(3)]
    assert len({question.draw.order for question in draws if question}) == 1


def test_a_section_without_a_question_and_a_section_that_is_not_there(study: Study) -> None:
    reading = study.reading("s-contracts")
    assert reading.check("limits") is None
    assert reading.check("nonsense") is None


def test_home_and_the_reading_agree_on_the_minutes_left(study: Study) -> None:
    study.keep(Location("reading", ("s-contracts",)))
    reading = study.reading("s-contracts")
    for section in ("twice", "limits"):
        reading.mark_section(section)
        found = next_step(study)
        assert found is not None
        assert found.note == f"{reading.minutes_left} min left"


def test_home_and_progress_agree_on_the_minutes_of_the_week(study: Study, clock: FakeClock) -> None:
    for module in ("t1", "t2", ""):
        for _ in range(5):
            study.timer.record_activity(module)
            clock.pass_(seconds=33)
    study.timer.keep()
    week = sum(seconds for _, seconds in progress(study).days)
    assert study.home().week_minutes == int(week // 60) > 0
