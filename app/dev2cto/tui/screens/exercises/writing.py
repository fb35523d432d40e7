"""A text written in the app: kept while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from dev2cto.errors import Dev2CtoError
from dev2cto.exercises.linting import LintResult
from dev2cto.prose.blocks import Span, para
from dev2cto.study.place import Place
from dev2cto.tui.answers.typed import TextEditor
from dev2cto.tui.external import edit
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows


class WritingPage(Page):
    """The editor; tab leads to what can be done with the text."""

    DEFAULT_CSS = """
    WritingPage { & TextEditor { height: 1fr; min-height: 6; } & #lint { height: auto; max-height: 8; } }
    """
    AUTO_FOCUS = "TextEditor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "text or buttons", show=False, id="writing.tab"),
    ]

    def __init__(
        self,
        title: str,
        place: Place,
        text: str,
        keep: Callable[[str, int], None],
        lint: Callable[[str], tuple[LintResult, ...]],
        submit: Callable[[str], None],
        suffix: str,
    ) -> None:
        super().__init__()
        self._title, self._place, self._text, self._suffix = title, place, text, suffix
        self._keep, self._lint, self._submit = keep, lint, submit

    def frame(self) -> ComposeResult:
        """Text, what its form lacks, buttons."""
        yield TextEditor(self._text)
        yield Prose(id="lint")
        yield Rows([
            Row("submit", (Span("Submit"),)),
            Row("lint", (Span("Look at the form"),)),
            Row("editor", (Span("Open in your editor"),)),
            Row("leave", (Span("Leave; the draft is kept"),)),
        ])  # fmt: skip

    def on_mount(self) -> None:
        """The cursor where it was."""
        self.head(self._title, "tab: submit, editor, leave")
        editor = self.query_one(TextEditor)
        at = int(self._place.cursor)
        line, column = divmod(at, 10_000)
        editor.move_cursor((min(line, editor.document.line_count - 1), column))

    def place(self) -> Place:
        """The exercise, in its editor, with the cursor."""
        line, column = self.query_one(TextEditor).cursor_location
        place = self._place
        return Place(
            place.screen, place.ids, None, line * 10_000 + min(column, 9_999), {**place.extra, "writing": True}
        )

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Keep what is typed."""
        self.keep()

    def keep(self) -> None:
        """Keep the text and the place."""
        text = self.query_one(TextEditor).text
        self._keep(text, 0)
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """What the row says."""
        match message.row.id:
            case "submit":
                self.submit()
            case "lint":
                self.show_lint()
            case "editor":
                self.open_editor()
            case _:
                self.action_back()

    def show_lint(self) -> None:
        """What the form lacks, or that it lacks nothing."""
        wrong = [result for result in self._lint(self.query_one(TextEditor).text) if not result.ok]
        blocks = [para(result.message, "warn", marker="- ", tight=n > 0) for n, result in enumerate(wrong)]
        self.query_one("#lint", Prose).show(blocks or [para("The form is complete.", "good")])

    def submit(self) -> None:
        """Keep the text as a version, and go back."""
        try:
            self._submit(self.query_one(TextEditor).text)
        except Dev2CtoError as error:
            self.complain(error)
            return
        self.course_app.back()

    @work(exclusive=True)
    async def open_editor(self) -> None:
        """A copy in the learner's editor; what is saved there becomes the draft."""
        area = self.query_one(TextEditor)
        with TemporaryDirectory(prefix="dev2cto-") as folder:
            file = Path(folder) / f"text{self._suffix}"
            file.write_text(area.text, encoding="utf-8")
            try:
                await edit(self.course_app, (file,))
                area.text = file.read_text(encoding="utf-8", errors="replace")
            except (Dev2CtoError, OSError) as error:
                self.complain(error if isinstance(error, Dev2CtoError) else Dev2CtoError(f"The text is lost: {error}"))
                return
        self.keep()
