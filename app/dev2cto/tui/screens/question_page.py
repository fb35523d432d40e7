"""What quiz and review share: one question at a time, then its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto.errors import NotSaved
from dev2cto.items.base import Draw
from dev2cto.markdown.parser import Block, Paragraph, Span
from dev2cto.presenters.feedback import (
    LAST_QUESTION,
    SKIPPED,
    example_blocks,
    own_text,
    point_blocks,
    verdict,
    why,
)
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.quiz_result import section_title
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.grading import QuestionSource
from dev2cto.study.state.location import Location, section_location
from dev2cto.study.state.reports import report_location
from dev2cto.study.state.undo import Undo
from dev2cto.study.state.unsubmitted import keep_response, kept_response
from dev2cto.tui.screens.base import Body, Page
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import SidePane
from dev2cto.tui.widgets.ticks import TickRows, Ticks


class QuestionPage(Page):
    """Shows a question until it is answered, then its verdict until enter."""

    FOCUS = ""
    DEFAULT_CSS = "QuestionPage { & .part { margin: 1 0 0 0; } &.wide .examples { display: none; } }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "next", tooltip="go on", id="asking.next"),
        Binding("s", "skip", "skip", tooltip="skip this question for now", id="asking.skip"),
        Binding("o", "reading", "reread", tooltip="open the reading that answers it", id="asking.reading"),
        Binding("v", "reasons", "reasons", tooltip="show all reasons, or only those that matter", id="asking.reasons"),
        Binding("v", "examples", "examples", tooltip="show only the examples", id="asking.examples"),
        Binding("e", "note", "write a note on this question", show=False, id="asking.note"),
        Binding(
            "exclamation_mark",
            "report",
            "report",
            tooltip="report what is wrong with this question",
            id="asking.report",
        ),
        Binding("q", "back", "leave", id="asking.leave"),
    ]
    name_of_place = ""
    asker = ""
    """Under which name unsubmitted responses are kept; empty if a question may be asked with other values later."""

    def __init__(self, session: QuestionSource, place: Location) -> None:
        super().__init__()
        self.session = session
        self.current: Question | None = None
        self.feedback: Feedback | None = None
        self._restored: Location | None = place

    def beside(self) -> SidePane:
        """What a text is compared with, or how far one is."""
        return SidePane()

    def beside_question(self) -> Iterable[Block]:
        """What is shown beside a question."""
        return ()

    def show_beside(self) -> None:
        """Show beside the question how far one is, where there is room."""
        if self.has_class("wide") and self.current is not None and (self.feedback is None or self.feedback.parts):
            self.query_one(SidePane).show(tuple(self.beside_question()))

    def on_resize(self) -> None:
        """There may be room for a second column now."""
        super().on_resize()
        self.show_beside()

    def body(self) -> ComposeResult:
        """Filled by `ask`."""
        yield from ()

    async def on_mount(self) -> None:
        """Ask."""
        await self.begin()

    async def begin(self) -> None:
        """Open where the learner was: at a question with what was chosen, or at a verdict."""
        place, question = self._restored, self.session.question()
        if place is not None and place.response is not None and "judged" in place.extra:
            shown = self.judged_before(place)
            if shown is not None:
                await self.judged(*shown, reasons=bool(place.extra.get("reasons")))
                for ticks in self.query(Ticks):
                    ticks.restore(place.cursor or 0)
                return
        await self.ask(question)

    def judged_before(self, place: Location) -> tuple[Question, Feedback] | None:
        """The question of a place that was answered, and its verdict; None if it cannot be shown."""
        return None

    async def ask(self, question: Question | None) -> None:
        """Show that question, or the end if there is none."""
        self.current, self.feedback = question, None
        self.notify_learner()
        frame = self.query_one("#frame", Body)
        await frame.remove_children()
        if question is None:
            self.query_one(SidePane).show(())
            await self.finished()
            return
        self.module = question.module
        self.title_of(question)
        self.query_one(SidePane).show(()) if not self.has_class("wide") else self.show_beside()
        box = QuestionBox(question, confidence=self.study.settings.confidence)
        await frame.mount(box)
        place, self._restored = self._restored, None
        here = place if place is not None and place.ids[-1:] == (question.item,) else None
        if here is not None:
            box.restore(here, lambda number: self.session.hint(question, number))
        if self.asker and (here is None or here.response is None):
            box.restore(Location("", response=kept_response(self.study, self.asker, question.item)))
        box.focus_answer(reveal=False)
        frame.scroll_home(animate=False)
        if box.cursor:
            self.call_after_refresh(box.reveal_answer)
        self.refresh_bindings()
        self.keep_place()

    def title_of(self, question: Question, verdict: str = "") -> None:
        """The title line for a question."""
        where = f"question {question.number} of {question.total}"
        self.set_title(verdict or self.study.module(question.module).name, where)

    async def finished(self) -> None:
        """No question is left."""

    def box(self) -> QuestionBox | None:
        """The question on screen, while it is unanswered."""
        return next((box for box in self.query(QuestionBox) if not box.answered), None)

    def judged_box(self) -> QuestionBox | None:
        """The question on screen once it is answered."""
        return next((box for box in self.query(QuestionBox) if box.answered), None)

    @on(QuestionBox.Changed)
    def choosing(self, message: QuestionBox.Changed) -> None:
        """Save a choice that is not submitted, with the location and for later."""
        self.keep_place()
        if self.asker:
            keep_response(self.study, self.asker, message.box.question, message.box.response)

    @on(QuestionBox.Left)
    def leaving(self) -> None:
        """Leave; what is chosen is saved."""
        self.action_back()

    @on(QuestionBox.HintWanted)
    def hint(self, message: QuestionBox.HintWanted) -> None:
        """Show the next hint."""
        message.box.show_hint(self.session.hint(message.box.question, message.number))

    @on(QuestionBox.Answered)
    async def answered(self, message: QuestionBox.Answered) -> None:
        """Grade and save the answer, then show the verdict; an answer that cannot be saved does not count."""
        question = message.box.question
        result = message.box.judged(message.given, partial(self.session.answer, question))
        if result is None:
            return
        message.box.taken()
        await self.judged(question, result)

    async def judged(self, question: Question, feedback: Feedback, *, reasons: bool = False) -> None:
        """Show the verdict at the question, a text beside what it is compared with; what was put off stays so."""
        self.undoable = None
        self.current, self.feedback = question, feedback
        self.module = question.module
        frame = self.query_one("#frame", Body)
        if feedback.examples:
            await frame.remove_children()
            words, _ = verdict(feedback)
            self.title_of(question, words)
            rows = await self.compare(frame, self.prose(question.prompt), feedback)
            frame.scroll_home(animate=False)
            self.set_focus(rows, scroll_visible=False)
        else:
            self.set_focus(None)
            self.title_of(question)
            box = self.box()
            if box is None or box.question.item != question.item:
                await frame.remove_children()
                box = QuestionBox(question, confidence=self.study.settings.confidence)
                await frame.mount(box)
            self.show_beside()
            box.show_feedback(feedback, more=self.reread(feedback), reasons=reasons)
        self.refresh_bindings()
        self.keep_place()

    async def compare(self, frame: Body, asked: Sequence[Block], feedback: Feedback) -> TickRows | None:
        """Show one's own text, what it is compared with (on wide terminals beside it), and the points to look for."""
        examples = example_blocks(feedback, self.prose)
        self.query_one(SidePane).show(examples)
        await frame.mount(
            MarkdownText([*asked, *own_text(feedback)]),
            MarkdownText(examples, classes="examples part"),
            MarkdownText([*why(feedback, self.prose), *point_blocks(feedback), *self.reread(feedback)], classes="part"),
        )
        found = ticking(self.study, feedback)
        if found is None:
            return None
        ticks = Ticks(found, self.inline)
        await frame.mount(ticks)
        self.keep_place()
        with suppress(NotSaved):  # the way back to the ticks is on disk before there are any
            self.study.record.save_live()
        return ticks.rows

    def reread(self, feedback: Feedback) -> list[Block]:
        """The section that answers the question, if one is named."""
        if not feedback.read:
            return []
        title, indent = section_title(self.study, feedback.read), 0 if feedback.examples else 1
        key = Span(f"   {self.key('reread')}", "bright")
        return [Paragraph((Span("Reread  ", "muted"), Span(title, "accent"), key), indent, tight=bool(indent))]

    @on(Rows.Moved)
    def moved(self) -> None:
        """Save the point under the cursor with the location."""
        self.keep_place()

    @on(TickRows.Done)
    async def ticked(self, message: TickRows.Done) -> None:
        """The learner has looked for every point: the next question."""
        message.stop()
        await self.action_onward()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are shown only while they do something."""
        if action == "onward":
            return self.feedback is not None
        if action == "skip":
            box = self.box()
            return box is not None and not box.asks_how_sure
        if action == "reading":
            return self.feedback is not None and bool(self.feedback.read)
        if action == "reasons":
            box = self.judged_box()
            return box is not None and box.has_more_reasons
        if action == "examples":
            return self.feedback is not None and bool(self.feedback.examples)
        if action in ("report", "note"):
            return self.current is not None
        return super().check_action(action, parameters)

    async def action_onward(self) -> None:
        """The next question; the points of a text are decided as they are ticked."""
        if all(ticks.settle() for ticks in self.query(Ticks)):
            await self.ask(self.session.question())

    def action_back(self) -> None:
        """Leave; the points of a text are decided as they are ticked, if that can be saved."""
        for ticks in self.query(Ticks):
            ticks.settle()
        super().action_back()

    async def action_skip(self) -> None:
        """Put the question off to the end."""
        if self.current is None:
            return
        skipped = self.current
        if self.session.skip(skipped):
            await self.ask(self.session.question())
            self.offer_undo(SKIPPED, Undo(partial(self.session.unskip, skipped), "Back at the question."))
        else:
            self.notify_learner(LAST_QUESTION)

    async def undone(self) -> None:
        """Ask what was put off."""
        await self.ask(self.session.question())

    def action_reading(self) -> None:
        """Open the section that answers it."""
        if self.feedback is not None and self.feedback.read:
            self.host.go(section_location(self.feedback.read))

    def action_examples(self) -> None:
        """What a text is compared with, alone: beside it, not all of it may be on screen."""
        if self.feedback is not None:
            from dev2cto.tui.screens.text_page import TextPage

            self.app.push_screen(TextPage("To compare with", example_blocks(self.feedback, self.prose)))

    def action_reasons(self) -> None:
        """Show all reasons, or only those that matter."""
        if (box := self.judged_box()) is not None:
            box.show_reasons(not box.shows_reasons)
            self.keep_place()

    def action_note(self) -> None:
        """A note on this question."""
        if self.current is not None:
            self.host.go(Location("note", (self.current.item,)))

    def action_report(self) -> None:
        """Report what is wrong with it."""
        if self.current is None:
            return
        box = self.box()
        response = self.feedback.response if self.feedback else box.response if box else None
        judged = self.feedback is not None and not self.feedback.hidden
        self.host.go(report_location(self.current.item, response, self.draw(), judged=judged))

    def draw(self) -> Draw:
        """What chance decided for the question on screen."""
        return self.current.draw if self.current else Draw()

    def here(self, *ids: str) -> Location:
        """The question, with the choice that is not submitted yet, or with the answer that was graded."""
        if self.current is None:
            return Location(self.name_of_place, ids)
        extra: dict[str, Any] = {"draw": self.current.draw.document()}
        ids = (*ids, self.current.item)
        if self.feedback is not None:
            extra["judged"] = self.feedback.confidence
            if (judged := self.judged_box()) is not None and judged.shows_reasons:
                extra["reasons"] = 1
            cursor = 0
            for ticks in self.query(Ticks):
                extra["answer"], cursor = self.feedback.answer, ticks.rows.cursor
            return Location(self.name_of_place, ids, self.feedback.response, cursor, extra)
        box = self.box()
        if box is None:
            return Location(self.name_of_place, ids, extra=extra)
        return Location(self.name_of_place, ids, box.response, box.cursor, extra | box.unsubmitted())
