"""A record from before the revision of Steps 1 to 4 keeps its progress, and the learner is told what changed.

`written_before_revision` holds what the version of 2026-11-30 wrote for a learner of the course as it was then: the
prologue and Steps 1 and 2 read and their quizzes passed, Steps 3 and 4 begun, exercises of Steps 1 and 2 done, a note
and a bookmark at sections that have moved to other readings since. It is never written again.
"""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from dev2cto.study.queries.course_changes import mark_seen, what_changed
from dev2cto.study.queries.history import answers
from dev2cto.study.queries.home import home_view
from dev2cto.study.queries.progress import progress
from dev2cto.study.state.notes import bookmarks, note_at
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk
from tests.support.studies import SHIPPED, FakeClock, open_study

KEPT = Path(__file__).with_name("written_before_revision")
DONE = ("m01-x-n-plus-one", "m01-x-idempotency", "m01-x-2300ms", "m01-x-release-friday", "m01-x-adr-001")
READ = ("m00-check-a-claim", "m01-one-click", "m01-contracts", "m01-architect", "m02-running-it", "m03-soft-claims")
MOVED = {"m01-waiting": "waiting", "m01-release": "release", "m02-elastic": "serverless", "m04-flow": "dora"}
"""Readings that are new, and a section of each that was read where it was before."""


@pytest.fixture
def study(tmp_path: Path, clock: FakeClock) -> Study:
    """The learner comes back to the same machine ten days later."""
    clock.at += timedelta(days=10)
    shutil.copytree(KEPT, tmp_path / "learner")
    for path in [tmp_path / "learner", *(tmp_path / "learner").rglob("*")]:
        os.chmod(path, 0o700 if path.is_dir() else 0o600)
    return open_study(tmp_path, clock, course=SHIPPED)


def test_what_was_done_stays_done(study: Study) -> None:
    mark_seen(study)
    assert [id for id in READ if not study.progress.read_at(id)] == []
    assert [id for id in DONE if not study.progress.is_exercise_done(id)] == []
    assert [quiz.percent for m in ("m01", "m02") if (quiz := study.progress.quiz(m))] == ["100 %", "100 %"]
    assert [line.state for line in home_view(study).steps[:4]] == ["begun", "done", "begun", "begun"]
    assert len(progress(study).attempts) == 2


def test_what_was_read_of_a_reading_that_was_split_counts_in_its_parts(study: Study) -> None:
    for reading, section in MOVED.items():
        session = study.reading(reading)
        assert section in session.read
        assert not study.progress.read_at(reading)


def test_notes_and_bookmarks_are_where_their_section_is_now(study: Study) -> None:
    note = note_at(study, "m01-waiting#waiting")
    assert note is not None
    assert note.text == "Ask Tomas about worker threads."
    assert [mark.anchor for mark in bookmarks(study)] == ["m01-release#release"]


def test_every_answer_is_kept(study: Study) -> None:
    mark_seen(study)
    kept = {answer["id"] for answer in answers(study)}
    assert kept == on_disk(KEPT, "answers").keys()
    assert len(kept) > 100


def test_the_learner_is_told_once(study: Study) -> None:
    notices = " ".join(what_changed(study))
    assert "readings are new." in notices
    assert "readings were revised." in notices
    assert "questions left the course; your answers are kept." in notices
    assert "changed since you answered." in notices
    mark_seen(study)
    assert what_changed(study) == ()


def test_a_quiz_that_was_begun_goes_on(study: Study) -> None:
    quiz = study.quiz("m03")
    assert quiz.question() is not None
