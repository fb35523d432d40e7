"""The edges of every screen: the title line, thin rules, and the line of keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.binding import Binding

from dev2cto.prose.blocks import Span
from dev2cto.prose.layout import WIDTH, Line
from dev2cto.text import clean
from dev2cto.tui.widgets.lines import LineWidget

KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "colon": ":",
    "escape": "esc",
    "left": "<-",
    "right": "->",
    "up": "up",
    "down": "down",
    "pageup": "page up",
    "pagedown": "page down",
}


def key_name(binding: Binding) -> str:
    """What a key is called on screen."""
    if binding.key_display:
        return binding.key_display
    return KEY_NAMES.get(binding.key, binding.key)


def joined(names: Sequence[str]) -> str:
    """Several keys that do one thing: digits as a range, otherwise the first."""
    if len(names) > 1 and all(name.isdecimal() for name in names):
        return f"{min(names)}-{max(names)}"
    return names[0]


class TitleLine(LineWidget):
    """Where one is, on the left; how far, on the right."""

    DEFAULT_CSS = "TitleLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = "", ""

    def show(self, left: str, right: str) -> None:
        """Say where one is."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = clean(left), clean(right)
            self._width = -1
            self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """One line, the left part cut where both do not fit."""
        left, right = self._left, self._right
        if cell_len(left) + cell_len(right) + 2 > width:
            left = _cut(left, max(10, width - cell_len(right) - 2))
        space = max(2, width - cell_len(left) - cell_len(right))
        return (Line((Span(left, "heading"), Span(" " * space), Span(right, "muted"))),)


class Rule(LineWidget):
    """A thin line."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def lines_at(self, width: int) -> Sequence[Line]:
        """As wide as the text."""
        return (Line((Span("─" * width, "muted"),)),)


class KeyLine(LineWidget):
    """The keys that matter here; ? and q always among them."""

    DEFAULT_CSS = "KeyLine { height: 1; }"

    def on_mount(self) -> None:
        """Follow the bindings of whatever has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._changed())

    def _changed(self) -> None:
        before = self._lines
        self._width = -1
        if self.size.width and self.lines(min(self.size.width, WIDTH)) != before:
            self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """As many keys as fit, the last two kept."""
        keys: dict[str, list[str]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled:
                keys.setdefault(active.binding.description, []).append(key_name(active.binding))
        shown = [(joined(names), description) for description, names in keys.items()]
        last = [pair for pair in shown if pair[0] in ("?", "q")]
        rest = [pair for pair in shown if pair not in last]
        last.sort()
        while rest and _width([*rest, *last]) > width:
            rest.pop()
        spans: list[Span] = []
        for key, description in [*rest, *last]:
            spans += [Span("   "), Span(key, "bold"), Span(f" {description}", "muted")]
        return (Line(tuple(spans[1:])),)


def _width(pairs: Sequence[tuple[str, str]]) -> int:
    return sum(cell_len(key) + 1 + cell_len(text) + 3 for key, text in pairs) - 3


def _cut(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    while text and cell_len(text) > room - 3:
        text = text[:-1]
    return f"{text}..."
