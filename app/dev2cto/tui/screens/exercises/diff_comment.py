"""The page for a comment on one line of a diff: a draft while it is typed, then saved with its weight."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import TextArea

from dev2cto.exercises.diffs.diff import WEIGHTS, address_text
from dev2cto.exercises.diffs.folding import LineRow
from dev2cto.markdown.parser import Listing, Span, para
from dev2cto.presenters.diff import BEGUN_ELSEWHERE, MEANINGS
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.state.location import Location
from dev2cto.text import sanitize
from dev2cto.tui.screens.base import BOTH, Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.widgets.diff_rows import DiffText
from dev2cto.tui.widgets.inputs import TextEditor
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

AROUND = 2
"""Lines of context before and after the commented line."""


class DiffCommentPage(ExercisePage[DiffSession]):
    """The line, the comment, and rows below it that save it with a weight, remove the mark or leave."""

    DEFAULT_CSS = """
    DiffCommentPage {
        & TextEditor { height: 1fr; min-height: 4; margin: 1 2; }
        & Body { height: auto; max-height: 9; }
    }
    """
    COLUMN: ClassVar[int] = BOTH
    FOCUS = "TextEditor"

    def __init__(self, session: DiffSession, below: Location, address: str, place: Location | None = None) -> None:
        """`address` is the line's, `below` the location in the review, `place` where the learner left off here."""
        super().__init__(session, place)
        self.address, self._below = address, below
        self._begun = session.marks.get(address)

    def frame(self) -> ComposeResult:
        """The context, drafts from other sessions, the text field and the rows."""
        text, others = self.session.comment(self.address)
        with Body():
            yield DiffText(self.around(), {}, self.address)
            if others:
                listings = [Listing(tuple(sanitize(other).split("\n")), indent=2) for other in others]
                yield MarkdownText([para(BEGUN_ELSEWHERE, "warn"), *listings])
        yield TextEditor(text)
        rows = [
            Row(weight, (Span(f"Save as a {weight}"), Span(f"   {MEANINGS[weight]}", "muted"))) for weight in WEIGHTS
        ]
        if self._begun is not None:
            rows.append(Row("unmark", (Span("Remove the mark and its comment"),)))
        rows.append(Row("leave", (Span(f"Leave; {self.study.draft_is_kept}"),)))
        yield Rows(rows, id="choices")

    def around(self) -> list[LineRow]:
        """Return the line and its context; empty if the diff has no such line."""
        found = self.session.change.find(self.address)
        if found is None:
            return []
        file, line = found
        at = file.lines.index(line)
        return [LineRow(file.address(near), near) for near in file.lines[max(0, at - AROUND) : at + AROUND + 1]]

    def on_mount(self) -> None:
        """Restore the cursor, in the text or on a row; the cursor of the rows starts at the current weight."""
        self.set_title(f"Comment on {address_text(self.address)}", "tab: save or leave")
        place, editor, rows = self.restored, self.query_one(TextEditor), self.query_one("#choices", Rows)
        editor.put_cursor(place.cursor if place is not None else None)
        if self._begun is not None:
            rows.point(self._begun.weight)
        if place is not None and "row" in place.extra:
            rows.point(str(place.extra["row"]))
            self.set_focus(rows, scroll_visible=False)

    def place(self) -> Location:
        """The location in the review, with this comment and its cursor or row."""
        below, rows = self._below, self.query_one("#choices", Rows)
        current = rows.current
        row = {"row": current.id} if rows.has_focus and current is not None else {}
        extra = {**below.extra, "at": self.address, "comment": self.address, "underway": True, **row}
        return Location(below.screen, below.ids, None, self.query_one(TextEditor).cursor, extra)

    @on(TextArea.Changed)
    def typed(self) -> None:
        """Save the draft."""
        editor = self.query_one(TextEditor)
        self.session.keep_draft(self.address, editor.text, editor.cursor)
        self.keep_place()
        self.host.live_changed()

    @on(TextArea.SelectionChanged)
    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the place, which includes the cursor."""
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Save with the chosen weight, remove the mark, or leave the draft for later."""
        message.stop()
        match message.row.id:
            case "leave":
                pass
            case "unmark":
                self.session.unmark(self.address)
            case weight:
                chosen = next(each for each in WEIGHTS if each == weight)
                self.session.mark(self.address, chosen, self.query_one(TextEditor).text)
        self.host.back()
