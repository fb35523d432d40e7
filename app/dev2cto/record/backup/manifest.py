"""The manifest of an archive: the files in it with sizes, digests and numbers of lines. It is the first member."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

NAME = "dev2cto-manifest.json"
LARGEST = 8 << 20
"""Bytes."""

_FORMAT = 1


class FileDigest(NamedTuple):
    """What a file holds."""

    size: int
    """Bytes."""
    sha256: str
    """In hex."""
    lines: int = 0
    """Line ends in it."""


Manifest = Mapping[str, FileDigest]
"""By the path in the archive, relative to the folder that the manifest is in."""


def as_json(files: Manifest) -> bytes:
    """Return the manifest of these files."""
    return json.dumps({"format": _FORMAT, "files": {name: list(file) for name, file in files.items()}}).encode()


def parsed(data: bytes) -> Manifest:
    """Return the files of a manifest. Raises ValueError if it is none, or one of a newer version."""
    try:
        found = json.loads(data)
    except RecursionError:
        raise ValueError from None
    if not isinstance(found, dict) or found.get("format") != _FORMAT or not isinstance(found.get("files"), dict):
        raise ValueError
    files = {}
    for name, file in found["files"].items():
        match file:
            case [int(size), str(digest), int(lines)]:
                files[name] = FileDigest(size, digest, lines)
            case _:
                raise ValueError
    return files
