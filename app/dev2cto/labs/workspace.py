"""The learner's copy of a lab: its files are copied once and never overwritten or deleted."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.safe_files import printable, read_text, resolve_inside
from dev2cto.paths import make_folders, private

MOST_COPIED = 50_000_000
"""Maximum bytes of one file of a lab."""
MOST_SUBMITTED = 400_000
"""Maximum characters of all submitted files together."""


@dataclass(frozen=True, slots=True)
class WorkspaceCopy:
    """A lab in the workspace: its folder, the files copied, and the files kept because they already existed."""

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]


def list_copies(workspace: Path, exercise: str) -> tuple[Path, ...]:
    """Return the learner's folders for that exercise, oldest first: `<id>`, `<id>-2`, ..."""
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
    """Copy missing files from starter/, subject/ and data/ of the exercise in `source` to the newest copy.

    Creates the first copy if there is none. Files from subject/ are made read-only.
    Raises LabError if the folder cannot be written, or if a file of the course is a link that leads out of it.
    """
    folders = list_copies(workspace, exercise)
    return _write_missing(source, folders[-1] if folders else workspace / exercise)


def fresh_copy(source: Path, workspace: Path, exercise: str) -> WorkspaceCopy:
    """Make a new copy next to the others, which are not changed. Raises LabError as `materialize`."""
    _checked(exercise)
    number = 1
    while (workspace / _numbered(exercise, number)).exists():
        number += 1
    return _write_missing(source, workspace / _numbered(exercise, number))


def submitted(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of the learner's files by name, to be stored with the result; missing files are left out.

    Raises LabError if a file is not UTF-8, too large, or a link that leads outside, or if all together are too large.
    """
    texts = {name: read_text(resolve_inside(folder, name)) for name in names if resolve_inside(folder, name).exists()}
    size = sum(map(len, texts.values()))
    if size > MOST_SUBMITTED:
        raise LabError(
            f"The files have {size:,} characters; the maximum is {MOST_SUBMITTED:,}.", "Move data out of them."
        )
    return texts


def solution(source: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of the reference solution by name. Raises LabError if a file is missing or not UTF-8."""
    return {name: read_text(resolve_inside(source / "solution", name)) for name in names}


def difference(mine: dict[str, str], ours: dict[str, str]) -> str:
    """Return a unified diff from the learner's files to the solution; empty if they are equal."""
    lines: list[str] = []
    for name in dict.fromkeys((*mine, *ours)):
        old, new = (printable(texts.get(name, "")).splitlines() for texts in (mine, ours))
        lines += difflib.unified_diff(old, new, f"yours/{name}", f"solution/{name}", lineterm="")
    return "\n".join(lines)


def _write_missing(source: Path, folder: Path) -> WorkspaceCopy:
    made, kept = list[str](), list[str]()
    given = _initial_files(source)
    try:
        make_folders(folder)
        for name, original in given.items():
            target = resolve_inside(folder, name)
            make_folders(target.parent)
            if _copy(original, target):
                made.append(name)
                if original.is_relative_to(source / "subject"):
                    target.chmod(0o400)
            else:
                kept.append(name)
    except OSError as error:
        where = error.filename or folder
        raise LabError(
            f"The lab cannot be copied to {folder}: {where}: {error.strerror or error}.",
            "Choose another workspace in the settings, or free some space there.",
        ) from error
    return WorkspaceCopy(folder, tuple(made), tuple(kept))


def _initial_files(source: Path) -> dict[str, Path]:
    """Return the files to copy, by target name: the contents of starter/ and subject/, and data/ as a folder."""
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
    """Copy a file. Return False if something already exists at the target. Raises LabError if it is too large."""
    if original.stat().st_size > MOST_COPIED:
        raise LabError(f"{original.name} is larger than {MOST_COPIED // 1_000_000} MB.")
    if target.is_symlink():
        return False
    try:
        with open(target, "xb", opener=private) as file:
            try:
                file.write(original.read_bytes())
            except BaseException:
                target.unlink()  # a partial file would be mistaken for the learner's
                raise
    except FileExistsError:
        return False
    return True


def _checked(exercise: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", exercise):
        raise LabError(f"{exercise!r} is not an exercise id.")


def _numbered(exercise: str, number: int) -> str:
    return exercise if number == 1 else f"{exercise}-{number}"
