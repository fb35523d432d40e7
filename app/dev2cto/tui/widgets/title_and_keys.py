"""The edges of every screen: the title line, thin rules, and the line of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding, Binding
from textual.message import Message
from textual.screen import Screen

from dev2cto.keymap import action
from dev2cto.markdown.layout import WIDTH, Line, wrap
from dev2cto.markdown.parser import Span
from dev2cto.text import sanitize
from dev2cto.tui.widgets.line_widget import LineWidget

SIGNS = {"comma": ","} | {
    binding.key: sign
    for sign in map(chr, range(ord("!"), ord("~") + 1))
    if not sign.isalnum() and sign != ","
    for binding in Binding.make_bindings([Binding(sign, "")])
}
"""What Textual calls the signs on a keyboard, to the signs."""
KEY_NAMES = SIGNS | {
    "escape": "esc",
    "left": "<-",
    "right": "->",
    "pageup": "page up",
    "pagedown": "page down",
    "shift+tab": "shift tab",
}


def key_name(binding: Binding) -> str:
    """What a key is called on screen."""
    modifier, plus, key = binding.key.rpartition("+")
    return KEY_NAMES.get(binding.key) or f"{modifier}{plus and ' '}{KEY_NAMES.get(key, key)}"


def describe(binding: Binding) -> str:
    """What the key does, in as many words as there are for it."""
    return binding.tooltip or binding.description


def usable_bindings(screen: Screen[object]) -> list[ActiveBinding]:
    """The bindings that work now; what a text field takes as text is none, also the signs that Textual overlooks."""
    field = screen.focused
    typing = field is not None and field.check_consume_key("x", "x")
    bindings = screen.active_bindings
    return [active for key, active in bindings.items() if active.enabled and not (typing and is_printable(key))]


def is_printable(key: str) -> bool:
    """Whether the key stands for a character."""
    return len(key) == 1 or key in SIGNS or key == "space"


class TitleLine(LineWidget):
    """Where one is, on the left; how far, on the right. Hardly anything of it is ever cut: see `title_lines`."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = "", ""

    def show(self, left: str, right: str) -> None:
        """Say where one is."""
        left, right = sanitize(left).replace("\n", " "), sanitize(right).replace("\n", " ")
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
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [Line((Span("...", "heading"),))]
    lines += [
        Line((Span(" " * (width - cell_len("".join(s.text for s in spans)))), *spans))
        for spans, _ in wrap((Span(right, "muted"),), width)
        if right
    ]
    return tuple(lines)


MOST_LINES = 4
"""Lines of a title; one that is longer leaves room for what it is the title of."""


class HorizontalRule(LineWidget):
    """A thin line."""

    DEFAULT_CSS = "HorizontalRule { height: 1; }"

    def lines_at(self, width: int) -> Sequence[Line]:
        """As wide as the text."""
        return (Line((Span("─" * width, "muted"),)),)


class KeyHint(NamedTuple):
    """A part of the key line: names of keys, each with what it is bound to (nothing for a range), and what they do."""

    keys: tuple[tuple[str, ActiveBinding | None], ...]
    what: str

    @property
    def text(self) -> str:
        """The entry as it is shown."""
        return f"{' '.join(name for name, _ in self.keys)} {self.what}"


KEPT = {id: n for n, name in enumerate(("help", "back")) for id in action(name).bindings}
"""Bindings that are never left out of the key line, with their order at its end."""
GAP = 3
"""Cells between two entries."""


class KeyBar(LineWidget):
    """The keys that matter here, help and back always among them. A click on one does what the key does."""

    DEFAULT_CSS = "KeyBar { height: 1; }"
    ALLOW_SELECT = False

    class RangeClicked(Message):
        """A click on several keys at once, which could mean any of them."""

    def on_mount(self) -> None:
        """Follow the bindings of whatever has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._changed())

    def _changed(self) -> None:
        before = self._lines
        self._width = -1
        if self.size.width and self.lines(min(self.size.width, WIDTH)) != before:
            self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The entries with a gap between them."""
        spans: list[Span] = []
        for entry in self.entries(width):
            names = " ".join(name for name, _ in entry.keys)
            spans += [Span(" " * GAP), Span(names, "bold"), Span(f" {entry.what}", "muted")]
        return (Line(tuple(spans[1:])),)

    def entries(self, width: int) -> list[KeyHint]:
        """As many as fit, help and back kept."""
        found: dict[str, list[ActiveBinding]] = {}
        for active in usable_bindings(self.screen):
            if active.binding.show:
                found.setdefault(active.binding.description, []).append(active)
        last = {what: KEPT[str(active[0].binding.id)] for what, active in found.items() if active[0].binding.id in KEPT}
        ends = [hint_for(what, found[what]) for what in sorted(last, key=lambda what: last[what])]
        rest = [hint_for(what, active) for what, active in found.items() if what not in last]
        while rest and sum(cell_len(entry.text) + GAP for entry in (*rest, *ends)) - GAP > width:
            rest.pop()
        return [*rest, *ends]

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does; the words belong to the last key before them."""
        at = 0
        for entry in self.entries(min(self.size.width, WIDTH)):
            end = at + cell_len(entry.text)
            for n, (name, active) in enumerate(entry.keys):
                stop = end if n == len(entry.keys) - 1 else at + len(name) + 1
                if at <= event.x < stop:
                    if active is None:
                        self.post_message(self.RangeClicked())
                    else:
                        await self.app.run_action(active.binding.action, active.node)
                    return
                at = stop
            at = end + GAP


def hint_for(what: str, found: Sequence[ActiveBinding]) -> KeyHint:
    """Digits as a range, both arrows, otherwise the first key."""
    names = [key_name(active.binding) for active in found]
    if len(names) > 1 and all(name.isdecimal() for name in names):
        return KeyHint(((f"{min(names)}-{max(names)}", None),), what)
    pairs = tuple(zip(names, found, strict=True))
    return KeyHint(pairs if set(names) == {"<-", "->"} else pairs[:1], what)
