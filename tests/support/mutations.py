"""Strategies that spoil what the program reads: documents, headers, clocks, lines, archives, files of courses."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

Doc = dict[str, Any]


class Line(NamedTuple):
    """A line of a journal from elsewhere, and what it puts."""

    data: bytes
    puts: tuple[tuple[str, str], ...] = ()
    """(table, id) of its documents, if the line itself is as it should be."""


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


LONG_NUMBER, DEEP_LIST = "@number@", "@list@"
"""Stand for what Python does not write as JSON."""
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 3.5, -0.0, 1e308, 10**30, 10**4299, LONG_NUMBER, float("nan"), float("inf"), 2**63, "",
    " ", "x", "x" * 70_000, "\x1b]52;c;aGk=\x07", "\ud800", "\u202e", "\x00", "../../etc/passwd", "{n}", "yesterday",
    "9999-12-31T23:59:59.999+00:00", "0001-01-01T00:00:00+00:00", "2026-11-23T09:00:00", "0000-00-00", "1e400", "-1",
    "NaN", [], {}, [None], {"": None}, {"blob": "a" * 64, "size": 3}, {"blob": "../x", "size": -1}, deep(9), deep(70),
    DEEP_LIST, ["x"] * 3000, {str(n): n for n in range(3000)},
)  # fmt: skip
"""Values that no field expects, or that only some do."""

CLOCKS = (0, 1, -1, 2**31, 2**41, 2**43, 2**44 - 1, 2**44, 2**53, 10**18, LONG_NUMBER, None, "1", 1.5, True)
NUMBERS = (0, 1, -1, -2, 7, 2**31, 2**53 - 1, 2**53, LONG_NUMBER, None, "1", 2.5)


def changed(draw: st.DrawFn, value: Any, depth: int = 0) -> Any:
    """A JSON value with one place in it changed, left out or added."""
    if depth < 4 and isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        match draw(st.integers(0, 5)):
            case 0:
                return {k: v for k, v in value.items() if k != key}
            case 1:
                return value | {draw(st.sampled_from(("", "x", "kind", "\x1b[2J", "at"))): draw(st.sampled_from(ODD))}
            case _:
                return value | {key: changed(draw, value[key], depth + 1)}
    if depth < 4 and isinstance(value, list) and value and draw(st.integers(0, 3)):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], changed(draw, value[at], depth + 1), *value[at + 1 :]]
    return draw(st.sampled_from(ODD))


def raw_line(entry: Doc) -> bytes:
    """A line with a right checksum, whatever JSON of Python can hold."""
    rest = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))[1:].encode("utf-8", "surrogatepass")
    rest = rest.replace(b'"@number@"', b"9" * 5000).replace(b'"@list@"', b"[" * 3000 + b"]" * 3000)
    return b'{"c":"%08x",%s\n' % (zlib.crc32(rest), rest)


@st.composite
def documents(draw: st.DrawFn, known: Sequence[tuple[str, str, Doc]]) -> Line:
    """A line with a document of one of these tables that was changed somewhere."""
    table, id, doc = draw(st.sampled_from(known))
    new = changed(draw, doc)
    if not draw(st.integers(0, 7)):
        id = draw(st.sampled_from(("", "x", "/", "a/b/c", "\x1b]0;x\x07", "x" * 3000, "\ud800", "t1#0", "laptop.0")))
    if not draw(st.integers(0, 11)):
        table = draw(st.sampled_from(("", "unknown", "\x1b[2J", "sums", "place", "settings", "cards", "attempts")))
    n, t = draw(st.integers(1, 10**6)), draw(st.sampled_from((1, 2**40, 2**43)))
    sound = isinstance(new, dict)
    return Line(raw_line({"n": n, "t": t, "p": {table: {id: new}}}), ((table, id),) if sound else ())


@st.composite
def headers(draw: st.DrawFn) -> Line:
    """A header that was changed somewhere, but not one of a newer version."""
    header = {"format": 1, "schema": 1, "writer": "other.0", "pid": 1, "host": "h", "tty": "", "since": 1.0}
    new = changed(draw, {"n": 0, "t": 1, "h": header})
    found = new.get("h") if isinstance(new, dict) else None
    newer = isinstance(found, dict) and any(
        type(found.get(key)) is int and found[key] > 1 for key in ("format", "schema")
    )
    return Line(raw_line({"n": 0, "t": 1, "h": header} if newer or not isinstance(new, dict) else new))


@st.composite
def clocks(draw: st.DrawFn, known: Sequence[tuple[str, str, Doc]]) -> Line:
    """A line with an odd clock or number."""
    table, id, doc = draw(st.sampled_from(known))
    n, t = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(CLOCKS))
    sound = type(n) is int and type(t) is int and -2 < n < 2**53 and 0 <= t < 2**44
    return Line(raw_line({"n": n, "t": t, "p": {table: {id: doc}}}), ((table, id),) if sound else ())


def machine_clocks(start: datetime) -> st.SearchStrategy[list[datetime]]:
    """What the clocks of sessions say that follow each other: right, hours or years off, or at the ends of time."""
    steps = [timedelta(hours=hours) for hours in (-5, -1, 1, 5, 26)]
    steps += [timedelta(days=days) for days in (-400, -30, 30, 365, 400 * 365)]
    ends = [datetime(1, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
    return st.lists(st.sampled_from([start, *(start + step for step in steps), *ends]), min_size=2, max_size=4)


@st.composite
def shapes_of_lines(draw: st.DrawFn) -> Line:
    """A line whose checksum is right and whose shape is not that of a line."""
    value = changed(draw, {"n": 1, "t": 1, "p": {"notes": {"x": {}}}, "d": {"notes": ["y"]}, "e": {"notes": ["z"]}})
    return Line(raw_line(value) if isinstance(value, dict) and value else b'{"c":"00000000","n":1}\n')


SPOIL: Mapping[str, Callable[[bytes, int, int, bytes], bytes]] = {
    "a flipped bit": lambda data, at, size, _: data[:at] + bytes([data[at] ^ 1 << size % 8]) + data[at + 1 :],
    "a cut end": lambda data, at, *_: data[:at],
    "a missing piece": lambda data, at, size, _: data[:at] + data[at + size :],
    "zeros": lambda data, at, size, _: data[:at] + bytes(len(data[at : at + size])) + data[at + size :],
    "a piece twice": lambda data, at, size, _: data[: at + size] + data[at:],
    "a piece of something else": lambda data, at, _, other: data[:at] + other + data[at:],
}
"""Ways to damage a file: (its bytes, offset, length, other bytes) to the new bytes."""


@st.composite
def spoiled(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with a bit, a range or a piece changed, left out, doubled or put elsewhere."""
    how = draw(st.sampled_from(("a flipped bit", "a flipped bit", *SPOIL)))
    at = draw(st.integers(0, max(0, len(data) - 1)))
    size = draw(st.sampled_from((1, 2, 3, 4, 40, 512, 5000)))
    return SPOIL[how](data, at, size, draw(st.binary(min_size=1, max_size=60))) if data else b""


@st.composite
def course_files(draw: st.DrawFn, texts: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """A file of a course with spoiled bytes, or with an odd value, line or indentation."""
    name, text = draw(st.sampled_from(texts))
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    match draw(st.integers(0, 6)):
        case 0:
            return name, draw(spoiled(text.encode()))
        case 1:
            value = draw(st.sampled_from(ODD))
            shown = json.dumps(value) if not isinstance(value, str) else value.encode("utf-8", "replace").decode()
            lines[at] = f"{line.split(':')[0]}: {shown}"
        case 2:
            lines[at] = f"{line}{draw(st.text(max_size=20)).encode('utf-8', 'replace').decode()}"
        case 3:
            del lines[at]
        case 4:
            lines[at] = " " * draw(st.integers(0, 9)) + line.lstrip()
        case 5:
            lines.insert(at, draw(st.sampled_from(lines)))
        case _:
            lines[at] = line.replace("1", str(draw(st.sampled_from((0, -1, 10**18, 1e308, "1e400", "9" * 5000)))))
    return name, "\n".join(lines).encode()
