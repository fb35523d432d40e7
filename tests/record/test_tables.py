"""Single changes and batches: copies, nesting, failures, threads."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dev2cto.errors import RecordError
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener


def test_a_document_got_is_ones_own(opened: Opener) -> None:
    record = opened()
    record.table("cards").put("q1", {"list": [1]})
    found = record.table("cards").get(doc_id="q1")
    assert found is not None
    found["list"].append(2)
    dict(record.table("cards").stream()).clear()
    assert dict(record.table("cards").stream()) == {"q1": {"list": [1]}}


def test_memory_has_what_the_disk_has(opened: Opener) -> None:
    record = opened()
    record.table("cards").put("q1", {"pair": (1, 2), 5: "five"})  # type: ignore[dict-item]
    assert record.table("cards").get(doc_id="q1") == {"pair": [1, 2], "5": "five"}


def test_inside_a_batch_changes_are_seen_and_outside_only_when_it_ends(opened: Opener) -> None:
    record = opened()
    record.table("cards").put("q1", {"n": 1})
    with record.batch():
        record.table("cards").put("q1", {"n": 2})
        id = record.table("answers").insert({"i": 1})
        record.table("cards").remove(doc_ids=["q2"])
        assert record.table("cards").get(doc_id="q1") == {"n": 2}
        assert dict(record.table("answers").stream()) == {id: {"i": 1}}
        record.table("cards").remove(doc_ids=["q1"])
        assert record.table("cards").get(doc_id="q1") is None
        assert record.table("cards").all() == []
        assert dict(opened(readonly=True).table("cards").stream()) == {"q1": {"n": 1}}
    assert opened(readonly=True).table("cards").all() == []


def test_an_empty_batch_writes_nothing(opened: Opener) -> None:
    record = opened()
    journal = record.directory / f"{record.writer}.jsonl"
    before = journal.read_bytes()
    with record.batch():
        pass
    record.table("cards").remove(doc_ids=["never there"])
    assert journal.read_bytes() == before


def nested(record: Record, *, swallow: bool) -> None:
    with record.batch():
        record.table("answers").insert({"i": 1})
        try:
            with record.batch():
                record.table("answers").insert({"i": 2})
                raise KeyError("on purpose")
        except KeyError:
            if not swallow:
                raise


def test_a_failed_inner_batch_fails_the_outer_one(opened: Opener) -> None:
    record = opened()
    with pytest.raises(KeyError):
        nested(record, swallow=False)
    with pytest.raises(RecordError, match="nothing was saved"):
        nested(record, swallow=True)
    assert record.tables() == set()
    record.table("answers").insert({"i": 3})
    assert [doc["i"] for doc in record.table("answers").all()] == [3]


def test_batches_nest(opened: Opener) -> None:
    record = opened()
    before = record.reader.seen[record.writer].next
    with record.batch():
        record.table("answers").insert({"i": 1})
        with record.batch():
            record.table("answers").insert({"i": 2})
    assert record.reader.seen[record.writer].next == before + 1
    assert len(record.table("answers")) == 2


def test_threads_do_not_get_into_each_others_batches(opened: Opener) -> None:
    record = opened()
    entered, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with record.batch():
            record.table("answers").insert({"i": 1})
            entered.set()
            go_on.wait(60)

    thread = threading.Thread(target=slow)
    thread.start()
    assert entered.wait(60)
    record.put_draft("memo", "typed meanwhile", 3)
    assert not record.refresh()
    go_on.set()
    record.table("answers").insert({"i": 2})
    thread.join()
    assert sorted(doc["i"] for doc in record.table("answers").all()) == [1, 2]
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "typed meanwhile"


def test_ids_sort_by_time_even_when_the_clock_goes_back(opened: Opener, clock: HandClock) -> None:
    record = opened()
    ids = []
    for seconds in (0, 0, 5, -20, 0, 100):
        clock.move(seconds)
        ids += [record.new_id() for _ in range(3)]
    assert ids == sorted(ids)
    assert len({*ids}) == len(ids)


def test_the_newest_wins_even_when_the_clock_goes_back(opened: Opener, clock: HandClock) -> None:
    record = opened()
    record.table("cards").put("q1", {"n": 1})
    clock.move(-3600)
    record.table("cards").put("q1", {"n": 2})
    other = opened()
    other.table("cards").put("q1", {"n": 3})
    record.refresh()
    assert record.table("cards").get(doc_id="q1") == {"n": 3}
    record.close()
    other.close()
    assert opened().table("cards").get(doc_id="q1") == {"n": 3}


LARGE = {"code.py": "x = 1\n" * 20_000, "notes.md": "short"}


def test_large_texts_live_in_files_of_their_own(opened: Opener) -> None:
    record = opened()
    doc: dict[str, Any] = {"exercise": "ex1", "files": LARGE, "passed": True}
    id = record.table("submissions").insert(doc)
    same = record.table("submissions").insert(doc)
    assert record.table("submissions").get(doc_id=id) == record.table("submissions").get(doc_id=same) == doc
    assert record.docs("submissions")[id]["files"].keys() == {"blob", "size"}
    assert len(list((record.directory / "blobs").iterdir())) == 1
    assert (record.directory / f"{record.writer}.jsonl").stat().st_size < 2000
    record.close()
    record = opened()
    assert record.table("submissions").get(doc_id=id) == doc
    (blob,) = (record.directory / "blobs").iterdir()
    blob.write_bytes(b"damaged")
    assert record.table("submissions").get(doc_id=id) == doc
    again = record.table("submissions").insert(doc)
    assert blob.stat().st_size > 100_000
    for copy in (record.directory / "backups" / "blobs").iterdir():
        copy.unlink()
    blob.unlink()
    assert record.table("submissions").get(doc_id=again) == {"exercise": "ex1", "passed": True}


def test_small_submissions_stay_in_the_journal(opened: Opener) -> None:
    record = opened()
    record.table("submissions").insert({"text": "short"})
    assert not (record.directory / "blobs").exists()


def test_a_change_counts_after_a_machine_whose_clock_is_ahead(opened: Opener, clock: HandClock, tmp_path: Path) -> None:
    """Also when its journal was read before ours, whose last line is older."""
    opened().table("answers").insert({"i": 1})
    clock.move(3600)
    ahead = opened(tmp_path / "elsewhere", device="ahead")
    ahead.table("settings").put("goal", {"value": 1})
    clock.move(-3600)
    ahead.close()
    (tmp_path / "record" / "ahead.0.jsonl").write_bytes((ahead.directory / "ahead.0.jsonl").read_bytes())
    record = opened()
    assert record.table("settings").get(doc_id="goal") == {"value": 1}
    record.table("settings").put("goal", {"value": 2})
    assert opened(readonly=True).table("settings").get(doc_id="goal") == {"value": 2}


def test_nothing_arrives_from_outside_in_the_middle_of_a_batch(opened: Opener) -> None:
    one, two = opened(), opened()
    with one.batch():
        two.table("settings").put("goal", {"value": 2})
        assert not one.refresh()
        assert one.table("settings").get(doc_id="goal") is None
    assert one.refresh()
    assert one.table("settings").get(doc_id="goal") == {"value": 2}
