"""A final form: drawn from all steps, kept to the item, counted from its end on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.errors import CourseError, UsageError
from dev2cto.presenters.quiz_text import final_intro
from dev2cto.study.queries.home import due_count, next_step
from dev2cto.study.queries.progress import progress
from dev2cto.study.queries.search import search_all
from dev2cto.study.state.location import Location
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.study import Study
from tests.support.capstone import FINAL, answer, take_final, without_exercises
from tests.support.fake_learner import on_disk, take
from tests.support.studies import FakeClock, open_study


@pytest.fixture
def bare(tmp_path: Path, clock: FakeClock) -> Iterator[Study]:
    """A study of the course whose capstone is its final form."""
    study = open_study(tmp_path / "records", clock, course=without_exercises(tmp_path))
    yield study
    study.record.close()


def counted(study: Study) -> set[str]:
    """The items that mastery counts."""
    objectives = [o.id for m in study.course.modules for o in m.objectives]
    return {item for objective in objectives for item in study.progress.scores(objective)}


def test_it_is_drawn_from_every_step(study: Study) -> None:
    session = study.final("c11")
    assert len(session.order) == 8
    assert set(session.order) < FINAL
    assert all(sum(id.startswith(step) for id in session.order) >= 3 for step in ("c1", "c2"))
    assert "8 questions from 2 steps" in final_intro(study, "c11")


def test_a_module_without_one_says_so(study: Study) -> None:
    with pytest.raises(CourseError, match="no final form"):
        study.final("t1")
    with pytest.raises(CourseError, match="no longer exists"):
        study.final_attempt("nothing")


def test_nothing_counts_before_its_end(study: Study, clock: FakeClock) -> None:
    session = study.final("c11")
    for number in range(1, 7):
        answer(session, number, well=number > 2)
    clock.pass_(days=3)
    assert counted(study) == set()
    assert study.progress.cards() == {}
    assert due_count(study) == 0
    assert study.review().total == 0
    assert progress(study).answered == 0
    assert study.progress.hidden() == FINAL
    assert not [hit for hit in search_all(study, "which").hits if hit.what == "answer"]
    rebuild(study)
    assert counted(study) == set()
    assert study.home().steps[2].state == "begun"
    assert study.step("c11").parts[-1][:3] == ("final", "c11", "Final form")


def test_from_its_end_on_what_it_asked_counts_and_is_reviewed(study: Study, clock: FakeClock) -> None:
    session = study.final("c11")
    asked, missed = set(session.order), session.order[0]
    take_final(session, miss=(missed,))
    assert counted(study) == asked == set(study.progress.cards())
    assert study.progress.hidden() == FINAL - asked
    before = {id: dict(doc) for id, doc in study.record.table("sums").stream()}
    rebuild(study)
    assert {id: dict(doc) for id, doc in study.record.table("sums").stream()} == before
    clock.pass_(days=400)
    assert due_count(study) == 8
    assert {study.review().question().item} < asked  # type: ignore[union-attr]  # eight are due
    words = study.curriculum.item(missed).prompt.split(",")[0]
    assert missed in [hit.target for hit in search_all(study, words).hits]


def test_leaving_and_coming_back_goes_on_with_the_same_form(tmp_path: Path, study: Study, clock: FakeClock) -> None:
    session = study.final("c11")
    answer(session, 3)
    session.flag(session.order[4])
    order, third = session.order, session.question(3)
    study.record.close()
    again = open_study(tmp_path / "records", clock)
    resumed = again.final("c11")
    assert (resumed.id, resumed.order) == (session.id, order)
    assert resumed.question(3) == third
    assert resumed.left == tuple(id for n, id in enumerate(order, 1) if n != 3)
    assert resumed.flagged == {order[4]}
    again.record.close()


def test_answers_are_changed_until_the_end(study: Study) -> None:
    session = study.final("c11")
    answer(session, 1, well=False)
    answer(session, 1)
    assert len(on_disk(study.record.directory, "answers")) == 2
    result = take_final(session)
    assert result.score == 1
    assert session.finished


def test_the_overview_says_what_is_answered_and_flagged(study: Study) -> None:
    session = study.final("c11")
    first, second = session.order[:2]
    answer(session, 1)
    assert session.flag(first)
    assert session.flag(second)
    lines = session.overview()
    assert [line.number for line in lines] == list(range(1, 9))
    assert [line.state for line in lines[:3]] == ["answered, flagged", "open, flagged", "open"]
    assert not session.flag(first)
    assert [line.state for line in session.overview()[:2]] == ["answered", "open, flagged"]
    assert set(on_disk(study.record.directory, "flags")) == {f"{session.id}/{second}"}


def test_the_result_is_by_step_and_objective_with_what_to_reread(study: Study) -> None:
    session = study.final("c11")
    missed = {id for id in session.order if id.startswith("c2")}
    result = take_final(session, miss=missed)
    assert [step.module for step in result.steps] == ["t2", "t1"]
    weak, strong = result.steps
    assert (weak.name, weak.title, weak.count) == ("Step 2", "Weighing and measuring", len(missed))
    assert weak.score < 0.5
    assert strong.score == 1
    assert {line.id for line in weak.objectives} <= {"t-measure", "t-decide"}
    assert "s-reading-short.record" in [section for line in weak.objectives for section, _ in line.reread]
    assert not [line.reread for line in strong.objectives if line.reread]
    assert sum(step.count for step in result.steps) == result.counted == 8
    assert not result.passed


def test_what_was_not_answered_counts_as_wrong(study: Study) -> None:
    result = take_final(study.final("c11"), leave=3)
    assert result.score == pytest.approx(5 / 8)
    assert len(result.missed) == 3


def test_passing_it_completes_its_module_and_nothing_uncompletes(bare: Study, clock: FakeClock) -> None:
    study = bare
    study.reading("c11-start").mark(read=True)
    assert study.home().steps[2].state == "begun"
    assert take_final(study.final("c11")).passed
    home = study.home()
    assert (home.steps[2].state, home.steps[2].final) == ("done", "100 %")
    clock.pass_(days=1)
    assert not take_final(study.final("c11"), leave=8).passed
    assert study.home().steps[2].state == "done"
    quiz = dict(study.record.table("sums").stream())["final:c11"]
    assert (quiz["attempts"], quiz["best"], quiz["last"], quiz["passed"]) == (2, 1.0, 0.0, True)
    assert study.step("c11").parts[-1].note == "best 100 %"


def test_a_second_attempt_draws_what_was_not_asked_first(study: Study, clock: FakeClock) -> None:
    first = study.final("c11")
    take_final(first)
    clock.pass_(days=1)
    second = study.final("c11")
    assert second.id != first.id
    assert FINAL - set(first.order) <= set(second.order)
    assert "come last" in final_intro(study, "c11")


def test_a_quiz_of_a_step_is_another_matter(study: Study) -> None:
    take(study, study.quiz("t1"))
    session = study.final("c11")
    assert not set(study.quiz("t1").order) & FINAL
    with pytest.raises(CourseError):
        study.attempt(session.id)
    assert study.progress.open_attempts("final") == {session.id: "c11"}
    assert session.id not in study.progress.open_attempts()


def test_home_and_what_comes_next_lead_to_it(bare: Study) -> None:
    study = bare
    for reading in ("s-contracts", "s-reading-short", "t-measuring", "c11-start"):
        study.reading(reading).mark(read=True)
    take(study, study.quiz("t1"))
    take(study, study.quiz("t2"))
    study.keep(Location("reading", ("c11-start",)))
    found = next_step(study)
    assert found is not None
    assert found == (Location("final", ("c11",)), "Capstone / Final form", "10 min")
    session = study.final("c11")
    study.keep(Location("final", ("c11", session.id, session.order[2])))
    found = next_step(study)
    assert found is not None
    assert (found.location.screen, found.note) == ("final", "begun")
    assert found.location.ids == ("c11", session.id, session.order[2])


def test_progress_lists_it_among_the_attempts(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"))
    clock.pass_(hours=1)
    take_final(study.final("c11"))
    assert [(line.kind, line.module, line.passed) for line in progress(study).attempts] == [
        ("final form", "c11", True),
        ("quiz", "t1", True),
    ]


def test_it_is_reset_alone_and_taken_back(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t1"))
    session = study.final("c11")
    take_final(session)
    kept = counted(study)
    clock.pass_(hours=1)
    with pytest.raises(UsageError):
        reset(study, "final", "t1")
    id = reset(study, "final", "c11")
    assert study.progress.hidden() == FINAL
    assert counted(study) == kept - FINAL
    assert not study.record.table("sums").contains(doc_id="final:c11")
    assert study.home().steps[2].state == "not begun"
    assert progress(study).attempts[0].kind == "quiz"
    assert dict(study.record.table("sums").stream())["quiz:t1"]["passed"]
    undo(study, id)
    assert counted(study) == kept
    assert study.home().steps[2].final == "100 %"


def test_an_open_one_is_left_by_a_reset(study: Study, clock: FakeClock) -> None:
    session = study.final("c11")
    answer(session, 1)
    clock.pass_(hours=1)
    reset(study, "final", "c11")
    clock.pass_(hours=1)
    assert study.final("c11").id != session.id


def test_a_reset_of_a_quiz_leaves_the_final_form_alone(study: Study, clock: FakeClock) -> None:
    take_final(study.final("c11"))
    clock.pass_(hours=1)
    kept = counted(study)
    reset(study, "quiz", "t1")
    assert counted(study) == kept
    assert study.progress.completed_work().finals == {"c11"}


def test_a_reset_of_its_step_covers_it(study: Study, clock: FakeClock) -> None:
    take_final(study.final("c11"))
    clock.pass_(hours=1)
    reset(study, "step", "c11")
    assert counted(study) == set()
    assert study.progress.completed_work().finals == frozenset()


def test_two_machines_come_to_the_same(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "one", clock)
    session = laptop.final("c11")
    answer(session, 1)
    session.flag(session.order[0])
    laptop.record.save_and_close()
    desk = open_study(tmp_path / "two", clock, device="desk")
    desk.merge([tmp_path / "one" / "learner"])
    resumed = desk.final("c11")
    assert resumed.id == session.id
    assert resumed.flagged == {session.order[0]}
    resumed.flag(session.order[1])
    clock.pass_(minutes=5)
    take_final(resumed)
    desk.record.save_and_close()
    laptop = open_study(tmp_path / "one", clock)
    laptop.final_attempt(session.id).flag(session.order[2])
    laptop.merge([tmp_path / "two" / "learner"])
    again = laptop.final_attempt(session.id)
    assert again.finished
    assert again.result().score == 1
    assert again.flagged == set(session.order[:3])
    assert laptop.home().steps[2].final == "100 %"
    laptop.record.close()
