"""Both faces, the same learner: what is in the record afterwards is the same."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import string
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from dev2cto.exercises.kinds import KINDS as EXERCISES
from dev2cto.items.base import Retry
from dev2cto.items.forms import Response, incomplete_reason
from dev2cto.items.kinds import KINDS as ITEMS
from dev2cto.record.schema import TABLES
from dev2cto.study.queries.question_models import Question
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.state.course_trust import trust
from dev2cto.study.study import Study
from dev2cto.tui.app import CourseApp
from dev2cto.tui.widgets.line_widget import MarkdownText
from tests.support.fake_learner import GOOD_NOTE, GOOD_PLAN
from tests.support.pilot_driver import running
from tests.support.responses import SURE, judged_keys, judged_lines, keys, lines, spelled
from tests.support.studies import FakeClock, open_study
from tests.support.typist import typed

TO_STEP = ("down", "down", "enter")
"""The keys that lead from home to Step 2."""
ELSEWHERE = {"place", "positions", "drafts", "responses", "study"}
"""Tables that say where the learner is and how long it took: each face has its own places and pace."""
PACE = {"ms", "at", "started", "finished", "read_at", "due", "last"}
TEXT = {_character_to_key(char): char for char in string.printable if char not in string.digits + "\n\r\t\x0b\x0c"}
"""Keys that only a text field takes here, with their characters."""
Fresh = Callable[[str], Study]


def documents(study: Study) -> dict[str, Any]:
    """What the record holds, with the random ids by the order of their making, and without the pace."""
    tables = {name: dict(study.record.table(name).stream()) for name in TABLES if name not in ELSEWHERE}
    made = ("answers", "attempts", "choices", "submissions", "reviews", "notes", "note_revs", "reports")
    events = (*made, "promises", "outcomes", "highlights")
    names = {id: f"{table} {n}" for table in events for n, id in enumerate(sorted(tables[table]))}

    def named(key: str) -> str:
        head, slash, rest = key.partition("/")
        kind, colon, id = key.partition(":")
        return f"{kind}:{names[id]}" if colon and id in names else f"{names.get(head, head)}{slash}{rest}"

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {named(key): plain(inner) for key, inner in value.items() if key not in PACE}
        if isinstance(value, (list, tuple)):
            return [plain(inner) for inner in value]
        return named(value) if isinstance(value, str) else value

    tables["marks"] = {f"{names[doc['attempt']]}/{doc['address']}": doc for doc in tables["marks"].values()}
    kept = {name: plain(dict(table)) for name, table in tables.items()}
    for id in [id for id in kept["sums"] if id.startswith("seen:")]:
        del kept["sums"][id]
    for doc in kept["sums"].values():
        if "scores" in doc:
            doc["scores"] = {item: score[0] for item, score in doc["scores"].items()}
    return kept


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """Makes a study for a face, with a workspace of its own; both draw the same."""

    def make(ui: str) -> Study:
        monkeypatch.setenv("DEV2CTO_HOME", str(tmp_path / ui))
        return open_study(tmp_path / ui / "records", FakeClock())

    return make


@contextlib.asynccontextmanager
async def screen(study: Study) -> AsyncIterator[Pilot[int]]:
    """The full screen over that study; left in the end with ctrl+q."""
    app = CourseApp(study)
    async with running(app) as pilot:
        yield pilot
        await pilot.press("ctrl+q")


async def press(pilot: Pilot[int], *pressed: str) -> None:
    """Keys, and all that follows from them; only what is typed as text goes faster than a hand."""
    for text, run in itertools.groupby(pressed, key=lambda key: key in TEXT):
        if text:
            for key in run:
                send(pilot, key)
            await pilot.pause()
        else:
            await pilot.press(*run)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def send(pilot: Pilot[int], key: str) -> None:
    """One key, without waiting for what it does."""
    event = events.Key(key, TEXT[key])
    event.set_sender(pilot.app)
    assert pilot.app._driver is not None
    pilot.app._driver.send_message(event)


def meant(study: Study, question: Question, well: bool) -> Response:
    """A response of that worth which is complete and judged at once."""
    item = study.curriculum.item(question.item)
    if well or not item.scored:
        return item.key(question.draw)
    return next(
        mistake
        for mistake in item.mistakes(question.draw)
        if not incomplete_reason(question.form, mistake) and not isinstance(item.grade(mistake, question.draw), Retry)
    )


@pytest.mark.parametrize("well", [True, False], ids=["right", "wrong"])
async def test_every_kind_of_item_is_answered_alike(fresh: Fresh, well: bool) -> None:
    """In two quizzes: each asks for one text only, and the second one for the text that the first did not ask for."""
    study = fresh("screen")
    asked = set()
    async with screen(study) as pilot:
        await press(pilot, "down", "enter", "down", "down")
        for done in (0, 14):
            await press(pilot, "enter", "enter")
            for question in waiting(study, done=done):
                asked.add(question.kind)
                await press(pilot, *keys(question.form, meant(study, question, well)), *judged_keys(question))
            await press(pilot, "q")
    assert asked == set(ITEMS)

    def whole_quiz(done: int) -> Iterator[str]:
        for question in waiting(other, done=done):
            yield from (*lines(question.form, meant(other, question, well)), *judged_lines(question))

    other = fresh("lines")
    typed(other, "1", "3", "1", whole_quiz(0), "q", "3", "1", whole_quiz(14), "q", "q", "q")
    assert len(other.record.table("answers")) == 28
    kept = documents(other)
    assert {"s-adr", "s-board"} <= {doc["item"] for doc in kept["answers"].values()}
    assert len(kept["ratings"]) == 4 + 6
    assert "s-board" in kept["cards"]
    assert kept == documents(study)


async def test_an_exam_is_taken_alike(fresh: Fresh) -> None:
    study = fresh("screen")
    async with screen(study) as pilot:
        await press(pilot, *TO_STEP, "down", "enter", "down", "enter")
        for question in waiting(study, 6):
            well = question.number % 2 == 0
            await press(pilot, *keys(question.form, meant(study, question, well)), str(SURE))
        await press(pilot, "f")

    def whole_exam() -> Iterator[str]:
        for question in waiting(other, 6):
            yield from (*lines(question.form, meant(other, question, question.number % 2 == 0)), str(SURE))
        yield "f"

    other = fresh("lines")
    typed(other, "2", "2", "2", whole_exam(), "q", "q", "q")
    kept = documents(other)
    assert [doc["state"] for doc in kept["attempts"].values()] == ["done"]
    assert len(kept["cards"]) == 6
    assert kept == documents(study)


async def test_a_reading_is_answered_noted_and_marked_alike(fresh: Fresh) -> None:
    study = fresh("screen")
    async with screen(study) as pilot:
        await press(pilot, "down", "enter", "enter", "enter", "1", "enter", str(SURE), "m", "e")
        await press(pilot, *spelled("A thought"), "tab", "enter", "x", "q")

    other = fresh("lines")
    typed(other, "1", "1", "1", str(SURE), "m", "e", "A thought", ".", "x", "q", "q", "q")
    kept = documents(other)
    assert kept["answers"]
    assert kept["note_revs"]
    assert kept["bookmarks"]
    assert len(kept["sections"]) == 3
    assert kept == documents(study)


def a_week_later(study: Study) -> Study:
    """The same learner in another session."""
    assert isinstance(study.clock, FakeClock)
    study.clock.pass_(days=7)
    return open_study(study.record.directory.parent, study.clock)


async def test_a_promise_is_made_and_answered_alike(fresh: Fresh) -> None:
    """One is changed, put off and kept; another one is made and deleted."""
    study = fresh("screen")
    async with screen(study) as pilot:
        await press(pilot, "down", "enter", "enter", "z", "tab", "tab", "ctrl+u", *spelled("ask"), "tab", "tab", "1")
    study = a_week_later(study)
    async with screen(study) as pilot:
        await press(pilot, "z", *spelled("None"), "enter", "2")
    study = a_week_later(study)
    async with screen(study) as pilot:
        await press(pilot, "z", *spelled("Done"), "enter", "1", "down", "enter", "enter", "z", "enter", "q", "q")
        await press(pilot, "n", "d")

    other = fresh("lines")
    typed(other, "1", "1", "z", "2", "ask", "", "q", "q", "q")
    other = a_week_later(other)
    typed(other, "z", "None", "2", "q")
    other = a_week_later(other)
    typed(other, "z", "Done", "1", "1", "1", "z", "", "q", "q", "n", "d 1", "q", "q")
    study, other = (open_study(each.record.directory.parent) for each in (study, other))
    kept = documents(other)
    assert [doc["do"] for doc in kept["promises"].values()] == ["ask"]
    assert [doc["result"] for doc in kept["outcomes"].values()] == ["later", "kept"]
    assert kept == documents(study)


def waiting(study: Study, count: int = 14, done: int = 0) -> Iterator[Question]:
    """The questions of the open attempt, each when it waits for an answer."""
    (attempt,) = [id for id, doc in study.record.table("attempts").stream() if doc["state"] == "open"]
    for number in range(count):
        question = study.attempt(attempt).question()
        assert question is not None
        assert len(study.record.table("answers")) == done + number, f"{question.item} was not reached"
        yield question


# -- exercises: what is done in the full screen, by keys, and the same by lines

Hands = tuple[Iterable[Sequence[str]], Iterable[str]]
"""Keys from the exercise's first screen on, some at a time, and the lines that do the same."""


