"""A learner who goes through a whole course: what comes next, and what is answered, written, decided and marked.

Everything follows from the course's own data and from what the record has, so that it is the same in every front end
and after every kill. Roughly a third of the questions is answered wrongly the first time; labs are checked before they
are solved, texts submitted before they are finished, reviews before every fault is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from zlib import crc32

from dev2cto.exercises.artefact import Artefact
from dev2cto.exercises.diffs.diff import SeededFault
from dev2cto.exercises.simulations.outlook import in_shares
from dev2cto.exercises.survey import PLAN_WORDS, Survey
from dev2cto.exercises.text_lint import LengthLimits, Lint, heading_of
from dev2cto.items.base import Item, Retry
from dev2cto.items.forms import Response, Write, incomplete_reason
from dev2cto.learning.completion import exercise_state, reading_state
from dev2cto.study.queries.question_models import Question
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.sessions.final import open_form
from dev2cto.study.sessions.quiz import Mode, open_attempt
from dev2cto.study.sessions.scenario import ScenarioSession
from dev2cto.study.sessions.simulation import SimulationSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.study import Study
from tests.support.studies import FakeClock

WRONG = 3
"""One question in so many is answered wrongly the first time."""
PLAYS = 2
"""How often a simulation is played: the debrief compares."""
SENTENCE = "We measured 120 ms on 2027-03-01 and review it when the rate passes 60 per second."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a step: the screen that shows it, and its id (a quiz's or final form's is its module's)."""

    module: str
    screen: str
    id: str


def chance(*words: object) -> Random:
    """A generator that is the same wherever these words are."""
    return Random(" ".join(map(str, words)))


class Plan:
    """The whole course, in order. `thorough` continues with quizzes and final forms until every item was asked."""

    def __init__(self, study: Study, *, thorough: bool = False) -> None:
        self.study, self.thorough = study, thorough
        self.parts = tuple(
            Part(module.id, line.part, line.id)
            for module in study.course.modules
            for line in study.step(module.id).parts
        )
        self._at = 0

    @property
    def part(self) -> Part | None:
        """What the learner is at; None when all is done."""
        while self._at < len(self.parts) and self.is_done(self.parts[self._at]):
            self._at += 1
        return self.parts[self._at] if self._at < len(self.parts) else None

    def beat(self, clock: FakeClock, begin: FakeClock) -> None:
        """Before a key or line: a day for each part, a moment for each key, and chance that the record decides.

        Time within a part hardly passes, since its minutes would depend on how often the learner was cut off.
        """
        _ = self.part
        ahead = (begin.at + timedelta(days=self._at) - clock.at).total_seconds()
        clock.pass_(seconds=max(0.0, ahead) + 0.001)
        record = self.study.record
        self.study.rng.seed(f"{len(record.table('attempts'))} {len(record.table('submissions'))}")

    # -- when a part is done

    def is_done(self, part: Part) -> bool:
        """Whether nothing is left to do there."""
        study, done = self.study, self.study.progress.completed_work()
        module = study.module(part.module)
        match part.screen:
            case "reading":
                outline = next(reading for reading in module.readings if reading.id == part.id)
                checked = all(study.progress.check(item) for item in outline.checks)
                return reading_state(outline, done) == "done" and checked
            case "quiz":
                items = [item.id for item in module.items if not item.final_form]
                asked = not self.thorough or self.asked(items)
                return part.id in done.quizzes and asked and not self.open_quiz(part.module)
            case "final":
                items = [item.id for m in study.course.modules for item in m.items if item.final_form]
                asked = not self.thorough or self.asked(items)
                return part.id in done.finals and asked and not open_form(study, part.module)
            case _:
                outline_ = next(exercise for exercise in module.exercises if exercise.id == part.id)
                plays = PLAYS if outline_.kind == "simulation" else 0
                return exercise_state(outline_, done) == "done" and len(self.submitted(part.id)) >= plays

    def asked(self, items: list[str]) -> bool:
        """Whether each of them was answered."""
        return set(items) <= {str(doc["item"]) for doc in self.study.record.table("answers").all()}

    def submitted(self, exercise: str) -> list[Any]:
        """What was submitted to that exercise."""
        return [doc for doc in self.study.record.table("submissions").all() if doc["exercise"] == exercise]

    # -- questions

    def open_quiz(self, module: str) -> Mode | None:
        """The mode of the attempt that is open."""
        modes: tuple[Mode, Mode] = ("practice", "exam")
        return next((mode for mode in modes if open_attempt(self.study, module, mode)), None)

    def mode(self, module: str) -> Mode:
        """How the quiz is taken: the second time as an exam, else in practice."""
        over = sum(
            doc.get("quiz") == module and not doc.get("form") for doc in self.study.record.table("attempts").all()
        )
        return self.open_quiz(module) or ("exam" if over == 1 else "practice")

    def answer(self, question: Question) -> Response:
        """What is answered to a question about an item."""
        before = sum(doc["item"] == question.item for doc in self.study.record.table("answers").all())
        well = before > 0 or crc32(question.item.encode()) % WRONG > 0
        return response(self.study.curriculum.item(question.item), question, well=well)

    def part_answer(self, item: Item, question: Question, *, tried: bool) -> Response:
        """What is answered to a part of a calculation: every other one is wrong the first time."""
        return response(item, question, well=tried or crc32(question.item.encode()) % 2 == 0)

    def sure(self, question: Question) -> int:
        """How sure the learner is, 1 to 3."""
        return 1 + crc32(question.item.encode()) % 3

    # -- exercises

    def choice(self, session: ScenarioSession | SimulationSession) -> int:
        """The number of the choice that is taken, from 1."""
        if isinstance(session, ScenarioSession):
            return chance(session.exercise.id, len(session.state.choices)).randint(1, len(session.state.offered))
        asked = session.state.asked
        assert asked is not None
        seen = sum(len(moves.choices) for moves in session.state.moves)
        return chance(session.exercise.id, self.plays(session), seen).randint(1, len(asked.offered))

    def plays(self, session: SimulationSession) -> int:
        """How many plays came to an end before this one."""
        return len(self.submitted(session.exercise.id)) - session.ended

    def amounts(self, session: SimulationSession) -> dict[tuple[str, str], float]:
        """What each use of each budget gets in this period."""
        found: dict[tuple[str, str], float] = {}
        for available in session.state.available:
            rng = chance(session.exercise.id, self.plays(session), session.state.period, available.budget.id)
            uses = [use.id for use in available.budget.uses]
            weights = [rng.random() for _ in (*uses, "left")]
            shares = {id: weight / sum(weights) for id, weight in zip(uses, weights, strict=False)}
            found |= {(available.budget.id, id): n for id, n in in_shares(available, shares).items()}
        return found

    def rating(self, exercise: str, about: str, most: int, least: int = 0) -> int:
        """How the learner rates themselves, or their text by a criterion."""
        return chance(exercise, about).randint(least, most)

    def text(self, session: ArtefactSession | SurveySession) -> str:
        """The text that is written next: what its form lacks first, then the strong example, or a plan that is clean.

        It ends with one line end, as texts do that are entered line by line.
        """
        exercise = session.exercise
        first = not self.submitted(exercise.id)
        words = f"{exercise.template.rstrip()}\n\nMore comes.\n"
        if first and not all(result.ok for result in session.lint(words)):
            return words
        if isinstance(exercise, Artefact):
            return exercise.sample.rstrip() + "\n"
        return plan_text(exercise)

    def marks(self, session: DiffSession) -> dict[str, SeededFault]:
        """The lines that are marked, with the fault in each: what matters less in the first review, then all."""
        first = not session.submissions()
        faults = [fault for fault in session.exercise.seeded if not first or fault.weight == "question"]
        return {next(iter(fault.addresses.values())): fault for fault in faults}


