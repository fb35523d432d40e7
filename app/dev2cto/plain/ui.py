"""What every screen of plain mode needs: the study, the console, and methods to show, ask and save."""

from __future__ import annotations

import signal
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dev2cto.errors import Dev2CtoError, NotSaved
from dev2cto.markdown.parser import Block, inline, para, parse, plain
from dev2cto.plain.console import Console
from dev2cto.plain.prompt import EVERYWHERE, EXIT, HELP, REPEAT, UNDO, CommandInput, Prompt, Typed, span
from dev2cto.plain.session_end import SessionEnded
from dev2cto.plain.signals import HANG_UP, Signals
from dev2cto.plain.spoken import spoken
from dev2cto.study.state.location import Location
from dev2cto.text import one_line, sanitize

if TYPE_CHECKING:
    from dev2cto.study.state.location import Location
    from dev2cto.study.state.undo import Undo
    from dev2cto.study.study import Study

T = TypeVar("T")
AGAIN = CommandInput("again")
"""Returned by `ask` after a detour: show the screen again, in short where it is long."""


class PlainUI:
    """Plain mode of a study. It does not know the screens: `navigate` opens one and returns when it is left."""

    def __init__(
        self, study: Study, console: Console, signals: Signals, navigate: Callable[[PlainUI, Location], None]
    ) -> None:
        self.study, self.console, self.signals = study, console, signals
        self._navigate = navigate
        self.module = ""
        """The module whose study time runs; empty outside of one."""
        self._undo: Undo | None = None
        self._reported = ""
        """The error of the last failed save, so that it is shown only once."""
        console.before_waiting = self.save_live
        console.page_length = lambda: study.settings.pager
        console.line_came = lambda: study.timer.record_activity(self.module)

    # -- showing

    def show_title(self, title: str, aside: str = "") -> None:
        """Show the title of a screen, between blank lines; it begins what a single dot shows again."""
        self.console.begin()
        self.console.gap()
        self.console.say(f"{title}: {aside}" if aside else title)
        self.console.gap()

    def say(self, text: str) -> None:
        """Show a text."""
        self.console.say(text)

    def numbered_line(self, label: int | str, text: str) -> None:
        """Show a numbered line of a list; continuation lines are indented."""
        self.console.show([para(sanitize(text), marker=f"{label}. ")])

    def show(self, blocks: Sequence[Block]) -> None:
        """Show blocks of text between blank lines."""
        self.console.gap()
        self.console.show(spoken(blocks))
        self.console.gap()

    def show_question(self, blocks: Sequence[Block], options: Sequence[Block]) -> None:
        """Show a question and its options between blank lines, without a pause between them."""
        self.console.gap()
        self.console.show_question(spoken(blocks), options)
        self.console.gap()

    def prose(self, text: str) -> tuple[Block, ...]:
        """Return the course's Markdown as blocks, with sources and facts filled in."""
        return parse(text, self.study.curriculum.cite, self.study.curriculum.fact)

    def inline(self, text: str) -> str:
        """Return a one-line text of the course as plain text, with sources and facts filled in."""
        return plain(inline(text, self.study.curriculum.cite, self.study.curriculum.fact))

    def show_error(self, error: Dev2CtoError) -> None:
        """Show what went wrong and what to do."""
        self.say(f"{error.message.splitlines()[0]} {error.hint}".strip())

    # -- asking

    def ask(self, prompt: Prompt) -> Typed:
        """Ask until the input is valid and return it; AGAIN after a visit to another screen. Raises SessionEnded.

        REPEAT is returned only if the prompt is below a menu, which its caller shows again in full.
        """
        own = {command.key for command in prompt.commands}
        while True:
            line = self.read(prompt.line(self.console.width))
            typed = prompt.read(line)
            if typed is None:
                with self.console.beside():
                    self.say(unknown(line, prompt))
            elif typed == HELP:
                with self.console.beside():
                    self.show_all_commands(prompt.help())
            elif typed == EXIT:
                raise SessionEnded(0)
            elif typed == REPEAT:
                if prompt.menu:
                    return typed
                self.console.repeat()
            elif isinstance(typed, CommandInput) and typed.key and typed.key not in own:
                self.follow(typed)
                return AGAIN
            else:
                return typed

    def follow(self, command: CommandInput) -> None:
        """Open the screen of a command that works everywhere, or undo the last change."""
        if command.key == UNDO.key:
            self.undo()
            return
        screen = next(c.word for c in EVERYWHERE if c.key == command.key)
        self.go(Location(screen, (command.words,) if command.words else ()))

    def offer_undo(self, message: str, undo: Undo) -> None:
        """Say what was changed; u takes it back until something else is changed."""
        self._undo = undo
        self.say(f"{message} u undoes it.")

    def end_undo(self) -> None:
        """Offer no undo any more: something else was changed."""
        self._undo = None

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo is None:
            self.say("There is nothing to undo.")
            return
        try:
            self._undo.run()
        except NotSaved as error:
            self.show_error(error)
            return
        self.say(self._undo.done)
        self._undo = None

    def show_all_commands(self, lines: Sequence[str]) -> None:
        """Show everything that can be typed, one line each."""
        self.console.gap()
        for line in lines:
            self.say(line)
        self.console.gap()

    def read(self, prompt: str) -> str:
        """Return a typed line; unsaved changes are saved before waiting. Raises SessionEnded."""
        return self.console.read(prompt)

    # -- keeping

    def save_location(self, place: Location) -> None:
        """Save where the learner is."""
        self.study.keep(place)

    def save_live(self) -> None:
        """Save what changes with every line; a failure is shown once."""
        if self.study.record.live_due() is None:
            return
        try:
            self.study.record.save_live()
            if self._reported:
                self.say("Saving works again; nothing is lost.")
            self._reported = ""
        except NotSaved as error:
            if error.message != self._reported:
                self._reported = error.message
                self.show_error(error)

    # -- navigating

    def go(self, target: Location) -> None:
        """Open a screen; returns when it is left."""
        self._navigate(self, target)

    def run(self, work: Coroutine[Any, Any, T], besides: tuple[signal.Signals, ...] = ()) -> T:
        """Run `work` and return its result.

        Raises SessionEnded, after cancelling the work, on a signal that is not in `besides`, and after a hang-up before
        beginning it.
        """
        if self.signals.hung_up:
            work.close()
            raise SessionEnded(HANG_UP)
        import asyncio

        codes: list[int] = []

        async def cancellable() -> T:
            task = asyncio.ensure_future(work)

            def on_signal() -> None:
                if code := self.signals.code(besides):
                    codes.append(code)
                    task.cancel()

            asyncio.get_running_loop().add_reader(self.signals.fd, on_signal)
            try:
                return await task
            finally:
                asyncio.get_running_loop().remove_reader(self.signals.fd)

        self.console.flush()
        self.save_live()
        try:
            return asyncio.run(cancellable())
        except asyncio.CancelledError:
            raise SessionEnded(codes[0] if codes else 0) from None


def unknown(line: str, prompt: Prompt) -> str:
    """Message: what is wrong with a line that means nothing at this prompt."""
    text = one_line(line)[:40]
    if not text:
        return f"Type {'a choice' if prompt.choices else 'a command'}; ? lists them."
    if text.isdecimal() and prompt.choices:
        return f"{text} is not a choice here: {span(prompt.choices)}."
    return f"Unknown command: {text}. ? lists them."
