"""Large texts: each in a file named by the SHA-256 of its content, which keeps journals small and merges trivial."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import Doc, decode, encode
from dev2cto.record.layout import BLOBS
from dev2cto.record.recovery.tail_copy import BACKUPS

LARGE = 64 * 1024
"""Size of a document, in bytes, above which its largest fields are moved to files."""

LARGEST = 64 << 20
"""Bytes of a file with a large field; larger ones are not taken from elsewhere."""

_NAME = re.compile(r"[0-9a-f]{64}")


def is_name(name: str) -> bool:
    """Whether a file of that name can hold a large field."""
    return _NAME.fullmatch(name) is not None


def content_name(data: bytes) -> str:
    """Return the name of the file that holds this data."""
    import hashlib  # loads OpenSSL, which only large texts need

    return hashlib.sha256(data).hexdigest()


def store(directory: Path, data: bytes) -> str:
    """Write data to the disk, with a second copy, and return its name. Raises OSError."""
    name = content_name(data)
    if _read(directory / BLOBS / name) is None:
        durable_io.make_folder(directory / BLOBS)
        durable_io.write_whole(directory / BLOBS / name, data)
        with contextlib.suppress(OSError):
            copies = directory / BACKUPS / BLOBS
            durable_io.make_folder(copies.parent)
            durable_io.make_folder(copies)
            durable_io.write_whole(copies / name, data)
    return name


def find(directory: Path, name: str) -> Path | None:
    """Return the file with the data of that name, or its second copy; None if neither is intact."""
    paths = (directory / BLOBS / name, directory / BACKUPS / BLOBS / name)
    return next((path for path in paths if is_name(name) and _read(path) is not None), None)


def load(directory: Path, name: str) -> bytes | None:
    """Return the data of that name, from its file or its second copy; None if neither is intact."""
    if not is_name(name):
        return None
    data = _read(directory / BLOBS / name)
    return _read(directory / BACKUPS / BLOBS / name) if data is None else data


def _read(path: Path) -> bytes | None:
    """Return the content of a blob's file, or None if it is unreadable or does not match its name."""
    try:
        data = durable_io.read_small(path, LARGEST)
    except OSError:
        return None
    return data if content_name(data) == path.name else None


def is_intact(path: Path) -> bool:
    """Whether a file holds a large field that matches its name. Raises OSError if it is deleted meanwhile."""
    return is_name(path.name) and path.stat().st_size <= LARGEST and _read(path) is not None


def move_large_fields_out(directory: Path, doc: Doc) -> Doc:
    """Return the document with its largest fields moved to files until it is at most `LARGE`. Raises OSError."""
    sizes = sorted(((len(encode(value)), key) for key, value in doc.items()), reverse=True)
    total, light = sum(size for size, _ in sizes), dict(doc)
    for size, key in sizes:
        if total <= LARGE or _is_reference(doc[key]):
            break
        light[key] = {"blob": store(directory, encode(doc[key])), "size": size}
        total -= size
    return light


def restore_large_fields(directory: Path, doc: Doc) -> Doc:
    """Return the document with its fields read back from their files; lost fields are left out."""
    full = {}
    for key, value in doc.items():
        data = load(directory, value["blob"]) if _is_reference(value) else None
        if data is not None:
            with contextlib.suppress(ValueError):  # its name proves what it holds, not that this program wrote it
                full[key] = decode(data)
        elif not _is_reference(value):
            full[key] = value
    return full


def names(doc: Doc) -> list[str]:
    """Return the names of the blobs that a document refers to."""
    return [value["blob"] for value in doc.values() if _is_reference(value)]


def _is_reference(value: Any) -> bool:
    return type(value) is dict and value.keys() == {"blob", "size"} and type(value["blob"]) is str
