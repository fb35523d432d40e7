"""A code lab: files in the learner's workspace, checked as often as one likes."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.lab_result import files_line, result_blocks, solution_blocks, subject_blocks, tested_line
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.state.location import Location
from dev2cto.tui.external_editor import edit
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.rows import Row, Rows

WATCH_SECONDS = 1.0
"""How often a watched file is looked at."""


class CodePage(ExercisePage):
    """Edit, check, read what failed, again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "check", tooltip="check your files", id="lab.check"),
        Binding("e", "edit", "edit", tooltip="edit your files in your editor", id="lab.edit"),
        Binding("t", "subject", "code", tooltip="the code that your tests are for", id="lab.subject"),
        Binding("w", "watch", "watch", tooltip="check at every save, on or off", id="lab.watch"),
        Binding("h", "hint", "hint", id="lab.hint"),
        Binding("v", "solution", "solution", tooltip="solution, compared with yours", id="lab.solution"),
        Binding("a", "fresh", "start again from a fresh copy, beside this one", show=False, id="lab.fresh"),
    ]

    def __init__(self, session: CodeSession, place: Location | None = None) -> None:
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self.busy = False
        self._timer: Timer | None = None
        self._stamps: dict[str, int] = {}
        self._warned = False

    def body(self) -> ComposeResult:
        """Brief, what can be done, hints, result."""
        yield Prose(self.prose(self.session.exercise.brief))
        yield Prose(id="folder")
        yield Rows(id="actions")
        yield Prose(id="result")

    def on_mount(self) -> None:
        """Say where the files are."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Folder, hints, state."""
        session = self.session
        self.name_it("done" if session.done else "begun" if session.attempt.begun else "not begun")
        files: list[Block] = [Paragraph((Span("Your files: ", "muted"), Span(files_line(session))))]
        tested = tested_line(session.exercise)
        self.query_one("#folder", Prose).show([*files, para(tested, tight=True)] if tested else files)
        hints = f"{session.hints_shown} of {len(session.exercise.hints)} shown"
        subject = (self.row("subject", "Read the code that they test", "text"),) if tested else ()
        self.query_one(Rows).show([
            self.row("edit", "Edit your files", "editor"),
            *subject,
            self.row("check", "Check them", "check"),
            self.row("watch", "Stop watching" if self._timer else "Check at every save", "watch"),
            self.row("hint", "Hint", "hint", hints),
            self.row("solution", "Solution, compared with yours", "solution"),
            self.row("fresh", "Start again from a fresh copy, beside this one", "again"),
        ])  # fmt: skip

    def row(self, id: str, words: str, action: str, note: str = "") -> Row:
        """Something that can be done, with its key."""
        aside = ", ".join(part for part in (self.key(action), note) if part)
        return Row(id, (Span(words), Span(f"   {aside}", "muted")), gap=id == "edit")

    @on(Rows.Opened)
    async def opened(self, message: Rows.Opened) -> None:
        """What the row says."""
        await self.run_action(message.row.id)

    # -- editing and checking

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Open the learner's editor; the app steps aside."""
        self.session.begin()
        await edit(self.host, self.session.files())
        self.refresh_content()

    def action_check(self) -> None:
        """Run the checks, unless they run already."""
        if not self.busy:
            self.busy = True
            self.say("Checking ...")
            self.run_checks()

    @work(group="check")
    async def run_checks(self) -> None:
        """Run the checks and show what came of them; after passing, our way beside the learner's."""
        try:
            run = await self.session.check()
            blocks = result_blocks(run)
            if run.passed:
                blocks += solution_blocks(self.session.solution(), self.prose)
        except Dev2CtoError as error:
            self.complain(error)
            return
        finally:
            self.busy = False
        self.say()
        self.refresh_content()
        result = self.query_one("#result", Prose)
        result.show(blocks)
        self.call_after_refresh(result.scroll_visible, top=True, animate=False, force=True)

    def action_watch(self) -> None:
        """Check whenever a file is saved, until it is turned off."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self.say()
        else:
            self.session.begin()
            self._stamps = self.stamps()
            self._timer = self.set_interval(WATCH_SECONDS, self.look)
            self.say("Watching: every save is checked. w stops it.")
        self.refresh_content()

    def stamps(self) -> dict[str, int]:
        """When each file was written last, in ns."""
        found = {}
        for file in self.session.files():
            with suppress(OSError):
                found[str(file)] = file.stat().st_mtime_ns
        return found

    def look(self) -> None:
        """Check when a file was saved."""
        now = self.stamps()
        if now != self._stamps and not self.busy:
            self._stamps = now
            self.action_check()

    # -- help

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The code under test is there where tests are written."""
        if action == "subject" and not self.session.exercise.by_mutants:
            return False
        return super().check_action(action, parameters)

    def action_subject(self) -> None:
        """The code that the learner's tests are for."""
        try:
            self.app.push_screen(TextPage("The code under test", subject_blocks(self.session.subject())))
        except Dev2CtoError as error:
            self.complain(error)

    def action_hint(self) -> None:
        """The hints so far and the next one."""
        fresh, hints = self.session.hint(), self.session.exercise.hints
        blocks: list[Block] = []
        for n, hint in enumerate(hints[: self.session.hints_shown], 1):
            blocks += [para(f"Hint {n} of {len(hints)}", "accent"), *self.prose(hint)]
        if fresh is None:
            blocks.append(para("There is no further hint." if hints else "This lab has no hints.", "muted"))
        self.app.push_screen(TextPage("Hints", blocks))

    def action_solution(self) -> None:
        """The solution beside one's own; before the lab is solved it is asked once."""
        if not self.session.done and not self.session.attempt.helped and not self._warned:
            self._warned = True
            self.say(
                "Before your files pass, opening it marks the lab as helped.",
                f"{self.key('solution')} opens it all the same.",
            )
            return
        self.app.push_screen(TextPage("Solution", solution_blocks(self.session.solution(), self.prose)))

    def action_fresh(self) -> None:
        """A fresh copy beside the old one."""
        self.session.fresh()
        self._stamps = self.stamps()
        self.refresh_content()
        self.say(f"A fresh copy is in {self.session.folder}; your other files stay where they are.")
