"""A journal that is new here is taken as it is, with the same result as line by line, and only when all is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.errors import DamagedSource, NotSaved
from dev2cto.record import adoption, merge
from dev2cto.record.adoption import Adoption
from dev2cto.record.backup.backup import backup
from dev2cto.record.journal.codec import encode_line
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.table_state import SPILL_ABOVE

if TYPE_CHECKING:
    from tests.record.conftest import HandClock

MANY = 2 * SPILL_ABOVE + 7
AT = "2026-11-23T09:00:00.000+00:00"


def lines_of(writer: str) -> list[bytes]:
    """A journal with much of everything: documents that change and go, odd ones, unknown ones, two sessions."""

    def line(number: int, **body: Any) -> bytes:
        return encode_line({"n": number, "t": 1_790_000_000_000 + number, **body})

    header = {"h": {"format": 1, "schema": 1, "writer": writer}}
    lines = [line(0, **header)]
    for n in range(1, MANY):
        review = {"card": f"c{n % 5}", "rating": 1 + n % 4, "at": AT, "ms": n}
        puts: dict[str, Any] = {"reviews": {f"{n:021x}": review}, "flags": {f"f{n % 9}": {"at": AT}}}
        if n % 50 == 0:
            puts["moods"] = {f"m{n}": {"good": True}}
        lines.append(line(n, p=puts, d={"flags": [f"f{(n + 3) % 9}"]} if n % 7 == 0 else {"bookmarks": ["gone"]}))
    lines.append(line(MANY, **header))
    lines.append(line(MANY + 1, p={"reviews": {"odd": {"card": 3, "by": writer}, "z" * 21: {**review, "newer": [1]}}}))
    lines.append(line(MANY + 2, p={"drafts": {f"memo/{writer}": {"text": "Mine.", "cursor": 0, "at": AT}}}))
    return lines


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """The record of another machine."""
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "laptop.0.jsonl").write_bytes(b"".join(lines_of("laptop.0")))
    (folder / "laptop.1.jsonl").write_bytes(b"".join(lines_of("laptop.1")))
    return folder


@pytest.fixture
def adopted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many entries each adoption took."""
    found: list[int] = []
    finish: Callable[[Adoption, Any], int] = Adoption.finish

    def noted(self: Adoption, there: Any) -> int:
        found.append(finish(self, there))
        return found[-1]

    monkeypatch.setattr(Adoption, "finish", noted)
    return found


def state(record: Record) -> dict[str, Any]:
    """All that is known of a record."""
    store, reader = record.reader.store, record.reader
    tables = {name: {id: (doc, v) for id, doc, v in table.in_order()} for name, table in store.shelves.items()}
    return {
        "tables": {name: docs for name, docs in tables.items() if docs},
        "clock": (store.time, store.changed_at),
        "asked": store.asked,
        "seen": {writer: numbers.spans for writer, numbers in reader.seen.items()},
        "headers": reader.headers,
        "aside": reader.set_aside,
        "files": {name: position.state()[1:] for name, position in reader.files.items()},
        "damage": record.damage,
        "missing": reader.missing(),
    }


def real(directory: Path, clock: HandClock, cache: Path | None, *, readonly: bool = False) -> Record:
    return open_directory(directory, clock=clock, device="desk", cache=cache, readonly=readonly)


def line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Adoption, "begin", lambda self, _: (self._store, []))


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("packed", [True, False])
def test_it_is_as_if_merged_line_by_line(
    tmp_path: Path, clock: HandClock, there: Path, adopted: list[int], monkeypatch: pytest.MonkeyPatch,
    packed: bool, cached: bool,
) -> None:  # fmt: skip
    source = backup(there, tmp_path / "there.tar.gz", clock=clock).path if packed else there
    found = []
    for name in ("adopted", "compared"):
        cache = tmp_path / f"cache-{name}" if cached else None
        with real(tmp_path / name, clock, cache) as record:
            record.table("flags").put("f1", {"at": AT})
            merged = merge.merge(record, [source])
            in_memory = state(record)
            assert not record.reader.refresh()
        with real(tmp_path / name, clock, cache, readonly=True) as record:
            found.append((merged, in_memory, state(record)["tables"], [a.table for a in record.set_aside]))
        if name == "adopted":
            line_by_line(monkeypatch)
    assert found[0] == found[1]
    assert adopted == [2 * (MANY + 1)]
    for journal in there.glob("*.jsonl"):
        assert (tmp_path / "adopted" / journal.name).read_bytes() == journal.read_bytes()
        assert (tmp_path / "adopted" / journal.name).stat().st_mode & 0o777 == 0o600
    assert not list((tmp_path / "adopted").glob(".*.tmp"))


