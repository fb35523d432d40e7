"""Long numbered lists, shown in parts."""

from __future__ import annotations

from collections.abc import Sequence

from dev2cto.plain.prompt import BACK, ChoiceInput, CommandInput, Prompt, PromptCommand, Typed, numbers
from dev2cto.plain.ui import PlainUI

AT_ONCE = 20
"""Rows shown before each prompt."""


def choose(ui: PlainUI, rows: Sequence[str], does: str, commands: Sequence[PromptCommand] = (BACK,)) -> Typed:
    """Return the row chosen (numbered over the whole list) or a command; enter at the end of the list goes back."""
    shown = 0
    while True:
        for n, row in enumerate(rows[shown : shown + AT_ONCE], shown + 1):
            ui.numbered_line(n, row)
        shown = min(len(rows), shown + AT_ONCE)
        more = len(rows) - shown
        enter = f"shows more ({more} left)" if more else "goes back"
        typed = ui.ask(Prompt(commands, numbers(shown), does, enter=enter))
        if typed != CommandInput("") or not more:
            return CommandInput("q") if typed == CommandInput("") else typed


__all__ = ["ChoiceInput", "choose"]
