"""Parse Markdown into blocks. Links, images, HTML and escape sequences in a course are never rendered."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from dev2cto.text import sanitize

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Style = Literal[
    "", "bold", "italic", "code", "cite", "heading", "muted", "accent", "good", "bad", "warn", "added", "removed",
    "bright", "warm", "faint", "fill", "fill-warm", "fill-good", "fill-bad", "track",
    "keyword", "string", "number", "comment",
]  # fmt: skip
"""Words have the first of these; `fill` and `track` are for marks and bars, the last four for code."""
Align = Literal["left", "right", "center"]
Resolve = Callable[[str], str]


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    style: Style = ""


Spans = tuple[Span, ...]
Colour = Callable[[Sequence[str], str], Sequence[Spans] | None]
"""Takes lines of code and the name of their language; returns their spans, or None to leave them as they are."""


class Paragraph(NamedTuple):
    """Running text; `marker` ("- ", "2. ") precedes its first line, every line is indented by `indent` cells."""

    spans: Spans
    indent: int = 0
    marker: str = ""
    quote: bool = False
    tight: bool = False
    """Whether it follows without a blank line, as a further item of a list."""
    marker_style: Style = ""


def para(
    text: str, style: Style = "", *, indent: int = 0, marker: str = "", quote: bool = False, tight: bool = False
) -> Paragraph:
    """Return a paragraph of one text in one style."""
    return Paragraph((Span(text, style),), indent, marker, quote, tight)


class Listing(NamedTuple):
    """Preformatted lines: code, output or a drawing."""

    lines: tuple[str, ...]
    lang: str = ""
    indent: int = 4
    quote: bool = False
    code: bool = False
    """Whether it is code or output, as against a drawing or columns of text."""
    sides: tuple[str, str] = ("before", "now")
    """What the removed and the added lines of a diff are called where it is read aloud."""


class TableBlock(NamedTuple):
    """Rows of cells, of which the first is the header, if there is a `head`; `aligns` has one entry per column."""

    rows: tuple[tuple[Spans, ...], ...]
    aligns: tuple[Align, ...]
    indent: int = 0
    head: bool = True
    tight: bool = False
    """Whether it follows without a blank line."""
    wide: int = -1
    """The column that takes the room that is left, so that tables of a page end at the same place; -1 for none."""


Block = Paragraph | Listing | TableBlock


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return (
        MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "autolink", "link", "html_block"])
    )


def parse(text: str, cite: Resolve | None = None, fact: Resolve | None = None) -> tuple[Block, ...]:
    """Parse a Markdown text; `cite` and `fact` return the text for [@id] and [=id] (default: the id)."""
    marks = {"@": cite or (lambda id: id), "=": fact or (lambda id: id)}
    return tuple(_Walk(marks).walk(_markdown().parse(sanitize(text))))


def inline(text: str, cite: Resolve | None = None, fact: Resolve | None = None) -> Spans:
    """Parse a one-line text (an option, a heading)."""
    marks = {"@": cite or (lambda id: id), "=": fact or (lambda id: id)}
    tokens = _markdown().parseInline(sanitize(text))
    return tuple(_spans(tokens[0].children or (), marks)) if tokens else ()


def flowing(text: str, cite: Resolve | None = None, fact: Resolve | None = None, colour: Colour | None = None) -> Spans:
    """Parse a one-line text, or a text of several lines that may contain fenced code, which `colour` colours.

    Lines of code are kept as they are, without the fences; the lines of a paragraph are joined into one.
    """
    if "\n" not in text.strip():
        return inline(text, cite, fact)
    lines: list[Spans] = []
    for lang, same in groupby(_fenced(sanitize(text).strip("\n").split("\n")), itemgetter(1)):
        rows = [row for row, _ in same]
        if lang is None:
            lines += (inline(words, cite, fact) for words in rows)
            continue
        coloured = colour(rows, lang) if colour is not None else None
        for n, row in enumerate(rows):
            spans = coloured[n] if coloured is not None else (Span(row, "code"),)
            lines.append(tuple(Span(span.text.replace(" ", "\u00a0"), span.style) for span in spans))
    return tuple(span for n, line in enumerate(lines) for span in ((Span("\n"), *line) if n else line))


FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def _fenced(lines: Iterable[str]) -> Iterable[tuple[str, str | None]]:
    """Yield (line, language), None for prose: each line of code unchanged, each paragraph between as one line."""
    fence, lang, words = "", "", list[str]()
    for line in lines:
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            else:
                yield line, lang
        elif found or not line.strip():
            if words:
                yield " ".join(words), None
            fence, words = found[1] if found else "", []
            lang = line.strip(" `~")
        else:
            words.append(line.strip())
    if words:
        yield " ".join(words), None


def plain(spans: Iterable[Span]) -> str:
    """Return the text of spans without style."""
    return "".join(span.text for span in spans)


class _Walk:
    def __init__(self, marks: Mapping[str, Resolve]) -> None:
        self.marks = marks
        self.depth: list[int] = []
        self.numbers: list[int | None] = []
        self.marker = ""
        self.tight = False
        self.quote = 0
        self.heading = False

    @property
    def indent(self) -> int:
        return sum(self.depth)

    def walk(self, tokens: list["Token"]) -> Iterable[Block]:
        rows: list[tuple[Spans, ...]] = []
        row: list[Spans] = []
        aligns: list[Align] = []
        cell = False
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self.tight = bool(self.numbers)
                    ordered = token.type.startswith("ordered")
                    self.numbers.append(int(token.attrGet("start") or 1) if ordered else None)
                case "bullet_list_close" | "ordered_list_close":
                    self.numbers.pop()
                    self.tight = bool(self.numbers)
                case "list_item_open":
                    number = self.numbers[-1]
                    self.marker = "- " if number is None else f"{number}. "
                    self.depth.append(len(self.marker))
                    if number is not None:
                        self.numbers[-1] = number + 1
                case "list_item_close":
                    self.depth.pop()
                    self.marker = ""
                    self.tight = True
                case "heading_open" | "heading_close":
                    self.heading = token.type == "heading_open"
                case "blockquote_open":
                    self.quote += 1
                case "blockquote_close":
                    self.quote -= 1
                case "fence" | "code_block":
                    lines = tuple(token.content.rstrip("\n").split("\n"))
                    yield Listing(lines, token.info.strip(), self.indent + 4, self.quote > 0, code=True)
                case "table_open":
                    rows, aligns = [], []
                case "tr_open":
                    row = []
                case "th_open" | "td_open":
                    cell = True
                    if len(rows) == 0:
                        aligns.append(_align(str(token.attrGet("style") or "")))
                case "tr_close":
                    rows.append(tuple(row))
                case "table_close":
                    yield TableBlock(tuple(rows), tuple(aligns), self.indent)
                case "inline":
                    spans = tuple(_spans(token.children or (), self.marks))
                    if self.heading:
                        spans = tuple(Span(span.text, span.style or "heading") for span in spans)
                    if cell:
                        row.append(spans)
                        cell = False
                    else:
                        yield self.paragraph(spans)
                case _:
                    pass

    def paragraph(self, spans: Spans) -> Paragraph:
        marker, self.marker = self.marker, ""
        tight, self.tight = self.tight and bool(marker), False
        return Paragraph(spans, self.indent - len(marker), marker, self.quote > 0, tight)


def _align(style: str) -> Align:
    if "right" in style:
        return "right"
    return "center" if "center" in style else "left"


MARK = re.compile(r"\[([@=])([a-z0-9-]+)\]")


def _spans(tokens: Iterable["Token"], marks: Mapping[str, Resolve]) -> Iterable[Span]:
    style: list[Style] = []
    for token in tokens:
        match token.type:
            case "strong_open":
                style.append("bold")
            case "em_open":
                style.append("italic")
            case "strong_close" | "em_close":
                style.pop()
            case "code_inline":
                yield Span(token.content, "code")
            case "softbreak":
                yield Span(" ", style[-1] if style else "")
            case "hardbreak":
                yield Span("\n", style[-1] if style else "")
            case _:
                yield from _marked(token.content, style[-1] if style else "", marks)


def _marked(text: str, style: Style, marks: Mapping[str, Resolve]) -> Iterable[Span]:
    at = 0
    for found in MARK.finditer(text):
        if found.start() > at:
            yield Span(text[at : found.start()], style)
        words = sanitize(marks[found[1]](found[2]))
        yield Span(f"({words})", "cite") if found[1] == "@" else Span(words, style)
        at = found.end()
    if at < len(text):
        yield Span(text[at:], style)
