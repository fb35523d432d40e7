"""Items of the final form: before it asks them, nothing draws, shows or counts them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dev2cto.presenters.quiz_text import quiz_intro
from dev2cto.study.queries.course_changes import mark_seen, what_changed
from dev2cto.study.queries.home import due_count
from dev2cto.study.queries.progress import progress
from dev2cto.study.queries.search import search_all
from dev2cto.study.study import Study
from tests.support.capstone import FINAL
from tests.support.fake_learner import take
from tests.support.studies import COURSE, FakeClock, open_study

KEPT = "s-idempotent"
"""An item that readings, quizzes and reviews knew before it was given to the final form."""


def given_to_the_final_form(tmp_path: Path) -> Path:
    """The test course with that item in the final form."""
    course = Path(shutil.copytree(COURSE, tmp_path / "course", dirs_exist_ok=True))
    bank = course / "modules/01-calls/bank.yaml"
    bank.write_text(bank.read_text().replace(f"- id: {KEPT}\n", f"- id: {KEPT}\n    final: true\n"))
    return course


@pytest.fixture
def later(tmp_path: Path, clock: FakeClock) -> Study:
    """A learner who answered everything, in whose course that item is one of the final form now."""
    first = open_study(tmp_path / "records", clock)
    take(first, first.quiz("t1"), miss=(KEPT,))
    first.quiz("t1")
    mark_seen(first)
    first.record.close()
    clock.pass_(days=60)
    return open_study(tmp_path / "records", clock, course=given_to_the_final_form(tmp_path))


def test_no_quiz_draws_it(later: Study) -> None:
    fresh = later.quiz("t1", "exam")
    module = later.module("t1")
    assert set(fresh.order) == {item.id for item in module.items if item.scored} - FINAL - {KEPT}
    assert "13 questions drawn from 14" in quiz_intro(later, "t1")


def test_an_open_quiz_asks_it_no_more(later: Study) -> None:
    (attempt,) = later.progress.open_attempts()
    assert KEPT not in later.attempt(attempt).order


def test_no_review_shows_or_counts_it(later: Study) -> None:
    assert later.record.table("cards").contains(doc_id=KEPT)
    assert KEPT not in later.progress.cards()
    assert due_count(later) == 12
    session = later.review()
    assert session.total == 12
    assert KEPT not in session._queue


def test_no_reading_asks_it(later: Study) -> None:
    assert later.reading("s-contracts").check("retry") is None
    assert later.reading("s-contracts").check("twice") is not None


def test_no_search_finds_it(later: Study) -> None:
    words = later.curriculum.item(KEPT).prompt.split(".")[0]
    assert not [hit for hit in search_all(later, words).hits if hit.target == KEPT]
    shown = later.curriculum.item("s-retry").prompt.split(".")[0]
    assert [hit.target for hit in search_all(later, shown).hits if hit.what == "answer"] == ["s-retry"]


def test_no_figure_counts_it(later: Study) -> None:
    assert KEPT not in later.progress.scores("s-contract")
    assert progress(later).answered == 12


def test_a_new_one_is_no_news(later: Study, tmp_path: Path, clock: FakeClock) -> None:
    mark_seen(later)
    later.record.close()
    bank = tmp_path / "course/modules/01-calls/bank.yaml"
    final, known = (f"\n  - id: s-more-{n}\n    kind: short\n    objective: s-data\n    level: apply\n{more}"
        "    prompt: |\n      What?\n    accept: [that]\n    explain: |\n      It is.\n"
        for n, more in enumerate(("    final: true\n", "")))  # fmt: skip
    bank.write_text(bank.read_text() + final)
    study = open_study(tmp_path / "records", clock, course=tmp_path / "course")
    assert what_changed(study) == ()
    study.record.close()
    bank.write_text(bank.read_text() + known)
    study = open_study(tmp_path / "records", clock, course=tmp_path / "course")
    assert what_changed(study) == ("1 question is new.",)
