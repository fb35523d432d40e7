"""The learner's hand in plain mode: the line that comes next, from where the program waits for it.

Plain mode is a stack of calls, so where it is can be read off the stack: the innermost screen that is known decides.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from types import CodeType, FrameType, FunctionType
from typing import Any, cast

from dev2cto.exercises.diffs.diff import WEIGHTS
from dev2cto.items.forms import Blanks, Group, Pair, Predict, Response
from dev2cto.plain.console import Console
from dev2cto.plain.exercises import diff_comment, rubric, writing
from dev2cto.plain.exercises.artefact import ArtefactScreen
from dev2cto.plain.exercises.calculation import CalculationScreen
from dev2cto.plain.exercises.codelab import CodeLabScreen
from dev2cto.plain.exercises.diff import DiffScreen
from dev2cto.plain.exercises.play import PlayScreen
from dev2cto.plain.exercises.simulation import SimulationScreen
from dev2cto.plain.exercises.survey import SurveyScreen
from dev2cto.plain.line_editor import COMMAND, TextEntry
from dev2cto.plain.screens import (
    final_start,
    home,
    progress,
    question_loop,
    quiz_start,
    step,
    ticking,
    transcript,
)
from dev2cto.plain.screens.exam import ExamScreen
from dev2cto.plain.screens.question import QuestionPrompt
from dev2cto.plain.screens.reading import ReadingScreen
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import artefact_text
from dev2cto.study.sessions.diff import DiffSession
from tests.driven.plan import Part, Plan, change_of, solve
from tests.support.responses import lines

BACK = "q"


@dataclass(frozen=True, slots=True)
class At:
    """A call that waits for a line: what it has at hand, and what the learner is at."""

    has: Mapping[str, Any]
    plan: Plan
    part: Part

    @property
    def screen(self) -> Any:
        """The object whose method waits."""
        return self.has["self"]

    @property
    def session(self) -> Any:
        """The session of the exercise."""
        found = self.has.get("session")
        return found if found is not None else self.screen.session

    def if_here(self, typed: str) -> str:
        """That line in the exercise that the learner is at; back from every other one."""
        return typed if self.session.exercise.id == self.part.id else BACK


def code(function: Callable[..., Any]) -> CodeType:
    """What a frame knows a function by."""
    return cast(FunctionType, function).__code__


def frames() -> Iterator[FrameType]:
    """From the innermost outwards."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back


def waits_in(function: Callable[..., Any]) -> FrameType | None:
    """The innermost call of that function, where there is one."""
    return next((frame for frame in frames() if frame.f_code is code(function)), None)


def line(plan: Plan, part: Part) -> str:
    """What is typed next."""
    for frame in frames():
        inside = str(frame.f_globals.get("__name__", "")).startswith("dev2cto.plain.")
        if inside and frame.f_code not in PASSED_ON:
            known = WAITING.get(frame.f_code)
            return known(At(frame.f_locals, plan, part)) if known is not None else BACK
    raise AssertionError("nothing waits for a line")


def to_transcript(seen: bool) -> str:
    """From wherever the learner is to the transcript; out, where it was seen."""
    if not seen and waits_in(progress.run):
        return "t"
    inner = next((f.f_code for f in frames() if f.f_code in (*WAITING, code(transcript.run))), None)
    return "p" if not seen and inner is code(home.home) else BACK


# -- screens of the course


def at_step(at: At) -> str:
    """The part, by its number."""
    module: str = at.has["module"]
    parts = [(line.part, line.id) for line in at.plan.study.step(module).parts]
    return str(parts.index((at.part.screen, at.part.id)) + 1) if module == at.part.module else BACK


def before_quiz(at: At) -> str:
    """The mode, by its number."""
    wanted = (at.part.screen, at.part.module) == ("quiz", at.has["module"])
    return {"practice": "1", "exam": "2"}[at.plan.mode(at.part.module)] if wanted else BACK


def before_final(at: At) -> str:
    """Into the form."""
    return "" if (at.part.screen, at.part.module) == ("final", at.has["module"]) else BACK


def in_text(at: At) -> str:
    """The next line of the text that is entered."""
    entry: TextEntry = at.screen
    question, about = waits_in(QuestionPrompt.ask), waits_in(diff_comment.comment)
    session = at.plan.study.exercise(at.part.id) if at.part.screen == "exercise" else None
    if question is not None:
        wanted = str(at.plan.answer(question.f_locals["self"].question))
    elif about is not None:
        wanted = at.plan.marks(about.f_locals["session"])[about.f_locals["address"]].what
    else:
        wanted = at.plan.text(cast(Any, session))
    rows, there = wanted.rstrip("\n").split("\n"), entry.lines
    if there == rows:
        return "."
    if there != rows[: len(there)] or entry.after != len(there):
        return f".d 1-{len(there)}"
    following = rows[len(there)]
    return f".{following}" if COMMAND.fullmatch(following.rstrip()) else following


# -- questions


def in_question(at: At) -> str:
    """The next line of an answer, from what is there already; in an exam, on to what is open."""
    question, plan = at.screen.question, at.plan
    reading, part = waits_in(ReadingScreen.run), waits_in(CalculationScreen.part)
    if reading is not None and reading.f_locals["self"].reading.id != at.part.id:
        return BACK
    if part is not None:
        calculating: CalculationScreen = part.f_locals["self"]
        session, number = calculating.session, calculating.number
        tried = session.feedback(number) is not None
        wanted = plan.part_answer(session.sheet.item(number), question, tried=tried)
        return following(at.screen, wanted) if session.exercise.id == at.part.id else BACK
    exam = waits_in(ExamScreen.step)
    if exam is not None and question.given is not None:
        quiz = exam.f_locals["self"].quiz
        return "f" if not quiz.left else "" if quiz.order.index(quiz.left[0]) >= question.number else "b"
    return following(at.screen, plan.answer(question))


