"""What a quiz, a final form or a review is about, in sentences that both front ends show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.learning.quiz import UNSCORED, drawn
from dev2cto.study.queries.question_models import QuizResult

if TYPE_CHECKING:
    from dev2cto.study.context import StudyContext
    from dev2cto.study.sessions.review import ReviewSession


def quiz_intro(study: StudyContext, module: str) -> str:
    """What to expect of a module's quiz, in a paragraph."""
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
    """What to expect of a module's final form, in a paragraph."""
    outline = study.module(module)
    steps = [[item for item in m.items if item.final_form and item.scored] for m in study.course.modules]
    steps = [items for items in steps if items]
    form = outline.final
    if form is None:
        return f"{outline.name} has no final form."
    least = sum(min(form.per_step, len(items)) for items in steps)
    length = min(max(form.items, least), sum(map(len, steps)))
    final = study.progress.quiz(outline.id, "final")
    best = f" Your best so far: {final.percent}. Questions that you had before come last." if final else ""
    return (
        f"{length} questions from {len(steps)} steps, in one exam without hints. {study.course.pass_mark * 100:.0f} % "
        f"passes.{best} Go through them in any order, flag what you want to look at again, change every answer until "
        "you finish: the verdict comes then. You can leave at any time and continue at the same question."
    )


def quiz_verdict(result: QuizResult) -> str:
    """The result of an attempt in a sentence."""
    percent, mark = f"{result.score * 100:.0f} %", f"{result.pass_mark * 100:.0f} %"
    if result.retry:
        return f"{percent} of what was missed before. A retry practises; it passes nothing."
    return f"Passed with {percent}." if result.passed else f"{percent}, not passed yet; {mark} passes."


def review_summary(session: ReviewSession) -> list[str]:
    """What was done in a review, the plan, and what is coming."""
    if session.total:
        lines = [f"Done for today: {session.done} right."]
    else:
        lines = ["Nothing is due for review. Questions come here once you have answered them in a quiz or a reading."]
    later = ", ".join(
        f"{count} {'tomorrow' if day == 1 else f'in {day} days'}"
        for day, count in enumerate(session.coming)
        if day and count
    )
    lines += [f"Plan: {session.plan.words}."] if session.plan.words else []
    lines += [f"Coming: {later}."] if later else []
    return lines
