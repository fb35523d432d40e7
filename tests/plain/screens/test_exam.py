"""An exam by lines: overview, flags, a clock that can be hidden."""

from __future__ import annotations

from pathlib import Path

from tests.plain.screens.test_screens import shows
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed


def test_an_exam_has_an_overview_with_flags_and_a_clock(tmp_path: Path, clock: FakeClock) -> None:
    study = open_study(tmp_path, clock)
    text = typed(study, "1", "3", "2", "m", "o", "12", "c", "b", "q", "q", "q")
    shows(
        text,
        "Step 1 / Exam: question 1 of 13, 13 left, 0 min",
        "Flagged",
        "Overview",
        "1. open, flagged:",
        "question 12 of 13, 13 left, 0 min",
        "The clock is hidden.",
        "question 11 of 13, 13 left",
    )
    assert "question 11 of 13, 13 left\n" in text.split("The clock is hidden.")[1]
    again = open_study(tmp_path, clock)
    assert not again.settings.exam_clock
    again.record.close()
