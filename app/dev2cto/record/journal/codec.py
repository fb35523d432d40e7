"""One line of a journal: a checksum, a number, a time, and the changes of one commit.

    {"c":"<crc32 of the rest>","n":17,"t":<hybrid clock, ms>,"p":{table:{id:document}},"d":{table:[id]}}

`p` puts documents, `d` deletes them, `e` erases them (see erase.py), `h` says which session opened the file. Header
lines keep this shape for ever, so that every version can tell that a newer one has written.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

Doc = dict[str, Any]
"""One document: what JSON can hold, keys are strings."""

JournalEntry = dict[str, Any]
"""One parsed line."""

FORMAT = 1
"""The number of this way to write lines; raised when older programs would misread newer files."""

WRITER = re.compile(r"(live\.)?[A-Za-z0-9_-]{1,64}\.[0-9a-f]{1,16}")
"""A writer's name: device.slot, for live journals after "live."."""

OPENING = b'{"c":"'
BODY_AT = 16
"""Where the checksummed part of a line begins: after the opening, eight hex digits, a quote and a comma."""


_decoder = json.JSONDecoder()
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """The JSON of a value, UTF-8, lone surrogates kept. Raises TypeError or ValueError where JSON has no word."""
    return _encoder.encode(value).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Any:
    """The value of such JSON; a newline may follow. Raises ValueError."""
    return _decoder.raw_decode(data.decode("utf-8", "surrogatepass"))[0]


def encode_line(entry: Mapping[str, Any]) -> bytes:
    """The line of an entry (without "c"), with checksum and newline."""
    return _line(encode(entry)[1:])


def encode_body(number: int, time: int, body: bytes) -> bytes:
    """The line with that number and clock value and these changes, encoded before (not empty)."""
    return _line(b'"n":%d,"t":%d,%s' % (number, time, body[1:]))


def _line(rest: bytes) -> bytes:
    return b'%s%08x",%s\n' % (OPENING, zlib.crc32(rest), rest)


def is_sound(line: bytes) -> bool:
    """Whether a line (without its newline) has the frame of one and matches its checksum."""
    return line[:6] == OPENING and line[14:BODY_AT] == b'",' and line[6:14] == b"%08x" % zlib.crc32(line[BODY_AT:])


def decode_line(line: bytes) -> JournalEntry | None:
    """The entry of one line (without its newline), or None where the line is damaged."""
    if not is_sound(line):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if _is_entry(entry) else None


def _is_entry(entry: Any) -> bool:
    """Whether a parsed line has the shape of one: a good checksum does not say who computed it."""
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
    """Whether a header can be read; one of a newer format only has to say that it is one."""
    if header["format"] > FORMAT:
        return True
    return type(header["schema"]) is int and WRITER.fullmatch(header["writer"]) is not None


def deep_copy(value: Any) -> Any:
    """A deep copy of a JSON value; many times faster than copy.deepcopy."""
    if type(value) is dict:
        return {key: deep_copy(item) for key, item in value.items()}
    if type(value) is list:
        return [deep_copy(item) for item in value]
    return value
