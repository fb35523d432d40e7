"""Long numbered lists, shown in parts."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.plain.prompt import BACK, REPEAT, ChoiceInput, CommandInput, Prompt, PromptCommand, Typed, numbers
from dev2cto.plain.ui import PlainUI

AT_ONCE = 20
"""Rows shown before each prompt."""


def choose(
    ui: PlainUI, rows: Sequence[str], does: str, commands: Sequence[PromptCommand] = (BACK,), *, short: bool = False
) -> Typed:
    """Return the row chosen (numbered over the whole list) or a command; enter at the end of the list goes back.

    A list that is `short`, because it was shown before, is shown on request only.
    """
    shown = len(rows) if short else 0
    while True:
        for n, row in enumerate(rows[shown : shown + AT_ONCE], shown + 1):
            ui.numbered_line(n, row)
        shown = min(len(rows), shown + AT_ONCE)
        more = len(rows) - shown
        enter = f"shows more ({more} left)" if more else "goes back"
        typed = ui.ask(Prompt(commands, numbers(shown), does, enter=enter, menu=True))
        if typed == REPEAT:
            shown = 0
        elif typed != CommandInput("") or not more:
            return CommandInput("q") if typed == CommandInput("") else typed


__all__ = ["ChoiceInput", "choose"]
