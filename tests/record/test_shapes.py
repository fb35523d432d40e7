"""Documents of the wrong shape are set aside with their line; whatever else the line holds is used."""

from __future__ import annotations

import hashlib
import inspect
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import NewerRecord
from dev2cto.record import row_values, shapes, unknown_fields
from dev2cto.record.compiled_checks import SAME_FIELDS
from dev2cto.record.journal.codec import DEEPEST, LATEST, encode_line
from dev2cto.record.journal.line_stream import sound_lines
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.schema import SHAPES, TABLES

from .conftest import HandClock

AT = "2026-11-23T09:00:00.000+00:00"
ANSWER = {
    "at": AT, "module": "m", "item": "i", "fingerprint": "f", "kind": "single", "context": "quiz", "attempt": "a",
    "response": ["x"], "draw": {"order": ["x", "y"], "given": {"n": 3}}, "score": 1, "max": 1, "scored": True,
}  # fmt: skip
ATTEMPT = {"quiz": "m", "module": "m", "mode": "practice", "items": ["i"], "state": "open", "started": AT, "seed": 3}
PLACE = {"screen": "quiz", "ids": ["m"], "response": None, "cursor": 2, "extra": {"part": 1}, "at": AT}
CARD = {"due": "2026-11-24", "stability": 1.0, "difficulty": 1.0, "last": "2026-11-23", "reviews": 1}
SEEN = {"readings": {}, "exercises": {}, "items": {}, "renamed": {}, "version": "1", "at": AT}
WRONG: dict[str, tuple[str, str, dict[str, Any]]] = {
    "an empty reset": ("resets", "r", {}),
    "a reset at no date": ("resets", "r", {"level": "all", "about": "", "at": "yesterday"}),
    "an attempt without a start": ("attempts", "t", {k: v for k, v in ATTEMPT.items() if k != "started"}),
    "an answer at no date": ("answers", "x", {**ANSWER, "at": "2026-13-45T09:00:00+00:00"}),
    "an answer at a time in no zone": ("answers", "x", {**ANSWER, "at": "2026-11-23T09:00:00"}),
    "a score of 4,000 digits": ("answers", "x", {**ANSWER, "score": 10**4000}),
    "a score that is a text": ("answers", "x", {**ANSWER, "score": "1"}),
    "an endless score": ("answers", "x", {**ANSWER, "score": 1e308}),
    "a response that is a number": ("answers", "x", {**ANSWER, "response": 3}),
    "values that are texts": ("answers", "x", {**ANSWER, "draw": {"given": {"n": "3"}}}),
    "a card due at no date": ("cards", "i", {**CARD, "due": "soon"}),
    "a place with odd ids": ("place", "p", {**PLACE, "ids": 3}),
    "a place with an odd part": ("place", "p", {**PLACE, "extra": {"part": "second"}}),
    "a draft that is a list": ("drafts", "i/p", {"text": ["x"], "cursor": 0, "at": AT}),
    "an odd course_seen": ("course_seen", "c/d", {**SEEN, "readings": []}),
    "study time on no day": ("study", "someday/m/d.0", {"seconds": 60}),
    "a rating of many": ("reviews", "x", {"card": "i", "rating": [3], "at": AT, "ms": 1}),
    "a promise on no day": (
        "promises", "p", {"reading": "r", "after": "a", "do": "b", "look_at": "", "day": "Friday", "at": AT}
    ),
    "an outcome with a number for a note": (
        "outcomes", "o", {"promise": "p", "result": "kept", "note": 3, "at": AT}
    ),
    "a sum without its score": ("sums", "quiz:m", {"passed": True}),
}  # fmt: skip

Build = Callable[..., Path]


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """Writes a record of another machine with these bodies of lines, and the lines of bytes as they are."""

    def build(*bodies: dict[str, Any] | bytes) -> Path:
        directory = tmp_path / "record"
        directory.mkdir(mode=0o700)
        header = {"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": "other.0"}}
        lines = [encode_line(header)]
        for number, body in enumerate(bodies, 1):
            lines.append(body if isinstance(body, bytes) else encode_line({"n": number, "t": number + 1, **body}))
        path = directory / "other.0.jsonl"
        path.write_bytes(b"".join(lines))
        path.chmod(0o600)
        return directory

    return build


def opened(directory: Path, clock: HandClock, cache: Path | None = None) -> Record:
    return open_directory(directory, clock=clock, device="desk", cache=cache)


@pytest.mark.parametrize("name", WRONG)
def test_it_is_set_aside_and_the_rest_of_its_line_is_used(built: Build, clock: HandClock, name: str) -> None:
    table, id, doc = WRONG[name]
    right: dict[str, Any] = {"flags": {"f": {"at": AT}}, "answers": {"right": ANSWER}, "attempts": {"right": ATTEMPT}}
    puts: dict[str, Any] = {**right, table: {**right.get(table, {}), id: doc}}
    with opened(built({"p": puts}), clock) as record:
        assert record.table(table).get(doc_id=id) is None
        for other, docs in right.items():
            assert dict(record.table(other).stream()) == docs
        (aside,) = record.set_aside
        assert (aside.file, aside.table, aside.id, aside.newer) == ("other.0.jsonl", table, id, False)
        assert not record.damage


