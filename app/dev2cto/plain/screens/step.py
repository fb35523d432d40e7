"""A step: its situation, parts and objectives."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import step_text
from dev2cto.study.queries.step import pending_location, step_location
from dev2cto.study.queries.view_models import PartLine
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """One module: why, what to do in which order, and what for."""
    module, fresh = ui.study.module(location.ids[0]).id, True
    while True:
        ui.module = module
        ui.study.refresh()
        ui.save_location(step_location(ui.study, module))
        view = ui.study.step(module)
        ui.show_title(*step_text.title(view))
        if fresh:
            ui.show(ui.prose(view.situation or view.summary))
        for n, part in enumerate(view.parts, 1):
            ui.numbered_line(n, f"{part.title}, {step_text.part_notes(part)}: {part.state}")
        if fresh:
            ui.show([*step_text.objective_blocks(view), *step_text.broken_blocks(view)])
        fresh = False
        first = step_text.first_open(view)
        enter = f"opens {first + 1}" if first is not None else "goes back"
        typed = ui.ask(Prompt((BACK,), numbers(len(view.parts)), "opens it", enter))
        match typed:
            case ChoiceInput(number):
                open_part(ui, view.parts[number])
            case CommandInput("") if first is not None:
                open_part(ui, view.parts[first])
            case CommandInput("q" | ""):
                return None
            case _:
                assert typed == AGAIN


def open_part(ui: PlainUI, part: PartLine) -> None:
    """The reading, quiz or exercise, with what was not submitted there."""
    ui.go(pending_location(ui.study, part.part, part.id))
