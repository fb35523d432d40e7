"""Work that grows with the history is done once: counted, since time is not the same on every machine.

`python -m tests.bench.bench_large` measures time and memory of whole commands with twenty times as many answers.
"""

from __future__ import annotations

import json
import marshal
import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.errors import NotSaved
from dev2cto.record.backup.restoring import plan_restore, restore
from dev2cto.record.journal.codec import OPENING, encode_line
from dev2cto.record.merge import merge
from dev2cto.record.tinydb_storage import where
from tests.bench.bench_large import build

if TYPE_CHECKING:
    from tests.record.conftest import Opener

ANSWERS = 5000
LINES = ANSWERS + 1
"""With the header."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The journal of a machine that many answers were given on."""
    path = tmp_path_factory.mktemp("history") / "bench.0.jsonl"
    build(path, ANSWERS)
    return path.read_bytes()


class Work:
    """What was done, by kind."""

    def __init__(self) -> None:
        self.parsed = 0
        """Lines."""
        self.packed = 0
        """Documents encoded for the checkpoint or a scratch file."""
        self.synced = 0
        """Files and folders."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Counts from here on."""
    found = Work()
    raw_decode: Callable[..., tuple[Any, int]] = json.JSONDecoder.raw_decode
    dumps, fsync = marshal.dumps, os.fsync

    def parse(self: json.JSONDecoder, text: str, idx: int = 0) -> tuple[Any, int]:
        found.parsed += text.startswith(OPENING.decode())
        return raw_decode(self, text, idx)

    def pack(value: Any) -> bytes:
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], dict):
            found.packed += len(value[0])
        return dumps(value)

    def sync(fd: int) -> None:
        found.synced += 1
        fsync(fd)

    with monkeypatch.context() as patch:
        patch.setattr(json.JSONDecoder, "raw_decode", parse)
        patch.setattr(marshal, "dumps", pack)
        patch.setattr(os, "fsync", sync)
        yield found


