"""One line of a journal: a checksum, a number, a time, and the changes of one commit.

    {"c":"<crc32 of the rest>","n":17,"t":<hybrid clock, ms>,"p":{table:{id:document}},"d":{table:[id]}}

`p` puts documents, `d` deletes them, `e` erases them (see erase.py), `h` identifies the session that opened the file.
A line without `p` may have `a`, [[clock value, {table: [id]}]]: erasures made elsewhere that this device agreed to.
The shape of header lines never changes, so that every version can detect that a newer one has written.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
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
_MANY = 1 << 53
"""Line numbers are smaller than this."""

BODY_AT = 16
"""Offset of the checksummed part of a line: after the opening, eight hex digits, a quote and a comma."""

DEEPEST = 60
"""Levels of brackets in a line; those of this program have at most ten."""

LATEST = (1 << 44) - 1
"""The largest clock value, in ms: in the year 2527, the last one that ids (11 hex digits) can hold."""


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_refuse)
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """Return a value as UTF-8 JSON, keeping lone surrogates. Raises TypeError or ValueError if JSON cannot hold it."""
    return _encoder.encode(value).encode("utf-8", "surrogatepass")


def decode(data: bytes) -> Any:
    """Return the value of JSON from `encode`; a newline may follow it. Raises ValueError."""
    try:
        return _decoder.raw_decode(data.decode("utf-8", "surrogatepass"))[0]
    except RecursionError:
        raise ValueError("nested too deeply") from None


def encode_line(entry: Mapping[str, Any]) -> bytes:
    """Return the line of a non-empty entry without "c", adding checksum and newline."""
    return _line(encode(entry)[1:])


def encode_body(number: int, time: int, body: bytes) -> bytes:
    """Return the line with this number, clock value and non-empty changes, already encoded."""
    return _line(b'"n":%d,"t":%d,%s' % (number, time, body[1:]))


def _line(rest: bytes) -> bytes:
    return b'%s%08x",%s\n' % (OPENING, zlib.crc32(rest), rest)


def is_sound(line: bytes) -> bool:
    """Whether a line (without its newline) has the right frame and matches its checksum.

    A carriage return at its end, which git or an editor may have added, is overlooked.
    """
    if line.endswith(b"\r"):
        line = line[:-1]
    return line.startswith(b'%s%08x",' % (OPENING, zlib.crc32(line[BODY_AT:])))


def decode_line(line: bytes) -> JournalEntry | None:
    """Return the entry of a line (without its newline), or None if the line is damaged or nested too deeply.

    What is nested deeply can be read, but neither copied nor written everywhere.
    """
    if not is_sound(line):
        return None
    try:
        text = line.decode("utf-8", "surrogatepass").removesuffix("\r")
        entry, end = _decoder.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if end != len(text) or not _is_entry(entry):
        return None
    return None if line.count(b"{") + line.count(b"[") > DEEPEST and _is_too_deep(entry) else entry


def _is_too_deep(entry: JournalEntry) -> bool:
    level: list[Any] = [entry]
    for _ in range(DEEPEST):
        values = (inner for outer in level for inner in (outer.values() if type(outer) is dict else outer))
        level = [inner for inner in values if type(inner) is dict or type(inner) is list]
        if not level:
            return False
    return True


def _is_entry(entry: Any) -> bool:
    """Whether a parsed line has the expected shape: a matching checksum does not prove that this program wrote it."""
    try:
        number, time = entry["n"], entry["t"]
        if type(number) is not int or type(time) is not int or not (-2 < number < _MANY and 0 <= time <= LATEST):
            return False
        if "p" in entry:
            for docs in entry["p"].values():
                for doc in docs.values():
                    if type(doc) is not dict:
                        return False
        elif "a" in entry:
            for time, tables in entry["a"]:
                if type(time) is not int or not 0 <= time <= LATEST:
                    return False
                for ids in tables.values():
                    "".join(ids)
        if "d" in entry or "e" in entry:
            for part in "de":
                for ids in entry.get(part, {}).values():
                    "".join(ids)
        if "h" not in entry:
            return True
        header = entry["h"]
        return type(header["format"]) is int and _is_header(header)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _is_header(header: Mapping[str, Any]) -> bool:
    """Whether a header is valid; for a newer format only the format number is checked."""
    if header["format"] > FORMAT:
        return True
    schema = header["schema"]
    return type(schema) is int and schema > 0 and WRITER.fullmatch(header["writer"]) is not None


def listed(tables: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield (table, id) of the documents that a line lists by table."""
    for name, ids in tables.items():
        for id in ids:
            yield name, id


def newer_format(data: bytes) -> int:
    """Return the format of the first header in these bytes that a newer version wrote, whatever its spacing; else 0.

    For bytes that are not intact lines of this format: a newer one may frame and check its lines in another way.
    """
    for line in data.split(b"\n") if b'"format"' in data else ():
        if line.startswith(OPENING) or b'"format"' not in line:  # a damaged line of this format
            continue
        try:
            header = _decoder.raw_decode(line.strip().decode("utf-8", "surrogatepass"))[0]["h"]
            if type(header["format"]) is int and header["format"] > FORMAT:
                return int(header["format"])
        except (ValueError, RecursionError, LookupError, TypeError):
            continue
    return 0


def deep_copy(value: Any) -> Any:
    """Return a deep copy of a JSON value; many times faster than copy.deepcopy."""
    if type(value) is dict:
        return {key: deep_copy(item) for key, item in value.items()}
    if type(value) is list:
        return [deep_copy(item) for item in value]
    return value