def calculation(study: Study) -> Hands:
    """One part wrong, then right; then the other."""

    def by_keys() -> Iterator[Sequence[str]]:
        yield "enter", *spelled("7 ms"), "enter"
        yield *["backspace"] * 4, *spelled("150 ms"), "enter", "enter"
        yield *spelled(in_progress()), "enter"

    def by_lines() -> Iterator[str]:
        yield from ("", "7 ms", "150 ms", "")
        yield from (in_progress(), "q")

    def in_progress() -> str:
        (attempt,) = study.record.table("attempts").all()
        return str(attempt["draw"]["given"]["peak"] * 150 / 1000)

    return by_keys(), by_lines()


def scenario(study: Study) -> Hands:
    """The second choice, then the first one offered; the end and the debrief."""
    return [("enter", "2", "enter", "1", "enter", "enter")], ["", "2", "", "1", "", "", "q"]


def simulation(study: Study) -> Hands:
    """Two periods, with something typed, something stepped, something unused, and a decision."""
    first = ("enter", "4", "5", "down", "right", "right", "plus", "down", "1", "enter", "enter", "enter")
    second = ("6", "0", "down", "1", "0", "enter", "enter", "1", "enter", "enter")
    lines = ["", "1 45, 2 +15, 3 1", "", "", "", "1 60", "2", "rest", "", "", "1", "", "", "q"]
    return [first, second], lines


