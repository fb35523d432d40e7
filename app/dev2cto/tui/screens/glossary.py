"""Terms and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters import glossary_text
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> GlossaryPage:
    """Open the glossary, at the term in the first id; with only the terms of a reading if the place names them."""
    return GlossaryPage(location)


class GlossaryPage(FilteredPage):
    """All terms, or those of one reading; under the list, the meaning of the one at the cursor."""

    opened_by = "glossary"
    DEFAULT_CSS = """
    GlossaryPage { & #meaning { height: auto; padding: 1 0 0 0; } & #frame { min-height: 5; } }
    """

    def __init__(self, place: Location) -> None:
        super().__init__()
        self._restored = place
        self.term, *_ = (*place.ids, "")
        self.only = {str(name).lower() for name in place.extra.get("only", ())}

    def listing(self) -> Location:
        """The same terms."""
        return self._restored._replace(ids=())

    def frame(self) -> ComposeResult:
        """The list scrolls, the meaning stays."""
        yield from super().frame()
        yield MarkdownText(id="meaning")

    def body(self) -> ComposeResult:
        """The terms in alphabetical order."""
        yield Rows(
            [Row(t.term.lower(), (Span(t.term),)) for t in glossary_text.terms(self.study, self.only)], numbered=False
        )

    async def on_mount(self) -> None:
        """The term that was asked for."""
        listed = glossary_text.terms(self.study, self.only)
        self.set_title(*glossary_text.glossary_title(listed, self.only))
        if not listed:
            self.query_one("#meaning", MarkdownText).show([para(glossary_text.NO_TERMS)])
        elif self.term:
            self.query_one(Rows).point(self.term.lower())
        self.meaning()
        await self.filter_again(self._restored.extra)

    @on(Rows.Moved)
    def meaning(self) -> None:
        """Show the meaning of the term at the cursor."""
        row = self.query_one(Rows).current
        term = self.study.curriculum.glossary.get(row.id) if row else None
        if term is None:
            return
        blocks: list[Block] = [para(term.term, "bold"), *self.prose(term.definition)]
        if readings := glossary_text.readings_on(self.study, term):
            blocks.append(para(f"enter opens: {', '.join(reading.title for reading in readings)}", "muted"))
        self.query_one("#meaning", MarkdownText).show(blocks)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Open the reading that explains it; with several, choose."""
        term = self.study.curriculum.glossary[message.row.id]
        readings = glossary_text.readings_on(self.study, term)
        if len(readings) == 1:
            self.host.go(Location("reading", (readings[0].id,)))
        elif readings:
            rows = [Row(r.id, (Span(r.title),)) for r in readings]
            self.app.push_screen(
                ListPage(f"Readings on {term.term}", rows, lambda id: self.host.go(Location("reading", (id,))))
            )
        else:
            self.notify_learner("No reading explains this term.")
