"""The questions between the sections of a reading, answered and judged in place."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from dev2cto.markdown.parser import Block, para
from dev2cto.presenters.judged_parts import has_more_reasons
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.state.unsubmitted import CHECK, keep_response
from dev2cto.tui.screens.passage_choice import PassageChoiceScreen
from dev2cto.tui.widgets.question import QuestionBox
from dev2cto.tui.widgets.reading_view import ReadingView
from dev2cto.tui.widgets.ticks import Ticks


class ReadingChecksScreen(PassageChoiceScreen):
    """A page with a ReadingView between whose sections questions are asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "again", "answer the check again", show=False, id="reading.again"),
        Binding("v", "reasons", "all reasons of the verdict on screen", show=False, id="reading.reasons"),
    ]

    def action_page(self, step: int) -> None:
        """Turn the page, past what was said on the one before."""
        self.end_notice()
        super().action_page(step)

    def action_line(self, step: int) -> None:
        """Move by one line, past what was said."""
        self.end_notice()
        super().action_line(step)

    def end_notice(self) -> None:
        """Take the message away, unless it belongs to a find, to a choice, or to what can be undone."""
        if self._match is None and not self.is_choosing and self.undoable is None:
            self.notify_learner()

    def check_box(self, question: Question) -> QuestionBox:
        """An inline question."""
        return QuestionBox(question, label="Check", confidence=self.study.settings.confidence, inline=True)

    def focused_box(self) -> QuestionBox | None:
        """The inline question that has the focus."""
        return next((box for box in self.query(QuestionBox) if box.has_focus_within), None)

    @on(QuestionBox.Changed)
    def choosing(self, message: QuestionBox.Changed) -> None:
        """Save a choice that is not submitted, with the location and for later."""
        self.keep_place()
        if not message.box.answered:
            keep_response(self.study, CHECK, message.box.question, message.box.response)

    @on(QuestionBox.Answered)
    def answered(self, message: QuestionBox.Answered) -> None:
        """Grade and save the answer, then show the verdict."""
        box = message.box
        result = box.judged(message.given, partial(self.session.answer, box.question))
        if result is None:
            return
        box.taken()
        box.show_feedback(result, more=self.more_of(result))
        self.set_focus(None)
        for ticks in box.query(Ticks):
            self.call_after_refresh(self.set_focus, ticks.rows, scroll_visible=False)
        self.keep_place()

    def more_of(self, feedback: Feedback) -> list[Block]:
        """The keys that do something with a verdict."""
        if not feedback.parts:
            return []
        reasons = f"{self.key('solution')} all reasons   " if has_more_reasons(feedback) else ""
        return [para(f"{reasons}{self.key('again')} answer again", "muted", indent=1, tight=True)]

    def judged_box(self) -> QuestionBox | None:
        """The first answered check on screen that has more reasons."""
        reader = self.query_one(ReadingView)
        return next((box for box in self.query(QuestionBox) if box.has_more_reasons and reader.overlaps(box)), None)

    def action_reasons(self) -> None:
        """Show all reasons of the verdict on screen, or only those that matter."""
        box = self.judged_box()
        if box is None:
            self.notify_learner("No verdict with more reasons is on screen.")
        else:
            box.show_reasons(not box.shows_reasons)
            self.keep_place()

    async def action_again(self) -> None:
        """Replace the answered check on screen with an empty one, to answer it again."""
        reader = self.query_one(ReadingView)
        old = next((box for box in self.query(QuestionBox) if box.answered and reader.shows(box)), None)
        if old is None:
            self.notify_learner("No answered check is on screen.")
            return
        self.session.again(old.question)
        fresh = self.check_box(old.question)
        await reader.mount(fresh, after=old)
        await old.remove()
        fresh.focus_answer()

    @on(QuestionBox.HintWanted)
    def hint(self, message: QuestionBox.HintWanted) -> None:
        """Show the next hint."""
        message.box.show_hint(self.session.hint(message.box.question, message.number))

    @on(QuestionBox.Left)
    def leave_question(self) -> None:
        """Back to the text."""
        self.set_focus(None)
