"""Takes the answer to a question: submits it, asks how sure the learner is, keeps it if it cannot be saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.items.forms import Response, Write, incomplete_reason
from dev2cto.markdown.parser import Block
from dev2cto.presenters.answer_text import read_as
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.tui.answers import base as answers
from dev2cto.tui.answers.factory import Answer, answer_widget
from dev2cto.tui.answers.guidance import under
from dev2cto.tui.answers.how_sure import ConfidencePrompt
from dev2cto.tui.answers.time_left import TimeLeft
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.screens.base import Page


class AnsweringBox(Vertical):
    """Holds the answer widget of one question. It does not grade: it posts Answered, and its page shows the verdict."""

    class Changed(Message):
        """The response or the cursor changed; nothing was submitted."""

        def __init__(self, box: AnsweringBox) -> None:
            super().__init__()
            self.box = box

    class Answered(Message):
        """An answer to grade."""

        def __init__(self, box: AnsweringBox, given: SubmittedAnswer) -> None:
            super().__init__()
            self.box, self.given = box, given

    class HintWanted(Message):
        """The learner asked for hint `number`, from 0."""

        def __init__(self, box: AnsweringBox, number: int) -> None:
            super().__init__()
            self.box, self.number = box, number

    class Left(Message):
        """The learner left the question."""

        def __init__(self, box: AnsweringBox) -> None:
            super().__init__()
            self.box = box

    def __init__(self, question: Question, *, confidence: bool) -> None:
        super().__init__()
        self.question = question
        self.asks_confidence = confidence and question.scored
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

    @property
    def response(self) -> Response:
        """The response as entered so far."""
        return self._waiting if self._waiting is not None else self._answer.response

    @property
    def cursor(self) -> int:
        """The cursor: a row, or a position in a text."""
        return self._answer.cursor

    def guide(self, note: str = "") -> None:
        """Say what just happened, or how to go on."""
        raise NotImplementedError

    def focus_answer(self, *, reveal: bool = True) -> None:
        """Focus the answer field; `reveal` scrolls it into view, otherwise the prompt stays visible."""
        raise NotImplementedError

    def reveal_answer(self) -> None:
        """Scroll the focused field, or the row under the cursor, into view."""
        raise NotImplementedError

    def show_hint(self, text: str) -> None:
        """Show one more hint."""
        raise NotImplementedError

    def show_feedback(
        self, feedback: Feedback, *, reveal: bool = True, more: Sequence[Block] = (), reasons: bool = False
    ) -> None:
        """Show the verdict; the answer can no longer be changed."""
        raise NotImplementedError

    def show_message(self, message: str) -> None:
        """Show a message below the answer, and all of it on screen."""
        shown = self.query_one("#message", MarkdownText)
        shown.show(under(message, "warn"))
        self.call_after_refresh(shown.scroll_visible, animate=False)

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

    def taken(self) -> None:
        """Drop the draft: the answer was graded and saved."""
        if self.keeps_draft:
            self.page.study.drop_draft(self.question.item)
