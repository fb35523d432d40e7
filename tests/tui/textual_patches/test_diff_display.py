"""The thin display shows what Textual would have drawn, cell by cell, with colours and attributes."""

from __future__ import annotations

import importlib
import pkgutil
from random import Random
from typing import Any

import pyte
import pytest
import textual
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen as TextualScreen
from textual.strip import Strip

import dev2cto.tui.screens
from dev2cto.study.sessions.artefact import ArtefactSession
from dev2cto.study.state.location import Location
from dev2cto.study.state.promises import make_promise, promises, proposed
from dev2cto.study.study import Study
from dev2cto.tui.app import CourseApp
from dev2cto.tui.screens.base import Page
from dev2cto.tui.screens.exercises.rubric import RubricPage
from dev2cto.tui.screens.final import FinalPage
from dev2cto.tui.screens.final_result import FinalResultPage
from dev2cto.tui.screens.overview import OverviewPage
from dev2cto.tui.screens.result import ResultPage
from dev2cto.tui.screens.sessions import SessionsPage
from dev2cto.tui.textual_patches.diff_display import (
    CLEARED,
    CellDiff,
    ScreenBuffer,
    installed_version,
    is_supported,
    without_defaults,
)
from dev2cto.tui.textual_patches.row_diff import can_edit, can_erase, difference, of_blank, transition
from dev2cto.tui.textual_patches.scroll_detection import ScrollMove
from tests.support.capstone import take_final
from tests.support.fake_learner import take, write
from tests.support.pilot_driver import NAMES, running
from tests.support.studies import FakeClock
from tests.support.terminal_screen import Screen, differences


class Twins:
    """The same updates on two terminals: in Textual's way, and in ours."""

    def __init__(self, width: int, height: int) -> None:
        self.theirs, self.ours = Screen(width, height), Screen(width, height)
        self.shadow = ScreenBuffer(width, height)

    def draw(self, update: LayoutUpdate | ChopsUpdate, console: Console) -> list[str]:
        """Draw on both; returns where they differ then."""
        plain = update.render_segments(console)
        thin = CellDiff(update, self.shadow, raising).changes(console)
        pyte.Stream(self.theirs).feed(plain)
        pyte.Stream(self.ours).feed(thin)
        changed = sorted(y for y in self.ours.dirty | self.theirs.dirty if y < self.ours.lines)
        self.ours.dirty.clear()
        self.theirs.dirty.clear()
        return differences(self.ours, self.theirs, changed)


def raising(error: Exception) -> None:
    raise error


