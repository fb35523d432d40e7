"""Drives the full screen by keys alone and reads what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import process_time

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from dev2cto.study.study import Study
from dev2cto.tui.app import CourseApp
from dev2cto.tui.screens.base import Page
from dev2cto.tui.widgets.line_widget import LineWidget
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.title_and_keys import KeyBar, TitleLine


class Driver:
    """A learner at the keyboard."""

    def __init__(self, app: CourseApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has done its work."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*(NAMES.get(char, char) for char in text))
        await self.settle()

    async def settle(self) -> None:
        """Until every message is worked off and the screen is laid out."""
        for _ in range(2):
            await self.pilot.pause()

    async def listed(self, text: str) -> None:
        """Wait until that is shown: what follows keys after a very short pause."""
        for _ in range(100):
            if text in self.text:
                return
            await self.pilot.pause()
        raise AssertionError(f"{text!r} is not shown:\n{self.text}")

    @property
    def page(self) -> Page:
        """The screen."""
        page = self.app.screen
        assert isinstance(page, Page), page
        return page

    @property
    def name(self) -> str:
        """The class of the screen."""
        return type(self.app.screen).__name__

    @property
    def strips(self) -> list[Strip]:
        """The rows of the terminal."""
        return self.app.screen._compositor.render_strips()

    @property
    def text(self) -> str:
        """What the terminal shows, without the scrollbar in its last column."""
        last = self.app.size.width - 1
        rows = (strip.crop(0, last) if strip.crop(last).text == "│" else strip for strip in self.strips)
        return "\n".join(row.text.rstrip() for row in rows)

    @property
    def flat(self) -> str:
        """What the terminal shows, with every run of white space as one blank."""
        return " ".join(self.text.split())

    @property
    def title(self) -> str:
        """The title line."""
        return lines_of(self.page.query_one(TitleLine))

    @property
    def keys(self) -> str:
        """The line of keys."""
        return lines_of(self.page.query_one(KeyBar)).strip()

    @property
    def notice(self) -> str:
        """The message above the keys."""
        return " ".join(lines_of(self.page.query_one("#notice", LineWidget)).split())

    @property
    def row(self) -> str:
        """The id of the row under the cursor."""
        current = self.page.query(Rows).last().current
        return current.id if current is not None else ""

    async def to_row(self, id: str) -> None:
        """Move the cursor to that row by arrows."""
        rows = self.page.query(Rows).last()
        for _ in range(len(rows.rows)):
            if self.row == id:
                return
            await self.press("down")
        for _ in range(len(rows.rows)):
            if self.row == id:
                return
            await self.press("up")
        raise AssertionError(f"no row {id!r}; there are {[row.id for row in rows.rows]}")

    async def choose(self, id: str) -> None:
        """Open that row."""
        await self.to_row(id)
        await self.press("enter")

    async def to(self, name: str, step: str, part: str = "") -> None:
        """From home to a step (number or id) and one of its parts ("reading:id"); the screen's class is checked."""
        await (self.press(step) if step.isdigit() else self.choose(step))
        if part:
            await self.choose(part)
        assert self.name == name, self.text


NAMES = {
    " ": "space", "\n": "enter", ".": "full_stop", ",": "comma", "-": "minus", ":": "colon", "/": "slash",
    "?": "question_mark", "!": "exclamation_mark", "#": "number_sign", "%": "percent_sign", "=": "equals_sign",
    "_": "underscore", "(": "left_parenthesis", ")": "right_parenthesis", "[": "left_square_bracket",
    "]": "right_square_bracket", "'": "apostrophe", '"': "quotation_mark", ";": "semicolon", "*": "asterisk",
    "+": "plus", "<": "less_than_sign", ">": "greater_than_sign",
}  # fmt: skip


def lines_of(widget: LineWidget) -> str:
    """The text that the widget draws at its present width."""
    return "\n".join(line.text for line in widget._lines)


def shown(widget: Widget) -> str:
    """The text of the widget and of everything in it."""
    parts = [widget, *widget.walk_children(Widget)]
    return "\n".join(lines_of(part) for part in parts if isinstance(part, LineWidget))


LOOK = 0.004
"""Seconds after which it is looked whether the app has come to rest; Textual's pilot takes 0.02, which adds up."""


def has_work(app: CourseApp) -> bool:
    """Whether the screen is going to be laid out, scrolled or drawn, which its timer does up to 17 ms later."""
    if not app._running or not app.screen_stack:
        return False
    screen = app.screen
    wanted = screen._layout_required or screen._scroll_required or screen._repaint_required
    return bool(wanted or screen._dirty_widgets or screen._callbacks)


PARSED: dict[tuple[object, ...], list[RuleSet]] = {}
parse_rules = Stylesheet._parse_rules


def parse_once(stylesheet: Stylesheet, *text: object, **place: object) -> list[RuleSet]:
    """Style sheets are the same in every app of a process, and a fifth of the time in which one starts."""
    key = (*stylesheet._variables.items(), *text, *place.items())
    if key not in PARSED:
        PARSED[key] = parse_rules(stylesheet, *text, **place)  # type: ignore[arg-type]  # handed on as they came
    return PARSED[key]


@asynccontextmanager
async def running(app: CourseApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """That app, running without a terminal; its pilot waits until the screen is drawn and nothing happens any more."""

    async def rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
        for _ in range(int(max_sleep / LOOK)):  # on a busy machine, each takes longer
            used = process_time()
            await asyncio.sleep(LOOK)
            if process_time() - used < LOOK / 20 and not has_work(app):
                return

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("textual.app.wait_for_idle", rest)
        patched.setattr("textual.pilot.wait_for_idle", rest)
        patched.setattr(Stylesheet, "_parse_rules", parse_once)
        async with app.run_test(size=size) as pilot:
            yield pilot


@asynccontextmanager
async def opened(study: Study, size: tuple[int, int] = (80, 24), *, resume: bool = False) -> AsyncIterator[Driver]:
    """The app, running without a terminal."""
    app = CourseApp(study, resume=resume)
    async with running(app, size) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
