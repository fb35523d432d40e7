"""Marks are paired with faults, and the score is worth what the formula says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.exercises.diffs.changeset import Changeset, FileChange
from dev2cto.exercises.diffs.changeset_files import compared
from dev2cto.exercises.diffs.diff import WEIGHTS, Decoy, Diff, FaultWeight, SeededFault, lines_of
from dev2cto.exercises.diffs.review_score import ReviewMark, judge_review, review_score

OLD = [f"old {n}" if n % 5 == 0 else f"line {n}" for n in range(1, 41)]
NEW = [f"new {n}" if n % 5 == 0 else f"line {n}" for n in range(1, 41)]
CHANGE = Changeset((FileChange("x.py", "changed", tuple(compared(OLD, NEW))),))
EVERY_LINE = [CHANGE.files[0].address(line) for line in CHANGE.files[0].lines]


def fault(weight: FaultWeight, line: int | None, *lines: int, removed: int | None = None) -> SeededFault:
    """A fault on that line of x.py."""
    return SeededFault(
        file="x.py", line=line, removed=removed, lines=lines, weight=weight, what="Wrong.", comment="Change it."
    )


def exercise(faults: Sequence[SeededFault], decoys: Sequence[int]) -> Diff:
    """A review of x.py."""
    return Diff(
        kind="diff", id="x", title="X", minutes=5, objectives=("o",), brief="Review.", debrief="Look back.",
        seeded=tuple(faults), decoys=tuple(Decoy(file="x.py", line=line, why="Right.") for line in decoys),
    )  # fmt: skip


SAMPLE = exercise(
    [fault("question", 5), fault("must", 10, 9, 11), fault("should", None, removed=15), fault("must", 20, removed=20)],
    [25, 30],
)


def marks(*addresses: str) -> list[ReviewMark]:
    """Marks on these lines of x.py: "10" or "-15"."""
    return [ReviewMark(f"x.py@{address}", "should", "hm") for address in addresses]


@st.composite
def reviews(draw: st.DrawFn) -> Diff:
    """A review with faults and decoys on different lines."""
    lines = draw(st.lists(st.integers(1, 40), min_size=4, max_size=16, unique=True))
    count = draw(st.integers(3, min(8, len(lines) - 1)))
    weights = draw(st.lists(st.sampled_from(WEIGHTS), min_size=count, max_size=count))
    return exercise([fault(w, line) for w, line in zip(weights, lines, strict=False)], lines[count : count + 8])


@given(review=reviews())
def test_marking_everything_is_worth_nothing(review: Diff) -> None:
    outcome = judge_review(review, CHANGE, [ReviewMark(address, "must") for address in EVERY_LINE])
    assert outcome.score == 0
    assert not outcome.missed
    assert not outcome.resisted
    assert not outcome.passes(0.8)


@given(review=reviews())
def test_all_faults_and_nothing_else_is_worth_everything(review: Diff) -> None:
    given_ = [ReviewMark(address, f.weight) for f in review.seeded for address in lines_of(f, CHANGE)]
    outcome = judge_review(review, CHANGE, given_)
    assert outcome.score == 1
    assert (outcome.missed, outcome.accused, len(outcome.resisted)) == ((), (), len(review.decoys))
    assert outcome.passes(1.0)


@given(review=reviews())
def test_no_marks_are_worth_nothing(review: Diff) -> None:
    outcome = judge_review(review, CHANGE, [])
    assert outcome.score == 0
    assert len(outcome.missed) == len(review.seeded)
    assert not outcome.passes(0.8)


@given(review=reviews(), chosen=st.lists(st.sampled_from(EVERY_LINE), unique=True), one=st.sampled_from(EVERY_LINE))
def test_every_mark_is_accounted_for_once_and_one_more_moves_the_score_its_way(
    review: Diff, chosen: list[str], one: str
) -> None:
    before = judge_review(review, CHANGE, [ReviewMark(address, "must") for address in chosen])
    assert 0 <= before.score <= 1
    assert sum(len(each.marks) for each in before.found) + len(before.accused) == len(chosen)
    assert len(before.found) + len(before.missed) == len(review.seeded)
    assert [f.weight for f in before.missed] == sorted((f.weight for f in before.missed), key=WEIGHTS.index)
    if one in chosen:
        return
    after = judge_review(review, CHANGE, [ReviewMark(address, "must") for address in (*chosen, one)])
    if any(one in lines_of(f, CHANGE) for f in review.seeded):
        assert after.score >= before.score
    else:
        assert after.score <= before.score


@given(review=reviews(), order=st.permutations(EVERY_LINE[:12]))
def test_the_order_of_marking_does_not_matter(review: Diff, order: list[str]) -> None:
    there = judge_review(review, CHANGE, [ReviewMark(address, "must") for address in order])
    assert there == judge_review(review, CHANGE, [ReviewMark(address, "must") for address in EVERY_LINE[:12]])


def test_the_score_is_weighted_hits_minus_false_alarms_over_decoys() -> None:
    seeded: list[FaultWeight] = ["must", "should", "question"]
    assert review_score(["must"], seeded, 0, 3) == pytest.approx(3 / 6)
    assert review_score(["must", "should"], seeded, 1, 3) == pytest.approx(5 / 6 - 1 / 3)
    assert review_score(["question"], seeded, 1, 4) == 0
    assert review_score(seeded, seeded, 1, 0) == 0
    assert review_score([], [], 0, 1) == 0


def test_marks_within_the_range_of_a_fault_count_once() -> None:
    outcome = judge_review(SAMPLE, CHANGE, marks("9", "10", "-10", "11"))
    assert [(len(each.marks), each.fault.weight) for each in outcome.found] == [(4, "must")]
    assert outcome.score == pytest.approx(3 / 9)
    assert not outcome.accused


def test_a_removed_line_is_another_line_than_the_one_in_its_place() -> None:
    assert len(judge_review(SAMPLE, CHANGE, marks("-15")).found) == 1
    wrong = judge_review(SAMPLE, CHANGE, marks("15"))
    assert (len(wrong.found), len(wrong.accused)) == (0, 1)
    either = judge_review(SAMPLE, CHANGE, marks("-20", "20"))
    assert [len(each.marks) for each in either.found] == [2]


def test_a_decoy_is_distinguished_from_a_line_that_is_just_right() -> None:
    outcome = judge_review(SAMPLE, CHANGE, marks("25", "33"))
    assert [each.decoy.why if each.decoy else "" for each in outcome.accused] == ["Right.", ""]
    assert [decoy.line for decoy in outcome.resisted] == [30]


def test_a_line_marked_twice_counts_once_and_one_that_is_not_there_not_at_all() -> None:
    outcome = judge_review(SAMPLE, CHANGE, [*marks("33", "33", "99"), ReviewMark("y.py@1", "must")])
    assert [each.mark.address for each in outcome.accused] == ["x.py@33"]


def test_all_musts_pass_unless_more_is_accused_than_found() -> None:
    found = judge_review(SAMPLE, CHANGE, marks("10", "20"))
    assert found.score == pytest.approx(6 / 9)
    assert found.passes(0.8)
    assert judge_review(SAMPLE, CHANGE, marks("10", "20", "33", "34")).passes(0.8)
    assert not judge_review(SAMPLE, CHANGE, marks("10", "20", "33", "34", "35")).passes(0.8)
    assert not judge_review(SAMPLE, CHANGE, marks("10", "-15", "5")).passes(0.8)


def test_without_musts_only_the_score_counts() -> None:
    mild = replace(SAMPLE, seeded=tuple(replace(f, weight="should") for f in SAMPLE.seeded))
    assert not judge_review(mild, CHANGE, []).passes(0.8)
    assert not judge_review(mild, CHANGE, marks("10", "20", "-15")).passes(0.8)
    assert judge_review(mild, CHANGE, marks("10", "20", "-15", "5")).passes(0.8)
