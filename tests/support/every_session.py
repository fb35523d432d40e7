"""A learner who opens every kind of session and leaves something in every table of the record."""

from __future__ import annotations

from dataclasses import replace

from dev2cto.items.base import Draw
from dev2cto.learning.promises import Result
from dev2cto.study.queries.course_changes import mark_seen
from dev2cto.study.queries.passages import text_of
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.exam_clock import ExamClock
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.sessions.reading import Position
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.course_trust import trust
from dev2cto.study.state.highlights import add_highlight, toggle_cue
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import note_at, toggle_bookmark, write_note
from dev2cto.study.state.peer_reviews import PeerReview, keep_peer_review
from dev2cto.study.state.promises import answer_promise, make_promise, promises, proposed
from dev2cto.study.state.reports import save_report
from dev2cto.study.state.reset_commands import reset, undo
from dev2cto.study.state.sync import refresh
from dev2cto.study.state.unsubmitted import CHECK, keep_response
from dev2cto.study.study import Study
from tests.support.capstone import answer as answer_final
from tests.support.capstone import take_final
from tests.support.fake_learner import (
    GOOD_NOTE,
    asked_in_quiz,
    assess,
    calculate,
    decide,
    do_all_exercises,
    given,
    review,
    run,
    simulate,
    take,
    write,
    wrong,
)  # fmt: skip
from tests.support.studies import FakeClock, trusting

LONG = GOOD_NOTE + "\n## Measured\n\n" + "All 40 connections were taken.\n" * 2300
"""A text that is too large for a line of the journal."""


def do_everything(study: Study, clock: FakeClock) -> None:
    """Every kind of session of the sample course, each with what it can keep; some are left in the middle."""
    refresh(study)
    mark_seen(study)
    study.set("daily_reviews", "30")
    trust(study)
    _read(study, clock)
    _take_quizzes(study, clock)
    clock.pass_(days=30)
    _review(study)
    do_all_exercises(study)
    _go_on_with_exercises(study)
    _take_final_form(study, clock)
    _note(study)
    _promise(study)
    undo(study, reset(study, "exercise", "t-x-friday"))
    clock.pass_(seconds=1)
    reset(study, "item", "s-idempotent")
    _leave_half_done(study, clock)
    study.record.save_live()


def go_on_elsewhere(study: Study) -> None:
    """The same learner at another machine: takes in what came from the first one, and types what differs from it."""
    refresh(study)
    study.reading("s-contracts").mark(read=True)
    session = study.attempt(next(iter(study.progress.open_attempts())))
    question = session.question()
    assert question is not None
    session.answer(question, given(study, question))
    study.keep_draft("s-board", "They lose", 9)
    study.keep(Location("step", ("t1",)))
    study.record.save_live()


def _read(study: Study, clock: FakeClock) -> None:
    session = study.reading("s-contracts")
    section = session.reading.sections[0].id
    session.move(Position(section, 1, 12))
    session.mark_section(section)
    question = session.check("twice")
    assert question is not None
    session.answer(question, given(study, question))
    study.reading(study.course.modules[0].readings[1].id).mark(read=True)
    toggle_bookmark(study, "s-contracts#twice")
    text = text_of(study, session.reading, "retry").text
    toggle_cue(study, add_highlight(study, "s-contracts", "retry", text, 0, 30))
    study.timer.record_activity("t1")
    clock.pass_(seconds=20)
    study.timer.record_activity("t1")
    study.timer.keep()


def _take_quizzes(study: Study, clock: FakeClock) -> None:
    for text in ("s-adr", "s-board"):
        session, question = asked_in_quiz(study, text)
        feedback = session.answer(question, SubmittedAnswer("We lose 9 clinics a year.", 2, ms=65_000))
        assert isinstance(feedback, Feedback)
        points = ticking(study, feedback)
        assert points is not None
        points.toggle(points.ticks[0].id)
        points.confirm()
        take(study, session, miss={"s-retry"})
    missed = study.quiz("t1", retry_of=session.id)
    take(study, missed)
    take(study, study.quiz("t2", "exam"))
    session, question = asked_in_quiz(study, "s-budget-sum")
    right = session._items["s-budget-sum"].key(question.draw)
    session.answer(question, SubmittedAnswer(right, 2, hints=1, ms=4000))
    clock.pass_(minutes=1)


def _review(study: Study) -> None:
    session = study.review()
    question = session.question()
    assert question is not None
    session.answer(question, given(study, question))


def _go_on_with_exercises(study: Study) -> None:
    calculation = calculate(study)
    calculation.again().solution()
    calculate(study, "c1-x-cost")
    decision = decide(study)
    decision.replay()
    decision.decide(decision.state.offered[0].id)
    simulate(study)
    read = write(study, text=LONG, rating=1)
    submission = str(read.versions()[-1]["id"])
    keep_peer_review(
        study, PeerReview("t-x-note", submission, "Anna", "2027-01-31", {"context": 1}, {"": "Shorten it."})
    )
    assess(study).again()
    lab = trusting(study).exercise("t-x-noticing")
    assert isinstance(lab, CodeSession)
    lab.hint()
    lab.solution()
    laid = lab.begin()
    lab.keep(replace(run(False), survivors=("mutants/sharp.py",)), laid.folder)
    marked = review(study, miss={"must"})
    marked.show_missed()
    marked.again()


def _take_final_form(study: Study, clock: FakeClock) -> None:
    take_final(study.final("c11"), leave=1)
    clock.pass_(minutes=5)
    begun = study.final("c11")
    answer_final(begun, 1)
    begun.flag(begun.order[1])
    ExamClock(study, begun.id).touch()


def _note(study: Study) -> None:
    note = write_note(study, "s-contracts#twice", "A thought")
    write_note(study, "s-contracts#twice", "A second thought", id=note, begun=note_at(study, "s-contracts#twice"))
    save_report(study, "s-retry", None, Draw(), "It is ambiguous.")


def _promise(study: Study) -> None:
    results: tuple[Result, ...] = ("kept", "later")
    for result in results:
        make_promise(study, "s-contracts", proposed(study, "s-contracts"))
        answer_promise(study, promises(study)[0].id, result, "There was none.")


def _leave_half_done(study: Study, clock: FakeClock) -> None:
    simulation = study.exercise("t-x-two-quarters")
    assert isinstance(simulation, SimulationSession)
    simulation.replay()
    scenario = study.exercise("t-x-friday")
    assert isinstance(scenario, ScenarioSession)
    survey = study.exercise("t-x-self")
    assert isinstance(survey, SurveySession)
    survey.rate(survey.missing[0], 1, 2)
    diff = study.exercise("t-x-review")
    assert isinstance(diff, DiffSession)
    fault = diff.exercise.seeded[0]
    diff.mark(next(iter(fault.addresses.values())), fault.weight, "Why?")
    attempt: QuizSession = study.quiz("t1")
    question = attempt.question()
    assert question is not None
    attempt.answer(question, given(study, question))
    study.quiz("t2").leave()
    check = study.reading("s-contracts").check("twice")
    assert check is not None
    keep_response(study, CHECK, check, wrong(study.curriculum.item(check.item), check.draw))
    clock.pass_(seconds=1)
    study.keep_draft("s-board", "We lose", 7, used=4200)
    study.keep_draft("t-x-note", "# Note 1\n\nOwner: me", 19)
    study.keep(Location("quiz", ("t1", attempt.id), None, 2, {"mode": "practice"}))
