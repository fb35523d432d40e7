"""What changes with every key: at once in memory, within three seconds on the disk, never two texts in one."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import NotSaved
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener

LIVE = "live.desk.0.jsonl"


def crashed(record: Record, opener: Opener) -> Record:
    """What a second program sees of the disk, as after a power cut."""
    return opener(record.directory, readonly=True)


def test_a_text_is_due_a_second_after_the_last_key_and_three_after_the_first(opened: Opener, clock: HandClock) -> None:
    record = opened()
    assert record.live_due() is None
    record.put_draft("memo", "a", 1)
    assert record.live_due() == clock.monotonic() + 1
    begun = clock.monotonic()
    for text in ("ab", "abc", "abcd", "abcde", "abcdef"):
        clock.move(0.9)
        record.put_draft("memo", text, len(text))
    assert record.live_due() == begun + 3
    record.save_live()
    assert record.live_due() is None


def test_steady_typing_loses_three_seconds_at_most(opened: Opener, clock: HandClock) -> None:
    record = opened()
    typed = ""
    for _ in range(600):
        clock.move(0.1)
        typed += "x"
        record.put_draft("memo", typed, len(typed))
        due = record.live_due()
        assert due is not None
        if due <= clock.monotonic():
            record.save_live()
        draft = crashed(record, opened).newest_draft("memo") if len(typed) % 37 == 0 else None
        if draft:
            assert len(typed) - len(draft.text) <= 30


def test_an_hour_of_typing_leaves_less_than_two_megabytes(opened: Opener, clock: HandClock) -> None:
    record = opened()
    text = "word " * 1600
    for minute in range(1200):
        clock.move(3)
        record.put_draft("memo", text + str(minute), minute)
        record.table("positions").put("reading-1", {"section": "s", "offset": minute})
        record.save_live()
    size = sum(path.stat().st_size for path in record.directory.rglob("*") if path.is_file())
    assert size < 2_000_000
    record.close()
    draft = opened().newest_draft("memo")
    assert draft is not None
    assert draft.text == text + "1199"


def test_an_hour_of_keystrokes_in_a_growing_text_stays_small_and_safe(opened: Opener, clock: HandClock) -> None:
    """Five keys a second for an hour, saved when it is due: never over 2 MB, never over 3 s behind."""
    record, text, saved, largest = opened(), "", "", 0
    for key in range(5 * 3600):
        clock.move(0.2)
        text += "words "[key % 6]
        record.put_draft("memo", text, len(text))
        due = record.live_due()
        assert due is not None
        if due <= clock.monotonic():
            record.save_live()
            saved = text
            if key % 100 < 15:
                largest = max(largest, sum(path.stat().st_size for path in record.directory.rglob("*")))
        assert len(text) - len(saved) <= 16  # of three seconds, and the key that finds them over
    assert 1_000_000 < largest < 2_000_000
    found = crashed(record, opened).newest_draft("memo")
    assert found is not None
    assert found.text == saved


def test_closing_saves_and_leaves_a_small_file(opened: Opener, clock: HandClock, tmp_path: Path) -> None:
    record = opened()
    for i in range(40):
        record.put_draft("memo", f"{i} " * 2000, i)
        record.save_live()
    record.put_draft("memo", "the end", 7)
    record.close()
    assert (tmp_path / "record" / LIVE).stat().st_size < 20_000
    record = opened()
    draft = record.newest_draft("memo")
    assert draft is not None
    assert (draft.text, draft.cursor, draft.device) == ("the end", 7, "desk")


def test_save_and_close_keeps_the_last_key(opened: Opener) -> None:
    record = opened()
    record.put_draft("memo", "half a sent", 11)
    record.table("place").put(record.writer, {"screen": "artefact", "cursor": 11})
    assert record.save_and_close() == ""
    record = opened()
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "half a sent"
    assert record.table("place").all() == [{"screen": "artefact", "cursor": 11}]


def test_two_sessions_in_one_answer_keep_both_texts(opened: Opener, clock: HandClock) -> None:
    one, two = opened(), opened()
    one.put_draft("memo", "from one", 1)
    one.save_live()
    clock.move(60)
    two.put_draft("memo", "from two", 2)
    two.save_live()
    one.refresh()
    newest, others = one.newest_draft("memo"), one.other_drafts("memo")
    assert newest is not None
    assert (newest.text, newest.writer) == ("from two", "desk.1")
    assert [(draft.text, draft.writer) for draft in others] == [("from one", "desk.0")]
    one.put_draft("memo", "from two", 2)
    assert one.other_drafts("memo") == ()


def test_a_removed_draft_stays_removed(opened: Opener) -> None:
    record = opened()
    record.put_draft("memo", "text", 1)
    record.save_live()
    with record.batch():
        record.table("submissions").insert({"text": "text"})
        record.table("drafts").remove(doc_ids=[f"memo/{record.writer}"])
    assert crashed(record, opened).newest_draft("memo") is None
    record.close()
    assert opened().newest_draft("memo") is None


def test_a_batch_makes_an_unsaved_text_out_of_date(opened: Opener) -> None:
    record = opened()
    record.put_draft("memo", "text", 1)
    with record.batch():
        record.table("drafts").remove(doc_ids=[f"memo/{record.writer}"])
    assert record.live_due() is None
    record.close()
    assert opened().newest_draft("memo") is None


def test_a_text_that_a_batch_removes_in_the_same_millisecond_stays_removed(opened: Opener) -> None:
    """A paste with the enter that submits it, or a clock that was set back."""
    record = opened()
    record.put_draft("memo", "typed and submitted", 0)
    with record.batch():
        record.table("settings").put("name", {"value": "x"})
        record.table("drafts").remove(doc_ids=[f"memo/{record.writer}"])
    assert record.newest_draft("memo") is None
    record.close()
    assert opened().newest_draft("memo") is None


def test_a_failed_batch_leaves_the_unsaved_text_unsaved(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    record = opened()
    record.put_draft("memo", "text", 1)

    def broken(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", broken)
        with pytest.raises(NotSaved), record.batch():
            record.table("drafts").remove(doc_ids=[f"memo/{record.writer}"])
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "text"
    assert record.live_due() is not None


def test_what_could_not_be_saved_stays_and_is_tried_again(
    opened: Opener, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = opened()
    record.put_draft("memo", "first", 1)
    record.save_live()
    record.put_draft("memo", "second", 1)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(NotSaved, match="No space left"):
            record.save_live()
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "second"
    assert record.live_due() == clock.monotonic() + 1
    record.save_live()
    after = crashed(record, opened).newest_draft("memo")
    assert after is not None
    assert after.text == "second"


@pytest.mark.parametrize("how", ["deleted", "emptied", "noise", "older copy"])
def test_a_live_journal_hurt_while_open_loses_nothing(opened: Opener, tmp_path: Path, how: str) -> None:
    record = opened()
    path = tmp_path / "record" / LIVE
    record.put_draft("one", "first", 1)
    record.save_live()
    old = path.read_bytes()
    record.put_draft("two", "second", 1)
    record.table("positions").put("gone", {"section": "s"})
    record.save_live()
    record.table("positions").remove(doc_ids=["gone"])
    record.save_live()
    if how == "deleted":
        path.unlink()
    else:
        path.write_bytes({"emptied": b"", "noise": b"x" * 9000, "older copy": old}[how])
    record.put_draft("three", "third", 1)
    record.save_live()
    found = crashed(record, opened)
    assert {doc["text"] for doc in found.table("drafts").all()} == {"first", "second", "third"}
    assert found.table("positions").all() == []


def test_places_of_other_sessions_are_told_apart(opened: Opener) -> None:
    one, two = opened(), opened()
    one.table("place").put(one.writer, {"screen": "home"})
    two.table("place").put(two.writer, {"screen": "quiz"})
    two.save_live()
    one.refresh()
    assert dict(one.table("place").stream()) == {"desk.0": {"screen": "home"}, "desk.1": {"screen": "quiz"}}


def test_documents_given_are_the_callers_own(opened: Opener) -> None:
    record = opened()
    doc = {"screen": "quiz", "ids": ["a"]}
    record.table("place").put(record.writer, doc)
    doc["ids"].append("b")  # type: ignore[attr-defined]
    (place,) = record.table("place").all()
    place["ids"].append("c")
    assert record.table("place").get(doc_id=record.writer) == {"screen": "quiz", "ids": ["a"]}


def test_a_text_left_in_a_slot_is_kept_when_another_text_goes_on_there(opened: Opener, clock: HandClock) -> None:
    one, two = opened(), opened()
    one.put_draft("memo", "typed in the first window", 1)
    clock.move(5)
    two.put_draft("memo", "typed in the second window", 1)
    one.close()
    two.close()
    clock.move(5)
    again = opened()
    newest = again.newest_draft("memo")
    assert again.writer == "desk.0"
    assert newest is not None
    again.put_draft("memo", newest.text + ", then here", 1)
    again.put_draft("memo", newest.text + ", then here.", 1)
    assert {draft.text for draft in again.other_drafts("memo")} == {
        "typed in the first window",
        "typed in the second window",
    }
    assert {draft.device for draft in again.other_drafts("memo")} == {"desk"}


def test_going_on_with_ones_own_text_leaves_no_copies(opened: Opener, clock: HandClock) -> None:
    for i in range(3):
        record = opened()
        record.put_draft("memo", "x" * i, i)
        record.close()
        clock.move(5)
    assert len(opened().docs("drafts")) == 1


def test_of_equal_texts_the_one_typed_last_is_reported(opened: Opener, clock: HandClock) -> None:
    typed = []
    for text in ("the same", "the same", "another"):
        typed.append(opened())
        typed[-1].put_draft("memo", text, 1)
        typed[-1].save_live()
        clock.move(5)
    (other,) = opened(readonly=True).other_drafts("memo")
    assert (other.text, other.writer) == ("the same", "desk.1")
