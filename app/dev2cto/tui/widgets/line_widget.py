"""Widgets that draw prepared lines: opening and scrolling cost only the lines on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import App
from textual.color import Color
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from dev2cto.markdown.layout import WIDTH, Line, layout
from dev2cto.markdown.parser import Block, Span, Style
from dev2cto.tui.textual_patches.internals import is_marking

PLAIN_PENS: dict[str, RichStyle] = {
    "": RichStyle.null(),
    "bold": RichStyle(bold=True),
    "italic": RichStyle(italic=True),
    "heading": RichStyle(bold=True),
    "cite": RichStyle(dim=True),
    "muted": RichStyle(dim=True),
}
COLOURED = {
    "code": "accent", "accent": "accent", "good": "success", "bad": "error", "warn": "warning",
    "added": "success", "removed": "error",
}  # fmt: skip
"""Styles that use one of the theme's colours, with its name."""
NOT_BOLD = ("code", "added", "removed")
"""Coloured styles that are not bold."""
SIXTEEN = ("added", "removed")
"""Styles without colour in the sixteen-colour theme, whose red and green may be hard to read."""


_PENS: dict[str, dict[str, RichStyle]] = {}


def pens(app: App[object]) -> dict[str, RichStyle]:
    """Return the Rich styles of the current theme, cached per theme: component styles would be matched per widget."""
    theme = app.current_theme
    if theme.name not in _PENS:
        made = _PENS[theme.name] = dict(PLAIN_PENS)
        for style, name in COLOURED.items():
            colour = Color.parse(str(getattr(theme, name) or theme.primary)).rich_color
            plain = theme.ansi and style in SIXTEEN
            made[style] = RichStyle(color=None if plain else colour, bold=None if style in NOT_BOLD else True)
    return _PENS[theme.name]


class LineWidget(Widget):
    """Draws the lines that a subclass returns from `lines_at(width)`."""

    DEFAULT_CSS = "LineWidget { height: auto; width: 1fr; }"
    WIDEST: ClassVar[int] = WIDTH
    """The maximum line width in cells."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._width = -1
        self._lines: Sequence[Line] = ()

    def lines_at(self, width: int) -> Sequence[Line]:
        """Return the lines for a width in cells."""
        raise NotImplementedError

    def lines(self, width: int) -> Sequence[Line]:
        """Return the lines, cached for the last width."""
        if width != self._width:
            self._lines = self.lines_at(width)
            self._width = width
        return self._lines

    def stale(self) -> None:
        """Discard the cached lines; lay out and draw again."""
        self._width = -1
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines at that width."""
        return len(self.lines(min(width, self.WIDEST)))

    def render_line(self, y: int) -> Strip:
        """Render row `y`, with the selection reversed."""
        width = self.size.width
        lines = self.lines(min(width, self.WIDEST))
        base = self.rich_style
        if y >= len(lines):
            return Strip.blank(width, base)
        strip = self.strip(lines[y], y, base).adjust_cell_length(width, base)
        marked = self.text_selection
        if marked is not None:
            strip = reversed_between(strip, lines[y].text, marked.get_span(y))
        # Offsets are needed only while text is selected, and cost as much as the drawing itself.
        return strip.apply_offsets(0, y) if is_marking(self.screen) else strip

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return the text selected with the mouse, and a newline to end it."""
        lines = self.lines(min(self.size.width, self.WIDEST))
        return selection.extract("".join(f"{line.text}\n" for line in lines)).replace("\u00a0", " "), "\n"

    def strip(self, line: Line, y: int, base: RichStyle) -> Strip:
        """Return the line with its styles; subclasses may add to it."""
        return Strip([Segment(span.text, base + self.pen(span.style)) for span in line.spans if span.text])

    def pen(self, style: str) -> RichStyle:
        """Return the Rich style for a style name in the current theme."""
        return pens(self.app)[style]


def reversed_between(strip: Strip, text: str, span: tuple[int, int] | None) -> Strip:
    """Return the strip of `text` with the characters of the span reversed; an end of -1 means the end of the text."""
    if span is None:
        return strip
    begin = cell_len(text[: span[0]])
    end = cell_len(text if span[1] < 0 else text[: span[1]])
    marked = strip.crop(begin, end).apply_style(RichStyle(reverse=True))
    return Strip.join([strip.crop(0, begin), marked, strip.crop(end)])


class MarkdownText(LineWidget):
    """Shows blocks of text, such as parsed Markdown."""

    def __init__(self, blocks: Sequence[Block] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._blocks = tuple(blocks)

    def show(self, blocks: Sequence[Block]) -> None:
        """Replace the blocks."""
        if self._blocks != tuple(blocks):
            self._blocks = tuple(blocks)
            self.stale()

    def add(self, blocks: Sequence[Block]) -> None:
        """Append blocks."""
        self.show((*self._blocks, *blocks))

    def lines_at(self, width: int) -> Sequence[Line]:
        """The blocks, laid out."""
        return layout(self._blocks, width)


def line_of(*parts: str | tuple[str, Style]) -> Line:
    """Return a line made of texts and (text, style) pairs."""
    return Line(tuple(Span(p) if isinstance(p, str) else Span(*p) for p in parts))
