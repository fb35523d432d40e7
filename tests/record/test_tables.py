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
    record.put("cards", "q1", {"list": [1]})
    found = record.get("cards", "q1")
    assert found is not None
    found["list"].append(2)
    record.all("cards").clear()
    assert record.all("cards") == {"q1": {"list": [1]}}


def test_memory_has_what_the_disk_has(opened: Opener) -> None:
    record = opened()
    record.put("cards", "q1", {"pair": (1, 2), 5: "five"})  # type: ignore[dict-item]
    assert record.get("cards", "q1") == {"pair": [1, 2], "5": "five"}


def test_inside_a_batch_changes_are_seen_and_outside_only_when_it_ends(opened: Opener) -> None:
    record = opened()
    record.put("cards", "q1", {"n": 1})
    with record.batch():
        record.put("cards", "q1", {"n": 2})
        id = record.add("answers", {"i": 1})
        record.remove("cards", "q2")
        assert record.get("cards", "q1") == {"n": 2}
        assert record.all("answers") == {id: {"i": 1}}
        record.remove("cards", "q1")
        assert record.get("cards", "q1") is None
        assert record.all("cards") == {}
        assert opened(readonly=True).all("cards") == {"q1": {"n": 1}}
    assert opened(readonly=True).all("cards") == {}


def test_an_empty_batch_writes_nothing(opened: Opener) -> None:
    record = opened()
    journal = record.directory / f"{record.writer}.jsonl"
    before = journal.read_bytes()
    with record.batch():
        pass
    record.remove("cards", "never there")
    assert journal.read_bytes() == before


def nested(record: Record, *, swallow: bool) -> None:
    with record.batch():
        record.add("answers", {"i": 1})
        try:
            with record.batch():
                record.add("answers", {"i": 2})
                raise KeyError("on purpose")
        except KeyError:
            if not swallow:
                raise


def test_a_failed_inner_batch_fails_the_outer_one(opened: Opener) -> None:
    record = opened()
    with pytest.raises(KeyError):
        nested(record, swallow=False)
    with pytest.raises(RecordError, match="none of it"):
        nested(record, swallow=True)
    assert record.names() == set()
    record.add("answers", {"i": 3})
    assert [doc["i"] for doc in record.all("answers").values()] == [3]


def test_batches_nest(opened: Opener) -> None:
    record = opened()
    before = record.reader.seen[record.writer].next
    with record.batch():
        record.add("answers", {"i": 1})
        with record.batch():
            record.add("answers", {"i": 2})
    assert record.reader.seen[record.writer].next == before + 1
    assert len(record.all("answers")) == 2


def test_threads_do_not_get_into_each_others_batches(opened: Opener) -> None:
    record = opened()
    entered, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with record.batch():
            record.add("answers", {"i": 1})
            entered.set()
            go_on.wait(5)

    thread = threading.Thread(target=slow)
    thread.start()
    assert entered.wait(5)
    record.put_draft("memo", "typed meanwhile", 3)
    assert not record.refresh()
    go_on.set()
    record.add("answers", {"i": 2})
    thread.join()
    assert sorted(doc["i"] for doc in record.all("answers").values()) == [1, 2]
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
    record.put("cards", "q1", {"n": 1})
    clock.move(-3600)
    record.put("cards", "q1", {"n": 2})
    other = opened()
    other.put("cards", "q1", {"n": 3})
    record.refresh()
    assert record.get("cards", "q1") == {"n": 3}
    record.close()
    other.close()
    assert opened().get("cards", "q1") == {"n": 3}


LARGE = {"code.py": "x = 1\n" * 20_000, "notes.md": "short"}


def test_large_texts_live_in_files_of_their_own(opened: Opener) -> None:
    record = opened()
    doc: dict[str, Any] = {"exercise": "ex1", "files": LARGE, "passed": True}
    id = record.add("submissions", doc)
    same = record.add("submissions", doc)
    assert record.get("submissions", id) == record.get("submissions", same) == doc
    assert record.all("submissions")[id]["files"].keys() == {"blob", "size"}
    assert len(list((record.directory / "blobs").iterdir())) == 1
    assert (record.directory / f"{record.writer}.jsonl").stat().st_size < 2000
    record.close()
    record = opened()
    assert record.get("submissions", id) == doc
    (blob,) = (record.directory / "blobs").iterdir()
    blob.write_bytes(b"damaged")
    assert record.get("submissions", id) == doc
    again = record.add("submissions", doc)
    assert blob.stat().st_size > 100_000
    for copy in (record.directory / "backups" / "blobs").iterdir():
        copy.unlink()
    blob.unlink()
    assert record.get("submissions", again) == {"exercise": "ex1", "passed": True}


def test_small_submissions_stay_in_the_journal(opened: Opener) -> None:
    record = opened()
    record.add("submissions", {"text": "short"})
    assert not (record.directory / "blobs").exists()


def test_a_change_counts_after_a_machine_whose_clock_is_ahead(opened: Opener, clock: HandClock, tmp_path: Path) -> None:
    """Also when its journal was read before ours, whose last line is older."""
    opened().add("answers", {"i": 1})
    clock.move(3600)
    ahead = opened(tmp_path / "elsewhere", device="ahead")
    ahead.put("settings", "goal", {"value": 1})
    clock.move(-3600)
    ahead.close()
    (tmp_path / "record" / "ahead.0.jsonl").write_bytes((ahead.directory / "ahead.0.jsonl").read_bytes())
    record = opened()
    assert record.get("settings", "goal") == {"value": 1}
    record.put("settings", "goal", {"value": 2})
    assert opened(readonly=True).get("settings", "goal") == {"value": 2}


def test_nothing_arrives_from_outside_in_the_middle_of_a_batch(opened: Opener) -> None:
    one, two = opened(), opened()
    with one.batch():
        two.put("settings", "goal", {"value": 2})
        assert not one.refresh()
        assert one.get("settings", "goal") is None
    assert one.refresh()
    assert one.get("settings", "goal") == {"value": 2}
