"""Starting over: nothing is deleted, everything can be taken back, and it holds on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.errors import UsageError
from dev2cto.record.merge import merge
from dev2cto.study.queries.progress import progress
from dev2cto.study.state.notes import notes, write_note
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import calculate, do_all_exercises, given, take
from tests.support.studies import FakeClock, open_study


def everything(study: Study) -> dict[str, object]:
    done = study.progress.completed_work()
    return {
        "done": done,
        "sums": dict(study.record.table("sums").stream()),
        "cards": study.progress.cards(),
        "home": study.home(),
        "answered": progress(study).answered,
    }


@pytest.fixture
def busy(study: Study, clock: FakeClock) -> Study:
    """A learner who did all of the second step, some of the first, and waits a minute."""
    study.reading("t-measuring").mark(read=True)
    study.reading("s-contracts").mark_section("twice")
    check = study.reading("s-contracts").check("twice")
    assert check is not None
    study.reading("s-contracts").answer(check, given(study, check))
    take(study, study.quiz("t2"))
    do_all_exercises(study)
    clock.pass_(minutes=1)
    return study


@pytest.mark.parametrize(
    ("level", "about"),
    [
        ("item", "t-q-mean"),
        ("quiz", "t2"),
        ("reading", "t-measuring"),
        ("exercise", "t-x-note"),
        ("step", "t2"),
        ("all", ""),
    ],
)
def test_a_reset_can_be_taken_back(busy: Study, clock: FakeClock, level: str, about: str) -> None:
    before, answers = everything(busy), dict(busy.record.table("answers").stream())
    id = reset(busy, level, about)
    assert everything(busy) != before
    assert dict(busy.record.table("answers").stream()) == answers
    clock.pass_(minutes=1)
    undo(busy, id)
    assert everything(busy) == before


def test_an_item_is_unanswered_and_without_card(busy: Study) -> None:
    reset(busy, "item", "t-q-mean")
    assert "t-q-mean" not in busy.progress.cards()
    assert "t-q-mean" not in busy.progress.scores("t-measure")
    assert "t2" in busy.progress.completed_work().quizzes


def test_a_quiz_is_open_again_and_its_step_with_it(busy: Study) -> None:
    reset(busy, "quiz", "t2")
    done = busy.progress.completed_work()
    assert "t2" not in done.quizzes
    assert busy.home().steps[1].state == "begun"
    assert busy.home().steps[1].quiz == "--"
    assert "t-x-note" in done.exercises
    assert progress(busy).attempts == ()


def test_a_quiz_that_was_open_is_drawn_again(busy: Study, clock: FakeClock) -> None:
    session = busy.quiz("t1")
    question = session.question()
    assert question is not None
    session.answer(question, given(busy, question))
    clock.pass_(minutes=1)
    reset(busy, "quiz", "t1")
    clock.pass_(minutes=1)
    assert busy.quiz("t1").id != session.id


def test_an_exercise_is_begun_again_and_can_be_done_again(busy: Study, clock: FakeClock) -> None:
    reset(busy, "exercise", "t-x-waits")
    assert "t-x-waits" not in busy.progress.completed_work().exercises
    assert busy.home().steps[1].state == "begun"
    clock.pass_(minutes=1)
    assert calculate(busy).done
    assert busy.home().steps[1].state == "done"


def test_a_reading_is_unread_and_can_be_read_again(busy: Study, clock: FakeClock) -> None:
    reset(busy, "reading", "t-measuring")
    reading = busy.reading("t-measuring")
    assert reading.read == set()
    assert reading.position.section == "middle"
    assert busy.step("t2").parts[0].state == "not begun"
    assert busy.home().steps[1].state == "done"
    clock.pass_(minutes=1)
    reading.mark_section("middle")
    reading.mark_section("tail")
    assert busy.step("t2").parts[0].state == "done"


def test_a_question_on_a_page_is_asked_again(busy: Study) -> None:
    reset(busy, "item", "s-retry")
    reading = busy.reading("s-contracts")
    question = reading.check("twice")
    assert question is not None
    assert reading.answered(question) is None


def test_a_step_leaves_the_others_alone(busy: Study) -> None:
    reset(busy, "step", "2")
    assert busy.home().steps[1].state == "not begun"
    assert busy.home().steps[0].state == "begun"
    assert "s-retry" in busy.progress.cards()


def test_all_leaves_notes_and_settings(busy: Study) -> None:
    write_note(busy, "s-contracts#retry", "mine")
    busy.set("goal_minutes", "90")
    reset(busy, "all")
    assert busy.home().percent == 0
    assert progress(busy).answered == 0
    assert [note.text for note in notes(busy)] == ["mine"]
    assert busy.settings.goal_minutes == 90


def test_answers_after_a_reset_count(busy: Study, clock: FakeClock) -> None:
    reset(busy, "all")
    clock.pass_(minutes=1)
    take(busy, busy.quiz("t2"))
    do_all_exercises(busy)
    assert busy.home().steps[1].state == "done"
    rebuild(busy)
    assert busy.home().steps[1].state == "done"


def test_a_reset_holds_after_a_merge_with_a_machine_that_did_not_know(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "laptop", clock, device="laptop")
    server = open_study(tmp_path / "server", clock, device="server")
    take(server, server.quiz("t2"))
    calculate(server)
    clock.pass_(hours=1)
    id = reset(laptop, "step", "t2")
    laptop.merge([server.record.directory])
    assert laptop.home().steps[1].state == "not begun"
    assert laptop.progress.cards() == {}
    merge(server.record, [laptop.record.directory])
    refresh(server)
    assert server.home().steps[1].state == "not begun"
    clock.pass_(minutes=1)
    undo(laptop, id)
    assert "t2" in laptop.progress.completed_work().quizzes
    merge(server.record, [laptop.record.directory])
    refresh(server)
    assert "t2" in server.progress.completed_work().quizzes
    laptop.record.close()
    server.record.close()


def test_nonsense_is_refused_with_a_way_out(study: Study) -> None:
    for level, about in (("item", "nothing"), ("step", "99"), ("sideways", "t2"), ("exercise", "")):
        with pytest.raises(UsageError) as refused:
            reset(study, level, about)
        assert refused.value.hint
    with pytest.raises(UsageError):
        undo(study, "never")
    assert study.record.table("resets").all() == []
