"""All questions of an exam or a final form: which are answered, which are flagged, and the way to each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dev2cto import symbols
from dev2cto.markdown.layout import WIDTH
from dev2cto.markdown.parser import Span, Style, para
from dev2cto.presenters import quiz_text
from dev2cto.study.queries.question_models import OverviewLine
from dev2cto.study.state.location import Location
from dev2cto.text import shortened
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.choices import Choices
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.study.sessions.quiz import QuizSession

LEAD = 10
"""Cells before the column of states: margin, mark and number."""


class FormBelow(Protocol):
    """The page of the form that the overview is over."""

    form: QuizSession
    module: str
    begun: dict[str, Any]
    """What was chosen and not submitted, by question id."""

    def place(self) -> Location | None:
        """Where the learner is in the form."""
        ...

    def call_later(self, callback: Callable[..., Any], *args: Any) -> bool:
        """Have the page call that once it is shown again."""
        ...

    async def go_to(self, number: int) -> None:
        """Show question `number`."""
        ...

    async def finished(self) -> None:
        """Show the result."""
        ...


class OverviewPage(Page):
    """Digits go to a question by its number, enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"digit({n})", "question", id=f"overview.digit{n}") for n in range(10)),
        Binding("m", "flag", "flag", tooltip="flag or unflag the question", id="overview.flag"),
        Binding("f", "finish", "finish", tooltip="finish the final form", id="overview.finish"),
    ]

    def __init__(self, below: FormBelow, number: int) -> None:
        """Over that form, with the cursor on question `number`."""
        super().__init__()
        self.below, self.form, self.module = below, below.form, below.module
        self._start = number
        self._typed = ""
        self._warned = False

    def body(self) -> ComposeResult:
        """How many are in which state, then the questions."""
        yield MarkdownText(id="counts")
        yield Choices()

    def on_mount(self) -> None:
        """Show all, with the cursor where the learner was."""
        self.refresh_content()
        self.query_one(Rows).cursor = max(0, min(self._start, len(self.form.order)) - 1)

    def refresh_content(self) -> None:
        """What is answered and flagged now."""
        lines = self.form.overview()
        states = [quiz_text.overview_state(line, begun=self.is_begun(line)) for line in lines]
        width = max(map(len, states), default=0) + 2
        answered, counts = quiz_text.overview_counts(lines)
        self.set_title(quiz_text.exam_name(self.form), f"{answered} of {len(lines)} answered")
        words = f"{counts}. Type a number to go to that question."
        self.query_one("#counts", MarkdownText).show([para(words), para("", tight=True)])
        self.query_one(Rows).show([self.row(*each, width) for each in zip(lines, states, strict=True)])

    def on_resize(self) -> None:
        """Show as much of each question as there is room for."""
        self.refresh_content()

    def is_begun(self, line: OverviewLine) -> bool:
        """Whether something was chosen there and not submitted."""
        return not line.answered and line.item in self.below.begun

    def row(self, line: OverviewLine, state: str, width: int) -> Row:
        """A question: mark, number, state in a column of that width, how it begins."""
        mark = symbols.current().state("done" if line.answered else "begun" if self.is_begun(line) else "not begun")
        style: Style = "warn" if line.flagged else "muted"
        room = min(self.app.size.width - 2, WIDTH + 4) - LEAD - width
        words = shortened(quiz_text.overview_prompt(line), max(10, room))
        spans, mark = (Span(f"{state:<{width}}", style), Span(words)), f"{mark} "
        return Row(str(line.number), spans, lead=(Span(mark), Span(f"{line.number:>3}  ", "muted")), fixed=True)

    def place(self) -> Location | None:
        """The form, with its overview open at this row."""
        place = self.below.place()
        return place and place._replace(extra={**place.extra, "overview": self.number})

    @property
    def number(self) -> int:
        """The question under the cursor."""
        return self.query_one(Rows).cursor + 1

    def meant(self, digit: int) -> str:
        """The number that is typed with that digit; empty where there is no such question."""
        before = self._typed if self._typed == str(self.number) else ""
        wanted = next((text for text in (f"{before}{digit}", f"{digit}") if 0 < int(text) <= len(self.form.order)), "")
        return "" if wanted == "0" else wanted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow the digits that make the number of a question."""
        if action == "digit":
            return bool(self.meant(int(str(parameters[0]))))
        return super().check_action(action, parameters)

    def action_digit(self, digit: int) -> None:
        """Go to the question with that number, or with the number typed so far and that digit."""
        self._typed = self.meant(digit)
        if self._typed:
            self.query_one(Rows).cursor = int(self._typed) - 1
            self.refresh_bindings()

    @on(Rows.Moved)
    def moved(self) -> None:
        """The row under the cursor is part of the place."""
        self.refresh_bindings()
        self.keep_place()

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Go to the question under the cursor."""
        number = int(message.row.id)
        self.app.pop_screen()
        self.below.call_later(self.below.go_to, number)

    def action_flag(self) -> None:
        """Flag the question under the cursor, or take its flag away."""
        self.form.flag(self.form.order[self.number - 1])
        self.refresh_content()

    def action_finish(self) -> None:
        """End the form; asked once when questions are left."""
        warning, hint = quiz_text.unanswered(self.form, self.key("finish"))
        if warning and not self._warned:
            self._warned = True
            self.notify_learner(warning, hint)
            return
        self.form.finish()
        self.app.pop_screen()
        self.below.call_later(self.below.finished)
