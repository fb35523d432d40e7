"""A reading, opened where the learner left it, with its questions between the sections."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from dev2cto import symbols
from dev2cto.errors import NotSaved
from dev2cto.items.forms import empty_response
from dev2cto.markdown.parser import Block, Listing, Paragraph, Span, para
from dev2cto.presenters import highlight_text, reading_text
from dev2cto.study.sessions.reading import Position, ReadingSession
from dev2cto.study.state.location import Location, from_json, to_json
from dev2cto.study.state.notes import bookmarks, notes, toggle_bookmark
from dev2cto.text import unbroken
from dev2cto.tui.screens.list_page import ListPage
from dev2cto.tui.screens.reading_checks import ReadingChecksScreen
from dev2cto.tui.screens.text_page import TextPage
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.outline import OutlinePane
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.reading_view import FoundText, ReadingView, SectionText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


def open_page(host: Host, location: Location) -> ReadingPage:
    """Open the reading with the first id; then come a section or a question in it, and words to find."""
    return ReadingPage(host.study.reading(location.ids[0]), location)


class ReadingPage(ReadingChecksScreen):
    """One reading."""

    FOCUS = ""
    arriving = True
    DEFAULT_CSS = """
    ReadingPage {
        & OutlinePane { width: 1fr; max-width: 60; display: none; }
        & #frame { align-horizontal: center; }
        & ReadingView { max-width: 80; }
        &.wide { & ReadingView { width: 80; } & OutlinePane { display: block; } }
        & QuestionBox { margin: 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "section(-1)", "section", tooltip="previous section", id="reading.before"),
        Binding("right", "section(1)", "section", tooltip="next section", id="reading.after"),
        Binding("o", "outline", "outline", tooltip="outline of this reading", id="reading.outline"),
        Binding("e", "note", "note", tooltip="write a note here", id="reading.note"),
        Binding("m", "bookmark", "mark", tooltip="set or remove a bookmark", id="reading.bookmark"),
        Binding("z", "promise", "make its plan a promise, or look back on it", show=False, id="reading.promise"),
        Binding("g", "terms", "terms of this reading", show=False, id="reading.terms"),
        Binding("i", "sources", "sources of this reading", show=False, id="reading.sources"),
        Binding("x", "toggle_read", "mark as read or unread", show=False, id="reading.toggle_read"),
        Binding("enter", "onward", "answer or go on", show=False, id="reading.onward"),
    ]

    def __init__(self, session: ReadingSession, place: Location) -> None:
        """Open at the section of the place, or where the learner was; with words, at their next occurrence."""
        super().__init__()
        self.session, self.restored = session, place
        self._notes: dict[str, str] = {}
        """The learner's texts by section."""
        _, section, self.sought, *_ = (*place.ids, "", "")
        found = any(section == s.id for s in session.reading.sections)
        self.start = Position(section) if found else session.position
        self.held = bool(self.sought) or self.start != Position(session.reading.sections[0].id)
        module = session.study.course.module_of(session.reading.id)
        self.module = module.id if module else ""

    # -- what is shown

    def frame(self) -> ComposeResult:
        """Text and, on wide terminals, the outline with the learner's note on the section."""
        with Horizontal(id="frame"):
            with ReadingView(self.start):
                for section in self.session.reading.sections:
                    yield self.section_widget(section.id)
                    question = self.session.check(section.id)
                    if question is not None:
                        yield self.check_box(question)
                if monday := self.monday_blocks():
                    yield FoundText(monday, id="monday")
                yield MarkdownText(self.end_blocks(), id="end")
            yield OutlinePane()

    @property
    def has_second_column(self) -> bool:
        """On a wide terminal the outline is beside the text."""
        return self.has_class("wide")

    def section_widget(self, id: str) -> SectionText:
        """A section's heading, text and drawing as one widget."""
        section = next(s for s in self.session.reading.sections if s.id == id)
        drawing = [Listing(tuple(section.diagram.art.split("\n")))] if section.diagram is not None else []
        return SectionText(id, para(section.heading, "heading"), self.prose(section.text), drawing)

    def monday_blocks(self) -> list[Block]:
        """What to do at work with what was read, and the key that makes it a promise."""
        plan = reading_text.monday_blocks(self.session.reading, self.prose)
        return [*plan, *reading_text.promise_words(self.session, self.key("promise"))]

    def end_blocks(self) -> list[Paragraph]:
        """The end of the reading, with the keys that lead on."""
        reading = self.session.reading
        keys = []
        if reading.terms:
            keys.append(f"{self.key('glossary')} terms")
        if reading.sources:
            keys.append(f"{self.key('sources')} sources")
        keys += ["enter go on", f"{self.key('back')} back"]
        words = "   ".join(map(unbroken, keys))
        return [para(""), para(f"End of this reading.   {words}", "muted")]

    def on_mount(self) -> None:
        """Open at the saved place."""
        for box in self.query(QuestionBox):
            shown = self.session.answered(box.question)
            if shown is not None:
                reasons = box.question.item in self.restored.extra.get("reasons", ())
                box.show_feedback(shown, reveal=False, more=self.more_of(shown), reasons=reasons)
        self.call_after_refresh(self.restore)

    async def restore(self) -> None:
        """Scroll to the place before anything is drawn, and give back what was begun there."""
        try:
            self.query_one(ReadingView).go(self.start)
            await self.give_back()
        finally:
            if self.sought:
                self.call_after_refresh(self.seek, self.sought)
            else:
                self.on_ready()

    async def give_back(self) -> None:
        """Restore choices that were not submitted, and words to find that were being typed."""
        place = self.restored
        begun = dict(place.extra.get("begun", {}))
        for box in self.query(QuestionBox):
            item = box.question.item
            if box.answered:
                continue
            if place.ids[1:] == (item,):
                box.restore(place, partial(self.session.hint, box.question))
                box.focus_answer()
            else:
                left = from_json(begun[item]) if item in begun else self.session.left_at(box.question)
                box.restore(Location("", response=left))
        self.update_head()
        lost = self.show_highlights()
        self.notify_learner(highlight_text.lost_notice(lost))
        self.choose_again(place.extra.get("passage"))
        self.show_passage(str(place.extra.get("highlight", "")))
        await self.find_again(place.extra)

    def scroller(self) -> ReadingView:
        """The text."""
        return self.query_one(ReadingView)

    def refresh_content(self) -> None:
        """Update the head, the highlights and the plan at the end: marks, notes and promises may have changed."""
        self._notes = {note.anchor: note.text for note in reversed(notes(self.study))}
        self.update_head()
        self.show_highlights()
        for monday in self.query("#monday").results(FoundText):
            monday.show(self.monday_blocks())
        self.say_how_to_choose()

    def keys_changed(self) -> None:
        """Update the last lines, which name keys."""
        self.query_one("#end", MarkdownText).show(self.end_blocks())
        self.refresh_content()

    def update_head(self) -> None:
        """Title, section, and the outline's marks."""
        reader = self.query_one(ReadingView)
        reading = self.session.reading
        at = reader.position()
        read = self.session.read
        marked = any(b.anchor == f"{reading.id}#{at.section}" for b in bookmarks(self.study))
        aside = reading_text.how_far(self.session, at.section, marked=marked)
        self.set_title(reading_text.reading_title(self.session), aside)
        below = reading_text.beside_blocks(reading, self._notes.get(f"{reading.id}#{at.section}", ""))
        self.query_one(OutlinePane).show([(s.id, s.heading, s.id in read) for s in reading.sections], at.section, below)

    def place(self) -> Location:
        """This reading; in an inline question, its unsubmitted response too."""
        focused, reading = self.focused_box(), self.session.reading.id
        begun = {
            box.question.item: to_json(box.response)
            for box in self.query(QuestionBox)
            if box is not focused and not box.answered and box.response != empty_response(box.question.form)
        }
        reasons = [box.question.item for box in self.query(QuestionBox) if box.shows_reasons]
        extra = {
            **({"begun": begun} if begun else {}),
            **({"reasons": reasons} if reasons else {}),
            **self.typed_words(),
            **self.chosen_passage(),
        }
        if focused is None or focused.answered:
            return Location("reading", (reading,), extra=extra)
        extra |= focused.unsubmitted()
        return Location("reading", (reading, focused.question.item), focused.response, focused.cursor, extra)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do not go on while a question asks how sure the learner is; promise only what the reading proposes."""
        if action == "promise":
            return self.session.reading.monday is not None
        if action == "onward":
            return not any(box.asks_how_sure for box in self.query(QuestionBox))
        return super().check_action(action, parameters)

    # -- moving

    @on(ReadingView.Scrolled)
    def moved(self, message: ReadingView.Scrolled) -> None:
        """Remember the place; sections whose end was on screen for a moment are read."""
        self.session.move(message.position)
        for section in () if self.host.jobs.leaving else message.read:  # nobody sees it any more
            self.session.mark_section(section)
        self.host.live_changed()
        self.update_head()

    def action_section(self, step: int) -> None:
        """To the beginning of the section before or after."""
        reader = self.query_one(ReadingView)
        ids = [s.id for s in self.session.reading.sections]
        at = reader.position()
        number = ids.index(at.section)
        if step < 0 and (at.block or at.offset):
            step = 0
        reader.go(Position(ids[max(0, min(len(ids) - 1, number + step))]))

    def action_outline(self) -> None:
        """Choose a section."""
        read = self.session.read
        marks = symbols.current()
        rows = [
            Row(s.id, (Span(s.heading),), lead=(Span(f"{marks.done if s.id in read else marks.not_begun} "),))
            for s in self.session.reading.sections
        ]
        at = self.query_one(ReadingView).position().section

        def chosen(id: str) -> None:
            self.query_one(ReadingView).go(Position(id))

        self.app.push_screen(ListPage(reading_text.outline_title(self.session.reading), rows, chosen, cursor=at))

    def action_onward(self) -> None:
        """Highlight what is chosen; else to the question on screen; at the end, to what comes next; or a page on."""
        if self.is_choosing:
            self.action_highlight()
            return
        reader = self.query_one(ReadingView)
        for box in self.query(QuestionBox):
            if not box.answered and (reader.shows(box) or reader.overlaps(box.invitation)):
                box.focus_answer()
                return
            for ticks in box.query(Ticks):
                if ticks.ticking.is_open and ticks.rows.on_screen:
                    self.set_focus(ticks.rows)
                    return
        if reader.at_end:
            self.go_on()
        else:
            self.action_page(1)

    def go_on(self) -> None:
        """Mark what was reached, and open what comes next in this step."""
        with suppress(NotSaved):
            self.session.mark_section(self.session.reading.sections[-1].id)
        following = reading_text.following(self.session)
        self.host.back()
        if following is not None:
            self.host.go(Location(following.part, (following.id,)))

    # -- notes, marks, terms, sources

    def here(self) -> str:
        """The section that is on top of the screen, as notes and bookmarks name it."""
        return f"{self.session.reading.id}#{self.query_one(ReadingView).position().section}"

    def action_note(self) -> None:
        """Write a note here, or on the passage that is chosen."""
        if self.note_on_highlight():
            return
        self.host.go(Location("note", (self.here(),)))

    def action_promise(self) -> None:
        """Make the reading's plan a promise, or look back on the one that is open."""
        self.host.go(reading_text.promise_location(self.session))

    def action_bookmark(self) -> None:
        """Highlight the passage that is chosen; without one, set or remove the bookmark of this section."""
        if self.selected() is not None:
            self.action_highlight()
            return
        marked, undo = toggle_bookmark(self.study, self.here())
        self.update_head()
        self.offer_undo(reading_text.bookmark_notice(marked, self.key("notebook")), undo)

    def action_terms(self) -> None:
        """The terms of this reading."""
        self.host.go(Location("glossary", extra={"only": list(self.session.reading.terms)}))

    def action_sources(self) -> None:
        """Where its statements come from."""
        blocks = reading_text.source_blocks(self.session, self.prose)
        self.app.push_screen(TextPage(f"Sources of {self.session.reading.title}", blocks))

    def action_toggle_read(self) -> None:
        """Mark the whole reading read, or unread."""
        undo = self.session.toggle_read()
        self.update_head()
        self.offer_undo(reading_text.read_notice(self.session), undo)
