"""The learner's choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, get_args, get_type_hints

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Paragraph, Span, para
from dev2cto.settings import LABELS, Settings
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.draft_overlay import underlying_location
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

COLUMN = 43
"""Cells of what a setting is called, where the values stand in a column."""
WIDE = 70
"""Cells from which they do."""


class ValueInput(LineInput):
    """A value; enter sets it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "set", id="settings.set"),
        Binding("tab", "release", "leave it as it is", id="settings.leave"),
        Binding("escape", "release", "leave it as it is", show=False, id="settings.escape"),
    ]


class SettingsPage(Page):
    """Enter changes the setting at the cursor."""

    DEFAULT_CSS = "SettingsPage ValueInput { margin: 1 0 0 3; display: none; }"

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.editing = ""
        """The setting whose value is typed."""
        self._restored = place
        self._before: Location | None = None
        """Where the learner was before that."""

    @classmethod
    def at(cls, host: Host, location: Location) -> SettingsPage:
        """All settings, with the value that was half typed."""
        return cls(location)

    def body(self) -> ComposeResult:
        """The list, a line to type into, and what the setting at the cursor takes."""
        yield Rows()
        yield ValueInput(id="value")
        yield MarkdownText(id="takes")

    def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()
        self.explain()
        place = self._restored
        if place.extra.get("editing") in LABELS:
            self._before = place.under
            self.query_one(Rows).point(place.extra["editing"])
            self.edit(place.extra["editing"], str(place.extra.get("value", "")), place.cursor)

    def place(self) -> Location | None:
        """The value that is typed, over the screen below."""
        field = self.query_one(ValueInput)
        if not field.display:
            return None
        extra = {"editing": self.editing, "value": field.value, **underlying_location(self, self._restored)}
        return Location("settings", (), None, field.cursor_position, extra)

    @on(Input.Changed)
    def typing(self) -> None:
        """It is part of the place."""
        self.keep_place()

    def on_resize(self) -> None:
        """Narrow terminals have no room for a column of values."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Show the present values."""
        self.set_title("Settings", "saved at once")
        column = COLUMN if self.app.size.width >= WIDE else 0
        settings = self.study.settings
        rows = []
        for name, (words, _) in LABELS.items():
            value = getattr(settings, name)
            shown = ("on" if value else "off") if isinstance(value, bool) else str(value)
            rows.append(Row(name, (Span(f"{words:<{column}}   "), Span(shown or "-", "bold"))))
        self.query_one(Rows).show(rows)

    @on(Rows.Moved)
    def explain(self) -> None:
        """What the setting at the cursor takes."""
        row = self.query_one(Rows).current
        if row is not None:
            text = Span(f"{LABELS[row.id][1]}", "muted")
            self.query_one("#takes", MarkdownText).show([para(""), Paragraph((text,), indent=3)])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Turn it, or ask for the value."""
        name = message.row.id
        if name == "keys":
            self.host.go(Location("keys"))
            return
        kind, value = get_type_hints(Settings)[name], getattr(self.study.settings, name)
        if kind is bool:
            self.change(name, "off" if value else "on")
        elif choices := get_args(kind):
            self.change(name, choices[(choices.index(value) + 1) % len(choices)])
        else:
            found = self.study.last_place()
            self._before = found[0] if found is not None else None
            self.edit(name, str(value))

    def edit(self, name: str, text: str, cursor: int | None = None) -> None:
        """Have the value typed."""
        self.editing = name
        field = self.query_one(ValueInput)
        field.put(text, cursor)
        field.display = True
        field.focus()

    @on(Input.Submitted)
    def typed(self, message: Input.Submitted) -> None:
        """Take the value."""
        if self.change(self.editing, message.value.strip()):
            self.close_field()

    @on(FieldLeft)
    def left(self, message: FieldLeft) -> None:
        """The value stays as it was."""
        message.stop()
        self.close_field()

    def change(self, name: str, text: str) -> bool:
        """Set and show; whether it could be."""
        try:
            self.study.set(name, text)
        except Dev2CtoError as error:
            self.show_error(error)
            return False
        self.notify_learner()
        if name == "theme":
            self.app.theme = self.study.settings.theme
        self.refresh_content()
        return True

    def close_field(self) -> None:
        """Back to the list, and in the record to where the learner was before."""
        self.query_one(ValueInput).display = False
        self.study.keep(self._before or Location("settings"))
        self.host.live_changed()
        self.query_one(Rows).focus()

    def action_back(self) -> None:
        """Out of the field first."""
        if self.query_one(ValueInput).display:
            self.close_field()
        else:
            super().action_back()
