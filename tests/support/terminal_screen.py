"""Terminals in memory: one as pyte has it, in less time; one that keeps every attribute of a cell and is less kind."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Any

import pyte
from pyte import charsets
from pyte.modes import IRM
from pyte.screens import Char, StaticDefaultDict
from wcwidth import wcwidth

DIM_AS_BLINKING = {2: 5}
"""pyte has no dimmed text; nothing of ours blinks."""

RANGES = (range(0x20, 0x7F), range(0xA1, 0x180), range(0x2010, 0x2060), range(0x2190, 0x2200), range(0x2500, 0x2600))
NARROW = frozenset(char for char in map(chr, chain(*RANGES)) if wcwidth(char) == 1)
"""Characters that take one cell, whatever is beside them: nearly all that the program shows."""


@cache
def cell(attributes: Char, char: str) -> Char:
    """That character with those attributes."""
    return attributes._replace(data=char)


class QuickScreen(pyte.Screen):
    """pyte's terminal; what it does for each character and each cell, it does here at once for usual ones."""

    def draw(self, data: str) -> None:
        """Show text."""
        x = self.cursor.x
        usual = self.charset == 0 and self.g0_charset is charsets.LAT1_MAP and IRM not in self.mode
        if not (usual and x + len(data) <= self.columns and NARROW.issuperset(data)):
            super().draw(data)
            return
        line, attributes = self.buffer[self.cursor.y], self.cursor.attrs
        for at, char in enumerate(data, x):
            line[at] = cell(attributes, char)
        self.cursor.x = x + len(data)
        self.dirty.add(self.cursor.y)

    @property
    def display(self) -> list[str]:
        """What the rows show."""
        places = range(self.columns)
        rows = []
        for y in range(self.lines):
            line = self.buffer[y]
            row = "".join([line[x].data for x in places])
            if not NARROW.issuperset(row):
                return super().display
            rows.append(row)
        return rows


class Screen(QuickScreen):
    """A terminal that erases in the background colour only, as xterm does, and knows dimmed text."""

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        """Set attributes; the parameters of colours are left alone."""
        taken: list[int] = []
        parts = list(attrs)
        while parts:
            part = parts.pop(0)
            if part in (38, 48) and parts:
                length = 4 if parts[0] == 2 else 2
                taken += [part, *parts[:length]]
                del parts[:length]
            else:
                taken.append(DIM_AS_BLINKING.get(part, part))
        super().select_graphic_rendition(*taken, **kwargs)

    def draw(self, data: str) -> None:
        """Show text; an accent on the last cell of a line stays there, where pyte would begin a new line for it."""
        if NARROW.issuperset(data):
            super().draw(data)
            return
        start = 0
        for at, char in enumerate(data):
            if wcwidth(char) == 0:
                super().draw(data[start:at])
                self._add(char)
                start = at + 1
        super().draw(data[start:])

    def copied(self) -> Screen:
        """The same cells, which change no more."""
        twin = copy.copy(self)
        twin.buffer = {}
        for y in range(self.lines):
            twin.buffer[y] = StaticDefaultDict(self.default_char)
            twin.buffer[y].update(self.buffer[y])
        return twin

    def _add(self, char: str) -> None:
        """Put an accent on the character before the cursor."""
        line, x = self.buffer[self.cursor.y], self.cursor.x - 1
        while x > 0 and not line[x].data:
            x -= 1
        line[x] = line[x]._replace(data=line[x].data + char)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Erase with the background alone."""
        attrs, self.cursor.attrs = self.cursor.attrs, Char(" ", bg=self.cursor.attrs.bg)
        super().erase_in_line(how, private)
        self.cursor.attrs = attrs

    def erase_characters(self, count: int | None = None) -> None:
        """Erase with the background alone."""
        attrs, self.cursor.attrs = self.cursor.attrs, Char(" ", bg=self.cursor.attrs.bg)
        super().erase_characters(count)
        self.cursor.attrs = attrs


def seen(char: Char) -> Char:
    """What of a cell can be seen: a blank has a background and lines, and no letter to colour or to make bold."""
    if char.data != " " or char.reverse or char.underscore or char.strikethrough:
        return char
    return Char(" ", bg=char.bg)


def differences(ours: pyte.Screen, theirs: pyte.Screen, lines: Iterable[int] | None = None) -> list[str]:
    """Where two screens differ, in words: in all their cells, with colours and attributes, or in those lines only."""
    assert (ours.lines, ours.columns) == (theirs.lines, theirs.columns)
    return [
        f"line {y} column {x}: {a} is not {b}"
        for y in (range(ours.lines) if lines is None else lines)
        for x in range(ours.columns)
        if (a := ours.buffer[y][x]) != (b := theirs.buffer[y][x]) and seen(a) != seen(b)
    ]
