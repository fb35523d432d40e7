"""Widgets that draw prepared lines: opening and scrolling cost only the lines on screen."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple, get_args

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import App
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from dev2cto import symbols
from dev2cto.markdown.layout import WIDTH, Line, layout
from dev2cto.markdown.parser import Block, Listing, Span, Style
from dev2cto.tui.highlight import coloured_code
from dev2cto.tui.textual_patches.internals import is_marking
from dev2cto.tui.themes import PALETTES, Palette

BOLD = ("bold", "heading", "accent", "good", "bad", "warn", "bright", "warm", "keyword")
"""Styles that are bold; without colours they and the dim ones are what distinguishes words."""
DIM = ("cite", "muted", "comment")
COLOURS: dict[str, str] = {
    "bold": "bright", "bright": "bright", "heading": "cool", "accent": "cool", "code": "cool", "keyword": "cool",
    "fill": "cool", "good": "good", "fill-good": "good", "added": "good", "bad": "bad", "fill-bad": "bad",
    "removed": "bad", "warn": "warm", "warm": "warm", "fill-warm": "warm", "cite": "dim", "muted": "dim",
    "comment": "dim", "faint": "faint", "track": "faint", "string": "string", "number": "number",
}  # fmt: skip
"""Styles that have a colour of the palette, with its name."""
SIXTEEN = {"fill": "cyan", "fill-good": "green", "fill-bad": "red", "fill-warm": "magenta"}
"""The colours of marks in the sixteen-colour theme; its words have none, since any may be illegible there."""
STYLES: tuple[str, ...] = get_args(Style)
THIN = str.maketrans("━", "─")
"""The remainder of a bar must differ from its filled part where colours do not say which is which."""


class Pens(NamedTuple):
    """How a theme draws: each style, the surface of a line that has one, and whether colours tell bars apart."""

    styles: dict[str, RichStyle]
    surface: RichStyle
    coloured: bool


_PENS: dict[tuple[str, bool], Pens] = {}


def pens(app: App[object]) -> Pens:
    """Return the pens of the current theme, cached per theme: component styles would be matched per widget."""
    key = (app.theme, app.no_color)
    if key not in _PENS:
        _PENS[key] = sixteen_pens() if app.current_theme.ansi else palette_pens(PALETTES[app.theme], app.no_color)
    return _PENS[key]


def sixteen_pens() -> Pens:
    """Return the pens of the terminal's own colours: bold and dim for words, colours for marks."""
    styles = {
        style: RichStyle(
            color=SIXTEEN.get(style),
            bold=style in BOLD or style == "code" or None,
            dim=style in (*DIM, "faint", "track") or None,
            italic=style == "italic" or None,
        )
        for style in STYLES
    }
    return Pens(styles, RichStyle(bold=True), coloured=False)


def palette_pens(palette: Palette, no_color: bool) -> Pens:
    """Return the pens of a palette; where the learner wants no colours, dim words have the attribute."""
    colours = palette._asdict()
    styles = {
        style: RichStyle(
            color=colours[COLOURS[style]] if style in COLOURS else None,
            bold=style in BOLD or (no_color and style == "code") or None,
            dim=(no_color and style in (*DIM, "faint", "track")) or None,
            italic=style == "italic" or None,
        )
        for style in STYLES
    }
    return Pens(styles, RichStyle(bgcolor=palette.tint), coloured=not no_color)


class LineWidget(Widget):
    """Draws the lines that a subclass returns from `lines_at(width)`."""

    DEFAULT_CSS = "LineWidget { height: auto; width: 100%; }"
    WIDEST: ClassVar[int] = WIDTH
    """The maximum line width in cells."""
    MARGIN: ClassVar[int] = 2
    """Cells left of the text, which the surface of a line covers; at its right, one cell is left."""

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
        return len(self.lines(self.room(width)))

    def room(self, width: int) -> int:
        """Return the cells for text in a widget of that width."""
        return max(1, min(width - self.MARGIN - (1 if self.MARGIN else 0), self.WIDEST))

    def render_line(self, y: int) -> Strip:
        """Render row `y`, with the selection reversed."""
        width = self.size.width
        lines = self.lines(self.room(width))
        base = self.rich_style
        if y >= len(lines):
            return Strip.blank(width, base)
        line = lines[y]
        surface = self.surface(line, y)
        if surface is not None:
            base += surface
        strip = self.strip(line, y, base)
        marked = self.text_selection
        if marked is not None:
            strip = reversed_between(strip, line.text, marked.get_span(y))
        if is_marking(self.screen):  # offsets cost as much as the drawing itself
            strip = strip.apply_offsets(0, y)
        if self.MARGIN:
            strip = Strip.join([Strip([Segment(" " * self.MARGIN, base)], self.MARGIN), strip])
        mark = self.edge(line, y)
        if mark is not None:
            at, span = mark
            drawn = Strip([Segment(span.text, base + self.pen(span.style))])
            strip = Strip.join([strip.crop(0, at), drawn, strip.crop(at + drawn.cell_length)])
        return strip.adjust_cell_length(width, base)

    def surface(self, line: Line, y: int) -> RichStyle | None:
        """Return the surface of a line that has one of its own, as code and quotations do."""
        return pens(self.app).surface if line.edge >= 0 and not self.app.current_theme.ansi else None

    def edge(self, line: Line, y: int) -> tuple[int, Span] | None:
        """Return the mark at the left of a line, with its cell in the widget."""
        return (line.edge + self.MARGIN, Span(symbols.current().edge, "faint")) if line.edge >= 0 else None

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return the text selected with the mouse, and a newline to end it."""
        lines = self.lines(self.room(self.size.width))
        return selection.extract("".join(f"{line.text}\n" for line in lines)).replace("\u00a0", " "), "\n"

    def strip(self, line: Line, y: int, base: RichStyle) -> Strip:
        """Return the line with its styles; subclasses may add to it."""
        styles, _, coloured = pens(self.app)
        return Strip(
            [
                Segment(
                    span.text.translate(THIN) if span.style == "track" and not coloured else span.text,
                    base + styles[span.style],
                )
                for span in line.spans
                if span.text
            ]
        )

    def pen(self, style: str) -> RichStyle:
        """Return the Rich style for a style name in the current theme."""
        return pens(self.app).styles[style]


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

    def listings(self) -> Iterator[tuple[int, int, Listing]]:
        """Yield the code in it, with the first of its lines and the one after its last."""
        for number, block in enumerate(self._blocks):
            if isinstance(block, Listing) and block.code:
                lines = [y for y, line in enumerate(self._lines) if line.block == number and line.text.strip()]
                if lines:
                    yield lines[0], lines[-1] + 1, block

    def lines_at(self, width: int) -> Sequence[Line]:
        """The blocks, laid out, with their code coloured."""
        return layout(self._blocks, width, coloured_code)


def line_of(*parts: str | tuple[str, Style]) -> Line:
    """Return a line made of texts and (text, style) pairs."""
    return Line(tuple(Span(p) if isinstance(p, str) else Span(*p) for p in parts))
