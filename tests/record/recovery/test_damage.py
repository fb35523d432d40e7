"""Journals that were cut, flipped, replaced or deleted: everything intact is read, the rest is reported."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.record.journal import reader
from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener

JOURNAL = "desk.0.jsonl"
HARD = 'ü\n"x"\u2028'
"""Text that looks like the end of a line and is not."""


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


def filled(opened: Opener, directory: Path, count: int) -> bytes:
    """A closed record with that many answers, without its backups; its journal's bytes."""
    with opened(directory) as record:
        for i in range(count):
            record.table("answers").insert({"i": i, "text": HARD})
    shutil.rmtree(directory / "backups")
    return (directory / JOURNAL).read_bytes()


@pytest.mark.parametrize("junk", [b"", b"\0" * 37, b'\xff{"c":', b'{"c":"'], ids=["cut", "zeros", "noise", "opening"])
def test_a_record_cut_at_any_byte_keeps_every_whole_line(tmp_path: Path, opened: Opener, junk: bytes) -> None:
    whole = filled(opened, tmp_path / "full", 2)
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 10]
    for cut in range(len(whole) + 1):
        shutil.rmtree(tmp_path / "cut", ignore_errors=True)
        (tmp_path / "cut").mkdir()
        (tmp_path / "cut" / JOURNAL).write_bytes(whole[:cut] + junk)
        # The header is the first line; a line that lacks only its newline is whole.
        whole_lines = sum(end <= cut or (end == cut + 1 and not junk) for end in ends)
        with opened(tmp_path / "cut") as record:
            assert answers(record)[: whole_lines - 1] == list(range(max(0, whole_lines - 1))), cut
            assert bool(record.damage) == bool(junk or cut not in (0, *ends)), cut
            if cut % 7:
                continue
            record.table("answers").insert({"i": 100})
        shutil.rmtree(tmp_path / "cut" / "backups")
        with opened(tmp_path / "cut") as record:
            assert answers(record)[-1] == 100
            assert not record.damage
            assert not record.lost


def test_a_flipped_bit_is_corrected_and_reported(tmp_path: Path, opened: Opener) -> None:
    whole = filled(opened, tmp_path / "full", 12)
    chance = random.Random(4)
    for _ in range(150):
        shutil.rmtree(tmp_path / "bad", ignore_errors=True)
        (tmp_path / "bad").mkdir()
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        bad = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
        (tmp_path / "bad" / JOURNAL).write_bytes(bad)
        with opened(tmp_path / "bad") as record:
            assert answers(record) == list(range(12)), (at, bit)
            assert not record.lost
            damage = record.damage
            assert damage
            assert (tmp_path / "bad" / damage[0].kept).exists()
        with opened(tmp_path / "bad") as record:
            assert answers(record) == list(range(12)), (at, bit)
            assert not record.damage


@pytest.mark.parametrize("piece", [1, 7, 100, 333])
def test_a_journal_is_read_in_pieces_of_any_size(
    tmp_path: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    whole = filled(opened, tmp_path / "record", 6)
    lines = whole.splitlines(keepends=True)
    bad = b"".join([*lines[:2], b"noise\n" * 40, *lines[2:4], lines[4][:30], lines[5], lines[6]])
    (tmp_path / "record" / JOURNAL).write_bytes(bad)
    monkeypatch.setattr(reader, "_PIECE", piece)
    record = opened()
    assert answers(record) == [0, 1, 2, 4, 5]
    assert len(record.damage) == 2


def test_bytes_that_cannot_be_corrected_cost_their_line_alone(tmp_path: Path, opened: Opener) -> None:
    whole = filled(opened, tmp_path / "record", 12)
    lines = whole.split(b"\n")
    lines[5] = lines[5][:40] + b"????????" + lines[5][48:]
    (tmp_path / "record" / JOURNAL).write_bytes(b"\n".join(lines))
    record = opened()
    assert answers(record) == [i for i in range(12) if i != 4]
    assert record.lost == "1 saved entry was lost and could not be recovered; damaged originals are in " + str(
        tmp_path / "record" / "damaged"
    )
    record.acknowledge_loss()
    assert record.lost == ""
    record.close()
    assert opened().lost == ""


def cut_to(count: int) -> Callable[[Path], None]:
    def cut(journal: Path) -> None:
        lines = journal.read_bytes().splitlines(keepends=True)
        journal.write_bytes(b"".join(lines[:count]))

    return cut


def spoil(journal: Path) -> None:
    data = bytearray(journal.read_bytes())
    for at in range(200, len(data), 300):
        data[at : at + 8] = b"????????"
    journal.write_bytes(data)


HURTS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda journal: journal.unlink(),
    "emptied": lambda journal: journal.write_bytes(b""),
    "cut": cut_to(3),
    "overwritten with noise": lambda journal: journal.write_bytes(b"x" * 5000),
    "overwritten in its length": lambda journal: journal.write_bytes(b"y" * journal.stat().st_size),
    "spoiled in many places": spoil,
}


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS.keys())
@pytest.mark.parametrize("days", [0, 1, 3])
def test_what_is_gone_from_a_closed_journal_comes_back_from_its_backups(
    opened: Opener, tmp_path: Path, clock: HandClock, hurt: Callable[[Path], object], days: int
) -> None:
    for day in range(days + 1):
        record = opened()
        for i in range(5):
            record.table("answers").insert({"i": day * 5 + i, "text": HARD})
        record.wait_for_backup(5)
        record.close()
        clock.move(86_400)
    hurt(tmp_path / "record" / JOURNAL)
    record = opened()
    assert answers(record) == list(range(5 * (days + 1)))
    assert "recovered from" in record.restored
    assert not record.lost
    record.table("answers").insert({"i": 1000})
    record.close()
    record = opened()
    assert answers(record) == [*range(5 * (days + 1)), 1000]
    assert not record.lost


