"""The welcome of a new learner, by lines."""

from __future__ import annotations

import io
from pathlib import Path

from dev2cto.plain.main import run_plain
from tests.plain.screens.test_screens import shows
from tests.support.studies import SHIPPED, FakeClock, open_study
from tests.support.typist import Typist, typed


def started(folder: Path, *lines: str) -> str:
    """What a start shows while these lines are typed; then the input ends, as when the line is lost."""
    study, out = open_study(folder, FakeClock(), course=SHIPPED), io.StringIO()
    run_plain(study, welcome=True, source=Typist(lines), out=out)
    return out.getvalue()


def test_a_new_learner_hears_it_until_it_was_answered(tmp_path: Path) -> None:
    lost = started(tmp_path)
    shows(lost, "Welcome", "Tessaly books appointments", "hours in all", "?: everything that can be typed")
    shows(started(tmp_path, "2", ""), "Welcome", "Weekly goal: 4 h a week", "Weekly goal: 5 h a week", "Prologue")
    later = started(tmp_path, "q")
    assert "Tessaly books appointments for 120" not in later.split("Everything is saved")[0].split("1. ")[0]


def test_left_with_q_it_comes_back_only_when_asked_for(tmp_path: Path) -> None:
    shows(started(tmp_path, "3", "q", "q"), "Ask how sure I am: on", "Ask how sure I am: off", "Begin: Prologue")
    text = started(tmp_path, "welcome", "q", "q")
    assert text.index("Begin: Prologue") < text.index("Tessaly books appointments")


def test_a_course_without_a_story_says_how_long_it_takes(tmp_path: Path) -> None:
    text = typed(open_study(tmp_path), "i", "q", "q")
    shows(text, "Welcome", "2 steps with 4 readings, about 2 h 46 in all: 1 week at 4 h a week.", "1. Begin: Step 1")