class TwinnedApp(CourseApp):
    """The app, with twins that follow it."""

    def __init__(self, study: Study, system: ColorSystem) -> None:
        super().__init__(study)
        self.console._color_system = system
        self.twins = Twins(1, 1)
        self.wrong: list[str] = []
        self.visited: set[str] = set()

    def _display(self, screen: TextualScreen[Any], renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self._batch_count:
            if (self.twins.ours.columns, self.twins.ours.lines) != tuple(self.size):
                self.twins = Twins(*self.size)
            self.visited.add(type(screen).__name__)
            for difference in self.twins.draw(renderable, self.console)[:3]:
                self.wrong.append(f"{type(screen).__name__}: {difference}")
        super()._display(screen, renderable)


def every_screen() -> set[str]:
    """The names of all screens that are no base of others."""
    for module in pkgutil.walk_packages(dev2cto.tui.screens.__path__, "dev2cto.tui.screens."):
        importlib.import_module(module.name)
    found: set[str] = set()
    waiting: list[type] = [Page]
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        if cls.__module__.startswith("dev2cto.tui.screens.") and not cls.__subclasses__():
            found.add(cls.__name__)
    return found | {"TextPage", "TooSmall"}


FINAL_FORM = {"FinalStartPage", "FinalPage", "OverviewPage", "FinalResultPage"}
"""Screens of the final form, which have a test of their own."""
MOVES = ("down", "down", "space", "up", "end", "up", "home")
WIDE_TEXT = "wide: 漢字 かな e\u0301 end"
LISTS = (
    ("step", ("t2",)), ("reading", ("s-contracts",)), ("glossary", ()), ("notebook", ()), ("progress", ()),
    ("portfolio", ()), ("plan", ()), ("cues", ()), ("transcript", ()), ("settings", ()), ("help", ()), 
    ("quiz", ("t1",)), ("keys", ()), ("welcome", ()),
)  # fmt: skip
"""Screens to look around in."""
WORK = (
    ("quiz", ("t2",)), ("review", ()), ("exercise", ("t-x-friday",)), ("exercise", ("t-x-waits",)),
    ("exercise", ("t-x-self",)), ("exercise", ("t-x-adding",)), ("exercise", ("t-x-note",)),
    ("exercise", ("t-x-two-quarters",)), ("settings", ()),
)  # fmt: skip
"""Screens to answer and to open things on."""


async def visit(app: TwinnedApp, pilot: Pilot[int]) -> None:
    """Every screen, with keys that move, open, choose and type."""

    async def back() -> None:
        while len(app.screen_stack) > 2:
            app.pop_screen()
            await pilot.pause()

    async def go(screen: str, *ids: str) -> None:
        await back()
        app.go(Location(screen, ids))
        await pilot.pause()

    for screen, ids in LISTS:
        await go(screen, *ids)
        await pilot.press(*MOVES)
    await go("promise", "s-contracts")
    await pilot.press(*MOVES)
    make_promise(app.study, "s-contracts", proposed(app.study, "s-contracts"))
    await go("outcome", promises(app.study)[0].id)
    await pilot.press(*MOVES)
    for screen, ids in WORK:
        await go(screen, *ids)
        await pilot.press("enter", "1", "down", "enter", "2", "enter", "enter", "end")
    await go("exercise", "t-x-review")
    await pilot.press(
        "enter",
        "down",
        "end",
        "home",
        "o",
        "right",
        "1",
        "down",
        "enter",
        *typed(WIDE_TEXT),
        "tab",
        "2",
        "l",
        "down",
        "2",
    )
    await pilot.pause()
    await pilot.press("f", "f", "end", "t", "end", "q", "v", "v", "a")
    await go("exercise", "t-x-adding")
    await pilot.press("h", *MOVES, "h")
    await go("reading", "s-contracts")
    await pilot.press("slash", *"call", "enter", "n", "N", "o", "down", "enter", "i", "q", "g", "q", "m", "e")
    await pilot.press(*typed(WIDE_TEXT), *["enter", "x"] * 12, *["backspace"] * 4, "up", "up", "left", *"mid")
    await go("search", "漢字")
    await pilot.press(*"call", "enter", "down", "down")
    await go("report", "s-retry")
    await pilot.press(*typed("漢字 is wrong"))
    await back()
    await pilot.press("colon", *"set", "down")
    note = app.study.exercise("t-x-note")
    assert isinstance(note, ArtefactSession)
    quiz = next(iter(dict(app.study.record.table("attempts").stream())))
    for page in (ResultPage(app.study.attempt(quiz)), RubricPage(note, str(note.versions()[-1]["id"])), SessionsPage()):
        await back()
        app.push_screen(page)
        await pilot.press("down", "up" if isinstance(page, SessionsPage) else "enter")
    await back()
    for size in ((50, 15), (70, 22), (130, 35)):
        await pilot.resize_terminal(*size)
        await pilot.press("down", "up")


def typed(text: str) -> list[str]:
    """The keys of a text."""
    return [NAMES.get(char, char) for char in text]


@pytest.fixture
def learned(study: Study, clock: FakeClock) -> Study:
    """A study with something on every screen."""
    take(study, study.quiz("t1"), miss=("s-retry",))
    write(study)
    clock.pass_(days=20)
    return study


@pytest.mark.parametrize(
    ("size", "theme", "system", "no_color"),
    [
        ((80, 24), "terminal", ColorSystem.TRUECOLOR, False),
        ((120, 40), "light", ColorSystem.STANDARD, False),
        ((80, 24), "dark", ColorSystem.TRUECOLOR, True),
    ],
)
async def test_every_screen_is_drawn_as_textual_would(
    learned: Study,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    system: ColorSystem,
    no_color: bool,
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    learned.set("theme", theme)
    app = TwinnedApp(learned, system)
    async with running(app, size) as pilot:
        await visit(app, pilot)
        assert app.wrong == []
        assert every_screen() - app.visited == FINAL_FORM


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_final_form_is_drawn_as_textual_would(study: Study, size: tuple[int, int]) -> None:
    app = TwinnedApp(study, ColorSystem.TRUECOLOR)
    async with running(app, size) as pilot:
        app.go(Location("final", ("c11",)))
        await pilot.pause()
        await pilot.press(*MOVES, "enter", "1", "down", "enter", "2")
        form = app.screen
        assert isinstance(form, FinalPage)
        app.push_screen(OverviewPage(form, 1))
        await pilot.pause()
        await pilot.press(*MOVES, "m")
        take_final(form.final)
        app.push_screen(FinalResultPage(form.final))
        await pilot.pause()
        await pilot.press(*MOVES)
        assert app.wrong == []
        assert app.visited >= FINAL_FORM


@pytest.mark.parametrize("broken", ["difference", "runs", "blank_tail", "find_move", "codes"])
async def test_the_comparison_finds_a_fault(study: Study, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    faults: dict[str, Any] = {
        "difference": lambda y, row, old, pen, out: pen,
        "runs": lambda y, row, old, pen, out: pen,
        "blank_tail": lambda row, old: (len(row) // 2, ""),
        "find_move": lambda rows, shadow: ScrollMove(3, 12, 1),
        "codes": lambda style, system: "",
    }
    app = TwinnedApp(study, ColorSystem.TRUECOLOR)
    async with running(app) as pilot:
        module = "row_diff" if broken in ("runs", "blank_tail", "find_shift") else "diff_display"
        monkeypatch.setattr(f"dev2cto.tui.textual_patches.{module}.{broken}", faults[broken])
        await pilot.press("1", "down", "up")
        assert app.wrong


STYLES = [
    Style(**kinds)
    for kinds in (
        {}, {"bold": True}, {"dim": True}, {"reverse": True}, {"underline": True, "bold": True}, {"strike": True},
        {"color": "red"}, {"bgcolor": "blue"}, {"bgcolor": "#102030", "color": "#ffffff"}, {"italic": True},
        {"bold": True, "underline": True, "bgcolor": "#040709"}, {"reverse": True, "bgcolor": "green"},
    )
]  # fmt: skip
TEXTS = ["abc ", "   ", "          ", "漢字", "é", "e\u0301", "x", " ", "かな ab", "|"]


def random_strip(rng: Random, width: int) -> Strip:
    """Segments of random texts and styles in exactly that many cells."""
    strip = Strip([Segment(rng.choice(TEXTS), rng.choice(STYLES)) for _ in range(rng.randrange(1, 9))])
    return strip.adjust_cell_length(width, rng.choice(STYLES))


def random_update(rng: Random, width: int, height: int, last: list[Strip]) -> LayoutUpdate | ChopsUpdate:
    """The whole screen again, the same one moved by some lines, a part of it, or some rows from some column on."""
    kind = rng.choice(["whole", "moved", "part", "chops"])
    if kind == "moved":
        by = rng.randrange(-3, 4)
        kept = [last[y + by] if 0 <= y + by < height else random_strip(rng, width) for y in range(height)]
        last[:] = kept
        return LayoutUpdate([[strip] for strip in kept], Region(0, 0, width, height))
    if kind == "whole":
        last[:] = [random_strip(rng, width) for _ in range(height)]
        return LayoutUpdate([[strip] for strip in last], Region(0, 0, width, height))
    x, y = rng.randrange(width - 1), rng.randrange(height)
    region = Region(x, y, rng.randrange(1, width - x + 1), rng.randrange(1, height - y + 1))
    parts = [random_strip(rng, region.width) for _ in range(region.height)]
    if kind == "part":
        return LayoutUpdate([[part] for part in parts], region)
    chops: list[dict[int, Strip | None]] = [{} for _ in range(height)]
    ends: list[list[int]] = [[] for _ in range(height)]
    for row, part in zip(range(region.y, region.bottom), parts, strict=True):
        chops[row], ends[row] = {region.x: part}, [region.right]
    spans = [(row, region.x, region.right) for row in range(region.y, region.bottom)]
    return ChopsUpdate(chops, spans, ends)


@given(seed=st.integers(0, 10**6), system=st.sampled_from(list(ColorSystem)[:3]))
@settings(max_examples=120, deadline=None)
def test_random_updates_are_drawn_as_textual_would(seed: int, system: ColorSystem) -> None:
    rng = Random(seed)
    width, height = rng.randrange(12, 50), rng.randrange(4, 16)
    console = Console(file=None, force_terminal=True, color_system="truecolor")
    console._color_system = system
    twins, last = Twins(width, height), [Strip.blank(width) for _ in range(height)]
    for _ in range(6):
        assert twins.draw(random_update(rng, width, height, last), console) == []


def test_lines_that_blanks_show_are_not_erased() -> None:
    for sgr in ("4", "1;4;31", "7", "1;7", "9;48;2;1;2;3", "53"):
        assert not can_erase(sgr), sgr
    for sgr in ("", "1", "31", "48;2;4;7;9", "1;38;5;7", "44"):
        assert can_erase(sgr), sgr


def test_gnu_screen_does_not_erase_in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    can_erase.cache_clear()
    monkeypatch.setenv("STY", "1234.pts-0.host")
    assert [can_erase(sgr) for sgr in ("", "2", "44", "48;2;1;2;3", "104")] == [True, True, False, False, False]
    can_erase.cache_clear()


@pytest.mark.parametrize(("version", "thin"), [("8.2.8", True), ("8.2.99", True), ("8.3.0", False), ("9.0", False)])
def test_an_unknown_textual_draws_in_its_own_way(monkeypatch: pytest.MonkeyPatch, version: str, thin: bool) -> None:
    assert installed_version() == textual.__version__
    monkeypatch.setattr("dev2cto.tui.textual_patches.diff_display.installed_version", lambda: version)
    assert is_supported() is thin
    monkeypatch.setenv("DEV2CTO_DISPLAY", "textual")
    assert not is_supported()


async def test_a_fault_of_ours_leaves_drawing_to_textual(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=None, force_terminal=True, color_system="truecolor")
    update = LayoutUpdate([[Strip([Segment("text")])]], Region(0, 0, 4, 1))
    errors: list[Exception] = []
    assert CellDiff(update, ScreenBuffer(4, 0), errors.append).render_segments(console) == ""
    monkeypatch.setattr("dev2cto.tui.textual_patches.diff_display.paint", lambda *_: 1 / 0)
    shown = CellDiff(update, ScreenBuffer(4, 1), errors.append).render_segments(console)
    assert shown == update.render_segments(console)
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_what_stood_on_the_terminal_before_is_cleared_once_and_blanks_need_no_bytes() -> None:
    console = Console(file=None, force_terminal=True, color_system="truecolor")
    update = LayoutUpdate([[Strip([Segment(" text ")])], [Strip([Segment("      ")])]], Region(0, 0, 6, 2))
    shadow = ScreenBuffer(6, 2, clear=True)
    CellDiff(update, shadow, raising)  # made for a frame that Textual never draws
    screen = Screen(6, 2)
    pyte.Stream(screen).feed("shell!\r\nshell!")
    drawn = CellDiff(update, shadow, raising).changes(console)
    assert drawn == f"{CLEARED}\x1b[1;2Htext"
    pyte.Stream(screen).feed(drawn)
    assert list(screen.display) == [" text ", "      "]
    assert CellDiff(update, shadow, raising).changes(console) == ""


def test_the_terminals_own_colours_need_no_words() -> None:
    for sgr, short in (
        ("39;49", ""), ("1;39;49", "1"), ("34;49", "34"), ("38;5;49;49", "38;5;49"), ("", ""),
        ("2;38;2;39;49;1;48;2;49;49;49", "2;38;2;39;49;1;48;2;49;49;49"), ("39;48;5;39", "48;5;39"),
    ):  # fmt: skip
        assert without_defaults(sgr) == short


def test_a_style_follows_another_by_the_shortest_sequence() -> None:
    dark, warm, cool = "48;2;22;24;29", "38;2;224;176;114;48;2;22;24;29", "38;2;127;180;202;48;2;22;24;29"
    assert transition("", "") == "\x1b[0m"
    assert transition(warm, cool) == "\x1b[38;2;127;180;202m"
    assert transition(f"1;{warm}", cool) == "\x1b[22;38;2;127;180;202m"
    assert transition(f"1;{warm}", f"2;{warm}") == "\x1b[22;2m"
    assert transition(warm, f"1;{warm}") == "\x1b[1m"
    assert transition(warm, dark) == f"\x1b[0;{dark}m"
    assert transition("1", "") == "\x1b[0m"


def test_blanks_show_the_background_alone_unless_something_is_drawn_on_them() -> None:
    assert of_blank("1;38;5;3;48;5;4") == "48;5;4"
    assert of_blank("4;31") == "4;31"
    assert of_blank("") == ""


NAMES_OF_KEYS = ("open", "filter the list", "next", "unmark", "see all", "undo", "go on")
"""Parts of a line that come and go."""


def line_of_keys(rng: Random, width: int) -> Strip:
    """Some of the parts, each in two styles, as in the line of keys, with blanks of one style behind them."""
    ground = rng.choice([Style(), Style(bgcolor="#102030")])
    names = [name for name in NAMES_OF_KEYS if rng.random() < 0.7]
    parts = [
        [Segment(f"{n} ", ground + Style(bold=True)), Segment(f"{name}   ", ground)] for n, name in enumerate(names)
    ]
    return Strip([segment for part in parts for segment in part]).adjust_cell_length(width, ground)


@given(seed=st.integers(0, 10**6), term=st.sampled_from(["xterm-256color", "vt100", "screen"]))
@settings(max_examples=100, deadline=None)
def test_a_line_whose_parts_come_and_go_is_drawn_as_textual_would(seed: int, term: str) -> None:
    rng = Random(seed)
    width = rng.randrange(30, 120)
    console = Console(file=None, force_terminal=True, color_system="truecolor")
    twins = Twins(width, 2)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TERM", term)
        can_edit.cache_clear()
        for _ in range(6):
            update = LayoutUpdate([[line_of_keys(rng, width)], [line_of_keys(rng, width)]], Region(0, 0, width, 2))
            assert twins.draw(update, console) == []
    can_edit.cache_clear()


def cells(text: str, width: int) -> list[tuple[str, str]]:
    """The text without a style, and blanks behind it."""
    return [(char, "") for char in text.ljust(width)]


@pytest.mark.parametrize(
    ("term", "shorter", "longer", "blanks"),
    [
        ("xterm", "\x1b[11P\x1b[1;22H\x1b[K", "\x1b[11@\x1b[1;7Hu unmark   ", "a\x1b[18X\x1b[1;20Hb"),
        ("screen", "\x1b[11P\x1b[1;22H\x1b[K", "\x1b[11@\x1b[1;7Hu unmark   ", f"a{' ' * 18}b"),
        ("vt100", "q back   ? help\x1b[K", "u unmark   q back   ? help", f"a{' ' * 18}b"),
    ],
)
def test_the_rest_of_a_line_is_moved_and_blanks_are_erased_where_the_terminal_can(
    monkeypatch: pytest.MonkeyPatch, term: str, shorter: str, longer: str, blanks: str
) -> None:
    monkeypatch.delenv("STY", raising=False)
    monkeypatch.setenv("TERM", term)
    can_edit.cache_clear()
    few, many = cells("open  q back   ? help", 40), cells("open  u unmark   q back   ? help", 40)
    apart, other = cells(f"a{' ' * 18}b", 40), cells("x" * 30, 40)
    for new, old, written in ((few, many, shorter), (many, few, longer), (apart, other, f"{blanks}\x1b[K")):
        out: list[str] = []
        difference(0, new, old, "", out)
        assert "".join(out) == f"\x1b[1;{1 if new is apart else 7}H{written}"
    can_edit.cache_clear()
