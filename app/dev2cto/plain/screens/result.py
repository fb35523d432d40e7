"""The result of a quiz: score, objectives, what to reread, what to try again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.presenters.quiz_text import quiz_verdict
from dev2cto.study.queries.question_models import ObjectiveResult, QuizResult, StepResult
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from dev2cto.study.sessions.final import FinalSession

RETRY = PromptCommand("t", "retry", "tries the missed questions again")
ANOTHER = PromptCommand("t", "retry", "takes the final form again; other questions come first")
ANSWERS = PromptCommand("a", "answers", "shows all answers with their reasons")


def result(ui: PlainUI, session: QuizSession) -> Location | None:
    """The end of an attempt."""
    outcome = session.result()
    ui.module = session.module.id
    reread = list(dict.fromkeys(pair for line in outcome.objectives for pair in line.reread))
    while True:
        ui.show_title(f"{session.module.name} / Quiz result", pluralize(outcome.counted, "question"))
        ui.show(blocks(outcome))
        for n, (_, title) in enumerate(reread, 1):
            ui.numbered_line(n, f"Reread {title}")
        commands = [*([RETRY] if outcome.missed else []), ANSWERS, BACK]
        match ui.ask(Prompt(commands, numbers(len(reread)), "opens it", enter="goes back")):
            case ChoiceInput(number):
                reading, _, section = reread[number][0].partition(".")
                ui.go(Location("reading", (reading, section)))
            case CommandInput("t"):
                retry = ui.study.quiz(session.module.id, "practice", retry_of=session.id)
                return Location("quiz", (session.module.id, retry.id))
            case CommandInput("a"):
                answers(ui, session, outcome)
            case CommandInput("q" | ""):
                return None
            case _:
                pass


def final_result(ui: PlainUI, session: FinalSession) -> Location | None:
    """The end of an attempt at a final form, by step."""
    outcome = session.result()
    ui.module = session.module.id
    reread = list(dict.fromkeys(pair for line in outcome.objectives for pair in line.reread))
    while True:
        ui.show_title(f"{session.module.name} / Result of the final form", pluralize(outcome.counted, "question"))
        ui.show([para(quiz_verdict(outcome)), *(block for step in outcome.steps for block in step_blocks(step))])
        for n, (_, title) in enumerate(reread, 1):
            ui.numbered_line(n, f"Reread {title}")
        match ui.ask(Prompt((ANOTHER, ANSWERS, BACK), numbers(len(reread)), "opens it", enter="goes back")):
            case ChoiceInput(number):
                reading, _, section = reread[number][0].partition(".")
                ui.go(Location("reading", (reading, section)))
            case CommandInput("t"):
                return Location("final", (session.module.id,))
            case CommandInput("a"):
                answers(ui, session, outcome)
            case CommandInput("q" | ""):
                return None
            case _:
                pass


def step_blocks(step: StepResult) -> list[Block]:
    """A step's share, and its objectives, weakest first."""
    head = f"{step.name}, {step.title}: {step.score * 100:.0f} % of {pluralize(step.count, 'question')}"
    return [para(head), *objective_lines(step.objectives)]


def blocks(outcome: QuizResult) -> list[Block]:
    """The verdict and the objectives, weakest first."""
    return [para(quiz_verdict(outcome)), *objective_lines(outcome.objectives)]


def objective_lines(objectives: Sequence[ObjectiveResult]) -> list[Block]:
    """A line for each objective."""
    return [
        Paragraph(
            (Span(f"{line.score * 100:.0f} % of {pluralize(line.count, 'question')}: {line.text}"),),
            marker="- ",
            tight=n > 0,
        )
        for n, line in enumerate(objectives)
    ]


def answers(ui: PlainUI, session: QuizSession, outcome: QuizResult) -> None:
    """Every question with its judgement."""
    for feedback in outcome.answers:
        number = session.order.index(feedback.item) + 1
        question = session.question(number)
        prompt = question.prompt if question else ui.study.curriculum.item(feedback.item).prompt
        ui.show_title(f"Question {number} of {len(session.order)}")
        found = ticking(ui.study, feedback)
        judged = feedback_blocks(feedback, ui.prose, title=True, ticks=found.ticks if found else ())
        ui.show([*ui.prose(prompt), *judged])
        if ui.ask(Prompt((BACK,), enter="shows the next answer")) == CommandInput("q"):
            return
