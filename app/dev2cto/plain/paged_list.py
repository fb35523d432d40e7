"""Long numbered lists, shown in parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from dev2cto.course.search import casefolded
from dev2cto.plain.prompt import (
    BACK,
    REPEAT,
    ChoiceInput,
    CommandInput,
    Prompt,
    PromptCommand,
    TextInput,
    Typed,
    numbers,
)
from dev2cto.plain.ui import PlainUI

AT_ONCE = 20
"""Rows shown before each prompt."""
FILTERS = "words filter"


def choose(
    ui: PlainUI,
    rows: Sequence[str],
    does: str,
    commands: Sequence[PromptCommand] = (BACK,),
    *,
    short: bool = False,
    unseen: Sequence[str] = (),
) -> Typed:
    """Return the row chosen (numbered over the whole list) or a command; enter at the end of the list goes back.

    Any number can be typed, also that of a row that is not shown yet; a word leaves only the rows that have it. A list
    that is `short`, because it was shown before, is shown on request only. `unseen` are the whole texts of which the
    first rows show the beginning: a word finds them, too.
    """
    every, listed = list(enumerate(rows, 1)), list(enumerate(rows, 1))
    shown = len(rows) if short else 0
    while True:
        for n, row in listed[shown : shown + AT_ONCE]:
            ui.numbered_line(n, row)
        shown = min(len(listed), shown + AT_ONCE)
        more = len(listed) - shown
        enter = f"shows more ({more} left)" if more else "goes back" if len(listed) == len(rows) else "shows all"
        typed = ui.ask(
            Prompt(commands, numbers(len(rows)), does, enter=enter, menu=True, text=FILTERS if len(rows) > 1 else "")
        )
        if typed == REPEAT:
            listed, shown = every, 0
        elif isinstance(typed, TextInput):
            words = casefolded(typed.text).split()
            texts = [casefolded(f"{row} {whole}") for row, whole in zip_longest(rows, unseen, fillvalue="")]
            found = [(n, row) for n, row in every if all(word in texts[n - 1] for word in words)]
            if found:
                listed, shown = found, 0
            else:
                ui.say(f"Nothing here has {typed.text!r}.")
        elif typed == CommandInput("") and (more or listed != every):
            listed, shown = (listed, shown) if more else (every, 0)
        else:
            return CommandInput("q") if typed == CommandInput("") else typed


__all__ = ["ChoiceInput", "choose"]