EMPTY = (*["down"] * 40, "end", *["shift+up"] * 40, "shift+home", "delete")
"""Keys that delete everything in an editor."""


def artefact(study: Study) -> Hands:
    """The template away, a clean text typed, submitted, every criterion rated."""
    write = ("enter", *EMPTY, *spelled(GOOD_NOTE), "tab", "enter")
    rate = ("enter", "2", "3", "2", "3", "q")
    return [write, rate], ["1", ".d 1-9", *GOOD_NOTE.rstrip("\n").split("\n"), ".", "s", "2", "2", "3", "2", "3", "q"]


def survey(study: Study) -> Hands:
    """Three statements, then the plan."""
    rate = ("2", "3", "0", "1", "3", "2")
    write = ("enter", *EMPTY, *spelled(GOOD_PLAN), "tab", "enter")
    plan = ("1", ".d 1-5", *GOOD_PLAN.rstrip("\n").split("\n"), ".", "s", "q")
    return [("enter", *rate), write], ["", *rate, *plan]


def review(study: Study) -> Hands:
    """A comment of two lines, a mark without one, another made and removed, gaps opened; finished, then begun again."""
    begin = ("enter", "right", "down", "enter", *spelled("Too long.\nWhy?"), "tab", "2")
    more = ("right", "3", "right", "1", "0", "o", "f", "f")
    lines = ["", "1:+5", "Too long.", "Why?", ".", "2", "1:-16 question", "2:1 must", "x 2:1", "o", "f", "f"]
    return [begin, more, ("v", "v", "a")], [*lines, "v", "v", "a", "q"]


EXERCISE_HANDS: dict[str, tuple[int, Callable[[Study], Hands]]] = {
    "calculation": (2, calculation),
    "scenario": (4, scenario),
    "artefact": (5, artefact),
    "survey": (6, survey),
    "simulation": (7, simulation),
    "diff": (8, review),
}
"""How far down in the step's list the exercise is, and what is done with it."""


def test_every_kind_of_exercise_is_done_by_a_test() -> None:
    assert {*EXERCISE_HANDS, "code"} == set(EXERCISES)


