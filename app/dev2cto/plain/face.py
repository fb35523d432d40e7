"""The face: one study, one console, what every screen needs of both; and running it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from dev2cto.errors import Dev2CtoError, NotSaved
from dev2cto.plain.console import Console
from dev2cto.plain.ended import Ended
from dev2cto.plain.lines import LineSource, TypedLines
from dev2cto.plain.prompt import Prompt, Said, Typed
from dev2cto.plain.signals import Signals
from dev2cto.prose.blocks import Block, inline, para, parse, plain
from dev2cto.text import clean

if TYPE_CHECKING:
    from dev2cto.plain.target import Target
    from dev2cto.study.core import Study
    from dev2cto.study.place import Place

T = TypeVar("T")
AGAIN = Said("again")
"""What `ask` gives after it went somewhere else and came back: show the screen again."""


class Face:
    """The line-mode face of a study."""

    def __init__(self, study: Study, console: Console, signals: Signals) -> None:
        self.study, self.console, self.signals = study, console, signals
        self.module = ""
        """The module whose study time runs; empty outside of one."""
        self._told = ""
        console.before_waiting = self.save_live
        console.line_came = lambda: study.timekeeper.alive(self.module)

    # -- showing

    def head(self, title: str, aside: str = "") -> None:
        """Where one is, after a blank line."""
        self.console.gap()
        self.console.say(f"{title}: {aside}" if aside else title)
        self.console.gap()

    def say(self, text: str) -> None:
        """A text of our own."""
        self.console.say(text)

    def item(self, label: int | str, text: str) -> None:
        """A numbered line of a list; what is too long for a line stands under its beginning."""
        self.console.show([para(clean(text), marker=f"{label}. ")])

    def show(self, blocks: Sequence[Block]) -> None:
        """Blocks of text, set apart by blank lines."""
        self.console.gap()
        self.console.show(blocks)
        self.console.gap()

    def prose(self, text: str) -> tuple[Block, ...]:
        """Markdown of the course as blocks, with its sources and facts filled in."""
        return parse(text, self.study.curriculum.cite, self.study.curriculum.fact)

    def line(self, text: str) -> str:
        """A one-line text of the course."""
        return plain(inline(text, self.study.curriculum.cite, self.study.curriculum.fact))

    def complain(self, error: Dev2CtoError) -> None:
        """What went wrong, and the way out."""
        self.say(f"{error.message.splitlines()[0]} {error.hint}".strip())

    # -- asking

    def ask(self, prompt: Prompt) -> Typed:
        """What was typed, once it means something here; AGAIN after a visit to another screen. Raises Ended."""
        while True:
            line = self.read(prompt.line(self.console.width))
            if line.strip() == "?":
                self.tell_all(prompt.help())
                continue
            typed = prompt.read(line)
            if typed is None:
                self.say(f"{line.strip()[:40]!r} means nothing here." if line.strip() else "Enter does nothing here.")
            elif isinstance(typed, Said) and typed.key and typed.key not in {c.key for c in prompt.commands}:
                self.elsewhere(typed)
                return AGAIN
            else:
                return typed

    def tell_all(self, lines: Sequence[str]) -> None:
        """All that can be typed, a line for each."""
        self.console.gap()
        for line in lines:
            self.say(line)
        self.console.gap()

    def elsewhere(self, said: Said) -> None:
        """A command that works everywhere."""
        from dev2cto.plain.routes import go
        from dev2cto.plain.target import Target

        screens = {"/": "search", "n": "notebook", "p": "progress", "r": "review", "g": "glossary"}
        go(self, Target(screens[said.key], (said.words,) if said.words else ()))

    def read(self, prompt: str) -> str:
        """A typed line; what is unsaved is saved before it is waited for. Raises Ended."""
        return self.console.read(prompt)

    # -- keeping

    def keep(self, place: Place) -> None:
        """Remember where the learner is."""
        self.study.keep(place)

    def save_live(self) -> None:
        """Save what changes with every line; a disk that refuses is told once."""
        if self.study.record.live_due() is None:
            return
        try:
            self.study.record.save_live()
            if self._told:
                self.say("Saved again; nothing is missing.")
            self._told = ""
        except NotSaved as error:
            if error.message != self._told:
                self._told = error.message
                self.complain(error)

    def take_in(self) -> None:
        """What other sessions wrote meanwhile; a disk that refuses does not keep the learner from reading on."""
        from dev2cto.study.taking_in import take_in

        try:
            take_in(self.study)
        except NotSaved:
            return

    # -- going places

    def go(self, target: Target) -> None:
        """Another screen, and back here."""
        from dev2cto.plain.routes import go

        go(self, target)

    def run(self, work: Coroutine[Any, Any, T], besides: tuple[signal.Signals, ...] = ()) -> T:
        """The result of some work that takes a while.

        Raises Ended where a signal came, other than those in `besides`: then the work was cancelled.
        """
        import asyncio

        codes: list[int] = []

        async def attended() -> T:
            task = asyncio.ensure_future(work)

            def heard() -> None:
                if code := self.signals.code(besides):
                    codes.append(code)
                    task.cancel()

            asyncio.get_running_loop().add_reader(self.signals.fd, heard)
            try:
                return await task
            finally:
                asyncio.get_running_loop().remove_reader(self.signals.fd)

        self.console.flush()
        self.save_live()
        try:
            return asyncio.run(attended())
        except asyncio.CancelledError:
            raise Ended(codes[0] if codes else 0) from None


def run_plain(
    study: Study, *, resume: bool = False, source: LineSource | None = None, out: TextIO | None = None
) -> int:
    """Run the line-mode face and close the record; returns the exit code.

    `source` and `out` stand for standard input and output. Raises BrokenPipeError where nobody reads any more, after
    everything was saved.
    """
    out = out or sys.stdout
    with Signals() as signals:
        console = Console(source or _standard_input(signals), out)
        try:
            _sit(Face(study, console, signals), resume)
            code, words = 0, ""
        except Ended as end:
            code, words = end.code, ""
        except BrokenPipeError:
            _close(study)
            raise
        except OSError:
            code, words = 129, ""  # the terminal is gone: it neither takes nor gives lines
        except Exception as error:  # nobody foresaw it; the learner gets a sentence, we get the details
            from dev2cto.study.crash import write_log

            words, code = write_log(error), 1
        reason = study.record.readonly_reason
        problem = _close(study)
        if code == 129:
            _mute(out)
        else:
            saved = f"Nothing was saved: {reason}." if reason else "Everything is saved."
            for line in (problem or words or saved).split("\n"):
                console.say(line)
            console.flush()
    return code or (3 if problem else 0)


def _sit(face: Face, resume: bool) -> None:
    from dev2cto.plain.home import go_on, home, tell
    from dev2cto.plain.sessions import settle

    settled = settle(face)
    if settled == "quit":
        return
    tell(face)
    if resume or settled == "resume":
        go_on(face)
    home(face)


def _standard_input(signals: Signals) -> LineSource:
    encoding = sys.stdin.encoding if sys.stdin else "utf-8"
    return TypedLines(sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY), signals, encoding)


def _close(study: Study) -> str:
    """Save everything and close the record; why that could not be, or an empty string."""
    study.timekeeper.keep()
    return study.record.save_and_close()


def _mute(out: TextIO) -> None:
    """Send what is still to be written nowhere, so that the end of the program does not stumble over it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
