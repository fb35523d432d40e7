"""The daily backup beside other sessions, merges, erasures and damage: what it holds never gets less."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.record import erase
from dev2cto.record.backup import daily
from dev2cto.record.backup.backup import backup
from dev2cto.record.backup.daily import Snapshot
from dev2cto.record.backup.restoring import plan_restore
from dev2cto.record.backup.survey import Survey
from dev2cto.record.erase_marks import Marks
from dev2cto.record.journal import durable_io
from dev2cto.record.merge import merge
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener

JOURNAL = "desk.0.jsonl"


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


def answer(record: Record, *numbers: int) -> None:
    for number in numbers:
        record.table("answers").insert({"i": number})


def overwrite(journal: Path, number: int) -> None:
    """Spoils one line, counted from 0, so that it cannot be corrected."""
    lines = journal.read_bytes().split(b"\n")
    lines[number] = lines[number][:50] + b"????" + lines[number][54:]
    journal.write_bytes(b"\n".join(lines))


def taken(record: Record, clock: HandClock) -> Snapshot:
    """What a session that is opened now would back up, with the second copies that are then superfluous."""
    copies = {path: path.stat().st_size for path in (record.directory / "backups").glob("*.recent")}
    record.refresh()
    return daily.snapshot(record.reader, clock, copies)


def held(opened: Opener, record: Record) -> list[int]:
    """The answers in the newest backup, which must be whole."""
    plan = plan_restore(opened(record.directory.parent / "empty"), daily.daily_backups(record.directory)[0].path)
    assert (plan.damage, plan.notes) == ((), ())
    return sorted(doc["i"] for table, _, doc in plan.puts if table == "answers")


def test_damage_that_another_session_has_noted_is_repaired(opened: Opener, tmp_path: Path, clock: HandClock) -> None:
    """It was left where it was: each later backup passed over the file, and then its second copies were deleted."""
    cache, journal = tmp_path / "cache", tmp_path / "record" / JOURNAL
    with opened(cache=cache) as record:
        answer(record, *range(5))
    overwrite(journal, 2)
    clock.move(86_400)
    with opened(cache=cache) as one:
        one.wait_for_backup(5)  # which finds it and drops the checkpoint
        with opened(cache=cache) as two:  # reads everything, and may not touch the other's file
            answer(two, 5)
    with opened(cache=cache) as record:
        assert [Path(damage.kept).parent.name for damage in record.damage] == ["damaged"]
        assert not record.lost
    assert b"????" not in journal.read_bytes()
    overwrite(journal, 3)
    clock.move(86_400)
    with opened(cache=cache) as record:
        record.wait_for_backup(5)
    shutil.rmtree(cache)
    record = opened()
    assert answers(record) == list(range(6))
    assert not record.lost


def test_new_damage_beside_damage_that_stays_is_no_backup(
    opened: Opener, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged line that could not be moved away excuses no other line of its file."""
    cache, journal = tmp_path / "cache", tmp_path / "record" / JOURNAL
    with opened(cache=cache) as record:
        answer(record, *range(5))
    shutil.rmtree(cache)
    overwrite(journal, 2)
    with monkeypatch.context() as full:
        full.setattr("dev2cto.record.recovery.repair._keep", lambda *_: "")
        with opened(cache=cache) as record:
            record.wait_for_backup(5)
            answer(record, 5)
        assert b"????" in journal.read_bytes()
        before = [backup.day for backup in daily.daily_backups(record.directory)]
        overwrite(journal, 7)
        clock.move(86_400)
        with opened(cache=cache) as record:
            record.wait_for_backup(5)
        assert [backup.day for backup in daily.daily_backups(record.directory)] == before
    shutil.rmtree(cache)
    assert answers(opened()) == list(range(6))


def test_a_backup_that_is_late_replaces_no_newer_one(opened: Opener, clock: HandClock) -> None:
    """The thread of a session that has ended, on a slow disk; the newer one has deleted the second copies."""
    record = opened()
    answer(record, 1)
    late = taken(record, clock)
    answer(record, 2)
    daily.make(record.directory, taken(record, clock))
    assert held(opened, record) == [1, 2]
    known = daily.expected(record.directory)
    daily.make(record.directory, late)
    assert held(opened, record) == [1, 2]
    assert daily.expected(record.directory) == known


