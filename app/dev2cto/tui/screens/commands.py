"""The palette: everything that can be done on the screen below, found by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.actions import parse
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.widgets import Input

from dev2cto.curriculum.search import folded
from dev2cto.prose.blocks import Span, para
from dev2cto.tui.page import Page
from dev2cto.tui.widgets.fields import LineInput
from dev2cto.tui.widgets.frame import key_name
from dev2cto.tui.widgets.lines import Prose
from dev2cto.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dev2cto.tui.app import CourseApp

ONLY_KEYS = ("move", "leaf", "edge", "line", "page", "pick", "digit", "open", "act", "focus_next", "focus_previous",
             "release", "submit", "copy_text", "commands", "nothing")  # fmt: skip
"""Actions that mean something only as keys: they move, choose or type."""
ELSEWHERE = (
    ("portfolio", "Portfolio", "what you have written"),
    ("settings", "Settings", "goal, reviews, colours, editor"),
)
"""Screens without a key of their own."""


class Command(NamedTuple):
    """Something that can be done: its name, what stands beside it, the action and the node that has it."""

    title: str
    note: str
    action: str
    node: DOMNode | None


class CommandInput(LineInput):
    """Words to find a command by; enter does the first one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "do the first", id="commands.first"),
        Binding("down", "release", "to the list", show=False, id="commands.list"),
    ]


class CommandsPage(Page):
    """Type to find, enter to do."""

    DEFAULT_CSS = "CommandsPage CommandInput { margin: 0 0 1 3; }"
    FOCUS = "CommandInput"

    def __init__(self, below: Page) -> None:
        super().__init__()
        self.commands = tuple(commands(below))
        self.found: tuple[Command, ...] = ()

    def body(self) -> ComposeResult:
        """A line to type into, and the commands."""
        yield CommandInput(placeholder="type to find a command")
        yield Rows(numbered=False)
        yield Prose(id="none")

    def on_mount(self) -> None:
        """All of them at first."""
        self.head("Commands")
        self.find()

    @on(Input.Changed)
    def find(self) -> None:
        """Those that hold all the words typed."""
        words = folded(self.query_one(CommandInput).value).split()
        self.found = tuple(c for c in self.commands if all(word in folded(c.title) for word in words))
        self.query_one(Rows).show(
            [Row(str(n), (Span(c.title), Span(f"   {c.note}", "muted"))) for n, c in enumerate(self.found)], 0
        )
        self.query_one("#none", Prose).show([] if self.found else [para("No command is called that.", "muted")])

    @on(Input.Submitted)
    def first(self) -> None:
        """Do the first one found."""
        if self.found:
            self.do(self.found[0])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Do the one at the cursor."""
        self.do(self.found[int(message.row.id)])

    def do(self, command: Command) -> None:
        """Close, and once the screen below is shown again, do it there.

        Nothing waits here for the closing: it ends only after this handler has.
        """
        app = self.course_app
        app.pop_screen()
        app.screen.call_later(perform, app, command)


async def perform(app: CourseApp, command: Command) -> None:
    """Open the command's screen, or run its action."""
    if command.node is None:
        app.go(command.action)
    else:
        await app.run_action(command.action, command.node)


def commands(page: Page) -> Iterator[Command]:
    """What the bindings of that screen offer, also those that a text field under the cursor takes as text."""
    seen: set[str] = set()
    start: DOMNode = page.focused or page
    for node in start.ancestors_with_self:
        for bindings in node._bindings.key_to_bindings.values():
            for binding in bindings:
                name = binding.action.rpartition(".")[2]
                known = binding.description in seen or name.partition("(")[0] in ONLY_KEYS
                if known or not binding.id or not binding.description or not allowed(node, name):
                    continue
                seen.add(binding.description)
                yield Command(binding.description.capitalize(), key_name(binding), binding.action, node)
    for screen, title, note in ELSEWHERE:
        yield Command(title, note, screen, None)


def allowed(node: DOMNode, action: str) -> bool:
    """Whether the node would do that now."""
    _, name, parameters = parse(action)
    return node.check_action(name, parameters) is not False
