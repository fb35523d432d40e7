"""What lies in a record's folder may be a pipe, a device or endless: it is reported at once, and all else works."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.record.erase_marks import marks_of
from dev2cto.record.opening import open_directory
from dev2cto.record.recovery.salvage import salvage
from tests.bounds.test_courses import pipe, sparse
from tests.record.conftest import HandClock
from tests.support.unchecked import anything


def folder(path: Path) -> None:
    path.mkdir()


def long_line(path: Path) -> None:
    """3 GB without a line break, after and before good lines."""
    held = path.read_bytes() if path.exists() else b""
    with open(path, "ab") as file:
        file.write(b"x")
        file.seek(3 << 30)
        file.write(b"\n" + held)


def junk(path: Path) -> None:
    """9 MB that are no entries, in short lines."""
    with open(path, "ab") as file:
        file.write(b"nothing\n" * 1_100_000)


ATTACKS: dict[str, Callable[[Path], None]] = {"a pipe": pipe, "40 GB": sparse, "a folder": folder}
PLACES = (
    "desk.0.jsonl",
    "other.0.jsonl",
    "live.desk.0.jsonl",
    "live.other.0.jsonl",
    "desk.0~other.jsonl",
    "backups/desk.0.000000000000001.recent",
    "backups/2026-11-20.tar.gz",
    "backups/manifest.json",
    "damaged/told.json",
    "damaged/set-aside.json",
    "ballast",
    ".origin",
    "blobs/" + "a" * 64,
    "cache/head",
)


def use(directory: Path) -> tuple[list[str], list[str]]:
    """What a session finds that opens the record, writes an answer, closes it: its answers, and what it reports."""
    clock = HandClock()
    clock.move(86_400 * 5)
    with open_directory(
        directory, clock=clock, device="desk", cache=directory.parent / "cache", check=anything
    ) as record:
        assert not record.readonly_reason
        record.table("answers").insert({"i": "new"})
        record.table("drafts").put("d", {"text": "new"})
        record.wait_for_backup(20)
        told = [damage.what for damage in record.damage] + [record.restored, record.lost]
    return [doc["i"] for doc in record.table("answers").all()], told


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A record with two answers."""
    with open_directory(tmp_path / "record", clock=HandClock(), device="desk", check=anything) as record:
        record.table("answers").insert({"i": "first"})
        record.table("answers").insert({"i": "second"})
    return tmp_path / "record"


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", PLACES)
def test_something_else_in_place_of_a_file(place: str, attack: str, directory: Path, tmp_path: Path) -> None:
    path = (
        directory / place if not place.startswith("cache") else Path(tmp_path, place.replace("cache", "cache/record"))
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.name == "desk.0.jsonl"
    path.unlink(missing_ok=True)
    ATTACKS[attack](path)
    begun = time.process_time()
    answers, told = use(directory)
    assert time.process_time() - begun < 3
    assert {"first", "second", "new"} <= set(answers)
    if path.suffix == ".jsonl":
        assert any(told)
    assert set(use(directory)[0]) == {"first", "second", "new"}, own


def test_marks_are_not_looked_for_in_holes(directory: Path) -> None:
    sparse(directory / "other.7.jsonl")
    store = open_directory(directory, clock=HandClock(), readonly=True).reader.store
    begun = time.process_time()
    assert marks_of(directory, store) == ({}, {})
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("attack", [long_line, junk])
@pytest.mark.parametrize("place", ["desk.0.jsonl", "other.0.jsonl", "live.other.0.jsonl"])
def test_a_line_without_end(place: str, attack: Callable[[Path], None], directory: Path) -> None:
    attack(directory / place)
    begun = time.process_time()
    answers, told = use(directory)
    assert time.process_time() - begun < 3
    assert {"first", "second", "new"} <= set(answers)
    assert any(told)
    begun = time.process_time()
    assert set(use(directory)[0]) == {"first", "second", "new"}
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("data", [b"\n", b'{"c":"', b"x" * 30 + b"\n", b'{"c":"00000000","n":1,"t":1}\n', b'{"c":\x00'])
def test_the_search_in_damage_is_bounded(data: bytes) -> None:
    begun = time.process_time()
    salvage((data * 8_000_000)[:8_000_000])
    assert time.process_time() - begun < 3
