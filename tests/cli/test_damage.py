"""Damage of any file of a record is reported, with what it cost and what to do, until it is gone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from dev2cto.clock import SystemClock
from dev2cto.course.curriculum import Curriculum
from dev2cto.record.opening import open_directory
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.study import Study
from tests.support.cli_runner import Call
from tests.support.fake_learner import GOOD_NOTE, take, write
from tests.support.studies import COURSE, record_of


@pytest.fixture
def theirs(elsewhere: Study, tmp_path: Path) -> Path:
    """The journal of another machine, with six answers; nothing here has a second copy of it."""
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    for copy in (elsewhere.record.directory / "backups").iterdir():
        copy.unlink()
    (journal,) = elsewhere.record.directory.glob("laptop.*.jsonl")
    return journal


def begin(tmp_path: Path) -> tuple[str, ...]:
    """Opens the study as this machine does, with a checkpoint, and returns what home says once."""
    record = open_directory(
        record_of(tmp_path / "home"), clock=SystemClock(), device="desk", cache=tmp_path / "home" / "cache"
    )
    with record:
        record.wait_for_backup(20)
        return one_time_notices(Study(Curriculum.open(COURSE), record, SystemClock(), Random(3)))


def spoil(journal: Path, *numbers: int) -> None:
    lines = journal.read_bytes().split(b"\n")
    for number in numbers:
        lines[number] = lines[number][:60] + b"????" + lines[number][64:]
    journal.write_bytes(b"\n".join(lines))


def test_damage_of_another_machine_is_listed_at_every_call(theirs: Path, call: Call, tmp_path: Path) -> None:
    whole = theirs.read_bytes()
    spoil(theirs, 2, 3)
    begun = begin(tmp_path)
    assert any(theirs.name in notice and "dev2cto doctor" in notice for notice in begun)
    begin(tmp_path)
    for _ in range(2):
        said = call("doctor")
        assert said.code == 1
        assert f"WRONG record: damage: {theirs.name} at byte " in said.out
        assert f"{theirs.name}: 2 entries are missing (numbers 2 to 3)" in said.out
        assert "Copy the file again from the machine that writes it" in said.out
    theirs.write_bytes(whole)
    said = call("doctor")
    assert "record: damage" not in said.out
    assert "quiz 100 %" in call("status").out
    assert not any(theirs.name in notice for notice in begin(tmp_path))


def test_a_cut_end_may_have_cost_more_than_can_be_counted(theirs: Path, call: Call) -> None:
    theirs.write_bytes(theirs.read_bytes()[:-60] + b"\n")
    said = call("doctor")
    assert said.code == 1
    assert f"{theirs.name}: entries at its end may be missing" in said.out


def test_what_is_no_file_is_listed(theirs: Path, call: Call) -> None:
    os.mkfifo(theirs.with_name("phone.0.jsonl"))
    said = call("doctor")
    assert said.code == 1
    assert "phone.0.jsonl at byte 0, 0 bytes: a folder, a pipe or a device" in said.out
    assert "Move it out of the folder." in said.out


def test_line_ends_of_windows_cost_nothing(theirs: Path, call: Call, tmp_path: Path) -> None:
    """What git does with core.autocrlf; merging the same lines again adds nothing."""
    before = call("status").out
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / theirs.name).write_bytes(theirs.read_bytes())
    theirs.write_bytes(theirs.read_bytes().replace(b"\n", b"\r\n"))
    begin(tmp_path)
    assert call("status").out == before
    said = call("doctor")
    assert "record: damage" not in said.out
    assert f"note  record: line ends: those of Windows in {theirs.name}" in said.out
    assert "* -text" in said.out
    assert "Merged: 0 new entries" in call("merge", str(kept)).out
    assert call("backup", str(tmp_path / "saved.tar.gz")).code == 0


def test_a_whole_record_is_read_again(elsewhere: Study, call: Call, tmp_path: Path) -> None:
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    begin(tmp_path)
    said = call("doctor", "--deep")
    assert (said.code, "note  record" in said.out) == (0, False), said.out
    assert re.search(r"ok    record: read again: \d+ lines in [23] journals, 0 large texts, \d+ backups", said.out)


def test_a_deep_look_finds_what_no_start_reads(elsewhere: Study, call: Call, tmp_path: Path) -> None:
    """A large text, a second copy, a daily backup, an order: each spoilt alone is found and named."""
    write(elsewhere, text=f"{GOOD_NOTE}{'word ' * 40_000}")
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    folder = elsewhere.record.directory
    begin(tmp_path)
    (text,) = (folder / "blobs").iterdir()
    (daily,) = (folder / "backups").glob("*.tar.gz")
    journal = folder / "laptop.0.jsonl"
    copy = folder / "backups" / "laptop.0.000000000000001.recent"
    copy.write_bytes(journal.read_bytes())
    lines = journal.read_bytes().splitlines(keepends=True)
    for path, data, words in (
        (text, b"other", ("note  record: blobs/", "does not match the digest")),
        (copy, copy.read_bytes()[:-9] + b"!\n", (copy.name, "damaged line")),
        (daily, daily.read_bytes()[:-40], (daily.name, "")),
        (journal, b"".join([*lines[:2], lines[3], lines[2], *lines[4:]]), ("laptop.0.jsonl: readable line 4", "after")),
    ):
        held = path.read_bytes()
        path.write_bytes(data)
        said = call("doctor", "--deep")
        assert all(part in said.out for part in words), (words, said.out)
        path.write_bytes(held)
    assert "note  record: " not in call("doctor", "--deep").out
    text.unlink()
    (folder / "backups" / "blobs" / text.name).unlink()
    said = call("doctor", "--deep")
    assert said.code == 1
    assert "is missing or damaged" in said.out
