"""Records of several machines are united without loss, in any order, any number of times."""

from __future__ import annotations

import itertools
import os
import shutil
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import DamagedSource, NewerRecord, RecordError
from dev2cto.record.backup.backup import backup
from dev2cto.record.journal import codec
from dev2cto.record.merge import merge
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


def tables(record: Record) -> dict[str, dict[str, codec.Doc]]:
    return record.storage.read() or {}


def test_every_order_of_merging_gives_the_same(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    for number, device in enumerate(["laptop", "server", "tablet"]):
        with opened(tmp_path / device, device=device) as record:
            for i in range(3):
                record.table("answers").insert({"i": number * 3 + i})
                record.table("settings").put("goal", {"value": f"{device} {i}"})
                clock.move(1)
            record.put_draft("memo", f"typed on {device}", 3)
            record.table("positions").put("reading-1", {"section": device})
            if device == "server":
                record.table("settings").remove(doc_ids=["goal"])
    results = []
    for order in itertools.permutations(["laptop", "server", "tablet"]):
        target = tmp_path / "-".join(order)
        with opened(target, device="new") as record:
            for device in order:
                merge(record, [tmp_path / device])
            assert merge(record, [tmp_path / device for device in order]).entries == 0
            results.append(tables(record))
            assert not record.damage
            assert not record.lost
        with opened(target, device="new", readonly=True) as record:
            assert tables(record) == results[-1]
    assert all(result == results[0] for result in results)
    assert sorted(doc["i"] for doc in results[0]["answers"].values()) == list(range(9))
    assert results[0]["settings"] == {"goal": {"value": "tablet 2"}}
    assert results[0]["positions"]["reading-1"]["section"] == "tablet"
    assert {doc["text"] for doc in results[0]["drafts"].values()} == {
        "typed on laptop",
        "typed on server",
        "typed on tablet",
    }


def test_machines_agree_on_what_was_changed_in_the_same_moment(tmp_path: Path, opened: Opener) -> None:
    one, two = opened(tmp_path / "one", device="one"), opened(tmp_path / "two", device="two")
    one.table("settings").put("goal", {"value": 1})
    two.table("settings").put("goal", {"value": 2})
    merge(one, [tmp_path / "two"])
    merge(two, [tmp_path / "one"])
    assert one.table("settings").get(doc_id="goal") == two.table("settings").get(doc_id="goal") == {"value": 2}


def test_two_machines_that_merge_all_the_time_stay_small_and_equal(tmp_path: Path, opened: Opener) -> None:
    one, two = opened(tmp_path / "one", device="one"), opened(tmp_path / "two", device="two")
    for i in range(10):
        one.table("answers").insert({"i": 2 * i})
        two.table("answers").insert({"i": 2 * i + 1})
        merge(one, [tmp_path / "two"])
        merge(two, [tmp_path / "one"])
    merge(one, [tmp_path / "two"])
    assert answers(one) == answers(two) == list(range(20))
    assert {path.name for path in (tmp_path / "one").glob("*.jsonl")} == {"one.0.jsonl", "two.0.jsonl"}


def test_a_machine_restored_from_an_old_image_keeps_both_histories(tmp_path: Path, opened: Opener) -> None:
    with opened(tmp_path / "a", device="a") as record:
        record.table("answers").insert({"i": 0})
    shutil.copytree(tmp_path / "a", tmp_path / "image")
    shutil.rmtree(tmp_path / "image" / "backups")
    other = opened(tmp_path / "b", device="b")
    with opened(tmp_path / "a", device="a") as record:
        record.table("answers").insert({"i": 1})
        merge(other, [tmp_path / "a"])
    shutil.rmtree(tmp_path / "a")
    shutil.copytree(tmp_path / "image", tmp_path / "a")
    record = opened(tmp_path / "a", device="a")
    record.table("answers").insert({"i": 2})
    other.table("answers").insert({"i": 3})
    for _ in range(2):
        merge(record, [tmp_path / "b"])
        merge(other, [tmp_path / "a"])
    assert answers(record) == answers(other) == [0, 1, 2, 3]
    files = len(list((tmp_path / "b").glob("*.jsonl")))
    for i in range(4, 9):
        record.table("answers").insert({"i": i})
        merge(other, [tmp_path / "a"])
        merge(record, [tmp_path / "b"])
    assert len(list((tmp_path / "b").glob("*.jsonl"))) == files
    assert tables(record) == tables(other)
    record.close()
    assert answers(opened(tmp_path / "a", device="a")) == list(range(9))


def test_an_archive_merges_as_its_folder_does(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    with opened(tmp_path / "a", device="a") as record:
        record.table("answers").insert({"i": 0})
        record.table("submissions").insert({"text": "long " * 20_000})
    archive = backup(tmp_path / "a", tmp_path, clock=clock).path
    with opened(tmp_path / "b", device="b") as record:
        came = merge(record, [archive])
        assert (came.entries, came.texts) == (2, 1)
        assert answers(record) == [0]
        (id,) = dict(record.table("submissions").stream())
        assert record.table("submissions").get(doc_id=id) == {"text": "long " * 20_000}


def test_an_archive_packed_by_hand_and_cut_off_gives_what_it_has(tmp_path: Path, opened: Opener) -> None:
    with opened(tmp_path / "a", device="a") as record:
        for i in range(300):
            record.table("answers").insert({"i": i, "noise": os.urandom(40).hex()})
    with tarfile.open(tmp_path / "a.tgz", "w:gz") as tar:
        tar.add(tmp_path / "a" / "a.0.jsonl", arcname="./somewhere/a/a.0.jsonl")
    whole = (tmp_path / "a.tgz").read_bytes()
    (tmp_path / "cut.tgz").write_bytes(whole[: len(whole) // 2])
    with opened(tmp_path / "b", device="b") as record:
        assert merge(record, [tmp_path / "a.tgz"]).damage == ()
        assert answers(record) == list(range(300))
    with opened(tmp_path / "c", device="c") as record:
        with pytest.raises(DamagedSource, match=r"cut\.tgz is damaged: it ends in the middle\."):
            merge(record, [tmp_path / "cut.tgz"])
        assert answers(record) == []
        assert merge(record, [tmp_path / "cut.tgz"], partial=True).damage
        assert answers(record) == list(range(len(answers(record))))
        assert 100 < len(answers(record)) < 300


def test_a_source_from_a_newer_version_changes_nothing(tmp_path: Path, opened: Opener) -> None:
    with opened(tmp_path / "a", device="a") as record:
        record.table("answers").insert({"i": 0})
    newer = codec.encode_line({"n": 9, "t": 5, "h": {"format": codec.FORMAT, "schema": 99, "writer": "a.0"}})
    with open(tmp_path / "a" / "a.0.jsonl", "ab") as journal:
        journal.write(newer)
    with opened(tmp_path / "b", device="b") as record:
        before = {path: path.read_bytes() for path in (tmp_path / "b").iterdir() if path.is_file()}
        with pytest.raises(NewerRecord):
            merge(record, [tmp_path / "a"])
        assert before == {path: path.read_bytes() for path in (tmp_path / "b").iterdir() if path.is_file()}


def test_what_is_no_record_is_refused(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "noise.tar.gz").write_bytes(b"noise")
    record = opened()
    for source in ("empty", "noise.tar.gz", "nothing"):
        with pytest.raises(RecordError):
            merge(record, [tmp_path / source])


def test_names_in_a_foreign_archive_lead_nowhere(tmp_path: Path, opened: Opener) -> None:
    source = tmp_path / "source"
    source.mkdir()
    header = {"format": codec.FORMAT, "schema": 1, "writer": "../../../escaped.0"}
    text = codec.encode_line({"n": 0, "t": 1, "h": header}) + codec.encode_line(
        {"n": 1, "t": 2, "p": {"answers": {"x": {"i": 7}}}}
    )
    (source / "..evil name.0.jsonl").write_bytes(text)
    (source / "evil name.0.jsonl").write_bytes(text)
    with opened(tmp_path / "deep" / "record") as record:
        merge(record, [source], partial=True)
        assert answers(record) == [7]
    assert not list(tmp_path.glob("**/escaped*"))


def test_lines_with_a_good_checksum_and_no_sense_are_refused(tmp_path: Path, opened: Opener) -> None:
    source = tmp_path / "source"
    source.mkdir()
    bad: list[dict[str, object]] = [
        {"n": 0, "t": 1, "p": 5},
        {"n": 1, "t": 1, "p": {"answers": {"x": 5}}},
        {"n": "2", "t": 1},
        {"n": 3, "t": None},
        {"n": 4, "t": 1, "d": {"answers": [5]}},
        {"n": 5, "t": 1, "h": {"format": 1, "schema": "x", "writer": "a.0"}},
        {"n": 6, "t": 1, "h": {"format": 1, "schema": 1, "writer": 5}},
        {"n": 7, "t": 1, "h": 5},
    ]
    good = codec.encode_line({"n": 8, "t": 2, "p": {"answers": {"y": {"i": 7}}}})
    (source / "a.0.jsonl").write_bytes(b"".join(codec.encode_line(entry) for entry in bad) + good)
    record = opened()
    with pytest.raises(DamagedSource, match="8 entries are missing"):
        merge(record, [source])
    merge(record, [source], partial=True)
    assert answers(record) == [7]


def test_a_conflict_copy_of_a_sync_tool_counts_as_what_it_is(tmp_path: Path, opened: Opener) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 0})
        journal = tmp_path / "record" / "desk.0.jsonl"
        old = journal.read_bytes()
        record.table("answers").insert({"i": 1})
    (tmp_path / "record" / "desk.0 (conflicted copy 2026-11-23).jsonl").write_bytes(journal.read_bytes())
    journal.write_bytes(old)
    shutil.rmtree(tmp_path / "record" / "backups")
    record = opened()
    assert answers(record) == [0, 1]
    assert not record.lost


def test_a_journal_that_another_machine_is_writing_is_left_to_it(tmp_path: Path, opened: Opener) -> None:
    """Two machines in one folder, as in a home directory that both mount; a copy knows more of one of them."""
    here, there = opened(tmp_path / "shared", device="here"), opened(tmp_path / "shared", device="there")
    there.table("answers").insert({"i": 1})
    shutil.copytree(tmp_path / "shared", tmp_path / "copy")
    with opened(tmp_path / "copy", device="there") as record:
        record.table("answers").insert({"i": 2})
    journal = tmp_path / "shared" / "there.0.jsonl"
    before = journal.read_bytes(), journal.stat().st_ino
    merge(here, [tmp_path / "copy"])
    assert (journal.read_bytes(), journal.stat().st_ino) == before
    there.table("answers").insert({"i": 3})
    there.refresh()
    here.refresh()
    assert answers(here) == answers(there) == [1, 2, 3]


def test_a_text_that_went_on_elsewhere_arrives_with_the_next_merge(
    tmp_path: Path, opened: Opener, clock: HandClock
) -> None:
    here, there = opened(tmp_path / "here", device="here"), opened(tmp_path / "there", device="there")
    for text in ("half", "half a sentence"):
        there.put_draft("memo", text, len(text))
        there.save_live()
        merge(here, [tmp_path / "there"])
        draft = here.newest_draft("memo")
        assert draft is not None
        assert draft.text == text
        clock.move(5)
    assert merge(here, [tmp_path / "there"]).entries == 0


def test_links_in_a_foreign_folder_are_not_followed(tmp_path: Path, opened: Opener) -> None:
    opened(tmp_path / "private", device="private").table("answers").insert({"i": 1})
    opened(tmp_path / "there", device="there").table("answers").insert({"i": 2})
    (tmp_path / "there" / "link.0.jsonl").symlink_to(tmp_path / "private" / "private.0.jsonl")
    here = opened(tmp_path / "here", device="here")
    merge(here, [tmp_path / "there"])
    assert answers(here) == [2]
