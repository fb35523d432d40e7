"""The learner's copy of a lab: laid out once, never overwritten, never deleted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.safe_files import printable, read_text, resolve_inside

MOST_COPIED = 50_000_000
"""Bytes of one file of a lab."""
MOST_SUBMITTED = 400_000
"""Characters of all submitted files together."""


@dataclass(frozen=True, slots=True)
class WorkspaceCopy:
    """A lab in the workspace: its folder, and which files were put there and which stood there already."""

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]


def list_copies(workspace: Path, exercise: str) -> tuple[Path, ...]:
    """The learner's folders of that exercise, oldest first: `<id>`, `<id>-2`, ..."""
    _checked(exercise)
    if not workspace.is_dir():
        return ()
    numbered = {}
    for path in workspace.iterdir():
        found = re.fullmatch(rf"{re.escape(exercise)}(?:-([2-9]|[1-9]\d+))?", path.name)
        if found and path.is_dir():
            numbered[int(found[1] or 1)] = path
    return tuple(numbered[n] for n in sorted(numbered))


def materialize(source: Path, workspace: Path, exercise: str) -> WorkspaceCopy:
    """Put starter/, subject/ and data/ of the exercise in `source` where they are missing in the newest copy.

    The first copy is made; what is in subject/ is only to be read.
    Raises LabError where nothing can be written there, or where a file of the course is a link that leads outside.
    """
    folders = list_copies(workspace, exercise)
    return _write_missing(source, folders[-1] if folders else workspace / exercise)


def fresh_copy(source: Path, workspace: Path, exercise: str) -> WorkspaceCopy:
    """A new copy beside the others, which stay as they are. Raises LabError like `lay_out`."""
    _checked(exercise)
    number = 1
    while (workspace / _numbered(exercise, number)).exists():
        number += 1
    return _write_missing(source, workspace / _numbered(exercise, number))


def submitted(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The learner's files as texts, to be kept with the result; those that are missing are left out.

    Raises LabError for one that is no text, too large, or a link that leads outside, and where all are too large.
    """
    texts = {name: read_text(resolve_inside(folder, name)) for name in names if resolve_inside(folder, name).exists()}
    size = sum(map(len, texts.values()))
    if size > MOST_SUBMITTED:
        raise LabError(
            f"The files hold {size:,} characters; {MOST_SUBMITTED:,} are the most.", "Take out what is data."
        )
    return texts


def solution(source: Path, names: Iterable[str]) -> dict[str, str]:
    """The files of the reference solution as texts. Raises LabError where one is missing or no text."""
    return {name: read_text(resolve_inside(source / "solution", name)) for name in names}


def difference(mine: dict[str, str], ours: dict[str, str]) -> str:
    """The way from the learner's files to the solution as a unified diff; empty where they are the same."""
    lines: list[str] = []
    for name in dict.fromkeys((*mine, *ours)):
        old, new = (printable(texts.get(name, "")).splitlines() for texts in (mine, ours))
        lines += difflib.unified_diff(old, new, f"yours/{name}", f"solution/{name}", lineterm="")
    return "\n".join(lines)


def _write_missing(source: Path, folder: Path) -> WorkspaceCopy:
    made, kept = list[str](), list[str]()
    given = _initial_files(source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, original in given.items():
            target = resolve_inside(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copy(original, target):
                made.append(name)
                if original.is_relative_to(source / "subject"):
                    target.chmod(0o444)
            else:
                kept.append(name)
    except OSError as error:
        where = error.filename or folder
        raise LabError(
            f"The lab cannot be laid out in {folder}: {where}: {error.strerror or error}.",
            "Choose another workspace in the settings, or make room there.",
        ) from error
    return WorkspaceCopy(folder, tuple(made), tuple(kept))


def _initial_files(source: Path) -> dict[str, Path]:
    """What is laid out: starter/ and subject/ themselves, and data/ as data/."""
    found: dict[str, Path] = {}
    for part, prefix in (("starter", ""), ("subject", ""), ("data", "data/")):
        base = source / part
        for path in sorted(base.rglob("*")) if base.is_dir() else ():
            name = path.relative_to(base).as_posix()
            if "__pycache__" in path.parts:
                continue
            resolve_inside(source, f"{part}/{name}")
            if path.is_file():
                found[prefix + name] = path
    return found


def _copy(original: Path, target: Path) -> bool:
    """Whether the file was copied; False where something stands there already."""
    if original.stat().st_size > MOST_COPIED:
        raise LabError(f"{original.name} is larger than {MOST_COPIED // 1_000_000} MB.")
    if target.is_symlink():
        return False
    try:
        with target.open("xb") as file:
            try:
                file.write(original.read_bytes())
            except BaseException:
                target.unlink()  # half a file would be taken for the learner's
                raise
    except FileExistsError:
        return False
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _checked(exercise: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", exercise):
        raise LabError(f"{exercise!r} is no id of an exercise.")


def _numbered(exercise: str, number: int) -> str:
    return exercise if number == 1 else f"{exercise}-{number}"
