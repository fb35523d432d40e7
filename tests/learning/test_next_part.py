"""What comes next."""

from __future__ import annotations

from dev2cto.learning.completion import CompletedWork
from dev2cto.learning.next_part import choose_next, part_after, parts_left
from tests.support.outlines import COURSE, ONE, module


def test_what_comes_next_goes_through_readings_quiz_exercises() -> None:
    assert [part.id for part in parts_left(ONE, CompletedWork())] == ["one-r0", "one-r1", "one", "one-x0", "one-x1"]
    following = choose_next(COURSE, CompletedWork(readings={"one-r0", "one-r1"}))
    assert following is not None
    assert (following.part, following.id, following.minutes) == ("quiz", "one", 15)


def test_each_part_that_is_done_leads_to_the_one_behind_it() -> None:
    course = COURSE._replace(modules=(module("one", readings=1, exercises=1),))
    steps = []
    done = CompletedWork()
    for change in ({"readings": {"one-r0"}}, {"quizzes": {"one"}}, {"exercises": {"one-x0"}}):
        following = choose_next(course, done)
        steps.append((following.part, following.id) if following else None)
        done = done._replace(**change)
    assert steps == [("reading", "one-r0"), ("quiz", "one"), ("exercise", "one-x0")]
    assert choose_next(course, done) is None


def test_what_comes_next_stays_in_the_step_one_is_in() -> None:
    following = choose_next(COURSE, CompletedWork(), after="two-x1")
    assert following is not None
    assert following.id == "two-r0"
    last = choose_next(
        COURSE, CompletedWork(readings={"two-r0", "two-r1"}, quizzes={"two"}, exercises={"two-x0", "two-x1"}), "two"
    )
    assert last is not None
    assert last.id == "one-r0"


def test_after_the_last_module_it_begins_at_the_first_again() -> None:
    last = module("last", readings=1, exercises=0, scored=False)
    course = COURSE._replace(modules=(ONE, last))
    following = choose_next(course, CompletedWork(readings={"last-r0"}), after="last-r0")
    assert following is not None
    assert following.id == "one-r0"


def test_after_everything_comes_nothing() -> None:
    ids = [f"{m}-{part}{n}" for m in ("one", "two") for part in "rx" for n in (0, 1)]
    assert choose_next(COURSE, CompletedWork(readings=set(ids), exercises=set(ids), quizzes={"one", "two"})) is None


def test_after_a_part_come_those_behind_it_then_those_before() -> None:
    one = module("one", exercises=1)

    def after(id: str, done: CompletedWork) -> str:
        part = part_after(one, done, id)
        return part.id if part is not None else ""

    ids = ("one-r0", "one-r1", "one", "one-x0")
    assert [after(id, CompletedWork()) for id in ids] == ["one-r1", "one", "one-x0", "one-r0"]
    assert after("one-r1", CompletedWork(quizzes={"one"}, exercises={"one-x0"})) == "one-r0"
    assert after("one-r0", CompletedWork(readings={"one-r1"}, quizzes={"one"}, exercises={"one-x0"})) == ""
