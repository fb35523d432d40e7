"""What the faces show of questions and quizzes: frozen snapshots, made by the study, never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dev2cto.items.base import Draw, Example, FeedbackNote, Item, Point, Retry, Verdict
from dev2cto.items.forms import Form, Response


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
    scored: bool = True
    """False for a text that its author judges: how sure one is of it is not asked."""
    again: Callable[[Response, Retry | None], Retry | None] = field(default=lambda *_: None, compare=False, repr=False)
    """Whether a response is asked for once more, given what the one before brought: `Item.again` for this showing."""


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
    """An item of a bank as it is put to the learner with that draw."""
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
    """The judgement of an answer, already saved when a face sees it."""

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
    """Whether the interval given before a number held it, and how wide it was; empty where none was given."""
    examples: tuple[Example, ...] = ()
    """For a text that is not scored: answers to compare it with."""
    points: tuple[Point, ...] = ()
    """For a text that is not scored: what to look for in it."""
    answer: str = ""
    """The id of the answer in the record; empty where it is not known."""
    overtime: str = ""
    """For a text with a time: that it took longer, in words; empty where it did not."""
    hidden: bool = False
    """True in exam mode: the answer is saved, the verdict comes at the end."""


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
class StepResult:
    """A step in the result of a final form: mean score 0..1 over `count` questions, its objectives weakest first."""

    module: str
    name: str
    title: str
    score: float
    count: int
    objectives: tuple[ObjectiveResult, ...]


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A question in the overview of a form: whether it is answered and flagged, and how it begins (Markdown)."""

    number: int
    item: str
    answered: bool
    flagged: bool
    prompt: str

    @property
    def state(self) -> str:
        """Both in words."""
        return f"{'answered' if self.answered else 'open'}{', flagged' if self.flagged else ''}"


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
    steps: tuple[StepResult, ...] = ()
    """For a final form: the objectives by the step that they belong to, the weakest step first."""
