"""Every key that works on the screen below, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from dev2cto import symbols
from dev2cto.markdown.parser import Block, Listing, para
from dev2cto.text import unbroken
from dev2cto.tui.screens.text_page import TwoColumnPage
from dev2cto.tui.widgets.title_and_keys import describe, key_name, usable_bindings

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host

KEY_COLUMN, NARROW = 22, 10
"""Cells of the column of keys, and of that beside another."""


def open_page(host: Host, location: Location) -> HelpPage:
    """Open help on the current screen."""
    return HelpPage(host.screen, host.key("commands"))


class HelpPage(TwoColumnPage):
    """Generated, so that it cannot be out of date."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "back", "close", id="help.close")]

    def __init__(self, screen: Screen[object], find_all: str) -> None:
        """Help on that screen; `find_all` is the key that lists all commands."""
        super().__init__("Keys of this screen", ())
        self._groups, self._known = grouped(usable_bindings(screen)), good_to_know(find_all)

    def one_column(self) -> list[Block]:
        """The keys of the screen, those that move, those that edit a text, those that work everywhere, the rest."""
        return [*help_blocks(self._groups), *self._known]

    def side_by_side(self) -> tuple[list[Block], list[Block]]:
        """The keys of the screen, and what is the same everywhere beside them."""
        own = {title: group for title, group in self._groups.items() if title != EVERYWHERE}
        beside = {EVERYWHERE: self._groups[EVERYWHERE]}
        return help_blocks(own), [*help_blocks(beside, NARROW), *self._known]


Groups = Mapping[str, Mapping[str, Sequence[str]]]


def grouped(bindings: Iterable[ActiveBinding]) -> Groups:
    """The names of keys by heading and by what they do."""
    groups: dict[str, dict[str, list[str]]] = {title: {} for title in GROUPS}
    for active in bindings:
        keys = groups[group_of(str(active.binding.id))].setdefault(describe(active.binding), [])
        name = key_name(active.binding)
        if name not in keys:
            keys.append(name)
    return groups


def help_blocks(groups: Groups, column: int = KEY_COLUMN) -> list[Block]:
    """Each group of keys under its heading; keys have a column of that many cells."""
    blocks: list[Block] = []
    for title, group in groups.items():
        if group:
            blocks += [para(title, "heading"), Listing(tuple(help_lines(group, column)), indent=2)]
    return blocks


def help_lines(group: Mapping[str, Sequence[str]], column: int = KEY_COLUMN) -> Iterator[str]:
    """What keys do beside the keys; keys that do not fit beside it are above it."""
    for what, keys in group.items():
        names = ", ".join(ranged(keys))
        if len(names) > column:
            yield names
            names = ""
        yield f"{names:<{column}} {what}"


def ranged(keys: Sequence[str]) -> list[str]:
    """Three or more digits as a range."""
    digits = [key for key in keys if key.isdecimal()]
    if len(digits) < 3:
        return list(keys)
    zero = ["0"] if digits[-1] == "0" else []
    span = digits[: len(digits) - len(zero)]
    return [f"{span[0]}-{span[-1]}", *zero, *(key for key in keys if key not in digits)]


EVERYWHERE = "Everywhere"
GROUPS = {
    "On this screen": (),
    "Moving": ("page.", "rows.", "reading.before", "reading.after"),
    "Typing": ("line.", "text."),
    EVERYWHERE: ("app.", "page.back", "page.escape", "page.copy"),
}
"""Headings with the id prefixes of the bindings listed under them; the longest prefix decides."""


def group_of(id: str) -> str:
    """The heading that a binding is listed under."""
    if id in ("rows.open", *(f"rows.pick{n}" for n in range(1, 10)), "rows.number"):
        return "On this screen"
    fitting = [(len(begin), title) for title, begins in GROUPS.items() for begin in begins if id.startswith(begin)]
    return max(fitting)[1] if fitting else "On this screen"


def good_to_know(find_all: str) -> list[Block]:
    """What holds on every screen."""
    m = symbols.current()
    states = ((m.not_begun, "not begun"), (m.begun, "begun"), (m.done, "done"))
    marks = (*states, (m.pointer, "the selected row"), (m.due, "due"))
    lines = (
        f"Type {find_all} to find anything that can be done here by its name: portfolio, plan, settings too.",
        "The mouse works as well: click a row, an option, or a key in the last line.",
        "   ".join(unbroken(f"{mark} {name}") for mark, name in marks),
        "A digit chooses or opens at once; letters are commands, except where you type; tab ends typing.",
        "Everything is saved as you go: you can close the terminal at any time.",
        "You can change the keys in the settings.",
    )
    return [para("Good to know", "heading"), *(para(line, marker="- ", tight=n > 0) for n, line in enumerate(lines))]
