"""The page for writing a text in the app: saved as a draft while it is typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters.exercise_texts import form_blocks
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.sessions.survey import SurveySession
from dev2cto.study.state.location import Location
from dev2cto.tui.external_editor import edit
from dev2cto.tui.screens.base import Body, Page
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane


class WritingPage(Page):
    """The text editor; tab moves to the rows that submit, check or leave."""

    DEFAULT_CSS = """
    WritingPage { & TextEditor { height: 1fr; min-height: 6; } & Body { height: auto; max-height: 8; } }
    """
    FOCUS = "TextEditor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "brief", "brief", id="writing.brief"),
        Binding("e", "editor", "your editor", id="writing.editor"),
    ]

    def __init__(
        self, session: ArtefactSession | SurveySession, place: Location, submit: Callable[[str], None]
    ) -> None:
        """`place` is the location of the exercise, with the cursor; `submit` is called with the submitted text."""
        super().__init__()
        self.session, self._place, self._submit = session, place, submit

    @property
    def brief(self) -> tuple[Block, ...]:
        """The brief of the exercise."""
        return self.prose(self.session.exercise.brief)

    def beside(self) -> SidePane:
        """The brief."""
        return SidePane([para("Brief", "heading"), *self.brief])

    def frame(self) -> ComposeResult:
        """The editor, the result of the form check, and the rows."""
        yield TextEditor(self.session.text)
        with Body():
            yield MarkdownText(id="lint")
        yield Rows([
            Row("submit", (Span("Submit"),)),
            Row("lint", (Span("Check for missing parts"),)),
            Row("editor", (Span("Open in your editor"),)),
            Row("leave", (Span(f"Leave; {self.study.draft_is_kept}"),)),
        ])  # fmt: skip

    def on_mount(self) -> None:
        """Restore the cursor."""
        self.set_title(self.session.exercise.title, "tab: submit, editor, leave")
        self.query_one(TextEditor).put_cursor(self._place.cursor)

    def place(self) -> Location:
        """The location of the exercise, in its editor, with the cursor."""
        place, cursor = self._place, self.query_one(TextEditor).cursor
        return Location(place.screen, place.ids, None, cursor, {**place.extra, "writing": True})

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Save the draft."""
        self.keep()

    @on(TextArea.SelectionChanged)
    def moved(self) -> None:
        """Save the place, which includes the cursor."""
        self.keep_place()

    def keep(self) -> None:
        """Save the text and the place."""
        editor = self.query_one(TextEditor)
        self.session.keep(editor.text, editor.cursor)
        self.keep_place()
        self.host.live_changed()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Do what the chosen row says."""
        match message.row.id:
            case "submit":
                self.submit()
            case "lint":
                self.show_lint()
            case "editor":
                self.action_editor()
            case _:
                self.action_back()

    def show_lint(self) -> None:
        """Show what the form of the text lacks, if anything."""
        results = self.session.lint(self.query_one(TextEditor).text)
        self.query_one("#lint", MarkdownText).show(form_blocks(results))

    def submit(self) -> None:
        """Submit the text and go back."""
        self._submit(self.query_one(TextEditor).text)
        self.host.back()

    def action_brief(self) -> None:
        """Show the brief."""
        self.app.push_screen(TextPage(self.session.exercise.title, self.brief))

    @work(exclusive=True)
    async def action_editor(self) -> None:
        """Edit a copy in the learner's editor; what is saved there becomes the draft.

        The copy is not deleted if the session ends while the editor is open.
        """
        area = self.query_one(TextEditor)
        folder = Path(mkdtemp(prefix="dev2cto-"))
        file = folder / f"text{Path(self.session.exercise.file).suffix}"
        file.write_text(area.text, encoding="utf-8")
        host = self.host
        host.editing = lambda: self.session.keep(saved(file))
        edited = False
        try:
            await edit(host, (file,))
            edited = True
            area.text = saved(file)
        except Dev2CtoError as error:
            self.show_error(error)
            if edited:  # and the file may hold what was written
                return
        finally:
            host.editing = None
        shutil.rmtree(folder, ignore_errors=True)
        self.keep()


def saved(file: Path) -> str:
    """Return the text that the editor saved. Raises Dev2CtoError if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Dev2CtoError(
            f"The file from the editor cannot be read: {error.strerror}.", "The text here has not changed."
        ) from error
