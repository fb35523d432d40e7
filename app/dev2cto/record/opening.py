"""Opening a record: its files are read, what makes that fast is loaded, an erasure that was cut short is finished."""

from __future__ import annotations

import gc
from pathlib import Path

from dev2cto.clock import Clock
from dev2cto.errors import RecordError
from dev2cto.record.layout import PENDING, clean_device, this_device
from dev2cto.record.record import Record
from dev2cto.record.schema import check as declared
from dev2cto.record.tables import FieldCheck


def open_directory(
    directory: Path,
    *,
    clock: Clock,
    cache: Path | None = None,
    readonly: bool = False,
    device: str | None = None,
    check: FieldCheck = declared,
    kind: type[Record] = Record,
) -> Record:
    """Opens the record in that folder, and makes it where there is none.

    `cache` is a folder for what makes the next opening fast. `device` names this machine (for tests and copies).
    `check` says what may be written: only what schema.py declares, but in tests of the files.
    `kind` is what it is opened as.
    Where nothing can be written the record opens read-only and says why in `readonly_reason`.
    Raises RecordError where the folder is not ours, NewerRecord where a newer version has written.
    """
    collecting = gc.isenabled()
    gc.disable()  # it would walk through everything that is just being made
    try:
        record = kind(directory, clock, clean_device(device) if device else this_device(), cache, check)
        record.load(readonly=readonly)
        if not record.readonly_reason and (directory / PENDING).exists():
            from dev2cto.record.erase import complete_erasure  # few records ever need it

            complete_erasure(record)
    except OSError as problem:
        raise RecordError(
            f"The record in {directory} cannot be read: {problem.strerror}.",
            "Make that folder yours to read and write, or name another with DEV2CTO_HOME.",
        ) from problem
    finally:
        if collecting:
            gc.enable()
    return record
