"""When something is done, and what comes next."""

from __future__ import annotations

from dev2cto.course.outline import (
    CourseOutline,
    ExerciseOutline,
    ItemOutline,
    ModuleOutline,
    ReadingOutline,
)
from dev2cto.learning.completion import CompletedWork, course_share, module_state, quiz_state, reading_state
from dev2cto.learning.next_part import choose_next, part_after

READING = ReadingOutline("m01-a", "A", 10, "a.yaml", (("x", "X"), ("y", "Y")), (), ("o",))
EXERCISE = ExerciseOutline("m01-x-e", "code", "E", 30, "e.yaml", ("o",))
ITEM = ItemOutline("m01-q-i", "single", "o", True, "f", "")
MODULE = ModuleOutline("m01", "1", "01", "One", "", "", (), (READING,), (EXERCISE,), (ITEM,), 20)
PROLOGUE = MODULE._replace(id="m00", step="prologue", exercises=(), quiz_minutes=0)
COURSE = CourseOutline("c", "C", "1", 0.8, 12, (MODULE,))


def test_a_reading_is_done_with_its_last_section() -> None:
    assert reading_state(READING, CompletedWork()) == "not begun"
    assert reading_state(READING, CompletedWork(sections={"m01-a#x"})) == "begun"
    assert reading_state(READING, CompletedWork(sections={"m01-a#x", "m01-a#y"})) == "done"


def test_a_reading_stays_done_when_it_gains_a_section() -> None:
    longer = READING._replace(sections=(*READING.sections, ("z", "Z")))
    assert reading_state(longer, CompletedWork(sections={"m01-a#x", "m01-a#y"}, readings={"m01-a"})) == "done"


def test_a_step_is_done_with_quiz_and_exercises_and_nothing_less() -> None:
    everything = CompletedWork(quizzes={"m01"}, exercises={"m01-x-e"})
    assert module_state(MODULE, everything) == "done"
    assert module_state(MODULE, CompletedWork(quizzes={"m01"}, readings={"m01-a"})) == "begun"
    assert module_state(MODULE, CompletedWork(exercises={"m01-x-e"}, readings={"m01-a"})) == "begun"
    assert module_state(MODULE, CompletedWork()) == "not begun"


def test_a_module_with_neither_quiz_nor_exercises_is_done_with_its_readings() -> None:
    assert module_state(PROLOGUE, CompletedWork()) == "not begun"
    assert module_state(PROLOGUE, CompletedWork(readings={"m01-a"})) == "done"


def test_an_empty_module_is_not_done() -> None:
    assert module_state(PROLOGUE._replace(readings=()), CompletedWork()) == "not begun"


def test_a_quiz_is_begun_by_an_attempt_and_done_by_passing() -> None:
    assert quiz_state(MODULE, CompletedWork(quizzes_begun={"m01"})) == "begun"
    assert quiz_state(MODULE, CompletedWork(quizzes_begun={"m01"}, quizzes={"m01"})) == "done"


def test_the_course_counts_minutes() -> None:
    assert course_share(COURSE, CompletedWork(readings={"m01-a"})) == 10 / 60
    assert course_share(COURSE, CompletedWork(readings={"m01-a"}, quizzes={"m01"}, exercises={"m01-x-e"})) == 1.0


def test_what_comes_next_goes_readings_quiz_exercises() -> None:
    steps = []
    done = CompletedWork()
    for change in ({"readings": {"m01-a"}}, {"quizzes": {"m01"}}, {"exercises": {"m01-x-e"}}):
        following = choose_next(COURSE, done)
        steps.append((following.part, following.id) if following else None)
        done = done._replace(**change)
    assert steps == [("reading", "m01-a"), ("quiz", "m01"), ("exercise", "m01-x-e")]
    assert choose_next(COURSE, done) is None


def test_after_the_last_module_it_begins_at_the_first_again() -> None:
    second = MODULE._replace(id="m02", step="2", readings=(READING._replace(id="m02-a"),), exercises=(), items=())
    course = COURSE._replace(modules=(MODULE, second))
    following = choose_next(course, CompletedWork(readings={"m02-a"}), after="m02-a")
    assert following is not None
    assert following.id == "m01-a"


def test_after_a_part_come_those_behind_it_then_those_before() -> None:
    other = READING._replace(id="m01-b", title="B")
    module = MODULE._replace(readings=(READING, other))

    def after(id: str, done: CompletedWork) -> str:
        part = part_after(module, done, id)
        return part.id if part is not None else ""

    assert [after(id, CompletedWork()) for id in ("m01-a", "m01-b", "m01", "m01-x-e")] == [
        "m01-b",
        "m01",
        "m01-x-e",
        "m01-a",
    ]
    assert after("m01-b", CompletedWork(quizzes={"m01"}, exercises={"m01-x-e"})) == "m01-a"
    assert after("m01-a", CompletedWork(readings={"m01-b"}, quizzes={"m01"}, exercises={"m01-x-e"})) == ""
