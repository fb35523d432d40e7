"""One line of a journal: a checksum, a number, a time, and the changes of one commit.

    {"c":"<crc32 of the rest>","n":17,"t":<hybrid clock, ms>,"p":{table:{id:document}},"d":{table:[id]}}

`p` puts documents, `d` deletes them, `e` erases them (see erase.py), `h` says which session opened the file.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]
"""One document: what JSON can hold, keys are strings."""

Entry = dict[str, Any]
"""One parsed line."""

FORMAT = 1
"""The number of this way to write lines; raised when older programs would misread newer files."""

OPENING = b'{"c":"'
BODY_AT = 16
"""Where the checksummed part of a line begins: after the opening, eight hex digits, a quote and a comma."""


def encode(value: Any) -> bytes:
    """The JSON of a value, UTF-8, lone surrogates kept. Raises TypeError or ValueError where JSON has no word."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def pack(entry: Mapping[str, Any]) -> bytes:
    """The line of an entry (without "c"), with checksum and newline."""
    body = encode(entry)[1:]
    return b'%s%08x",%s\n' % (OPENING, zlib.crc32(body), body)


def unpack(line: bytes) -> Entry | None:
    """The entry of one line (without its newline), or None where the line is damaged."""
    if line[:6] != OPENING or line[14:BODY_AT] != b'",':
        return None
    try:
        if int(line[6:14], 16) != zlib.crc32(line[BODY_AT:]):
            return None
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "n" in entry and "t" in entry else None


def copy(value: Any) -> Any:
    """A deep copy of a JSON value; many times faster than copy.deepcopy."""
    if type(value) is dict:
        return {key: copy(item) for key, item in value.items()}
    if type(value) is list:
        return [copy(item) for item in value]
    return value
