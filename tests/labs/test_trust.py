"""Trust is in bytes: what is hashed is what is run, and nothing else is there to be imported or read."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.errors import LabError
from dev2cto.labs import trust
from dev2cto.labs.result import Limits
from dev2cto.labs.runner import run_lab_now
from dev2cto.labs.trust import NotTrusted, copy_code, trusted_code
from dev2cto.paths import shipped_course

CHECK = """
import lab

class Check(lab.Case):
    def test_it(self):
        self.expect(lab.load("mine").answer, 42)
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one lab, and of texts."""
    for name, text in {
        "course.yaml": "id: other\n",
        "modules/01-one/module.yaml": "id: one\n",
        "modules/01-one/exercises/adding/exercise.yaml": "id: adding\n",
        "modules/01-one/exercises/adding/check.py": CHECK,
        "modules/01-one/exercises/adding/starter/mine.py": "answer = 0\n",
        "modules/01-one/exercises/adding/data/numbers.csv": "a,b\n1,2\n",
        "modules/01-one/exercises/adding/data/more.yaml": "x: 1\n",
        "lib/shared.py": "limit = 3\n",
    }.items():
        (tmp_path / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / name).write_text(text)
    return tmp_path / "course"


@pytest.fixture
def lab(course: Path) -> Path:
    """The folder of its lab."""
    return course / "modules/01-one/exercises/adding"


def hash_of(course: Path) -> str:
    with copy_code(course) as copy:
        return copy.hash


def is_trusted(course: Path, given: str) -> bool:
    try:
        with trusted_code(course, given):
            return True
    except NotTrusted:
        return False


@pytest.mark.parametrize(
    "name",
    [
        "modules/01-one/exercises/adding/check.py",
        "modules/01-one/exercises/adding/starter/mine.py",
        "modules/01-one/exercises/adding/data/more.yaml",
        "modules/01-one/exercises/adding/solution/new.py",
        "modules/01-one/exercises/helper.py",
        "modules/01-one/helper.py",
        "modules/json.py",
        "lib/shared.py",
        "lab.py",
        "data.json",
        "native.so",
    ],
)
def test_every_file_that_code_could_use_counts(course: Path, name: str) -> None:
    given = hash_of(course)
    assert is_trusted(course, given)
    (course / name).parent.mkdir(exist_ok=True)
    (course / name).write_text("changed")
    assert not is_trusted(course, given)


def test_texts_do_not_count_and_are_not_there_for_code_to_read(course: Path, lab: Path) -> None:
    given = hash_of(course)
    for text in ("course.yaml", "facts.yaml", "modules/01-one/bank.yaml"):
        (course / text).write_text("changed")
    (lab / "exercise.yaml").write_text("changed")
    with trusted_code(course, given) as folder:
        copied = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert copied == {
        "lib/shared.py",
        *(f"modules/01-one/exercises/adding/{n}" for n in ("check.py", "starter/mine.py", "data/numbers.csv")),
        "modules/01-one/exercises/adding/data/more.yaml",
    }


def test_moving_bytes_between_files_changes_the_hash(course: Path, lab: Path) -> None:
    before = hash_of(course)
    (lab / "starter/mine.py").rename(lab / "starter/mind.py")
    assert hash_of(course) != before


def test_nothing_is_trusted_by_an_empty_hash(course: Path) -> None:
    assert not is_trusted(course, "")


PLANTED: dict[str, Callable[[Path], object]] = {
    "a link": lambda lab: (lab / "starter/link.py").symlink_to(lab / "check.py"),
    "a dangling link": lambda lab: (lab / "starter/link.py").symlink_to("nowhere"),
    "a linked folder": lambda lab: (lab / "starter/more").symlink_to(lab / "data"),
    "a hidden file": lambda lab: (lab / "starter/.envrc").write_text("touch owned"),
    "a repository": lambda lab: (lab / "starter/deep/.git").mkdir(parents=True),
    "a cache": lambda lab: (lab / "starter/__pycache__").mkdir(),
    "compiled code": lambda lab: (lab / "helper.pyc").write_bytes(b"x"),
    "a pipe": lambda lab: os.mkfifo(lab / "data/pipe"),
    "a linked exercise": lambda lab: (lab.parent / "second").symlink_to(lab),
    "a linked module": lambda lab: (lab.parents[2] / "02-two").symlink_to(lab.parents[1]),
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_an_exercise_may_not_have_is_refused_by_its_name(course: Path, lab: Path, what: str) -> None:
    PLANTED[what](lab)
    with pytest.raises(LabError, match=r"modules/0.*(link|hidden|compiled|regular)") as refused, copy_code(course):
        pass
    assert refused.value.hint


def test_what_lies_beside_the_modules_is_not_copied_if_code_cannot_be_judged_by_it(course: Path) -> None:
    """A course in a repository, with links and caches of its own, can be trusted; code does not see them."""
    (course / ".git").mkdir()
    (course / ".git/config").write_text("[core]")
    (course / "lib/__pycache__").mkdir()
    (course / "lib/__pycache__/shared.cpython-311.pyc").write_bytes(b"x")
    (course / "LICENSE").symlink_to("/etc/passwd")
    with copy_code(course) as copy:
        assert sorted(path.name for path in copy.folder.iterdir()) == ["lib", "modules"]
        assert [path.name for path in (copy.folder / "lib").iterdir()] == ["shared.py"]


def test_the_copy_is_private_cannot_be_changed_by_mistake_and_goes_away(course: Path) -> None:
    before = os.umask(0)
    try:
        with copy_code(course) as copy:
            modes = {stat.S_IMODE(path.stat().st_mode) for path in copy.folder.rglob("*") if path.is_file()}
            folders = {stat.S_IMODE(path.stat().st_mode) for path in copy.folder.rglob("*") if path.is_dir()}
            assert (modes, folders, stat.S_IMODE(copy.folder.stat().st_mode)) == ({0o400}, {0o700}, 0o700)
    finally:
        os.umask(before)
    assert not copy.folder.exists()


@pytest.mark.parametrize(("most", "value"), [("MOST_FILES", 3), ("MOST_BYTES", 20)])
def test_a_course_too_large_is_refused_and_leaves_nothing(
    course: Path, monkeypatch: pytest.MonkeyPatch, most: str, value: int
) -> None:
    monkeypatch.setattr(trust, most, value)
    before = scratch()
    with pytest.raises(LabError, match="more than"), copy_code(course):
        pass
    assert scratch() == before


def scratch() -> set[str]:
    return {name for name in os.listdir(tempfile.gettempdir()) if name.startswith("dev2cto-code-")}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "mine.py").write_text("answer = 42\n")
    return folder


def test_what_changes_after_the_check_does_not_run(course: Path, lab: Path, workspace: Path) -> None:
    with trusted_code(course, hash_of(course)) as folder:
        (lab / "check.py").write_text("raise SystemExit('owned')")
        run = run_lab_now(folder / "modules/01-one/exercises/adding", workspace, 1, Limits())
    assert run.passed


def test_a_cache_beside_the_learners_file_is_not_read(lab: Path, workspace: Path) -> None:
    """It is newer, and says that it fits: the file was written in the same second with the same length."""
    import py_compile

    mine = workspace / "mine.py"
    mine.write_text("answer = 13\n")
    py_compile.compile(str(mine), doraise=True)
    stamp = mine.stat()
    mine.write_text("answer = 42\n")
    os.utime(mine, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert run_lab_now(lab, workspace, 1, Limits()).passed
    shutil.move(next((workspace / "__pycache__").iterdir()), workspace / "mine.pyc")
    mine.unlink()
    (workspace / "mine").mkdir()
    run = run_lab_now(lab, workspace, 1, Limits())
    assert "missing" in run.checks[0].message


def test_the_shipped_course_is_trusted_by_itself_and_used_as_it_is() -> None:
    shipped = shipped_course()
    assert shipped is not None
    with trusted_code(shipped, "") as folder:
        assert folder == shipped
