"""A course may hold pipes, devices, endless files and folders: every command says so, and in a second."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.cli.main import main
from tests.support.studies import COURSE

WORDS = (("check",), ("show", "t-x-adding"), ("doctor",), ("trust",), ("new", "item", "m02-q-more"))
MODULE = "modules/02-weighing"
FILES = {
    "course": ("course.yaml",),
    "module": (f"{MODULE}/module.yaml",),
    "bank": (f"{MODULE}/bank.yaml", f"{MODULE}/exercises/adding/exercise.yaml"),
    "others": (
        "glossary.yaml",
        f"{MODULE}/readings/9-more.yaml",
        f"{MODULE}/exercises/adding/starter/sums.py",
        f"{MODULE}/exercises/adding/starter/more.py",
        f"{MODULE}/exercises/adding/check.py",
        f"{MODULE}/exercises/review/after/calls.py",
    ),
}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 40 << 30)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ATTACKS: dict[str, Callable[[Path], None]] = {"a pipe": pipe, "40 GB": sparse, "a device": device}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("which", FILES)
def test_a_file_of_a_course_that_is_none(
    attack: str, which: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    for file in FILES[which]:
        (course / file).unlink(missing_ok=True)
        ATTACKS[attack](course / file)
    for words in WORDS:
        begun = time.process_time()
        code = main([*words, "--course", str(course)])
        said = capsys.readouterr()
        assert code in (0, 1, 2), (words, said)
        assert "Something went wrong" not in said.err, words
        assert time.process_time() - begun < 5, words


@pytest.mark.parametrize("under", ["", "modules", f"{MODULE}/exercises", f"{MODULE}/exercises/adding/starter"])
def test_folders_without_end(under: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1,200 of them, one in another; their path is longer than the system takes."""
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    here = os.getcwd()
    try:
        os.chdir(course / under)
        for _ in range(1_200):
            os.mkdir("folder")
            os.chdir("folder")
        os.chdir(here)
        for words in WORDS:
            assert main([*words, "--course", str(course)]) in (0, 1, 2), words
            assert "Something went wrong" not in capsys.readouterr().err, words
    finally:  # pytest cannot remove them
        os.chdir(here)
        subprocess.run(["rm", "-rf", course / under / "folder"], check=True)


@pytest.mark.parametrize("least", ["1", "-1e308"])
def test_a_parameter_of_many_values(least: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    bank = course / "modules/01-calls/bank.yaml"
    many = f"[{', '.join(str(n + 1) for n in range(10_000))}]"
    text = bank.read_text().replace("q: [4, 6.5]", f"q: {many}")
    assert text != bank.read_text()
    bank.write_text(
        text.replace("app: [35, 50, 65]", f"app: {{from: {least}, to: 1e308}}" if least != "1" else "app: [1, 2]")
    )
    begun = time.process_time()
    main(["check", "--course", str(course)])
    assert "Something went wrong" not in capsys.readouterr().err
    assert time.process_time() - begun < 5
