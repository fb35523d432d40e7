"""The widget for one question: prompt, answer, hints, confidence, then the feedback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.presenters.feedback import NO_MORE_HINTS, feedback_blocks, indented, strip_blocks
from dev2cto.presenters.judged_parts import has_more_reasons, part_notes
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.queries.ticking import ticking
from dev2cto.study.state.location import Location
from dev2cto.tui.answers import base as answers
from dev2cto.tui.answers.factory import how_to
from dev2cto.tui.answers.guidance import INVITATION, guidance, under
from dev2cto.tui.answers.several import SeveralLines
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.question_answering import AnsweringBox
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.ticks import TickRows, Ticks
from dev2cto.tui.widgets.verdict_strip import PromptText, VerdictStrip


class QuestionBox(AnsweringBox):
    """The widget for one question, from its prompt to its verdict, which its page gives to `show_feedback`.

    When the learner leaves the answer field, the box itself gets the focus: letters are commands, and enter returns
    to the field. In a reading (`inline`) the focus returns to the text instead.
    """

    DEFAULT_CSS = """
    QuestionBox {
        height: auto;
        & .answer { margin: 1 0 0 0; }
        & VerdictStrip { margin: 1 0 0 0; }
        &.turn { background: $tint; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "resume", "continue answering", id="question.resume"),
        Binding("h", "hint", "hint", id="question.hint"),
        Binding("tab,escape", "leave", "to the text", id="question.leave"),
    ]

    def __init__(
        self,
        question: Question,
        *,
        label: str = "",
        confidence: bool = True,
        inline: bool = False,
    ) -> None:
        super().__init__(question, confidence=confidence)
        self.label = label
        self.inline = inline
        self.set_class(inline, "turn")
        self.feedback: Feedback | None = None
        self.shows_reasons = False
        """Whether all reasons are shown."""
        self._more: Sequence[Block] = ()

    def compose(self) -> ComposeResult:
        """Prompt, answer and messages; hints, the confidence prompt and the feedback are added later."""
        blocks = list(self.page.prose(self.question.prompt))
        if self.label and blocks and isinstance(blocks[0], Paragraph):
            blocks[0] = Paragraph((Span(f"{self.label}  ", "warm"), *blocks[0].spans))
        yield PromptText(indented(tuple(blocks), 1) if self.inline else blocks, id="prompt")
        if self._time is not None:
            yield self._time
        self._answer.add_class("answer")
        yield self._answer
        self._invites = self.inline
        yield MarkdownText(under(INVITATION if self.inline else how_to(self.question.form), "muted"), id="message")

    @property
    def invitation(self) -> MarkdownText:
        """The line below the answer: how to answer, or what just happened."""
        return self.query_one("#message", MarkdownText)

    def guide(self, note: str = "") -> None:
        """Say what just happened, or how to go on; a check in a reading takes no keys until it has the focus."""
        self._invites = self.inline and not self.has_focus_within
        if note and not self._invites:
            self.show_message(note)
        else:
            said = under(INVITATION, "muted") if self._invites else guidance(self.question.form, self._answer.response)
            self.invitation.show(said)

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

    # -- the verdict

    def show_feedback(
        self, feedback: Feedback, *, reveal: bool = True, more: Sequence[Block] = (), reasons: bool = False
    ) -> None:
        """Tick and cross the answer where it is, which can no longer be changed, and show the verdict below it.

        `more` ends the verdict; `reasons` shows all of them.
        """
        self.answered, self.feedback, self._more = True, feedback, more
        self._end_confidence()
        self.remove_class("turn")
        self.query_one("#message", MarkdownText).display = False
        self._answer.disabled = True
        self._answer.restore(feedback.response)
        if self._time is not None:
            self._time.display = False
        if feedback.parts:
            shown: MarkdownText = VerdictStrip(feedback, (*strip_blocks(feedback, self.page.prose), *more))
            self.show_reasons(reasons)
        else:
            self._answer.display = not feedback.examples  # the examples are shown side by side with the text
            shown = MarkdownText([para(""), *feedback_blocks(feedback, self.page.prose), *more], classes="feedback")
        self.mount(shown)
        if (found := ticking(self.page.study, feedback)) is not None:
            self.mount(Ticks(found, self.page.inline))
        if reveal:
            self.call_after_refresh(shown.scroll_visible, animate=False, force=True)

    @property
    def has_more_reasons(self) -> bool:
        """Whether the verdict has reasons that are shown on request."""
        return self.feedback is not None and has_more_reasons(self.feedback)

    def show_reasons(self, every: bool) -> None:
        """Show all reasons below the parts of the answer, or only those that matter."""
        if self.feedback is not None:
            self.shows_reasons = every
            self._answer.show_verdict(self.question.form, part_notes(self.feedback, every=every, numbers=True))
