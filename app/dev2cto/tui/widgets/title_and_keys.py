"""The frame of every screen: title line, rules and key bar."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding, Binding
from textual.message import Message
from textual.screen import Screen

from dev2cto import symbols
from dev2cto.keymap import action
from dev2cto.markdown.layout import Line, wrap
from dev2cto.markdown.parser import Span, Spans, plain
from dev2cto.text import sanitize
from dev2cto.tui.widgets.line_widget import LineWidget

FULL = 10_000
"""More cells than any terminal is wide: what goes over the whole width."""
SIGNS = {"comma": ","} | {
    binding.key: sign
    for sign in map(chr, range(ord("!"), ord("~") + 1))
    if not sign.isalnum() and sign != ","
    for binding in Binding.make_bindings([Binding(sign, "")])
}
"""Punctuation characters by Textual's names for their keys."""
KEY_NAMES = SIGNS | {
    "escape": "esc",
    "left": "<-",
    "right": "->",
    "pageup": "page up",
    "pagedown": "page down",
    "shift+tab": "shift tab",
}


def key_name(binding: Binding) -> str:
    """Return the display name of a binding's key."""
    modifier, plus, key = binding.key.rpartition("+")
    return KEY_NAMES.get(binding.key) or f"{modifier}{plus and ' '}{KEY_NAMES.get(key, key)}"


def describe(binding: Binding) -> str:
    """Return the longest description of what the binding does."""
    return binding.tooltip or binding.description


def usable_bindings(screen: Screen[object]) -> list[ActiveBinding]:
    """Return the bindings that work now; keys that a focused field takes as text are left out.

    Textual leaves out letters and digits itself, but overlooks punctuation.
    """
    field = screen.focused
    typing = field is not None and field.check_consume_key("x", "x")
    bindings = screen.active_bindings
    return [active for key, active in bindings.items() if active.enabled and not (typing and is_printable(key))]


def is_printable(key: str) -> bool:
    """Whether the key types a character."""
    return len(key) == 1 or key in SIGNS or key == "space"


class TitleLine(LineWidget):
    """The title on the left, progress on the right; `title_lines` says how they are fitted."""

    WIDEST: ClassVar[int] = FULL

    def __init__(self) -> None:
        super().__init__()
        self._left = ""
        self._right: Spans = ()

    def show(self, left: str, right: Spans) -> None:
        """Show the title and the progress."""
        left = sanitize(left).replace("\n", " ")
        right = tuple(Span(sanitize(span.text).replace("\n", " "), span.style) for span in right if span.text)
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            before = len(self._lines)
            self._width = -1
            room = self.room(self.size.width)
            self.refresh(layout=not self.size.width or len(self.lines(room)) != before)

    def lines_at(self, width: int) -> Sequence[Line]:
        """The title, fitted to the width."""
        return title_lines(self._left, self._right, width - 1)


def title_lines(left: str, right: Spans, width: int) -> tuple[Line, ...]:
    """Return both texts on one line; if too long, `left` without its part before " / "; else on separate lines."""
    before, slash, short = left.partition(" / ")
    size = cell_len(plain(right))
    for text in (left, short):
        space = width - cell_len(text) - size
        if (text and space >= 2) or (text and not right and space >= 0):
            place = before + slash if slash and text == left else ""
            title = (Span(place, "muted"), Span(text.removeprefix(place), "bright"))
            return (Line((*(title if place else title[1:]), Span(" " * space), *right)),)
    lines = [Line(spans) for spans, _ in wrap((Span(short or left, "bright"),), width)]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [Line((Span("...", "bright"),))]
    lines += [
        Line((Span(" " * (width - cell_len("".join(s.text for s in spans)))), *spans))
        for spans, _ in wrap(right, width)
        if right
    ]
    return tuple(lines)


MOST_LINES = 4
"""The most lines of a title, so that it leaves room for the content."""


class HorizontalRule(LineWidget):
    """A thin horizontal line."""

    DEFAULT_CSS = "HorizontalRule { height: 1; }"
    WIDEST: ClassVar[int] = FULL
    MARGIN: ClassVar[int] = 0

    def lines_at(self, width: int) -> Sequence[Line]:
        """One line over the whole width."""
        return (Line((Span(symbols.current().rule * width, "faint"),)),)


class KeyHint(NamedTuple):
    """An entry of the key bar: the names of keys, each with its binding (None for a range), and what they do."""

    keys: tuple[tuple[str, ActiveBinding | None], ...]
    what: str

    @property
    def text(self) -> str:
        """The entry as displayed."""
        return f"{' '.join(name for name, _ in self.keys)} {self.what}"


KEPT = {id: n for n, name in enumerate(("help", "back")) for id in action(name).bindings}
"""The bindings that are always in the key bar, with their order at its end."""
GAP = 3
"""Cells between two entries."""
MOST_KEYS = 7
"""The most entries: those that matter here. Help has the others."""


class KeyBar(LineWidget):
    """The keys available now, always with help and back. A click on a key acts like the key."""

    DEFAULT_CSS = "KeyBar { height: 1; }"
    ALLOW_SELECT = False
    WIDEST: ClassVar[int] = FULL

    class RangeClicked(Message):
        """A range of keys was clicked, which could mean any of them."""

    def __init__(self) -> None:
        super().__init__()
        self._renamed: Mapping[str, str] = {}

    def rename(self, words: Mapping[str, str]) -> None:
        """Show these words for what keys do in the page's present state, by binding id; "" leaves the key out."""
        self._renamed = words
        self._changed()

    def on_mount(self) -> None:
        """Follow changes of the bindings, such as a new focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._changed())

    def _changed(self) -> None:
        before = self._lines
        self._width = -1
        if self.size.width and self.lines(self.room(self.size.width)) != before:
            self.refresh()

    def lines_at(self, width: int) -> Sequence[Line]:
        """The entries with a gap between them."""
        spans: list[Span] = []
        for entry in self.entries(width):
            names = " ".join(name for name, _ in entry.keys)
            spans += [Span(" " * GAP), Span(names, "bright"), Span(f" {entry.what}", "muted")]
        return (Line(tuple(spans[1:])),)

    def entries(self, width: int) -> list[KeyHint]:
        """Return as many entries as fit, but not more than matter, always with help and back."""
        found: dict[str, list[ActiveBinding]] = {}
        for active in usable_bindings(self.screen):
            what = self._renamed.get(str(active.binding.id), active.binding.description)
            if active.binding.show and what:
                found.setdefault(what, []).append(active)
        last = {what: KEPT[str(active[0].binding.id)] for what, active in found.items() if active[0].binding.id in KEPT}
        ends = [hint_for(what, found[what]) for what in sorted(last, key=lambda what: last[what])]
        rest = [hint_for(what, active) for what, active in found.items() if what not in last]
        del rest[max(0, MOST_KEYS - len(ends)) :]
        while rest and sum(cell_len(entry.text) + GAP for entry in (*rest, *ends)) - GAP > width:
            rest.pop()
        return [*rest, *ends]

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked; the description belongs to the key before it."""
        at = self.MARGIN + self.styles.padding.left
        for entry in self.entries(self.room(self.size.width)):
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
    """Return an entry with digits as a range, with both arrows, or else with the first key only."""
    names = [key_name(active.binding) for active in found]
    if len(names) > 1 and all(name.isdecimal() for name in names):
        return KeyHint(((f"{min(names)}-{max(names)}", None),), what)
    pairs = tuple(zip(names, found, strict=True))
    return KeyHint(pairs if set(names) == {"<-", "->"} else pairs[:1], what)
