"""What the faces show: frozen snapshots, made by the study, never changed."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.items.base import Draw, Remark, Verdict
from dev2cto.items.forms import Form, Response
from dev2cto.learning.completion import State
from dev2cto.learning.mastery import Mastery


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is put to the learner."""

    item: str
    module: str
    kind: str
    number: int
    total: int
    prompt: str
    form: Form
    draw: Draw
    hints: int
    """How many hints there are; 0 where none are offered (exam)."""
    exam: bool = False
    given: Response | None = None
    """What was answered before, where the answer may still be changed (exam)."""
    read: str = ""
    """The section (reading.section) that answers it; empty where none is named."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The judgement of an answer, already saved when a face sees it."""

    item: str
    response: Response
    score: float
    verdict: Verdict
    chosen: tuple[Remark, ...]
    right: tuple[str, ...]
    explain: str
    confidence: int
    scored: bool
    read: str = ""
    checklist: tuple[str, ...] = ()
    """For explain items: the key points to look for in one's own answer."""
    model: str = ""
    """For explain items: a strong answer."""
    hidden: bool = False
    """True in exam mode: the answer is saved, the verdict comes at the end."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One module on home."""

    module: str
    step: str
    title: str
    state: State
    readings_done: int
    readings: int
    quiz: str
    """Best score as "92 %", "--" where none was taken, "" where the module has no quiz."""
    exercises_done: int
    exercises: int
    broken: int
    """How many problems keep parts of the module from being shown."""


@dataclass(frozen=True, slots=True)
class Onward:
    """The line to continue: `screen` and `ids` lead there."""

    screen: str
    ids: tuple[str, ...]
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that home shows."""

    title: str
    percent: int
    onward: Onward | None
    steps: tuple[StepLine, ...]
    due: int
    due_minutes: int
    week_minutes: int
    goal_minutes: int
    portfolio_done: int
    portfolio: int
    last_here: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartLine:
    """One reading, quiz or exercise in a step's list."""

    part: str
    """reading, quiz or exercise."""
    id: str
    title: str
    kind: str
    minutes: int
    state: State
    note: str


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective and how well it is known."""

    id: str
    text: str
    mastery: Mastery


@dataclass(frozen=True, slots=True)
class StepView:
    """All that a step's screen shows."""

    module: str
    name: str
    title: str
    summary: str
    situation: str
    objectives: tuple[ObjectiveLine, ...]
    parts: tuple[PartLine, ...]
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """An objective in a quiz result: mean score 0..1 over `count` questions, and what to reread."""

    id: str
    text: str
    score: float
    count: int
    reread: tuple[tuple[str, str], ...]
    """(section id, "Reading / Heading") of what the missed questions rest on."""


@dataclass(frozen=True, slots=True)
class QuizResult:
    """The end of an attempt."""

    attempt: str
    module: str
    score: float
    passed: bool
    pass_mark: float
    counted: int
    retry: bool
    """A retry of missed questions: it practises and passes nothing."""
    objectives: tuple[ObjectiveResult, ...]
    missed: tuple[str, ...]
    answers: tuple[Feedback, ...]


def minutes(seconds: float) -> str:
    """A duration in words: "0 min", "12 min", "2 h 10"."""
    whole = int(seconds // 60)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02d}"
