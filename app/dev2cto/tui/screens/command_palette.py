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

from dev2cto.markdown.parser import Span, para
from dev2cto.study.screens import SCREENS
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.base import Page
from dev2cto.tui.textual_patches.internals import own_bindings
from dev2cto.tui.widgets.inputs import LineInput, typing_actions
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.row import Row
from dev2cto.tui.widgets.row_filter import fitting
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.title_and_keys import describe

if TYPE_CHECKING:
    from textual.app import App

    from dev2cto.tui.host import Host

ONLY_KEYS = frozenset((
    "move", "leaf", "edge", "line", "less", "more", "page", "pick", "digit", "decide", "rate", "sure", "step", "open",
    "act",
    "focus_next", "focus_previous", "release", "usual", "submit", "close", "copy_text", "commands", "stay", "help_quit",
    *(action for lines in (True, False) for action in typing_actions(lines)),
))  # fmt: skip
"""Actions that mean something only as keys: they move, choose or type."""


class PaletteEntry(NamedTuple):
    """Something that can be done: its name, what is shown beside it, and where to go or what to do on which node."""

    title: str
    note: str
    does: Location | tuple[str, DOMNode]

    def leaves(self) -> bool:
        """Whether it leaves the screen or the program: those come last, out of the way of slips."""
        return isinstance(self.does, tuple) and parse(self.does[0])[1] in ("back", "leave", "stop")


class PaletteInput(LineInput):
    """Words to find a command by; enter does the first one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "do the first", id="commands.first"),
        Binding("down", "release", "to the list", id="commands.list"),
    ]


class CommandsPage(Page):
    """Type to find, enter to do."""

    DEFAULT_CSS = "CommandsPage PaletteInput { margin: 0 0 1 3; }"
    FOCUS = "PaletteInput"

    def __init__(self, below: Page, words: str = "", cursor: int | None = None) -> None:
        """For what can be done on the screen below; with words typed so far."""
        super().__init__()
        self.below, self.words, self.cursor = below, words, cursor
        self.commands = tuple(sorted(commands(below), key=PaletteEntry.leaves))
        self.found: tuple[PaletteEntry, ...] = ()

    def body(self) -> ComposeResult:
        """A line to type into, and the commands."""
        yield PaletteInput(placeholder="type to find a command")
        yield Rows(numbered=False)
        yield MarkdownText(id="none")

    def on_mount(self) -> None:
        """All of them at first."""
        self.set_title("Commands")
        self.query_one(PaletteInput).put(self.words, self.cursor)
        self.find()

    def place(self) -> Location | None:
        """That of the screen below, with what is typed here."""
        found, field = self.below.place(), self.query_one(PaletteInput)
        return found and found._replace(extra={**found.extra, "command": [field.value, field.cursor_position]})

    @on(Input.Changed)
    def typed(self) -> None:
        """The words are part of the place."""
        self.keep_place()
        self.find()

    def find(self) -> None:
        """Those that fit what is typed; first those whose name begins so."""
        words, texts = self.query_one(PaletteInput).value, [f"{c.title} {c.note}" for c in self.commands]
        fit, begin = [self.commands[number - 1] for number in fitting(texts, words)], words.strip().casefold()
        self.found = tuple(sorted(fit, key=lambda c: not c.title.casefold().startswith(begin)))
        self.query_one(Rows).show(
            [Row(str(n), (Span(c.title), Span(f"   {c.note}", "muted"))) for n, c in enumerate(self.found)], 0
        )
        self.query_one("#none", MarkdownText).show([] if self.found else [para("No matching command.", "muted")])

    @on(Input.Submitted)
    def first(self) -> None:
        """Do the first one found; with nothing typed, nothing was meant yet."""
        if not self.query_one(PaletteInput).value.strip():
            self.notify_learner("Type a word to find a command, or press down for the list.")
        elif self.found:
            self.do(self.found[0])

    @on(Rows.Opened)
    def opened(self, message: Rows.Opened) -> None:
        """Do the one at the cursor."""
        self.do(self.found[int(message.row.id)])

    def do(self, command: PaletteEntry) -> None:
        """Close, and once the screen below is shown again, do it there.

        Nothing waits here for the closing: it ends only after this handler has.
        """
        self.app.pop_screen()
        self.app.screen.call_later(self.perform, self.app, self.host, command)

    @staticmethod
    async def perform(app: App[int], host: Host, command: PaletteEntry) -> None:
        """Open the command's screen, or run its action."""
        if isinstance(command.does, Location):
            host.go(command.does)
        else:
            await app.run_action(*command.does)


def commands(page: Page) -> Iterator[PaletteEntry]:
    """What the bindings of that screen offer, also those that a text field under the cursor takes as text."""
    app, host = page.app, page.host
    seen: set[str] = set()
    start: DOMNode = page.focused or page
    for node in start.ancestors_with_self:
        for binding in own_bindings(node):
            title = describe(binding)
            namespace, name, parameters = parse(binding.action)
            able = (app if namespace == "app" else node).check_action(name, parameters) is not False
            if able and title not in seen and name not in ONLY_KEYS and binding.id:
                seen.add(title)
                yield PaletteEntry(capital(title), host.key_of(binding), (binding.action, node))
    yield PaletteEntry("Continue where you left off", "", ("app.resume", app))
    for module in page.study.course.modules:
        yield PaletteEntry(f"Open {module.name}", module.title, Location("step", (module.id,)))
    for name, screen in SCREENS.items():
        if screen.note and screen.title.lower() not in seen:
            yield PaletteEntry(screen.title, screen.note, Location(name))


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]
