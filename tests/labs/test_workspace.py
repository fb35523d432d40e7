"""The learner's copies of a lab, what is read from them, and which code is trusted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import LabError
from dev2cto.exercises.code import Code
from dev2cto.labs import workspace
from dev2cto.labs.runner import run_lab_now
from dev2cto.labs.safe_files import printable, read_text, resolve_inside
from tests.support.exercise_samples import sample_of

ID = "t-x-adding"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the sample code lab."""
    return Path(shutil.copytree(sample_of("code")[1], tmp_path / "source"))


def test_a_lab_is_copied_once_and_never_overwritten(source: Path, tmp_path: Path) -> None:
    space = tmp_path / "new" / "space"
    first = workspace.materialize(source, space, ID)
    assert first == workspace.WorkspaceCopy(space / ID, ("sums.py", "data/numbers.csv"), ())
    assert not (space / ID / "check.py").exists()
    (space / ID / "sums.py").write_text("mine")
    (space / ID / "data" / "numbers.csv").unlink()
    second = workspace.materialize(source, space, ID)
    assert second == workspace.WorkspaceCopy(space / ID, ("data/numbers.csv",), ("sums.py",))
    assert (space / ID / "sums.py").read_text() == "mine"


def test_a_fresh_copy_goes_beside_and_becomes_the_one_in_use(source: Path, tmp_path: Path) -> None:
    assert workspace.list_copies(tmp_path, ID) == ()
    workspace.materialize(source, tmp_path, ID)
    (tmp_path / ID / "sums.py").write_text("mine")
    assert workspace.fresh_copy(source, tmp_path, ID).folder == tmp_path / f"{ID}-2"
    assert workspace.fresh_copy(source, tmp_path, ID).folder == tmp_path / f"{ID}-3"
    (tmp_path / f"{ID}-old").mkdir()
    (tmp_path / f"{ID}-4").write_text("a file")
    assert workspace.list_copies(tmp_path, ID) == tuple(tmp_path / f"{ID}{n}" for n in ("", "-2", "-3"))
    assert workspace.fresh_copy(source, tmp_path, ID).folder == tmp_path / f"{ID}-5"
    assert (tmp_path / ID / "sums.py").read_text() == "mine"
    assert workspace.materialize(source, tmp_path, ID).folder == tmp_path / f"{ID}-5"


def test_what_is_submitted_is_text_of_bounded_size(source: Path, tmp_path: Path) -> None:
    folder = workspace.materialize(source, tmp_path, ID).folder
    (folder / "sums.py").write_bytes(b"a = 1\r\nb = 2\r\n")
    assert workspace.submitted(folder, ["sums.py", "gone.py"]) == {"sums.py": "a = 1\nb = 2\n"}
    (folder / "sums.py").write_bytes(b"ab\nc\xff")
    with pytest.raises(LabError, match=r"not UTF-8 text \(line 2\)"):
        workspace.submitted(folder, ["sums.py"])
    (folder / "sums.py").write_text("x" * 500_000)
    with pytest.raises(LabError, match="500,000 characters"):
        workspace.submitted(folder, ["sums.py"])
    (folder / "sums.py").write_text("x" * 1_000_001)
    with pytest.raises(LabError, match="larger than 1,000 KB"):
        workspace.submitted(folder, ["sums.py"])
    (folder / "sums.py").unlink()
    os.mkfifo(folder / "sums.py")
    with pytest.raises(LabError, match="is not a regular file"):
        workspace.submitted(folder, ["sums.py"])


def test_the_difference_leads_from_the_learners_file_to_the_solution(source: Path, tmp_path: Path) -> None:
    folder = workspace.materialize(source, tmp_path, ID).folder
    ours = workspace.solution(source, ["sums.py"])
    diff = workspace.difference(workspace.submitted(folder, ["sums.py"]), ours).splitlines()
    assert diff[:2] == ["--- yours/sums.py", "+++ solution/sums.py"]
    assert [line for line in diff if line[0] in "+-"][2:] == ["-    return b", "+    return a + b"]
    assert workspace.difference(ours, ours) == ""
    assert "\x1b" not in workspace.difference({"sums.py": "\x1b[2Jx"}, ours)


@pytest.mark.parametrize("part", ["starter", "data"])
def test_a_link_that_leads_out_of_the_lab_is_refused(source: Path, tmp_path: Path, part: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    (source / part / "link").symlink_to(secret)
    with pytest.raises(LabError, match="leads out"):
        workspace.materialize(source, tmp_path / "space", ID)
    assert not list((tmp_path / "space").rglob("link"))


def test_a_link_in_the_learners_folder_is_neither_written_through_nor_submitted(source: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    folder = tmp_path / ID
    folder.mkdir()
    (folder / "sums.py").symlink_to(outside)
    with pytest.raises(LabError, match="leads out"):
        workspace.materialize(source, tmp_path, ID)
    assert not outside.exists()
    outside.write_text("secret")
    with pytest.raises(LabError, match="leads out"):
        workspace.submitted(folder, ["sums.py"])


def test_no_name_leads_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to("circle")
    for name in ("../x", "/etc/passwd", "", "a/../../x", "a/../b", "a\0b", "circle/x"):
        with pytest.raises(LabError, match="leads out"):
            resolve_inside(tmp_path, name)
    assert resolve_inside(tmp_path, "a/b.txt") == tmp_path / "a" / "b.txt"
    for id in ("../x", "", "a/b", "A", ".."):
        with pytest.raises(LabError, match="is not an exercise id"):
            workspace.fresh_copy(tmp_path, tmp_path, id)


def test_a_workspace_that_cannot_be_made_is_reported(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LabError, match="cannot be copied to") as raised:
        workspace.materialize(source, tmp_path / "file" / "space", ID)
    assert "another workspace" in raised.value.hint


def test_the_sample_lab_fails_at_first_and_passes_with_the_solution(tmp_path: Path) -> None:
    lab, source = sample_of("code")
    assert isinstance(lab, Code)
    folder = workspace.materialize(source, tmp_path, lab.id).folder
    first = run_lab_now(source, folder, 1, lab.limits)
    assert [check.status for check in first.checks] == ["failed", "failed", "passed"]
    for name, text in workspace.solution(source, lab.files).items():
        (folder / name).write_text(text)
    assert run_lab_now(source, folder, 2, lab.limits).passed


@given(st.text(st.characters(codec="utf-8")))
def test_harmless_text_holds_no_control_character_but_line_ends(text: str) -> None:
    shown = printable(text)
    assert all(c == "\n" or (c.isprintable() or ord(c) >= 0xA0) for c in shown)
    assert "\x1b" not in shown
    assert printable(shown) == shown


def test_escape_sequences_vanish_whole() -> None:
    assert printable("\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x1b\\link\x1b]8;;\x07 \x1b(B\x1bM.") == "red link ."
    assert printable("a\r\nb\rc\td") == "a\nb\nc    d"
    assert printable("\u202egnp.exe") == "gnp.exe"


def test_a_text_is_read_whole_or_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfx\r\ny\rz")
    assert read_text(tmp_path / "a") == "x\ny\nz"
    with pytest.raises(LabError, match="b is missing"):
        read_text(tmp_path / "b")
