"""What the learner has written."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput
from dev2cto.plain.screens.transcript import TRANSCRIPT
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import portfolio_text
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """The course's artefacts with their state; a number opens one."""
    short = False
    while True:
        lines = portfolio(ui.study)
        ui.show_title(*portfolio_text.portfolio_title(lines))
        if not lines:
            ui.say(portfolio_text.NO_ARTEFACTS)
            return None
        if not short:
            ui.show(ui.prose(portfolio_text.ABOUT))
        rows = [
            f"{line.title}: {line.state}, {portfolio_text.artefact_note(ui.study, line, so_far)}"
            for line, so_far in zip(lines, portfolio_text.running_minutes(lines), strict=True)
        ]
        typed = choose(ui, rows, "opens it", (TRANSCRIPT, BACK), short=short)
        short = True
        if isinstance(typed, ChoiceInput):
            ui.go(Location("exercise", (lines[typed.number].exercise,)))
        elif typed == CommandInput("t"):
            ui.go(Location("transcript"))
        elif typed != AGAIN:
            return None
