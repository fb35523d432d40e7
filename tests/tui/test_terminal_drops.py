"""The line drops in the middle of every kind of input: the next start shows the very same screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import make_promise, proposed
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, asked_in_quiz
from tests.support.pty_driver import Start
from tests.support.studies import FakeClock, open_study_in, record_of

LONG_AGO = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)
"""Before any moment at which the program itself writes."""
Prepare = Callable[[Study], Location]


@dataclass(frozen=True)
class Drop:
    """Where the learner is when the program starts, what is typed there, and what the screen shows of it."""

    at: Prepare
    begins: str
    keys: tuple[str, ...]
    shows: str
    typed: bool = False
    """Whether the cursor is in a field."""


def exam(item: str) -> Prepare:
    """An exam of Step 1 at that question: one can go to any of them."""

    def prepare(study: Study) -> Location:
        attempt = study.quiz("t1", "exam")
        return Location("quiz", ("t1", attempt.id, item))

    return prepare


def asked(item: str) -> Prepare:
    """A practice quiz of Step 1 in which that question comes next."""

    def prepare(study: Study) -> Location:
        attempt, _ = asked_in_quiz(study, item)
        return Location("quiz", ("t1", attempt.id, item))

    return prepare


def comparing(study: Study) -> Location:
    """An answer in one's own words was given; its author is before what it is compared with."""
    attempt, question = asked_in_quiz(study, "s-board")
    feedback = attempt.answer(question, SubmittedAnswer("We lose 9 clinics a year."))
    assert isinstance(feedback, Feedback)
    extra = {"judged": 0, "answer": feedback.answer, "draw": question.draw.document()}
    return Location("quiz", ("t1", attempt.id, "s-board"), feedback.response, extra=extra)


def at(screen: str, *ids: str, **extra: object) -> Prepare:
    """That screen, as the learner left it."""
    return lambda study: Location(screen, ids, extra=extra)


def judging(study: Study) -> Location:
    """A text was submitted; its author is at the first criterion."""
    session = study.exercise("t-x-note")
    session.submit(GOOD_NOTE)  # type: ignore[union-attr]
    return Location("exercise", ("t-x-note",), extra={"criterion": 0, "underway": True})


def practice(study: Study) -> Location:
    """A practice quiz at its first question."""
    attempt = study.quiz("t2", "practice")
    return Location("quiz", ("t2", attempt.id, attempt.order[0]))


def promised(study: Study) -> Location:
    """A reading whose plan was promised."""
    make_promise(study, "s-contracts", proposed(study, "s-contracts"))
    return Location("reading", ("s-contracts",))