def following(asking: QuestionPrompt, wanted: Response) -> str:
    """The line that leads on to that answer."""
    form, so_far = asking.question.form, asking.response
    match form:
        case Blanks():
            filled = [text for text in tuple(so_far) if text.strip()]
            typed = lines(form, wanted)
            return typed[len(filled)] if len(filled) < len(typed) else ""
        case Predict():
            low, high, _ = (*tuple(so_far), "", "", "")[:3]
            between, number = lines(form, wanted)
            return number if low and high else between
        case Pair() | Group():
            entries, targets = (form.lefts, form.rights) if isinstance(form, Pair) else (form.entries, form.groups)
            assert isinstance(wanted, Mapping)
            assert isinstance(so_far, Mapping)
            letters = {target.id: letter for target, letter in zip(targets, ascii_lowercase, strict=False)}
            wrong = [
                f"{n}{letters[wanted[entry.id]]}"
                for n, entry in enumerate(entries, 1)
                if so_far.get(entry.id) != wanted[entry.id]
            ]
            return " ".join(wrong[:2])
        case _:
            return lines(form, wanted)[0]


# -- exercises


def in_play(at: At) -> str:
    """A choice, or on to what follows; from a debrief to another play."""
    stage: str = at.has["stage"]
    if stage == at.session.DECIDING:
        return at.if_here(str(at.plan.choice(at.session)))
    if stage == "ending":
        return ""
    return at.if_here("a" if stage == "debrief" else "")


def in_division(at: At) -> str:
    """The amounts in one line; then enter, twice where something is left."""
    play: SimulationScreen = at.screen
    numbers = {(line.available.budget.id, line.use): n for n, line in enumerate(play.lines(), 1)}
    wanted = at.plan.amounts(play.session)
    wrong = [f"{numbers[use]} {amount:g}" for use, amount in wanted.items() if play.session.amount(*use) != amount]
    return at.if_here(", ".join(wrong))


def in_artefact(at: At) -> str:
    """Two versions, the second judged."""
    writing: ArtefactScreen = at.screen
    versions = len(writing.session.versions())
    wanted = "rate" if versions > 1 else "write"
    return at.if_here(str([action.id for action in artefact_text.actions(writing.session)].index(wanted) + 1))


def in_review(at: At) -> str:
    """Marks by weight, the first one with a comment; then the end of the review."""
    session: DiffSession = at.session
    for n, (address, fault) in enumerate(at.plan.marks(session).items()):
        mark = session.marks.get(address)
        if mark is None or mark.weight != fault.weight:
            return at.if_here(change_of(session, address) + ("" if n == 0 else f" {fault.weight}"))
    return at.if_here("f")


def in_lab(at: At) -> str:
    """The starter is checked, then the solution."""
    if at.plan.submitted(at.part.id):
        solve(at.session)
    return at.if_here("c")


def rated(at: At, about: str, least: int) -> str:
    """A rating of that."""
    return at.if_here(str(at.plan.rating(at.part.id, about, 3, least)))


PASSED_ON = {code(function) for function in (PlainUI.ask, PlainUI.read, Console.read, Console._line)}
"""Calls that wait on behalf of their caller."""
WAITING: dict[CodeType, Callable[[At], str]] = {
    code(home.home): lambda at: at.plan.study.module(at.part.module).step,
    code(step.run): at_step,
    code(ReadingScreen.ask): lambda at: "" if at.screen.reading.id == at.part.id else BACK,
    code(quiz_start.run): before_quiz,
    code(final_start.run): before_final,
    code(ExamScreen.overview): lambda _: "",
    code(QuestionPrompt.ask): in_question,
    code(QuestionPrompt.given): lambda at: str(at.plan.sure(at.screen.question)),
    code(question_loop.QuestionLoop.judged): lambda _: "",
    code(ticking.judge_own): lambda _: "",
    code(TextEntry.run): in_text,
    code(writing.write): lambda _: "s",
    code(CalculationScreen.ask): lambda at: at.if_here(""),
    code(PlayScreen.act): in_play,
    code(SimulationScreen.divide): in_division,
    code(ArtefactScreen.run): in_artefact,
    code(rubric.assess): lambda at: rated(at, at.has["criterion"].id, 2),
    code(SurveyScreen.brief): lambda at: at.if_here(""),
    code(SurveyScreen.statement): lambda at: rated(at, at.has["statement"].id, 0),
    code(SurveyScreen.rate): lambda at: rated(at, f"sure of {at.has['statement']}", 1),
    code(SurveyScreen.results): lambda at: at.if_here("1"),
    code(DiffScreen.begin): lambda at: at.if_here(""),
    code(DiffScreen.review): in_review,
    code(DiffScreen.verdict): lambda at: at.if_here("a"),
    code(diff_comment.weigh): lambda at: str(
        WEIGHTS.index(at.plan.marks(at.has["session"])[at.has["address"]].weight) + 1
    ),
    code(CodeLabScreen.run): in_lab,
}
"""What is typed to each call that waits; all others are left."""
