"""dev2cto backup: a copy of the record as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_curriculum, record_dir
from dev2cto.cli.output import emit
from dev2cto.clock import SystemClock
from dev2cto.errors import CourseError, RecordError
from dev2cto.paths import expanded, make_folders
from dev2cto.record.backup.backup import backup
from dev2cto.record.layout import is_begun
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Write the backup and say of what and where; works while the app runs, and where the course is broken."""
    folder = record_dir(options)
    if not is_begun(folder):
        raise RecordError("There is no record of this course yet.", "Start the course first: dev2cto")
    saved = backup(folder, expanded(options.to))
    try:
        title = open_curriculum(options).outline.title
    except CourseError:
        title = "a course that cannot be read"
    emit([f"Backup of {title}: {saved}"])
    return 0


def make_backup(record: Record, folder: Path) -> Path:
    """A backup of that record in the folder, made before something is set aside or erased."""
    make_folders(folder)
    return backup(record.directory, folder, clock=SystemClock())
