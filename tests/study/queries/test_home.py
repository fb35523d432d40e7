"""Home must open as fast after years of study as on the first day: it reads no table that grows with the answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.record.journal.codec import Doc
from dev2cto.record.schema import COLD_TABLES
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.sessions.quiz import QuizSession, open_attempt
from dev2cto.study.state.sync import RULES, refresh
from dev2cto.study.study import Study
from tests.support.fake_learner import given, take
from tests.support.studies import FakeClock, open_study


def begun(home: Path, clock: FakeClock) -> tuple[Study, QuizSession]:
    """A study with one quiz taken and another one begun, and that one."""
    study = open_study(home, clock)
    take(study, study.quiz("t2"))
    session = study.quiz("t1")
    question = session.question()
    assert question is not None
    session.answer(question, given(study, question))
    return study, session


def test_home_reads_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    study, _ = begun(tmp_path, clock)
    refresh(study)
    read: set[str] = set()
    docs = study.record._docs

    def noted(table: str) -> dict[str, Doc]:
        read.add(table)
        return docs(table)

    monkeypatch.setattr(study.record, "_docs", noted)
    refresh(study)
    one_time_notices(study)
    assert [line.state for line in study.home().steps] == ["begun", "begun", "not begun"]
    assert "sums" in read
    assert not read & COLD_TABLES
    study.record.close()


def test_an_open_quiz_of_a_record_with_older_sums_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    """A record that was written before open attempts were noted among the sums."""
    study, session = begun(tmp_path, clock)
    study.record.table("sums").remove(doc_ids=[f"open:{session.id}"])
    assert open_attempt(study, "t1", "practice") == ""
    assert refresh(study)
    assert open_attempt(study, "t1", "practice") == session.id
    assert not refresh(study)
    seen = study.record.table("sums").get(doc_id=f"seen:{study.record.writer}")
    assert seen == {"files": {}, "rules": RULES}
    study.record.close()


def test_a_new_record_needs_nothing_rebuilt(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    assert not refresh(study)
    assert study.record.table("sums").all() == []
    study.record.close()


def test_a_reading_that_comes_next_and_was_begun_shows_the_minutes_left(study: Study) -> None:
    onward = study.home().onward
    assert onward is not None
    assert onward.location.ids == ("s-contracts",)
    whole = onward.note
    assert "left" not in whole
    study.reading("s-contracts").mark_section("twice")
    onward = study.home().onward
    assert onward is not None
    assert onward.location.ids == ("s-contracts",)
    assert onward.note.endswith("min left")
    assert int(onward.note.split()[0]) < int(whole.split()[0])
