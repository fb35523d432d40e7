"""Backups can be read back, restored beside what came later, and made by themselves."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.errors import NotSaved, ReadOnly, RecordError
from dev2cto.record.backup import archive, increments
from dev2cto.record.backup import daily as automatic
from dev2cto.record.backup.backup import backup, daily_backups
from dev2cto.record.backup.restoring import TableChange, plan_restore, restore
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def test_a_backup_has_a_name_of_its_own_and_replaces_nothing(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    record = opened()
    record.table("answers").insert({"i": 1})
    made = backup(record.directory, tmp_path, clock=clock).path
    assert made == tmp_path / "dev2cto-record-2026-11-23-090000.tar.gz"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with pytest.raises(RecordError, match="already exists"):
        backup(record.directory, made, clock=clock)
    again = backup(record.directory, tmp_path, clock=clock).path
    assert again == tmp_path / "dev2cto-record-2026-11-23-090000-2.tar.gz"
    with pytest.raises(RecordError, match="No record found"):
        backup(tmp_path, tmp_path / "x.tar.gz")
    with pytest.raises(NotSaved):
        backup(record.directory, tmp_path / "nowhere" / "x.tar.gz")
    assert not list(tmp_path.glob(".*.tmp"))


def history(record: Record) -> None:
    record.table("settings").put("goal", {"value": 60})
    record.table("notes").put("n1", {"head": "r1"})
    record.table("attempts").put("t1", {"state": "open"})
    record.table("cards").put("q1", {"stability": 1})
    record.table("answers").insert({"i": 1})
    record.table("submissions").insert({"text": "a long memo " * 10_000})
    record.put_draft("memo", "from then", 4)
    record.save_live()


def test_restoring_puts_back_what_is_gone_and_keeps_what_came_later(
    tmp_path: Path, opened: Opener, clock: HandClock
) -> None:
    record = opened()
    history(record)
    made = backup(record.directory, tmp_path, clock=clock).path
    record.table("notes").remove(doc_ids=["n1"])
    record.table("settings").put("goal", {"value": 90})
    record.table("attempts").put("t1", {"state": "done"})
    record.table("cards").put("q1", {"stability": 2})
    record.table("answers").insert({"i": 2})
    reset = record.table("resets").insert({"scope": "all"})
    record.put_draft("memo", "from now", 4)
    before = record.storage.read() or {}
    plan = plan_restore(record, made)
    assert (record.storage.read() or {}) == before
    assert plan.later_resets == (reset,)
    assert TableChange("notes", back=1, changed=0, kept=0) in plan.tables
    assert TableChange("settings", back=0, changed=1, kept=0) in plan.tables
    assert TableChange("answers", back=0, changed=0, kept=1) in plan.tables
    assert plan.documents == 3
    restore(record, plan)
    assert record.table("notes").get(doc_id="n1") == {"head": "r1"}
    assert record.table("settings").get(doc_id="goal") == {"value": 60}
    assert record.table("attempts").get(doc_id="t1") == {"state": "done"}
    assert record.table("cards").get(doc_id="q1") == {"stability": 2}
    assert sorted(doc["i"] for doc in record.table("answers").all()) == [1, 2]
    texts = [record.newest_draft("memo"), *record.other_drafts("memo")]
    assert {draft.text for draft in texts if draft} == {"from now", "from then"}
    again = plan_restore(record, made)
    assert again.documents == 0


def test_a_backup_restores_into_an_empty_record(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    with opened(tmp_path / "old") as record:
        history(record)
    made = backup(tmp_path / "old", tmp_path, clock=clock).path
    record = opened(tmp_path / "new", device="other")
    plan = plan_restore(record, made)
    assert plan.texts == 1
    restore(record, plan)
    (id,) = dict(record.table("submissions").stream())
    assert record.table("submissions").get(doc_id=id) == {"text": "a long memo " * 10_000}
    with pytest.raises(ReadOnly):
        restore(opened(tmp_path / "new", readonly=True), plan)


def test_one_automatic_backup_a_day_and_seven_at_most(opened: Opener, clock: HandClock) -> None:
    for day in range(10):
        for _ in range(2):
            record = opened()
            record.wait_for_backup(5)
            record.table("answers").insert({"i": day})
            record.close()
        clock.move(86_400)
    kept = daily_backups(record.directory)
    assert [generation.day for generation in kept] == [date(2026, 12, day) for day in (2, 1)] + [
        date(2026, 11, day) for day in (30, 29, 28, 27, 26)
    ]
    fresh = opened(record.directory.parent / "fresh")
    restore(fresh, plan_restore(fresh, kept[0].path))
    assert sorted(doc["i"] for doc in fresh.table("answers").all()) == sorted([*range(9), *range(9)])


def test_no_automatic_backup_where_nothing_changed(opened: Opener, clock: HandClock) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 1})
    for _ in range(3):
        clock.move(86_400)
        with opened() as record:
            record.wait_for_backup(5)
    assert [generation.day for generation in daily_backups(record.directory)] == [date(2026, 11, 24)]


def test_a_session_that_lasts_for_days_is_backed_up_too(opened: Opener, clock: HandClock) -> None:
    record = opened()
    for day in range(3):
        record.table("answers").insert({"i": day})
        record.wait_for_backup(5)
        clock.move(86_400)
    assert [generation.day for generation in daily_backups(record.directory)] == [
        date(2026, 11, 25),
        date(2026, 11, 24),
    ]
    copies = list((record.directory / "backups").glob("*.recent"))
    assert len(copies) == 1


def test_an_interrupted_automatic_backup_leaves_nothing_and_is_made_later(
    opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 1})
    clock.move(86_400)
    with monkeypatch.context() as patched:

        def no_room(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        patched.setattr(increments, "sha256", no_room)
        with opened() as record:
            record.wait_for_backup(5)
    assert not daily_backups(record.directory)
    assert not [name for name in os.listdir(record.directory / "backups") if name.endswith(".tmp")]
    with opened() as record:
        record.wait_for_backup(5)
    assert len(daily_backups(record.directory)) == 1


def test_second_copies_that_grew_since_are_kept(opened: Opener, clock: HandClock) -> None:
    record = opened()
    record.table("answers").insert({"i": 1})
    (copies,) = (record.directory / "backups").glob("*.recent")
    size = copies.stat().st_size
    for covered, stays in ((size - 1, True), (size, False)):
        made = automatic.snapshot(record.reader, clock, {copies: covered})
        assert automatic.make(record.directory, made) == ""
        assert copies.exists() is stays


def test_a_backup_that_does_not_read_back_is_none(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, pack = opened(), archive.pack
    record.table("answers").insert({"i": 1})

    def on_a_bad_disk(path: Path, *rest: Any) -> None:
        pack(path, *rest)
        path.write_bytes(path.read_bytes()[:-30])

    monkeypatch.setattr(archive, "pack", on_a_bad_disk)
    with pytest.raises(NotSaved, match="could not be read back"):
        backup(record.directory, tmp_path / "x.tar.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["record"]


def test_the_second_copy_of_an_open_session_outlives_the_daily_backup(opened: Opener, clock: HandClock) -> None:
    one = opened()
    one.table("answers").insert({"i": 1})
    clock.move(86_400)
    two = opened()
    two.wait_for_backup(5)
    assert daily_backups(one.directory)
    one.table("answers").insert({"i": 2})
    (one.directory / "desk.0.jsonl").unlink()
    two.close()
    one._writer.close()  # it ends without a word
    assert sorted(doc["i"] for doc in opened(readonly=True).table("answers").all()) == [1, 2]
