"""Every key that works on the screen below, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import ActiveBinding
from textual.screen import Screen

from dev2cto.prose.blocks import Block, Listing, para
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.frame import key_name, live

MARKS = (
    "Type : to find anything that can be done here by its name; portfolio and settings are there.",
    "[ ] not begun   [~] begun   [x] done   > the row of the cursor   * due or marked",
    "A digit chooses or opens at once; letters are commands; enter opens or answers.",
    "Everything is saved as you go: close the terminal whenever you like.",
)


class HelpPage(TextPage):
    """Generated, so that it cannot be out of date."""

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__("Keys that work here", help_blocks(live(screen)))


def help_blocks(bindings: Iterable[ActiveBinding]) -> list[Block]:
    """The keys of the screen, then those that work everywhere."""
    groups: dict[str, dict[str, list[str]]] = {title: {} for title in ("On this screen", "Moving", "Everywhere")}
    for active in bindings:
        binding = active.binding
        if not binding.description or not binding.id:
            continue
        keys = groups[group_of(binding.id)].setdefault(binding.description, [])
        name = key_name(binding)
        if name not in keys:
            keys.append(name)
    blocks: list[Block] = []
    for title, group in groups.items():
        if group:
            lines = tuple(f"{', '.join(keys):<22} {what}" for what, keys in group.items())
            blocks += [para(title, "heading"), Listing(lines, indent=2)]
    blocks.append(para("Good to know", "heading"))
    blocks += [para(line, marker="- ", tight=n > 0) for n, line in enumerate(MARKS)]
    return blocks


def group_of(id: str) -> str:
    """Under which heading a binding stands."""
    if id.startswith("app."):
        return "Everywhere"
    moves = id.startswith(("page.", "rows.")) and id not in ("page.back", "rows.open")
    return "Moving" if moves else "On this screen"
