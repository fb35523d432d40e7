"""What names a command, a path or a course's code is this device's own: it does not travel with a record."""

from __future__ import annotations

import os
import shutil
import stat
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dev2cto.bootstrap import open_study
from dev2cto.device_settings import DeviceSettings
from dev2cto.record.layout import this_device
from dev2cto.study.state.course_trust import is_trusted, trust
from dev2cto.study.study import Study
from tests.study.state.attacks import EVIL, record_with_acting_settings
from tests.support.cli_runner import Call
from tests.support.studies import COURSE, record_of


@contextmanager
def open_to_all() -> Iterator[None]:
    """With a umask that takes no right away."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def begin(*, readonly: bool = False) -> Study:
    """A study of the test course as the program opens it."""
    return open_study(Namespace(course=str(COURSE), learner="learner"), readonly=readonly)


@pytest.fixture
def archive(tmp_path: Path, call: Call) -> Path:
    """A backup, made elsewhere, whose settings name an editor, a workspace and a trust for this device and any."""
    hostile = record_with_acting_settings(tmp_path / "hostile", device="attacker")
    return Path(shutil.make_archive(str(tmp_path / "gift"), "gztar", hostile))


@pytest.mark.parametrize("words", [("merge",), ("restore", "--yes")], ids=["merge", "restore"])
def test_no_archive_brings_an_editor_a_workspace_or_a_trust(
    call: Call, archive: Path, words: tuple[str, ...], tmp_path: Path
) -> None:
    said = call(*words, str(archive))
    assert "Merged: 0" not in said.out
    for _ in range(2):
        with (study := begin()).record:
            assert (study.settings.editor, study.settings.workspace) == ("", "")
            assert study.workspace_root == tmp_path / "home" / "workspace"
            assert study.settings.goal_minutes == 30, "preferences do travel"
            assert not is_trusted(study)
    assert "not trusted" in call("check", str(COURSE), "--run").err


def test_no_synced_file_brings_one(call: Call, tmp_path: Path) -> None:
    """Neither a journal of another machine nor lines of this one under another name."""
    call("next")
    begin().record.close()
    folder = record_of(tmp_path / "home")
    hostile = record_with_acting_settings(tmp_path / "hostile", device="attacker")
    for journal in hostile.glob("*.jsonl"):
        shutil.copy(journal, folder)
    own = record_with_acting_settings(tmp_path / "again", device=this_device())
    journal = next(own.glob(f"{this_device()}.0.jsonl"))
    shutil.copy(journal, folder / f"{this_device()}.0~attacker.jsonl")
    with (study := begin()).record:
        assert study.settings.goal_minutes == 30, "the files were read"
        assert (study.settings.editor, study.settings.workspace, is_trusted(study)) == ("", "", False)


def test_lines_of_another_file_are_not_moved_on_the_first_start(tmp_path: Path) -> None:
    """Before this device has a file of its own, a copy of lines in its name is in the folder already."""
    folder = record_of(tmp_path / "home")
    folder.mkdir(parents=True, mode=0o700)
    own = record_with_acting_settings(tmp_path / "again", device=this_device())
    shutil.copy(own / f"{this_device()}.0.jsonl", folder / f"{this_device()}.0~attacker.jsonl")
    with (study := begin()).record:
        assert study.settings.goal_minutes == 30
        assert (study.settings.editor, study.settings.workspace) == ("", "")


@pytest.mark.parametrize("readonly", [True, False], ids=["next", "a session"])
def test_those_of_before_are_moved_over_once(tmp_path: Path, readonly: bool) -> None:
    folder = record_of(tmp_path / "home")
    record_with_acting_settings(folder, device=this_device())
    study = begin(readonly=readonly)
    assert (study.settings.editor, study.settings.workspace) == (EVIL, str(folder.parent / "evil"))
    study.record.close()
    with (study := begin()).record:
        assert study.settings.editor == EVIL
        ids = dict(study.record.table("settings").stream())
        assert not any(id.startswith(this_device()) for id in ids), "they are not in the record any more"
        study.device_settings.change({"editor": None})
    with (study := begin()).record:
        assert study.settings.editor == "", "once"


def test_what_is_set_here_is_kept_here(tmp_path: Path) -> None:
    with open_to_all(), (study := begin()).record:
        study.set("editor", "ed -s")
        study.set("workspace", str(tmp_path / "work"))
        trust(study)
        file = study.device_settings.file
        written = b"".join(path.read_bytes() for path in study.record.directory.rglob("*") if path.is_file())
    assert b"ed -s" not in written
    assert str(tmp_path / "work").encode() not in written
    assert file.is_relative_to(tmp_path / "home" / "config")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in list(file.parents)[:3]} == {0o700}
    study = begin(readonly=True)
    assert (study.settings.editor, study.settings.workspace) == ("ed -s", str(tmp_path / "work"))
    assert is_trusted(study)


def test_a_session_that_only_reads_changes_none(tmp_path: Path) -> None:
    from dev2cto.errors import ReadOnly

    study = begin(readonly=True)
    with pytest.raises(ReadOnly):
        study.set("editor", "ed")
    assert not study.device_settings.is_begun


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"editor": 7}', b"\xff", b"[" * 100_000, b'{"editor": "' + b"x" * 200_000 + b'"}'],
    ids=["empty", "list", "number", "bytes", "deep", "long"],
)
def test_a_damaged_file_is_said_and_set_aside(data: bytes, call: Call) -> None:
    with (study := begin()).record:
        study.set("editor", "ed")
        file = study.device_settings.file
        file.write_bytes(data)
    study = begin(readonly=True)
    assert study.settings.editor == ""
    said = call("doctor")
    assert "this device's settings" in said.out
    assert str(file) in said.out
    assert said.code == 1
    with (study := begin()).record:
        study.set("workspace", "/srv/work")
        assert study.device_settings.fault == ""
        assert study.settings.workspace == "/srv/work"
    assert file.with_suffix(".damaged").read_bytes() == data


def test_a_file_that_others_can_write_is_not_used(call: Call) -> None:
    with (study := begin()).record:
        study.set("editor", "ed")
        file = study.device_settings.file
    for path, mode in ((file, 0o620), (file.parent, 0o702)):
        before = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode)
        assert begin(readonly=True).settings.editor == ""
        assert "others can write" in call("doctor").out
        path.chmod(before)
    assert begin(readonly=True).settings.editor == "ed"


def test_two_sessions_that_change_settings_keep_both(tmp_path: Path) -> None:
    one, two = (DeviceSettings(tmp_path / "learner", "laptop") for _ in range(2))
    one.change({"editor": "ed"})
    two.change({"workspace": "/srv"})
    one.change({"editor": "vi"})
    assert two.read() == {"editor": "vi", "workspace": "/srv"}
