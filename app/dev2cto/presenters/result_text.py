"""What both front ends show at the end of an attempt: verdict, objectives, what to reread, all answers."""

from __future__ import annotations

from collections.abc import Iterator

from dev2cto.markdown.parser import Block, Paragraph, Span, Style, para
from dev2cto.presenters.feedback import RenderMarkdown, feedback_blocks
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import ObjectiveResult, QuizResult
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.text import bar, pluralize

TAKE_AGAIN = "Take the final form again; other questions come first"


def result_title(session: QuizSession, result: QuizResult) -> tuple[str, str]:
    """What the attempt was at, and how many questions counted."""
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
    """The title of each section that a missed question rests on, by the section's id."""
    return dict(pair for line in result.objectives for pair in line.reread)


def try_again(result: QuizResult) -> str:
    """What can be tried again; empty if nothing was missed."""
    count = "the missed question" if len(result.missed) == 1 else f"the {len(result.missed)} missed questions"
    return f"Try {count} again" if result.missed else ""


def answers(session: QuizSession, result: QuizResult, prose: RenderMarkdown) -> Iterator[tuple[int, list[Block]]]:
    """The number of every answered question, and the question with its verdict."""
    for feedback in result.answers:
        number = session.order.index(feedback.item) + 1
        question = session.question(number)
        prompt = question.prompt if question else session.study.curriculum.item(feedback.item).prompt
        found = ticking(session.study, feedback)
        judged = feedback_blocks(feedback, prose, title=True, ticks=found.ticks if found else ())
        yield number, [*prose(prompt), *judged]


def _objectives(objectives: tuple[ObjectiveResult, ...], drawn: bool) -> Iterator[Block]:
    """The share of each objective: a bar over its text, or a line in words."""
    for n, line in enumerate(objectives):
        count = pluralize(line.count, "question")
        if drawn:
            note = Span(f"   {line.score * 100:3.0f} %  {count}", "muted")
            yield Paragraph((Span(f"{bar(line.score, 1)} ", "code"), note, Span("\n"), Span(line.text)))
        else:
            yield para(f"{line.score * 100:.0f} % of {count}: {line.text}", marker="- ", tight=n > 0)
