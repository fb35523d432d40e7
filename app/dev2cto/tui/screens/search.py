"""Finding words in the whole course, the glossary, one's notes and answers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dev2cto.curriculum.search import Hit
from dev2cto.prose.blocks import Span, para
from dev2cto.study.find import find
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.fields import LineInput
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows

MOST = 60
"""Places shown; more say so."""


class WordsInput(LineInput):
    """Words to find; enter finds them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "find", id="search.find")]


class SearchPage(Page):
    """Type, enter, choose, and be at the line."""

    FOCUS = "WordsInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "words", "other words", id="search.words")]
    DEFAULT_CSS = "SearchPage WordsInput { margin: 0 0 1 3; }"

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.words = words
        self.hits: dict[str, Hit] = {}

    def body(self) -> ComposeResult:
        """The words, and where they stand."""
        yield WordsInput(placeholder='words; "several words" together; enter finds')
        yield Prose(id="count")
        yield Rows(id="hits")

    def on_mount(self) -> None:
        """Find at once what was asked for before."""
        self.head("Search the course")
        if self.words:
            self.query_one(WordsInput).value = self.words
            self.find()

    @on(Input.Submitted)
    def find(self) -> None:
        """Find the words."""
        words = self.query_one(WordsInput).value
        hits = find(self.study, words)
        self.hits = {f"hit{n}": hit for n, hit in enumerate(hits[:MOST])}
        rows = [
            Row(
                id,
                (Span(hit.title, "bold"), Span("\n"), *(Span(s.text, "muted") for s in self.inline(hit.excerpt))),
                gap=n > 0,
            )
            for n, (id, hit) in enumerate(self.hits.items())
        ]
        if not words.strip():
            count = "Type words to find."
        elif not hits:
            count = f"Nothing holds {words!r}. Fewer or shorter words find more."
        else:
            more = f", the first {MOST} shown" if len(hits) > MOST else ""
            count = f"{len(hits)} place{'s' if len(hits) != 1 else ''}{more}"
        self.query_one("#count", Prose).show([para(count, "muted", indent=3)])
        self.query_one(Rows).show(rows, 0)
        if rows:
            self.query_one(Rows).focus()

    def excerpt(self, hit: Hit) -> tuple[Span, ...]:
        """The words around the place, without the marks of Markdown."""
        return tuple(Span(span.text, "muted") for span in self.inline(hit.excerpt))

    def action_words(self) -> None:
        """Back to the words."""
        self.query_one(WordsInput).focus()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Go there."""
        hit = self.hits[message.row.id]
        match hit.what:
            case "reading":
                reading, _, section = hit.target.partition("#")
                self.course_app.go("reading", (reading, section))
            case "term":
                self.course_app.go("glossary", (hit.target,))
            case "note":
                self.course_app.go("note", ("", hit.target))
            case "answer":
                item = self.study.curriculum.item(hit.target)
                if item.read:
                    reading, _, section = item.read.partition(".")
                    self.course_app.go("reading", (reading, section))
