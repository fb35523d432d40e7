"""Erasures under this device's own name count as its own only with a digest that nobody else can make."""

from __future__ import annotations

import json
import shutil
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from dev2cto.bootstrap import open_study
from dev2cto.paths import config_dir
from dev2cto.record import device_key, open_record
from dev2cto.record.device_key import DELAY
from dev2cto.record.erase import erase
from dev2cto.record.journal.codec import decode_line, encode_line
from dev2cto.record.layout import PENDING, key_file
from dev2cto.record.merge import Consent, merge
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.record.conftest import HandClock
from tests.support.studies import COURSE
from tests.support.unchecked import anything

LATER = 1_900_000_000_000


class Place:
    """A device with its record, cache and config."""

    def __init__(self, folder: Path, clock: HandClock) -> None:
        self.directory, self.cache, self.config = folder / "ada", folder / "cache", folder / "config"
        self._clock = clock

    @property
    def key(self) -> Path:
        return key_file(self.config, "desk", self.directory)

    def open(self, *, keyed: bool = True, readonly: bool = False) -> Record:
        config = self.config if keyed else None
        return open_directory(
            self.directory, clock=self._clock, device="desk", cache=self.cache, config=config, readonly=readonly,
            check=anything,
        )  # fmt: skip

    def forge(self, writer: str = "desk.7", **body: Any) -> None:
        """Put a journal under a name into the folder, with the note that an erasure is to be completed."""
        header = {"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": writer}}
        path = self.directory / f"{writer}.jsonl"
        path.write_bytes(encode_line(header) + encode_line({"n": 1, "t": LATER, **body}))
        path.chmod(0o600)
        (self.directory / PENDING).touch(0o600)

    def lines(self, mark: bytes) -> list[dict[str, Any]]:
        """The lines of its own journal that hold these bytes."""
        lines = (self.directory / "desk.0.jsonl").read_bytes().split(b"\n")
        return [entry for line in lines if mark in line and (entry := decode_line(line)) is not None]


@pytest.fixture
def place(tmp_path: Path, clock: HandClock) -> Place:
    """A device with three answers."""
    place = Place(tmp_path, clock)
    with place.open() as record:
        for n in range(3):
            record.table("answers").put(f"{n:021x}", {"i": n})
    return place


def shown(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


IDS = [f"{n:021x}" for n in range(3)]
FORGERIES: dict[str, dict[str, Any]] = {
    "an erasure": {"e": {"answers": IDS}},
    "an agreement": {"a": [[LATER, {"answers": IDS}]]},
    "a removal": {"d": {"answers": IDS}},
    "an erasure with a digest of another key": device_key.DeviceKey(b"mine").sign(
        {"e": {"answers": IDS}}, "desk", LATER
    ),
    "an erasure with an odd digest": {"e": {"answers": IDS}, "m": [LATER, 3]},
    "an erasure with a digest of nothing": {"e": {"answers": IDS}, "m": []},
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_line_erases_nothing(place: Place, name: str) -> None:
    before = (place.directory / "desk.0.jsonl").read_bytes()
    place.forge(**FORGERIES[name])
    for _ in range(2):
        with place.open() as record:
            assert shown(record) == [0, 1, 2]
            assert not (place.directory / PENDING).exists()
            assert record.asked_erasures == ({} if name == "an agreement" else {"answers": 3})
    assert (place.directory / "desk.0.jsonl").read_bytes().startswith(before)


def test_it_is_erased_after_a_yes(place: Place, tmp_path: Path) -> None:
    place.forge(**FORGERIES["an erasure"])
    with place.open() as record:
        merge(record, [], consent=Consent(lambda _: True, lambda: tmp_path / "backup"))
        assert shown(record) == []
    with place.open() as record:
        assert (shown(record), record.asked_erasures) == ([], {})


def test_ones_own_erasure_is_for_good(place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.directory, tmp_path / "copy")
    with place.open() as record:
        erase(record, {"answers": IDS[:2]})
        assert shown(record) == [2]
    with place.open() as record:
        merge(record, [tmp_path / "copy"])  # which still has them
        assert (shown(record), record.asked_erasures) == ([2], {})
    shutil.rmtree(place.cache)
    with place.open(readonly=True) as record:
        assert shown(record) == [2]


def test_a_copy_of_ones_own_erasure_that_is_dated_later_erases_no_more(place: Place) -> None:
    with place.open() as record:
        erase(record, {"answers": IDS})
        record.table("answers").put(IDS[0], {"i": 7})
    (line,) = place.lines(b'"e":')
    assert line["t"] - line["m"][0] <= DELAY
    place.forge(e=line["e"], m=line["m"])
    with place.open() as record:
        assert (shown(record), record.asked_erasures) == ([7], {"answers": 1})


def test_erasures_from_before_there_were_keys_are_known(place: Place, tmp_path: Path) -> None:
    place.key.unlink()
    shutil.copytree(place.directory, tmp_path / "copy")
    with place.open(keyed=False) as record:
        erase(record, {"answers": IDS[:2]})
    with place.open() as record:
        assert shown(record) == [2]
    place.forge(e={"answers": IDS})
    with place.open() as record:
        assert (shown(record), record.asked_erasures) == ([2], {"answers": 1})
        merge(record, [tmp_path / "copy"])
        assert (shown(record), record.asked_erasures) == ([2], {"answers": 1})


def test_a_device_that_was_never_here_believes_nothing(place: Place) -> None:
    place.forge(e={"answers": IDS})
    shutil.rmtree(place.cache)
    place.key.unlink()
    with place.open() as record:
        assert (shown(record), record.asked_erasures) == ([0, 1, 2], {"answers": 3})


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b'{"key": 3, "before": []}', b'{"key": "zz", "before": []}', b"[" * 9000]
)
def test_a_damaged_key_is_replaced_by_the_next_erasure(place: Place, damage: bytes) -> None:
    with place.open() as record:
        erase(record, {"answers": IDS[:1]})
    place.key.write_bytes(damage)
    with place.open() as record:
        assert shown(record) == [1, 2]
        erase(record, {"answers": IDS[:2]})
        assert shown(record) == [2]
    with place.open(readonly=True) as record:
        assert shown(record) == [2]


def test_the_key_is_for_nobody_elses_eyes(place: Place) -> None:
    assert place.key.stat().st_mode & 0o777 == 0o600
    assert place.key.parent.stat().st_mode & 0o777 == 0o700
    key = json.loads(place.key.read_bytes())["key"]
    with place.open() as record:
        erase(record, {"answers": IDS})
    assert len(key) == 64
    assert not any(key.encode() in path.read_bytes() for path in place.directory.rglob("*") if path.is_file())


def test_the_program_and_scripts_keep_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEV2CTO_HOME", str(tmp_path / "home"))
    with open_study(Namespace(course=str(COURSE), learner="ada")).record as record:
        assert record.reader.store.key_file is not None
        assert record.reader.store.key_file.is_relative_to(config_dir())
        assert record.reader.store.key_file.exists()
        directory = record.directory
    with open_record(directory, write=True) as script:
        assert script.reader.store.key_file == record.reader.store.key_file


def test_a_config_folder_that_cannot_be_written_keeps_nothing_from_starting(place: Place) -> None:
    shutil.rmtree(place.config)
    place.config.write_text("in the way")
    with place.open() as record:
        assert (shown(record), record.readonly_reason) == ([0, 1, 2], "")
