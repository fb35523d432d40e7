"""The learner's hand in the line-mode front end: the line that comes next, from where the program waits for it.

That front end is a stack of calls, so where it is stands on the stack: the innermost call that is known decides.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from types import FrameType
from typing import Any

from dev2cto.exercises.diff import WEIGHTS
from dev2cto.items.forms import Blanks, Group, Pair, Predict, Response
from dev2cto.plain.exercises.artefact import Artefacts
from dev2cto.plain.exercises.calculation import Calculating
from dev2cto.plain.exercises.codelab import Lab
from dev2cto.plain.exercises.simulation import Simulating
from dev2cto.plain.question import Asking
from dev2cto.plain.quiz import Exam
from dev2cto.plain.reading import Reading
from dev2cto.plain.text_entry import COMMAND, TextEntry
from dev2cto.study.artefact import ArtefactSession
from dev2cto.study.diff import DiffSession
from dev2cto.study.survey import SurveySession
from tests.driven.plan import Part, Plan, change_of, solve
from tests.plain.hands import lines


class Call:
    """A call of the front end that waits for a line: its name, and what it has at hand."""

    def __init__(self, frame: FrameType) -> None:
        self.name = f"{frame.f_globals['__name__'].removeprefix('dev2cto.plain.')}:{frame.f_code.co_name}"
        self.has: Mapping[str, Any] = frame.f_locals


def calls() -> Iterator[Call]:
    """From the innermost outwards."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith("dev2cto.plain."):
            yield Call(frame)
        frame = frame.f_back


def line(plan: Plan, part: Part) -> str:
    """What is typed next."""
    for call in calls():
        typed = reply(call, plan, part)
        if typed is not None:
            return typed
    raise AssertionError([call.name for call in calls()])


def reply(call: Call, plan: Plan, part: Part) -> str | None:
    """What that call is told; None where it is an outer one that does not wait itself."""
    has, mine = call.has, call.has.get("self")
    session: Any = getattr(mine, "session", None) or has.get("session")
    here = getattr(getattr(session, "exercise", None), "id", "") == part.id
    match call.name:
        case "home:home":
            return plan.study.module(part.module).step
        case "step:step":
            if has["module"] != part.module:
                return "q"
            parts = [(line.part, line.id) for line in plan.study.step(part.module).parts]
            return str(parts.index((part.screen, part.id)) + 1)
        case "text_entry:run":
            return entered(has["self"], plan, part)
        case "question:given":
            return str(plan.sure(has["self"].question))
        case "question:ask":
            return answer(has["self"], plan, part)
        case "asking:judged" | "ticking:judge_own" | "final:overview":
            return ""
        case "reading:ask":
            assert isinstance(mine, Reading)
            return "" if mine.reading.id == part.id else "q"
        case "quiz_start:start":
            modes = {"practice": "1", "exam": "2"}
            return modes[plan.mode(part.module)] if part.screen == "quiz" and has["module"] == part.module else "q"
        case "final:start":
            return "" if part.screen == "final" and has["module"] == part.module else "q"
        case "exercises.calculation:ask":
            return "" if here else "q"
        case "exercises.scenario:scene":
            return str(plan.choice(session)) if here else "q"
        case "exercises.scenario:ending" | "exercises.simulation:ending" if has["stage"] == "ending":
            return ""
        case "exercises.simulation:ending":
            return "a" if here else "q"
        case "exercises.scenario:brief" | "exercises.scenario:outcome":
            return "" if here else "q"
        case "exercises.simulation:brief" | "exercises.simulation:report" | "exercises.survey:brief":
            return "" if here else "q"
        case "exercises.simulation:divide":
            return divided(has["self"], plan) if here else "q"
        case "exercises.simulation:decision":
            return str(plan.choice(session)) if here else "q"
        case "exercises.artefact:run":
            return artefact(has["self"]) if here else "q"
        case "exercises.rubric:judge":
            return str(plan.rating(part.id, has["criterion"].id, 3, 2)) if here else "q"
        case "exercises.writing:write":
            return "s"
        case "exercises.survey:statement":
            return str(plan.rating(part.id, has["statement"].id, 3)) if here else "q"
        case "exercises.survey:rate":
            return str(plan.rating(part.id, f"sure of {has['statement']}", 3, 1))
        case "exercises.survey:results":
            return "1" if here else "q"
        case "exercises.diff:begin":
            return "" if here else "q"
        case "exercises.diff:review":
            return reviewed(session, plan) if here else "q"
        case "exercises.diff:verdict":
            return "a" if here else "q"
        case "exercises.diff_comment:weigh":
            return str(WEIGHTS.index(plan.marks(has["session"])[has["address"]].weight) + 1)
        case "exercises.codelab:run":
            return checked(has["self"], plan) if here else "q"
        case "ui:ask" | "ui:read" | "console:read" | "console:_line":
            return None
        case name if name.endswith((":lines", ":line", ":calls")):
            return None
        case _:
            return "q"


