"""What is erased is in no file any more; everything else is where it was."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import NotSaved, ReadOnly, RecordError
from dev2cto.record.backup.backup import backup
from dev2cto.record.erase import all_document_ids, erase
from dev2cto.record.layout import PENDING
from dev2cto.record.merge import Consent, merge
from dev2cto.record.record import Record
from dev2cto.record.recovery import repair

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener

SECRET = "what nobody shall read"


def traces(folder: Path) -> list[str]:
    """Files in which the secret can be found, in whatever folder; archives unpacked."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            with contextlib.suppress(gzip.BadGzipFile):
                data = gzip.decompress(data)
            if SECRET.encode() in data:
                found.append(path.name)
    return found


def test_an_erased_note_is_nowhere(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        record.table("notes").put("n1", {"head": "r1"})
        record.table("note_revs").put("r1", {"text": SECRET})
        record.table("note_revs").put("big", {"text": SECRET * 5000})
        record.table("note_revs").put("r2", {"text": "harmless"})
        record.put_draft("n1", SECRET, 3)
        record.table("answers").insert({"i": 1})
    journal = tmp_path / "record" / "desk.0.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"c":"torn' + SECRET.encode())
    clock.move(86_400)
    record = opened(cache=cache)
    record.wait_for_backup(5)
    assert len(traces(tmp_path)) > 4
    documents = {"notes": ["n1"], "note_revs": ["r1", "big"], "drafts": list(record.docs("drafts"))}
    erase(record, documents)
    assert traces(tmp_path) == []
    assert dict(record.table("note_revs").stream()) == {"r2": {"text": "harmless"}}
    assert record.table("notes").all() == []
    record.table("answers").insert({"i": 2})
    record.close()
    record = opened(cache=cache)
    assert dict(record.table("note_revs").stream()) == {"r2": {"text": "harmless"}}
    assert sorted(doc["i"] for doc in record.table("answers").all()) == [1, 2]
    assert not record.damage
    assert not record.lost
    record.close()
    assert traces(tmp_path) == []


def test_an_id_can_be_used_again_after_it_was_erased(opened: Opener) -> None:
    with opened() as record:
        record.table("cards").put("q1", {"n": 1})
        erase(record, {"cards": ["q1"]})
        record.table("cards").put("q1", {"n": 2})
    assert opened().table("cards").get(doc_id="q1") == {"n": 2}


def test_an_erasure_reaches_other_machines_with_a_yes_and_does_not_come_back(tmp_path: Path, opened: Opener) -> None:
    a, b = opened(tmp_path / "a", device="a"), opened(tmp_path / "b", device="b")
    a.table("note_revs").put("r1", {"text": SECRET})
    a.table("answers").insert({"i": 1})
    b.table("answers").insert({"i": 2})
    merge(b, [tmp_path / "a"])
    erase(a, {"note_revs": ["r1"]})
    merge(a, [tmp_path / "b"])
    assert traces(tmp_path / "a") == []
    asked: list[Mapping[str, int]] = []

    def yes(documents: Mapping[str, int]) -> bool:
        assert b.table("note_revs").all()
        asked.append(documents)
        return True

    merged = merge(b, [tmp_path / "a"], consent=Consent(yes, lambda: backup(b.directory, tmp_path).path))
    assert asked == [{"note_revs": 1}]
    assert merged.backup is not None
    assert SECRET.encode() in gzip.decompress(merged.backup.read_bytes())
    merged.backup.unlink()
    assert traces(tmp_path) == []
    for record in (a, b):
        assert record.table("note_revs").all() == []
        assert sorted(doc["i"] for doc in record.table("answers").all()) == [1, 2]
    assert merge(a, [tmp_path / "b"]).entries == 1  # that the other machine agreed
    assert merge(a, [tmp_path / "b"]).entries == merge(b, [tmp_path / "a"]).entries == 0


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])
def test_erase_marks_from_elsewhere_erase_nothing_without_a_yes(tmp_path: Path, opened: Opener, packed: bool) -> None:
    """An archive with marks once removed 40 of 40 answers, and all backups with them."""
    cache = tmp_path / "cache"
    here = opened(tmp_path / "here", device="here", cache=cache)
    for i in range(40):
        here.table("answers").put(f"a{i}", {"i": i})
    with opened(tmp_path / "there", device="there") as there:
        there.table("answers").put("b", {"i": 40})
        merge(there, [tmp_path / "here"])
        erase(there, {"answers": [f"a{i}" for i in range(40)]})
        there.table("answers").put("c", {"i": 41})
    source = backup(tmp_path / "there", tmp_path).path if packed else tmp_path / "there"
    kept = sorted((tmp_path / "here" / "backups").iterdir())
    for asked in (None, Consent(lambda _: False, lambda: Path("never"))):
        merged = merge(here, [source], consent=asked)
        assert (merged.spared, merged.backup) == (40, None)
        assert sorted(doc["i"] for doc in here.table("answers").all()) == list(range(42))
        assert sorted((tmp_path / "here" / "backups").iterdir()) == kept
    here.close()
    here = opened(tmp_path / "here", device="here", cache=cache)
    assert sorted(doc["i"] for doc in here.table("answers").all()) == list(range(42))
    assert not here.lost

    def no_room() -> Path:
        raise NotSaved("full")

    with pytest.raises(NotSaved, match="full"):
        merge(here, [source], consent=Consent(lambda _: True, no_room))
    assert len(here.table("answers")) == 42
    merged = merge(here, [source], consent=Consent(lambda _: True, lambda: backup(here.directory, tmp_path).path))
    assert merged.spared == 0
    assert sorted(doc["i"] for doc in here.table("answers").all()) == [40, 41]
    assert merge(here, [source]).spared == 0


