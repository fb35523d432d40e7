"""Where "Continue" leads: to what was begun, also when one went back to the step and home before leaving."""

from __future__ import annotations

from dev2cto.study.queries.home import next_step
from dev2cto.study.queries.step import step_location
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study


def leads_to(study: Study) -> tuple[str, tuple[str, ...]]:
    found = next_step(study)
    assert found is not None
    return found.location.screen, found.location.ids


def go_back_to_step(study: Study, module: str) -> None:
    study.keep(step_location(study, module))


def test_what_was_left_for_its_step_is_continued(study: Study) -> None:
    study.keep(Location("exercise", ("t-x-waits",)))
    go_back_to_step(study, "t2")
    go_back_to_step(study, "t2")
    assert leads_to(study) == ("exercise", ("t-x-waits",))


def test_an_open_quiz_is_continued_from_its_step(study: Study) -> None:
    attempt = study.quiz("t1").id
    study.keep(Location("quiz", ("t1", attempt)))
    go_back_to_step(study, "t1")
    assert leads_to(study) == ("quiz", ("t1", attempt))


def test_what_is_done_is_not_continued(study: Study) -> None:
    reading = study.course.modules[0].readings[0].id
    study.keep(Location("reading", (reading,)))
    go_back_to_step(study, "t1")
    assert leads_to(study) == ("reading", (reading,))
    session = study.reading(reading)
    session.mark(read=True)
    assert leads_to(study) != ("reading", (reading,))


def test_another_step_is_what_one_came_for(study: Study) -> None:
    study.keep(Location("exercise", ("t-x-waits",)))
    go_back_to_step(study, "t1")
    screen, ids = leads_to(study)
    assert study.course.module_of(ids[0]) == study.course.module("t1")
    assert screen == "reading"
