"""Terms and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from dev2cto.course.model import Term
from dev2cto.markdown.parser import Block, Span, para
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


class GlossaryPage(Page):
    """All terms, or those of one reading; under the list, the meaning of the one at the cursor."""

    opened_by = "glossary"
    DEFAULT_CSS = """
    GlossaryPage { & #meaning { height: auto; padding: 1 0 0 0; } & #frame { min-height: 5; } }
    """

    def __init__(self, term: str = "", only: Sequence[str] = ()) -> None:
        super().__init__()
        self.term, self.only = term, {name.lower() for name in only}

    @classmethod
    def at(cls, host: Host, location: Location) -> GlossaryPage:
        """All terms, at the one that is named."""
        return cls(*location.ids[:1])

    def frame(self) -> ComposeResult:
        """The list scrolls, the meaning stays."""
        yield from super().frame()
        yield MarkdownText(id="meaning")

    def body(self) -> ComposeResult:
        """The terms in alphabetical order."""
        yield Rows([Row(t.term.lower(), (Span(t.term),)) for t in self.terms()], numbered=False)

    def terms(self) -> list[Term]:
        """What is listed."""
        known = self.study.curriculum.glossary
        return [known[name] for name in sorted(known) if not self.only or name in self.only]

    def on_mount(self) -> None:
        """The term that was asked for."""
        terms = self.terms()
        self.set_title("Terms of this reading" if self.only else "Glossary", f"{len(terms)} terms")
        if not terms:
            self.query_one("#meaning", MarkdownText).show([para("This course has no glossary.")])
        elif self.term:
            self.query_one(Rows).point(self.term.lower())
        self.meaning()

    @on(Rows.Moved)
    def meaning(self) -> None:
        """Show the meaning of the term at the cursor."""
        row = self.query_one(Rows).current
        term = self.study.curriculum.glossary.get(row.id) if row else None
        if term is None:
            return
        blocks: list[Block] = [para(term.term, "bold"), *self.prose(term.definition)]
        if term.see:
            titles = [r.title for id in term.see if (r := self.study.course.reading(id))]
            blocks.append(para(f"enter opens: {', '.join(titles)}", "muted"))
        self.query_one("#meaning", MarkdownText).show(blocks)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the reading that explains it; with several, choose."""
        term = self.study.curriculum.glossary[message.row.id]
        readings = [r for id in term.see if (r := self.study.course.reading(id))]
        if len(readings) == 1:
            self.host.go(Location("reading", (readings[0].id,)))
        elif readings:
            rows = [Row(r.id, (Span(r.title),)) for r in readings]
            self.app.push_screen(
                ListPage(f"Readings on {term.term}", rows, lambda id: self.host.go(Location("reading", (id,))))
            )
        else:
            self.notify_learner("No reading is named for this term.")
