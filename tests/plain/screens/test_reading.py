"""What to do at work with a reading, at its end in plain mode."""

from __future__ import annotations

import shutil
from pathlib import Path

from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.studies import COURSE, open_study
from tests.support.typist import typed


def test_what_to_do_on_monday_ends_a_reading(study: Study) -> None:
    text = typed(study, "1", "1", "s", "", "s", "", "q", "q", "q")
    monday = "On Monday After the next timeout in production, I will look for a token in both copies of the call."
    shows(text, "A limit that outlives its caller", monday, "Look at: whether the second", "enter ends the reading")


def test_what_to_do_on_monday_is_found_in_its_reading(study: Study) -> None:
    text = typed(study, "1", "1", "f token in both copies", "1", "q", "q", "q")
    shows(text, "1. On Monday, at the end of the reading", "After the next timeout in production, I will look")


def test_what_to_do_on_monday_comes_after_a_question_that_is_passed_over(tmp_path: Path) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    reading = course / "modules/01-calls/readings/1-contracts.yaml"
    text = reading.read_text().replace("check: s-retry", "check: s-timeouts")
    reading.write_text(text.replace("monday:", "    check: s-retry\nmonday:"))
    study = open_study(tmp_path / "records", course=course)
    text = typed(study, "1", "1", "s", "", "s", "", "s", "", "q", "q", "q")
    shows(text, "Check: A mobile client", "On Monday", "enter ends the reading", "Next:")
