"""View models of questions, feedback and quiz results: frozen snapshots for the front ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dev2cto.items.base import Draw, Example, FeedbackNote, Item, JudgedPart, Point, Retry, Verdict
from dev2cto.items.forms import Form, Response


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it is asked."""

    item: str
    module: str
    kind: str
    number: int
    total: int
    prompt: str
    form: Form
    draw: Draw
    hints: int
    """The number of hints; 0 in an exam, which offers none."""
    exam: bool = False
    given: Response | None = None
    """The earlier answer, if it may still be changed (exam)."""
    read: str = ""
    """The section (reading.section) that answers it; empty if none is named."""
    scored: bool = True
    """False for a text that the learner assesses; no confidence is asked for it."""
    again: Callable[[Response, Retry | None], Retry | None] = field(default=lambda *_: None, compare=False, repr=False)
    """The reason to ask again, given the response and the previous Retry; None to accept it. See `Item.why_retry`."""


def question_of(
    item: Item,
    draw: Draw,
    module: str,
    number: int = 1,
    total: int = 1,
    *,
    exam: bool = False,
    given: Response | None = None,
) -> Question:
    """Build the question for an item with that draw."""
    return Question(
        item=item.id,
        module=module,
        kind=item.kind,
        number=number,
        total=total,
        prompt=item.ask(draw),
        form=item.form(draw),
        draw=draw,
        hints=0 if exam else len(item.hints),
        exam=exam,
        given=given,
        read=item.read or "",
        scored=item.scored,
        again=lambda response, asked: item.why_retry(response, draw, asked),
    )


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback on an answer, which is already saved."""

    item: str
    response: Response
    score: float
    verdict: Verdict
    chosen: tuple[FeedbackNote, ...]
    right: tuple[str, ...]
    explain: str
    confidence: int
    scored: bool
    read: str = ""
    interval: str = ""
    """Message whether the interval holds the number and how wide it is; empty if none was given."""
    examples: tuple[Example, ...] = ()
    """For an unscored text: answers to compare it with."""
    points: tuple[Point, ...] = ()
    """For an unscored text: the points to look for in it."""
    answer: str = ""
    """The id of the answer in the record; empty if unknown."""
    overtime: str = ""
    """Message that the answer took longer than its time limit; empty if it did not."""
    hidden: bool = False
    """True in exam mode: the answer is saved, the verdict comes at the end."""
    parts: tuple[JudgedPart, ...] = ()
    """Every part of the form; empty for an answer that did not fit it and for texts that learners assess."""
    counted: str = ""
    """How a score that is not full is counted."""
    form: Form | None = None
    """The form in which it was answered."""


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """An objective in a quiz result: mean score (0..1) over `count` questions, and what to reread."""

    id: str
    text: str
    score: float
    count: int
    reread: tuple[tuple[str, str], ...]
    """(section id, "Reading / Heading") of the sections that answer the missed questions."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step in a final form's result: mean score (0..1) over `count` questions, objectives weakest first."""

    module: str
    name: str
    title: str
    score: float
    count: int
    objectives: tuple[ObjectiveResult, ...]


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A question in the overview of a final form, with its prompt (Markdown)."""

    number: int
    item: str
    answered: bool
    flagged: bool
    prompt: str

    @property
    def state(self) -> str:
        """Whether it is answered and flagged, as text."""
        return f"{'answered' if self.answered else 'open'}{', flagged' if self.flagged else ''}"


@dataclass(frozen=True, slots=True)
class QuizResult:
    """The result of an attempt: scores and pass mark are 0..1, `counted` is the number of scored questions."""

    attempt: str
    module: str
    score: float
    passed: bool
    pass_mark: float
    counted: int
    retry: bool
    """Whether it is a retry of missed questions, which is practice only and cannot pass."""
    objectives: tuple[ObjectiveResult, ...]
    missed: tuple[str, ...]
    answers: tuple[Feedback, ...]
    steps: tuple[StepResult, ...] = ()
    """For a final form: the objectives grouped by step, weakest step first."""
