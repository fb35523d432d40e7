"""Clocks that are wrong, or put right: the order of what happened is that of the journals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dev2cto.record.backup.backup import backup
from dev2cto.record.backup.daily import daily_backups
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import notes, write_note
from dev2cto.study.state.rebuild import rebuild
from dev2cto.study.state.reset_commands import reset
from dev2cto.study.study import Study
from tests.support.fake_learner import given, take, write
from tests.support.studies import FakeClock, open_study


def check(study: Study, *, well: bool = True) -> None:
    """Answers the first question of the first reading."""
    session = study.reading("s-contracts")
    question = session.check("twice")
    assert question is not None
    session.answer(question, given(study, question, well=well))


def test_a_reset_while_the_clock_was_ahead_hides_nothing_that_came_after_it(study: Study, clock: FakeClock) -> None:
    take(study, study.quiz("t2"))
    clock.pass_(hours=1)
    reset(study, "all")
    clock.pass_(hours=-1)
    assert study.progress.completed_work().quizzes == set()
    clock.pass_(minutes=1)
    take(study, study.quiz("t2"))
    study.reading("s-contracts").mark(read=True)
    check(study)
    rebuild(study)
    done = study.progress.completed_work()
    assert (done.quizzes, done.readings) == ({"t2"}, {"s-contracts"})
    assert study.progress.scores("s-contract") == {"s-retry": 1}
    assert len(study.progress.cards()) > 1


def test_a_reset_hides_what_came_before_it_while_the_clock_was_ahead(study: Study, clock: FakeClock) -> None:
    clock.pass_(days=2)
    check(study)
    study.reading("s-contracts").mark(read=True)
    clock.pass_(days=-2)
    reset(study, "all")
    done = study.progress.completed_work()
    assert (done.readings, study.progress.scores("s-contract"), study.progress.cards()) == (set(), {}, {})


def test_the_latest_answer_is_the_one_given_last(study: Study, clock: FakeClock) -> None:
    clock.pass_(hours=1)
    check(study, well=False)
    clock.pass_(hours=-1)
    session = study.reading("s-contracts")
    question = session.check("twice")
    assert question is not None
    session.again(question)
    check(study)
    rebuild(study)
    assert study.progress.scores("s-contract")["s-retry"] == 1


def test_the_newest_draft_is_the_one_typed_last(tmp_path: Path, clock: FakeClock) -> None:
    one = open_study(tmp_path, clock, device="laptop")
    one.keep_draft("note:s-contracts", "typed while the clock was ahead")
    one.record.close()
    clock.pass_(hours=-1)
    two = open_study(tmp_path, clock, device="server")
    two.keep_draft("note:s-contracts", "typed after it was put right")
    two.keep(Location("step", ("t2",)))
    two.record.close()
    one = open_study(tmp_path, clock, device="laptop")
    assert one.draft("note:s-contracts") == "typed after it was put right"
    one.keep_draft("note:s-contracts", "typed after it was put right, too")
    assert "typed while the clock was ahead" in {draft.text for draft in one.drafts("note:s-contracts")}
    found = one.last_place()
    assert found is not None
    assert found[0].screen == "step"
    one.record.close()


def test_the_newest_note_is_the_one_written_last(study: Study, clock: FakeClock) -> None:
    clock.pass_(hours=1)
    write_note(study, "s-retry", "first")
    clock.pass_(hours=-1)
    write_note(study, "s-retry", "second")
    assert [note.text for note in notes(study)] == ["second", "first"]


def test_a_submitted_text_comes_after_its_draft(study: Study, clock: FakeClock) -> None:
    clock.pass_(hours=1)
    study.keep_draft("t-x-note", "begun")
    clock.pass_(hours=-1)
    session = write(study)
    assert session.text == session.submitted_text(str(session.versions()[-1]["id"]))


def test_a_session_a_year_ahead_stops_neither_reviews_nor_backups(tmp_path: Path, clock: FakeClock) -> None:
    clock.pass_(days=365)
    study = open_study(tmp_path, clock)
    study.refresh()
    check(study)
    study.record.wait_for_backup(5)
    study.record.close()
    clock.pass_(days=-365)
    study = open_study(tmp_path, clock)
    study.refresh()
    assert study.progress.cards() == {}
    study.reading("s-contracts").again(study.reading("s-contracts").check("twice"))  # type: ignore[arg-type]
    check(study)
    (card,) = study.progress.cards().values()
    assert card["last"] == study.today().isoformat()
    assert date.fromisoformat(card["due"]).year == study.today().year
    study.record.wait_for_backup(5)
    study.record.close()
    clock.pass_(days=1)
    study = open_study(tmp_path, clock)
    study.record.wait_for_backup(5)
    assert study.today() in {backup.day for backup in daily_backups(study.record.directory)}
    study.refresh()
    study.record.close()
    clock.pass_(days=365)
    study = open_study(tmp_path, clock)
    study.refresh()
    (card,) = study.progress.cards().values()
    assert card["reviews"] == 2
    study.record.close()


def test_a_restored_record_has_its_resets_where_they_were(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path / "old", clock)
    study.reading("s-contracts").mark(read=True)
    check(study)
    reset(study, "all")
    clock.pass_(seconds=1)
    study.reading("t-measuring").mark(read=True)
    rebuild(study)
    made = backup(study.record.directory, tmp_path / "backup.tar.gz", clock=clock).path
    before = study.progress.completed_work()
    assert before.readings == {"t-measuring"}
    study.record.close()
    study = open_study(tmp_path / "new", clock)
    study.restore(made)
    assert study.progress.completed_work().readings == before.readings
    assert study.progress.scores("s-contract") == {}
    study.record.close()


def test_clocks_that_differ_by_more_than_a_day_are_told_once(tmp_path: Path, clock: FakeClock) -> None:
    clock.pass_(days=3)
    open_study(tmp_path, clock, device="server").record.close()
    clock.pass_(days=-3)
    for told in (True, False):
        study = open_study(tmp_path, clock, device="laptop")
        words = " ".join(one_time_notices(study))
        assert ("The clock of server was ahead of this machine's clock by 3 days" in words) is told
        study.record.close()


def test_a_session_of_last_week_is_no_wrong_clock(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock, device="server")
    check(study)
    study.record.close()
    clock.pass_(days=9)
    study = open_study(tmp_path, clock)
    check(study)
    clock.pass_(days=3)
    study.record.refresh()
    assert study.record.clocks == ()
    assert not [notice for notice in one_time_notices(study) if "clock" in notice]
    study.record.close()
