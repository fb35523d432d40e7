"""What the learner has written."""

from __future__ import annotations

from dev2cto.plain.paged_list import choose
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput
from dev2cto.plain.screens.transcript import TRANSCRIPT
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.study.queries.home import relative_day
from dev2cto.study.queries.progress import portfolio
from dev2cto.study.state.location import Location


def portfolio_list(ui: PlainUI, location: Location) -> Location | None:
    """The course's artefacts with their state; a number opens one."""
    while True:
        lines = portfolio(ui.study)
        done = sum(line.state == "done" for line in lines)
        ui.show_title("Portfolio", f"{done} of {len(lines)} done")
        ui.say("Texts of the kind you would bring to work. dev2cto export --portfolio DIR writes them out as files.")
        if not lines:
            ui.say("This course has no artefacts.")
            return None
        rows = [
            f"{line.title}: {line.state}, {line.file}"
            + (f", submitted {relative_day(ui.study, line.at)}" if line.at else "")
            for line in lines
        ]
        typed = choose(ui, rows, "opens it", (TRANSCRIPT, BACK))
        if isinstance(typed, ChoiceInput):
            ui.go(Location("exercise", (lines[typed.number].exercise,)))
        elif typed == CommandInput("t"):
            ui.go(Location("transcript"))
        elif typed != AGAIN:
            return None
