"""The edges of every screen: the title line, thin rules, and the line of keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding
from textual.screen import Screen

from dev2cto.prose.blocks import Span
from dev2cto.prose.layout import WIDTH, Line, wrap
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
    "shift+tab": "shift tab",
}


def key_name(binding: Binding) -> str:
    """What a key is called on screen."""
    if binding.key_display:
        return binding.key_display
    return KEY_NAMES.get(binding.key, binding.key)


def joined(names: Sequence[str]) -> str:
    """Several keys that do one thing: digits as a range, both arrows, otherwise the first."""
    if len(names) > 1 and all(name.isdecimal() for name in names):
        return f"{min(names)}-{max(names)}"
    return " ".join(names) if set(names) == {"<-", "->"} else names[0]


def live(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings that work now; Textual takes the key of a slash for none that a text field takes as text."""
    field = screen.focused
    typing = field is not None and field.check_consume_key("slash", "/")
    bindings = screen.active_bindings
    return [active for key, active in bindings.items() if active.enabled and not (typing and key == "slash")]


class TitleLine(LineWidget):
    """Where one is, on the left; how far, on the right. Nothing of it is cut: see `title_lines`."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = "", ""

    def show(self, left: str, right: str) -> None:
        """Say where one is."""
        left, right = clean(left), clean(right)
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            before = len(self._lines)
            self._width = -1
            room = min(self.size.width, WIDTH)
            self.refresh(layout=not room or len(self.lines(room)) != before)

    def lines_at(self, width: int) -> Sequence[Line]:
        """The title for that width."""
        return title_lines(self._left, self._right, width)


def title_lines(left: str, right: str, width: int) -> tuple[Line, ...]:
    """One line with both; where they do not fit, without what stands before " / "; then one under the other."""
    short = left.partition(" / ")[2]
    for text in (left, short):
        space = width - cell_len(text) - cell_len(right)
        if (text and space >= 2) or (text and not right and space >= 0):
            return (Line((Span(text, "heading"), Span(" " * space), Span(right, "muted"))),)
    lines = [Line(spans) for spans, _ in wrap((Span(short or left, "heading"),), width)]
    lines += [
        Line((Span(" " * (width - cell_len("".join(s.text for s in spans)))), *spans))
        for spans, _ in wrap((Span(right, "muted"),), width)
        if right
    ]
    return tuple(lines)


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
        for active in live(self.screen):
            if active.binding.show:
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
