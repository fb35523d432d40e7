"""Folders and files are the user's own: private under any umask, and not taken from others."""

from __future__ import annotations

import json
import os
import pwd
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto import crash_log
from dev2cto.cli.main import main
from dev2cto.errors import Dev2CtoError
from dev2cto.items.base import Draw
from dev2cto.paths import cache_dir, config_dir, data_dir, default_workspace
from dev2cto.study.sessions.code_lab import CodeSession
from dev2cto.study.state.reports import save_report
from dev2cto.study.study import Study
from tests.support.studies import COURSE, trusting


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """A umask that takes no right away."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_to_all")
def test_the_workspace_is_private_under_any_umask(study: Study) -> None:
    for id in ("t-x-adding", "t-x-noticing"):
        lab = trusting(study).exercise(id)
        assert isinstance(lab, CodeSession)
        lab.begin()
    save_report(study, "s-retry", None, Draw(), "It is ambiguous.")
    paths = [study.workspace_root, *study.workspace_root.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()}
    assert modes.pop("booking.py") == 0o400, "the code that tests are for"
    assert "s-retry.txt" in modes
    assert set(modes.values()) == {0o600}


@pytest.mark.usefixtures("open_to_all")
def test_the_log_of_an_error_is_private() -> None:
    file = Path(crash_log.write_log(ValueError("x")).rpartition(": ")[2])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_everything_lies_in_the_home_that_is_chosen(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert (data_dir(), config_dir()) == (home / "records", home / "config")
    assert (cache_dir(), default_workspace()) == (home / "cache", home / "workspace")


def test_the_record_lies_in_the_data_directory_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DEV2CTO_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_dir().is_relative_to(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert main(["where", "--json"]) == 0
    record = Path(json.loads(capsys.readouterr().out)["record"])
    assert record.parent == data_dir()
    if sys.platform == "linux":
        assert record == tmp_path / "data" / "dev2cto" / "learner"


def test_a_cache_that_others_can_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A course's outline in it would be shown, whoever wrote it."""
    cache = tmp_path / "home" / "cache"
    assert main(["next", "--course", str(COURSE)]) == 0
    for file in cache.glob("course-*.json"):
        file.write_text(file.read_text(encoding="utf-8").replace("Once is enough", "Owned"), encoding="utf-8")
    capsys.readouterr()
    assert main(["next", "--course", str(COURSE)]) == 0
    assert "Owned" in capsys.readouterr().out, "the user's own is believed"
    cache.chmod(0o777)
    assert main(["next", "--course", str(COURSE)]) == 0
    assert "Once is enough" in capsys.readouterr().out
    cache.chmod(0o700)
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    assert cache_dir() == tmp_path / "home" / "records" / ".cache"


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account without an entry and without HOME."""

    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    for name in ("HOME", "DEV2CTO_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)


@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("word", ["next", "status", "where", "doctor", "check", "trust", "--plain"])
def test_without_a_home_the_way_out_is_said(
    word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([word, "--course", str(COURSE)]) == 1
    shown = "".join(capsys.readouterr())
    assert "This account has no home folder." in shown
    assert "DEV2CTO_HOME" in shown
    assert "Traceback" not in shown
    assert not list(tmp_path.iterdir()), "no folder is called ~"


@pytest.mark.usefixtures("homeless")
def test_without_a_home_a_chosen_folder_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEV2CTO_HOME", str(tmp_path / "mine"))
    assert main(["next", "--course", str(COURSE)]) == 0
    monkeypatch.delenv("DEV2CTO_HOME")
    with pytest.raises(Dev2CtoError, match="home"):
        default_workspace()
    assert "send us this file" not in crash_log.write_log(ValueError("x"))