@pytest.mark.parametrize("hurt", [*HURTS.values(), "older copy"], ids=[*HURTS.keys(), "replaced by an older copy"])
def test_a_journal_hurt_while_open_loses_nothing(
    opened: Opener, tmp_path: Path, hurt: Callable[[Path], object] | str
) -> None:
    record = opened()
    journal = tmp_path / "record" / JOURNAL
    record.table("cards").put("gone", {"n": 1})
    record.table("answers").insert({"i": 0})
    older = journal.read_bytes()
    record.table("answers").insert({"i": 1})
    record.table("cards").put("kept", {"n": 1})
    record.table("cards").remove(doc_ids=["gone"])
    record.table("cards").put("kept", {"n": 2})
    if callable(hurt):
        hurt(journal)
    else:
        (tmp_path / "older").write_bytes(older)
        os.replace(tmp_path / "older", journal)
    record.table("answers").insert({"i": 2})
    assert answers(record) == [0, 1, 2]
    assert dict(record.table("cards").stream()) == {"kept": {"n": 2}}
    record.close()
    record = opened()
    assert answers(record) == [0, 1, 2]
    assert dict(record.table("cards").stream()) == {"kept": {"n": 2}}
    assert not record.lost


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_without_backups_too_the_open_file_is_brought_back(opened: Opener, tmp_path: Path, how: str) -> None:
    record = opened()
    journal = tmp_path / "record" / JOURNAL
    record.table("answers").insert({"i": 0})
    older = journal.read_bytes()
    record.table("answers").insert({"i": 1})
    shutil.rmtree(tmp_path / "record" / "backups")
    if how == "deleted":
        journal.unlink()
    else:
        (tmp_path / "older").write_bytes(older)
        os.replace(tmp_path / "older", journal)
    record.table("answers").insert({"i": 2})
    assert "recovered from" in record.restored
    record.close()
    shutil.rmtree(tmp_path / "record" / "backups")
    assert answers(opened()) == [0, 1, 2]


def test_a_file_that_is_no_journal_is_reported_and_left_alone(opened: Opener, tmp_path: Path) -> None:
    opened().close()
    (tmp_path / "record" / "shopping.jsonl").write_text("eggs\nmilk\n")
    record = opened()
    assert [damage.file for damage in record.damage] == ["shopping.jsonl"]
    assert (tmp_path / "record" / "shopping.jsonl").read_text() == "eggs\nmilk\n"


def test_the_daily_backup_finds_damage_that_the_checkpoint_hides(
    opened: Opener, tmp_path: Path, clock: HandClock
) -> None:
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        for i in range(5):
            record.table("answers").insert({"i": i})
    journal = tmp_path / "record" / JOURNAL
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:50] + b"????" + lines[2][54:]
    journal.write_bytes(b"\n".join(lines))
    clock.move(86_400)
    record = opened(cache=cache)
    record.wait_for_backup(5)
    assert answers(record) == [0, 1, 2, 3, 4]
    assert [damage.file for damage in record.damage] == [JOURNAL]
    record.close()
    record = opened(cache=cache)
    assert answers(record) == [0, 1, 2, 3, 4]
    assert "recovered from the second copy" in record.restored
    assert b"????" not in journal.read_bytes()


def test_a_torn_line_does_not_excuse_damage_elsewhere_in_the_file(
    opened: Opener, tmp_path: Path, clock: HandClock
) -> None:
    """The day's backup looks at every line of a file although its torn end was just repaired."""
    cache = tmp_path / "cache"
    with opened(cache=cache) as record:
        for i in range(5):
            record.table("answers").insert({"i": i})
    journal = tmp_path / "record" / JOURNAL
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2][:50] + b"????" + lines[2][54:]
    journal.write_bytes(b"\n".join(lines) + b'{"c":"torn')
    clock.move(86_400)
    record = opened(cache=cache)
    record.wait_for_backup(5)
    record.close()
    shutil.rmtree(cache)
    record = opened()
    assert answers(record) == [0, 1, 2, 3, 4]
    assert not record.lost


def test_a_journal_that_was_cleaned_is_still_held(opened: Opener, tmp_path: Path) -> None:
    whole = filled(opened, tmp_path / "record", 6).split(b"\n")
    whole[3] = whole[3][:40] + b"????" + whole[3][44:]
    (tmp_path / "record" / JOURNAL).write_bytes(b"\n".join(whole))
    one, two = opened(), opened()
    assert (one.writer, two.writer) == ("desk.0", "desk.1")
    one.table("answers").insert({"i": 100})
    two.table("answers").insert({"i": 101})
    assert answers(opened(readonly=True))[-2:] == [100, 101]


def test_reading_a_damaged_record_leaves_no_checkpoint_that_hides_it(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    with opened() as record:
        for i in range(5):
            record.table("answers").insert({"i": i})
    cut_to(3)(tmp_path / "record" / JOURNAL)
    monkeypatch.setattr("dev2cto.record.record.MANY", 1)
    with opened(cache=cache, readonly=True) as record:
        assert answers(record) == [0, 1, 2, 3, 4]
    opened(cache=cache).close()
    shutil.rmtree(tmp_path / "record" / "backups")
    shutil.rmtree(cache)
    assert answers(opened()) == [0, 1, 2, 3, 4]
