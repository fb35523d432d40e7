"""Salvaging intact lines from a damaged range of a journal, and repairing a line with one flipped bit.

CRC-32 is linear, so the XOR of a line's actual and stored checksums identifies the flipped bit (Koopman, "32-bit cyclic
redundancy codes for Internet applications", DSN 2002: single-bit errors have distinct differences in lines far longer
than ours).
"""

from __future__ import annotations

import json
import zlib

from dev2cto.record.journal.codec import BODY_AT, OPENING, decode_line

LONGEST = 4_000_000
"""Bytes of a line above which the search for a flipped bit is skipped."""


def salvage(stretch: bytes) -> list[bytes]:
    """Return the intact or repaired lines in a damaged range, without newlines, in order."""
    cuts = sorted({0, *_openings(stretch), *_after_newlines(stretch), len(stretch)})
    found, at = [], 0
    while at < len(cuts) - 1:
        for ahead in (1, 2):  # two pieces: a flipped bit may have made a newline, or a second opening
            if at + ahead >= len(cuts):
                continue
            line = _intact(stretch[cuts[at] : cuts[at + ahead]])
            if line is not None:
                found.append(line)
                at += ahead
                break
        else:
            at += 1
    return found


def _openings(stretch: bytes) -> list[int]:
    found, at = [], stretch.find(OPENING)
    while at >= 0:
        found.append(at)
        at = stretch.find(OPENING, at + 1)
    return found


def _after_newlines(stretch: bytes) -> list[int]:
    return [at + 1 for at, byte in enumerate(stretch) if byte == 10]


def _intact(piece: bytes) -> bytes | None:
    """Return the intact or repaired line in a piece that ends with a newline, without one, or with a damaged one."""
    for line in (piece.removesuffix(b"\n"), piece[:-1]):
        if decode_line(line) is not None:
            return line
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


def _flipped_bit(length: int, difference: int) -> tuple[int, int]:
    """Return (byte, bit) of the flip that changes the CRC-32 of a text of that length by this difference (XOR).

    Raises LookupError if no single bit does.
    """
    zero = zlib.crc32(b"\0")
    table = [zlib.crc32(bytes([byte])) ^ zero for byte in range(256)]
    effects = [table[1 << bit] for bit in range(8)]
    for at in range(length - 1, -1, -1):
        if difference in effects:
            return at, effects.index(difference)
        effects = [table[effect & 0xFF] ^ effect >> 8 for effect in effects]
    raise LookupError(difference)
