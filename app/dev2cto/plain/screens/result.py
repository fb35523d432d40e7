"""The result of a quiz or a final form: score, objectives, what to reread, what to try again."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, REPEAT, ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import result_text
from dev2cto.study.queries.question_models import QuizResult
from dev2cto.study.sessions.quiz import QuizSession
from dev2cto.study.state.location import Location, section_location

RETRY = PromptCommand("t", "retry", "retries the missed questions")
ANOTHER = PromptCommand("t", "retry", "retakes the final form; other questions come first")
ANSWERS = PromptCommand("a", "answers", "shows all answers with their reasons")


def result(ui: PlainUI, session: QuizSession) -> Location | None:
    """The end of an attempt; where a retry begins if the learner asks for one."""
    outcome, module, final = session.result(), session.module.id, session.form == "final"
    ui.module = module
    reread = result_text.reread(outcome)
    retry = [ANOTHER] if final else [RETRY] if outcome.missed else []
    short = False
    while True:
        ui.show_title(*result_text.result_title(session, outcome))
        if not short:
            ui.show(result_text.result_blocks(outcome, drawn=False))
            for n, title in enumerate(reread.values(), 1):
                ui.numbered_line(n, f"Reread {title}")
        prompt = Prompt((*retry, ANSWERS, BACK), numbers(len(reread)), "opens it", enter="goes back", menu=True)
        typed = ui.ask(prompt)
        short = typed != REPEAT
        match typed:
            case ChoiceInput(number):
                ui.go(section_location(list(reread)[number]))
            case CommandInput("t") if final:
                return Location("final", (module,))
            case CommandInput("t"):
                return Location("quiz", (module, ui.study.quiz(module, "practice", retry_of=session.id).id))
            case CommandInput("a"):
                answers(ui, session, outcome)
            case CommandInput("q" | ""):
                return None
            case _:
                pass


def answers(ui: PlainUI, session: QuizSession, outcome: QuizResult) -> None:
    """Every question with its verdict."""
    for number, blocks in result_text.answers(session, outcome, ui.prose):
        ui.show_title(f"Question {number} of {len(session.order)}")
        ui.show(blocks)
        if ui.ask(Prompt((BACK,), enter="shows the next answer")) == CommandInput("q"):
            return
