"""The checkpoint makes opening fast and changes nothing else, whatever happens to it."""

from __future__ import annotations

import marshal
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.record.checkpoint import table_file
from dev2cto.record.journal import codec
from dev2cto.record.record import Record
from dev2cto.record.table_state import MANY

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def tables(record: Record) -> dict[str, dict[str, Any]]:
    return record.storage.read() or {}


def fill(record: Record, first: int, count: int) -> None:
    for i in range(first, first + count):
        with record.batch():
            record.table("answers").insert({"i": i})
            record.table("cards").put(f"q{i % 50}", {"i": i})
            record.table("attempts").put(f"t{i:04}", {"i": i})
    record.table("cards").remove(doc_ids=[f"q{first % 50}"])


def test_an_opening_with_a_checkpoint_reads_only_what_is_new(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        fill(record, 0, 300)
    record = opened(cache=cache)
    assert record.reader.lines_read == 1
    assert not record.reader.store.table("answers").loaded
    assert tables(record) == tables(opened(readonly=True))


def test_single_documents_are_found_without_loading_their_table(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        fill(record, 0, 700)
    with opened(cache=cache) as record:
        record.table("attempts").put("t0005", {"i": "later"})
        record.table("attempts").remove(doc_ids=["t0006"])
        assert record.table("attempts").get(doc_id="t0005") == {"i": "later"}
    record = opened(cache=cache)
    for number in (0, 1, 127, 128, 300, 699):
        assert record.table("attempts").get(doc_id=f"t{number:04}") == {"i": number}
    assert record.table("attempts").get(doc_id="t0005") == {"i": "later"}
    assert record.table("attempts").get(doc_id="t0006") is None
    assert record.table("attempts").get(doc_id="") is None
    assert record.table("attempts").get(doc_id="zzz") is None
    record.table("attempts").put("t0300", {"i": "now"})
    record.table("answers").insert({"i": 1000})
    assert record.table("attempts").get(doc_id="t0300") == {"i": "now"}
    assert not record.reader.store.table("attempts").loaded
    assert not record.reader.store.table("answers").loaded
    assert tables(record) == tables(opened(readonly=True))


def test_many_sessions_keep_the_checkpoint_right_and_bounded(opened: Opener, tmp_path: Path, clock: HandClock) -> None:
    cache, chance = tmp_path / "cache", random.Random(2)
    first = 0
    for _ in range(60):
        record = opened(cache=cache)
        if chance.random() < 0.3:
            dict(record.table("answers").stream())
        count = chance.choice([0, 1, 30])
        if count:
            fill(record, first, count)
        first += count
        clock.move(1000)
        if chance.random() < 0.2:
            record.save_and_close()  # a hang-up: no checkpoint
        else:
            record.close()
    with_checkpoint = opened(cache=cache, readonly=True)
    assert tables(with_checkpoint) == tables(opened(readonly=True))
    size = sum(path.stat().st_size for path in cache.rglob("*"))
    assert size < 6 * (tmp_path / "record" / "desk.0.jsonl").stat().st_size


def test_side_by_side_sessions_and_merges_keep_it_right(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        fill(record, 0, 20)
    one, two = opened(cache=cache), opened(cache=cache)
    fill(one, 100, 5)
    fill(two, 200, 5)
    one.close()
    two.refresh()
    fill(two, 300, 5)
    two.close()
    assert tables(opened(cache=cache, readonly=True)) == tables(opened(readonly=True))


def test_a_session_does_not_write_over_the_checkpoint_of_another(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        fill(record, 0, 5)
    one, two = opened(cache=cache), opened(cache=cache)
    fill(one, 100, 5)
    fill(two, 200, 5)
    one.close()
    (folder,) = cache.iterdir()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    two.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_reading_everything_writes_it_at_once_and_lets_the_history_go(opened: Opener, tmp_path: Path) -> None:
    with opened() as record:
        fill(record, 0, MANY)
    record = opened(cache=tmp_path / "cache")
    assert record.reader.lines_read > MANY
    assert not record.reader.store.table("answers").loaded
    again = opened(cache=tmp_path / "cache", readonly=True)
    assert again.reader.lines_read == 0
    assert len(again.table("answers")) == MANY


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_checkpoint_is_not_believed(opened: Opener, tmp_path: Path, seed: int) -> None:
    cache, chance = tmp_path / "cache", random.Random(seed)
    with opened(cache=cache) as record:
        fill(record, 0, 200)
    with opened(cache=cache) as record:
        fill(record, 200, 3)
    wanted = tables(opened(readonly=True))
    path = chance.choice(sorted(path for path in cache.rglob("*") if path.is_file() and path.stat().st_size))
    data = bytearray(path.read_bytes())
    match seed % 4:
        case 0:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            del data[chance.randrange(len(data)) :]
        case 2:
            data = bytearray(chance.randbytes(len(data)))
        case 3:
            data = bytearray(table_file.encode_segment(chance.choice([None, 5, {}, {"stamp": 1}, [], ({}, {}), "x"])))
    path.write_bytes(data)
    if seed == 39:
        path.unlink()
    record = opened(cache=cache)
    assert record.table("attempts").get(doc_id="t0007") == {"i": 7}
    assert tables(record) == wanted
    record.table("answers").insert({"i": 1})
    wanted = tables(record)
    record.close()
    assert tables(opened(cache=cache, readonly=True)) == wanted


def test_a_journal_that_changed_behind_it_is_read_again(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        fill(record, 0, 20)
    journal = tmp_path / "record" / "desk.0.jsonl"
    whole = journal.read_bytes().splitlines(keepends=True)
    for path in (tmp_path / "record" / "backups").iterdir():
        path.unlink()
    journal.write_bytes(b"".join(whole[:11]))
    record = opened(cache=cache)
    assert len(record.table("answers")) == 10
    assert record.lost


def test_another_journal_of_the_same_size_is_read(opened: Opener, tmp_path: Path) -> None:
    """As after a machine was set back and learned something else: all lines are sound, but they are others."""
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        record.table("cards").put("q1", {"n": 1})
        record.table("cards").put("q1", {"n": 2})
    journal = tmp_path / "record" / "desk.0.jsonl"
    head, first, second = journal.read_bytes().splitlines(keepends=True)
    other = [entry for line in (first, second) if (entry := codec.decode_line(line[:-1])) and entry.pop("c")]
    for entry, n in zip(other, (7, 8), strict=True):
        entry["p"]["cards"]["q1"]["n"] = n
    journal.write_bytes(head + b"".join(codec.encode_line(entry) for entry in other))
    for path in (tmp_path / "record" / "backups").iterdir():
        path.unlink()
    assert opened(cache=cache).table("cards").get(doc_id="q1") == {"n": 8}


def test_a_checkpoint_of_another_user_or_place_is_not_used(opened: Opener, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(tmp_path / "a", cache=cache) as record:
        fill(record, 0, 5)
    (folder,) = cache.iterdir()
    head = folder / "head"
    value = table_file.decode_segment(head.read_bytes(), 0)[0]
    value["stamp"] = value["stamp"] + "/elsewhere"
    head.write_bytes(table_file.encode_segment(value))
    record = opened(tmp_path / "a", cache=cache)
    assert record.reader.lines_read > 1
    assert len(record.table("answers")) == 5


def test_a_cache_that_cannot_be_written_costs_only_time(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    with opened(cache=tmp_path / "cache") as record:
        fill(record, 0, 5)
    assert len(opened(cache=tmp_path / "cache").table("answers")) == 5


def test_segments_carry_their_checksums() -> None:
    data = table_file.encode_segment({"a": 1}) + table_file.encode_segment([2])
    value, at = table_file.decode_segment(data, 0)
    assert value == {"a": 1}
    assert table_file.decode_segment(data, at) == ([2], len(data))
    for bad in (b"", data[:-1], data.replace(b"a", b"b"), marshal.dumps({"a": 1})):
        with pytest.raises(table_file.CorruptCheckpoint):
            table_file.decode_segment(bad, 0 if bad != data[:-1] else at)
