"""A step: its situation, parts and objectives."""

from __future__ import annotations

from dev2cto.markdown.parser import Block, Paragraph, Span, inline, para
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import AGAIN, PlainUI
from dev2cto.study.queries.step import pending_location, step_location
from dev2cto.study.queries.view_models import PartLine, StepView
from dev2cto.study.state.location import Location

MOST_BROKEN = 12


def step(ui: PlainUI, location: Location) -> Location | None:
    """One module: why, what to do in which order, and what for."""
    module, told = ui.study.module(location.ids[0]).id, False
    while True:
        ui.module = module
        ui.study.refresh()
        ui.save_location(step_location(ui.study, module))
        view = ui.study.step(module)
        done = sum(part.state == "done" for part in view.parts)
        ui.show_title(f"{view.name} / {view.title}", f"{done} of {len(view.parts)} parts done")
        if not told:
            ui.show(ui.prose(view.situation or view.summary))
        for n, part in enumerate(view.parts, 1):
            ui.numbered_line(n, part_line(part))
        if not told:
            ui.show([*objective_blocks(view), *broken_blocks(view)])
        told = True
        first = next((n for n, part in enumerate(view.parts) if part.state != "done"), None)
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


def part_line(part: PartLine) -> str:
    """A part in words: title, kind, minutes, state."""
    kind = "" if part.part in ("quiz", "final") else f"{part.kind}, "
    note = f", {part.note}" if part.note else ""
    return f"{part.title}, {kind}{part.minutes} min: {part.state}{note}"


def objective_blocks(view: StepView) -> list[Block]:
    """What one can do afterwards, and how well it is known."""
    blocks: list[Block] = [para("Afterwards you can")]
    for line in view.objectives:
        known = (Span(f" ({line.mastery.words})"),) if line.mastery.answered else ()
        spans = (*inline(line.text), *known)
        blocks.append(Paragraph(spans, marker="- ", tight=True))
    return blocks


def broken_blocks(view: StepView) -> list[Block]:
    """What could not be read, where, for whoever can mend it."""
    if not view.broken:
        return []
    head = para("Some of this step cannot be shown; the course has mistakes here:")
    return [head, *(para(problem, marker="- ", tight=True) for problem in view.broken[:MOST_BROKEN])]
