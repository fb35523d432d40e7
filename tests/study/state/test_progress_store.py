"""Sums and cards have one reader and writer, and each kind of sum a type of row."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import pytest

from dev2cto.study.state.sums import (
    FACTS,
    CheckSum,
    DoneSum,
    ExerciseSum,
    ObjectiveSum,
    OpenSum,
    QuizSum,
    SeenSum,
    SumDocument,
    key,
    split,
)
from dev2cto.study.study import Study
from tests.support.fake_learner import calculate, given, solve, take
from tests.support.studies import PACKAGE

READERS: Mapping[str, Callable[[Mapping[str, Any]], SumDocument]] = {
    "objective": ObjectiveSum.read,
    "quiz": QuizSum.read,
    "final": QuizSum.read,
    "exercise": ExerciseSum.read,
    "reading": DoneSum.read,
    "module": DoneSum.read,
    "open": OpenSum.read,
    "check": CheckSum,
}


def answer_checks(study: Study, reading: str) -> None:
    session = study.reading(reading)
    session.mark(read=True)
    for section in session.reading.sections:
        question = session.check(section.id)
        if question is not None:
            session.answer(question, given(study, question))


def test_a_row_is_written_as_it_was_read(study: Study) -> None:
    for reading in ("t-measuring", "s-contracts"):
        answer_checks(study, reading)
    take(study, study.quiz("t2"))
    calculate(study)
    solve(study, passed=False)
    study.quiz("t1")
    docs = dict(study.record.table("sums").stream())
    assert {split(id)[0] for id in docs} >= READERS.keys() - {"final", "module"}
    for id, doc in docs.items():
        assert READERS[split(id)[0]](doc).document() == doc, id


def test_rows_that_older_versions_wrote_are_read() -> None:
    assert QuizSum.read({"best": 1}) == QuizSum(1.0, 1.0, False, 0, "")
    assert ExerciseSum.read({"state": "done"}) == ExerciseSum("done", "")
    assert CheckSum({"response": "a", "draw": {}, "at": "2030-01-01"}).answer == ""


def test_a_key_is_split_where_it_was_joined() -> None:
    assert split(key("exercise", "m01-x-labs")) == ("exercise", "m01-x-labs")
    assert split(key("seen", "laptop.2")) == ("seen", "laptop.2")
    assert "objective" not in FACTS


@pytest.mark.parametrize("seed", range(5))
def test_attempts_add_up_in_any_number(seed: int) -> None:
    chance = Random(seed)
    scores = [chance.random() for _ in range(chance.randrange(1, 9))]
    row = None
    for n, score in enumerate(scores):
        row = QuizSum.after(row, score, score > 0.8, f"2030-01-0{n + 1}", [f"i{n}", "again"])
    assert row is not None
    assert (row.best, row.last, row.attempts) == (max(scores), scores[-1], len(scores))
    assert row.passed == any(score > 0.8 for score in scores)
    assert row.asked["again"] == row.at == f"2030-01-0{len(scores)}"
    assert row.asked["i0"] == "2030-01-01"


def test_what_other_writers_files_said_is_kept(study: Study) -> None:
    seen = SeenSum({"laptop.0.jsonl": 120}, 2)
    assert not study.progress.is_up_to_date(seen)
    study.progress.keep_seen(seen)
    assert study.progress.is_up_to_date(seen)
    assert not study.progress.is_up_to_date(SeenSum({"laptop.0.jsonl": 121}, 2))
    assert not study.progress.is_up_to_date(SeenSum({"laptop.0.jsonl": 120}, 3))


def test_nothing_else_reads_or_writes_sums_and_cards() -> None:
    """The record, and what other programs read of it, know their names, too."""
    named = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("sums", "cards")
    }
    assert {name for name in named if not name.startswith("record/")} == {"study/state/progress_store.py"}
