"""Cues: a passage is recalled, then shown and rated."""

from __future__ import annotations

from dev2cto.errors import NotSaved
from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters import cue_text
from dev2cto.study.sessions.cues import CueSession
from dev2cto.study.state.location import Location


def run(ui: PlainUI, location: Location) -> Location | None:
    """Ask the cues that are due, or those that were left at the location."""
    session = CueSession(ui.study, location)
    shown = session.is_shown(location)
    while (cue := session.cue()) is not None:
        ui.save_location(session.location(shown=shown))
        ui.show_title(*cue_text.cue_title(session))
        ui.show(cue_text.asked_blocks(cue))
        if not shown:
            if ui.ask(Prompt((BACK,), enter="shows the passage")) != CommandInput(""):
                return None
            shown = True
            continue
        ui.show(cue_text.passage_blocks(cue))
        for number, words in enumerate(cue_text.RATED, 1):
            ui.numbered_line(number, words)
        typed = ui.ask(Prompt((BACK,), numbers(len(cue_text.RATED)), "rates it"))
        if not isinstance(typed, ChoiceInput):
            if typed == CommandInput("q"):
                return None
            continue
        try:
            session.rate(typed.number + 1)
            shown = False
        except NotSaved as error:
            ui.show_error(error)
    ui.save_location(session.location(shown=False))
    ui.say(cue_text.over(session))
    return None
