"""The marks that the program draws: one set for terminals that can show them, one of plain characters."""

import os
import sys
from collections.abc import Mapping
from typing import Literal

from dev2cto.terminal_caps import DUMB

SymbolChoice = Literal["auto", "unicode", "plain"]


class Symbols:
    """A set of marks, each one cell wide. Plain attributes, since a named tuple of so many is slow to make."""

    not_begun, begun, done = "○", "◐", "●"
    """States of a part of the course."""
    off, on = "○", "●"
    """An option of which one can be chosen."""
    unticked, ticked = "□", "■"
    """An option of which several can be."""
    right, wrong = "✓", "✗"
    now, ahead = "◆", "·"
    """The question at hand in the strip of a quiz; `ahead` are those to come."""
    partly, written = "~", "-"
    """An answer that is partly right, and a text that learners judge themselves."""
    full, rest = "━", "━"
    """A bar: the filled part and the remainder."""
    levels = "▁▂▃▄▅▆▇█"
    """Eight heights, the lowest first."""
    pointer = "▌"
    """The selected row, a check, a verdict: what is the learner's turn."""
    due = "▎"
    """A row that is due and not selected."""
    edge = "▎"
    """The left edge of code and quotations."""
    rule, divider = "─", "│"
    rising, falling, steady = "↑", "↓", "→"

    def state(self, name: Literal["not begun", "begun", "done"]) -> str:
        """Return the mark of a part's state."""
        return {"not begun": self.not_begun, "begun": self.begun, "done": self.done}[name]

    def choice(self, chosen: bool) -> str:
        """Return the mark of an option of which one can be chosen."""
        return self.on if chosen else self.off

    def tick(self, ticked: bool) -> str:
        """Return the mark of an option of which several can be chosen."""
        return self.ticked if ticked else self.unticked

    def history(self, values: tuple[float, ...] | list[float]) -> list[str]:
        """Return a mark for each value, the highest for the largest; 0 has the mark of what is to come."""
        most = max(values, default=0)
        last = len(self.levels) - 1
        return [self.levels[round(value / most * last)] if value > 0 else self.ahead for value in values]


class PlainSymbols(Symbols):
    """Marks of plain characters; states and choices are three cells wide."""

    not_begun, begun, done = "[ ]", "[~]", "[x]"
    off, on = "( )", "(*)"
    unticked, ticked = "[ ]", "[x]"
    right, wrong = "+", "x"
    now, ahead = "o", "."
    partly, written = "~", "-"
    full, rest = "#", "-"
    levels = "_.-:=+*#"
    pointer = ">"
    due = "*"
    edge = "|"
    rule, divider = "-", "|"
    rising, falling, steady = "^", "v", "="


UNICODE, PLAIN = Symbols(), PlainSymbols()
POOR = ("linux", "vt", "ansi", "cons", "sun")
"""Prefixes of the names of terminals whose fonts have not all of these characters."""

_chosen: SymbolChoice = "auto"
_only_lines = False
_current: Symbols | None = None


def use(choice: SymbolChoice) -> None:
    """Choose the set for this process, which has one terminal; "auto" looks at the terminal."""
    global _chosen, _current
    _chosen, _current = choice, None


def for_lines(only: bool = True) -> None:
    """Use the plain set whatever is chosen: lines may be read aloud."""
    global _only_lines, _current
    _only_lines, _current = only, None


def current() -> Symbols:
    """Return the set in use."""
    global _current
    if _current is None:
        plain = _only_lines or _chosen == "plain" or (_chosen == "auto" and not shows_unicode(os.environ, encoding()))
        _current = PLAIN if plain else UNICODE
    return _current


def encoding() -> str:
    """Return the encoding of standard output, for which the full screen puts a capture in place."""
    return str(getattr(sys.__stdout__, "encoding", "") or "")


def shows_unicode(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether the terminal can show the characters of the large set, by its name and the locale.

    Python writes UTF-8 in the locale C, too, so the locale is looked up by its name.
    """
    if encoding.lower().replace("-", "").replace("_", "") != "utf8":
        return False
    term = environment.get("TERM", "")
    if term in DUMB or term.startswith(POOR):
        return False
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    name, _, charset = locale.partition(".")
    return name not in ("C", "POSIX") or charset.lower().replace("-", "") == "utf8"


def bar(part: float, whole: float, width: int) -> tuple[str, str]:
    """Return the filled and the remaining part of a bar of `width` cells; what is begun shows at least one cell."""
    marks = current()
    full = round(width * part / whole) if whole else 0
    full = max(min(full, width), 1 if part > 0 and whole else 0)
    return marks.full * full, marks.rest * (width - full)
