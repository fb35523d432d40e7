"""The record's folder: whose it is, who may read it, what a learner may be called."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.course.curriculum import Curriculum
from dev2cto.errors import RecordError, UsageError
from dev2cto.record.backup.backup import backup
from dev2cto.record.journal.codec import WRITER
from dev2cto.record.layout import clean_device, learner_dir, this_device
from tests.support.studies import COURSE

if TYPE_CHECKING:
    from tests.record.conftest import Opener


@pytest.mark.parametrize("name", ["learner", "ada", "José", "team-2_a.b", "x" * 64])
def test_names_that_are_folders_everywhere(tmp_path: Path, name: str) -> None:
    assert learner_dir(tmp_path, name).parent == tmp_path


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "-rf", "a/b", "a\0b", "a b", "a\nb", "x" * 65, "a\u202eb"])
def test_names_that_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        learner_dir(tmp_path, name)


def test_one_name_however_its_letters_are_composed(tmp_path: Path) -> None:
    assert learner_dir(tmp_path, "Jose\u0301") == learner_dir(tmp_path, "Jos\u00e9")


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_everything_is_private_under_any_umask(tmp_path: Path, opened: Opener, mask: int) -> None:
    before = os.umask(mask)
    try:
        record = opened(tmp_path / "data" / "learner", cache=tmp_path / "data" / "cache")
        record.table("submissions").insert({"text": "x" * 100_000})
        record.put_draft("memo", "half", 2)
        record.close()
    finally:
        os.umask(before)
    found = list((tmp_path / "data").rglob("*"))
    assert len(found) > 8
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_folder_that_others_may_read_is_closed(tmp_path: Path, opened: Opener) -> None:
    (tmp_path / "record").mkdir(mode=0o755)
    opened()
    assert stat.S_IMODE((tmp_path / "record").stat().st_mode) == 0o700


def test_symbolic_links_are_refused(tmp_path: Path, opened: Opener) -> None:
    opened(tmp_path / "real").close()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(RecordError, match="symbolic link"):
        opened(tmp_path / "link")
    journal = tmp_path / "real" / "desk.0.jsonl"
    journal.rename(tmp_path / "elsewhere")
    journal.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RecordError, match="symbolic link"):
        opened(tmp_path / "real")
    (tmp_path / "fresh").mkdir()
    (tmp_path / "fresh" / "desk.0.jsonl").symlink_to(tmp_path / "not there yet")
    with pytest.raises(RecordError, match="symbolic link"):
        opened(tmp_path / "fresh")
    assert not (tmp_path / "not there yet").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")
def test_what_belongs_to_another_user_is_refused(tmp_path: Path, opened: Opener) -> None:
    opened().close()
    os.chown(tmp_path / "record" / "desk.0.jsonl", 12345, 12345)
    with pytest.raises(RecordError, match="another user"):
        opened()
    os.chown(tmp_path / "record", 12345, 12345)
    with pytest.raises(RecordError, match="another user"):
        opened()
    with pytest.raises(RecordError, match="another user"):
        backup(tmp_path / "record", tmp_path)


def test_folders_of_the_cache_are_private_under_any_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Curriculum.open(COURSE, tmp_path / "home" / "cache")
    finally:
        os.umask(before)
    for folder in (tmp_path / "home", tmp_path / "home" / "cache"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_device_names_fit_into_file_names() -> None:
    assert clean_device("Zoë's MacBook.local") == "Zo-s-MacBook-local"
    assert clean_device("...") == "device"
    assert WRITER.fullmatch(f"{this_device()}.0")
    assert this_device() == this_device()