def peak(act: Callable[[], object]) -> float:
    """MB that were in use at the worst moment, beyond what was before."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_a_start_without_checkpoint_parses_each_line_and_packs_each_document_once(
    tmp_path: Path, opened: Opener, history: bytes, work: Work
) -> None:
    record = tmp_path / "record"
    record.mkdir(mode=0o700)
    (record / "bench.0.jsonl").write_bytes(history)
    opened(cache=tmp_path / "cache", readonly=True)
    assert work.parsed == LINES
    attempts = ANSWERS // 12 + 1
    assert work.packed < 2 * ANSWERS + attempts + 200  # answers and reviews; the cards, and an attempt changed later


def test_the_memory_of_a_start_without_checkpoint_does_not_grow_with_the_history(
    tmp_path: Path, opened: Opener, history: bytes
) -> None:
    record = tmp_path / "record"
    record.mkdir(mode=0o700)
    (record / "bench.0.jsonl").write_bytes(history)
    opened(cache=tmp_path / "first").close()  # so that every module is loaded
    assert peak(lambda: opened(cache=tmp_path / "cache")) < 6 < len(history) * 2.5 / 1e6


def test_a_live_journal_from_elsewhere_is_never_in_memory(tmp_path: Path, opened: Opener) -> None:
    record, there = opened(), tmp_path / "there"
    there.mkdir()
    draft = {"text": "x" * 8000, "cursor": 0, "at": "2026-11-23T09:00:00+00:00"}
    lines = (encode_line({"n": n, "t": n + 1, "p": {"drafts": {"memo/other.0": draft}}}) for n in range(1, 1000))
    header = {"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": "live.other.0"}}
    (there / "live.other.0.jsonl").write_bytes(encode_line(header) + b"".join(lines))
    merge(record, [there])  # so that every module is loaded
    (there / "live.other.0.jsonl").rename(there / "live.third.0.jsonl")
    assert peak(lambda: merge(record, [there])) < 3 < (there / "live.third.0.jsonl").stat().st_size / 1e6
    assert record.table("drafts").get(doc_id="memo/other.0") == draft


def test_a_merge_of_a_new_machine_parses_each_line_and_packs_each_document_once(
    tmp_path: Path, opened: Opener, history: bytes, work: Work
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "bench.0.jsonl").write_bytes(history)
    record = opened(cache=tmp_path / "cache")
    work.parsed = work.packed = 0
    assert merge(record, [there]).entries == ANSWERS
    record.close()
    assert work.parsed < LINES + 20
    assert work.packed < 2 * ANSWERS + ANSWERS // 12 + 500


def test_a_merge_of_a_machine_that_went_on_reads_the_new_lines_alone_again(
    tmp_path: Path, opened: Opener, history: bytes, work: Work
) -> None:
    there, begun = tmp_path / "there", history[: len(history) // 2]
    there.mkdir()
    (there / "bench.0.jsonl").write_bytes(begun[: begun.rindex(b"\n") + 1])
    record = opened(cache=tmp_path / "cache")
    merge(record, [there])
    (there / "bench.0.jsonl").write_bytes(history)
    new = LINES - begun.count(b"\n")
    work.parsed = 0
    assert merge(record, [there]).entries == new
    assert work.parsed < LINES + new + 20  # to check them all, and to apply the new ones
    work.parsed = 0
    assert merge(record, [there]).entries == 0
    assert work.parsed < LINES + 20


def test_a_restore_parses_each_line_once_and_syncs_once(
    tmp_path: Path, opened: Opener, history: bytes, work: Work
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "bench.0.jsonl").write_bytes(history)
    record = opened(cache=tmp_path / "cache")
    work.parsed = work.synced = 0
    plan = plan_restore(record, there)
    assert work.parsed == LINES
    assert (plan.documents, work.synced) == (2 * ANSWERS + ANSWERS // 12 + 1, 0)
    restore(record, plan)
    assert work.synced <= 3  # the lines at their end, and the new folders of the cache
    assert work.parsed < LINES + plan.documents / 50  # what was written, many documents in a line
    assert len(record.table("answers")) == ANSWERS
    assert plan_restore(record, there).documents == 0


def test_the_memory_of_a_restore_grows_by_keys_alone(tmp_path: Path, opened: Opener, history: bytes) -> None:
    there, record = tmp_path / "there", opened(cache=tmp_path / "cache")
    there.mkdir()
    (there / "bench.0.jsonl").write_bytes(history[: history.index(b"\n", 10_000) + 1])
    restore(record, plan_restore(record, there))  # so that every module is loaded
    (there / "bench.0.jsonl").write_bytes(history)
    assert peak(lambda: restore(record, plan_restore(record, there))) < 12 < len(history) * 2.5 / 1e6


def test_a_restore_that_fails_restores_nothing(
    tmp_path: Path, opened: Opener, history: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, record = tmp_path / "there", opened()
    there.mkdir()
    (there / "bench.0.jsonl").write_bytes(history)
    before = (record.directory / "desk.0.jsonl").read_bytes()
    plan = plan_restore(record, there)

    def no_room(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        with pytest.raises(NotSaved, match="No space left"):
            restore(record, plan)
    assert (record.directory / "desk.0.jsonl").read_bytes() == before
    assert len(record.table("answers")) == 0
    restore(record, plan)
    assert len(opened(readonly=True).table("answers")) == ANSWERS


def test_a_single_pass_finds_documents_without_loading_the_table(
    tmp_path: Path, opened: Opener, history: bytes
) -> None:
    (tmp_path / "record").mkdir(mode=0o700)
    (tmp_path / "record" / "bench.0.jsonl").write_bytes(history)
    record = opened(cache=tmp_path / "cache")
    found = dict(record.table("answers").scan(where("item") == "s-retry"))
    assert not record.reader.store.table("answers").loaded
    assert found == dict(record.table("answers").stream(where("item") == "s-retry")) != {}
    assert found == dict(record.table("answers").scan(where("item") == "s-retry"))  # now by the index
