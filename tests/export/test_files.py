"""An export replaces an older one only when it is complete, and nothing that it did not write itself."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev2cto.errors import Dev2CtoError
from dev2cto.export.files import LIST, write_file, write_own_files
from dev2cto.record.journal import durable_io


def full_disk(*_: object) -> Iterator[str]:
    yield "half of "
    raise OSError(28, "No space left on device")


def test_an_older_export_outlives_a_full_disk(tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    write_file(target, "older")
    with pytest.raises(Dev2CtoError, match="cannot be written: No space left"):
        write_file(target, full_disk())
    assert target.read_text() == "older"
    assert os.listdir(tmp_path) == ["record.json"]


def test_it_is_on_the_disk_before_it_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_sync(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(durable_io, "sync", no_sync)
    with pytest.raises(Dev2CtoError, match="Input/output error"):
        write_file(tmp_path / "record.json", "text")
    assert os.listdir(tmp_path) == []


def test_links_and_other_things_are_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "pipe")
    for name, said in (("link", "is a link"), ("pipe", "is not a file")):
        with pytest.raises(Dev2CtoError, match=said):
            write_file(tmp_path / name, "text")
    assert (tmp_path / "target").read_text() == "precious"
    assert (tmp_path / "link").is_symlink()


def test_the_mode_of_an_older_export_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    write_file(target, "1")
    target.chmod(0o640)
    write_file(target, "2")
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("2", 0o640)


def test_half_a_character_is_escaped(tmp_path: Path) -> None:
    write_file(tmp_path / "x.json", json.dumps("\udc80", ensure_ascii=False))
    assert json.loads((tmp_path / "x.json").read_text()) == "\udc80"


def test_own_files_are_replaced_and_others_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "portfolio"
    write_own_files(folder, {"a.md": "1", "index.md": "one"})
    write_own_files(folder, {"a.md": "2", "b.md": "2", "index.md": "two"})
    assert {path.name: path.read_text() for path in folder.glob("*.md")} == {
        "a.md": "2",
        "b.md": "2",
        "index.md": "two",
    }
    (folder / "a.md").write_text("edited by hand")
    (folder / "c.md").write_text("of somebody else")
    with pytest.raises(Dev2CtoError, match=r"Nothing was written: a\.md, c\.md in .*portfolio") as told:
        write_own_files(folder, {"a.md": "3", "c.md": "3", "index.md": "three"})
    assert "another folder" in told.value.hint
    assert (folder / "index.md").read_text() == "two"
    (folder / "c.md").unlink()
    (folder / "c.md").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Dev2CtoError, match=r"c\.md"):
        write_own_files(folder, {"c.md": "3"})
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_of_an_earlier_version_is_taken_over_where_it_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("same")
    write_own_files(tmp_path, {"a.md": "same", "b.md": "new"})
    write_own_files(tmp_path, {"a.md": "newer", "b.md": "newer"})
    assert (tmp_path / "a.md").read_text() == "newer"


@pytest.mark.parametrize("text", ["[" * 100_000, "{", '{"a.md": 5}', "[]", "\0"])
def test_a_list_that_cannot_be_read_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / LIST).write_text(text)
    (tmp_path / "a.md").write_text("foreign")
    with pytest.raises(Dev2CtoError, match="Nothing was written"):
        write_own_files(tmp_path, {"a.md": "own"})


def test_a_disk_that_fills_up_in_the_middle_leaves_files_that_can_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_own_files(tmp_path, {"a.md": "1", "b.md": "1"})
    syncs = [0]

    def full(fd: int) -> None:
        syncs[0] += 1
        if syncs[0] == 3:
            raise OSError(28, "No space left on device")
        os.fsync(fd)

    with monkeypatch.context() as patched:
        patched.setattr(durable_io, "sync", full)
        with pytest.raises(Dev2CtoError, match="No space left"):
            write_own_files(tmp_path, {"a.md": "2", "b.md": "2"})
    assert ((tmp_path / "a.md").read_text(), (tmp_path / "b.md").read_text()) == ("2", "1")
    write_own_files(tmp_path, {"a.md": "3", "b.md": "3"})
    assert ((tmp_path / "a.md").read_text(), (tmp_path / "b.md").read_text()) == ("3", "3")
