"""Locations of the course, the record, the cache and the workspace."""

from __future__ import annotations

import contextlib
import os
from itertools import count
from pathlib import Path

from dev2cto.errors import CourseError, Dev2CtoError

COURSES = "courses"
"""Subfolder of a learner's folder and of the workspace for courses other than the shipped one."""

NO_HOME = (
    "This account has no home folder.",
    "Set DEV2CTO_HOME to a folder of your own: DEV2CTO_HOME=/srv/me dev2cto",
)


def course_dir(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of the course: `chosen`, else $DEV2CTO_COURSE, else the shipped one.

    Raises CourseError if that folder has no course.yaml.
    """
    named = chosen or os.environ.get("DEV2CTO_COURSE")
    if named:
        folder = expanded(named)
        if not (folder / "course.yaml").is_file():
            raise CourseError(
                f"{folder} is not a course (no course.yaml).",
                "Set --course (or DEV2CTO_COURSE) to the folder that contains course.yaml.",
            )
        return folder
    shipped = shipped_course()
    if shipped is None:
        raise CourseError(
            "The course included in this installation is missing.",
            "Reinstall dev2cto, or choose a course with --course DIR.",
        )
    return shipped


def expanded(path: str | os.PathLike[str]) -> Path:
    """Return the path with ~ and ~user expanded; unchanged if there is no such user."""
    return Path(os.path.expanduser(path))


def shipped_course() -> Path | None:
    """Return the course included in this installation (in the package, or in a checkout), or None if missing."""
    package = Path(__file__).resolve().parent
    folders = (package / "_course", package.parent.parent / "course")
    return next((folder for folder in folders if (folder / "course.yaml").is_file()), None)


def is_shipped(course: Path) -> bool:
    """Whether that folder is the course included in this installation; decided by its path, not its id."""
    shipped = shipped_course()
    with contextlib.suppress(OSError):
        return shipped is not None and os.path.samefile(shipped, course)
    return False


def course_part(course: Path, id: str) -> Path:
    """Return the course's subfolder, relative to the learner's record folder and to the workspace.

    It is empty for the shipped course, and `courses/<id>-<hash>` for any other; see `origin_hash`.
    """
    return Path() if is_shipped(course) else Path(COURSES, f"{id}-{origin_hash(course)}")


def origin_hash(course: Path) -> str:
    """Return ten hex digits that identify where a course comes from: a hash of its folder's real path.

    Id, title and address are only claims of the course, and its content changes with each update. The path survives
    updates and is the same through links; a copied or moved folder counts as a different course.
    """
    from hashlib import sha256  # slow to import, and not needed for the shipped course

    return sha256(os.fsencode(os.path.realpath(course))).hexdigest()[:10]


def data_dir() -> Path:
    """Return the folder with one subfolder per learner; inside $DEV2CTO_HOME if that is set. Raises Dev2CtoError."""
    return _own_folder("data", "records")


def config_dir() -> Path:
    """Return the folder for what holds on this device; inside $DEV2CTO_HOME if that is set. Raises Dev2CtoError."""
    return _own_folder("config", "config")


def cache_dir() -> Path:
    """Return the folder for files that may be deleted at any time; inside $DEV2CTO_HOME if that is set.

    One that others can write to is not used: what they put there would be shown as the course's. Raises Dev2CtoError.
    """
    folder = _own_folder("cache", "cache")
    with contextlib.suppress(OSError):
        if not is_private(folder):
            return data_dir() / ".cache"
    return folder


def default_workspace() -> Path:
    """Return the default folder for labs and texts; inside $DEV2CTO_HOME if that is set. Raises Dev2CtoError."""
    chosen = os.environ.get("DEV2CTO_HOME")
    return expanded(chosen) / "workspace" if chosen else _absolute(expanded("~/dev2cto"))


def _own_folder(kind: str, name: str) -> Path:
    """Return the system's folder of that kind for this program, or that name inside $DEV2CTO_HOME."""
    chosen = os.environ.get("DEV2CTO_HOME")
    if chosen:
        return expanded(chosen) / name
    import platformdirs

    try:
        return _absolute(Path(getattr(platformdirs, f"user_{kind}_path")("dev2cto", appauthor=False)))
    except RuntimeError as error:  # newer versions of platformdirs
        raise Dev2CtoError(*NO_HOME) from error


def _absolute(folder: Path) -> Path:
    """Return the folder. Raises Dev2CtoError if ~ was not expanded: without HOME, for an account without an entry."""
    if not folder.is_absolute():
        raise Dev2CtoError(*NO_HOME)
    return folder


def is_private(path: Path) -> bool:
    """Whether a file or folder is the user's own and nobody else can write to it. Raises OSError if it is missing."""
    found = os.stat(path)
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022


def write_cache(file: Path, data: bytes) -> None:
    """Write a cache file atomically. Raises OSError."""
    make_folders(file.parent)
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    with open(temporary, "wb", opener=private) as handle:
        handle.write(data)
    os.replace(temporary, file)


def private(path: str, flags: int) -> int:
    """Open a file; if it is created, for the user alone, regardless of the umask. For `open(..., opener=private)`."""
    return os.open(path, flags, 0o600)


def write_new(file: Path, text: str) -> None:
    """Write a text to a new file, for the user alone, in a folder that is made if it is missing.

    Raises FileExistsError if there is such a file, and OSError.
    """
    make_folders(file.parent)
    with open(file, "x", encoding="utf-8", errors="backslashreplace", opener=private) as handle:
        handle.write(text)


def write_numbered(file: Path, text: str) -> Path:
    """As `write_new`, with a number behind the name where it is taken ("name-2.md"); return the path.

    Raises OSError.
    """
    for number in count(1):
        numbered = file.with_name(f"{file.stem}-{number}{file.suffix}") if number > 1 else file
        with contextlib.suppress(FileExistsError):
            write_new(numbered, text)
            break
    return numbered


def make_folders(folder: Path) -> list[Path]:
    """Create a folder and its missing parents with mode 0700, regardless of the umask; return them, outermost first.

    Raises OSError.
    """
    missing: list[Path] = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
            os.chmod(folder, 0o700)
    return missing[::-1]