def response(item: Item, question: Question, *, well: bool) -> Response:
    """A response of that worth which is complete and judged at once; the best one where the kind knows no other.

    Where an interval was given already, the number alone.
    """
    form, draw = question.form, question.draw
    mistakes = () if well or not item.scored else item.mistakes(draw)
    for given in (*mistakes, item.key(draw)):
        alone: Response = given[-1] if isinstance(form, Write) and isinstance(given, tuple) else given
        if not incomplete_reason(form, alone) and not isinstance(item.grade(given, draw), Retry):
            return alone
    return item.key(draw)


def plan_text(survey: Survey) -> str:
    """A plan in which nothing of what its form asks for is missing."""
    found = map(heading_of, survey.template.split("\n"))
    headings = tuple(heading for level, heading in found if 1 <= level <= 3)
    lint = survey.lint or Lint(headings=headings, words=LengthLimits(least=PLAN_WORDS))
    lines = ["# My plan", "", "Owner: Aisha Khan"]
    for heading in lint.headings:
        entries = [f"- Entry {n} of this plan" for n in range(lint.items.get(heading, 0))]
        lines += ["", f"## {heading}", "", SENTENCE, *([""] if entries else []), *entries]
    lines += ["", " ".join(lint.mentions)] if lint.mentions else []
    least = lint.words.least if lint.words is not None else 0
    missing = max(0, least + len(survey.template.split()) - len(" ".join(lines).split()))
    lines += [SENTENCE] * (missing // len(SENTENCE.split()) + 1)
    return "\n".join(lines) + "\n"


def solve(session: CodeSession) -> None:
    """Save the author's solution over the learner's files, as an editor would."""
    assert session.folder is not None
    solution = session.source / "solution"
    for file in sorted(path for path in solution.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        target = session.folder / file.relative_to(solution)
        if target.exists():
            target.write_bytes(file.read_bytes())


def change_of(session: DiffSession, address: str) -> str:
    """A line of a change as it is typed: file, sign and number."""
    found = session.change.find(address)
    assert found is not None
    return f"{session.change.files.index(found[0]) + 1}:{found[1].label}"
