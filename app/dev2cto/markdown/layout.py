"""Lay out blocks as lines of a given width, in terminal cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from dev2cto import symbols
from dev2cto.markdown.parser import Align, Block, Colour, Listing, Paragraph, Span, Spans, Style, TableBlock
from dev2cto.text import sanitize

WIDTH = 76
"""Maximum width of text in cells: longer lines are hard to read."""


class Line(NamedTuple):
    """One line on screen; it begins `offset` characters into the text of the block with the number `block`."""

    spans: Spans
    block: int = 0
    offset: int = 0
    edge: int = -1
    """The cell of the left edge of code or a quotation, which have a surface of their own; -1 elsewhere."""

    @property
    def text(self) -> str:
        """The line without style."""
        return "".join(span.text for span in self.spans)


BLANK = Line(())

Piece = tuple[str, Style]
"""A part of a line under construction, and its style."""
STYLE_OF = itemgetter(1)


def layout(blocks: Sequence[Block], width: int = WIDTH, colour: Colour | None = None) -> tuple[Line, ...]:
    """Lay out blocks as lines of at most `width` cells, separated by blank lines; `colour` colours code."""
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        if lines and not (isinstance(block, Paragraph | TableBlock) and block.tight):
            lines.append(Line((), number, 0))
        match block:
            case Paragraph():
                lines += _paragraph(block, number, width)
            case Listing():
                lines += _listing(block, number, width, colour)
            case TableBlock():
                lines += _table(block, number, width)
    return tuple(lines)


def wrap(spans: Iterable[Span], width: int) -> Iterator[tuple[Spans, int]]:
    """Wrap spans into lines of at most `width` cells, each with its offset; only words longer than a line are split.

    The text is sanitized first; offsets count characters of the sanitized text.
    """
    width = max(1, width)
    clean = sanitized(spans)
    if _is_one_line(clean, width):
        yield _joined([(span.text, span.style) for span in clean if span.text]), 0
        return
    row: list[Piece] = []
    used = offset = start = 0
    gap: Piece | None = None
    for text, styled in _words(clean):
        if text == "\n":
            yield _joined(row), start
            row, used, gap, offset = [], 0, None, offset + 1
            start = offset
            continue
        if text.isspace():
            gap = ((gap[0] if gap else "") + " ", styled[0][1])
            offset += len(text)
            continue
        size = cell_len(text)
        if row and used + (len(gap[0]) if gap else 0) + size > width:
            yield _joined(row), start
            row, used, gap, start = [], 0, None, offset
        if gap and row:
            row.append(gap)
            used += len(gap[0])
        gap = None
        if used + size <= width:
            row += styled
            used += size
            offset += len(text)
            continue
        *full, (row, used) = _split(styled, width)
        for part, _ in full:
            yield _joined(part), start
            offset += sum(len(piece) for piece, _ in part)
            start = offset
        offset += sum(len(piece) for piece, _ in row)
    if row or start == 0:
        yield _joined(row), start


def _is_one_line(spans: Spans, width: int) -> bool:
    """Return whether this fits as it is, without spaces to drop; False if that would take longer to find out."""
    text = spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])
    return (
        len(text) <= width
        and text.isascii()
        and text.isprintable()
        and text[:1] != " "
        and text[-1:] != " "
        and "  " not in text
    )


def _joined(row: list[Piece]) -> Spans:
    """Join adjacent pieces of the same style into spans, since drawing time grows with the number of spans.

    In code, non-breaking spaces (which only prevented line breaks) become ordinary spaces again.
    """
    joined = (("".join(text for text, _ in same), style) for style, same in groupby(row, STYLE_OF))
    return tuple(Span(text.replace("\u00a0", " ") if style == "code" else text, style) for text, style in joined)


def sanitized(spans: Iterable[Span]) -> Spans:
    """Return the spans without escape sequences and control characters."""
    return tuple(span if span.text.isprintable() and span.text.isascii() else _cleaned(span) for span in spans)


def _cleaned(span: Span) -> Span:
    text = sanitize(span.text)
    return span if text == span.text else Span(text, span.style)


BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|(?:ms|s|min|h|kB|MB|GB|TB)\b)")
"""A space between a number and its unit, at which a line does not break."""

PIECES = re.compile(r"[ \n]|[^ \n]+")
"""A space, a line break, or a run of other characters."""


def _words(spans: Spans) -> Iterator[tuple[str, list[Piece]]]:
    """Yield words with the pieces they consist of, and the white space between them."""
    word: list[Piece] = []
    kept = {found.start() for found in BEFORE_UNIT.finditer("".join(span.text for span in spans))}
    begin = 0
    for span in spans:
        style = span.style
        for found in PIECES.finditer(span.text):
            text = found[0]
            if text not in " \n" or begin + found.start() in kept:
                word.append((text, style))
                continue
            if word:
                yield word[0][0] if len(word) == 1 else "".join(piece for piece, _ in word), word
                word = []
            yield text, [(text, style)]
        begin += len(span.text)
    if word:
        yield "".join(piece for piece, _ in word), word


def _split(styled: list[Piece], width: int) -> Iterator[tuple[list[Piece], int]]:
    """Yield a word in parts of at most `width` cells, but at least one character, each with its cells."""
    part: list[Piece] = []
    used = 0
    for text, style in styled:
        begin = 0
        for n, char in enumerate(text):
            size = get_character_cell_size(char)
            if used + size > width and (part or n > begin):
                if n > begin:
                    part.append((text[begin:n], style))
                yield part, used
                part, used, begin = [], 0, n
            used += size
        part.append((text[begin:], style))
    yield part, used


def _paragraph(block: Paragraph, number: int, width: int) -> Iterator[Line]:
    lead = " " * block.indent
    bar = "| " if block.quote else ""
    edge = len(lead) if bar else -1
    first, rest = lead + bar + block.marker, lead + bar + " " * len(block.marker)
    for n, (spans, offset) in enumerate(wrap(block.spans, width - len(rest))):
        prefix = first if n == 0 else rest
        shown = (Span(prefix, "muted" if bar else block.marker_style), *spans) if prefix else spans
        yield Line(shown, number, offset, edge)


EDGE = 2
"""Cells between the left edge of code and its text."""


def _listing(block: Listing, number: int, width: int, colour: Colour | None) -> Iterator[Line]:
    shown = [sanitize(line).replace("\n", " ") for line in block.lines]
    longest = max((cell_len(line) for line in shown), default=0)
    least = min(EDGE, block.indent) if block.code else 0  # the edge takes a cell
    indent = max(least, min(block.indent, width - longest))
    edge = max(0, indent - EDGE) if block.code else -1
    coloured = colour(shown, block.lang) if colour is not None and block.code else None
    offset = 0
    for n, line in enumerate(shown):
        for piece in _rows(line, coloured[n] if coloured is not None else (Span(line),), width - indent):
            yield Line((Span(" " * indent), *piece), number, offset, edge)
        offset += len(line) + 1


def _rows(line: str, spans: Spans, width: int) -> Iterator[Spans]:
    """Break a line of a listing that is too long between words; what follows is indented as the line itself."""
    if cell_len(line) <= width:
        yield spans
        return
    blank = len(line) - len(line.lstrip(" "))
    lead = " " * min(blank, max(0, width // 2))
    words = []
    for span in spans:
        words.append(Span(span.text[blank:], span.style))
        blank = max(0, blank - len(span.text))
    for row, _ in wrap(words, width - len(lead)):
        yield (Span(lead), *(Span(span.text.replace("\u00a0", " "), span.style) for span in row))


GAPS = (3, 2, 1)
"""Spaces between the columns of a table, in order of preference."""


def _table(block: TableBlock, number: int, width: int) -> Iterator[Line]:
    columns = len(block.aligns)
    widths, gap = _columns(block, max(columns, width - block.indent))
    for n, row in enumerate(block.rows):
        cells = [[spans for spans, _ in wrap(cell, widths[c])] for c, cell in enumerate(row[:columns])]
        for depth in range(max((len(cell) for cell in cells), default=0)):
            spans: list[Span] = [Span(" " * block.indent)]
            for c in range(columns):
                cell = cells[c][depth] if c < len(cells) and depth < len(cells[c]) else ()
                spans += _padded(cell, widths[c], block.aligns[c], header=block.head and n == 0)
                if c < columns - 1:
                    spans.append(Span(" " * gap))
            yield Line(tuple(spans), number, n)
        if n == 0 and block.head:
            rule = symbols.current().rule * (sum(widths) + gap * (columns - 1))
            yield Line((Span(" " * block.indent), Span(rule, "faint")), number, 0)


def _columns(block: TableBlock, room: int) -> tuple[list[int], int]:
    """Return each column's width and the gap between columns, in cells.

    A table that is too wide first gets narrower gaps, then narrower columns (the widest first), and as a last resort
    columns narrower than their longest word. One that is `wide` takes what is left.
    """
    texts = [[_text(row[c]) if c < len(row) else "" for row in block.rows] for c in range(len(block.aligns))]
    widths = [min(room, max(map(cell_len, column))) for column in texts]
    words = [
        min(room, max((cell_len(word) for text in column for word in text.split()), default=0)) for column in texts
    ]
    between = len(widths) - 1
    gaps = GAPS if block.wide < 0 else GAPS[1:]  # as a rule the same, so that tables below each other are in line
    gap = next((gap for gap in gaps if sum(widths) + gap * between <= room), 0)
    if not gap:
        gap = next((gap for gap in GAPS[1:] if sum(words) + gap * between <= room), GAPS[-1])
    over = sum(widths) + gap * between - room
    for least in (words, [1] * len(widths)):
        widest = [(-width, -c) for c, width in enumerate(widths) if width > least[c]]
        heapify(widest)
        while over > 0 and widest:
            width, c = heappop(widest)
            widths[-c] -= 1
            over -= 1
            if widths[-c] > least[-c]:
                heappush(widest, (width + 1, c))
    if block.wide >= 0:
        widths[block.wide] += max(0, -over)
    return widths, gap


def _padded(cell: Spans, width: int, align: Align, *, header: bool) -> Iterator[Span]:
    space = max(0, width - cell_len(_text(cell)))
    before = {"left": 0, "right": space, "center": space // 2}[align]
    yield Span(" " * before)
    for span in cell:
        yield Span(span.text, "muted") if header and not span.style else span
    yield Span(" " * (space - before))


def _text(spans: Spans) -> str:
    return "".join(span.text for span in spans)
