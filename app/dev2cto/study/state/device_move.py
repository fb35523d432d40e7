"""The editor and the workspace that older records hold are moved out of them, once on each device."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from dev2cto.errors import NotSaved
from dev2cto.record.record import Record
from dev2cto.settings import ACTING
from dev2cto.study.context import StudyContext


def move_acting_settings(study: StudyContext) -> None:
    """Move what this device itself wrote into the record to its own file; that the file exists says that it was done.

    This must precede anything that takes in another record: what arrives later is removed, and not moved.
    """
    record = study.record
    with suppress(NotSaved):
        if not study.device_settings.is_begun:
            study.device_settings.change(written_here(record, study.device))
        ids = list(_present(record, study.device).values())
        if ids and not record.readonly_reason:
            record.table("settings").remove(doc_ids=ids)
    study.__dict__.pop("settings", None)


def written_here(record: Record, device: str) -> dict[str, str]:
    """The acting settings in the record that this device wrote itself."""
    values = {name: _written_here(record, device, id) for name, id in _present(record, device).items()}
    return {name: text for name, text in values.items() if text}


def _present(record: Record, device: str) -> dict[str, str]:
    """The ids of this device's acting settings in the record, by name."""
    ids = {name: f"{device}/{name}" for name in ACTING}
    return {name: id for name, id in ids.items() if record.table("settings").get(doc_id=id) is not None}


def _written_here(record: Record, device: str, id: str) -> str:
    """The value of that document if its newest version is in a journal of this device; otherwise empty.

    A file with copied lines of this device has another name, and does not count.
    """
    _, writer, crc = record.reader.store.table("settings").versions[id]
    doc = record.table("settings").get(doc_id=id)
    if doc is None or writer.rpartition(".")[0] != device:
        return ""
    with suppress(OSError):
        for line in Path(record.directory, f"{writer}.jsonl").read_bytes().splitlines():
            if b'"settings"' in line and crc.encode() in line and _document(line, id) == doc:
                return str(doc.get("value", ""))
    return ""


def _document(line: bytes, id: str) -> Any:
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        return json.loads(line)["p"]["settings"][id]
    return None
