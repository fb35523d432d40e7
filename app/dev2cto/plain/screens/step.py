"""A step: its situation, parts and objectives."""

from __future__ import annotations

from dev2cto.plain.prompt import BACK, REPEAT, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.presenters import step_text
from dev2cto.study.queries.step import pending_location, step_location
from dev2cto.study.queries.step_models import PartLine
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """One module: why, what to do in which order, and what for."""
    module, fresh, left = ui.study.module(location.ids[0]).id, True, None
    while True:
        ui.module = module
        ui.study.refresh()
        ui.save_location(step_location(ui.study, module))
        view = ui.study.step(module)
        ui.show_title(*step_text.title(view))
        first = step_text.first_open(view)
        if fresh:
            ui.show(ui.prose(view.situation or view.summary))
            for n, part in enumerate(view.parts, 1):
                show_part(ui, n, part)
            ui.show([*step_text.objective_blocks(view), *step_text.broken_blocks(view)])
        else:
            if left is not None and left != first:
                show_part(ui, left + 1, view.parts[left])
            if first is not None:
                ui.say("Next in this step:")
                show_part(ui, first + 1, view.parts[first])
        enter = f"opens {first + 1}" if first is not None else "goes back"
        typed = ui.ask(Prompt((BACK,), numbers(len(view.parts)), "opens it", enter, menu=True))
        fresh, left = typed == REPEAT, first
        match typed:
            case ChoiceInput(number):
                left = number
                open_part(ui, view.parts[number])
            case CommandInput("") if first is not None:
                open_part(ui, view.parts[first])
            case CommandInput("q" | ""):
                return None
            case _:
                assert typed in (AGAIN, REPEAT)


def show_part(ui: PlainUI, number: int, part: PartLine) -> None:
    """Show a part with its notes and its state."""
    ui.numbered_line(number, f"{part.title}, {step_text.part_facts(part)}: {part.state}")


def open_part(ui: PlainUI, part: PartLine) -> None:
    """The reading, quiz or exercise, with what was not submitted there."""
    ui.go(pending_location(ui.study, part.part, part.id))