def entered(entry: TextEntry, plan: Plan, part: Part) -> str:
    """The next line of the text that is entered."""
    asking = next((call.has["self"] for call in calls() if call.name == "question:ask"), None)
    if isinstance(asking, Asking):
        wanted = str(plan.answer(asking.question))
    else:
        session = plan.study.exercise(part.id)
        address = next((call.has["address"] for call in calls() if call.name == "exercises.diff_comment:comment"), "")
        if isinstance(session, DiffSession):
            wanted = plan.marks(session)[address].what
        else:
            assert isinstance(session, ArtefactSession | SurveySession)
            wanted = plan.text(session)
    rows, there = wanted.rstrip("\n").split("\n"), entry.lines
    if there == rows:
        return "."
    if there != rows[: len(there)] or entry.after != len(there):
        return f".d 1-{len(there)}"
    following = rows[len(there)]
    return f".{following}" if COMMAND.fullmatch(following.rstrip()) else following


def answer(asking: Asking, plan: Plan, part: Part) -> str:
    """The next line of an answer, from whatever is there already; in an exam, on to what is open."""
    question = asking.question
    exam = next((call.has["self"] for call in calls() if isinstance(call.has.get("self"), Exam)), None)
    calculating = next((call.has["self"] for call in calls() if isinstance(call.has.get("self"), Calculating)), None)
    reading = next((call.has["self"] for call in calls() if isinstance(call.has.get("self"), Reading)), None)
    if isinstance(reading, Reading) and reading.reading.id != part.id:
        return "q"
    if isinstance(exam, Exam) and question.given is not None:
        left = exam.quiz.left
        return "f" if not left else "" if exam.quiz.order.index(left[0]) >= question.number else "b"
    if isinstance(calculating, Calculating):
        session = calculating.session
        if session.exercise.id != part.id:
            return "q"
        number = calculating.number
        tried = session.feedback(number) is not None
        wanted = plan.part_answer(session.sheet.item(number), question, tried=tried)
    else:
        wanted = plan.answer(question)
    return following(asking, wanted)


def following(asking: Asking, wanted: Response) -> str:
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


def divided(play: Simulating, plan: Plan) -> str:
    """The amounts in one line; then enter, twice where something is left."""
    session, rows = play.session, play.lines()
    numbers = {(line.available.budget.id, line.use): n for n, line in enumerate(rows, 1)}
    wanted = plan.amounts(session)
    wrong = [f"{numbers[use]} {amount:g}" for use, amount in wanted.items() if session.amount(*use) != amount]
    return ", ".join(wrong)


def artefact(writing: Artefacts) -> str:
    """Two versions, the second judged."""
    versions = len(writing.session.versions())
    wanted = "rate" if versions > 1 else "write"
    return str([action for action, _ in writing.actions(versions)].index(wanted) + 1)


def reviewed(session: DiffSession, plan: Plan) -> str:
    """Marks by weight, the first one with a comment; then the end of the review."""
    for n, (address, fault) in enumerate(plan.marks(session).items()):
        mark = session.marks.get(address)
        if mark is None or mark.weight != fault.weight:
            return change_of(session, address) + ("" if n == 0 else f" {fault.weight}")
    return "f"


def checked(lab: Lab, plan: Plan) -> str:
    """The starter is checked, then the solution."""
    if plan.submitted(lab.session.exercise.id):
        solve(lab.session)
    return "c"
