"""A learner for tests: answers rightly or wrongly, takes quizzes, does every kind of exercise."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from dev2cto.items.base import Draw, Item, Retry
from dev2cto.items.forms import Response
from dev2cto.labs.result import CheckResult, LabRun
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.study.context import StudyContext
from dev2cto.study.queries.question_models import Feedback, Question, QuizResult
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.calculation import CalculationSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.study import Study
from tests.support.studies import FakeClock, trusting

GOOD_NOTE = """\
# Note 1

Owner: Lena Vos

## Context

On Monday 31 % of the bookings failed for 47 minutes. The pool holds 40 connections, and every one was taken.

## Options

- More connections
- A queue in front of the job
- Nothing, and a page that says so

## Decision

A queue, from 2027-03-01. We review it when the rate passes 60/s, and say so on the status page.
"""
GOOD_PLAN = """\
# My plan

## Why

I want to answer for a product as a whole, and to be able to say why we do what we do each quarter.

## Hours a week

Four hours a week, on Tuesday and on Thursday evening, and one hour on Sunday morning for reviews.
"""


def right(item: Item, draw: Draw) -> Response:
    """A response that earns the full score."""
    return item.key(draw)


def wrong(item: Item, draw: Draw) -> Response:
    """A response that earns no full score; a text where the kind knows no mistakes."""
    return next(iter(item.mistakes(draw)), "something")


def respond(study: StudyContext, question: Question, *, well: bool) -> Response:
    """What a learner gives to that question."""
    item = study.curriculum.item(question.item)
    return right(item, question.draw) if well else wrong(item, question.draw)


def given(
    study: StudyContext, question: Question, *, well: bool = True, confidence: int = 3, hints: int = 0
) -> SubmittedAnswer:
    """A meant response: one that is given the second time where the first would be asked again."""
    response = respond(study, question, well=well)
    item = study.curriculum.item(question.item)
    asked = item.grade(response, question.draw)
    return SubmittedAnswer(response, confidence, hints, 1500, asked if isinstance(asked, Retry) else None)


def asked_in_quiz(study: Study, item: str, module: str = "t1") -> tuple[QuizSession, Question]:
    """A practice quiz that asks for that item next: attempts that do not draw it are given up."""
    for _ in range(100):
        session = study.quiz(module)
        if item in session.left:
            break
        session.leave()
    while (question := session.question()) is not None and question.item != item:
        session.skip(question)
    assert question is not None, item
    return session, question


def take(study: Study, session: QuizSession, *, miss: Collection[str] = (), confidence: int = 3) -> QuizResult:
    """Answer everything that is left, wrongly what is to be missed; the end of an exam is declared."""
    while (question := session.question()) is not None:
        answer = given(study, question, well=question.item not in miss, confidence=confidence)
        feedback = session.answer(question, answer)
        assert isinstance(feedback, Feedback)
    return session.finish() if session.mode == "exam" else session.result()


def calculate(study: Study, id: str = "t-x-waits") -> CalculationSession:
    """Answer all parts rightly."""
    session = study.exercise(id)
    assert isinstance(session, CalculationSession)
    for number in range(len(session.exercise.parts)):
        question = session.question(number)
        key = session.sheet.item(number).key(question.draw)
        assert isinstance(session.answer(number, SubmittedAnswer(key)), Feedback)
    return session


def decide(study: Study, id: str = "t-x-friday") -> ScenarioSession:
    """Take the last choice offered until an ending is reached."""
    session = study.exercise(id)
    assert isinstance(session, ScenarioSession)
    while not session.ended:
        session.decide(session.state.offered[-1].id)
    return session


def simulate(study: Study, id: str = "t-x-two-quarters", *, periods: int = 8) -> SimulationSession:
    """Give every budget to its uses in order and take the first choice, to the end or for so many periods."""
    session = study.exercise(id)
    assert isinstance(session, SimulationSession)
    session.begin()
    while not session.ended and len(session.state.reports) < periods:
        for available in session.state.available:
            for use in available.budget.uses:
                session.give(available.budget.id, use.id, available.amount)
        if session.state.asked is None:
            session.divide()
        else:
            session.decide(session.state.asked.offered[0].id)
    return session


def write(study: Study, id: str = "t-x-note", text: str = GOOD_NOTE, rating: int = 2) -> ArtefactSession:
    """Submit a text and rate each criterion."""
    session = study.exercise(id)
    assert isinstance(session, ArtefactSession)
    submission = session.submit(text)
    session.rate(submission, {criterion.id: rating for criterion in session.exercise.rubric})
    return session


def assess(study: Study, id: str = "t-x-self", text: str = GOOD_PLAN) -> SurveySession:
    """Rate all statements and submit a plan."""
    session = study.exercise(id)
    assert isinstance(session, SurveySession)
    for statement in session.missing:
        session.rate(statement, 2, 1)
    session.submit(text)
    return session


def solve(study: Study, id: str = "t-x-adding", *, passed: bool = True) -> CodeSession:
    """Keep a run of the lab's checks, as if they had run."""
    session = trusting(study).exercise(id)
    assert isinstance(session, CodeSession)
    laid = session.begin()
    session.keep(run(passed), laid.folder)
    return session


def review(study: Study, id: str = "t-x-review", *, miss: Collection[str] = ()) -> DiffSession:
    """Mark every fault but those of the weights to be missed, and finish the review."""
    session = study.exercise(id)
    assert isinstance(session, DiffSession)
    for fault in session.exercise.seeded:
        if fault.weight not in miss:
            session.mark(next(iter(fault.addresses.values())), fault.weight, f"I think: {fault.what}")
    session.finish()
    return session


def run(passed: bool) -> LabRun:
    """The outcome of a lab's checks."""
    checks = (CheckResult("adds", "passed" if passed else "failed"),)
    return LabRun(seed=1, checks=checks, stopped="", notes=(), output="", seconds=0.1)


def do_all_exercises(study: Study) -> None:
    """Everything that the second module asks for beside its quiz."""
    calculate(study)
    decide(study)
    simulate(study)
    write(study)
    assess(study)
    solve(study)
    review(study)
    solve(study, "t-x-noticing")


def on_disk(directory: Path, table: str) -> dict[str, dict[str, Any]]:
    """A table as its journals hold it, read line by line without the program's reader."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(directory.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found |= entry.get("p", {}).get(table, {})
            for id in entry.get("d", {}).get(table, ()):
                found.pop(id, None)
    return found


def reopened(study: Study) -> Record:
    """Another, reading session on the files as they are now."""
    return open_directory(study.record.directory, clock=FakeClock(), device="reader", readonly=True)
