"""A final form in a real terminal: the line drops, or the program is killed, and the form continues."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.items.forms import PickOne, Predict
from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from tests.support.fake_learner import on_disk
from tests.support.pty_driver import Start
from tests.support.studies import FakeClock, open_study_in, record_of
from tests.tui.test_terminal_drops import LONG_AGO


def number_of(study: Study, form: type) -> int:
    """The number of the first question with that form."""
    session = study.final("c11")
    asked = (session.question(number) for number in range(1, 9))
    return next(question.number for question in asked if question is not None and isinstance(question.form, form))


def prepared(home: Path, form: type) -> int:
    """A record in which the learner is at the first question of that form; its number."""
    study = open_study_in(record_of(home), FakeClock(LONG_AGO))
    session, number = study.final("c11"), number_of(study, form)
    study.keep(Location("final", ("c11", session.id, session.order[number - 1])))
    study.record.save_and_close()
    return number


DROPS: dict[str, tuple[type, tuple[str, ...], str]] = {
    "an option": (PickOne, ("2",), "●  2"),
    "an interval": (Predict, ("20", "enter", "4"), "at most     4"),
    "a predicted number": (Predict, ("20", "enter", "40", "enter", "3"), "the number  3"),
    "the overview": (PickOne, ("2", "o", "down"), "begun"),
    "a flag": (PickOne, ("m", "right"), "8 left"),
}
"""Where the learner is, what is pressed there, and what the screen shows of it."""


@pytest.mark.parametrize("name", DROPS)
def test_a_dropped_line_loses_nothing(start: Start, tmp_path: Path, name: str) -> None:
    form, keys, shows = DROPS[name]
    number = prepared(tmp_path / "home", form)
    first = start("--resume")
    first.expect(f"question {number} of 8")
    first.press(*keys)
    first.expect(shows)
    shown = first.text
    assert first.hang_up() == 129

    second = start("--resume")
    second.expect(shows)
    assert second.text == shown


def test_a_killed_program_has_kept_answers_and_flags(start: Start, tmp_path: Path) -> None:
    number = prepared(tmp_path / "home", PickOne)
    first = start("--resume")
    first.expect(f"question {number} of 8, 8 left")
    first.press("m")
    first.expect("flagged")
    first.press("1", "enter", "3")
    first.expect("7 left")
    first.kill()
    assert len(on_disk(record_of(tmp_path / "home"), "answers")) == 1

    second = start("--resume")
    second.expect("7 left")
    second.press("tab", "o")
    second.expect("1 answered, 7 open, 1 flagged")


def test_by_lines_it_goes_on_where_it_was_killed(start: Start, tmp_path: Path) -> None:
    number = prepared(tmp_path / "home", PickOne)
    first = start("--plain", "--resume")
    first.expect(f"question {number} of 8, 8 left")
    first.press("1", "enter")
    first.expect("How sure are you?")
    first.press("2", "enter")
    first.expect("Saved.")
    first.kill()

    second = start("--plain", "--resume")
    second.expect("of 8, 7 left")
    second.press("o", "enter")
    second.expect("1 answered, 7 open")