REVIEW = at("exercise", "t-x-review", stage="review")
DROPS = {
    "one of several": Drop(exam("s-retry"), "A mobile client", ("2",), "●"),
    "some of several": Drop(exam("s-compatible"), "backward compatible", ("1", "3", "up"), "■"),
    "a number": Drop(exam("s-burn"), "Tessaly has", ("12.", "left"), "12.", True),
    "an interval": Drop(exam("s-budget-sum"), "A click spends", ("20", "enter", "4", "left"), "4", True),
    "a predicted number": Drop(
        exam("s-budget-sum"), "A click spends", ("20", "enter", "40", "enter", "3"), "  3", True
    ),
    "a word": Drop(exam("s-idempotent"), "What is an operation", ("idem", "left", "left"), "idem", True),
    "an order": Drop(exam("s-rename"), "A column is renamed", ("3", "down", "down", "0"), "left out"),
    "pairs": Drop(exam("s-runtimes"), "Which runtime", ("2", "3"), "[3]"),
    "groups": Drop(exam("s-methods"), "Sort the methods", ("1", "2"), "[2]"),
    "blanks": Drop(exam("s-cache-headers"), "Complete the headers", ("31536000", "enter", "immu"), "immu", True),
    "an output": Drop(exam("s-closure"), "What does this print", ("2", "enter", "27"), "27", True),
    "lines": Drop(exam("s-race"), "Mark the lines", ("2", "down", "down"), "■"),
    "true or false": Drop(exam("s-quorum"), "Five replicas", ("1", "2", "1"), "[2]"),
    "an explanation": Drop(
        asked("s-adr"), "You chose a cache", ("Reads may", "enter", "ol", "left"), "Reads may", True
    ),
    "an answer to somebody": Drop(asked("s-board"), "So what?", ("We lose", "enter", "9", "left"), "We lose", True),
    "ticks": Drop(comparing, "Compare with your own", ("6", "2", "1"), "■  6  Says what would change your mind"),
    "a practice quiz": Drop(practice, "1 of 6", ("2",), "1 of 6"),
    "an inline check": Drop(at("reading", "s-contracts"), "min left", ("enter", "3"), "●  3"),
    "a calculation's part": Drop(at("exercise", "t-x-waits", part=0), "part 1 of", ("17", "left"), "17", True),
    "a survey's rating": Drop(at("exercise", "t-x-self"), "Rate yourself", ("enter", "2", "down"), "How sure are you?"),
    "a survey's plan": Drop(at("exercise", "t-x-self", writing=True), "My plan", ("I want ", "left"), "I want", True),
    "a scenario": Drop(at("exercise", "t-x-friday"), "The build is red", ("enter", "down"), "▌ 2"),
    "a scenario's outcome": Drop(
        at("exercise", "t-x-friday"), "enter begins", ("enter", "2", "enter"), "Nobody is pleased"
    ),
    "an artefact": Drop(at("exercise", "t-x-note", writing=True), "# Note 1", ("Dear all", "enter"), "Dear all", True),
    "a rubric": Drop(judging, "criterion 1 of 4", ("2", "left", "right", "down", "down"), "criterion 2 of 4"),
    "a review's marks": Drop(REVIEW, "0 marks", ("right", "1", "down", "2", "o", "end", "up"), "2 marks"),
    "a review's comment": Drop(REVIEW, "0 marks", ("right", "enter", "Too lo", "left"), "Too lo", True),
    "below a comment": Drop(REVIEW, "0 marks", ("enter", "Hm", "tab", "down", "down"), "▌ 3"),
    "a review's verdict": Drop(REVIEW, "0 marks", ("f", "f"), "Not done yet"),
    "a note": Drop(at("reading", "s-contracts"), "min left", ("e", "half a thou", "left"), "half a thou", True),
    "a promise": Drop(at("reading", "s-contracts"), "min left", ("z", "tab", " now", "left"), "production now", True),
    "a promise's day": Drop(
        at("reading", "s-contracts"), "min left", ("z", "tab", "tab", "tab", "x", "left"), "tomorrow, friday", True
    ),
    "what happened": Drop(promised, "min left", ("z", "Both had", "left"), "Both had", True),
    "a report": Drop(exam("s-retry"), "A mobile client", ("2", "!", "two fit", "left"), "two fit", True),
    "a find": Drop(at("reading", "s-contracts"), "min left", ("/", "retri", "left"), "retri", True),
    "a command": Drop(at("reading", "s-contracts"), "min left", (":", "sett", "left"), "sett", True),
    "a setting": Drop(at("settings", editing="goal_minutes", value="12"), "Settings", ("3", "left"), "312", True),
    "a search": Drop(at("search", "perc"), "Search the course", ("enti", "left"), "   enti", True),
}
"""Every form of an answer, and every other screen that takes input."""


@pytest.mark.parametrize("name", DROPS)
def test_a_dropped_line_loses_nothing(start: Start, tmp_path: Path, name: str) -> None:
    drop = DROPS[name]
    study = open_study_in(record_of(tmp_path / "home"), FakeClock(LONG_AGO))
    study.keep(drop.at(study))
    study.record.save_and_close()

    first = start("--resume")
    first.expect(drop.begins)
    first.press(*drop.keys)
    first.expect(drop.shows)
    shown, cursor = first.text, (first.screen.cursor.x, first.screen.cursor.y)
    assert first.hang_up() == 129

    second = start("--resume")
    second.expect(drop.shows)
    assert second.text == shown
    if drop.typed:
        assert (second.screen.cursor.x, second.screen.cursor.y) == cursor
