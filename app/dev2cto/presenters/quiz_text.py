"""Texts for quizzes, final forms and reviews: before, during and after them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dev2cto.learning.quiz import UNSCORED, drawn
from dev2cto.markdown.parser import flowing, plain
from dev2cto.study.queries.question_models import OverviewLine, Question, QuizResult
from dev2cto.study.screens import REVIEWS
from dev2cto.study.sessions.final import open_form
from dev2cto.study.sessions.quiz import Mode, QuizSession, open_attempt, open_retry
from dev2cto.text import one_line, pluralize

if TYPE_CHECKING:
    from dev2cto.course.outline import ModuleOutline
    from dev2cto.study.context import StudyContext
    from dev2cto.study.sessions.review import ReviewSession
    from dev2cto.study.study import Study

MODES: tuple[tuple[Mode, str, str], ...] = (
    ("practice", "Practice", "feedback after each answer; hints are free"),
    ("exam", "Exam", "no hints; you can change answers; feedback comes at the end"),
)


class ModeLine(NamedTuple):
    """A way to take a quiz; `begun` if an open attempt will be continued."""

    mode: Mode
    words: str
    about: str
    begun: bool
    retry: str = ""
    """The id of the open retry that it continues; empty for a quiz of its own."""

    @property
    def id(self) -> str:
        """The id of its row."""
        return "retry" if self.retry else self.mode

    def attempt(self, study: Study, module: str) -> str:
        """The id of the attempt: the open one, or a new one. Raises CourseError, NotSaved."""
        return self.retry or study.quiz(module, self.mode).id


def quiz_start_title(outline: ModuleOutline) -> tuple[str, str]:
    """The quiz's title and its estimated time."""
    return f"{outline.name} / Quiz", f"{outline.quiz_minutes} min"


def modes(study: StudyContext, module: str) -> list[ModeLine]:
    """The ways to take a module's quiz."""
    lines = []
    for mode, name, about in MODES:
        begun = bool(open_attempt(study, module, mode))
        lines.append(ModeLine(mode, f"Continue the {name.lower()}" if begun else name, about, begun))
    if retry := open_retry(study, module):
        lines.append(ModeLine("practice", "Continue the retry", "the questions that were missed", True, retry))
    return lines


def final_start_title(outline: ModuleOutline) -> tuple[str, str]:
    """The final form's title and its estimated time."""
    return f"{outline.name} / Final form", f"{outline.final.minutes} min" if outline.final else ""


def final_begun(study: StudyContext, module: str) -> tuple[bool, str]:
    """Whether an attempt at the final form is open, and the label that begins or continues it."""
    begun = bool(open_form(study, module))
    return begun, f"{'Continue' if begun else 'Begin'} the final form"


def quiz_intro(study: StudyContext, module: str) -> str:
    """The introduction to a module's quiz, in one paragraph."""
    outline = study.module(module)
    bank = len(outline.quizzed)
    length = drawn(outline.quizzed, study.course.quiz_length, UNSCORED["practice"])
    quiz = study.progress.quiz(outline.id)
    best = f" Your best so far: {quiz.percent}." if quiz else ""
    return (
        f"{length} questions drawn from {bank}, spread over the objectives. "
        f"{study.course.pass_mark * 100:.0f} % passes.{best} "
        "You can leave at any time and continue at the same question."
    )


def final_intro(study: StudyContext, module: str) -> str:
    """The introduction to a module's final form, in one paragraph."""
    outline = study.module(module)
    steps = [[item for item in m.items if item.final_form and item.scored] for m in study.course.modules]
    steps = [items for items in steps if items]
    form = outline.final
    if form is None:
        return f"{outline.name} has no final form."
    least = sum(min(form.per_step, len(items)) for items in steps)
    length = min(max(form.items, least), sum(map(len, steps)))
    final = study.progress.quiz(outline.id, "final")
    best = f" Your best so far: {final.percent}. Questions you have seen before come last." if final else ""
    return (
        f"{length} questions from {len(steps)} steps, in one exam without hints. {study.course.pass_mark * 100:.0f} % "
        f"passes.{best} Go through them in any order, flag what you want to look at again, change every answer until "
        "you finish: the verdict comes then. You can leave at any time and continue at the same question."
    )


def question_title(session: QuizSession, question: Question) -> tuple[str, str]:
    """The title of a question: the module and mode, and the question's number with how many are right."""
    right = f", {right_so_far(session)} right" if session.scores else ""
    return quiz_name(session), f"question {question.number} of {question.total}{right}"


def quiz_name(session: QuizSession) -> str:
    """The title of a quiz taken for practice."""
    return f"{session.module.name} / {'Retry' if session.retry_of else 'Quiz'}"


def right_so_far(session: QuizSession) -> int:
    """How many questions were answered right, in practice."""
    return sum(score >= 1 for score, scored in session.scores.values() if scored)


