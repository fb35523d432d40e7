"""A file has one job: none passes 400 lines, and most are short."""

from __future__ import annotations

from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
MOST = 400


def lengths() -> dict[str, int]:
    files = [p for p in (ROOT / "app").rglob("*.py") if "_course" not in p.parts]
    return {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in files}


def test_no_file_is_too_long() -> None:
    assert {name: count for name, count in lengths().items() if count > MOST} == {}


def test_most_files_are_short() -> None:
    assert median(lengths().values()) <= 150
