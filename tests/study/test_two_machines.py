"""Two sessions on one record, and two records that meet: what either answered counts in both."""

from __future__ import annotations

from pathlib import Path

from dev2cto.study.state.notes import note_at, notes, write_note
from dev2cto.study.state.sync import refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import calculate, decide, given, reopened, take, write
from tests.support.studies import FakeClock, open_study


def close(*studies: Study) -> None:
    for study in studies:
        study.record.close()


def test_the_other_sessions_answers_are_taken_in_once(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    refresh(one)
    assert not refresh(one)
    take(two, two.quiz("t2"))
    calculate(two)
    assert refresh(one)
    assert not refresh(one)
    assert one.progress.completed_work() == two.progress.completed_work()
    assert one.progress.cards() == two.progress.cards()
    assert one.home().steps == two.home().steps
    close(one, two)


def test_sums_of_both_sides_are_added_up(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    question = one.reading("s-contracts").check("twice")
    other = two.reading("s-contracts").check("retry")
    assert question is not None
    assert other is not None
    one.reading("s-contracts").answer(question, given(one, question))
    clock.pass_(seconds=1)
    two.reading("s-contracts").answer(other, given(two, other))
    clock.pass_(seconds=1)
    refresh(one)
    refresh(two)
    for study in (one, two):
        assert set(study.progress.scores("s-contract")) == {"s-retry", "s-idempotent"}
    close(one, two)


def test_parts_done_on_two_machines_make_one_step(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "laptop", clock, device="laptop")
    server = open_study(tmp_path / "server", clock, device="server")
    take(laptop, laptop.quiz("t2"))
    calculate(laptop)
    decide(laptop)
    from tests.support.fake_learner import assess, review, simulate, solve

    simulate(laptop)
    write(server)
    assess(server)
    solve(server)
    review(server)
    solve(server, "t-x-noticing")
    clock.pass_(minutes=1)
    laptop.merge([server.record.directory])
    assert laptop.home().steps[1].state == "done"
    server.merge([laptop.record.directory])
    assert server.home().steps[1].state == "done"
    close(laptop, server)


def test_a_card_reviewed_on_two_machines_on_one_day_is_scheduled_by_the_first(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path / "laptop", clock, device="laptop")
    server = open_study(tmp_path / "server", clock, device="server")
    for study, well in ((server, False), (laptop, True)):
        reading = study.reading("s-contracts")
        question = reading.check("twice")
        assert question is not None
        reading.answer(question, given(study, question, well=well))
        clock.pass_(hours=1)
    first = server.progress.cards()
    for study, other in ((laptop, server), (server, laptop)):
        study.merge([other.record.directory])
    assert laptop.progress.cards() == server.progress.cards() == first
    close(laptop, server)


def test_a_quiz_begun_on_one_machine_goes_on_on_the_other(tmp_path: Path, clock: FakeClock) -> None:
    laptop = open_study(tmp_path, clock, device="laptop")
    session = laptop.quiz("t2")
    question = session.question()
    assert question is not None
    session.answer(question, given(laptop, question))
    waiting = session.question()
    close(laptop)
    server = open_study(tmp_path, clock, device="server")
    assert server.quiz("t2").question() == waiting
    assert take(server, server.quiz("t2")).passed
    close(server)


def test_a_reading_session_sees_what_is_being_written(tmp_path: Path, clock: FakeClock) -> None:
    writing = open_study(tmp_path, clock)
    reading = open_study(tmp_path, clock, readonly=True)
    take(writing, writing.quiz("t2"))
    assert not refresh(reading)
    assert "t2" in reading.progress.completed_work().quizzes
    close(writing, reading)


def test_two_notes_written_at_once_are_both_kept_until_someone_has_seen_both(tmp_path: Path, clock: FakeClock) -> None:
    one, two = open_study(tmp_path, clock, device="laptop"), open_study(tmp_path, clock, device="server")
    id = write_note(one, "s-contracts#retry", "begun")
    two.record.refresh()
    seen_by_two = note_at(two, "s-contracts#retry")
    clock.pass_(seconds=1)
    write_note(one, "s-contracts#retry", "on the laptop", id)
    write_note(one, "s-contracts#retry", "on the laptop, twice", id)
    clock.pass_(seconds=1)
    refresh(two)
    write_note(two, "s-contracts#retry", "on the server", id, seen_by_two)
    one.record.refresh()
    for study in (one, two):
        (note,) = notes(study)
        assert note.text == "on the server"
        assert note.others == ("on the laptop, twice",)
    clock.pass_(seconds=1)
    write_note(one, "s-contracts#retry", "both in one", id, note_at(one, "s-contracts#retry"))
    two.record.refresh()
    (note,) = notes(two)
    assert (note.text, note.others) == ("both in one", ())
    assert len(reopened(one).table("note_revs")) == 5
    close(one, two)


def test_an_empty_text_takes_a_note_away_and_keeps_its_revisions(study: Study) -> None:
    id = write_note(study, "s-retry", "a thought")
    assert [note.title for note in notes(study)] == ["a question of Step 1"]
    write_note(study, "s-retry", "  \n", id)
    assert notes(study) == ()
    assert len(study.record.table("note_revs")) == 1
