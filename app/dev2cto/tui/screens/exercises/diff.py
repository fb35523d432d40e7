"""The page of a code review: a diff to mark and comment on, then what was found and missed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.exercises.diffs.diff import address_text
from dev2cto.exercises.diffs.folding import first_lines
from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters.diff import HELPED, again, lost_blocks, mark_lines, state, tally, verdict_parts
from dev2cto.study.sessions.diff import DiffSession
from dev2cto.study.state.location import Location
from dev2cto.text import pluralize
from dev2cto.tui.screens.base import BOTH, Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.diff_change import ChangePage
from dev2cto.tui.screens.exercises.diff_comment import DiffCommentPage
from dev2cto.tui.screens.exercises.hints import HintsPage
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.widgets.diff_rows import GAP, DiffRows
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.pairs import PairsText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows


class DiffPage(ExercisePage[DiffSession]):
    """Read, mark, comment, finish; then compare with what a senior engineer would have written."""

    COLUMN: ClassVar[int] = BOTH
    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "begin", id="diff.onward"),
        Binding("left", "hop(-1)", "change", tooltip="previous change", id="diff.before"),
        Binding("right", "hop(1)", "change", tooltip="next change", id="diff.after"),
        Binding("f", "finish", "finish", tooltip="finish the review", id="diff.finish"),
        Binding("l", "marks", "marks", tooltip="your marks", id="diff.marks"),
        Binding("o", "unfold", "open all", tooltip="show or hide all unchanged lines", id="diff.context"),
        Binding("v", "missed", "missed", tooltip="what you missed", id="diff.missed"),
        Binding("a", "again", "again", tooltip="review again", id="diff.again"),
        Binding("t", "change", "change", tooltip="the change, with your marks", id="diff.change"),
        Binding("d", "brief", "brief", show=False, id="diff.brief"),
        Binding("h", "hint", "hint", show=False, id="diff.hint"),
    ]

    def __init__(self, session: DiffSession, place: Location | None = None) -> None:
        super().__init__(session, place)
        self.stage = session.stage_at(self.kept)
        self.opened = session.gaps_at(self.kept)
        """The gaps that are shown in full."""
        self._at, self._top = str(self.kept.get("at", "")), int(self.kept.get("top", 0))
        """The row under the cursor and the scroll offset to restore."""

    def body(self) -> ComposeResult:
        """The text above the diff, the diff and the verdict."""
        yield MarkdownText(id="text")
        yield DiffRows()
        yield PairsText()

    def on_mount(self) -> None:
        """Show the current stage; reopen a comment that was being written."""
        self.show_stage()
        if address := self.session.comment_at(self.kept):
            self.app.push_screen(DiffCommentPage(self.session, self.place(), address, self.restored))

    def refresh_content(self) -> None:
        """Show changed marks; another session may have finished the review."""
        if self.stage == "review" and self.session.finished:
            self.stage = "verdict"  # in another session
        self.show_stage(keep=True)

    def place(self) -> Location:
        """The location, with the line under the cursor and the open gaps."""
        if self.stage != "review":
            return super().place()
        row, top = self.query_one(DiffRows).current, self.query_one("#frame", Body).scroll_offset.y
        at = row.id if row else self._at
        return self.here(stage="review", at=at, open=sorted(self.opened), top=top, underway=True)

    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the place and refresh the keys, which both depend on the line."""
        self.unconfirm()
        self.refresh_bindings()
        self.keep_place()

    # -- showing

    def show_stage(self, *, keep: bool = False) -> None:
        """Show the current stage, from the top; with `keep`, at the same scroll offset."""
        rows, text = self.query_one(DiffRows), self.query_one("#text", MarkdownText)
        text.show(self.texts())
        outcome = self.session.outcome() if self.stage == "verdict" else None
        show = f"{self.key('solution')} shows what you missed; {self.key('again')} reviews the change again."
        parts = verdict_parts(self.session, outcome, self.prose, show=show, signed=True) if outcome else ()
        self.query_one(PairsText).show(parts)
        if not keep:
            self.query_one("#frame", Body).scroll_home(animate=False)
        if self.stage == "review":
            self.show_change(self._at)
            self._at = ""
            self.set_focus(rows, scroll_visible=False)
            if rows.at and not keep:
                self.call_after_refresh(self.reveal)
        else:
            rows.show([])
            self.set_focus(None)
            self.name_it(state(self.session, self.stage))
        self.refresh_bindings()
        self.keep_place()

    def reveal(self) -> None:
        """Restore the scroll offset, then scroll the cursor into view."""
        if self._top:
            self.query_one("#frame", Body).scroll_to(y=self._top, animate=False, force=True, immediate=True)
            self._top = 0
        self.query_one(DiffRows).reveal()

    def show_change(self, at: str = "") -> None:
        """Show the diff with the marks so far; the cursor goes to row `at`."""
        session = self.session
        marks = session.marks
        self.name_it(pluralize(len(marks), "mark"))
        self.query_one(DiffRows).show_change(session.rows(self.opened), marks, session.draft_addresses(), at)
        self.refresh_bindings()

    def texts(self) -> list[Block]:
        """Return the text above the diff, or the brief before it."""
        if self.stage == "brief":
            return [*self.prose(self.exercise.brief), para("enter shows the change", "muted")]
        if self.stage == "verdict":
            return []
        what = f"Comment on what you would not merge as it is. {self.key('finish')} finishes the review."
        return [para(what, "muted"), *lost_blocks(self.session)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys work only in stages where they have an effect."""
        match action:
            case "onward":
                return self.stage == "brief"
            case "hop":
                return self.stage == "review" and bool(self.changes(int(str(parameters[0]))))
            case "finish" | "marks":
                return self.stage == "review"
            case "unfold":
                return self.stage == "review" and bool(self.session.gaps)
            case "brief":
                return self.stage != "brief"
            case "hint":
                return self.stage != "verdict" and bool(self.exercise.hints)
            case "again" | "change":
                return self.stage == "verdict"
            case "missed":
                outcome = self.session.outcome() if self.stage == "verdict" else None
                return outcome is not None and bool(outcome.missed) and not self.session.shows_missed
            case _:
                return super().check_action(action, parameters)

    # -- moving

    def changes(self, direction: int) -> list[str]:
        """Return the first lines of the blocks of changes before (-1) or after (1) the cursor, nearest first."""
        rows = self.query_one(DiffRows)
        places = {row.id: n for n, row in enumerate(rows.rows)}
        starts = [address for address in first_lines(self.session.rows(self.opened)) if address in places]
        found = [address for address in starts if (places[address] - rows.cursor) * direction > 0]
        return found if direction > 0 else found[::-1]

    def action_hop(self, direction: int) -> None:
        """Move the cursor to the previous (-1) or next (1) block of changes."""
        self.query_one(DiffRows).point(self.changes(direction)[0])

    def action_onward(self) -> None:
        """Start the review."""
        self.stage = "review"
        self.show_stage()

    @on(Rows.Opened)
    def opened_row(self, message: Rows.Opened) -> None:
        """Open the gap, or the comment on the line."""
        message.stop()
        id = message.row.id
        if not id.startswith(GAP):
            self.app.push_screen(DiffCommentPage(self.session, self.place(), id))
            return
        gap = id.removeprefix(GAP)
        first = gap.replace(":", "@")
        self.opened |= {gap}
        self.show_change(first)
        self.keep_place()

    def action_unfold(self) -> None:
        """Open all gaps, or close them; the cursor stays on its line if it is visible."""
        every = frozenset(self.session.gaps)
        self.opened = frozenset() if self.opened == every else every
        self.notify_learner()
        self.show_change()
        self.call_after_refresh(self.query_one(DiffRows).reveal)
        self.keep_place()

    # -- marking

    @on(DiffRows.Weighed)
    def weighed(self, message: DiffRows.Weighed) -> None:
        """Mark the line, or remove its mark; removing a comment asks for confirmation."""
        mark = self.session.marks.get(message.address)
        if message.weight is not None:
            self.session.weigh(message.address, message.weight)
        elif (
            mark is None
            or not mark.comment
            or self.confirmed(message.address, "This also removes its comment.", "removes the mark anyway", key="0")
        ):
            self.session.unmark(message.address)
        else:
            return
        self.notify_learner()
        self.show_change()
        self.keep_place()

    def action_marks(self) -> None:
        """List all marks; choosing one goes to its line."""
        session = self.session
        rows = [
            Row(
                address,
                (
                    Span(f"{weight}  " if weight else "", "accent"),
                    Span(address_text(address)),
                    Span(f"\n{comment}", "muted"),
                ),
            )
            for address, weight, comment in mark_lines(session)
        ]

        def chosen(address: str) -> None:
            if address not in {row.id for row in self.query_one(DiffRows).rows}:
                self.opened = frozenset(session.gaps)
            self.show_change(address)
            self.query_one(DiffRows).reveal()

        title = f"Your review: {tally(session.marks)}"
        self.app.push_screen(ListPage(title, rows, chosen, empty="You have not marked a line yet."))

    # -- the end

    def action_finish(self) -> None:
        """Finish and grade the review; if something is missing, ask for confirmation."""
        doubts = self.session.doubts()
        if doubts and not self.confirmed("finish", " ".join(doubts), "finishes the review anyway"):
            return
        self.session.finish()
        self.notify_learner()
        self.stage = "verdict"
        self.show_stage()

    def action_missed(self) -> None:
        """Show what was missed; ask for confirmation, since it counts as help."""
        if self.confirmed("missed", HELPED, "shows it anyway", key=self.key("solution")):
            self.session.show_missed()
            self.notify_learner()
            self.show_stage(keep=True)

    def action_again(self) -> None:
        """Review the same diff again."""
        kept = again(self.session)
        self.stage, self._at, self.opened = "review", "", frozenset()
        self.show_stage()
        self.notify_learner(kept)

    def action_change(self) -> None:
        """Show the diff with the submitted marks."""
        self.app.push_screen(ChangePage(self.session, self.session.submitted))

    def action_brief(self) -> None:
        """Show the brief."""
        self.read(self.exercise.title, self.prose(self.exercise.brief))

    def action_hint(self) -> None:
        """Show the hints so far and the next one."""
        self.app.push_screen(HintsPage(self.session, self.prose))
