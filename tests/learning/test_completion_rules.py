"""When something is done, what comes next, how well an objective is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.course.outline import (
    CourseOutline,
    ExerciseOutline,
    ItemOutline,
    ModuleOutline,
    ObjectiveOutline,
    ReadingOutline,
)
from dev2cto.learning.completion import (
    CompletedWork,
    course_share,
    exercise_state,
    minutes_done,
    module_state,
    quiz_state,
    reading_state,
)
from dev2cto.learning.mastery import calibration, mastery
from dev2cto.learning.next_part import choose_next, parts_left


def module(id: str, *, quiz: int = 15, exercises: int = 2, readings: int = 2, scored: bool = True) -> ModuleOutline:
    """A module whose parts take 10 minutes each, apart from its quiz."""
    return ModuleOutline(
        id=id,
        step="1",
        folder=id,
        title=id,
        summary="",
        situation="",
        objectives=(ObjectiveOutline(f"{id}-o", "know"),),
        readings=tuple(
            ReadingOutline(f"{id}-r{n}", "R", 10, "", (("a", "A"), ("b", "B")), (), (), "") for n in range(readings)
        ),
        exercises=tuple(ExerciseOutline(f"{id}-x{n}", "code", "X", 10, "", ()) for n in range(exercises)),
        items=(ItemOutline(f"{id}-q", "single", f"{id}-o", scored, "", ""),),
        quiz_minutes=quiz,
    )


ONE, TWO = module("one"), module("two")
COURSE = CourseOutline("c", "C", "1", 0.8, 12, (ONE, TWO))
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


def test_a_step_that_gains_an_exercise_stays_done() -> None:
    wider = module("one", exercises=3)
    assert module_state(wider, ALL_OF_ONE) == "begun"
    assert module_state(wider, ALL_OF_ONE._replace(modules={"one"})) == "done"
    left = parts_left(wider, ALL_OF_ONE._replace(modules={"one"}))
    assert "one-x2" in [part.id for part in left]


@pytest.mark.parametrize("without", [module("m", quiz=0, exercises=0), module("m", exercises=0, scored=False)])
def test_a_step_with_nothing_to_prove_is_done_when_it_is_read(without: ModuleOutline) -> None:
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
    assert exercise_state(ONE.exercises[0], CompletedWork(begun={"one-x0"})) == "begun"


def test_the_share_of_the_course_is_minutes_of_minutes() -> None:
    assert minutes_done(ONE, CompletedWork(readings={"one-r0"}, quizzes={"one"}, exercises={"one-x0"})) == 35
    assert course_share(COURSE, CompletedWork(readings={"one-r0"}, quizzes={"one"}, exercises={"one-x0"})) == 35 / 110
    assert course_share(COURSE, CompletedWork()) == 0
    assert course_share(COURSE._replace(modules=()), CompletedWork()) == 0


def test_what_comes_next_goes_through_readings_quiz_exercises() -> None:
    assert [part.id for part in parts_left(ONE, CompletedWork())] == ["one-r0", "one-r1", "one", "one-x0", "one-x1"]
    following = choose_next(COURSE, CompletedWork(readings={"one-r0", "one-r1"}))
    assert following is not None
    assert (following.part, following.id, following.minutes) == ("quiz", "one", 15)


def test_what_comes_next_stays_in_the_step_one_is_in() -> None:
    following = choose_next(COURSE, CompletedWork(), after="two-x1")
    assert following is not None
    assert following.id == "two-r0"
    last = choose_next(
        COURSE, CompletedWork(readings={"two-r0", "two-r1"}, quizzes={"two"}, exercises={"two-x0", "two-x1"}), "two"
    )
    assert last is not None
    assert last.id == "one-r0"


def test_after_everything_comes_nothing() -> None:
    ids = [f"{m}-{part}{n}" for m in ("one", "two") for part in "rx" for n in (0, 1)]
    assert choose_next(COURSE, CompletedWork(readings=set(ids), exercises=set(ids), quizzes={"one", "two"})) is None


def test_mastery_needs_three_answers() -> None:
    assert mastery({"a": 1, "b": 1}).words == "too early to say"
    known = mastery({"a": 1, "b": 0.5, "c": 0})
    assert (known.mean, known.answered, known.words) == (0.5, 3, "50 %")


def test_calibration_sets_confidence_against_scores() -> None:
    rows = calibration([(3, 1), (3, 0), (1, 1), (0, 0), (3, 1)])
    assert [(row.confidence, row.answers, round(row.mean, 3)) for row in rows] == [(1, 1, 1), (3, 3, 0.667)]
    assert calibration([]) == ()
