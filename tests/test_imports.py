"""Imports point one way, and nothing heavy comes along unasked."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "app" / "dev2cto"
LAYERS = (
    ("errors", "clock", "escapes", "text", "paths", "terminal_caps", "symbols", "crash_log", "__init__"),
    ("yaml", "markdown"),
    ("labs",),
    ("items",),
    ("exercises",),
    ("course", "record"),
    ("learning",),
    ("keymap",),
    ("settings", "device_settings", "editor", "diagnostics"),
    ("study",),
    ("export", "presenters"),
    ("bootstrap",),
    ("plain", "tui"),
    ("cli", "__main__"),
)
"""From the ground up; a part may import from its own layer and from those below it."""
OWNERS = {"textual": "tui", "tinydb": "record", "yaml": "yaml", "fsrs": "learning", "markdown_it": "markdown"}
IN_THE_LAB = ("lab.py", "harness.py", "own_tests.py")
"""They run in a lab's own process, which has nothing but the standard library."""
HEAVY = ("textual", "tinydb", "yaml", "fsrs", "markdown_it", "rich.console")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    return ".".join(("dev2cto", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
"""Every file of the package by its module."""


@cache
def imported(path: Path) -> set[str]:
    """What a file imports, those for the type checker and inside functions too; of our own files by their modules."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}": node.module for alias in node.names}
            names |= {name if name in FILES else module for name, module in whole.items()}
    return names


def layer(part: str) -> int:
    return next(n for n, parts in enumerate(LAYERS) if part in parts)


def test_every_part_has_its_layer() -> None:
    assert {part_of(path) for path in FILES.values()} == {part for parts in LAYERS for part in parts}


def test_imports_point_downwards() -> None:
    upwards = {
        (str(path.relative_to(PACKAGE)), name)
        for path in FILES.values()
        for name in imported(path) & FILES.keys()
        if layer(part_of(FILES[name])) > layer(part_of(path))
    }
    assert upwards == set()


def test_no_file_is_reached_from_itself() -> None:
    """Raises CycleError, which names the circle."""
    imports = {name: imported(path) & FILES.keys() for name, path in FILES.items()}
    assert sum(map(len, imports.values())) > len(FILES)
    TopologicalSorter(imports).prepare()


def test_each_library_has_one_owner() -> None:
    users: dict[str, set[str]] = {}
    for path in FILES.values():
        for name in {name.split(".")[0] for name in imported(path)}:
            users.setdefault(name, set()).add(part_of(path))
    assert {library: users[library] for library in OWNERS} == {library: {part} for library, part in OWNERS.items()}


def loaded_by(statement: str, typed: str = "") -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], input=typed, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_only_the_full_screen_loads_textual() -> None:
    """What one of them loads alone, all of them load together."""
    asked = [name for name, p in FILES.items() if part_of(p) not in ("tui", "__main__") and p.name not in IN_THE_LAB]
    loaded = loaded_by("\n".join(f"import {name}" for name in asked))
    assert set(asked) <= loaded
    assert "textual" not in loaded
    assert "textual" in loaded_by("import dev2cto.tui.app")


@pytest.mark.parametrize("package", ["course", "learning", "study", "tui", "plain", "cli", "record", "markdown"])
def test_packages_themselves_load_nothing_heavy(package: str) -> None:
    assert not loaded_by(f"import dev2cto.{package}") & set(HEAVY)


def test_the_command_line_starts_light() -> None:
    assert not loaded_by("import dev2cto.cli.main") & set(HEAVY)


def test_help_on_the_program_loads_little() -> None:
    """It shows a text of every command; what a command works with is imported when it runs."""
    loaded = loaded_by(
        "import contextlib\nfrom dev2cto.cli.main import main\nwith contextlib.suppress(SystemExit): main(['--help'])"
    )
    assert "dev2cto.cli.commands.check" in loaded
    assert not loaded & set(HEAVY) - {"tinydb"}
    parts = (
        "course.check",
        "course.loader",
        "course.model",
        "items",
        "exercises",
        "plain",
        "tui",
        "record.backup.backup",
    )
    assert [name for name in loaded if name.startswith(tuple(f"dev2cto.{part}" for part in parts))] == []


def test_a_prompt_loads_little() -> None:
    """What it needs none of costs more than what it does; the first run alone builds the index of the course.

    TinyDB is what the record is, and costs 3 ms.
    """
    for _ in range(2):
        loaded = loaded_by("from dev2cto.cli.main import main; main(['next'])")
    assert {name for name in loaded if name.startswith("dev2cto.cli.commands.")} == {"dev2cto.cli.commands.next"}
    assert not loaded & (
        {*HEAVY, "argparse", "dataclasses", "inspect", "hashlib", "random", "locale", "dev2cto.escapes"} - {"tinydb"}
    )


def test_the_record_is_reached_through_its_tables() -> None:
    """All reads and writes go by `record.table(...)`; what tables are built on is the record's own."""
    by_hand = re.compile(r"\b_?record\.(?:get|all|docs|peek|put|put_back|add|remove|change)\(")
    outside = (path for path in FILES.values() if part_of(path) != "record")
    assert [str(path.relative_to(PACKAGE)) for path in outside if by_hand.search(path.read_text("utf-8"))] == []


def test_types_of_named_tuples_are_not_compiled_at_each_start() -> None:
    """As texts they would be, field by field: 9 million instructions for `next`."""
    for _ in range(2):
        loaded = loaded_by("from dev2cto.cli.main import main; main(['next'])")
    loaded |= loaded_by(
        "import dev2cto.tui.app, dev2cto.tui.screens.home, dev2cto.record.sessions, dev2cto.record.clocks"
    )
    assert not loaded & {"dev2cto.study.queries.step_models", "dev2cto.course.search"}
    texts = {p: p.read_text("utf-8") for name, p in FILES.items() if name in loaded}
    slow = [p.name for p, text in texts.items() if "(NamedTuple)" in text and "import annotations" in text]
    assert slow == []
