"""Opening a record: load the checkpoint, read the journals, complete an interrupted erasure."""

from __future__ import annotations

import gc
from pathlib import Path

from dev2cto.clock import Clock
from dev2cto.errors import NotSaved, RecordError
from dev2cto.record.layout import PENDING, clean_device, key_file, this_device
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
    config: Path | None = None,
    check: FieldCheck = declared,
    kind: type[Record] = Record,
) -> Record:
    """Open the record in that folder, creating it if there is none.

    `cache` is the folder for checkpoints, which make opening fast; None for none. `device` names this machine (for
    tests and copies). `config` is the folder of what holds on this device, where it keeps a key for its erasures
    (device_key.py); None for none. `check` validates documents to be written; the default allows what schema.py
    declares, and only tests of the files pass another. `kind` is the class to instantiate.
    If nothing can be written, or an erasure not be completed, the record is read-only and `readonly_reason` says why.
    Raises RecordError if the folder is not the user's own or cannot be read, NewerRecord if a newer version wrote it.
    """
    collecting = gc.isenabled()
    gc.disable()  # collections would repeatedly scan the objects being created
    try:
        record = kind(directory, clock, clean_device(device) if device else this_device(), cache, check)
        if config is not None:
            record.config = config
            record.reader.store.key_file = key_file(config, record.device, directory)
        record.load(readonly=readonly)
        if not record.readonly_reason and (directory / PENDING).exists():
            from dev2cto.record.erase import complete_erasure  # rarely needed

            try:
                complete_erasure(record)
            except NotSaved as problem:
                record.stop_writing(problem.message.rstrip("."))
    except OSError as problem:
        raise RecordError(
            f"The record in {directory} cannot be read: {problem.strerror}.",
            "Give yourself read and write permission for that folder, or set DEV2CTO_HOME to another.",
        ) from problem
    finally:
        if collecting:
            gc.enable()
    return record
