"""The record is open in another session: most likely the learner, at another terminal."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import sessions_text
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class SessionsPage(Page):
    """Which other sessions there are, and what to do about it. No choice loses anything."""

    blocking = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "back", "quit", id="sessions.quit")]

    def __init__(self, resume: bool = False) -> None:
        super().__init__()
        self.resume = resume

    def body(self) -> ComposeResult:
        """The other sessions, and the choices."""
        others = self.study.record.others()
        listed = (para(sessions_text.describe_session(self.study, each), indent=3, tight=True) for each in others)
        yield MarkdownText(
            [para("This record is open in another session:"), *listed, para(sessions_text.SAFE)],
        )
        yield Rows(
            [
                Row(
                    choice.id if choice.possible else "",
                    (Span(choice.words), Span(f"   {choice.note}", "muted")),
                    gap=choice.id == "here",
                )
                for choice in sessions_text.choices(others)
            ]
        )

    def on_mount(self) -> None:
        """Set the title."""
        self.set_title("Already open elsewhere")

    @on(Rows.Opened)
    async def opened(self, message: Rows.Opened) -> None:
        """Do it."""
        match message.row.id:
            case "here":
                self.take_over()
            case "read":
                self.study.record.stop_writing(sessions_text.READ_ONLY)
                self.go_on()
            case _:
                self.go_on()

    @work(exclusive=True)
    async def take_over(self) -> None:
        """Ask the others to save and leave."""
        self.notify_learner(sessions_text.ASKING)
        record = self.study.record
        if reason := await asyncio.to_thread(sessions_text.close_others, record, record.others()):
            self.notify_learner(reason, sessions_text.BESIDE)
            return
        self.resume = True
        self.go_on()

    def go_on(self) -> None:
        """Go home, or straight to where the learner was."""
        host, resume = self.host, self.resume
        self.app.pop_screen()
        if resume:
            host.action_resume(exact=True)

    def action_back(self) -> None:
        """Leaving without a choice leaves the program."""
        self.host.action_leave()
