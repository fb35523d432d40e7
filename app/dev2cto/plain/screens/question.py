"""One question: prompt, answer, hints, how sure; the caller grades the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dev2cto.errors import NotSaved
from dev2cto.items.base import Retry
from dev2cto.items.forms import Blanks, Predict, Response, Write, empty_response, incomplete_reason
from dev2cto.items.response_text import typed_text
from dev2cto.learning.mastery import CONFIDENCE
from dev2cto.markdown.parser import Block, Paragraph, Span, para
from dev2cto.plain.answers import dispatch, predict, typed
from dev2cto.plain.answers.base import ParsedInput
from dev2cto.plain.line_editor import TextEntry
from dev2cto.plain.prompt import ChoiceInput, CommandInput, Prompt, PromptCommand, TextInput, numbers
from dev2cto.plain.ui import PlainUI
from dev2cto.presenters.answer_text import read_as
from dev2cto.presenters.feedback import NO_MORE_HINTS
from dev2cto.study.queries.question_models import Feedback, Question
from dev2cto.study.sessions.grading import SubmittedAnswer
from dev2cto.study.state.reports import report_location
from dev2cto.text import pluralize

HINT = PromptCommand("h", "hint", "the next hint")
REPORT = PromptCommand("!", "report", "reports what is wrong with this question", shown=False)
UNDO = PromptCommand("u", "undo", "clears what you filled in last")
WRITE = PromptCommand("w", "write", "your text, line by line or in your editor")
SURE = Prompt(
    (PromptCommand("q", "change", "goes back to your answer"),),
    numbers(3),
    chooses="",
    lead=f"How sure are you? {', '.join(f'{n} {words}' for n, words in CONFIDENCE.items())}",
)
SHORT = 16
"""Characters of a typed answer that a prompt repeats."""
AnswerJudge = Callable[[SubmittedAnswer], Feedback | Retry]


class QuestionPrompt:
    """The prompt for one question: what is answered so far, which hints were shown."""

    def __init__(
        self,
        ui: PlainUI,
        question: Question,
        hint: Callable[[int], str],
        keep: Callable[[Response], None],
        *,
        confidence: bool,
        passing: str = "",
        reportable: bool = True,
    ) -> None:
        self.ui, self.question, self._hint, self._keep = ui, question, hint, keep
        self._confidence = confidence and question.scored
        self._passing = passing
        """What enter does while nothing new is answered; empty if the question waits for an answer."""
        self._reportable = reportable
        self.response: Response = question.given if question.given is not None else empty_response(question.form)
        self.hints_shown = 0
        self._asked: Retry | None = None
        self._began = ui.study.clock.monotonic()
        self._used = 0
        """Milliseconds spent in earlier sessions, on an answer that has a time."""
        self._time_said = False

    @property
    def owner(self) -> str:
        """What the draft of a longer text is known by."""
        return self.question.item

    @property
    def _long(self) -> bool:
        return isinstance(self.question.form, Write) and self.question.form.lines

    @property
    def _seconds(self) -> int:
        return self.question.form.seconds if isinstance(self.question.form, Write) else 0

    @property
    def ms(self) -> int:
        """Milliseconds spent on the answer so far."""
        return self._used + round((self.ui.study.clock.monotonic() - self._began) * 1000)

    def restore(self, response: Response | None) -> None:
        """Give back what was not submitted; of a longer text, its draft."""
        drafts = self.ui.study.drafts(self.owner) if self._long else ()
        if drafts and self._seconds:
            self._used = drafts[0].used
        if response:
            self.response = response
        elif drafts and not self.response:
            self.response = drafts[0].text

    def put(self, label: str = "") -> None:
        """Show the question and what is given so far."""
        blocks: list[Block] = list(self.ui.prose(self.question.prompt))
        if label and blocks and isinstance(blocks[0], Paragraph):
            blocks[0] = Paragraph((Span(f"{label}: "), *blocks[0].spans))
        self.ui.show_question(blocks, self._spaced(dispatch.blocks_of(self.question.form)))
        if self._seconds and not self._time_said:
            self._time_said = True
            self.ui.say(f"You have about {self._seconds} seconds. Nothing happens when they are over.")
        self.so_far()

    def _spaced(self, blocks: list[Block]) -> list[Block]:
        return [para(""), *blocks] if blocks and isinstance(blocks[0], Paragraph) and blocks[0].tight else blocks

    def so_far(self) -> None:
        """Show what is answered so far."""
        words = typed_text(self.question.form, self.response)
        if self._long and words:
            lines = pluralize(len(words.splitlines()), "line")
            self.ui.say(f"Your text so far has {lines}; w shows and continues it.")
        elif words:
            self.ui.say(f"Your answer so far: {words}")

    def ask(self, commands: Sequence[PromptCommand]) -> SubmittedAnswer | CommandInput:
        """An answer to grade, or a command that is not the question's own. Raises SessionEnded."""
        while True:
            command = self.ui.ask(self._prompt(commands))
            match command:
                case CommandInput(""):
                    missing = incomplete_reason(self.question.form, self.response)
                    if self._passing and (missing or self.response == self.question.given):
                        return command
                    if missing:
                        self.ui.say(missing)
                    elif given := self.given():
                        return given
                case CommandInput("h"):
                    self.hint()
                case CommandInput("!") if self._reportable:
                    item, draw = self.question.item, self.question.draw
                    self.ui.go(report_location(item, self.response or None, draw, judged=False))
                case CommandInput("u") if isinstance(self.question.form, Blanks):
                    self.take(typed.take_back(self.question.form, self.response))
                case CommandInput("u") if isinstance(self.question.form, Predict):
                    self.take(predict.take_back(self.response))
                case CommandInput("w") if self._long:
                    if self.write() and (given := self.given()):
                        return given
                case CommandInput():
                    return command
                case TextInput(text) if self._long:
                    if self.write(text) and (given := self.given()):
                        return given
                case TextInput(text):
                    reply = dispatch.read_response(self.question.form, self.response, text)
                    self.take(reply)
                    if reply.submit and self.understood() and (given := self.given()):
                        return given
                case ChoiceInput():
                    pass

    def _prompt(self, commands: Sequence[PromptCommand]) -> Prompt:
        form = self.question.form
        own = [WRITE] if self._long else [UNDO] if isinstance(form, Blanks | Predict) else []
        own += [HINT] if self.question.hints else []
        own += commands
        own += [REPORT] if self._reportable else []
        whole = not incomplete_reason(form, self.response)
        kept = whole and self._passing and self.response == self.question.given
        again = isinstance(form, Write) and not form.lines and len(str(self.response)) <= SHORT
        enter = self._passing if kept or not whole else f"submits {self.response}" if again else "submits this answer"
        text = dispatch.how_to(form, self.response)
        free = dispatch.is_typed(form) and not self._long
        return Prompt(own, enter=enter, text=text, explained=dispatch.explained(form), free=free)

    def take(self, reply: ParsedInput) -> None:
        """Save the new response, and show the message that goes with it."""
        self.response = reply.response
        self._keep(self.response)
        if reply.message:
            self.ui.say(reply.message)

    def understood(self) -> bool:
        """Say how a number was read that could be read otherwise; false if it should wait for enter.

        Where the learner is asked how sure they are, the answer can still be changed there.
        """
        words = read_as(self.question.form, self.response, interpreted=True)
        if words:
            self.ui.say(words)
        return not words or self._confidence

    def write(self, first: str = "") -> bool:
        """Enter the text line by line, after `first` if that was typed already; return whether it was ended."""

        def keep(text: str, _: int) -> None:
            self.response = text
            self._keep(text)
            self.ui.study.keep_draft(self.owner, text, 0, self.ms if self._seconds else 0)

        entry = TextEntry(self.ui, str(self.response), keep)
        if first:
            entry.type(first)
        ended = entry.run() == "end"
        self.response = entry.text.rstrip("\n")
        if missing := incomplete_reason(self.question.form, self.response):
            self.ui.say(missing)
            return False
        return ended

    def hint(self) -> None:
        """The next hint."""
        if self.hints_shown < self.question.hints:
            text = self._hint(self.hints_shown)
            self.hints_shown += 1
            self.ui.show([para(f"Hint {self.hints_shown} of {self.question.hints}"), *self.ui.prose(text)])
        else:
            self.ui.say(NO_MORE_HINTS)

    def given(self) -> SubmittedAnswer | None:
        """The answer with its confidence; None if it is asked for again, or the learner wants to change it."""
        confidence = 0
        if self._confidence:
            if again := self.question.again(self.response, self._asked):
                self.ask_again(again)
                return None
            match self.ui.ask(SURE):
                case ChoiceInput(number):
                    confidence = number + 1
                case _:
                    self.so_far()
                    return None
        return SubmittedAnswer(self.response, confidence, self.hints_shown, self.ms, self._asked)

    def ask_again(self, again: Retry) -> None:
        """Say why the response is asked for again; the same response given twice is accepted."""
        self._asked = again
        self.ui.say(again.message)

    def answer(self, commands: Sequence[PromptCommand], judge: AnswerJudge) -> Feedback | CommandInput:
        """The verdict on a saved answer, or a command; an answer that cannot be saved does not count.

        Raises SessionEnded.
        """
        while True:
            given = self.ask(commands)
            if isinstance(given, CommandInput):
                return given
            try:
                result = judge(given)
            except NotSaved as error:
                self.ui.show_error(error)
                self.ui.say("Not saved, so not submitted; your answer is still here. Enter tries again.")
                continue
            if isinstance(result, Retry):
                self.ask_again(result)
                continue
            if self._long:
                self.ui.study.drop_draft(self.owner)
            return result
