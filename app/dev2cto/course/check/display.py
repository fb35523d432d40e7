"""Rules about what fits on a terminal of 80 columns and 24 rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from random import Random

from rich.cells import cell_len

from dev2cto.course.check.rules import About, Finding, Rule
from dev2cto.course.check.text_fields import DOCUMENTS, Text, texts
from dev2cto.items.base import Draw, Item
from dev2cto.items.forms import Arrange, Blanks, Form, Group, MarkLines, Option, Pair, PickMany, PickOne, Predict, Write
from dev2cto.items.say import Say
from dev2cto.markdown.layout import WIDTH, layout, wrap
from dev2cto.markdown.parser import flowing, parse
from dev2cto.yaml.decode import SourceObject
from dev2cto.yaml.tree import PathStep

ROWS = 18
"""Rows for question and options; the rest of 24 is title, rules, keys and room for the verdict."""
LEAD = 9
"""Columns before an option's text: cursor, mark and number."""
CODE_WIDTH, TABLE_WIDTH, ART_WIDTH = 68, 70, 72
OPTIONS = ("answer", "answers", "distractors")


def too_tall(item: Item) -> Iterator[Finding]:
    """Report items whose question and options do not fit on one screen."""
    for draw, steps in showings(item):
        rows = len(layout(parse(item.ask(draw)), WIDTH)) + 1 + form_rows(item.form(draw))
        if rows > ROWS:
            yield Finding(item, steps, f"question and options take {rows} rows; only {ROWS} fit", "shorten them")


def showings(item: Item) -> Iterator[tuple[Draw, tuple[PathStep, ...]]]:
    """Yield each form in which an item is asked (itself and its variants), with the path to its text."""
    yield Draw(), ("prompt",)
    for n in range(len(item.variants) if isinstance(item, Say) else 0):
        yield item.draw_again(Random(0), n + 1), ("variants", n, "line")


def form_rows(form: Form) -> int:
    """Return the rows that the answer form takes at `WIDTH` columns."""
    match form:
        case PickOne() | PickMany():
            return _rows(form.options)
        case Arrange():
            return _rows(form.entries)
        case Pair():
            return _rows(form.lefts) + _rows(form.rights)
        case Group():
            return _rows(form.entries) + 1
        case MarkLines():
            return len(form.lines)
        case Blanks():
            return len(layout(parse("________".join(form.pieces)), WIDTH)) + 1
        case Predict():
            return 3
        case Write():
            return 3 if form.lines else 1


def _rows(options: tuple[Option, ...]) -> int:
    gaps = len(options) - 1 if any(option.block for option in options) else 0
    return gaps + sum(len(list(wrap(flowing(option.text), WIDTH - LEAD))) for option in options)


OTHER_THAN_ASCII = re.compile(r"[^\n -~]")
"""A character that needs a closer look."""


def characters(thing: SourceObject) -> Iterator[Finding]:
    """Report emoji, zero-width and control characters, and tabs: terminals hide them or disagree on their width."""
    for text in texts(thing):
        for at, char in enumerate(text.text) if OTHER_THAN_ASCII.search(text.text) else ():
            if not char.isascii() and (name := unwanted(char)):
                yield Finding(thing, text.steps, f"{name} U+{ord(char):04X} is not allowed in a text", "", at)
                break
            if char < " " and char != "\n":
                what = "a tab" if char == "\t" else f"the control character U+{ord(char):04X}"
                yield Finding(thing, text.steps, f"{what} is not allowed in a text", "use spaces", at)
                break


def unwanted(char: str) -> str:
    """Return what kind of unwanted character this is; empty if it is allowed."""
    code, category = ord(char), unicodedata.category(char)
    if category in ("Cf", "Zl", "Zp") or 0xFE00 <= code <= 0xFE0F or code == 0x034F:
        return "the invisible character"
    if category in ("Cc", "Co", "Cs", "Cn"):
        return "the control character"
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or code in (0x20E3, 0x2B50, 0x2B55, 0x231A, 0x231B):
        return "the pictogram"
    return ""


def too_wide(thing: SourceObject) -> Iterator[Finding]:
    """Report code lines, table rows and drawings that a terminal would cut off or wrap."""
    for text in texts(thing):
        yield from _wide_lines(thing, text)


def _wide_lines(thing: SourceObject, text: Text) -> Iterator[Finding]:
    fence, at = "", 0
    code = WIDTH - LEAD if text.name == "text" and text.steps[0] in OPTIONS else CODE_WIDTH
    for line in text.text.split("\n"):
        opening = re.match(r" {0,3}(`{3,}|~{3,})", line)
        limit, what = 0, ""
        if text.name == "art":
            limit, what = ART_WIDTH, "a drawing"
        elif text.name in ("code", "stdout"):
            limit, what = CODE_WIDTH, "code"
        elif text.markdown and opening:
            fence = "" if fence and line.strip().startswith(fence) else fence or opening[1]
        elif text.markdown and fence:
            limit, what = code, "code"
        elif text.markdown and line.lstrip().startswith("|"):
            limit, what = TABLE_WIDTH, "a table"
        if limit and (size := cell_len(line.rstrip())) > limit:
            yield Finding(thing, text.steps, f"this line takes {size} columns; {what} may have {limit}", "", at + limit)
        at += len(line) + 1


MARKUP = re.compile(
    r"(?P<heading>^#{1,6} )|(?P<image>!\[)|(?P<link>\]\()|(?P<address>\bhttps?://|\bwww\.)|(?P<html></?[a-zA-Z][^<>]*>|<!--)",
    re.MULTILINE,
)
POSSIBLE_MARKUP = re.compile(r"[#<]|!\[|\]\(|http|www")
"""What any of these contains. It is looked for first: most texts have none, and MARKUP takes its time."""
MARKUP_NAMES = {"heading": "a heading", "image": "an image", "link": "a link", "address": "an address", "html": "HTML"}
INSTEAD = {
    "heading": "sections carry the headings",
    "image": "draw a diagram in characters",
    "link": "cite a source: [@id]",
    "address": "sources.yaml carries the addresses; cite one: [@id]",
    "html": "put code in backticks",
}


def markup(thing: SourceObject) -> Iterator[Finding]:
    """Report Markdown that the front ends do not show: headings, images, links, HTML."""
    for text in texts(thing):
        if text.markdown and text.name not in DOCUMENTS and POSSIBLE_MARKUP.search(text.prose):
            for found in MARKUP.finditer(text.prose):
                what = found.lastgroup or ""
                message = f"{found[0].strip()!r} is {MARKUP_NAMES[what]}"
                yield Finding(thing, text.steps, message, INSTEAD[what], found.start())


ABOUT: tuple[About, ...] = ("item", "reading", "exercise", "page")

RULES = (
    Rule("Q331", "question and options do not fit on one screen", "item", too_tall),
    *(Rule("Q332", "unwanted characters", about, characters) for about in ABOUT),
    *(Rule("Q333", "lines too wide for a terminal", about, too_wide) for about in ABOUT),
    *(Rule("Q334", "Markdown that is not shown", about, markup) for about in ABOUT),
)
