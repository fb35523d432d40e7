"""What a state of the app shows and which keys it has, taken down to be looked at afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from dev2cto.markdown.layout import layout
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.command_palette import commands
from dev2cto.tui.screens.help import grouped, help_blocks
from dev2cto.tui.widgets.title_and_keys import KeyBar, usable_bindings
from tests.support.pilot_driver import Driver, shown

WIDTHS = (56, 76, 116)
"""Columns of the key line at 60, 80 and 120 columns."""


@dataclass(frozen=True)
class Seen:
    """A state."""

    name: str
    screen: type
    focus: str
    typing: bool
    """Whether letters are text."""
    layers: tuple[tuple[str, tuple[tuple[str, Binding], ...]], ...]
    """From the focus outwards: a node's class, and its enabled bindings by key."""
    live: tuple[tuple[str, Binding], ...]
    """What works."""
    help: str
    key_lines: tuple[str, ...]
    """One for each of WIDTHS."""
    commands: tuple[str, ...]
    text: str
    """What the terminal shows, and all that can be scrolled to."""
    drawn: str
    """What the terminal shows."""
    drawn_again: str
    """The same after all of it was laid out once more."""

    @property
    def keys(self) -> set[str]:
        """The keys that work."""
        return {key for key, _ in self.live}


async def look(name: str, driver: Driver) -> Seen:
    """Take it down."""
    app, screen = driver.app, driver.app.screen
    drawn = driver.text
    screen.refresh(layout=True)
    await driver.settle()
    focus = screen.focused
    layers = []
    for node, bindings in screen._modal_binding_chain:
        able = [(key, b) for key, b in bindings if app._check_action_state(b.action, node)]
        layers.append((type(node).__name__, tuple(able)))
    line = next(iter(screen.query(KeyBar)), None)
    found = usable_bindings(screen)
    return Seen(
        name,
        type(screen),
        type(focus).__name__ if focus is not None else "",
        focus is not None and focus.check_consume_key("x", "x"),
        tuple(layers),
        tuple((active.binding.key, active.binding) for active in found),
        "\n".join(row.text for row in layout(help_blocks(grouped(found)))),
        tuple("\n".join(row.text for row in line.lines_at(width)) for width in WIDTHS) if line else (),
        tuple(command.title for command in commands(screen)) if isinstance(screen, Page) else (),
        f"{driver.text}\n{shown(screen)}".replace("\u00a0", " "),
        drawn,
        driver.text,
    )
