"""One question: prompt, answer, hints, how sure, and then the judgement in its place."""

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
from dev2cto.markdown.parser import Block, Paragraph, Span, Style, para
from dev2cto.presenters.feedback import feedback_blocks
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.tui.answers import base as answers
from dev2cto.tui.answers.factory import Answer, answer_widget, how_to
from dev2cto.tui.answers.how_sure import ConfidencePrompt
from dev2cto.tui.answers.several import SeveralLines
from dev2cto.tui.answers.time_left import TimeLeft
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.ticks import TickRows, Ticks

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.screens.base import Page


def under(message: str, style: Style) -> list[Block]:
    """A message under an answer, with a blank line above it."""
    return [para(""), para(message, style, indent=3, tight=True)]


class QuestionBox(Vertical):
    """One question in the hands of a learner. It judges nothing: it posts Answered and is shown the feedback.

    A field of it that is left leaves the focus with the box itself: letters are commands then, enter goes back.
    In a reading (`inline`) the focus goes back to the text instead.
    """

    DEFAULT_CSS = "QuestionBox { height: auto; & .answer { margin: 1 0 0 0; } }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "resume", "go on answering", id="question.resume"),
        Binding("h", "hint", "hint", id="question.hint"),
        Binding("tab,escape", "leave", "to the text", id="question.leave"),
    ]

    class Changed(Message):
        """The response changed, unsubmitted."""

        def __init__(self, box: QuestionBox) -> None:
            super().__init__()
            self.box = box

    class Answered(Message):
        """An answer to judge."""

        def __init__(self, box: QuestionBox, given: SubmittedAnswer) -> None:
            super().__init__()
            self.box, self.given = box, given

    class HintWanted(Message):
        """Hint `number` (from 0) is asked for."""

        def __init__(self, box: QuestionBox, number: int) -> None:
            super().__init__()
            self.box, self.number = box, number

    class Left(Message):
        """The learner leaves the question unanswered."""

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
        """The screen it stands on."""
        return cast("Page", self.screen)

    @property
    def asks_how_sure(self) -> bool:
        """Whether the answer is given and the confidence is asked."""
        return self._waiting is not None

    @property
    def keeps_draft(self) -> bool:
        """A longer text is kept as a draft, so that two sessions that write in it keep both."""
        return isinstance(self.question.form, Write) and self.question.form.lines

    def compose(self) -> ComposeResult:
        """Prompt, answer, messages; hints, feedback and the question of confidence come later."""
        blocks = list(self.page.prose(self.question.prompt))
        if self.label and blocks and isinstance(blocks[0], Paragraph):
            blocks[0] = Paragraph((Span(f"{self.label}  ", "accent"), *blocks[0].spans))
        yield MarkdownText(blocks, id="prompt")
        if self._time is not None:
            yield self._time
        self._answer.add_class("answer")
        yield self._answer
        yield MarkdownText(under(how_to(self.question.form), "muted"), id="said")

    def on_mount(self) -> None:
        """An answer that may still be changed is shown as it was given, a text that was begun as it was left."""
        if self.question.given is not None:
            self._answer.restore(self.question.given)
        elif self.keeps_draft and (drafts := self.page.study.drafts(self.question.item)):
            self._answer.restore(drafts[0].text, drafts[0].cursor)
            if self._time is not None:
                self._time.resume(drafts[0].used)

    def on_descendant_focus(self) -> None:
        """The time runs from the moment in which one can write."""
        if self._time is not None and not self.answered:
            self._time.start()

    @property
    def response(self) -> Response:
        """What is given so far."""
        return self._waiting if self._waiting is not None else self._answer.response

    @property
    def cursor(self) -> int:
        """Where the cursor stands: a row, a place in a text."""
        return self._answer.cursor

    def restore(self, place: Location, hint: Callable[[int], str]) -> None:
        """Give back what was not submitted: the response, the cursor, the hints that were shown."""
        if place.response is not None:
            self._answer.restore(place.response, place.cursor)
        for number in range(min(int(place.extra.get("hints", 0)), self.question.hints)):
            self.show_hint(hint(number))

    def unsubmitted(self) -> dict[str, Any]:
        """What a place keeps beside the response and the cursor."""
        return {"hints": self.hints_shown} if self.hints_shown else {}

    def focus_answer(self, *, reveal: bool = True) -> None:
        """Put the focus where the answer is given, and bring that on screen, or leave the prompt there to be read."""
        if isinstance(self._answer, SeveralLines):
            self._answer.field_at(self.cursor).focus(scroll_visible=reveal)
            return
        first = next(
            (w for w in self._answer.walk_children(with_self=True) if isinstance(w, Widget) and w.can_focus), None
        )
        if first is not None:
            first.focus(scroll_visible=reveal)

    def reveal_answer(self) -> None:
        """Bring on screen what is typed into, or the row under the cursor."""
        focused = self.screen.focused
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
        """The box takes the focus only from its own field."""
        self.can_focus = False

    def action_resume(self) -> None:
        """Back into the field."""
        self.focus_answer()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter goes back into a field that was left; a text to go back to is there in a reading only."""
        if action == "resume":
            return self.has_focus
        if action == "leave":
            return self.inline
        if action == "hint":
            return self.question.hints > 0 and not self.answered and not self.asks_how_sure
        return True

    def tell(self, message: str) -> None:
        """Say something under the answer."""
        self.query_one("#said", MarkdownText).show(under(message, "warn"))

    def ask_again(self, again: Retry) -> None:
        """The response could not be judged: say why, let it be changed, or given a second time as it is."""
        self._asked = again
        self.not_taken(again.message)

    def not_taken(self, message: str) -> None:
        """The answer was not taken: it is still here, and this is why."""
        self._end_confidence()
        self.tell(message)
        self.focus_answer()

    def judged(self, given: SubmittedAnswer, judge: Callable[[SubmittedAnswer], Feedback | Retry]) -> Feedback | None:
        """What `judge` says, which has kept the answer; None where it was not kept or is asked for again.

        Why is said then, and the answer can be changed.
        """
        try:
            result = judge(given)
        except NotSaved as error:
            self.not_taken("Not saved, so not answered yet; your answer is still here. Enter tries again.")
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
            self.tell("There is no further hint.")

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

    @on(answers.Changed)
    def _changed(self, message: answers.Changed) -> None:
        message.stop()
        if self._began is None:
            self._began = self.page.study.clock.monotonic()
        self.reveal_answer()
        self._keep_draft()
        self.post_message(self.Changed(self))

    @on(TimeLeft.Passed)
    def _passed(self) -> None:
        """How much of the time is spent is kept with what is written."""
        if self._answer.response:
            self._keep_draft()

    def _keep_draft(self) -> None:
        if self.keeps_draft and not self.answered:
            used = self._time.used if self._time is not None else 0
            self.page.study.keep_draft(self.question.item, str(self._answer.response), self.cursor, used)
            self.page.host.live_changed()

    @on(answers.Submitted)
    def _submitted(self, message: answers.Submitted) -> None:
        message.stop()
        if self.answered:
            return
        response = self._answer.response
        missing = incomplete_reason(self.question.form, response)
        if missing:
            self.tell(missing)
            return
        if not self.asks_confidence:
            self._post(response, 0)
            return
        if again := self.question.again(response, self._asked):
            self.ask_again(again)
            return
        self._waiting = response
        self.query_one("#said", MarkdownText).show([])
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

    @on(answers.Left)
    def _left(self, message: answers.Left) -> None:
        message.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Leave the question; what is chosen stays, and the points of a text are decided as they are ticked."""
        for ticks in self.query(Ticks):
            ticks.settle()
        self.post_message(self.Left(self))

    @on(TickRows.Done)
    def _ticked(self, message: TickRows.Done) -> None:
        message.stop()
        self.action_leave()

    def taken(self) -> None:
        """The answer was judged and kept: its draft is not needed any more."""
        if self.keeps_draft:
            self.page.study.drop_draft(self.question.item)

    def show_feedback(self, feedback: Feedback, *, reveal: bool = True) -> None:
        """Show the judgement under the answer, which can no longer be changed."""
        self.answered = True
        self._end_confidence()
        self.query_one("#said", MarkdownText).show([])
        self._answer.disabled = True
        self._answer.restore(feedback.response)
        if feedback.examples:  # they stand beside the text, which is shown with them
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
