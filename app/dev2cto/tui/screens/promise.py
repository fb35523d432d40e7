"""Making a reading's plan one's own promise: kept while it is typed, saved by a row below the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from dev2cto.errors import UsageError
from dev2cto.markdown.parser import Span, para
from dev2cto.presenters import promise_text
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import Plan, make_promise, plan_begun, promise_owner, proposed
from dev2cto.tui.screens.draft_overlay import Overlay, underlying_location
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host


BEGUN = para(promise_text.BEGUN, "warn")


class PlanInput(LineInput):
    """A field of the plan."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "next field", id="promise.next")]


def open_page(host: Host, location: Location) -> PromisePage:
    """Open a promise from the reading with the first id. Raises CourseError if it is unknown or broken."""
    host.study.curriculum.reading(location.ids[0])
    return PromisePage(location)


class PromisePage(Overlay):
    """The plan as the reading proposes it or as it was left; enter promises it, and the fields below change it."""

    FOCUS = "Rows"
    DEFAULT_CSS = "PromisePage { & LineInput { margin: 0 0 0 3; } & .label, & #words, & Rows { margin: 1 0 0 0; } }"
    name_of_place = "promise"

    def __init__(self, place: Location) -> None:
        super().__init__(place)
        self.reading = place.ids[0]
        self._kept = Plan("", "", "")
        """The fields as they were last shown or kept."""

    def body(self) -> ComposeResult:
        """What it is for, the promise in words, what to do; the fields, whose texts may be longer than a line."""
        begun = plan_begun(self.study, self.reading)
        self._kept = Plan.read(begun.text) if begun is not None else proposed(self.study, self.reading)
        yield MarkdownText([BEGUN if begun is not None else para(promise_text.ABOUT)], id="about")
        yield MarkdownText(id="words")
        leave = f"Leave; {self.study.draft_is_kept}"
        yield Rows([Row("make", (Span(promise_text.MAKE),)), Row("leave", (Span(leave),))])
        for name, label in promise_text.FIELDS:
            yield MarkdownText([para(label, "muted", indent=1)], classes="label")
            yield PlanInput(id=name)

    def on_mount(self) -> None:
        """Fill the fields; the cursor is where it was."""
        at = self._restored.extra.get("at")
        for (name, _), text in zip(promise_text.FIELDS, self._kept, strict=True):
            field = self.query_one(f"#{name}", LineInput)
            field.put(text, self._restored.cursor if at == name else None)
            if at == name:
                self.set_focus(field)
        self.choose_again()
        self.set_title(promise_text.promise_title(self.study, self.reading), "tab: change it")
        self.show_words()

    @property
    def plan(self) -> Plan:
        """The fields as they are."""
        return Plan(*(self.query_one(f"#{name}", LineInput).value for name, _ in promise_text.FIELDS))

    def place(self) -> Location:
        """The field that is typed in, over the screen below."""
        extra, field = underlying_location(self, self._restored), self.focused
        if not isinstance(field, LineInput):
            return Location("promise", (self.reading,), None, None, {**extra, **self.chosen_row()})
        return Location("promise", (self.reading,), None, field.cursor_position, {**extra, "at": field.id})

    @on(Input.Changed)
    def typed(self) -> None:
        """Keep what is typed, and show what it makes of the promise."""
        self.show_words()
        if self.plan != self._kept:
            self._kept = self.plan
            self.query_one("#about", MarkdownText).show([BEGUN])
            self.study.keep_draft(promise_owner(self.reading), self.plan.draft)
            self.keep_place()
            self.host.live_changed()

    def show_words(self) -> None:
        """Say what is going to be promised, and what the day means or how to name one."""
        self.query_one("#words", MarkdownText).show(promise_text.plan_blocks(self.study, self.plan))

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """Go on to the next field, and from the last one to the rows."""
        self.go_on_from(message.input)

    @on(FieldLeft)
    def released(self, message: FieldLeft) -> None:
        """Go on in the same way."""
        message.stop()
        message.prevent_default()  # the page would go to what is below
        self.go_on_from(message.field)

    def go_on_from(self, field: Widget) -> None:
        """Focus what comes after a field."""
        chain = self.focus_chain
        self.set_focus(chain[(chain.index(field) + 1) % len(chain)])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Make the promise, or leave the draft for later."""
        if message.row.id == "make":
            plan = self.plan
            try:
                undo = make_promise(self.study, self.reading, plan)
            except UsageError:
                self.set_focus(self.query(LineInput).first())
                raise
            self.show_below(
                f"{promise_text.made_notice(self.study, plan.day)} {self.key('undo')} undoes it.", undo=undo
            )
        self.host.back()
