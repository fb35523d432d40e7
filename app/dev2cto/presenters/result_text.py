"""Texts for the result of an attempt: the verdict, the objectives, what to reread, all answers."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.markdown.parser import Block, Paragraph, Span, Style, para
from dev2cto.presenters.bars import bar
from dev2cto.presenters.feedback import RenderMarkdown, feedback_blocks
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import ObjectiveResult, QuizResult
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.text import pluralize

TAKE_AGAIN = "Retake the final form; new questions come first"


def result_title(session: QuizSession, result: QuizResult) -> tuple[str, str]:
    """The title of the result, and the number of questions that counted."""
    name = "Result of the final form" if session.form == "final" else "Quiz result"
    return f"{session.module.name} / {name}", pluralize(result.counted, "question")


def result_blocks(result: QuizResult, *, drawn: bool) -> list[Block]:
    """The verdict and the objectives, weakest first; those of a final form under their steps."""
    style: Style = "bold" if result.retry else "good" if result.passed else "bad"
    blocks: list[Block] = [para(quiz_verdict(result), style)]
    for step in result.steps:
        score = f"{step.score * 100:.0f} % of {pluralize(step.count, 'question')}"
        blocks.append(Paragraph((Span(f"{step.name} / {step.title}", "heading"), Span(f"   {score}", "muted"))))
        blocks += _objectives(step.objectives, drawn)
    return blocks if result.steps else [*blocks, *_objectives(result.objectives, drawn)]


def reread(result: QuizResult) -> dict[str, str]:
    """The sections that answer the missed questions: their titles by id."""
    return dict(pair for line in result.objectives for pair in line.reread)


def try_again(result: QuizResult) -> str:
    """The label for retrying the missed questions; empty if none was missed."""
    count = "the missed question" if len(result.missed) == 1 else f"the {len(result.missed)} missed questions"
    return f"Try {count} again" if result.missed else ""


def answers(
    session: QuizSession, result: QuizResult, prose: RenderMarkdown, *, signs: bool = False
) -> Iterator[tuple[int, list[Block]]]:
    """Yield each answered question's number and the blocks of the question with its feedback."""
    for feedback in result.answers:
        number = session.order.index(feedback.item) + 1
        question = session.question(number)
        prompt = question.prompt if question else session.study.curriculum.item(feedback.item).prompt
        found = ticking(session.study, feedback)
        judged = feedback_blocks(feedback, prose, ticks=found.ticks if found else (), signs=signs)
        yield number, [*prose(prompt), *judged]


def _objectives(objectives: tuple[ObjectiveResult, ...], drawn: bool) -> Iterator[Block]:
    """The score of each objective: a bar above its text if `drawn`, else a line of text."""
    for n, line in enumerate(objectives):
        count = pluralize(line.count, "question")
        if drawn:
            note = Span(f"   {line.score * 100:3.0f} %  {count}", "muted")
            yield Paragraph((*bar(line.score), note, Span("\n"), Span(line.text)))
        else:
            yield para(f"{line.score * 100:.0f} % of {count}: {line.text}", marker="- ", tight=n > 0)
