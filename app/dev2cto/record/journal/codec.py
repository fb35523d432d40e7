"""One line of a journal: a checksum, a number, a time, and the changes of one commit.

    {"c":"<crc32 of the rest>","n":17,"t":<hybrid clock, ms>,"p":{table:{id:document}},"d":{table:[id]}}

`p` puts documents, `d` deletes them, `e` erases them (see erase.py), `h` identifies the session that opened the file.
The shape of header lines never changes, so that every version can detect that a newer one has written.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]
"""One document: a JSON object."""

JournalEntry = dict[str, Any]
"""One parsed line."""

FORMAT = 1
"""Version of the line format; incremented when older programs would misread newer files."""

WRITER = re.compile(r"(live\.)?[A-Za-z0-9_-]{1,64}\.[0-9a-f]{1,16}")
"""A writer's name: device.slot, prefixed with "live." for live journals."""

OPENING = b'{"c":"'
BODY_AT = 16
"""Offset of the checksummed part of a line: after the opening, eight hex digits, a quote and a comma."""


_decoder = json.JSONDecoder()
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """Return a value as UTF-8 JSON, keeping lone surrogates. Raises TypeError or ValueError if JSON cannot hold it."""
    return _encoder.encode(value).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Any:
    """Return the value of JSON from `encode`; a newline may follow it. Raises ValueError."""
    return _decoder.raw_decode(data.decode("utf-8", "surrogatepass"))[0]


def encode_line(entry: Mapping[str, Any]) -> bytes:
    """Return the line of a non-empty entry without "c", adding checksum and newline."""
    return _line(encode(entry)[1:])


def encode_body(number: int, time: int, body: bytes) -> bytes:
    """Return the line with this number, clock value and non-empty changes, already encoded."""
    return _line(b'"n":%d,"t":%d,%s' % (number, time, body[1:]))


def _line(rest: bytes) -> bytes:
    return b'%s%08x",%s\n' % (OPENING, zlib.crc32(rest), rest)


def is_sound(line: bytes) -> bool:
    """Whether a line (without its newline) has the right frame and matches its checksum."""
    return line[:6] == OPENING and line[14:BODY_AT] == b'",' and line[6:14] == b"%08x" % zlib.crc32(line[BODY_AT:])


def decode_line(line: bytes) -> JournalEntry | None:
    """Return the entry of a line (without its newline), or None if the line is damaged."""
    if not is_sound(line):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if _is_entry(entry) else None


def _is_entry(entry: Any) -> bool:
    """Whether a parsed line has the expected shape: a matching checksum does not prove that this program wrote it."""
    try:
        header = entry.get("h")
        return (
            type(entry["n"]) is int
            and type(entry["t"]) is int
            and all(type(doc) is dict for docs in entry.get("p", {}).values() for doc in docs.values())
            and all(type(id) is str for part in "de" for ids in entry.get(part, {}).values() for id in ids)
            and (header is None or (type(header["format"]) is int and _is_header(header)))
        )
    except (AttributeError, KeyError, TypeError):
        return False


def _is_header(header: Mapping[str, Any]) -> bool:
    """Whether a header is valid; for a newer format only the format number is checked."""
    if header["format"] > FORMAT:
        return True
    return type(header["schema"]) is int and WRITER.fullmatch(header["writer"]) is not None


def deep_copy(value: Any) -> Any:
    """Return a deep copy of a JSON value; many times faster than copy.deepcopy."""
    if type(value) is dict:
        return {key: deep_copy(item) for key, item in value.items()}
    if type(value) is list:
        return [deep_copy(item) for item in value]
    return value
