"""Erasures in journals that a sync tool puts into the record's folder: nothing is erased before the learner agrees."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import NotSaved
from dev2cto.record.backup.backup import backup
from dev2cto.record.backup.restoring import plan_restore, restore
from dev2cto.record.erase import erase
from dev2cto.record.journal.codec import encode_line
from dev2cto.record.layout import PENDING
from dev2cto.record.merge import Consent, merge
from dev2cto.record.record import Record
from tests.record.test_erase import SECRET, traces

if TYPE_CHECKING:
    from tests.record.conftest import Opener

MANY = 30


def shown(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


def yes(record: Record, folder: Path) -> Consent:
    return Consent(lambda _: True, lambda: backup(record.directory, folder).path)


@pytest.fixture
def here(tmp_path: Path, opened: Opener) -> Path:
    """A record with answers and a note, all of which a laptop erased; its journal was then copied into the folder."""
    folder, laptop = tmp_path / "here", tmp_path / "laptop"
    with opened(folder, cache=tmp_path / "cache") as record:
        for i in range(MANY):
            record.table("answers").put(f"a{i}", {"i": i})
        record.table("notes").put("n1", {"text": SECRET})
    with opened(laptop, device="laptop") as there:
        merge(there, [folder])
        erase(there, {"answers": [f"a{i}" for i in range(MANY)], "notes": ["n1"]})
        there.table("answers").put("b", {"i": MANY})
    shutil.copy(laptop / "laptop.0.jsonl", folder)
    (folder / PENDING).touch()  # a careless tool brings this too
    return folder


def test_nothing_is_hidden_or_erased_until_the_learner_agrees(tmp_path: Path, opened: Opener, here: Path) -> None:
    kept = sorted((here / "backups").iterdir())
    assert kept
    for cache in (None, tmp_path / "cache", tmp_path / "cache"):
        with opened(here, cache=cache) as record:
            assert shown(record) == list(range(MANY + 1))
            assert record.asked_erasures == {"answers": MANY, "notes": 1}
            assert not record.lost
            assert not record.readonly_reason
    assert set(kept) <= set((here / "backups").iterdir())
    record = opened(here, cache=tmp_path / "cache")
    erase(record, {"answers": ["b"]})  # an erasure of this device rewrites the files, but only for what it erases
    assert shown(record) == list(range(MANY))
    assert record.asked_erasures == {"answers": MANY, "notes": 1}
    assert "desk.0.jsonl" in traces(here)
    with opened(here, readonly=True) as reading:
        assert len(reading.table("answers")) == MANY


def test_a_no_keeps_everything_and_the_question(tmp_path: Path, opened: Opener, here: Path) -> None:
    record = opened(here)
    asked: list[Mapping[str, int]] = []

    def no(documents: Mapping[str, int]) -> bool:
        asked.append(documents)
        return False

    for sources in ([], [tmp_path / "laptop"]):
        merged = merge(record, sources, consent=Consent(no, lambda: Path("never")))
        assert (merged.spared, merged.erased) == (MANY + 1, 0)
    assert asked == [{"answers": MANY, "notes": 1}] * 2
    assert shown(record) == list(range(MANY + 1))
    assert record.asked_erasures

    def no_room() -> Path:
        raise NotSaved("full")

    with pytest.raises(NotSaved):
        merge(record, [], consent=Consent(lambda _: True, no_room))
    assert shown(record) == list(range(MANY + 1))


def test_a_yes_erases_after_a_backup_and_is_remembered(tmp_path: Path, opened: Opener, here: Path) -> None:
    before, cache = tmp_path / "before", tmp_path / "cache"
    shutil.copytree(here, before)
    record = opened(here, cache=cache)
    merged = merge(record, [], consent=yes(record, tmp_path))
    assert (merged.erased, merged.spared) == (MANY + 1, 0)
    assert merged.backup is not None
    assert traces(here) == traces(cache) == []
    for again in range(2):
        assert shown(record) == [MANY]
        assert record.asked_erasures == {}
        record.close()
        if again:
            shutil.copy(before / "desk.0.jsonl", here / "desk.0~phone.jsonl")  # what was erased comes back
        record = opened(here, cache=cache)
    assert merge(record, [tmp_path / "laptop"], consent=Consent(lambda _: False, lambda: Path("never"))).spared == 0
    assert shown(record) == [MANY]
    saved = backup(here, tmp_path / "after.tar.gz").path
    assert plan_restore(record, saved).documents == 0
    restore(record, plan_restore(record, merged.backup))  # the way back
    assert shown(record) == list(range(MANY + 1))
    assert record.asked_erasures == {}


def test_with_another_session_open_the_files_follow_later(tmp_path: Path, opened: Opener, here: Path) -> None:
    record, other = opened(here), opened(here)
    assert merge(record, [], consent=yes(record, tmp_path)).erased == MANY + 1
    other.refresh()
    assert shown(record) == shown(other) == [MANY]
    assert (here / PENDING).exists()
    assert traces(here)
    for session in (record, other):
        session.close()
    opened(here).close()
    assert traces(here) == []


def test_a_yes_here_asks_nothing_of_the_machine_that_erased(tmp_path: Path, opened: Opener, here: Path) -> None:
    """What it wrote since under the same ids is later than its erasure, and stays on both."""
    with opened(tmp_path / "laptop", device="laptop") as there:
        there.table("notes").put("n1", {"text": "new"})
    record = opened(here)
    merge(record, [], consent=yes(record, tmp_path))
    record.close()
    with opened(tmp_path / "laptop", device="laptop") as there:
        assert merge(there, [here]).spared == 0
        assert there.asked_erasures == {}
        assert there.table("notes").get(doc_id="n1") == {"text": "new"}
    record = opened(here)
    assert merge(record, [tmp_path / "laptop"]).spared == 0
    assert record.table("notes").get(doc_id="n1") == {"text": "new"}


def test_an_agreement_of_another_machine_is_none_here(tmp_path: Path, opened: Opener, here: Path) -> None:
    third = tmp_path / "third"
    shutil.copytree(here, third)
    with opened(third, device="third") as record:
        merge(record, [], consent=yes(record, tmp_path))
    shutil.copy(third / "third.0.jsonl", here)
    assert opened(here).asked_erasures == {"answers": MANY, "notes": 1}


def test_what_this_device_erased_stays_erased_wherever_its_journal_was(tmp_path: Path, opened: Opener) -> None:
    folder = tmp_path / "here"
    with opened(folder) as record:
        record.table("answers").put("a1", {"i": 1})
    shutil.copytree(folder, tmp_path / "old")
    with opened(folder) as record:
        erase(record, {"answers": ["a1"]})
    with opened(tmp_path / "server", device="server") as server:
        merge(server, [folder, tmp_path / "old"], consent=Consent(lambda _: True, lambda: Path("none")))
    shutil.rmtree(folder)
    record = opened(folder)
    merge(record, [tmp_path / "server", tmp_path / "old"])
    assert shown(record) == []
    assert record.asked_erasures == {}


@pytest.mark.parametrize(
    "odd", [{"a": 5}, {"a": [[1]]}, {"a": [["1", {}]]}, {"a": [[-1, {}]]}, {"a": [[1, {"x": [2]}]]}]
)
def test_an_agreement_of_the_wrong_shape_is_damage(tmp_path: Path, opened: Opener, odd: dict[str, object]) -> None:
    folder = tmp_path / "here"
    with opened(folder) as record:
        record.table("answers").put("a1", {"i": 1})
    with_puts = {"n": 100, "t": 1, "p": {"answers": {"a2": {"i": 2}}}, "e": {"answers": ["a3"]}, **odd}
    lines = encode_line({"n": 90, "t": 1, **odd}) + encode_line(with_puts)
    (folder / "desk.7.jsonl").write_bytes(lines)
    with opened(folder) as record:
        assert shown(record) == [1, 2]
        assert record.damage
        merge(record, [], consent=yes(record, tmp_path))


def test_a_removal_of_what_no_session_removes_is_asked_for_like_an_erasure(tmp_path: Path, opened: Opener) -> None:
    """Answers are never taken back; a bookmark is, by any machine."""
    folder, there = tmp_path / "here", tmp_path / "there"
    with opened(folder) as record:
        for i in range(3):
            record.table("answers").put(f"a{i}", {"i": i})
        record.table("bookmarks").put("b", {"label": "Here"})
    with opened(there, device="laptop") as laptop:
        merge(laptop, [folder])
        laptop.table("answers").remove(doc_ids=["a0", "a1"])
        laptop.table("bookmarks").remove(doc_ids=["b"])
    for synced in (False, True):
        if synced:
            shutil.copy(there / "laptop.0.jsonl", folder)
        else:
            with opened(folder) as record:
                assert merge(record, [there]).spared == 2
        for cache in (tmp_path / "cache", tmp_path / "cache"):
            with opened(folder, cache=cache) as record:
                assert shown(record) == [0, 1, 2]
                assert len(record.table("bookmarks")) == 0
    record = opened(folder, cache=tmp_path / "cache")
    assert record.asked_erasures == {"answers": 2}
    merged = merge(record, [], consent=yes(record, tmp_path))
    assert (merged.erased, shown(record)) == (2, [2])
    assert merged.backup is not None
    assert b'"a0":' not in b"".join(path.read_bytes() for path in folder.glob("*.jsonl"))
    record.close()
    assert shown(opened(folder)) == [2]
