"""A change is read from two folders or from a unified diff, and shown as far as it matters."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev2cto.errors import LabError
from dev2cto.exercises.diffs.changeset import MOST_LINES, Changeset, DiffLine, FileChange
from dev2cto.exercises.diffs.changeset_files import compared, read_changeset
from dev2cto.exercises.diffs.folding import FileHead, Gap, LineRow, first_lines, fold, gaps
from dev2cto.exercises.diffs.unified_diff import parse_unified

TEXTS = st.lists(st.sampled_from(["", "a", "b", "    c", "-- d", "++ e"]), max_size=30)
PATCH = """\
diff --git a/orders.py b/orders.py
index 83db48f..bf2a3e1 100644
--- a/orders.py
+++ b/orders.py\t2026-11-23 10:00:00
@@ -10,4 +10,5 @@ def total(order):
 one
-two
+2
+and a half
 three

@@ -30 +31,0 @@
-last
\\ No newline at end of file
--- /dev/null
+++ b/docs/notes.md
@@ -0,0 +1,2 @@
+# Notes
+none
--- a/old.py
+++ /dev/null
@@ -1 +0,0 @@
-gone
"""


def folders(root: Path, before: dict[str, str | bytes], after: dict[str, str | bytes]) -> Path:
    """An exercise's folder with those files."""
    for side, files in (("before", before), ("after", after)):
        for name, text in files.items():
            path = root / side / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def shown(rows: tuple[object, ...]) -> list[str]:
    """Rows in short."""
    return [
        f"{row.line.label} {row.line.text}"
        if isinstance(row, LineRow)
        else f"({row.count}{' of the diff' if row.id else ''})"
        if isinstance(row, Gap)
        else str(row.file.name)
        if isinstance(row, FileHead)
        else "?"
        for row in rows
    ]


def test_two_folders_make_a_change_with_new_and_deleted_files(tmp_path: Path) -> None:
    before: dict[str, str | bytes] = {"a.py": "1\n2\n3\n", "same.py": "x\n", "gone.py": "y\n"}
    change = read_changeset(folders(tmp_path, before, {"a.py": "1\n2b\n3\n", "same.py": "x\n", "new/b.py": "z\n"}))
    assert [(file.name, file.state) for file in change.files] == [
        ("a.py", "changed"),
        ("gone.py", "deleted"),
        ("new/b.py", "new"),
    ]
    assert [(line.label, line.text) for line in change.files[0].lines] == [
        ("1", "1"),
        ("-2", "2"),
        ("+2", "2b"),
        ("3", "3"),
    ]
    assert change.size == 4


def test_a_line_is_found_by_its_address() -> None:
    file = FileChange("a.py", "changed", tuple(compared(["x", "y"], ["x", "z"])))
    change = Changeset((file,))
    for line in file.lines:
        assert change.find(file.address(line)) == (file, line)
    assert [file.address(line) for line in file.lines] == ["a.py@1", "a.py@-2", "a.py@2"]
    for missing in ("a.py@9", "a.py@-1", "b.py@1", ""):
        assert change.find(missing) is None


def test_a_unified_diff_is_read_as_git_writes_it() -> None:
    orders, notes, old = parse_unified(PATCH)
    assert (orders.name, orders.state) == ("orders.py", "changed")
    assert [(line.label, line.text) for line in orders.lines] == [
        ("10", "one"),
        ("-11", "two"),
        ("+11", "2"),
        ("+12", "and a half"),
        ("13", "three"),
        ("14", ""),
        ("-30", "last"),
    ]
    assert (notes.name, notes.state, [line.new for line in notes.lines]) == ("docs/notes.md", "new", [1, 2])
    assert (old.name, old.state, [line.old for line in old.lines]) == ("old.py", "deleted", [1])


def test_what_a_diff_does_not_have_cannot_be_opened() -> None:
    change = Changeset(parse_unified(PATCH)[:1])
    assert shown(fold(change, 3)) == [
        "orders.py", "(9)", "10 one", "-11 two", "+11 2", "+12 and a half", "13 three", "14 ", "(16)", "-30 last",
    ]  # fmt: skip
    assert gaps(change, 3) == ()


@given(old=TEXTS, new=TEXTS)
def test_a_diff_with_all_lines_says_what_the_files_say(old: list[str], new: list[str]) -> None:
    if old == new:
        return
    text = "\n".join(difflib.unified_diff(old, new, "a/x.py", "b/x.py", n=100, lineterm=""))
    (file,) = parse_unified(text)
    assert file.lines == tuple(compared(old, new))


@given(old=TEXTS, new=TEXTS)
def test_a_comparison_holds_both_versions(old: list[str], new: list[str]) -> None:
    lines = list(compared(old, new))
    assert [line.text for line in lines if line.sign != "+"] == old
    assert [line.text for line in lines if line.sign != "-"] == new
    assert [line.old for line in lines if line.sign != "+"] == list(range(1, len(old) + 1))
    assert [line.new for line in lines if line.sign != "-"] == list(range(1, len(new) + 1))


