"""Private names of Textual are used in one folder only, and closed screens are freed."""

from __future__ import annotations

import ast
import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual

from dev2cto.study.state.location import Location
from dev2cto.study.study import Study
from dev2cto.tui import textual_patches
from tests.support.pilot_driver import opened

TUI = Path(textual_patches.__file__).parents[1]
OUTSIDE = sorted(path for path in TUI.rglob("*.py") if path.parent.name != "textual_patches")
INSIDE = sorted((TUI / "textual_patches").glob("*.py"))
README = (TUI / "textual_patches" / "README.md").read_text(encoding="utf-8")
MEBIBYTE = 1024 * 1024


def textuals_own_names() -> set[str]:
    """Private methods and attributes of Textual."""
    sources = [path.read_text(encoding="utf-8") for path in Path(textual.__file__).parent.rglob("*.py")]
    return {name for source in sources for name in re.findall(r"(?:def |self\.)(_[a-z]\w+)", source)}


def attributes(path: Path) -> list[ast.Attribute]:
    return [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)]


def private_modules(path: Path) -> set[str]:
    """Private modules of Textual that a file imports."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module and n.module.startswith("textual._")}


def our_names() -> set[str]:
    """Private names that our own classes set, and those of named tuples."""
    stored = {n.attr for path in OUTSIDE for n in attributes(path) if isinstance(n.ctx, ast.Store)}
    nodes = [n for path in OUTSIDE for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    declared = {n.target.id for n in nodes if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    methods = {n.name for n in nodes if isinstance(n, ast.FunctionDef)}
    return stored | declared | methods | {"_replace"}


def test_private_names_of_textual_are_used_in_one_folder() -> None:
    theirs, ours = textuals_own_names(), our_names()
    for path in OUTSIDE:
        assert not private_modules(path), path
        found = {node.attr for node in attributes(path)} & theirs - ours
        assert not found, path
        overridden = {n.name for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)}
        assert not overridden & {"_display", "_handle_exception", "_on_message", "_refresh_layout"}, path


def test_the_readme_names_every_private_name_that_is_used_there() -> None:
    theirs = textuals_own_names()
    for path in INSIDE:
        taken = [n.attr for n in attributes(path) if not (isinstance(n.value, ast.Name) and n.value.id == "self")]
        for name in {*taken, *private_modules(path)} & theirs | private_modules(path):
            assert name in README, f"{path.name} uses {name}"


def resident() -> int:
    """Bytes of memory in use, after everything that can be freed is."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


@pytest.fixture
def usual_collection() -> Iterator[None]:
    """Garbage is collected as often as in the program; tests do it less often."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("usual_collection")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc here to ask")
async def test_two_hundred_screens_opened_and_closed_leave_little_behind(study: Study) -> None:
    reading = study.course.modules[0].readings[0].id
    async with opened(study) as driver:

        async def open_and_close(times: int) -> None:
            for _ in range(times):
                driver.app.go(Location("reading", (reading,)))
                await driver.pilot.pause()
                driver.app.pop_screen()
                await driver.pilot.pause()

        await open_and_close(20)
        gc.collect()
        before = resident()
        await open_and_close(200)
        gc.collect()
        assert resident() - before < 5 * MEBIBYTE
