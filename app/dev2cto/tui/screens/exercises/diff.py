"""A code review: the change, line by line, to mark and to comment on; then what was found and missed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.exercises.diffs.diff import in_words
from dev2cto.exercises.diffs.folding import first_lines
from dev2cto.markdown.parser import Block, Span, para
from dev2cto.presenters.diff import kept_marks, next_hint, short_comment, tally, verdict_parts
from dev2cto.study.sessions.diff import DiffSession, submitted_marks
from dev2cto.study.state.location import Location
from dev2cto.text import counted
from dev2cto.tui.screens.base import Body
from dev2cto.tui.screens.exercises.base import ExercisePage
from dev2cto.tui.screens.exercises.diff_change import ChangePage
from dev2cto.tui.screens.exercises.diff_comment import DiffCommentPage
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.diff_rows import GAP, DiffRows
from dev2cto.tui.widgets.line_widget import Prose
from dev2cto.tui.widgets.pairs import PairsText
from dev2cto.tui.widgets.rows import Row, Rows


class DiffPage(ExercisePage):
    """Read, mark, comment, finish; then compare with what a senior engineer would have written."""

    FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "begin", id="diff.onward"),
        Binding("left", "hop(-1)", "change", tooltip="change before", id="diff.before"),
        Binding("right", "hop(1)", "change", tooltip="change after", id="diff.after"),
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
        super().__init__()
        self.session = session
        self.begin(session.exercise, session.study)
        self._restored = place
        kept = place.extra if place is not None else {}
        begun = session.attempt.begun or kept.get("stage") == "review" or "at" in kept
        self.stage = "verdict" if session.finished else "review" if begun else "brief"
        self.opened = frozenset(str(gap) for gap in kept.get("open", ()) if gap in session.gaps)
        """The gaps that are shown in full."""
        self._at, self._top = str(kept.get("at", "")), int(kept.get("top", 0))
        """The row and the line on screen that are come back to."""
        self._asked = ""
        """What the learner was asked about and has not confirmed yet."""

    def body(self) -> ComposeResult:
        """What is said, the change, the verdict."""
        yield Prose(id="text")
        yield DiffRows()
        yield PairsText()

    def on_mount(self) -> None:
        """Back into the comment that was being written."""
        self.show_stage()
        place = self._restored
        address = str(place.extra.get("comment", "")) if place is not None else ""
        if self.stage == "review" and self.session.change.find(address):
            self.app.push_screen(DiffCommentPage(self.session, self.place(), address, place))

    def refresh_content(self) -> None:
        """Marks may have been made or removed."""
        if self.stage == "review" and self.session.finished:
            self.stage = "verdict"  # in another session
        self.show_stage(keep=True)

    def place(self) -> Location:
        """The line under the cursor, and the gaps that are open."""
        if self.stage != "review":
            return super().place()
        row, top = self.query_one(DiffRows).current, self.query_one("#frame", Body).scroll_offset.y
        extra = {"stage": "review", "at": row.id if row else self._at, "open": sorted(self.opened), "top": top}
        return Location("exercise", (self.exercise.id,), None, 0, {**extra, "underway": True})

    @on(Rows.Moved)
    def moved(self) -> None:
        """The line is part of the place, and has keys of its own."""
        self._asked = ""
        self.refresh_bindings()
        self.keep_place()

    # -- showing

    def show_stage(self, *, keep: bool = False) -> None:
        """Show everything of the present stage; with `keep`, from where the learner was."""
        rows, text = self.query_one(DiffRows), self.query_one("#text", Prose)
        text.show(self.texts())
        outcome = self.session.outcome() if self.stage == "verdict" else None
        show = f"{self.key('solution')} shows what you missed; {self.key('again')} reviews the change again."
        parts = verdict_parts(self.session, outcome, self.prose, show=show) if outcome else ()
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
            self.name_it("done" if self.session.done else "not done yet" if self.stage == "verdict" else "not begun")
        self.refresh_bindings()
        self.keep_place()

    def reveal(self) -> None:
        """Scroll to where the learner was, at least so far that the cursor is on screen."""
        if self._top:
            self.query_one("#frame", Body).scroll_to(y=self._top, animate=False, force=True, immediate=True)
            self._top = 0
        self.query_one(DiffRows).reveal()

    def show_change(self, at: str = "") -> None:
        """The change with the marks so far."""
        session = self.session
        marks = session.marks
        self.name_it(counted(len(marks), "mark"))
        self.query_one(DiffRows).show_change(session.rows(self.opened), marks, session.half_typed(), at)
        self.refresh_bindings()

    def texts(self) -> list[Block]:
        """The text above the change, or before it."""
        if self.stage == "brief":
            return [*self.prose(self.exercise.brief), para("enter shows the change", "muted")]
        if self.stage == "verdict":
            return []
        blocks: list[Block] = [
            para(f"Comment on what you would not merge as it is. {self.key('finish')} finishes the review.", "muted")
        ]
        lost = self.session.lost_marks
        if lost:
            blocks.append(para("The change was revised. These comments are on lines that are gone:", "warn"))
            blocks += [para(comment or "no comment", indent=3, tight=True) for comment in lost]
        return blocks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only while they do something."""
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
        """The first lines of the blocks of changed lines before or after the cursor, the nearest first."""
        rows = self.query_one(DiffRows)
        places = {row.id: n for n, row in enumerate(rows.rows)}
        starts = [address for address in first_lines(self.session.rows(self.opened)) if address in places]
        found = [address for address in starts if (places[address] - rows.cursor) * direction > 0]
        return found if direction > 0 else found[::-1]

    def action_hop(self, direction: int) -> None:
        """To the change before or after."""
        self.query_one(DiffRows).point(self.changes(direction)[0])

    def action_onward(self) -> None:
        """To the change."""
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
        """Show all gaps, or fold them again; the cursor stays on its line where that is shown."""
        every = frozenset(self.session.gaps)
        self.opened = frozenset() if self.opened == every else every
        self.say()
        self.show_change()
        self.call_after_refresh(self.query_one(DiffRows).reveal)
        self.keep_place()

    # -- marking

    @on(DiffRows.Weighed)
    def weighed(self, message: DiffRows.Weighed) -> None:
        """Mark the line, or remove its mark; a comment is not thrown away without asking."""
        mark = self.session.marks.get(message.address)
        if message.weight is not None:
            self.session.weigh(message.address, message.weight)
        elif mark is None or not mark.comment or self.asked_once(f"0 {message.address}"):
            self.session.unmark(message.address)
        else:
            self.say("Its comment goes as well.", "0 removes the mark all the same.")
            return
        self.say()
        self.show_change()
        self.keep_place()

    def asked_once(self, what: str) -> bool:
        """Whether that was asked about just before; otherwise it is from now on."""
        asked, self._asked = self._asked == what, what
        return asked

    def action_marks(self) -> None:
        """All marks; one that is chosen leads to its line."""
        session = self.session
        rows = [
            Row(
                address,
                (
                    Span(f"{mark.weight}  ", "accent"),
                    Span(in_words(address)),
                    Span(f"\n{short_comment(mark)}", "muted"),
                ),
            )
            for address, mark in session.marks.items()
        ]
        half = (address for address in session.half_typed() if address not in session.marks)
        rows += [Row(address, (Span(in_words(address)), Span("\na half-typed comment", "muted"))) for address in half]

        def chosen(address: str) -> None:
            if address not in {row.id for row in self.query_one(DiffRows).rows}:
                self.opened = frozenset(session.gaps)
            self.show_change(address)
            self.query_one(DiffRows).reveal()

        title = f"Your review: {tally(session.marks)}"
        self.app.push_screen(ListPage(title, rows, chosen, empty="You have not marked a line yet."))

    # -- the end

    def action_finish(self) -> None:
        """Judge the review; what is missing is asked about once."""
        doubts = self.session.doubts()
        if doubts and not self.asked_once("finish"):
            self.say(" ".join(doubts), f"{self.key('finish')} finishes the review all the same.")
            return
        self.session.finish()
        self.say()
        self.stage = "verdict"
        self.show_stage()

    def action_missed(self) -> None:
        """What was missed; it is asked once, since it counts as help."""
        if self.asked_once("missed"):
            self.session.show_missed()
            self.say()
            self.show_stage(keep=True)
        else:
            key = self.key("solution")
            self.say("It marks the exercise as helped.", f"{key} shows it all the same.")

    def action_again(self) -> None:
        """Another review of the same change."""
        self.session.again()
        self.stage, self._at, self.opened = "review", "", frozenset()
        self.show_stage()
        kept = len(self.session.marks)
        if kept:
            self.say(kept_marks(kept))

    def action_change(self) -> None:
        """The change with the marks that were submitted."""
        marks = {mark.address: mark for mark in submitted_marks(self.session.submissions()[-1])}
        self.app.push_screen(ChangePage(self.session, marks))

    def action_brief(self) -> None:
        """What was asked for."""
        self.app.push_screen(TextPage(self.exercise.title, self.prose(self.exercise.brief)))

    def action_hint(self) -> None:
        """The hints so far and the next one."""
        self.app.push_screen(TextPage("Hints", next_hint(self.session, self.prose)))
