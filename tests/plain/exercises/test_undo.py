"""Undoing a rating by lines, in a survey and against a rubric."""

from __future__ import annotations

from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.study import Study
from tests.plain.screens.test_screens import shows
from tests.support.fake_learner import GOOD_NOTE
from tests.support.typist import typed


def to(study: Study, part: str) -> tuple[str, ...]:
    """From home to an exercise of Step 2."""
    parts = [p.id for p in study.step("t2").parts]
    return "2", str(parts.index(part) + 1)


def test_a_rating_of_a_statement(study: Study) -> None:
    text = typed(study, *to(study, "t-x-self"), "", "2", "2", "u", "1", "3", "q", "q", "q")
    shows(text, "Statement 1: you rated yourself 2, fairly sure. u undoes it.", "statement 2 of 3", "Rating undone.")
    assert text.count("statement 1 of 3") == 2
    shows(text.split("Rating undone.")[1], "statement 1 of 3", "Statement 1: you rated yourself 1, sure.")
    assert "You rated yourself 2" not in text.split("Rating undone.")[1]
    (kept,) = study.record.table("ratings").all()
    assert (kept["rating"], kept["confidence"]) == (1, 2)


def test_the_last_rating_before_the_results(study: Study) -> None:
    text = typed(study, *to(study, "t-x-self"), "", *("2", "2") * 3, "u", "1", "1", "3", "u", "q", "q", "q")
    before, after = text.split("Rating undone.")
    assert "Where you see yourself" in before
    shows(after, "statement 3 of 3", "Where you see yourself", "There is nothing to undo.")


def test_a_rating_while_how_sure_is_asked(study: Study) -> None:
    text = typed(study, *to(study, "t-x-self"), "", "2", "2", "3", "u", "q", "q", "q")
    assert "statement 1 of 3" in text.split("Rating undone.")[1].split("statement 2")[0]


def test_a_rating_of_a_criterion_and_what_it_completed(study: Study) -> None:
    session = study.exercise("t-x-note")
    assert isinstance(session, ArtefactSession)
    session.submit(GOOD_NOTE)
    text = typed(study, *to(study, "t-x-note"), "2", "2", "u", "3", "2", "2", "2", "u", "q", "q", "q")
    shows(text, "Criterion 1 rated 2. u undoes it.", "Rating undone.", "criterion 1 of 4", "Criterion 1 rated 3.")
    shows(text, "Every criterion is at least 2.", "Rating undone.")
    assert not study.progress.is_exercise_done("t-x-note")
    assert len(study.record.table("ratings").all()) == 3
