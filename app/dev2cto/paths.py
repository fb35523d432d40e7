"""Where things are: the course, the record, settings, caches and the workspace."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from dev2cto.errors import CourseError

COURSES = "courses"
"""The folder, in a learner's folder and in the workspace, of what belongs to other courses than the shipped one."""


def course_dir(chosen: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the course: `chosen`, then $DEV2CTO_COURSE, then the shipped one.

    Raises CourseError where that folder holds no course.yaml.
    """
    named = chosen or os.environ.get("DEV2CTO_COURSE")
    if named:
        folder = expanded(named)
        if not (folder / "course.yaml").is_file():
            raise CourseError(
                f"{folder} is no course: it has no course.yaml.",
                "Give --course (or DEV2CTO_COURSE) the folder that holds course.yaml.",
            )
        return folder
    shipped = shipped_course()
    if shipped is None:
        raise CourseError(
            "The course that belongs to this installation is missing.",
            "Install dev2cto again, or name a course with --course DIR.",
        )
    return shipped


def expanded(path: str | os.PathLike[str]) -> Path:
    """The path with ~ replaced by the home folder; ~somebody stays where there is no such person."""
    return Path(os.path.expanduser(path))


def shipped_course() -> Path | None:
    """The course that came with this installation: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    folders = (package / "_course", package.parent.parent / "course")
    return next((folder for folder in folders if (folder / "course.yaml").is_file()), None)


def is_shipped(course: Path) -> bool:
    """Whether that folder is the course that came with this installation, whatever the course calls itself."""
    shipped = shipped_course()
    with contextlib.suppress(OSError):
        return shipped is not None and os.path.samefile(shipped, course)
    return False


def course_part(course: Path, id: str) -> Path:
    """Where the record and the workspace keep what belongs to this course, below the learner's folder and the root.

    The shipped course has them to itself. Any other has `courses/<id>-<hash of its origin>`; see `origin_hash`.
    """
    return Path() if is_shipped(course) else Path(COURSES, f"{id}-{origin_hash(course)}")


def origin_hash(course: Path) -> str:
    """Ten hex digits for where a course comes from: the real path of its folder.

    An id, a title or an address is only what a course says of itself, and the content changes with each update. The
    path stays through updates and is the same through links; a copy has another one, and so has a moved folder.
    """
    from hashlib import sha256  # slow to load, and the shipped course needs none

    return sha256(os.fsencode(os.path.realpath(course))).hexdigest()[:10]


def data_dir() -> Path:
    """The folder that holds one folder for each learner's record; inside $DEV2CTO_HOME where that is set."""
    chosen = os.environ.get("DEV2CTO_HOME")
    if chosen:
        return expanded(chosen) / "records"
    from platformdirs import user_data_path

    return user_data_path("dev2cto", appauthor=False)


def cache_dir() -> Path:
    """The folder of what may be deleted at any time; inside $DEV2CTO_HOME where that is set."""
    chosen = os.environ.get("DEV2CTO_HOME")
    if chosen:
        return expanded(chosen) / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("dev2cto", appauthor=False)


def default_workspace() -> Path:
    """Where labs and texts are laid out for the learner."""
    chosen = os.environ.get("DEV2CTO_HOME")
    return expanded(chosen) / "workspace" if chosen else Path.home() / "dev2cto"


def write_cache(file: Path, text: str) -> None:
    """Puts a file of the cache in place in one piece. Raises OSError."""
    make_folders(file.parent)
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, file)


def make_folders(folder: Path) -> None:
    """Makes a folder and what is missing above it, for this user alone, whatever the umask. Raises OSError."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    for folder in reversed(missing):
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
            os.chmod(folder, 0o700)
