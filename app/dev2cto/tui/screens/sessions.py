"""Somebody else has this record open: most likely the learner, at another terminal."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.record.sessions import Session
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Row, Rows


class SessionsPage(Page):
    """Who else is here, and what to do about it. No choice loses anything."""

    blocking = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "back", "quit", id="sessions.quit")]

    def __init__(self, resume: bool = False) -> None:
        super().__init__()
        self.resume = resume

    def body(self) -> ComposeResult:
        """Who, and the choices."""
        yield MarkdownText(self.who())
        yield Rows(self.rows())

    def on_mount(self) -> None:
        """Title."""
        self.set_title("Already open elsewhere")

    def others(self) -> tuple[Session, ...]:
        """The other sessions."""
        return self.study.record.others()

    def who(self) -> list[Block]:
        """Each session in a line."""
        blocks: list[Block] = [para("This record is open in another session:")]
        for other in self.others():
            where = f"process {other.pid} on {other.host}" + (f", terminal {other.tty}" if other.tty else "")
            since = other.since.astimezone(self.study.zone).strftime("%d %b %H:%M")
            blocks.append(Paragraph((Span(f"{where}, since {since}"),), indent=3, tight=True))
        blocks.append(para("Whatever you choose, nothing is lost."))
        return blocks

    def rows(self) -> list[Row]:
        """Continue here is offered where the other can be asked to leave."""
        reachable = all(other.here for other in self.others())
        note = "the other session saves and closes" if reachable else "not possible: it runs on another machine"
        rows = [Row("here" if reachable else "", (Span("Continue here"), Span(f"   {note}", "muted")), gap=True)]
        rows.append(
            Row("beside", (Span("Side by side"), Span("   both write; each sees the other's answers", "muted")))
        )
        rows.append(Row("read", (Span("Read only"), Span("   this session saves nothing", "muted"))))
        return rows

    @on(Rows.Opened)
    async def opened(self, message: Rows.Opened) -> None:
        """Do it."""
        match message.row.id:
            case "here":
                self.take_over()
            case "read":
                self.study.record.stop_writing("you chose to read only; another session has the record open")
                self.go_on()
            case _:
                self.go_on()

    @work(exclusive=True)
    async def take_over(self) -> None:
        """Ask the others to save and leave."""
        self.notify_learner("Asking the other session to save and leave ...")
        for other in self.others():
            came_of_it = await asyncio.to_thread(self.study.record.take_over, other)
            if not came_of_it.ok:
                self.notify_learner(
                    came_of_it.reason or "The other session did not leave.", "Side by side works all the same."
                )
                return
        self.resume = True
        self.go_on()

    def go_on(self) -> None:
        """To home, or straight to the place."""
        host, resume = self.host, self.resume
        self.app.pop_screen()
        if resume:
            host.action_resume()

    def action_back(self) -> None:
        """Leaving without a choice leaves the program."""
        self.host.action_leave()
