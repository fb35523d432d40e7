"""The words of laid-out blocks as one text, and where on screen each part of it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dev2cto.markdown.layout import Line, sanitized
from dev2cto.markdown.parser import Block, Listing, Paragraph, plain
from dev2cto.text import sanitize

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)\]]*\s+(?=[A-Z0-9\"'\u201c\u2018(\[])")
LINE = re.compile(r"[^\n]*\S[^\n]*")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|approx|no|fig|mr|mrs|ms|dr|prof|st)\.$", re.IGNORECASE)


class CellRange(NamedTuple):
    """The characters from `first` up to, not including, `last` of a line."""

    line: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RunningText:
    """The text of blocks, one after the other, with the offset at which each begins. Tables have no words in it.

    The offset of a line (`layout.Line.offset`) counts the same characters.
    """

    text: str
    starts: tuple[int, ...]
    prefixes: tuple[int, ...]
    """The characters before the text on each line of a block; -1 for listings, whose lines are marked as a whole."""

    def cells(self, lines: Sequence[Line], first: int, last: int) -> list[CellRange]:
        """Return where the characters from `first` up to `last` are on laid-out lines of the same blocks."""
        found = []
        for number, line in enumerate(lines):
            begin, prefix = self._begin(line)
            if begin < 0:
                continue
            if prefix < 0:
                end = self.text.find("\n", begin)
                if begin < last and first < (len(self.text) if end < 0 else end) and line.text.strip():
                    blank = len(line.text) - len(line.text.lstrip())
                    found.append(CellRange(number, blank, len(line.text)))
                continue
            cells = CellRange(
                number, prefix + max(0, first - begin), min(len(line.text), prefix + max(0, last - begin))
            )
            if cells.first < cells.last:
                found.append(cells)
        return found

    def offsets(self, line: Line, first: int, last: int) -> tuple[int, int] | None:
        """Return which characters the cells from `first` up to `last` of a line show; None if none of the text."""
        begin, prefix = self._begin(line)
        if begin < 0 or not line.text.strip():
            return None
        if prefix < 0:
            end = self.text.find("\n", begin)
            return begin, len(self.text) if end < 0 else end
        found = begin + max(0, first - prefix), begin + max(0, min(last, len(line.text)) - prefix)
        return found if found[0] < found[1] else None

    def _begin(self, line: Line) -> tuple[int, int]:
        """The offset of a line's first character, and the number of characters before it; (-1, 0) for no words."""
        if line.block >= len(self.starts) or not line.spans or self.starts[line.block] < 0:
            return -1, 0
        return self.starts[line.block] + line.offset, self.prefixes[line.block]

    def sentences(self) -> list[tuple[int, int]]:
        """Return where each sentence, or line of a listing, begins and ends."""
        found = []
        for start, prefix, end in zip(self.starts, self.prefixes, self._ends(), strict=True):
            if start >= 0 and prefix < 0:
                found += [(line.start(), line.end()) for line in LINE.finditer(self.text, start, end)]
            elif start >= 0:
                found += _sentences(self.text, start, end)
        return found

    def _ends(self) -> list[int]:
        """The end of each block; -1 for tables."""
        known = [start for start in self.starts if start >= 0]
        after = dict(zip(known, [*(start - 1 for start in known[1:]), len(self.text)], strict=True))
        return [after.get(start, -1) for start in self.starts]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the number of the block at an offset, and the offset in it."""
        known = [(begin, n) for n, begin in enumerate(self.starts) if begin >= 0]
        begin, number = known[max(0, bisect_right(known, (offset, len(self.starts))) - 1)]
        return number, max(0, offset - begin)


def running_text(blocks: Sequence[Block], skip: int = 0) -> RunningText:
    """Return the text of blocks, separated by line breaks, without the first `skip` of them."""
    parts, starts, prefixes, at = list[str](), [-1] * skip, [0] * skip, 0
    for block in blocks[skip:]:
        match block:
            case Paragraph():
                words = plain(sanitized(block.spans))
                prefixes.append(block.indent + 2 * block.quote + len(block.marker))
            case Listing():
                words = "\n".join(sanitize(line).replace("\n", " ") for line in block.lines)
                prefixes.append(-1)
            case _:
                starts.append(-1)
                prefixes.append(0)
                continue
        starts.append(at)
        parts.append(words)
        at += len(words) + 1
    return RunningText("\n".join(parts), tuple(starts), tuple(prefixes))


def _sentences(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    for found in SENTENCE_END.finditer(text, begin, end):
        stop = found.end() - (len(found[0]) - len(found[0].rstrip()))
        if not ABBREVIATION.search(text, begin, found.start()):
            yield begin, stop
            begin = found.end()
    if begin < end:
        yield begin, end
