"""Two sessions in every kind of session, side by side and on two machines: nothing that either did is lost.

A new kind of session, and a new way to write into an attempt, needs an entry here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import dev2cto.study
from dev2cto.items.base import Draw
from dev2cto.study.queries.passages import text_of
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.cues import CueSession, due_cues
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.final import FinalSession
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.sessions.reading import Position
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.highlights import add_highlight, highlights, toggle_cue
from dev2cto.study.state.notes import bookmarks, notes, toggle_bookmark, write_note
from dev2cto.study.state.promises import answer_promise, make_promise, promises, proposed
from dev2cto.study.state.reports import save_report
from dev2cto.study.study import Study
from tests.study.test_two_writers import Pair, meet
from tests.study.test_two_writers import pair as pair  # the fixture
from tests.support.fake_learner import GOOD_NOTE, GOOD_PLAN, given, run, take
from tests.support.studies import trusting

Try = Callable[[Study, Study], None]
SESSIONS = Path(dev2cto.study.__file__).parent / "sessions"


def answer_one(session: QuizSession) -> str:
    question = session.question()
    assert question is not None
    assert isinstance(session.answer(question, given(session.study, question)), Feedback)
    return question.item


def answered(study: Study, attempt: str) -> set[str]:
    return {doc["item"] for doc in study.record.table("answers").all() if doc["attempt"] == attempt}


def quiz(one: Study, two: Study) -> None:
    """Both go on in one attempt; each answers another question."""
    first = one.quiz("t1")
    before = answer_one(first)
    meet(one, two)
    second = two.attempt(first.id)
    later = second.question()
    assert later is not None
    second.skip(later)
    mine, theirs = answer_one(first), answer_one(second)
    meet(one, two)
    for study in (one, two):
        assert answered(study, first.id) == {before, mine, theirs}
        assert len(study.attempt(first.id).left) == len(first.order) - 3


def final(one: Study, two: Study) -> None:
    """Both flag in one form, and one answers."""
    first = one.final("c11")
    meet(one, two)
    second = two.final("c11")
    assert isinstance(second, FinalSession)
    assert second.id == first.id
    first.flag(first.order[0])
    second.flag(second.order[1])
    mine = answer_one(first)
    meet(one, two)
    for study in (one, two):
        session = study.final("c11")
        assert session.flagged == set(first.order[:2])
        assert answered(study, first.id) == {mine}


def review(one: Study, two: Study) -> None:
    """Each reviews the same card: both reviews count."""
    for study in (one, two):
        take(study, study.quiz("t2"))
    meet(one, two)
    before = len(one.record.table("reviews"))
    for study in (one, two):
        study.clock.pass_(days=40)  # type: ignore[attr-defined]
        session = study.review()
        question = session.question()
        assert question is not None
        session.answer(question, given(study, question))
    meet(one, two)
    for study in (one, two):
        assert len(study.record.table("reviews")) == before + 2


def reading(one: Study, two: Study) -> None:
    sections = [section.id for section in one.reading("s-contracts").reading.sections]
    one.reading("s-contracts").mark_section(sections[0])
    two.reading("s-contracts").mark_section(sections[1])
    two.reading("s-contracts").move(Position(sections[1], 0, 0))
    toggle_bookmark(one, f"s-contracts#{sections[0]}")
    toggle_bookmark(two, f"s-contracts#{sections[1]}")
    write_note(one, f"s-contracts#{sections[0]}", "from one")
    write_note(two, f"s-contracts#{sections[0]}", "from two")
    for study in (one, two):
        save_report(study, "s-retry", None, Draw(), f"a report of {study.record.writer}")
    meet(one, two)
    for study in (one, two):
        assert study.reading("s-contracts").read == {*sections[:2]}
        assert len(bookmarks(study)) == 2
        assert {note.text for note in notes(study)} == {"from one", "from two"}
        assert len(study.record.table("reports")) == 2


def calculation(one: Study, two: Study) -> None:
    """One opens the solution while the other answers a part."""
    sessions = []
    for study in (one, two):
        session = study.exercise("t-x-waits")
        assert isinstance(session, CalculationSession)
        sessions.append(session)
        session.begin() if study is one else None
        meet(one, two)
    first, second = (study.exercise("t-x-waits") for study in (one, two))
    assert isinstance(first, CalculationSession)
    assert isinstance(second, CalculationSession)
    question = second.question(0)
    key = second.sheet.item(0).key(question.draw)
    first.solution()
    second.answer(0, SubmittedAnswer(key))
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-waits")
        assert isinstance(session, CalculationSession)
        assert session.attempt.helped
        assert session.solved[0]


def code(one: Study, two: Study) -> None:
    """One opens a hint and the solution while the other passes the checks; neither reopens nor forgets."""
    first = trusting(one).exercise("t-x-noticing")
    assert isinstance(first, CodeSession)
    first.begin()
    meet(one, two)
    second = trusting(two).exercise("t-x-noticing")
    assert isinstance(second, CodeSession)
    second.keep(run(True), second.begin().folder)
    first.hint()
    first.solution()
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-noticing")
        assert isinstance(session, CodeSession)
        assert (session.done, session.hints_shown, session.attempt.helped) == (True, 1, True)
        assert session.attempt.doc["state"] == "done"


def scenario(one: Study, two: Study) -> None:
    """More in test_two_writers.py: both paths are kept, and one is continued."""
    first = one.exercise("t-x-friday")
    assert isinstance(first, ScenarioSession)
    first.decide(first.offered[0].id)
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-friday")
        assert isinstance(session, ScenarioSession)
        session.decide(session.offered[0].id)
    meet(one, two)
    assert [len(study.record.table("choices")) for study in (one, two)] == [3, 3]


def simulation(one: Study, two: Study) -> None:
    """Both divide the same period in their own way; the latest play is continued, and the other one is kept."""
    begun = one.exercise("t-x-two-quarters")
    assert isinstance(begun, SimulationSession)
    begun.begin()
    meet(one, two)
    plays = []
    for study, use in ((one, "features"), (two, "repair")):
        session = study.exercise("t-x-two-quarters")
        assert isinstance(session, SimulationSession)
        for available in session.state.available:
            uses = [each.id for each in available.budget.uses]
            for each in sorted(uses, key=lambda id: id != use):
                session.give(available.budget.id, each, available.amount)
        session.divide()
        plays.append([moves.document() for moves in session.state.moves])
    assert plays[0] != plays[1]
    meet(one, two)
    states = []
    for study in (one, two):
        session = study.exercise("t-x-two-quarters")
        assert isinstance(session, SimulationSession)
        assert session.changed == ""
        assert [moves.document() for moves in session.state.moves] in plays
        assert len(study.record.table("choices")) == 2
        states.append(session.state)
    assert states[0] == states[1]


def artefact(one: Study, two: Study) -> None:
    """Both submit a version, and type into the next."""
    for study in (one, two):
        session = study.exercise("t-x-note")
        assert isinstance(session, ArtefactSession)
        session.submit(f"{GOOD_NOTE}\n{study.record.writer}")
        session.keep(f"a draft of {study.record.writer}")
        study.record.save_live()
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-note")
        assert isinstance(session, ArtefactSession)
        assert len(session.versions()) == 2
        assert len(study.drafts("t-x-note")) == 2


def survey(one: Study, two: Study) -> None:
    """Each rates a statement, and one submits a plan; more in test_two_writers.py."""
    for number, study in enumerate((one, two)):
        session = study.exercise("t-x-self")
        assert isinstance(session, SurveySession)
        session.rate(session.exercise.statements[number].id, 2, number)
    meet(one, two)
    session = one.exercise("t-x-self")
    assert isinstance(session, SurveySession)
    session.submit(GOOD_PLAN)
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-self")
        assert isinstance(session, SurveySession)
        assert len(session.answers) == 2
        assert session.text


def diff(one: Study, two: Study) -> None:
    """Both mark lines and open a hint; one finishes and sees what it missed."""
    first = one.exercise("t-x-review")
    assert isinstance(first, DiffSession)
    addresses = [next(iter(fault.addresses.values())) for fault in first.exercise.seeded]
    first.mark(addresses[0], "must", "one")
    meet(one, two)
    second = two.exercise("t-x-review")
    assert isinstance(second, DiffSession)
    first.hint()
    second.mark(addresses[1], "should", "two")
    meet(one, two)
    for study in (one, two):
        session = study.exercise("t-x-review")
        assert isinstance(session, DiffSession)
        assert {mark.comment for mark in session.marks.values()} == {"one", "two"}
        assert session.hints_shown == min(1, len(session.exercise.hints))
    first.finish()
    first.show_missed()
    meet(one, two)
    session = two.exercise("t-x-review")
    assert isinstance(session, DiffSession)
    assert (session.finished, session.shows_missed) == (True, True)


def promise(one: Study, two: Study) -> None:
    """One keeps what the other puts off, and each makes another one: kept counts, and both notes are there."""
    make_promise(one, "s-contracts", proposed(one, "s-contracts"))
    meet(one, two)
    (shared,) = promises(one)
    answer_promise(one, shared.id, "kept", "It worked.")
    answer_promise(two, shared.id, "later", "No timeout yet.")
    for study in (one, two):
        make_promise(study, "s-contracts", proposed(study, "s-contracts")._replace(do=f"ask {study.device}"))
    meet(one, two)
    for study in (one, two):
        study.refresh()
        found = {each.id: each for each in promises(study)}
        assert (found[shared.id].life.state, {*found[shared.id].notes}) == ("kept", {"It worked.", "No timeout yet."})
        assert {each.do for each in found.values()} > {"ask laptop", "ask server"}
        study.clock.pass_(days=8)  # type: ignore[attr-defined]
        assert {words.rpartition(" ")[2] for _, words in study.progress.promises().due(study.today().isoformat())} == {
            "laptop.",
            "server.",
        }
        study.clock.pass_(days=-8)  # type: ignore[attr-defined]


def cues(one: Study, two: Study) -> None:
    """One recalls what both highlighted; each has reviews ask about another passage, and both are asked."""
    for study in (one, two):
        text = text_of(study, study.curriculum.reading("s-contracts"), "retry").text
        for begin in (0, 40 if study is one else 80):
            toggle_cue(study, add_highlight(study, "s-contracts", "retry", text, begin, begin + 30))
    CueSession(one).rate(3)
    meet(one, two)
    assert len(highlights(one)) == len(highlights(two)) == 4
    for study in (one, two):
        study.refresh()
        assert len(due_cues(study)) == 3


TRIES: dict[str, Try] = {
    "CueSession": cues,
    "QuizSession": quiz,
    "FinalSession": final,
    "ReviewSession": review,
    "ReadingSession": reading,
    "CalculationSession": calculation,
    "CodeSession": code,
    "ScenarioSession": scenario,
    "SimulationSession": simulation,
    "ArtefactSession": artefact,
    "SurveySession": survey,
    "DiffSession": diff,
}


def test_nothing_said_of_a_promise_is_lost(pair: Pair) -> None:
    promise(*pair)


@pytest.mark.parametrize("kind", TRIES)
def test_nothing_that_either_did_is_lost(pair: Pair, kind: str) -> None:
    TRIES[kind](*pair)


def test_every_kind_of_session_is_tried() -> None:
    classes = {
        node.name
        for file in SESSIONS.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Session")
    }
    assert classes == TRIES.keys()


def test_an_attempt_is_written_whole_only_to_begin_and_to_end_it() -> None:
    """Whatever else is written in the course of an attempt is a document of its own, or another writer's is lost."""
    fields = set[str]()
    for file in SESSIONS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "change":
                fields |= {str(keyword.arg) for keyword in node.keywords}
    assert fields - {"None"} == {"state", "finished"}
