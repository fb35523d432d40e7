"""The learner's choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Paragraph, Span
from dev2cto.presenters.settings_text import next_value, value_words
from dev2cto.settings import LABELS
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.draft_overlay import underlying_location
from dev2cto.tui.screens.filtered import FilteredPage
from dev2cto.tui.themes import theme_name
from dev2cto.tui.widgets.inputs import LineInput
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import CursorMoved, FieldLeft
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.tui.host import Host

COLUMN = 43
"""Cells of a setting's name, if the values are in a column."""
WIDE = 70
"""Width from which they are."""


class ValueInput(LineInput):
    """A value; enter sets it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "set", id="settings.set"),
        Binding("tab", "release", "keep it", id="settings.leave"),
        Binding("escape", "release", "keep it", show=False, id="settings.escape"),
    ]


def open_page(host: Host, location: Location) -> SettingsPage:
    """Open the settings, with a value that was being typed."""
    return SettingsPage(location)


class SettingsPage(FilteredPage):
    """Enter changes the setting at the cursor."""

    DEFAULT_CSS = """
    SettingsPage {
        & ValueInput { margin: 1 0 0 3; display: none; }
        & #takes { margin: 1 0 0 0; }
    }
    """

    def __init__(self, place: Location) -> None:
        super().__init__()
        self.editing = ""
        """The setting whose value is typed."""
        self._restored = place
        self._before: Location | None = None
        """Where the learner was before that."""

    def body(self) -> ComposeResult:
        """The list, a line to type into, and what the setting at the cursor takes."""
        yield Rows()
        yield ValueInput(id="value")
        yield MarkdownText(id="takes")

    def listing(self) -> Location:
        """The settings."""
        return Location("settings")

    async def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()
        self.explain()
        place = self._restored
        await self.filter_again(place.extra)
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

    @on(Input.Changed, "ValueInput")
    @on(CursorMoved)
    def typing(self) -> None:
        """Save what is typed, and the cursor, with the location."""
        self.keep_place()

    def on_resize(self) -> None:
        """Show the values in a column only if there is room."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Show the present values."""
        self.set_title("Settings", "saved at once")
        column, settings = COLUMN if self.app.size.width >= WIDE else 0, self.study.settings
        self.query_one(Rows).show(
            [
                Row(name, (Span(f"{words:<{column}}   "), Span(value_words(settings, name), "bold")))
                for name, (words, _) in LABELS.items()
            ]
        )

    @on(Rows.Moved)
    def explain(self) -> None:
        """What the setting at the cursor takes."""
        row = self.query_one(Rows).current
        if row is not None:
            text = Span(f"{LABELS[row.id][1]}", "muted")
            self.query_one("#takes", MarkdownText).show([Paragraph((text,), indent=1)])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Give it its next value, or ask for one."""
        name = message.row.id
        if name == "keys":
            self.host.go(Location("keys"))
            return
        value = next_value(self.study.settings, name)
        if value is not None:
            self.change(name, value)
        else:
            found = self.study.last_place()
            self._before = found[0] if found is not None else None
            self.edit(name, str(getattr(self.study.settings, name)))

    def edit(self, name: str, text: str, cursor: int | None = None) -> None:
        """Open the field for the value."""
        self.editing = name
        field = self.query_one(ValueInput)
        field.put(text, cursor)
        field.display = True
        field.focus()

    @on(Input.Submitted, "ValueInput")
    def typed(self, message: Input.Submitted) -> None:
        """Set the value."""
        if self.change(self.editing, message.value.strip()):
            self.close_field()

    @on(FieldLeft)
    def left(self, message: FieldLeft) -> None:
        """Close the field; the value does not change."""
        message.stop()
        self.close_field()

    def change(self, name: str, text: str) -> bool:
        """Set and show a value; return whether it was possible."""
        try:
            self.study.set(name, text)
        except Dev2CtoError as error:
            self.show_error(error)
            return False
        self.notify_learner()
        if name == "theme":
            self.app.theme = theme_name(self.study.settings.theme)
        self.refresh_content()
        return True

    def close_field(self) -> None:
        """Go back to the list, and save the location from before the field was opened."""
        self.query_one(ValueInput).display = False
        self.study.keep(self._before or Location("settings"))
        self.host.live_changed()
        self.query_one(Rows).focus()

    def action_back(self) -> None:
        """Close the field first, if it is open."""
        if self.query_one(ValueInput).display:
            self.close_field()
        else:
            super().action_back()
