"""Lines survive what they must and refuse what is no line; flipped bits are found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.record.journal.codec import decode_line, deep_copy, encode, encode_body, encode_line
from dev2cto.record.journal.scan import DamagedRange, intact, scan
from dev2cto.record.recovery.salvage import repair_bit_flip, salvage

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
DOC = st.dictionaries(st.text(), JSON, max_size=4)


@given(DOC)
def test_what_is_packed_is_unpacked(doc: dict[str, object]) -> None:
    line = encode_line({"n": 3, "t": 5, "p": {"answers": {"x": doc}}})
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    entry = decode_line(line[:-1])
    assert entry is not None
    assert entry["p"]["answers"]["x"] == doc
    assert encode_body(3, 5, encode({"p": {"answers": {"x": doc}}})) == line


def test_lone_surrogates_are_kept() -> None:
    line = encode_line({"n": 0, "t": 0, "p": {"answers": {"x": {"text": "bad\udc80"}}}})
    entry = decode_line(line[:-1])
    assert entry is not None
    assert entry["p"]["answers"]["x"] == {"text": "bad\udc80"}


@pytest.mark.parametrize("value", [{1}, float("nan"), float("inf"), object(), b"x"])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode({"x": value})


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"c":"00000000","n":0,"t":0}',
        b"x" * 100,
        encode_line({"n": 0, "t": 0})[:-2],
        b'{"c":"zzzzzzzz","n":0}',
    ],
)
def test_what_is_no_line_is_none(line: bytes) -> None:
    assert decode_line(line) is None


def test_a_line_with_an_empty_header_is_none() -> None:
    assert decode_line(encode_line({"n": 1, "t": 1, "h": None, "e": {"notes": ["x"]}})[:-1]) is None


def test_a_checksum_in_capitals_is_damage() -> None:
    for n in range(100):
        line = encode_line({"n": n, "t": 0})[:-1]
        if line[6:14] != line[6:14].upper():
            assert decode_line(line[:6] + line[6:14].upper() + line[14:]) is None
            return
    raise AssertionError("no checksum with a letter")


@given(DOC)
def test_a_copy_is_equal_and_its_own(doc: dict[str, object]) -> None:
    twin = deep_copy(doc)
    assert twin == doc
    assert twin is not doc
    for key, value in doc.items():
        if isinstance(value, dict | list):
            assert twin[key] is not value


LINES = [
    encode_line({"n": n, "t": 1_790_000_000_000 + n, "p": {"answers": {f"{n:021x}": {"text": 'é"y\n' * n, "i": n}}}})
    for n in range(4)
]


def test_every_single_flipped_bit_of_a_journal_is_corrected() -> None:
    whole = b"".join(LINES)
    for at in range(len(whole)):
        for bit in range(8):
            bad = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
            assert intact(bad) == LINES, (at, bit)


def test_two_flipped_bits_are_not_corrected_into_something_else() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        line = bytearray(LINES[3][:-1])
        for at in chance.sample(range(16, len(line)), 2):
            line[at] ^= 1 << chance.randrange(8)
        assert repair_bit_flip(bytes(line)) is None


def test_intact_lines_are_found_in_the_middle_of_noise() -> None:
    chance = random.Random(8)
    for _ in range(50):
        noise = [chance.randbytes(chance.randrange(60)) for _ in range(3)]
        bad = noise[0] + LINES[1] + noise[1] + LINES[2] + noise[2]
        assert [line + b"\n" for line in salvage(bad)] == LINES[1:3]


def test_a_scan_tells_lines_from_damage_and_leaves_the_tail() -> None:
    found = scan(LINES[0] + b"noise\n" + LINES[1] + b"just being writ", 1000)
    assert [type(part) for part in found.parts] == [dict, DamagedRange, dict]
    assert found.parts[1] == DamagedRange(1000 + len(LINES[0]), b"noise\n", ())
    assert found.end == 1000 + len(LINES[0]) + 6 + len(LINES[1])
    assert found.last[0] == 1000 + len(LINES[0]) + 6


def test_no_bit_is_looked_for_in_a_line_that_was_written_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: int) -> tuple[int, int]:
        raise AssertionError("searched for a bit that did not flip")

    monkeypatch.setattr("dev2cto.record.recovery.salvage._flipped_bit", search)
    assert repair_bit_flip(encode_line({"n": "not a number", "t": 1})[:-1]) is None