@given(old=TEXTS, new=TEXTS, context=st.integers(0, 4), data=st.data())
def test_folding_hides_only_what_is_far_and_opening_shows_it(
    old: list[str], new: list[str], context: int, data: st.DataObject
) -> None:
    lines = tuple(compared(old, new))
    change = Changeset((FileChange("x.py", "changed", lines),))
    rows = fold(change, context)
    visible = [row.line for row in rows if isinstance(row, LineRow)]
    assert [line for line in lines if line.sign != " "] == [line for line in visible if line.sign != " "]
    hidden = sum(row.count for row in rows if isinstance(row, Gap))
    assert len(visible) + hidden == len(lines)
    every = gaps(change, context)
    opened = data.draw(st.sets(st.sampled_from(every))) if every else set()
    again = fold(change, context, opened)
    assert {row.id for row in again if isinstance(row, Gap)} == set(every) - opened
    assert [row.line for row in fold(change, context, every) if isinstance(row, LineRow)] == list(lines)


def test_context_is_shown_around_what_changes_and_a_gap_of_one_line_is_none() -> None:
    old = [f"line {n}" for n in range(1, 31)]
    new = [*old[:9], "ten", *old[10:17], "eighteen", *old[18:]]
    change = Changeset((FileChange("x.py", "changed", tuple(compared(old, new))),))
    assert shown(fold(change, 3)) == [
        "x.py", "(6 of the diff)", "7 line 7", "8 line 8", "9 line 9", "-10 line 10", "+10 ten", "11 line 11",
        "12 line 12", "13 line 13", "14 line 14", "15 line 15", "16 line 16", "17 line 17", "-18 line 18",
        "+18 eighteen", "19 line 19", "20 line 20", "21 line 21", "(9 of the diff)",
    ]  # fmt: skip
    assert first_lines(fold(change, 3)) == ("x.py@-10", "x.py@-18")


BROKEN = [
    ("", "expected the names of a file"),
    ("nonsense\n", "change.diff:1: expected the names of a file"),
    ("--- a/x.py\n", "change.diff:1: expected the names of a file"),
    ("--- a/x.py\n+++ b/x.py\n", "change.diff:2: x.py has no hunk"),
    ("--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n x\n", "change.diff:4: the hunk is shorter than its header says"),
    ("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-x\n+y\n+z\n", "change.diff:6: expected the names of a file"),
    ("--- a/x.py\n+++ b/x.py\n@@ -1,1 +1,2 @@\n-x\n-y\n+z\n", "change.diff:5: the hunk is longer"),
    ("--- a/x.py\n+++ b/x.py\n@@ -5 +5 @@\n-x\n+y\n@@ -2 +2 @@\n-x\n+y\n", "begins before the one above it ends"),
    ("--- a/../x.py\n+++ b/../x.py\n@@ -1 +1 @@\n-x\n+y\n", "is not a valid file name"),
    ("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-x\n+y\n" * 2, "x.py occurs twice"),
    ("--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n?x\n", "the hunk is shorter"),
]


@pytest.mark.parametrize(("text", "reason"), BROKEN)
def test_a_broken_diff_is_reported_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "change.diff").write_text(text)
    with pytest.raises(LabError) as error:
        read_changeset(tmp_path)
    assert reason in error.value.message or (not text and "Nothing changes" in error.value.message)


def test_what_cannot_be_a_change_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="no change to review"):
        read_changeset(tmp_path)
    same = folders(tmp_path / "same", {"a.py": "x\n"}, {"a.py": "x"})
    with pytest.raises(LabError, match="Nothing changes"):
        read_changeset(same)
    both = folders(tmp_path / "both", {"a.py": "x\n"}, {"a.py": "y\n"})
    (both / "change.diff").write_text(PATCH)
    with pytest.raises(LabError, match="both"):
        read_changeset(both)
    binary = folders(tmp_path / "binary", {"a.py": b"\xff\xfe"}, {"a.py": "y\n"})
    with pytest.raises(LabError, match=r"before/a.py: a.py is not UTF-8 text"):
        read_changeset(binary)
    long = folders(tmp_path / "long", {}, {"a.py": "x\n" * (MOST_LINES + 1)})
    with pytest.raises(LabError, match=r"after/a.py has 3,001 lines"):
        read_changeset(long)
    many = folders(tmp_path / "many", {}, {f"a{n}.py": "x\n" for n in range(21)})
    with pytest.raises(LabError, match="21 files"):
        read_changeset(many)


def test_no_file_outside_is_read(tmp_path: Path) -> None:
    folder = folders(tmp_path / "x", {"a.py": "x\n"}, {"a.py": "y\n"})
    secret = tmp_path / "secret.py"
    secret.write_text("secret\n")
    (folder / "after" / "link.py").symlink_to(secret)
    change = read_changeset(folder)
    assert [file.name for file in change.files] == ["a.py"]
    patch = tmp_path / "patch"
    patch.mkdir()
    (patch / "change.diff").symlink_to(secret)
    with pytest.raises(LabError, match="leads out of the folder"):
        read_changeset(patch)


def test_what_a_terminal_would_obey_is_taken_out(tmp_path: Path) -> None:
    change = read_changeset(folders(tmp_path, {}, {"a.py": "x\x1b[2J = 1\r\n\ty\u200b\n"}))
    assert [line.text for line in change.files[0].lines] == ["x = 1", "    y"]
    assert change.files[0].lines[0] == DiffLine("+", 0, 1, "x = 1")
