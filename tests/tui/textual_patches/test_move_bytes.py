"""A move in a list takes few bytes, whatever the list: two rows are drawn again, and what changed in the key line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen as TextualScreen

from dev2cto.study.study import Study
from dev2cto.tui.answers.judged import JudgedRows
from dev2cto.tui.app import CourseApp
from dev2cto.tui.textual_patches.diff_display import CellDiff, ScreenBuffer
from dev2cto.tui.widgets.diff_rows import DiffText
from dev2cto.tui.widgets.rows import Rows
from tests.support.tour import at, classes

STOPS = (
    "artefact with versions", "cues, passage shown", "code lab", "diff, marked line", "diff, gap", "exam",
    "exam, overview", "glossary", "home, lived in", "keys", "notebook", "outline", "plan", "portfolio",
    "quiz, arrange", "quiz, group", "quiz, mark lines", "quiz, pair", "quiz, pick many", "quiz, text compared",
    "rubric", "scenario, scene", "search with hits", "settings", "simulation, divided", "step", "survey, statement",
    "writing, below the text",
)  # fmt: skip
"""States of the tour with every kind of list."""
MOVES = ("down", "down", "up")


def raising(error: Exception) -> None:
    raise error


class CountingApp(CourseApp):
    """The app, with what it would send to a terminal."""

    theme_now, system = "dark", ColorSystem.TRUECOLOR

    def __init__(self, study: Study, **options: Any) -> None:
        study.set("theme", self.theme_now)
        super().__init__(study, **options)
        self.console._color_system = self.system
        self.shadow = ScreenBuffer(1, 1)
        self.sent: list[str] = []

    def _display(self, screen: TextualScreen[Any], renderable: Any) -> None:
        drawn = isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self._batch_count
        if drawn and not getattr(screen, "held", False):
            if self.shadow.size != tuple(self.size):
                self.shadow = ScreenBuffer(*self.size)
            self.sent.append(CellDiff(renderable, self.shadow, raising).changes(self.console))
        super()._display(screen, renderable)


class InSixteen(CountingApp):
    """The same in the terminal's own colours."""

    theme_now, system = "terminal", ColorSystem.STANDARD


@pytest.mark.parametrize(("kind", "most"), [(CountingApp, 550), (InSixteen, 300)], ids=["truecolor", "sixteen"])
async def test_a_move_in_any_list_fits(
    kind: type[CountingApp], most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.pilot_driver.CourseApp", kind)
    seen: set[type] = set()
    long: dict[tuple[str, str], str] = {}
    for number, stop in enumerate(STOPS):
        async with at(stop, tmp_path / str(number), (120, 40)) as driver:
            app, rows = driver.app, driver.page.focused
            assert isinstance(rows, Rows), stop
            assert isinstance(app, CountingApp)
            frame = rows.scroller()
            seen.add(type(rows))
            for key in MOVES:
                app.sent, top = [], frame.scroll_offset if frame else None
                await driver.press(key)
                drawn = "".join(app.sent)
                if len(drawn.encode()) > most and (frame is None or frame.scroll_offset == top):
                    long[stop, key] = drawn
    assert long == {}
    assert {cls for cls in classes() if issubclass(cls, Rows) and not cls.__subclasses__()} - seen == {
        DiffText,
        JudgedRows,
    }
