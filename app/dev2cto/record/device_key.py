"""What only this device may say: its erasures carry a digest made with a key that is kept outside the record.

Anyone who can write to a synced folder can write a journal under this device's name. What that journal erases is taken
for erased elsewhere, and asked for, unless the line has the digest. No other line needs one: other machines may put and
delete documents as well. A device without a key, as all were before, believes its journals; when it gets one, it notes
the erasures that they hold, if its cache shows that it has worked with this record before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from typing import Any, NamedTuple

from dev2cto.paths import is_private, make_folders
from dev2cto.record.journal import durable_io
from dev2cto.record.journal.codec import JournalEntry, encode
from dev2cto.record.schema import LASTING

DELAY = 60_000
"""How much later than it was made an erasure may be written, ms: a copy that is dated later would erase more."""

_LARGEST = 1 << 20
"""Bytes of the file."""


class DeviceKey(NamedTuple):
    """The key of a device, and digests of the erasures that its journals held before there was one."""

    secret: bytes
    before: frozenset[str] = frozenset()

    def sign(self, changes: Mapping[str, Any], device: str, time: int) -> dict[str, Any]:
        """Return erasures or agreements with the digest of a device that makes them at that time (clock, ms)."""
        return {**changes, "m": [time, _digest(changes, self.secret, device, time)]}

    def vouches(self, entry: JournalEntry, device: str) -> bool:
        """Whether that device wrote a line that erases something."""
        if _digest(entry, b"", device, entry["t"]) in self.before:
            return True
        match entry.get("m"):
            case [int(time), str(digest)] if 0 <= entry["t"] - time <= DELAY and not removes_lasting(entry):
                wanted = _digest(entry, self.secret, device, time)
                return compare_digest(digest.encode("utf-8", "surrogatepass"), wanted.encode())
        return False


NONE = DeviceKey(b"")
"""Vouches for nothing."""


def _digest(entry: Mapping[str, Any], secret: bytes, device: str, time: int) -> str:
    parts = [device, time, entry.get("e"), entry.get("a"), entry.get("d") if removes_lasting(entry) else None]
    return blake2b(encode(parts), key=secret, digest_size=16).hexdigest()


def removes_lasting(entry: Mapping[str, Any]) -> bool:
    """Whether a line removes documents that no session removes."""
    return not entry.get("d", {}).keys().isdisjoint(LASTING)


def read_key(file: Path) -> DeviceKey | None:
    """Return the key in a file; None if there is no such file, NONE if it cannot be used."""
    try:
        if not is_private(file.parent) or not is_private(file):
            return NONE
        found = json.loads(durable_io.read_small(file, _LARGEST))
        return DeviceKey(bytes.fromhex(found["key"]), frozenset(map(str, found["before"])))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return NONE


def begin(file: Path, device: str, erasures: Iterable[JournalEntry]) -> None:
    """Write a new key to a file, unless there is a usable one, with what these lines of the device erase.

    Raises OSError.
    """
    make_folders(file.parent)
    os.chmod(file.parent, 0o700)
    with durable_io.exclusive(file.parent, os.O_RDONLY | os.O_DIRECTORY):  # another session may do the same
        if read_key(file) in (None, NONE):
            before = sorted({_digest(entry, b"", device, entry["t"]) for entry in erasures})
            durable_io.write_whole(file, json.dumps({"key": os.urandom(32).hex(), "before": before}).encode())