@pytest.mark.parametrize("name", WRONG)
def test_the_compiled_check_says_the_same(name: str) -> None:
    table, id, doc = WRONG[name]
    by_id = name in ("study time on no day", "a sum without its score")
    assert shapes._RowCheck(TABLES[table].row).compile()(id, doc) is by_id


@given(st.data())
def test_both_checks_agree_on_any_document(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(TABLES)))
    atoms = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(AT)
    values = st.recursive(atoms, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=4)
    doc = data.draw(st.dictionaries(st.sampled_from(sorted(TABLES[table].fields)), values))
    check = shapes._RowCheck(TABLES[table].row)
    assert check.compile()("", doc) is check.check("", doc) is not any(shapes.wrong_fields(table, doc))


@given(st.data())
def test_what_is_made_for_the_fields_of_many_documents_agrees_too(data: st.DataObject) -> None:
    table, right = data.draw(st.sampled_from([("answers", ANSWER), ("attempts", ATTEMPT)]))
    check = shapes._RowCheck(TABLES[table].row)
    special = check.compile()
    assert all(special("", right) for _ in range(SAME_FIELDS + 1))
    odd = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.lists(st.text(max_size=3))
    odd |= st.sampled_from([2**63 - 1, -(2**63), -(2**63) + 1, 2**63, 10**4000, -1, 1e300, AT, {}, {"order": [3]}])
    doc = {**right, **data.draw(st.dictionaries(st.sampled_from(sorted(right)), odd, max_size=3))}
    gone, new = data.draw(st.sampled_from(["", *right])), data.draw(st.sampled_from(["", "newer", "hints"]))
    doc = {name: value for name, value in doc.items() if name != gone} | ({new: 1} if new else {})
    assert special("", doc) is check.check("", doc)


def test_an_older_version_of_the_document_is_used(built: Build, clock: HandClock) -> None:
    bookmark = {"label": "Here", "at": AT}
    directory = built({"p": {"bookmarks": {"b": bookmark}}}, {"p": {"bookmarks": {"b": {"label": 3, "at": AT}}}})
    with opened(directory, clock) as record:
        assert record.table("bookmarks").get(doc_id="b") == bookmark


def test_the_checkpoint_remembers_it(built: Build, clock: HandClock, tmp_path: Path) -> None:
    directory = built({"p": {"resets": {"r": {}}}})
    for _ in range(2):
        with opened(directory, clock, tmp_path / "cache") as record:
            assert [aside.table for aside in record.set_aside] == ["resets"]


def test_a_word_that_a_newer_version_may_use_is_set_aside_as_such(built: Build, clock: HandClock) -> None:
    with opened(built({"p": {"resets": {"r": {"level": "decade", "about": "", "at": AT}}}}), clock) as record:
        assert [aside.newer for aside in record.set_aside] == [True]
        assert len(record.table("resets")) == 0


def test_undeclared_tables_and_fields_have_a_limit(built: Build, clock: HandClock) -> None:
    most = "x" * (unknown_fields.LARGEST - 100)
    kept = {"answers": {"y": {**ANSWER, "mood": most}}, "moods": {"n": {"words": most}}}
    over = {"answers": {"x": {**ANSWER, "mood": [most, "x" * 100]}}, "moods": {"m": {"few": 1, "words": 2 * [most]}}}
    with opened(built({"p": kept}, {"p": over | {"flags": {"f": {"at": AT}}}}), clock) as record:
        assert [(aside.table, aside.id, aside.fields) for aside in record.set_aside] == [
            ("answers", "x", ("mood",)),
            ("moods", "m", ("words",)),
        ]
        assert {table: dict(record.table(table).stream()) for table in kept} == kept
        assert dict(record.table("flags").stream()) == {"f": {"at": AT}}


def test_both_checks_limit_undeclared_fields() -> None:
    check = shapes._RowCheck(TABLES["bookmarks"].row)
    for size, fits in ((unknown_fields.LARGEST - 100, True), (unknown_fields.LARGEST, False)):
        doc = {"label": "Here", "at": AT, "newer": {"deep": ["x" * size]}}
        assert check.compile()("", doc) is check.check("", doc) is fits


def nested(levels: int) -> bytes:
    """A line with an undeclared field in which lists lie in each other, of that many levels with those around it."""
    inner = levels - 4  # of line, changes, table, document
    rest = b'"n":1,"t":2,"p":{"flags":{"f":{"at":"%s","newer":%s}}}}' % (AT.encode(), b"[" * inner + b"]" * inner)
    return b'{"c":"%08x",%s\n' % (zlib.crc32(rest), rest)


def test_a_line_that_is_nested_too_deeply_is_damage_to_every_reader(built: Build, clock: HandClock) -> None:
    directory = built(nested(DEEPEST + 1), {"p": {"flags": {"g": {"at": AT}}}})
    with open(directory / "other.0.jsonl", "rb") as file:
        assert len(list(sound_lines(file))) == 2
    with opened(directory, clock) as record:
        assert [damage.what for damage in record.damage] == ["a section whose entries are not valid"]
        assert set(dict(record.table("flags").stream())) == {"g"}