@pytest.mark.parametrize("kind", EXERCISE_HANDS)
async def test_every_kind_of_exercise_is_done_alike(fresh: Fresh, kind: str) -> None:
    down, hands = EXERCISE_HANDS[kind]
    study = fresh("screen")
    async with screen(study) as pilot:
        await press(pilot, *TO_STEP, *["down"] * down, "enter")
        for pressed in hands(study)[0]:
            await press(pilot, *pressed)

    other = fresh("lines")
    typed(other, "2", str(down + 1), hands(other)[1], "q", "q")
    kept = documents(other)
    assert kept["submissions"]
    assert kept == documents(study)


def test_a_code_lab_is_done_alike(fresh: Fresh) -> None:
    async def on_screen() -> None:
        async with screen(study) as pilot:
            await press(pilot, *TO_STEP, "down", "down", "down", "enter")
            await press(pilot, "c")
            solve(study)
            await press(pilot, "h", "q", "c")
            shown = " ".join(line.text for line in pilot.app.screen.query_one("#result", MarkdownText)._lines)
            assert "From your files (-) to ours (+)" in shown.partition("All checks pass: done.")[2]

    study = fresh("screen")
    trust(study)
    asyncio.run(on_screen())

    def work() -> Iterator[str]:
        yield "c"
        solve(other)
        yield from ("h", "c", "q")

    other = fresh("lines")
    trust(other)
    text = typed(other, "2", "4", work(), "q", "q")
    assert "From your files (-) to ours (+)" in text.partition("All checks pass: done.")[2]
    kept = documents(other)
    assert [doc["passed"] for doc in kept["submissions"].values()] == [False, True]
    assert kept == documents(study)


TESTS = """import unittest
import booking


class Fees(unittest.TestCase):
    def test_half(self):
        self.assertEqual(booking.fee(40, 2), 20)
"""
WRONG = TESTS.replace("20)", "40)")
ENOUGH = TESTS + "\n    def test_dear(self):\n        self.assertEqual(booking.fee(1000, 2), 50)\n"


def test_tests_are_judged_by_mutants_alike(fresh: Fresh) -> None:
    def write(study: Study, text: str) -> None:
        session = study.exercise("t-x-noticing")
        assert isinstance(session, CodeSession)
        assert session.folder is not None
        (session.folder / "test_booking.py").write_text(text)

    async def on_screen() -> list[str]:
        seen = []
        async with screen(study) as pilot:
            await press(pilot, *TO_STEP, *["down"] * (place - 1), "enter")
            await press(pilot, "c")
            for text in (WRONG, TESTS, ENOUGH):
                write(study, text)
                await press(pilot, "c")
                seen.append(" ".join(line.text for line in pilot.app.screen.query_one("#result", MarkdownText)._lines))
        return seen

    study = fresh("screen")
    trust(study)
    parts = study.step("t2").parts
    place = next(n for n, part in enumerate(parts, 1) if part.id == "t-x-noticing")
    failing, few, enough = (" ".join(text.split()) for text in asyncio.run(on_screen()))
    assert "failed test half 20.0 != 40 expected: 40 got: 20.0 at: test_booking.py:7" in failing
    assert "the mutants were not tried" in failing
    assert "missed Not noticed: nothing limits the fee any more." in few
    assert "A rule that seldom applies" not in few
    assert "Not noticed: a cancellation 24 hours ahead, to the minute, costs something A limit needs" in enough
    assert "+ if hours > 24:" in enough

    def work() -> Iterator[str]:
        yield "c"
        for text in (WRONG, TESTS, ENOUGH):
            write(other, text)
            yield "c"
        yield "q"

    other = fresh("lines")
    trust(other)
    text = " ".join(typed(other, "2", str(place), work(), "q", "q").split())
    for words in ("the mutants were not tried", "at least 2 of its 3 mutants", "mutant: if hours > 24:"):
        assert words in text
    kept = documents(other)
    submissions = list(kept["submissions"].values())
    assert [doc["passed"] for doc in submissions] == [False, False, False, True]
    assert [doc.get("survivors") for doc in submissions] == [
        ["mutants/sharp.py", "mutants/whole.patch", "mutants/no-limit.patch"],
        None,
        ["mutants/sharp.py", "mutants/no-limit.patch"],
        ["mutants/sharp.py"],
    ]
    assert kept == documents(study)


def solve(study: Study) -> None:
    """Put the solution where the learner's file is, with a line of the learner's own."""
    session = study.exercise("t-x-adding")
    assert isinstance(session, CodeSession)
    assert session.folder is not None
    for name in session.exercise.files:
        (session.folder / name).write_text((session.source / "solution" / name).read_text() + "# mine\n")
