"""The learner's own keys: choose an action, press its new key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from dev2cto.errors import Dev2CtoError
from dev2cto.keymap import ACTIONS, action, format_keymap, key_of, with_key
from dev2cto.markdown.layout import Line
from dev2cto.markdown.parser import Span, para
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import LineWidget, MarkdownText, line_of
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.tui.host import Host

ALL = "all"
"""The row that gives every action its usual key back."""


class KeyField(LineWidget, can_focus=True):
    """Takes the next letter or sign that is pressed as a key to use."""

    DEFAULT_CSS = "KeyField { margin: 1 0 0 3; display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "usual", "the default key", id="keys.usual"),
        Binding("tab", "leave", "keep it", id="keys.leave"),
        Binding("escape", "leave", "keep it", show=False, id="keys.escape"),
    ]

    class Pressed(Message):
        """A key was pressed; empty where the present one stays."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self.name_of_action = ACTIONS[0].name

    def ask(self, name: str) -> None:
        """Ask for a key for that action."""
        self.name_of_action, self.display = name, True
        self.stale()
        self.focus()

    def lines_at(self, width: int) -> tuple[Line, ...]:
        """What is asked for."""
        return (line_of(("Press the new key for: ", "bold"), action(self.name_of_action).what),)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters and signs are no commands here."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """The new key."""
        if event.character is not None and event.is_printable:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.character))

    def action_usual(self) -> None:
        """The key that the action has without a choice."""
        self.post_message(self.Pressed(action(self.name_of_action).key))

    def action_leave(self) -> None:
        """No other key after all."""
        self.post_message(self.Pressed(""))


def open_page(host: Host, location: Location) -> KeysPage:
    """Open the choice of keys."""
    return KeysPage()


class KeysPage(Page):
    """Every action with its key; enter on one asks for another."""

    def body(self) -> ComposeResult:
        """What it is, and the actions."""
        yield MarkdownText(
            [para("Each key works on every screen. Digits, arrows, space, enter and tab cannot be changed.")]
        )
        yield Rows(numbered=False)

    def frame(self) -> ComposeResult:
        """The actions scroll, the place to press the key in stays."""
        yield from super().frame()
        yield KeyField()

    def on_mount(self) -> None:
        """Fill it."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Show the keys as they are."""
        own = self.host.own_keys
        self.set_title("Settings / Keys", f"{len(own)} changed" if own else "the defaults")
        rows = [
            Row(
                known.name,
                (Span(known.what), Span(f"   default {known.key}" if known.name in own else "", "muted")),
                lead=(Span(f"{key_of(own, known.name)}   ", "bold"),),
                gap=n == 0,
            )
            for n, known in enumerate(ACTIONS)
        ]
        rows.append(Row(ALL, (Span("Reset all keys"),), gap=True))
        self.query_one(Rows).show(rows)

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Ask for the key, or give up all choices."""
        self.notify_learner()
        if message.row.id == ALL:
            self.keep({})
        else:
            self.query_one(KeyField).ask(message.row.id)

    @on(KeyField.Pressed)
    def pressed(self, message: KeyField.Pressed) -> None:
        """Use that key, or say why not; then back to the list."""
        name = self.query_one(KeyField).name_of_action
        if message.key:
            try:
                self.keep(with_key(self.host.own_keys, name, message.key))
            except Dev2CtoError as error:
                self.show_error(error)
                return
            self.notify_learner(f"{message.key} is the key for: {action(name).what}.")
        self.query_one(KeyField).display = False
        self.set_focus(self.query_one(Rows), scroll_visible=False)
        self.call_after_refresh(self.query_one(Rows).reveal)

    def keep(self, own: dict[str, str]) -> None:
        """Save the choices and use them. Raises NotSaved where they could not be kept."""
        self.study.set("keys", format_keymap(own))
        self.host.apply_keymap()
        self.refresh_content()
