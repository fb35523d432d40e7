"""Imports point one way, and nothing heavy comes along unasked."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "app" / "dev2cto"
LAYERS = (
    ("errors", "clock", "text", "paths", "terminal_caps", "crash_log", "__init__"),
    ("yaml", "markdown"),
    ("labs",),
    ("items",),
    ("exercises",),
    ("course", "record"),
    ("learning",),
    ("keymap",),
    ("settings", "editor", "diagnostics"),
    ("study",),
    ("export", "presenters"),
    ("bootstrap",),
    ("plain", "tui"),
    ("cli", "__main__"),
)
"""From the ground up; a part may import from its own layer and from those below it."""
OWNERS = {"textual": "tui", "tinydb": "record", "yaml": "yaml", "fsrs": "learning", "markdown_it": "markdown"}
IN_THE_LAB = ("lab.py", "harness.py", "own_tests.py", "supervisor.py", "landlock.py")
"""They run in a lab's own process, which has nothing but the standard library."""
HEAVY = ("textual", "tinydb", "yaml", "fsrs", "markdown_it", "rich.console")


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "_course" not in p.parts)


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def layer(part: str) -> int:
    return next(n for n, parts in enumerate(LAYERS) if part in parts)


def test_every_part_has_its_layer() -> None:
    assert {part_of(path) for path in modules()} <= {part for parts in LAYERS for part in parts}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    here = layer(part_of(path))
    for name in imported(path):
        if name.startswith("dev2cto."):
            part = name.split(".")[1]
            target = part if any(part in parts for parts in LAYERS) else "__init__"
            assert layer(target) <= here, f"{path.name} imports {name} from above"


def module_name(path: Path) -> str:
    return ".".join(("dev2cto", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


@pytest.mark.parametrize("part", ["curriculum", "plain", "record", "study", "tui"])
def test_no_file_is_reached_from_itself(part: str) -> None:
    """Imports for the type checker and inside functions count. Raises CycleError, which names the circle."""
    files = {module_name(path): path for path in modules() if part_of(path) == part and path.name != "__init__.py"}
    TopologicalSorter({name: imported(path) & files.keys() for name, path in files.items()}).prepare()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_one_owner(path: Path) -> None:
    for name in imported(path):
        owner = OWNERS.get(name.split(".")[0])
        assert owner in (None, part_of(path)), f"{name} belongs to {owner}"


def loaded_by(statement: str, typed: str = "") -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], input=typed, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if part_of(p) not in ("tui", "__main__") and p.name not in IN_THE_LAB],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_only_the_full_screen_loads_textual(path: Path) -> None:
    assert "textual" not in loaded_by(f"import {module_name(path)}")


@pytest.mark.parametrize("package", ["course", "learning", "study", "tui", "plain", "cli", "record", "markdown"])
def test_packages_themselves_load_nothing_heavy(package: str) -> None:
    assert not loaded_by(f"import dev2cto.{package}") & set(HEAVY)


def test_the_command_line_starts_light() -> None:
    assert not loaded_by("import dev2cto.cli.main") & set(HEAVY)


def test_a_prompt_loads_little() -> None:
    """What it needs none of costs more than what it does; the first run alone builds the index of the course.

    TinyDB is what the record is, and costs 3 ms.
    """
    for _ in range(2):
        loaded = loaded_by("from dev2cto.cli.main import main; main(['next'])")
    assert not loaded & ({*HEAVY, "argparse", "dataclasses", "inspect", "hashlib", "random", "locale"} - {"tinydb"})


def test_the_record_is_reached_through_its_tables() -> None:
    """All reads and writes go by `record.table(...)`; what tables are built on is the record's own."""
    by_hand = re.compile(r"\b_?record\.(?:get|all|docs|peek|put|put_back|add|remove|change)\(")
    outside = (p for p in modules() if part_of(p) != "record")
    assert [str(p.relative_to(PACKAGE)) for p in outside if by_hand.search(p.read_text("utf-8"))] == []


def test_types_of_named_tuples_are_not_compiled_at_each_start() -> None:
    """As texts they would be, field by field: 9 million instructions for `next`."""
    for _ in range(2):
        loaded = loaded_by("from dev2cto.cli.main import main; main(['next'])")
    texts = {p: p.read_text("utf-8") for p in modules() if module_name(p) in loaded and p.name != "location.py"}
    slow = [p.name for p, text in texts.items() if "(NamedTuple)" in text and "import annotations" in text]
    assert slow == []
