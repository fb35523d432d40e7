"""dev2cto backup: back up the record to one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_curriculum, record_dir
from dev2cto.cli.output import emit
from dev2cto.clock import SystemClock
from dev2cto.errors import CourseError, RecordError
from dev2cto.paths import expanded, make_folders
from dev2cto.record.layout import is_begun

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments
    from dev2cto.record.record import Record

HELP = "back up the record to one file"
ARGUMENTS: Arguments = {
    "to": {"nargs": "?", "default": ".", "metavar": "PATH", "help": "a file or folder (default: here)"}
}


def run(options: Namespace) -> int:
    """Write the backup and print its path; works while the app is running, and if the course is broken.

    The exit code is 1 if the record is damaged.

    Raises RecordError if there is no record.
    """
    from dev2cto.record.backup.backup import backup

    folder = record_dir(options)
    if not is_begun(folder):
        raise RecordError("There is no record of this course yet.", "Start the course first: dev2cto")
    saved = backup(folder, expanded(options.to))
    try:
        title = open_curriculum(options).outline.title
    except CourseError:
        title = "a course that cannot be read"
    emit([f"Backup of {title}: {saved.path}"])
    if saved.flaws:
        emit(["The record itself is damaged; the backup holds what can be read, and the damage as it is:"])
        emit([*(f"  {words}." for words in saved.flaws), "To see what to do: dev2cto doctor"])
    return 1 if saved.flaws else 0


def make_backup(record: Record, folder: Path) -> Path:
    """Back up the record into the folder, before a reset; returns the path of the backup."""
    from dev2cto.record.backup.backup import backup

    make_folders(folder)
    return backup(record.directory, folder, clock=SystemClock()).path