@pytest.mark.parametrize("cut", [1, 9, MANY, MANY + 1, MANY + 3])
def test_a_journal_that_went_on_is_continued(
    tmp_path: Path, clock: HandClock, there: Path, adopted: list[int], cut: int
) -> None:
    lines, whole = lines_of("laptop.0"), (there / "laptop.0.jsonl").read_bytes()
    with real(tmp_path / "at once", clock, None) as record:
        merge.merge(record, [there])
        wanted = state(record)
    (there / "laptop.0.jsonl").write_bytes(b"".join(lines[:cut]))
    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        merge.merge(record, [there])
        taken = len(adopted)
        (there / "laptop.0.jsonl").write_bytes(whole)
        merge.merge(record, [there])
        assert len(adopted) == taken
        assert (record.directory / "laptop.0.jsonl").read_bytes() == whole
        assert state(record) == wanted
        merge.merge(record, [there])
        (there / "laptop.0.jsonl").write_bytes(whole[:-5])
        assert merge.merge(record, [there]).entries == 0
        assert state(record) == wanted
    with real(tmp_path / "record", clock, None, readonly=True) as record:
        assert state(record)["tables"] == wanted["tables"]


@pytest.mark.parametrize("at", [0, 5, MANY])
def test_a_journal_that_says_something_else_is_kept_beside(
    tmp_path: Path, clock: HandClock, there: Path, at: int
) -> None:
    lines = lines_of("laptop.0")
    lines[at:at] = [encode_line({"n": at, "t": 1_790_000_000_000 + at, "p": {"flags": {"other": {"at": AT}}}})]
    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        merge.merge(record, [there])
        (there / "laptop.0.jsonl").write_bytes(b"".join(lines))
        assert merge.merge(record, [there]).entries == 1
        assert record.table("flags").get(doc_id="other") == {"at": AT}
        assert merge.merge(record, [there]).entries == 0


def known(record: Record, there: Path) -> None:
    merge.merge(record, [there])


def own(_: Record, there: Path) -> None:
    (there / "laptop.1.jsonl").write_bytes(b"".join(lines_of("desk.1")))
    (there / "laptop.1.jsonl").rename(there / "desk.1.jsonl")


def in_two_files(_: Record, there: Path) -> None:
    lines = lines_of("laptop.0")
    (there / "laptop.0.jsonl").write_bytes(b"".join(lines[:9]))
    (there / "laptop.0~server.jsonl").write_bytes(lines[0] + b"".join(lines[9:]))


def out_of_order(_: Record, there: Path) -> None:
    lines = lines_of("laptop.0")
    (there / "laptop.0.jsonl").write_bytes(b"".join([lines[0], *reversed(lines[1:])]))


def with_other_line_ends(_: Record, there: Path) -> None:
    path = there / "laptop.0.jsonl"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def without_its_end(_: Record, there: Path) -> None:
    with open(there / "laptop.0.jsonl", "ab") as file:
        file.write(b'{"c":"0')


def by_another_writer(_: Record, there: Path) -> None:
    (there / "laptop.0.jsonl").rename(there / "tablet.0.jsonl")


def with_an_erasure(record: Record, there: Path) -> None:
    record.table("flags").put("gone", {"at": AT})
    with open(there / "laptop.0.jsonl", "ab") as file:
        file.write(encode_line({"n": MANY + 3, "t": 1_890_000_000_000, "e": {"flags": ["gone"]}}))


