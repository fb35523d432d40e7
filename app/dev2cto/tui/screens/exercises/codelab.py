"""The page of a code lab: files in the learner's workspace, checked any number of times."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters import lab_result
from dev2cto.study.sessions.code_lab import WATCH_SECONDS, CodeSession
from dev2cto.study.state.location import Location
from dev2cto.tui.external_editor import edit
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.hints import HintsPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class CodePage(ExercisePage[CodeSession]):
    """Edit, check, read what failed, repeat."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "check", "check", tooltip="check your files", id="lab.check"),
        Binding("e", "edit", "edit", tooltip="edit your files in your editor", id="lab.edit"),
        Binding("t", "subject", "code", tooltip="the code that your tests are for", id="lab.subject"),
        Binding("w", "watch", "watch", tooltip="check at every save, on or off", id="lab.watch"),
        Binding("h", "hint", "hint", id="lab.hint"),
        Binding("v", "solution", "solution", tooltip="solution, compared with yours", id="lab.solution"),
        Binding("a", "fresh", "start over with a fresh copy; this one is kept", show=False, id="lab.fresh"),
    ]

    busy = False
    _timer: Timer | None = None

    def __init__(self, session: CodeSession, place: Location | None = None) -> None:
        super().__init__(session, place)
        self._stamps: dict[str, int] = {}

    def body(self) -> ComposeResult:
        """The latest result, the brief, the folder and the actions."""
        yield MarkdownText(id="result")
        yield MarkdownText(self.prose(self.session.exercise.brief))
        yield MarkdownText(id="folder")
        yield Rows(id="actions")

    def on_mount(self) -> None:
        """Show where the files are."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Update the state, the folder and the actions."""
        session = self.session
        self.name_it(lab_result.state(session))
        files: list[Block] = [Paragraph((Span("Your files: ", "muted"), Span(lab_result.files_line(session))))]
        tested = lab_result.tested_line(session.exercise)
        self.query_one("#folder", MarkdownText).show([*files, para(tested, tight=True)] if tested else files)
        subject = (self.row("subject", "Read the code that they test", "text"),) if tested else ()
        self.query_one(Rows).show([
            self.row("edit", "Edit your files", "editor"),
            *subject,
            self.row("check", "Check them", "check"),
            self.row("watch", "Stop watching" if self._timer else "Check at every save", "watch"),
            self.row("hint", "Hint", "hint", lab_result.hints_line(session)),
            self.row("solution", "Solution, compared with yours", "solution"),
            self.row("fresh", "Start over with a fresh copy; this one is kept", "again"),
        ])  # fmt: skip

    def row(self, id: str, words: str, action: str, note: str = "") -> Row:
        """Return the row of an action, with its key and a note."""
        aside = ", ".join(part for part in (self.key(action), note) if part)
        return Row(id, (Span(words), Span(f"   {aside}", "muted")), gap=id == "edit")

    @on(Rows.Opened)
    async def opened(self, message: Rows.Opened) -> None:
        """Do what the chosen row says."""
        await self.run_action(message.row.id)

    # -- editing and checking

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Open the files in the learner's editor; the app is suspended meanwhile."""
        self.session.begin()
        await edit(self.host, self.session.files())
        self.refresh_content()

    def action_check(self) -> None:
        """Start the checks, unless they are running."""
        if not self.busy:
            self.busy = True
            self.notify_learner("Checking ...")
            self.run_checks()

    @work(group="check")
    async def run_checks(self) -> None:
        """Run the checks and show the result."""
        try:
            run = await self.session.check()
            blocks = lab_result.result_blocks(run, self.session, self.prose)
        except Dev2CtoError as error:
            self.show_error(error)
            return
        finally:
            self.busy = False
        self.notify_learner()
        self.refresh_content()
        self.query_one("#result", MarkdownText).show([*blocks, para("")])
        self.call_after_refresh(self.query_one("#frame", Body).scroll_home, animate=False, force=True)

    def action_watch(self) -> None:
        """Start or stop checking whenever a file is saved."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self.notify_learner()
        else:
            self.session.begin()
            self._stamps = self.session.stamps()
            self._timer = self.set_interval(WATCH_SECONDS, self.look)
            self.notify_learner(f"{lab_result.WATCHING} w stops it.")
        self.refresh_content()

    def look(self) -> None:
        """Run the checks if a file was saved."""
        now = self.session.stamps()
        if now != self._stamps and not self.busy:
            self._stamps = now
            self.action_check()

    # -- help

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The code under test exists only in labs where the learner writes tests."""
        if action == "subject" and not self.session.exercise.by_mutants:
            return False
        return super().check_action(action, parameters)

    def action_subject(self) -> None:
        """Show the code that the learner's tests are for."""
        self.read("The code under test", lab_result.subject_blocks(self.session))

    def action_hint(self) -> None:
        """Show the hints so far and the next one."""
        self.app.push_screen(HintsPage(self.session, self.prose))

    def action_solution(self) -> None:
        """Compare the solution with the learner's files; before the lab is solved, ask for confirmation."""
        free = self.session.done or self.session.attempt.helped
        if free or self.confirmed("solution", lab_result.HELPED, "opens it anyway"):
            self.read("Solution", lab_result.solution_blocks(self.session, self.prose))

    def action_fresh(self) -> None:
        """Start again from a fresh copy; the old one is kept."""
        message = lab_result.fresh_copy(self.session)
        self._stamps = self.session.stamps()
        self.refresh_content()
        self.notify_learner(message)
