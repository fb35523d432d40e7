"""Salvaging intact lines from a damaged range of a journal, and repairing a line with one flipped bit.

CRC-32 is linear, so the XOR of a line's actual and stored checksums identifies the flipped bit (Koopman, "32-bit cyclic
redundancy codes for Internet applications", DSN 2002: single-bit errors have distinct differences in lines far longer
than ours).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import islice

from dev2cto.record.journal.codec import BODY_AT, OPENING, decode_line

LONGEST = 4_000_000
"""Bytes of a line above which the search for a flipped bit is skipped."""


MOST_CUTS = 20_000
"""Places in a damaged range that are looked at."""

MOST_FLIPS = 200_000
"""Bytes of a damaged range that are searched for a flipped bit, at less than 1 us each."""


class _Budget:
    """How many bytes may still be searched for a flipped bit."""

    def __init__(self) -> None:
        self.left = MOST_FLIPS


def salvage(stretch: bytes) -> list[bytes]:
    """Return the intact or repaired lines in a damaged range, without newlines, in order.

    The search ends after `MOST_CUTS` places and `MOST_FLIPS` bytes: junk may have any length.
    """
    cuts = sorted(
        {0, *islice(_openings(stretch), MOST_CUTS), *islice(_after_newlines(stretch), MOST_CUTS), len(stretch)}
    )
    budget = _Budget()
    found, at = [], 0
    while at < len(cuts) - 1:
        for ahead in (1, 2):  # two pieces: a flipped bit may have made a newline, or a second opening
            if at + ahead >= len(cuts):
                continue
            line = _intact(stretch[cuts[at] : cuts[at + ahead]], budget)
            if line is not None:
                found.append(line)
                at += ahead
                break
        else:
            at += 1
    return found


def _openings(stretch: bytes) -> Iterator[int]:
    at = stretch.find(OPENING)
    while at >= 0:
        yield at
        at = stretch.find(OPENING, at + 1)


def _after_newlines(stretch: bytes) -> Iterator[int]:
    at = stretch.find(b"\n") + 1
    while at > 0:
        yield at
        at = stretch.find(b"\n", at) + 1


def _intact(piece: bytes, budget: _Budget) -> bytes | None:
    """Return the intact or repaired line in a piece that ends with a newline, without one, or with a damaged one."""
    for line in (piece.removesuffix(b"\n"), piece[:-1]):
        if decode_line(line) is not None:
            return line
    if not BODY_AT < len(piece) <= budget.left:
        return None
    budget.left -= len(piece)
    return repair_bit_flip(piece.removesuffix(b"\n")) or repair_bit_flip(piece[:-1])


def repair_bit_flip(line: bytes) -> bytes | None:
    """Return the line with one flipped bit repaired, or None if no single bit explains the damage."""
    if not BODY_AT < len(line) <= LONGEST:
        return None
    frame = OPENING + line[6:14] + b'",'
    if _hamming_distance(line[:BODY_AT], frame) == 1:
        fixed = frame + line[BODY_AT:]
        return fixed if decode_line(fixed) is not None else None
    body = line[BODY_AT:]
    actual = zlib.crc32(body)
    if _hamming_distance(line[6:14], b"%08x" % actual) == 1 and _is_json(body):
        return OPENING + b'%08x",' % actual + body
    if line[6:14] == b"%08x" % actual:
        return None  # it was written like this
    try:
        at, bit = _flipped_bit(len(body), actual ^ int(line[6:14], 16))
    except (ValueError, LookupError):
        return None
    fixed = line[: BODY_AT + at] + bytes([body[at] ^ 1 << bit]) + body[at + 1 :]
    return fixed if decode_line(fixed) is not None else None


def _hamming_distance(one: bytes, other: bytes) -> int:
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def _is_json(body: bytes) -> bool:
    try:
        return isinstance(json.loads(b"{" + body), dict)
    except ValueError:
        return False


@cache
def _tables() -> tuple[list[int], list[int]]:
    """Return what each byte alone changes in a checksum, and the byte whose change begins with each byte."""
    zero = zlib.crc32(b"\0")
    table = [zlib.crc32(bytes([byte])) ^ zero for byte in range(256)]
    by_first = [0] * 256
    for byte, change in enumerate(table):
        by_first[change >> 24] = byte
    return table, by_first


def _flipped_bit(length: int, difference: int) -> tuple[int, int]:
    """Return (byte, bit) of the flip that changes the CRC-32 of a text of that length by this difference (XOR).

    Raises LookupError if no single bit does.
    """
    table, by_first = _tables()
    bits = {table[1 << bit]: bit for bit in range(8)}
    for at in range(length - 1, -1, -1):
        if difference in bits:
            return at, bits[difference]
        byte = by_first[difference >> 24]  # the difference that a byte later became this one
        difference = (difference ^ table[byte]) << 8 & 0xFFFFFFFF | byte
    raise LookupError(difference)
