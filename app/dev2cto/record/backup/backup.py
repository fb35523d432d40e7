"""Making a backup archive."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

from dev2cto.clock import Clock, SystemClock
from dev2cto.errors import NotSaved, RecordError
from dev2cto.record.backup import archive
from dev2cto.record.backup.daily import DailyBackup, daily_backups
from dev2cto.record.backup.source import Source, opened
from dev2cto.record.journal import blobs, durable_io
from dev2cto.record.layout import BLOBS, check_private, learner_of
from dev2cto.record.recovery.health import acknowledged
from dev2cto.text import pluralize

__all__ = ["DailyBackup", "backup", "daily_backups"]


class MadeBackup(NamedTuple):
    """A backup that was written and read back."""

    path: Path
    flaws: tuple[str, ...]
    """Sentences without a full stop: what of the record is damaged or missing, and the learner has not been shown."""


def backup(record_dir: Path, destination: Path, *, clock: Clock | None = None) -> MadeBackup:
    """Write the record to an archive; safe while the course is running. A damaged record is backed up as it is.

    `destination` is a folder, in which the archive is named after learner, course and time, or the archive's own path,
    which must not exist. Raises RecordError if there is no record of this user's or the path exists, NotSaved if the
    archive cannot be written.
    """
    if os.path.lexists(record_dir):
        check_private(record_dir)
    now = (clock or SystemClock()).now()
    if destination.is_dir():
        destination = _free(destination, f"dev2cto-{_name(record_dir)}-{now:%Y-%m-%d-%H%M%S}")
    if os.path.lexists(destination):
        raise RecordError(f"{destination} already exists.", "Choose another name; a backup never overwrites a file.")
    with opened(record_dir, destination.parent) as held:
        for name in held.survey.texts - held.texts.keys():
            if (path := blobs.find(record_dir, name)) is not None:
                held.texts[name] = path
        lost = len(held.survey.texts - held.texts.keys())
        if lost:
            held.notes.append(f"{pluralize(lost, 'large text')} missing or damaged")
        _write(held, destination)
        known = acknowledged(record_dir)
        if all(list(span) in known.get(writer, []) for writer, spans in held.missing.items() for span in spans):
            held.damage.clear()
        return MadeBackup(destination, (*held.damage, *held.notes))


def _write(held: Source, destination: Path) -> None:
    scratch = destination.with_name(f".{destination.name}.{durable_io.token()}.tmp")
    try:
        parts = {name: archive.complete_lines(path) for name, path in held.journals.items()}
        parts |= {f"{BLOBS}/{name}": archive.Part(path, path.stat().st_size) for name, path in held.texts.items()}
        listed = archive.pack(scratch, parts)
        if not archive.reads_back(scratch, listed):
            raise NotSaved(f"The backup in {destination} could not be read back.", "Choose another disk.")
        _publish(scratch, destination)
    except FileExistsError:
        hint = "Choose another name; a backup never overwrites a file."
        raise RecordError(f"{destination} already exists.", hint) from None
    except OSError as problem:
        raise NotSaved(f"The backup could not be written: {problem.strerror or problem} ({destination}).") from problem
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()


def _name(record_dir: Path) -> str:
    """Return the learner's name, followed by the course's folder name unless it is the shipped course."""
    learner = learner_of(record_dir)
    return learner.name if learner == record_dir else f"{learner.name}-{record_dir.name}"


def _free(folder: Path, name: str) -> Path:
    """Return an unused path in the folder, since two backups may be made in the same second."""
    names = (name, *(f"{name}-{number}" for number in range(2, 100)))
    paths = [folder / f"{free}.tar.gz" for free in names]
    return next((path for path in paths if not os.path.lexists(path)), paths[0])


def _publish(scratch: Path, destination: Path) -> None:
    """Give a finished file its name. Raises FileExistsError instead of overwriting a file; OSError."""
    try:
        os.link(scratch, destination)
    except FileExistsError:
        raise
    except OSError:  # USB sticks and some network drives do not support hard links
        if os.path.lexists(destination):
            raise FileExistsError(destination) from None
        os.rename(scratch, destination)
