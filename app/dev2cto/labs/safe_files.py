"""Safe handling of untrusted files: paths confined to a folder, size limits on texts, sanitised output."""

from __future__ import annotations

import errno
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.text import sanitize

MOST_BYTES = 1_000_000
"""Maximum size of a text file; larger ones are refused."""


def resolve_inside(folder: Path, name: str) -> Path:
    """Return the path of `name` inside the folder.

    Raises LabError if it leads out of the folder: by `..`, as an absolute path, or through a link.
    """
    path = folder / name
    outside = not name or Path(name).is_absolute() or ".." in Path(name).parts or "\0" in name
    try:
        outside = outside or is_link_loop(path) or not path.resolve().is_relative_to(folder.resolve())
    except OSError:
        outside = True
    if outside:
        raise LabError(f"{name} leads out of the folder {folder}.", "Use a path inside the folder, without links.")
    return path


def is_link_loop(path: Path) -> bool:
    """Whether the path contains a loop of symbolic links."""
    try:
        path.resolve(strict=True)
    except RuntimeError:  # Python 3.11 and 3.12
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """Return the text of a UTF-8 file, with line ends normalised to newlines.

    Raises LabError if it is missing, unreadable, too large, not a regular file or not UTF-8.
    """
    try:
        if not path.is_file():
            raise LabError(f"{path.name} is missing." if not path.exists() else f"{path.name} is not a regular file.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise LabError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if len(data) > most:
        raise LabError(f"{path.name} is larger than {most // 1000:,} KB.", "Remove what does not belong in it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LabError(f"{path.name} is not UTF-8 text (line {line}).", "Save it as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def files_under(folder: Path) -> tuple[str, ...]:
    """Return the sorted relative paths of all regular files below the folder, except links, caches and hidden ones."""
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
    """Return a program's output, sanitised for display; a lone carriage return starts a new line."""
    return sanitize(text.replace("\r\n", "\n").replace("\r", "\n"))
