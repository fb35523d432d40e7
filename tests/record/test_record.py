"""The record as the rest of the program sees it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dev2cto.clock import SystemClock
from dev2cto.errors import ReadOnly, RecordError
from dev2cto.record.journal import slots
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.unchecked import anything


def opened(directory: Path, device: str = "desk") -> Record:
    return open_directory(directory, clock=SystemClock(), device=device, check=anything)


def test_what_was_put_is_there_after_reopening(tmp_path: Path) -> None:
    with opened(tmp_path / "r") as record:
        record.table("cards").put("q1", {"due": "2026-11-24", "nested": {"a": [1, 2]}})
        id = record.table("answers").insert({"item": "q1", "response": [0, 2]})
        record.table("settings").put("goal", {"value": 90})
        record.table("settings").remove(doc_ids=["goal"])
    with opened(tmp_path / "r") as record:
        assert record.table("cards").get(doc_id="q1") == {"due": "2026-11-24", "nested": {"a": [1, 2]}}
        assert dict(record.table("answers").stream()) == {id: {"item": "q1", "response": [0, 2]}}
        assert record.table("settings").get(doc_id="goal") is None


def break_off(record: Record) -> None:
    with record.batch():
        record.table("cards").remove(doc_ids=["q1"])
        record.table("answers").insert({"item": "q2"})
        record.table("cards").put("q2", {"n": 1 // 0})


def test_a_batch_is_one_line_and_all_or_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "r") as record:
        record.table("cards").put("q1", {"n": 1})
        journal = tmp_path / "r" / "desk.0.jsonl"
        before = journal.read_bytes()
        with record.batch():
            record.table("answers").insert({"item": "q1"})
            record.table("cards").put("q1", {"n": 2})
        assert journal.read_bytes()[len(before) :].count(b"\n") == 1
        before = journal.read_bytes()
        with pytest.raises(ZeroDivisionError):
            break_off(record)
        assert journal.read_bytes() == before
        assert dict(record.table("cards").stream()) == {"q1": {"n": 2}}
        assert len(record.table("answers")) == 1


def test_files_are_private(tmp_path: Path) -> None:
    with opened(tmp_path / "deep" / "r") as record:
        record.put_draft("q1", "half", 4)
        record.save_live()
    for path in (tmp_path / "deep").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_drafts_of_two_sessions_stay_apart(tmp_path: Path) -> None:
    one, two = opened(tmp_path / "r"), opened(tmp_path / "r")
    assert (one.writer, two.writer) == ("desk.0", "desk.1")
    one.put_draft("ex1", "from the first", 3)
    two.put_draft("ex1", "from the second", 5)
    one.close()
    two.refresh()
    newest = two.newest_draft("ex1")
    assert newest is not None
    assert {newest.text, *(draft.text for draft in two.other_drafts("ex1"))} == {
        "from the first",
        "from the second",
    }
    two.close()


def test_a_read_only_record_refuses_changes_and_says_why(tmp_path: Path) -> None:
    opened(tmp_path / "r").close()
    record = open_directory(tmp_path / "r", clock=SystemClock(), readonly=True, check=anything)
    assert record.readonly_reason
    with pytest.raises(ReadOnly):
        record.table("cards").put("q1", {})
    with pytest.raises(ReadOnly):
        record.put_draft("q1", "x", 1)


def test_reading_changes_nothing_on_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path / "r") as record:
        record.table("answers").insert({"item": "q1"})
    journal = tmp_path / "r" / "desk.0.jsonl"
    journal.write_bytes(journal.read_bytes()[:-5])
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    record = open_directory(tmp_path / "r", clock=SystemClock(), readonly=True, check=anything)
    assert len(record.table("answers")) == 1
    record.acknowledge_loss()
    record.close()
    open_directory(tmp_path / "nowhere", clock=SystemClock(), readonly=True, check=anything).close()
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
    assert not (tmp_path / "nowhere").exists()


def test_what_a_crash_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    opened(tmp_path / "r").close()
    old, new = tmp_path / "r" / ".live.desk.0.jsonl.12.tmp", tmp_path / "r" / "backups" / ".2026-11-23.5.tmp"
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    opened(tmp_path / "r").close()
    assert not old.exists()
    assert new.exists()


def test_many_sessions_at_once_are_refused_kindly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "SESSIONS", 2)
    one, two = opened(tmp_path / "r"), opened(tmp_path / "r")
    with pytest.raises(RecordError, match="already open in"):
        opened(tmp_path / "r")
    one.close()
    two.close()