def test_two_backups_are_not_made_at_the_same_time(opened: Opener, clock: HandClock) -> None:
    record = opened()
    answer(record, 1)
    older = taken(record, clock)
    answer(record, 2)
    newer, attempts = taken(record, clock), list[int]()

    def gives_up() -> bool:
        attempts.append(1)
        return len(attempts) > 2

    def beside() -> bool:
        """In the middle of the older one another session makes a newer one, and gives up after three attempts."""
        if not attempts:
            daily.make(record.directory, newer, gives_up)
        return False

    daily.make(record.directory, older, beside)
    assert len(attempts) == 3
    assert held(opened, record) == [1]
    assert list((record.directory / "backups").glob("*.recent"))
    daily.make(record.directory, newer)
    assert held(opened, record) == [1, 2]


def test_a_thread_that_was_aborted_is_not_revived_by_the_next(
    tmp_path: Path, opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    aborted, may_go_on = list[bool](), threading.Event()

    def slow(_: object, __: object, pause: object) -> str:
        may_go_on.wait(60)
        assert callable(pause)
        aborted.append(pause())
        return ""

    record = opened()
    answer(record, 1)
    snapshot = taken(record, clock)
    monkeypatch.setattr(daily, "make", slow)
    monkeypatch.setattr(daily, "_LONGEST_STOP", 0)
    keeper = daily.DailyBackupThread(record.directory, lambda _: None)
    keeper.start(snapshot)
    first = keeper._thread
    keeper.stop()
    keeper.start(snapshot)
    may_go_on.set()
    keeper.wait(60)
    assert first is not None
    first.join(60)
    assert sorted(aborted) == [False, True]


def test_an_erasure_waits_for_a_backup_that_still_holds_the_document(
    opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened()
    secret = record.table("answers").insert({"i": 1})
    before = taken(record, clock)
    written, may_go_on, order = threading.Event(), threading.Event(), list[str]()
    keep, alone, scrub = durable_io.write_whole, daily.alone, erase._scrub

    def slow(path: Path, data: bytes) -> None:
        if threading.current_thread().name == "late":
            written.set()
            may_go_on.wait(60)
        keep(path, data)
        order.append(path.name)

    @contextlib.contextmanager
    def asked(directory: Path, wait: Callable[[], None] | None = None) -> Iterator[None]:
        may_go_on.set()
        with alone(directory, wait):
            yield

    def scrubbed(path: Path, marks: Marks) -> bool:
        order.append("erased")
        return scrub(path, marks)

    late = threading.Thread(target=daily.make, args=(record.directory, before), name="late")
    with monkeypatch.context() as patched:
        patched.setattr(durable_io, "write_whole", slow)
        late.start()
        assert written.wait(60)
        patched.setattr(daily, "alone", asked)
        patched.setattr(erase, "_scrub", scrubbed)
        erase.erase(record, {"answers": [secret]})
    late.join(60)
    assert order[:2] == ["manifest.json", "erased"]
    assert held(opened, record) == []


def test_a_journal_that_a_merge_rewrites_meanwhile_is_not_packed_in_part(
    tmp_path: Path, opened: Opener, clock: HandClock
) -> None:
    there = opened(tmp_path / "there", device="there")
    answer(there, 1)
    record = opened()
    merge(record, [there.directory])
    before, journal = taken(record, clock), record.directory / "there.0.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], *lines]))
    assert daily.make(record.directory, before) == ""
    assert not daily.daily_backups(record.directory)
    record.refresh()
    daily.make(record.directory, taken(record, clock))
    assert held(opened, record) == [1]


def test_a_large_text_that_arrives_during_a_backup_is_in_it(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge takes lines, then each text, then its second copy; a backup may look at any moment between them."""
    record = opened()
    id = record.table("submissions").insert({"text": "long " * 20_000})
    (text,) = (record.directory / "blobs").iterdir()
    data = text.read_bytes()
    shutil.rmtree(record.directory / "backups" / "blobs")
    text.unlink()
    read: Callable[..., None] = Survey.read

    def read_meanwhile(self: Survey, *arguments: Any) -> None:
        read(self, *arguments)
        text.write_bytes(data)

    with monkeypatch.context() as patch:
        patch.setattr(Survey, "read", read_meanwhile)
        made = backup(record.directory, tmp_path / "made.tar.gz")
    assert made.flaws == ()
    with opened(tmp_path / "other", device="other") as other:
        assert merge(other, [made.path]).texts == 1
        assert other.table("submissions").get(doc_id=id) is not None
