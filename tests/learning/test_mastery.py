"""How well an objective is known."""

from __future__ import annotations

from dev2cto.learning.mastery import calibration, mastery


def test_mastery_needs_three_answers() -> None:
    assert mastery({"a": 1, "b": 1}).words == "2 of 3 answers"
    known = mastery({"a": 1, "b": 0.5, "c": 0})
    assert (known.mean, known.answered, known.words) == (0.5, 3, "50 %")


def test_calibration_sets_confidence_against_scores() -> None:
    rows = calibration([(3, 1), (3, 0), (1, 1), (0, 0), (3, 1)])
    assert [(row.confidence, row.answers, round(row.mean, 3)) for row in rows] == [(1, 1, 1), (3, 3, 0.667)]
    assert calibration([]) == ()
