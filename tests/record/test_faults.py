"""A disk that refuses: the learner is told at once, nothing is half done, writing resumes when it can."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.errors import NotSaved, ReadOnly
from dev2cto.record.journal import durable_io
from dev2cto.record.merge import merge
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def tables(record: Record) -> str:
    return json.dumps((record.storage.read() or {}), sort_keys=True)


class Disk:
    """Calls of the operating system that fail while `broken` is set."""

    def __init__(self, patched: pytest.MonkeyPatch, number: int, calls: str) -> None:
        self.broken = False
        self._real: dict[str, Callable[..., Any]] = {}
        for name in ("pwrite", "fsync", "ftruncate", "replace"):
            self._real[name] = getattr(os, name)
            if name in calls:
                patched.setattr(os, name, self._breaking(name, number, short="short" in calls))

    def _breaking(self, name: str, number: int, *, short: bool) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if not self.broken:
                return self._real[name](*arguments)
            if name == "pwrite" and short and len(arguments[1]) > 20:
                return self._real[name](arguments[0], arguments[1][: len(arguments[1]) // 2], arguments[2])
            raise OSError(number, os.strerror(number))

        return call


def answer(record: Record, i: int) -> str:
    """Saves an answer and a card; returns why not, or an empty string."""
    try:
        with record.batch():
            record.table("answers").insert({"i": i})
            record.table("cards").put(f"q{i % 7}", {"i": i})
    except NotSaved as problem:
        return problem.message
    return ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("calls", ["pwrite", "fsync", "short pwrite", "fsync ftruncate", "pwrite ftruncate replace"])
def test_what_was_saved_is_exactly_what_was_acknowledged(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, number: int, calls: str
) -> None:
    record, disk, chance = opened(), Disk(monkeypatch, number, calls), random.Random(number)
    refused = 0
    for i in range(60):
        before = tables(record)
        disk.broken = chance.random() < 0.4
        refusal = answer(record, i)
        assert bool(refusal) == disk.broken
        if refusal:
            assert os.strerror(number) in refusal
            assert tables(record) == before
            refused += 1
        else:
            assert tables(record) != before
        disk.broken = False
        assert not record.refresh()
        if i % 4 == 0 and not refusal:
            assert tables(opened(readonly=True)) == tables(record)
    assert refused > 10
    before = tables(record)
    record.close()
    record = opened()
    assert tables(record) == before
    assert not record.lost


def test_a_failed_sync_leaves_no_trace_in_the_file(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = opened()
    record.table("answers").insert({"i": 0})
    before = (tmp_path / "record" / "desk.0.jsonl").read_bytes()
    disk = Disk(monkeypatch, errno.EIO, "fsync")
    disk.broken = True
    with pytest.raises(NotSaved):
        record.table("answers").insert({"i": 1})
    assert (tmp_path / "record" / "desk.0.jsonl").read_bytes() == before


def test_every_commit_is_synced_before_it_is_acknowledged(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A disk that keeps nothing but what was synced still has every acknowledged answer."""
    record = opened()
    on_disk: dict[str, bytes] = {}
    real = os.fsync

    def fsync(fd: int) -> None:
        real(fd)
        name = os.readlink(f"/proc/self/fd/{fd}")
        if os.path.isfile(name):
            on_disk[name] = os.pread(fd, os.fstat(fd).st_size, 0)

    monkeypatch.setattr(os, "fsync", fsync)
    journal = str(tmp_path / "record" / "desk.0.jsonl")
    (tmp_path / "crashed").mkdir()
    for i in range(5):
        id = record.table("answers").insert({"i": i})
        (tmp_path / "crashed" / "desk.0.jsonl").write_bytes(on_disk[journal])
        assert opened(tmp_path / "crashed", readonly=True).table("answers").get(doc_id=id) == {"i": i}
    record.put_draft("memo", "typed", 5)
    record.save_live()
    live = str(tmp_path / "record" / "live.desk.0.jsonl")
    (tmp_path / "crashed" / "live.desk.0.jsonl").write_bytes(on_disk[live])
    draft = opened(tmp_path / "crashed", readonly=True).newest_draft("memo")
    assert draft is not None
    assert draft.text == "typed"


