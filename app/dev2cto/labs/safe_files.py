"""Files that others wrote: paths that stay in their folder, texts of bounded size, output made harmless."""

from __future__ import annotations

import errno
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.text import sanitize

MOST_BYTES = 1_000_000
"""A learner's text file is never larger; what is, is not read."""


def resolve_inside(folder: Path, name: str) -> Path:
    """The path of `name` inside the folder.

    Raises LabError where it leads out of the folder: by `..`, as an absolute path, or through a link.
    """
    path = folder / name
    outside = not name or Path(name).is_absolute() or ".." in Path(name).parts or "\0" in name
    try:
        outside = outside or is_link_loop(path) or not path.resolve().is_relative_to(folder.resolve())
    except OSError:
        outside = True
    if outside:
        raise LabError(f"{name} leads out of the folder {folder}.", "Use paths inside the folder, and no links.")
    return path


def is_link_loop(path: Path) -> bool:
    """Whether the path leads through a circle of links."""
    try:
        path.resolve(strict=True)
    except RuntimeError:  # Python 3.11 and 3.12
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """The text of a file, UTF-8, line ends as newlines.

    Raises LabError where it is missing, too large, no regular file or no text.
    """
    try:
        if not path.is_file():
            raise LabError(f"{path.name} is missing." if not path.exists() else f"{path.name} is no file.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise LabError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if len(data) > most:
        raise LabError(f"{path.name} is larger than {most // 1000:,} KB.", "Take out what does not belong there.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LabError(f"{path.name} is no UTF-8 text (line {line}).", "Save it as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def files_under(folder: Path) -> tuple[str, ...]:
    """The regular files in the folder and below, relative, sorted; links, caches and hidden ones are left out."""
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            continue
        if path.is_file() and not path.is_symlink():
            found.append("/".join(parts))
    return tuple(sorted(found))


def printable(text: str) -> str:
    """What a program printed or wrote, cleaned for showing; a lone carriage return begins a line, as on a terminal."""
    return sanitize(text.replace("\r\n", "\n").replace("\r", "\n"))
