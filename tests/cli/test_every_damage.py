"""Each kind of damage that the fuzzing makes, in each kind of file of a record, is found by `doctor --deep`."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.study.study import Study
from tests.support.cli_runner import Call
from tests.support.fake_learner import GOOD_NOTE, take, write
from tests.support.mutations import SPOIL
from tests.support.studies import record_of

FILES = (
    "laptop.0.jsonl", "live.laptop.0.jsonl", "desk.0.jsonl", "blobs/*", "backups/blobs/*", "backups/*.tar.gz",
    "backups/laptop.0.*.recent",
)  # fmt: skip
"""A file of each kind: journals of another machine and of this one, texts, backups, second copies."""


@pytest.fixture
def folder(elsewhere: Study, tmp_path: Path) -> Path:
    """A record that has files of all kinds."""
    write(elsewhere, text=f"{GOOD_NOTE}{'word ' * 20_000}")
    take(elsewhere, elsewhere.quiz("t2"))
    for number in range(3):
        elsewhere.keep_draft(f"memo-{number}", "a text that is not submitted")
        elsewhere.record.save_live()
    elsewhere.record.close()
    journal = elsewhere.record.directory / "laptop.0.jsonl"
    directory = record_of(tmp_path / "home")
    with open_directory(directory, clock=SystemClock(), device="desk", cache=tmp_path / "home" / "cache") as record:
        record.wait_for_backup(20)
        for number in range(3):
            record.table("flags").put(f"{number}", {"at": "2026-11-23T09:00:00+00:00"})
    (directory / "backups" / "laptop.0.000000000000001.recent").write_bytes(journal.read_bytes())
    return directory


@pytest.mark.parametrize("pattern", FILES)
def test_a_deep_look_finds_each_kind_of_damage(pattern: str, folder: Path, call: Call) -> None:
    (path, *_) = folder.glob(pattern)
    held = path.read_bytes()
    assert path.name not in call("doctor", "--deep").out
    for kind, spoil in SPOIL.items():
        for at in (len(held) // 3, len(held) // 2 + 7):
            while b"\n" in held[at - 1 : at + 1]:  # a file that ends with a whole line shows no damage
                at += 1
            data = spoil(held, at, 40, b"something else")
            if data == held:
                continue
            path.write_bytes(data)
            said = call("doctor", "--deep").out
            assert path.name[:12] in said, (kind, at, said)
    path.write_bytes(held)
    assert path.name not in call("doctor", "--deep").out