def test_everything_means_everything_but_settings(tmp_path: Path, opened: Opener) -> None:
    with opened() as record:
        record.table("settings").put("goal", {"value": 60})
        for i in range(20):
            record.table("answers").insert({"i": i, "text": SECRET})
        record.put_draft("x", SECRET, 1)
        erase(record, all_document_ids(record))
        assert record.tables() == {"settings"}
    assert traces(tmp_path) == []
    assert opened().tables() == {"settings"}


def test_nothing_is_erased_while_another_session_is_open(tmp_path: Path, opened: Opener) -> None:
    one, two = opened(), opened()
    one.table("note_revs").put("r1", {"text": SECRET})
    with pytest.raises(RecordError, match="another session"):
        erase(one, {"note_revs": ["r1"]})
    assert one.table("note_revs").get(doc_id="r1") == {"text": SECRET}
    two.close()
    erase(one, {"note_revs": ["r1"]})
    assert traces(tmp_path) == []


def no_room(*_: object) -> int:
    raise OSError(28, "No space left on device")


def with_a_text_and_an_answer(record: Record) -> Record:
    """The record, with a text that is to be erased and an answer that stays."""
    record.table("note_revs").put("r1", {"text": SECRET})
    record.table("answers").insert({"i": 1})
    return record


def test_an_interrupted_erasure_is_carried_through_at_the_next_opening(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = with_a_text_and_an_answer(opened())

    with monkeypatch.context() as patched:
        patched.setattr(repair, "replace", no_room)
        with pytest.raises(NotSaved, match="not complete"):
            erase(record, {"note_revs": ["r1"]})
    assert record.table("note_revs").all() == []
    assert traces(tmp_path)
    record.close()
    record = opened()
    assert traces(tmp_path) == []
    assert not (tmp_path / "record" / PENDING).exists()
    assert [doc["i"] for doc in record.table("answers").all()] == [1]


def test_an_erasure_that_still_has_no_room_opens_the_record_for_reading(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = with_a_text_and_an_answer(opened())

    with monkeypatch.context() as patched:
        patched.setattr(repair, "replace", no_room)
        with pytest.raises(NotSaved):
            erase(record, {"note_revs": ["r1"]})
        record.close()
        record = opened()
        assert "erasure is not complete: No space left" in record.readonly_reason
        assert [doc["i"] for doc in record.table("answers").all()] == [1]
        assert record.table("note_revs").all() == []
        with pytest.raises(ReadOnly):
            record.table("answers").insert({"i": 2})
        record.close()
    opened().close()
    assert traces(tmp_path) == []


def test_erasing_loses_nothing_that_only_the_backups_still_had(
    tmp_path: Path, opened: Opener, clock: HandClock
) -> None:
    """A line that was damaged behind the checkpoint is read back before the backups go."""
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        for i in range(5):
            record.table("answers").insert({"i": i})
        record.table("notes").put("n1", {"head": "r1"})
    journal = tmp_path / "record" / "desk.0.jsonl"
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:50] + b"????" + lines[2][54:]
    journal.write_bytes(b"\n".join(lines))
    record = opened(cache=cache)
    erase(record, {"notes": ["n1"]})
    record.close()
    record = opened()
    assert sorted(doc["i"] for doc in record.table("answers").all()) == [0, 1, 2, 3, 4]
    assert not record.lost


def test_there_is_a_backup_again_as_soon_as_something_was_erased(tmp_path: Path, opened: Opener) -> None:
    record = opened()
    for i in range(300):
        record.table("answers").put(f"a{i:03}", {"i": i, "text": "x" * 300})
    erase(record, {"answers": ["a000"]})
    record.save_and_close()
    (tmp_path / "record" / "desk.0.jsonl").unlink()
    record = opened()
    assert len(record.table("answers")) == 299
    assert not record.lost
