"""When a part, a step and the course are done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.course.outline import ModuleOutline
from dev2cto.learning.completion import (
    CompletedWork,
    course_share,
    exercise_state,
    minutes_done,
    module_state,
    quiz_state,
    reading_state,
)
from dev2cto.learning.next_part import parts_left
from tests.support.outlines import COURSE, ONE, module

ALL_OF_ONE = CompletedWork(quizzes={"one"}, exercises={"one-x0", "one-x1"})


def test_a_reading_is_done_with_its_last_section() -> None:
    reading = ONE.readings[0]
    assert reading_state(reading, CompletedWork()) == "not begun"
    assert reading_state(reading, CompletedWork(begun={"one-r0"})) == "begun"
    assert reading_state(reading, CompletedWork(sections={"one-r0#a"})) == "begun"
    assert reading_state(reading, CompletedWork(sections={"one-r0#a", "one-r0#b"})) == "done"


def test_a_reading_that_gains_a_section_stays_done() -> None:
    longer = ONE.readings[0]._replace(sections=(("a", "A"), ("b", "B"), ("c", "C")))
    assert reading_state(longer, CompletedWork(readings={"one-r0"}, sections={"one-r0#a", "one-r0#b"})) == "done"


@given(
    st.sets(st.sampled_from(["one", "two"])),
    st.sets(st.sampled_from(["one-x0", "one-x1", "two-x0"])),
    st.sets(st.sampled_from(["one-r0", "one-r1"])),
)
def test_a_step_is_done_with_quiz_and_all_exercises_and_nothing_less(
    quizzes: set[str], exercises: set[str], readings: set[str]
) -> None:
    done = CompletedWork(quizzes=quizzes, exercises=exercises, readings=readings)
    asked = "one" in quizzes and {"one-x0", "one-x1"} <= exercises
    assert (module_state(ONE, done) == "done") is asked
    begun = "one" in quizzes or exercises & {"one-x0", "one-x1"} or readings
    assert (module_state(ONE, done) == "not begun") is (not begun)


def test_a_step_is_begun_with_less_than_that() -> None:
    assert module_state(ONE, ALL_OF_ONE) == "done"
    assert module_state(ONE, CompletedWork(quizzes={"one"}, readings={"one-r0"})) == "begun"
    assert module_state(ONE, CompletedWork(exercises={"one-x0", "one-x1"}, readings={"one-r0"})) == "begun"
    assert module_state(ONE, CompletedWork()) == "not begun"


def test_a_step_that_gains_an_exercise_stays_done() -> None:
    wider = module("one", exercises=3)
    assert module_state(wider, ALL_OF_ONE) == "begun"
    assert module_state(wider, ALL_OF_ONE._replace(modules={"one"})) == "done"
    left = parts_left(wider, ALL_OF_ONE._replace(modules={"one"}))
    assert "one-x2" in [part.id for part in left]


@pytest.mark.parametrize("without", [module("m", quiz=0, exercises=0), module("m", exercises=0, scored=False)])
def test_a_step_with_nothing_to_prove_is_done_when_it_is_read(without: ModuleOutline) -> None:
    assert module_state(without, CompletedWork()) == "not begun"
    assert module_state(without, CompletedWork(readings={"m-r0"})) == "begun"
    assert module_state(without, CompletedWork(readings={"m-r0", "m-r1"})) == "done"


def test_a_step_without_quiz_is_done_with_its_exercises() -> None:
    assert module_state(module("m", quiz=0), CompletedWork(exercises={"m-x0", "m-x1"})) == "done"


def test_an_empty_step_is_not_begun() -> None:
    assert module_state(module("m", quiz=0, exercises=0, readings=0), CompletedWork()) == "not begun"


def test_states_of_quiz_and_exercise() -> None:
    assert quiz_state(ONE, CompletedWork()) == "not begun"
    assert quiz_state(ONE, CompletedWork(quizzes_begun={"one"})) == "begun"
    assert quiz_state(ONE, CompletedWork(quizzes={"one"})) == "done"
    assert quiz_state(ONE, CompletedWork(quizzes_begun={"one"}, quizzes={"one"})) == "done"
    assert exercise_state(ONE.exercises[0], CompletedWork(begun={"one-x0"})) == "begun"


def test_the_share_of_the_course_is_minutes_of_minutes() -> None:
    assert minutes_done(ONE, CompletedWork(readings={"one-r0"}, quizzes={"one"}, exercises={"one-x0"})) == 35
    assert course_share(COURSE, CompletedWork(readings={"one-r0"}, quizzes={"one"}, exercises={"one-x0"})) == 35 / 110
    only_one = COURSE._replace(modules=(ONE,))
    assert course_share(only_one, CompletedWork(readings={"one-r0"})) == 10 / 55
    assert course_share(only_one, ALL_OF_ONE._replace(readings={"one-r0", "one-r1"})) == 1
    assert course_share(COURSE, CompletedWork()) == 0
    assert course_share(COURSE._replace(modules=()), CompletedWork()) == 0