def after_an_erasure(record: Record, _: Path) -> None:
    from dev2cto.record.erase import erase

    record.table("flags").put("gone", {"at": AT})
    erase(record, {"flags": ["gone"]})


@pytest.mark.parametrize(
    ("change", "journals"),
    [
        (known, 0), (own, 1), (in_two_files, 1), (out_of_order, 0), (with_other_line_ends, 0), (without_its_end, 0),
        (by_another_writer, 0), (with_an_erasure, 0), (after_an_erasure, 0),
    ],
)  # fmt: skip
def test_what_is_not_plainly_new_is_merged_line_by_line(
    tmp_path: Path, clock: HandClock, there: Path, adopted: list[int], monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Record, Path], None], journals: int,
) -> None:  # fmt: skip
    shutil.copytree(there, tmp_path / "again")
    found = []
    for name, source in (("one", there), ("two", tmp_path / "again")):
        with real(tmp_path / name, clock, tmp_path / f"cache-{name}") as record:
            change(record, source)
            adopted.clear()
            merge.merge(record, [source])
            assert sum(adopted) == (journals * (MANY + 1) if name == "one" else 0)
            found.append({**state(record), "files": {}})
        line_by_line(monkeypatch)
    assert found[0]["tables"].keys() == found[1]["tables"].keys()
    assert found[0] == found[1]


def test_nothing_is_taken_before_all_is_checked(tmp_path: Path, clock: HandClock, there: Path) -> None:
    data = bytearray((there / "laptop.1.jsonl").read_bytes())
    data[len(data) // 2] ^= 1
    data[len(data) // 2 + 1] ^= 1
    (there / "laptop.1.jsonl").write_bytes(data)
    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        before = (sorted(os.listdir(record.directory)), state(record))
        with pytest.raises(DamagedSource):
            merge.merge(record, [there])
        assert (sorted(os.listdir(record.directory)), state(record)) == before
        assert merge.merge(record, [there], partial=True).damage


def test_a_session_that_goes_on_writing_there_changes_nothing_here(
    tmp_path: Path, clock: HandClock, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = (there / "laptop.0.jsonl").read_bytes()
    adoptable: Callable[[Adoption, Any], list[str]] = Adoption.adoptable

    def later(self: Adoption, source: Any) -> list[str]:
        with open(there / "laptop.0.jsonl", "r+b") as file:
            file.write(b"x" * 5000)
        return adoptable(self, source)

    monkeypatch.setattr(Adoption, "adoptable", later)
    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        merge.merge(record, [there])
        assert (record.directory / "laptop.0.jsonl").read_bytes() == checked
    with real(tmp_path / "record", clock, None, readonly=True) as record:
        assert not record.damage


@pytest.mark.parametrize("moved", [0, 1])
def test_what_a_full_disk_interrupts_is_merged_by_the_next_merge(
    tmp_path: Path, clock: HandClock, there: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    left = moved
    move = adoption._move

    def full(path: Path, to: Path) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")
        return move(path, to)

    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        with monkeypatch.context() as patch:
            patch.setattr(adoption, "_move", full)
            with pytest.raises(NotSaved, match="No space left"):
                merge.merge(record, [there])
        record.refresh()
        assert len(list(record.directory.glob("laptop.*"))) == moved
        assert merge.merge(record, [there]).entries == (2 - moved) * (MANY + 1)
        assert not record.damage
        wanted = state(record)["tables"]
    with real(tmp_path / "record", clock, None, readonly=True) as record:
        assert state(record)["tables"] == wanted


def test_files_full_of_holes_are_not_copied(tmp_path: Path, clock: HandClock, there: Path, adopted: list[int]) -> None:
    with open(there / "laptop.1.jsonl", "r+b") as file:
        file.truncate(40 << 30)
    with real(tmp_path / "record", clock, tmp_path / "cache") as record:
        assert merge.merge(record, [there]).entries == 2 * (MANY + 1)
    assert adopted == [MANY + 1]
