"""Before a final form: what it is, to begin or to continue."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, CommandInput, Prompt
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import quiz_text
from dev2cto.study.queries.step import pending_location
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """What to expect, and the way in."""
    study = ui.study
    outline = study.module(location.ids[0])
    module = outline.id
    while True:
        ui.show_title(*quiz_text.final_start_title(outline))
        ui.show(ui.prose(quiz_text.final_intro(study, module)))
        enter = "continues the final form" if quiz_text.final_begun(study, module)[0] else "begins the final form"
        match ui.ask(Prompt((BACK,), enter=enter)):
            case CommandInput(""):
                id = study.final(module).id
                return pending_location(study, "final", module, id)
            case CommandInput("q"):
                return None
            case _:
                pass
