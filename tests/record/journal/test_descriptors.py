"""Files and folders at the lowest level: names are durable, and no descriptor is closed twice or left open."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.errors import NotSaved
from dev2cto.record.journal import durable_io, live
from dev2cto.record.journal.reader import JournalReader
from dev2cto.record.layout import BLOBS
from dev2cto.record.recovery.tail_copy import BACKUPS

if TYPE_CHECKING:
    from tests.record.conftest import Opener


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose names were made durable."""
    found: list[Path] = []
    real = durable_io.sync_folder

    def note(folder: Path) -> None:
        found.append(folder)
        real(folder)

    monkeypatch.setattr(durable_io, "sync_folder", note)
    monkeypatch.setattr("dev2cto.record.layout.sync_folder", note)
    return found


@pytest.fixture
def closed_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No descriptor may be closed twice: another thread may have its number by then. None may stay open."""
    twice: list[int] = []
    real = os.close

    def close(fd: int) -> None:
        try:
            real(fd)
        except OSError:
            twice.append(fd)
            raise

    before = open_files()
    monkeypatch.setattr(os, "close", close)
    yield
    assert twice == []
    assert open_files() <= before


def open_files() -> set[str]:
    """What this process has open, by path; without the folder that tells."""
    found = set()
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            found.add(os.readlink(f"/proc/self/fd/{name}"))
    return {path for path in found if not path.startswith("/proc")}


def test_new_folders_are_durable(opened: Opener, tmp_path: Path, synced: list[Path]) -> None:
    directory = tmp_path / "data" / "records" / "learner"
    with opened(directory) as record:
        assert {tmp_path, tmp_path / "data", tmp_path / "data" / "records", directory} <= set(synced)
        synced.clear()
        record.table("submissions").insert({"text": "word " * 20_000})
        assert {directory, directory / BLOBS, directory / BACKUPS, directory / BACKUPS / BLOBS} <= set(synced)


def test_a_repaired_file_that_cannot_be_read_is_closed_once(
    opened: Opener, tmp_path: Path, closed_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 1})
        record.table("answers").insert({"i": 2})
    path = tmp_path / "record" / "desk.0.jsonl"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], b"junk" + lines[1][9:], *lines[2:]]))
    real = JournalReader.read
    monkeypatch.setattr(JournalReader, "read", failing(real, path.name, times=3))
    with opened() as record:
        assert "cannot be written" in record.readonly_reason
    monkeypatch.undo()


def failing(
    real: Callable[[JournalReader, Path], bool], name: str, times: int
) -> Callable[[JournalReader, Path], bool]:
    """Reading that fails the n-th time a file is read."""
    left = [times]

    def read(self: JournalReader, path: Path) -> bool:
        left[0] -= path.name == name
        if left[0] == 0:
            raise OSError(5, "Input/output error")
        return real(self, path)

    return read


def test_a_live_journal_that_cannot_be_opened_again_is_closed_once(
    opened: Opener, closed_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "TOO_LARGE", 2_000)
    with opened() as record:
        record._live._rewrite_above = 2_000

        def type_and_save(number: int) -> None:
            record.put_draft("memo", f"{number} {'word ' * 200}", 0)
            record.save_live()

        for number in range(3):
            type_and_save(number)

        def refused(_: object, path: Path, fd: int) -> None:
            os.close(fd)
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(live, "open_journal", refused)
            record._live._rewrite_above = 10
            with pytest.raises(NotSaved):
                type_and_save(4)
        type_and_save(5)
        draft = record.newest_draft("memo")
        assert draft is not None
        assert draft.text.startswith("5 ")
