"""The widget for one question: prompt, answer, hints, confidence, then the feedback."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.items.forms import Response, Write, incomplete_reason
from dev2cto.markdown.parser import Paragraph, Span, para
from dev2cto.presenters.answer_text import read_as
from dev2cto.presenters.feedback import NO_MORE_HINTS, feedback_blocks
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.location import Location
from dev2cto.tui.answers import base as answers
from dev2cto.tui.answers.factory import Answer, answer_widget, how_to
from dev2cto.tui.answers.guidance import INVITATION, guidance, under
from dev2cto.tui.answers.how_sure import ConfidencePrompt
from dev2cto.tui.answers.several import SeveralLines
from dev2cto.tui.answers.time_left import TimeLeft
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.ticks import TickRows, Ticks

if TYPE_CHECKING:
    from dev2cto.tui.screens.base import Page


class QuestionBox(Vertical):
    """The widget for one question. It does not grade: it posts Answered, and its page calls `show_feedback`.

    When the learner leaves the answer field, the box itself gets the focus: letters are commands, and enter returns
    to the field. In a reading (`inline`) the focus returns to the text instead.
    """

    DEFAULT_CSS = "QuestionBox { height: auto; & .answer { margin: 1 0 0 0; } }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "resume", "continue answering", id="question.resume"),
        Binding("h", "hint", "hint", id="question.hint"),
        Binding("tab,escape", "leave", "to the text", id="question.leave"),
    ]

    class Changed(Message):
        """The response or the cursor changed; nothing was submitted."""

        def __init__(self, box: QuestionBox) -> None:
            super().__init__()
            self.box = box

    class Answered(Message):
        """An answer to grade."""

        def __init__(self, box: QuestionBox, given: SubmittedAnswer) -> None:
            super().__init__()
            self.box, self.given = box, given

    class HintWanted(Message):
        """The learner asked for hint `number`, from 0."""

        def __init__(self, box: QuestionBox, number: int) -> None:
            super().__init__()
            self.box, self.number = box, number

    class Left(Message):
        """The learner left the question."""

        def __init__(self, box: QuestionBox) -> None:
            super().__init__()
            self.box = box

    def __init__(
        self,
        question: Question,
        *,
        label: str = "",
        confidence: bool = True,
        inline: bool = False,
    ) -> None:
        super().__init__()
        self.question = question
        self.label = label
        self.asks_confidence = confidence and question.scored
        self.inline = inline
        self.answered = False
        self.hints_shown = 0
        self._answer: Answer = answer_widget(question.form)
        seconds = question.form.seconds if isinstance(question.form, Write) else 0
        self._time = TimeLeft(seconds) if seconds else None
        self._began: float | None = None
        self._waiting: Response | None = None
        self._asked: Retry | None = None

    @property
    def page(self) -> Page:
        """The page that shows the question."""
        return cast("Page", self.screen)

    @property
    def asks_how_sure(self) -> bool:
        """Whether an answer is waiting for its confidence."""
        return self._waiting is not None

    @property
    def keeps_draft(self) -> bool:
        """Whether the answer is a longer text, kept as a draft so that texts written in two sessions are both kept."""
        return isinstance(self.question.form, Write) and self.question.form.lines

    def compose(self) -> ComposeResult:
        """Prompt, answer and messages; hints, the confidence prompt and the feedback are added later."""
        blocks = list(self.page.prose(self.question.prompt))
        if self.label and blocks and isinstance(blocks[0], Paragraph):
            blocks[0] = Paragraph((Span(f"{self.label}  ", "warm"), *blocks[0].spans))
        yield MarkdownText(blocks, id="prompt")
        if self._time is not None:
            yield self._time
        self._answer.add_class("answer")
        yield self._answer
        self._invites = self.inline
        yield MarkdownText(under(INVITATION if self.inline else how_to(self.question.form), "muted"), id="message")

    def guide(self, note: str = "") -> None:
        """Say what just happened, or how to go on; a check in a reading takes no keys until it has the focus."""
        self._invites = self.inline and not self.has_focus_within
        said = under(note, "warn") if note else guidance(self.question.form, self._answer.response)
        self.query_one("#message", MarkdownText).show(under(INVITATION, "muted") if self._invites else said)

    def on_mount(self) -> None:
        """Restore an answer that may still be changed, or the draft of a text."""
        if self.question.given is not None:
            self._answer.restore(self.question.given)
        elif self.keeps_draft and (drafts := self.page.study.drafts(self.question.item)):
            self._answer.restore(drafts[0].text, drafts[0].cursor)
            if self._time is not None:
                self._time.resume(drafts[0].used)

    def on_descendant_focus(self) -> None:
        """Say how to answer, and start the clock, once the learner can."""
        if self._invites and not self.answered:
            self.guide()
        if self._time is not None and not self.answered:
            self._time.start()

    def on_descendant_blur(self) -> None:
        """Invite to go on, where keys go to the text around the question again."""
        self.call_after_refresh(self._invite)

    def _invite(self) -> None:
        if self.inline and not (self.answered or self.asks_how_sure or self.has_focus_within):
            self.guide()

    @property
    def response(self) -> Response:
        """The response as entered so far."""
        return self._waiting if self._waiting is not None else self._answer.response

    @property
    def cursor(self) -> int:
        """The cursor: a row, or a position in a text."""
        return self._answer.cursor

    def restore(self, place: Location, hint: Callable[[int], str] = lambda _: "") -> None:
        """Restore the unsubmitted response, the cursor and the shown hints; `hint` returns the text of a hint."""
        if place.response is not None:
            self._answer.restore(place.response, place.cursor)
            self.guide()
        for number in range(min(int(place.extra.get("hints", 0)), self.question.hints)):
            self.show_hint(hint(number))

    def unsubmitted(self) -> dict[str, Any]:
        """What a location stores besides the response and the cursor."""
        return {"hints": self.hints_shown} if self.hints_shown else {}

    def focus_answer(self, *, reveal: bool = True) -> None:
        """Focus the answer field; `reveal` scrolls it into view, otherwise the prompt stays visible."""
        if isinstance(self._answer, SeveralLines):
            self._answer.field_at(self.cursor).focus(scroll_visible=reveal)
            return
        first = next(
            (w for w in self._answer.walk_children(with_self=True) if isinstance(w, Widget) and w.can_focus), None
        )
        if first is not None:
            first.focus(scroll_visible=reveal)

    def reveal_answer(self) -> None:
        """Scroll the focused field, or the row under the cursor, into view."""
        focused = self.screen.focused
        if isinstance(focused, TextArea):  # what submits the text stays in sight of it
            for rows in self._answer.query(Rows):
                rows.scroll_visible(animate=False)
        if isinstance(focused, Rows):
            focused.reveal()
        elif focused is not None:
            focused.scroll_visible(animate=False)

    @on(FieldLeft)
    def _released(self, message: FieldLeft) -> None:
        message.stop()
        if self.inline:
            self.action_leave()
        else:
            self.can_focus = True
            self.focus(scroll_visible=False)

    def on_blur(self) -> None:
        """Stop accepting the focus: the box gets it only from its own field."""
        self.can_focus = False

    def action_resume(self) -> None:
        """Return to the answer field."""
        self.focus_answer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter returns to a field that was left; leaving works only in a reading, which has a text to return to."""
        if action == "resume":
            return self.has_focus
        if action == "leave":
            return self.inline
        if action == "hint":
            return self.question.hints > 0 and not self.answered and not self.asks_how_sure
        return True

    def show_message(self, message: str) -> None:
        """Show a message below the answer."""
        self.query_one("#message", MarkdownText).show(under(message, "warn"))

    def ask_again(self, again: Retry) -> None:
        """Show why the response was not graded; it can be changed, or submitted again unchanged."""
        self._asked = again
        self.not_taken(again.message)

    def not_taken(self, message: str) -> None:
        """Show why the answer was not accepted, and let it be changed."""
        self._end_confidence()
        self.show_message(message)
        self.focus_answer()

    def judged(self, given: SubmittedAnswer, judge: Callable[[SubmittedAnswer], Feedback | Retry]) -> Feedback | None:
        """Return the feedback of `judge`, which grades and saves; None if the answer was not saved or must be retried.

        In that case the reason is shown and the answer can be changed.
        """
        try:
            result = judge(given)
        except NotSaved as error:
            self.not_taken("Not saved, so not submitted; your answer is still here. Enter tries again.")
            self.page.show_error(error)
            return None
        self.page.notify_learner()
        if isinstance(result, Retry):
            self.ask_again(result)
            return None
        return result

    # -- hints

    def action_hint(self) -> None:
        """Ask for the next hint."""
        if self.hints_shown < self.question.hints:
            self.post_message(self.HintWanted(self, self.hints_shown))
        else:
            self.show_message(NO_MORE_HINTS)

    def show_hint(self, text: str) -> None:
        """Show one more hint."""
        self.hints_shown += 1
        lead = para(f"Hint {self.hints_shown} of {self.question.hints}", "accent")
        self.query_one("#prompt", MarkdownText).add([lead, *self.page.prose(text)])

    # -- answering

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        message.stop()
        self.post_message(self.Changed(self))

    @on(TextArea.SelectionChanged)
    def _moved_in_text(self, message: TextArea.SelectionChanged) -> None:
        message.stop()
        self.post_message(self.Changed(self))

    @on(answers.AnswerChanged)
    def _changed(self, message: answers.AnswerChanged) -> None:
        message.stop()
        if self._began is None:
            self._began = self.page.study.clock.monotonic()
        self.guide(message.note)
        self.reveal_answer()
        self._keep_draft()
        self.post_message(self.Changed(self))

    @on(TimeLeft.Passed)
    def _passed(self) -> None:
        """Save the time spent along with the draft."""
        if self._answer.response:
            self._keep_draft()

    def _keep_draft(self) -> None:
        if self.keeps_draft and not self.answered:
            used = self._time.used if self._time is not None else 0
            self.page.study.keep_draft(self.question.item, str(self._answer.response), self.cursor, used)
            self.page.host.live_changed()

    @on(answers.AnswerSubmitted)
    def _submitted(self, message: answers.AnswerSubmitted) -> None:
        message.stop()
        if self.answered:
            return
        response = self._answer.response
        missing = incomplete_reason(self.question.form, response)
        if missing:
            self.show_message(missing)
            return
        if not self.asks_confidence:
            self._post(response, 0)
            return
        if again := self.question.again(response, self._asked):
            self.ask_again(again)
            return
        self._waiting = response
        self.query_one("#message", MarkdownText).show(under(read_as(self.question.form, response), "muted"))
        self._answer.disabled = True
        how_sure = ConfidencePrompt()
        self.mount(how_sure)
        how_sure.focus()
        self.call_after_refresh(how_sure.scroll_visible, animate=False)

    @on(ConfidencePrompt.Chosen)
    def _sure(self, message: ConfidencePrompt.Chosen) -> None:
        message.stop()
        response = self._waiting
        if message.confidence == 0 or response is None:
            self._end_confidence()
            self.focus_answer()
            return
        self._post(response, message.confidence)

    def _post(self, response: Response, confidence: int) -> None:
        now = self.page.study.clock.monotonic()
        began = self._began if self._began is not None else now
        ms = self._time.used if self._time is not None else round((now - began) * 1000)
        given = SubmittedAnswer(response, confidence, self.hints_shown, ms, self._asked)
        self.post_message(self.Answered(self, given))

    def _end_confidence(self) -> None:
        self._waiting = None
        self._answer.disabled = self.answered
        for widget in self.query(ConfidencePrompt):
            widget.remove()

    @on(answers.AnswerLeft)
    def _left(self, message: answers.AnswerLeft) -> None:
        message.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Leave the question: the response is kept, and the ticked points of a text become final."""
        for ticks in self.query(Ticks):
            ticks.settle()
        self.post_message(self.Left(self))

    @on(TickRows.Done)
    def _ticked(self, message: TickRows.Done) -> None:
        message.stop()
        self.action_leave()

    def taken(self) -> None:
        """Drop the draft: the answer was graded and saved."""
        if self.keeps_draft:
            self.page.study.drop_draft(self.question.item)

    def show_feedback(self, feedback: Feedback, *, reveal: bool = True) -> None:
        """Show the feedback below the answer, which can no longer be changed."""
        self.answered = True
        self._end_confidence()
        self.query_one("#message", MarkdownText).show([])
        self._answer.disabled = True
        self._answer.restore(feedback.response)
        if feedback.examples:  # the examples are shown side by side with the text
            self._answer.display = False
        if self._time is not None:
            self._time.display = False
        blocks = [para(""), *feedback_blocks(feedback, self.page.prose, title=True)]
        shown = MarkdownText(blocks, classes="feedback")
        self.mount(shown)
        if (found := ticking(self.page.study, feedback)) is not None:
            self.mount(Ticks(found, self.page.inline))
        if reveal:
            self.call_after_refresh(shown.scroll_visible, animate=False, force=True)
