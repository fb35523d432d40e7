"""What to look for in one's own text, to be ticked by its number."""

from __future__ import annotations

from typing import Literal

from dev2cto.errors import NotSaved
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.feedback import LOOK_FOR, feedback_blocks, proposal
from dev2cto.study.queries.question_models import Feedback
from dev2cto.study.queries.ticking import Tick, Ticking

LEAVE = PromptCommand("q", "leave", "leaves; your ticks count")
TICKS = "ticks or unticks"


def show_ticks(ui: PlainUI, ticking: Ticking) -> None:
    """The points with their numbers, and which are ticked."""
    ui.console.gap()
    ui.say(f"{LOOK_FOR}. {proposal(ticking.ticks)}")
    for n, tick in enumerate(ticking.ticks, 1):
        ui.numbered_line(n, f"{ui.inline(tick.text)}: {state(tick)}")
    ui.console.gap()


def state(tick: Tick) -> str:
    """Whether a point is ticked, and by whom, in words."""
    if tick.proposed:
        return "ticked, as proposed" if tick.met else "not ticked, because the program did not find it"
    return "ticked" if tick.met else "not ticked"


def toggle(ui: PlainUI, ticking: Ticking, number: int) -> None:
    """Tick point `number` (from 0) or take its tick away, and say so; what cannot be saved stays as it was."""
    try:
        ticking.toggle(ticking.ticks[number].id)
    except NotSaved as error:
        ui.show_error(error)
        return
    tick = ticking.ticks[number]
    ui.say(f"{number + 1}, {ui.inline(tick.text)}: {state(tick)}.")


def confirm(ui: PlainUI, ticking: Ticking | None) -> bool:
    """The points are decided as they are ticked; False, with the reason said, where that cannot be saved."""
    try:
        if ticking is not None:
            ticking.confirm()
    except NotSaved as error:
        ui.show_error(error)
        return False
    return True


def judge_own(ui: PlainUI, feedback: Feedback, ticking: Ticking) -> Literal["left", "done"]:
    """Show the text with what it is compared with, and tick until enter. Raises SessionEnded."""
    ui.show(feedback_blocks(feedback, ui.prose))
    show_ticks(ui, ticking)
    while True:
        match ui.ask(Prompt((LEAVE,), numbers(len(ticking.ticks)), TICKS, enter="keeps these ticks")):
            case ChoiceInput(number):
                toggle(ui, ticking, number)
            case CommandInput(""):
                if confirm(ui, ticking):
                    return "done"
            case CommandInput("q"):
                confirm(ui, ticking)
                return "left"
            case _:
                show_ticks(ui, ticking)