def test_a_line_may_be_nested_as_deeply_as_all_readers_allow(built: Build, clock: HandClock) -> None:
    with opened(built(nested(DEEPEST)), clock) as record:
        assert not record.damage
        assert set(dict(record.table("flags").stream())) == {"f"}


def test_tables_and_fields_of_a_newer_version_are_kept(built: Build, clock: HandClock) -> None:
    directory = built({"p": {"answers": {"x": {**ANSWER, "mood": [1]}}, "moods": {"m": {"good": True}}}})
    with opened(directory, clock) as record:
        assert record.set_aside == ()
        assert dict(record.table("answers").stream())["x"]["mood"] == [1]
        assert record.tables() == {"answers", "moods"}


@pytest.mark.parametrize(
    "line",
    [
        encode_line({"n": 1, "t": LATEST + 1, "p": {"flags": {"f": {"at": AT}}}}),
        encode_line({"n": 1, "t": 10**4299, "p": {"flags": {"f": {"at": AT}}}}),
        encode_line({"n": 10**4299, "t": 2, "p": {"flags": {"f": {"at": AT}}}}),
        encode_line({"n": 1, "t": 2, "h": {"format": 1, "schema": -(10**9), "writer": "other.0"}}),
    ],
    ids=["a clock in the far future", "a clock of 4,300 digits", "a number of 4,300 digits", "a schema below all"],
)
def test_a_line_with_odd_numbers_is_damage(built: Build, clock: HandClock, line: bytes) -> None:
    with opened(built(line, {"n": 1, "p": {"flags": {"g": {"at": AT}}}}), clock) as record:
        assert {id for id, _ in record.table("flags").stream()} == {"g"}
        assert [damage.file for damage in record.damage] == ["other.0.jsonl"]
        record.table("flags").put("h", {"at": AT})


@pytest.mark.parametrize("value", [b"[" * 5000 + b"]" * 5000, b"NaN", b"-Infinity", b"9" * 5000])
def test_a_line_with_an_odd_value_is_damage(built: Build, clock: HandClock, value: bytes) -> None:
    import zlib

    rest = b'"n":1,"t":2,"p":{"flags":{"f":{"at":%s}}}}' % value
    line = b'{"c":"%08x",%s\n' % (zlib.crc32(rest), rest)
    with opened(built(line, {"p": {"flags": {"g": {"at": AT}}}}), clock) as record:
        assert {id for id, _ in record.table("flags").stream()} == {"g"}
        assert len(record.damage) == 1


def test_the_largest_clock_does_not_stop_the_clock(built: Build, clock: HandClock) -> None:
    directory = built({"t": LATEST, "p": {"flags": {"f": {"at": AT}}}})
    for name in ("g", "h"):
        with opened(directory, clock) as record:
            record.table("flags").put(name, {"at": AT})
    with opened(directory, clock) as record:
        assert {id for id, _ in record.table("flags").stream()} == {"f", "g", "h"}


def test_a_header_without_a_host_tells_of_no_session(built: Build, clock: HandClock) -> None:
    header = {"format": 1, "schema": 1, "writer": "other.0", "pid": 1, "since": 1e300}
    with opened(built({"h": header}), clock) as record:
        assert record.others() == ()


@pytest.mark.parametrize("line", [b'{ "n": 0, "h": { "format" : 2 } }\n', b'{"h":{"format":2},"x":1}\n'])
@pytest.mark.parametrize("before", [b"", encode_line({"n": 1, "t": 2, "p": {"flags": {"f": {"at": AT}}}})])
def test_a_newer_format_is_refused_before_a_byte_is_written(
    built: Build, clock: HandClock, line: bytes, before: bytes
) -> None:
    directory = built(before, line)
    for name in ("other.0.jsonl", "desk.0.jsonl"):
        path = (directory / "other.0.jsonl").rename(directory / name)
        held = path.read_bytes()
        with pytest.raises(NewerRecord, match=r"format 2\b.* supports format 1, schema 1"):
            opened(directory, clock)
        assert [(p.name, p.read_bytes()) for p in directory.iterdir()] == [(name, held)]
        path.rename(directory / "other.0.jsonl")


def test_what_is_written_has_its_shape(built: Build, clock: HandClock) -> None:
    with opened(built(), clock) as record:
        with pytest.raises(ValueError, match=r"a value that record/rows\.py does not allow"):
            record.table("answers").insert({**ANSWER, "score": "1"})
        assert len(record.table("answers")) == 0


def test_a_change_of_the_types_has_a_new_number() -> None:
    """A checkpoint holds checked documents: without a new number it would be used with types it was not checked by."""
    declared = repr(sorted((name, sorted(table.fields.items())) for name, table in TABLES.items()))
    text = declared + inspect.getsource(row_values)
    assert (SHAPES, hashlib.sha256(text.encode()).hexdigest()[:12]) == (11, "a4a34e41533e"), (
        "count SHAPES up in schema.py"
    )