@pytest.mark.parametrize("table", ["answers", "positions"])
def test_the_name_of_a_new_journal_is_synced_too(opened: Opener, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    """A power cut right after the first answer must not take the file's name with it."""
    opened()
    named: set[str] = set()
    real = os.fsync

    def fsync(fd: int) -> None:
        real(fd)
        folder = Path(os.readlink(f"/proc/self/fd/{fd}"))
        if folder.is_dir():
            named.update(path.name for path in folder.glob("*.jsonl"))

    monkeypatch.setattr(os, "fsync", fsync)
    second = opened()
    second.table(table).put("x", {})
    second.save_live()
    assert ("desk.1.jsonl" if table == "answers" else "live.desk.1.jsonl") in named


def test_a_slow_sync_is_noticed(opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    record = opened()
    record.table("answers").insert({"i": 0})
    assert not record.slow
    real = os.fsync

    def fsync(fd: int) -> None:
        real(fd)
        clock.move(0.11)

    monkeypatch.setattr(os, "fsync", fsync)
    record.table("answers").insert({"i": 1})
    assert record.slow


def test_what_json_cannot_hold_changes_nothing(opened: Opener) -> None:
    record = opened()
    for bad in ({"x": {1}}, {"x": float("nan")}, {"x": object()}):
        with pytest.raises((TypeError, ValueError)):
            record.table("answers").insert(bad)
        with pytest.raises((TypeError, ValueError)):
            record.table("place").put(record.writer, bad)
    assert record.tables() == set()
    assert record.live_due() is None


def test_a_folder_that_cannot_be_written_opens_read_only_and_recovers(
    opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 0})
    (record.directory / "ballast").unlink()
    disk = Disk(monkeypatch, errno.ENOSPC, "pwrite")
    disk.broken = True
    record = opened()
    assert "No space left" in record.readonly_reason
    assert [doc["i"] for doc in record.table("answers").all()] == [0]
    with pytest.raises(ReadOnly, match="No space left"):
        record.table("answers").insert({"i": 1})
    with pytest.raises(ReadOnly, match="No space left"):
        record.put_draft("memo", "x", 1)
    disk.broken = False
    clock.move(1)
    record.table("answers").insert({"i": 2})
    assert record.readonly_reason == ""
    record.close()
    assert sorted(doc["i"] for doc in opened().table("answers").all()) == [0, 2]


def test_a_record_that_cannot_be_made_is_empty_and_read_only(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    record = opened(tmp_path / "file" / "record")
    assert record.readonly_reason
    assert record.tables() == set()
    with pytest.raises(ReadOnly):
        record.table("answers").insert({})


def test_a_damaged_end_is_not_cut_off_where_it_cannot_be_kept(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 0})
    journal = tmp_path / "record" / "desk.0.jsonl"
    with open(journal, "ab") as file:
        file.write(b"something else\n")
    before = journal.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable_io, "write_whole", full)
        record = opened()
        assert "no space to keep" in record.readonly_reason
    assert journal.read_bytes() == before
    assert [doc["i"] for doc in record.table("answers").all()] == [0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    mountpoint = tmp_path / "small"
    mountpoint.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", mountpoint], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield mountpoint
    subprocess.run(["umount", "-l", mountpoint], check=False)


def test_a_real_full_disk(small_disk: Path, opened: Opener, clock: HandClock) -> None:
    record = opened(small_disk / "record")
    count = reserve_used = 0
    with pytest.raises(NotSaved, match="No space left"):  # noqa: PT012
        while True:
            record.table("answers").insert({"i": count, "text": "x" * 100})
            count += 1
            reserve_used += not (small_disk / "record" / "ballast").exists()
    assert reserve_used > 100
    assert len(record.table("answers")) == count
    record.put_draft("memo", "y" * 20_000, 1)
    with pytest.raises(NotSaved, match="No space left"):
        record.save_live()
    draft = record.newest_draft("memo")
    assert draft is not None
    assert len(draft.text) == 20_000
    record.save_and_close()
    record = opened(small_disk / "record")
    assert "No space left" in record.readonly_reason
    assert len(record.table("answers")) == count
    for path in (small_disk / "record" / "backups").iterdir():
        path.unlink()
    clock.move(1)
    record.table("answers").insert({"i": count})
    record.put_draft("memo", "y" * 20_000, 1)
    record.save_live()
    record.close()
    record = opened(small_disk / "record")
    assert sorted(doc["i"] for doc in record.table("answers").all()) == list(range(count + 1))
    assert not record.damage
    assert not record.lost


def test_two_machines_that_merge_on_a_real_full_disk(small_disk: Path, tmp_path: Path, opened: Opener) -> None:
    here, other = opened(small_disk / "record"), opened(tmp_path / "laptop", device="laptop")
    count = 0
    with pytest.raises(NotSaved, match="No space left"):  # noqa: PT012
        while True:
            other.table("answers").insert({"i": count, "text": "x" * 900})
            other.table("submissions").insert({"i": count, "text": f"{count} " * 20_000})
            count += 1
            merge(here, [other.directory])
            here.table("answers").insert({"i": -count})
            merge(other, [here.directory])
    assert count > 2
    of_both = {*range(count - 1), *range(1 - count, 0)}
    for _ in range(2):
        assert of_both <= {doc["i"] for doc in here.table("answers").all()}
        assert not here.damage
        assert not here.lost
        here.save_and_close()
        here = opened(small_disk / "record")
    for path in (small_disk / "record" / "backups").iterdir():
        path.unlink()
    here.save_and_close()
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    here = opened(small_disk / "record")
    merge(here, [other.directory])
    merge(other, [here.directory])
    for record in (here, other):
        answered = {doc["i"] for doc in record.table("answers").all()}
        assert of_both | {count - 1} <= answered
        texts = {doc["i"]: doc["text"] for doc in map(dict, record.table("submissions").all())}
        assert texts == {i: f"{i} " * 20_000 for i in range(count)}
        assert not record.damage
        assert not record.lost
    assert here.storage.read() == other.storage.read()


def test_a_real_read_only_disk(small_disk: Path, opened: Opener) -> None:
    with opened(small_disk / "record") as record:
        record.table("answers").insert({"i": 0})
    remounted = subprocess.run(["mount", "-o", "remount,ro", small_disk], capture_output=True, check=False)
    if remounted.returncode:
        pytest.skip("the disk cannot be made read-only here")
    record = opened(small_disk / "record")
    assert "Read-only file system" in record.readonly_reason
    assert [doc["i"] for doc in record.table("answers").all()] == [0]
    with pytest.raises(ReadOnly):
        record.table("answers").insert({"i": 1})
