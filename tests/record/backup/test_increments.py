"""The daily backup copies only what is new, and is a whole archive all the same."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.record.backup import increments
from dev2cto.record.backup.backup import daily_backups
from dev2cto.record.backup.restoring import plan_restore
from dev2cto.record.merge import merge
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def day(opened: Opener, clock: HandClock, numbers: range) -> Record:
    """A session on the next day that makes the backup, and then saves some answers and a half-typed text."""
    clock.move(86_400)
    record = opened()
    record.wait_for_backup(5)
    for i in numbers:
        record.table("answers").insert({"i": i})
    record.put_draft("memo", f"up to {numbers.stop}", 3)
    record.close()
    return record


def names(archive: Path) -> dict[str, int]:
    with tarfile.open(archive) as tar:
        return {member.name: member.size for member in tar}


def held(opened: Opener, archive: Path) -> int:
    """How many answers an archive restores into a new record, which must not find fault with it."""
    plan = plan_restore(opened(archive.parents[2] / "empty"), archive)
    assert (plan.damage, plan.notes) == ((), ())
    return next((change.back for change in plan.tables if change.table == "answers"), 0)


def test_yesterdays_bytes_are_carried_over(opened: Opener, clock: HandClock) -> None:
    for number in range(4):
        record = day(opened, clock, range(number * 50, number * 50 + 50))
    kept = [backup.path for backup in daily_backups(record.directory)]
    assert [held(opened, path) for path in kept] == [150, 100, 50]
    newest, before = kept[0].read_bytes(), kept[1].read_bytes()
    assert newest[: len(before) * 2 // 3] == before[: len(before) * 2 // 3]
    sizes = names(kept[0])
    assert [name for name in sizes if name.startswith("desk")] == [
        "desk.0.jsonl", "desk.0~2026-11-26.jsonl", "desk.0~2026-11-27.jsonl",
    ]  # fmt: skip
    assert (
        sum(size for name, size in sizes.items() if name.startswith("desk"))
        < (record.directory / "desk.0.jsonl").stat().st_size
    )
    assert len([name for name in sizes if name.startswith("live.")]) == 1


def test_bytes_that_rotted_are_not_carried_over(opened: Opener, clock: HandClock) -> None:
    day(opened, clock, range(50))
    record = day(opened, clock, range(50, 60))
    path = daily_backups(record.directory)[0].path
    data = path.read_bytes()
    path.write_bytes(data[:900] + bytes([data[900] ^ 1]) + data[901:])
    record = day(opened, clock, range(60, 70))
    path = daily_backups(record.directory)[0].path
    assert held(opened, path) == 60
    assert [name for name in names(path) if name.startswith("desk")] == ["desk.0.jsonl"]


def test_a_journal_that_was_rewritten_is_packed_again_and_does_not_pile_up(
    tmp_path: Path, opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dev2cto.record.backup.daily._SPARE", 0)
    there = opened(tmp_path / "there", device="there")
    day(opened, clock, range(3))
    for number in range(8):
        there.table("answers").insert({"i": number, "noise": "x" * 2000})
        with opened() as record:
            merge(record, [tmp_path / "there"])
        journal = record.directory / "there.0.jsonl"
        lines = journal.read_bytes().split(b"\n")
        journal.write_bytes(b"\n".join([lines[0], *sorted(lines[1:-1]), b""]))
        day(opened, clock, range(1))
        path = daily_backups(record.directory)[0].path
        assert held(opened, path) == len(opened(readonly=True).table("answers")) - 1
    packed = sum(size for name, size in names(path).items() if name.startswith("there"))
    assert packed < 4 * journal.stat().st_size


@pytest.mark.parametrize("found", [None, [], {}, {"file": 5}, {"file": "x", "length": 9, "checksum": 1, "parts": 5}])
def test_a_note_of_the_last_archive_that_makes_no_sense_counts_as_none(found: object) -> None:
    assert increments.read_carried(found) == increments.NOTHING
