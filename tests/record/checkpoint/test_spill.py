"""Tables that are larger than memory should hold lie on the disk, and nobody notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.record import table_state
from dev2cto.record.checkpoint import spill
from dev2cto.record.journal.codec import encode_line
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import Opener


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is much is little here."""
    monkeypatch.setattr(table_state, "SPILL_ABOVE", 40)
    monkeypatch.setattr(spill, "_MOST_RUNS", 4)
    monkeypatch.setattr("dev2cto.record.record.MANY", 300)


def write(journal: Path, numbers: range, writer: str = "there.0") -> None:
    """A journal of another machine: every seventh answer is changed later and every ninth removed, in mixed order."""
    lines = [encode_line({"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": writer}})]
    for number in numbers:
        id = f"{number * 7919 % 10007:05}"
        lines.append(encode_line({"n": len(lines), "t": number + 2, "p": {"marks": {id: {"i": number}}}}))
        if number % 7 == 0:
            changed = {"marks": {id: {"i": number, "again": True}}}
            lines.append(encode_line({"n": len(lines), "t": number + 3, "p": changed}))
        if number % 9 == 0:
            lines.append(encode_line({"n": len(lines), "t": number + 4, "d": {"marks": [id]}}))
    journal.parent.mkdir(mode=0o700, exist_ok=True)
    journal.write_bytes(b"".join(lines))


def expected(numbers: range) -> dict[str, dict[str, object]]:
    return {
        f"{n * 7919 % 10007:05}": {"i": n, **({"again": True} if n % 7 == 0 else {})} for n in numbers if n % 9 != 0
    }


def is_loaded(record: Record) -> bool:
    return record.reader.store.table("marks").loaded


def test_a_large_table_is_read_scanned_and_saved_without_being_in_memory(tmp_path: Path, opened: Opener) -> None:
    write(tmp_path / "record" / "there.0.jsonl", range(700))
    cache = tmp_path / "cache"
    for _ in range(2):  # from the journals, then from the checkpoint
        record = opened(cache=cache)
        table = record.table("marks")
        assert dict(table.scan()) == expected(range(700))
        assert [id for id, _ in table.scan()] == sorted(expected(range(700)))
        assert table.get(doc_id="07919") == {"i": 1}
        assert table.get(doc_id=f"{9 * 7919 % 10007:05}") is None
        assert not is_loaded(record)
        record.close()
    assert {str(doc.doc_id): dict(doc) for doc in opened(cache=cache).table("marks").all()} == expected(range(700))
    assert not [path for path in cache.rglob("*") if path.suffix not in (".part", "") and path.is_file()]


def test_what_came_after_the_checkpoint_joins_it(tmp_path: Path, opened: Opener) -> None:
    cache = tmp_path / "cache"
    write(tmp_path / "record" / "there.0.jsonl", range(500))
    opened(cache=cache).close()
    write(tmp_path / "record" / "there.1.jsonl", range(500, 900), "there.1")
    readonly = opened(cache=cache, readonly=True)
    assert dict(readonly.table("marks").scan()) == expected(range(900))
    assert dict(readonly.table("marks").stream()) == expected(range(900))  # loaded
    record = opened(cache=cache)
    assert dict(record.table("marks").scan()) == expected(range(900))
    assert not is_loaded(record)
    record.close()
    record = opened(cache=cache)
    assert record.reader.lines_read < 10
    assert dict(record.table("marks").scan()) == expected(range(900))


def test_a_loaded_table_that_was_on_the_disk_is_saved(tmp_path: Path, opened: Opener) -> None:
    cache = tmp_path / "cache"
    write(tmp_path / "record" / "there.0.jsonl", range(250))
    opened(cache=cache).close()
    write(tmp_path / "record" / "there.1.jsonl", range(250, 400), "there.1")
    record = opened(cache=cache)
    record.table("marks").put("x", {"i": -1})
    assert len(record.table("marks")) == len(expected(range(400))) + 1
    record.close()
    record = opened(cache=cache)
    assert record.reader.lines_read < 10
    assert dict(record.table("marks").scan()) == {**expected(range(400)), "x": {"i": -1}}


def test_without_room_for_it_memory_holds_the_table(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spill, "TemporaryFile", no_room)
    write(tmp_path / "record" / "there.0.jsonl", range(700))
    record = opened(cache=tmp_path / "cache")
    assert dict(record.table("marks").scan()) == expected(range(700))


def test_a_checkpoint_that_breaks_during_a_scan_is_replaced_by_the_journals(tmp_path: Path, opened: Opener) -> None:
    cache = tmp_path / "cache"
    write(tmp_path / "record" / "there.0.jsonl", range(700))
    opened(cache=cache).close()
    (part,) = cache.rglob("answers.*.part")
    data = part.read_bytes()
    part.write_bytes(data[:-500] + bytes(100) + data[-400:])
    assert dict(opened(cache=cache).table("marks").scan()) == expected(range(700))