def exam_name(session: QuizSession) -> str:
    """The title of an exam or a final form."""
    return f"{session.module.name} / {'Final form' if session.form == 'final' else 'Exam'}"


def exam_title(session: QuizSession, question: Question, minutes: int | None) -> tuple[str, str]:
    """The title of an exam's question: its number, whether it is flagged, how many are left, the minutes so far.

    `minutes` is None if the learner does not want to see them.
    """
    flag = ", flagged" if question.item in session.flagged else ""
    clock = f", {minutes} min" if minutes is not None else ""
    where = f"question {question.number} of {question.total}{flag}, {len(session.left)} left{clock}"
    return exam_name(session), where


def clock_notice(shown: bool) -> str:
    """The message after showing or hiding the clock of exams."""
    return "The clock is shown; it ends nothing." if shown else "The clock is hidden."


def no_answer(question: Question) -> str:
    """The message after going on from a question of an exam without answering it."""
    return f"Question {question.number} has no answer yet."


def at_end(session: QuizSession, *, lead: str, finish: str) -> str:
    """The message after the last question; `lead` explains how to reach others, `finish` is the key to finish."""
    left = len(session.left)
    if left:
        return f"{pluralize(left, 'question')} without an answer; {lead}, {finish} finishes."
    return f"All questions are answered. {finish} finishes the exam; until then you can change any answer."


def unanswered(session: QuizSession, finish: str) -> tuple[str, str]:
    """The consequence of finishing now, and how to finish anyway; both empty if all are answered."""
    left = len(session.left)
    if not left:
        return "", ""
    count = f"{left} of {len(session.order)}"
    return f"{count} {'has' if left == 1 else 'have'} no answer and would count as wrong.", f"{finish} finishes anyway."


def flag_notice(flagged: bool, overview: str) -> str:
    """The message after flagging or unflagging a question; `overview` is the key that shows all questions."""
    return f"Flagged; {overview} shows all." if flagged else "No longer flagged."


def overview_counts(lines: Sequence[OverviewLine]) -> tuple[int, str]:
    """The number of answered questions, and the number in each state as text."""
    answered, flagged = sum(line.answered for line in lines), sum(line.flagged for line in lines)
    return answered, f"{answered} answered, {len(lines) - answered} open, {flagged} flagged"


def overview_state(line: OverviewLine, *, begun: bool) -> str:
    """A question's state (open, begun or answered) and whether it is flagged, as text."""
    return line.state.replace("open", "begun") if begun else line.state


def overview_prompt(line: OverviewLine) -> str:
    """A question's prompt as one line of plain text."""
    return one_line(plain(flowing(line.prompt)))


NO_REVIEWS = {
    "ahead": "There is nothing to review ahead: what is known was reviewed today, or is due.",
    "missed": "Nothing is missed: the latest answer to every question was right.",
}
"""What is said where such a review has no questions."""


def review_title(session: ReviewSession, question: Question) -> tuple[str, str]:
    """The title of a review question: its module, and how many questions are right."""
    name = session.study.module(question.module).name
    return f"{REVIEWS[session.extra]} / {name}", f"{session.done} of {session.total} right"


def quiz_verdict(result: QuizResult) -> str:
    """The result of an attempt, in one or two sentences."""
    percent, mark = f"{result.score * 100:.0f} %", f"{result.pass_mark * 100:.0f} %"
    if result.retry:
        return f"{percent} of the missed questions. A retry is practice and cannot pass the quiz."
    verdict = f"Passed with {percent}." if result.passed else f"{percent}, not passed yet; {mark} passes."
    return f"{verdict} {how_counted(result)}".rstrip()


def how_counted(result: QuizResult) -> str:
    """How many answers are right, partly right and wrong, if some count in part; empty otherwise."""
    scores = [answer.score for answer in result.answers if answer.scored]
    right, partly = sum(score >= 1 for score in scores), sum(0 < score < 1 for score in scores)
    counted = f"{right} right, {partly} partly right, which counts in part, {result.counted - right - partly} wrong."
    return counted if partly else ""


def review_summary(session: ReviewSession) -> list[str]:
    """What was done in the review, the plan, and the reviews due on the next days; one text a line."""
    if session.extra is not None:
        return [f"Done: {session.done} right." if session.total else NO_REVIEWS[session.extra]]
    if session.total:
        lines = [f"Done for today: {session.done} right."]
    else:
        lines = ["Nothing is due for review. Questions appear here once you have answered them in a quiz or a reading."]
    later = ", ".join(
        f"{count} {'tomorrow' if day == 1 else f'in {day} days'}"
        for day, count in enumerate(session.coming)
        if day and count
    )
    lines += [f"Plan: {session.plan.words}."] if session.plan.words else []
    lines += [f"Coming: {later}."] if later else []
    return lines
