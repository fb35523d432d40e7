"""Reads the change of an exercise from two folders or a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.exercises.diffs.changeset import MOST_FILES, MOST_LINES, Changeset, DiffLine, FileChange, LineState
from dev2cto.exercises.diffs.unified_diff import PATCH, parse_unified
from dev2cto.labs.safe_files import files_under, printable, read_text, resolve_inside


def read_changeset(folder: Path) -> Changeset:
    """Read the change in an exercise's folder: before/ and after/, or change.diff.

    Raises LabError if there is none, if a file is not text or too long, and if nothing changes.
    """
    pair = [name for name in ("before", "after") if (folder / name).is_dir()]
    patch = (folder / PATCH).exists()
    if patch and pair:
        raise LabError(f"There are both {PATCH} and {pair[0]}/.", "Keep one of the two.")
    if not patch and not pair:
        raise LabError("There is no change to review.", f"Put files into before/ and after/, or add {PATCH}.")
    files = _from_patch(folder) if patch else tuple(_from_folders(folder))
    if not any(line.sign != " " for file in files for line in file.lines):
        raise LabError("Nothing changes.", "before/ and after/ must differ.")
    if len(files) > MOST_FILES:
        raise LabError(f"The change touches {len(files)} files; the limit is {MOST_FILES}.", "Use a smaller change.")
    return Changeset(files)


def _from_patch(folder: Path) -> tuple[FileChange, ...]:
    return parse_unified(printable(read_text(resolve_inside(folder, PATCH))))


def _from_folders(folder: Path) -> Iterator[FileChange]:
    before, after = (files_under(folder / name) for name in ("before", "after"))
    for name in sorted({*before, *after}):
        old = _lines(folder, "before", name) if name in before else None
        new = _lines(folder, "after", name) if name in after else None
        if old != new:
            state: LineState = "new" if old is None else "deleted" if new is None else "changed"
            yield FileChange(name, state, tuple(compared(old or [], new or [])))


def _lines(folder: Path, side: str, name: str) -> list[str]:
    """Read the lines of a file. Raises LabError if it is not text or too long."""
    try:
        lines = printable(read_text(resolve_inside(folder / side, name))).split("\n")
    except LabError as error:
        raise LabError(f"{side}/{name}: {error.message}", error.hint) from error
    if lines[-1] == "":
        lines.pop()
    if len(lines) > MOST_LINES:
        raise LabError(f"{side}/{name} has {len(lines):,} lines; the limit is {MOST_LINES:,}.", "Shorten it.")
    return lines


def compared(old: list[str], new: list[str]) -> Iterator[DiffLine]:
    """Yield the lines of the diff of two versions of a file; removed lines come before those that replace them."""
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (DiffLine(" ", a + n + 1, c + n + 1, text) for n, text in enumerate(old[a:b]))
            continue
        yield from (DiffLine("-", a + n + 1, 0, text) for n, text in enumerate(old[a:b]))
        yield from (DiffLine("+", 0, c + n + 1, text) for n, text in enumerate(new[c:d]))
