"""Migrations, numbers of lines, and the description of the documents."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import NewerRecord, RecordError
from dev2cto.record import tables
from dev2cto.record.journal import codec, durable_io
from dev2cto.record.journal.line_numbers import IntervalSet
from dev2cto.record.migrations import SCHEMA, STEPS, upgrade
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.recovery.foreign_lines import ForeignLine, as_journal, read_foreign_lines
from dev2cto.record.schema import COLD_TABLES, LIVE_TABLES, TABLES
from tests.support.unchecked import anything

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


NOW, LATER = "2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00"


def to_percent(table: str, doc: codec.Doc) -> codec.Doc:
    return {**doc, "score": doc["score"] * 100} if table == "answers" else doc


def to_points(table: str, doc: codec.Doc) -> codec.Doc:
    return {"points": doc["score"]} if table == "answers" else doc


STEPS_TO_3 = {1: to_percent, 2: to_points}


def test_a_document_is_lifted_step_by_step() -> None:
    old = {"score": 0.5}
    assert upgrade("answers", old, 1, schema=3, steps=STEPS_TO_3) == {"points": 50}
    assert upgrade("answers", {"score": 50}, 2, schema=3, steps=STEPS_TO_3) == {"points": 50}
    assert upgrade("answers", {"points": 50}, 3, schema=3, steps=STEPS_TO_3) == {"points": 50}
    assert upgrade("cards", old, 1, schema=3, steps=STEPS_TO_3) is old
    assert old == {"score": 0.5}


def test_there_is_a_step_from_every_earlier_schema() -> None:
    assert set(STEPS) == set(range(1, SCHEMA))


def test_an_older_record_is_lifted_while_it_is_read(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened() as record:
        id = record.table("answers").insert({"score": 0.5})
    before = (record.directory / "desk.0.jsonl").read_bytes()
    monkeypatch.setattr(tables, "SCHEMA", 3)
    monkeypatch.setattr(
        tables, "upgrade", lambda table, doc, written: upgrade(table, doc, written, schema=3, steps=STEPS_TO_3)
    )
    with opened() as record:
        assert record.table("answers").get(doc_id=id) == {"points": 50}
        newer = record.table("answers").insert({"points": 7})
    assert (record.directory / "desk.0.jsonl").read_bytes().startswith(before)
    with opened() as record:
        assert record.table("answers").get(doc_id=newer) == {"points": 7}
        assert record.table("answers").get(doc_id=id) == {"points": 50}


@pytest.mark.parametrize("what", ["schema", "format"])
@pytest.mark.parametrize("readonly", [False, True])
def test_a_newer_record_is_refused_untouched(tmp_path: Path, opened: Opener, what: str, readonly: bool) -> None:
    with opened() as record:
        record.table("answers").insert({"score": 1})
    header = {"format": codec.FORMAT, "schema": SCHEMA, "writer": "desk.0", what: 99}
    with open(tmp_path / "record" / "desk.0.jsonl", "ab") as journal:
        journal.write(codec.encode_line({"n": 2, "t": 9, "h": header}) + b"a line in a way nobody knows yet\n")
    before = {path: path.read_bytes() for path in (tmp_path / "record").rglob("*") if path.is_file()}
    with pytest.raises(NewerRecord, match="newer version"):
        opened(readonly=readonly)
    assert before == {path: path.read_bytes() for path in (tmp_path / "record").rglob("*") if path.is_file()}


@given(st.lists(st.integers(-1, 40)))
def test_numbers_are_a_set_with_gaps(added: list[int]) -> None:
    numbers = IntervalSet()
    for number in added:
        numbers.add(number)
    seen = {number for number in added if number >= 0}
    assert {number for number in range(-1, 50) if number in numbers} == seen
    assert numbers.next == max(seen, default=-1) + 1
    assert {n for start, stop in numbers.gaps(45) for n in range(start, stop)} == set(range(45)) - seen
    assert {n for start, stop in numbers.gaps() for n in range(start, stop)} == set(range(numbers.next)) - seen


def test_no_flag_of_a_table_contradicts_another() -> None:
    assert frozenset({"place", "positions", "drafts", "responses"}) == LIVE_TABLES
    assert {"answers", "attempts", "ratings", "reviews", "submissions", "note_revs", "marks"} <= COLD_TABLES
    for name, table in TABLES.items():
        assert not (table.event and table.live), name
        assert not (table.exported and (table.cache or table.live)), name
        assert {table.about, *table.renamed, *table.indexed} <= {"", "id", *table.fields}, name


def test_what_is_not_declared_is_not_written(tmp_path: Path, clock: HandClock) -> None:
    with open_directory(tmp_path / "record", clock=clock) as record:
        record.table("flags").put("attempt/item", {"at": NOW})
        with pytest.raises(ValueError, match="'flags' have no field 'why'"):
            record.table("flags").put("attempt/item", {"at": NOW, "why": "unsure"})
        with pytest.raises(ValueError, match="no field 'line'"):
            record.table("positions").put("reading", {"line": 3})
        with pytest.raises(ValueError, match="no table 'flag'"):
            record.table("flag").put("attempt/item", {"at": NOW})
        with pytest.raises(RecordError):
            put_two(record)
        assert dict(record.table("flags").stream()) == {"attempt/item": {"at": NOW}}
        assert record.table("positions").all() == []


def put_two(record: Record) -> None:
    """A batch with a document that may not be written, and somebody who takes no notice."""
    with record.batch():
        record.table("flags").put("attempt/other", {"at": NOW})
        with contextlib.suppress(ValueError):
            record.table("flags").put("attempt/item", {"why": "unsure"})


def test_a_field_that_an_earlier_version_wrote_may_stay(tmp_path: Path, clock: HandClock) -> None:
    with open_directory(tmp_path / "record", clock=clock, check=anything) as record:
        record.table("flags").put("attempt/item", {"at": NOW, "why": "unsure"})
    with open_directory(tmp_path / "record", clock=clock) as record:
        record.table("flags").put("attempt/item", {"at": LATER, "why": "unsure"})
        with pytest.raises(ValueError, match="no field 'who'"):
            record.table("flags").put("attempt/item", {"at": LATER, "who": "me"})
        assert record.table("flags").get(doc_id="attempt/item") == {"at": LATER, "why": "unsure"}


def test_lines_in_a_side_file_keep_the_schema_they_were_written_in() -> None:
    arrived = [
        ForeignLine("a.0", schema, number, False, codec.encode_line({"n": number, "t": number}))
        for number, schema in enumerate([2, 2, 1, 3])
    ]
    again = [stray for stray in read_foreign_lines(b"".join(as_journal("a.0", arrived)), "other.0") if not stray.header]
    assert again == arrived


def test_a_whole_file_is_synced_before_it_gets_its_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace

    def fsync(fd: int) -> None:
        done.append("folder synced" if os.path.isdir(f"/proc/self/fd/{fd}") else "file synced")
        sync(fd)

    def rename(old: Path, new: Path) -> None:
        done.append("renamed")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", rename)
    durable_io.write_whole(tmp_path / "file", b"content")
    assert done == ["file synced", "renamed", "folder synced"]
    assert (tmp_path / "file").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]
