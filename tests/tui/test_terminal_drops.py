"""The line drops in the middle of every kind of input: the next start shows the very same screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyte.screens import Char

from dev2cto.study.queries.passages import text_of
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.highlights import add_highlight, toggle_cue
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import make_promise, proposed
from dev2cto.study.study import Study
from tests.support.fake_learner import GOOD_NOTE, asked_in_quiz, given, on_disk
from tests.support.pty_driver import Start, Terminal
from tests.support.studies import FakeClock, open_study_in, record_of

LONG_AGO = datetime(2024, 1, 8, 10, 0, tzinfo=UTC)
"""Before any moment at which the program itself writes."""
YESTERDAY, A_WEEK_AGO = (datetime.now(UTC) - timedelta(days=days) for days in (1, 7))
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
    began: datetime = LONG_AGO
    """When what came before was done."""


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


def answered(*, well: bool) -> Prepare:
    """A reading, whose question was answered in a quiz."""

    def prepare(study: Study) -> Location:
        attempt, question = asked_in_quiz(study, "s-retry")
        attempt.answer(question, given(study, question, well=well))
        return Location("reading", ("s-contracts",))

    return prepare


def asking(study: Study) -> Location:
    """A reading with a passage that reviews ask about."""
    text = text_of(study, study.curriculum.reading("s-contracts"), "limits").text
    words = "A limit that outlives its caller protects nobody."
    first = text.index(words)
    toggle_cue(study, add_highlight(study, "s-contracts", "limits", text, first, first + len(words)))
    return Location("reading", ("s-contracts",))


TO_REVIEW = (":", "plan", "enter", "2")
"""The keys that lead from anywhere to the only review beside the due one."""
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
    "a promise's deed": Drop(
        at("reading", "s-contracts"), "min left", ("z", "tab", "tab", " now", "left"), "of the call now", True
    ),
    "a promise's buttons": Drop(
        at("reading", "s-contracts"), "min left", ("z", "tab", "x", *["tab"] * 3, "down"), "▌ 2  Leave"
    ),
    "what happened": Drop(promised, "min left", ("z", "Both had", "left"), "Both had", True),
    "what happened, at home": Drop(promised, "min left", ("q", "z", "Both had", "left"), "Both had", True, A_WEEK_AGO),
    "what became of it": Drop(promised, "min left", ("z", "Both had", "enter", "down"), "▌ 2"),
    "a passage": Drop(at("reading", "s-contracts"), "min left", ("c", "down", "space"), "Up and down choose"),
    "a passage's note": Drop(at("reading", "s-contracts"), "min left", ("c", "e", "True h", "left"), "True h", True),
    "a cue": Drop(asking, "min left", ("r", "1"), "0 of 1 recalled"),
    "a cue's passage": Drop(asking, "min left", ("r", "1", "1", "down"), "▌ 2"),
    "a cue that was not known": Drop(asking, "min left", ("r", "1", "1", "1"), "How does the passage go on?"),
    "a plan's day": Drop(
        at("reading", "s-contracts"), "min left", (":", "plan", "enter", "1", "2027-0", "left"), "2027-0", True
    ),
    "a review ahead": Drop(answered(well=True), "min left", (*TO_REVIEW, "2"), "●", began=YESTERDAY),
    "a review of what was missed": Drop(answered(well=False), "min left", (*TO_REVIEW, "2"), "●", began=YESTERDAY),
    "a verdict in a review": Drop(
        answered(well=False), "min left", (*TO_REVIEW, "1", "enter", "2"), "0 of 1", began=YESTERDAY
    ),
    "a miss that came back": Drop(
        answered(well=False), "min left", (*TO_REVIEW, "1", "enter", "2", "enter"), "0 of 1", began=YESTERDAY
    ),
    "a report": Drop(exam("s-retry"), "A mobile client", ("2", "!", "two fit", "left"), "two fit", True),
    "a find": Drop(at("reading", "s-contracts"), "min left", ("/", "retri", "left"), "retri", True),
    "a command": Drop(at("reading", "s-contracts"), "min left", (":", "sett", "left"), "sett", True),
    "a setting": Drop(at("settings", editing="goal_minutes", value="12"), "Settings", ("3", "left"), "312", True),
    "a search": Drop(at("search", "perc"), "Search the course", ("enti", "left"), "   enti", True),
}
"""Every form of an answer, and every other screen that takes input."""


@pytest.mark.parametrize("name", DROPS)
def test_a_dropped_line_loses_nothing(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    drop = DROPS[name]
    study = open_study_in(record_of(tmp_path / "home"), FakeClock(drop.began))
    study.keep(drop.at(study))
    study.record.save_and_close()

    monkeypatch.setenv("DEV2CTO_SEED", "1")
    first = start("--resume")
    first.expect(drop.begins)
    first.press(*drop.keys)
    first.expect(drop.shows)
    shown, look, cursor = first.text, looks(first), (first.screen.cursor.x, first.screen.cursor.y)
    assert first.hang_up() == 129

    monkeypatch.setenv("DEV2CTO_SEED", "2")
    second = start("--resume")
    second.expect(drop.shows)
    assert second.text == shown
    assert looks(second) == look
    if drop.typed:
        assert (second.screen.cursor.x, second.screen.cursor.y) == cursor


KILLED = {
    "a promise": ('"cursor": 33', "production now"),
    "a promise's deed": ('"cursor": 46', "of the call now"),
    "a promise's day": ('"cursor": 10', 'x"'),
    "what happened, at home": ('"cursor": 7', "Both had"),
    "what became of it": ('"row": "later"', "Both had"),
    "a passage": ('"passage": ["twice", 1, 3]',),
    "a passage's note": ('"cursor": 5', "True h"),
    "a cue's passage": ('"cursor": 1', '"stage": "shown"'),
    "a plan's day": ('"cursor": 5', "2027-0"),
    "a review ahead": ('"left": ["s-retry"]', '"cursor": 1'),
}
"""Some of them, and what the record has once the last key is saved."""


@pytest.mark.parametrize("name", KILLED)
def test_a_killed_program_loses_nothing_that_was_saved(start: Start, tmp_path: Path, name: str) -> None:
    drop = DROPS[name]
    directory = record_of(tmp_path / "home")
    study = open_study_in(directory, FakeClock(drop.began))
    study.keep(drop.at(study))
    study.record.save_and_close()

    def is_saved() -> bool:
        with suppress(ValueError):  # a line that is being written
            kept = json.dumps([on_disk(directory, table) for table in ("place", "drafts")])
            return all(words in kept for words in KILLED[name])
        return False

    first = start("--resume")
    first.expect(drop.begins)
    first.press(*drop.keys)
    first.expect(drop.shows)
    first.until(is_saved, "what is typed, in the record")
    first.settle()
    shown, look = first.text, looks(first)
    first.kill()

    second = start("--resume")
    second.expect(drop.shows)
    assert second.text == shown
    assert looks(second) == look


def looks(terminal: Terminal) -> list[list[Char]]:
    """What the screen shows, with its colours."""
    buffer = terminal.screen.buffer
    return [[char for x in range(80) if (char := buffer[y][x]).data.strip()] for y in range(24)]
