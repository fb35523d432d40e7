"""Whatever the surroundings: a clear message, the right exit code, no traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from zlib import crc32

import pytest

from dev2cto.cli import commands
from dev2cto.cli.main import main
from dev2cto.study.study import Study
from tests.support.cli_runner import Call, program
from tests.support.fake_learner import take
from tests.support.studies import COURSE

ENV = {"DEV2CTO_COURSE": str(COURSE)}
READING = [
    ("status",),
    ("next",),
    ("show",),
    ("search", "key"),
    ("review",),
    ("export",),
    ("where",),
    ("export", "transcript"),
]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("stauts",), "status"),
        (("status", "--jsn"), "--help"),
        (("check", "--format", "jsn"), "json"),
        (("search",), "--help"),
        (("search", "x", "--limit", "many"), "--help"),
        (("status", "--cuorse=x"), "--course"),
        (("reset", "quizz", "t1"), "quiz"),
        (("restore",), "--help"),
        (("merge",), "dev2cto merge DIR|BACKUP"),
        (("packet",), "dev2cto packet ID, or dev2cto packet --back FILE"),
        (("packet", "t-x-note", "--back", "file"), "dev2cto packet ID, or dev2cto packet --back FILE"),
        (("packet", "t-x-gone"), "dev2cto show"),
    ],
)
def test_wrong_use_is_reported_with_the_way_out(call: Call, words: tuple[str, ...], hint: str) -> None:
    said = call(*words)
    assert said.code == 2
    message, way_out = said.err.splitlines()
    assert message.startswith("dev2cto: ")
    assert hint in way_out


@pytest.mark.parametrize("command", commands.names())
def test_every_command_explains_itself(call: Call, command: str) -> None:
    said = call(command, "--help")
    assert said.code == 0
    assert "usage: dev2cto" in said.out
    assert "--course" in said.out


def test_version_and_help(call: Call) -> None:
    assert call("--version").out.startswith("dev2cto ")
    said = call("--help")
    listed = re.findall(r"^    (\w+) +(\w+ \w+)", said.out, re.MULTILINE)
    assert [name for name, _ in listed] == sorted(commands.names())
    assert all((found := commands.command(name)) and found.HELP.startswith(begin) for name, begin in listed)
    assert "Exit codes" in said.out


@pytest.mark.parametrize("words", READING)
@pytest.mark.parametrize("course", ["/nowhere", "/etc/passwd", "~nobody-at-all/x", "\udcff", "x" * 5000, "/dev/null/x"])
def test_a_course_that_is_none(call: Call, words: tuple[str, ...], course: str) -> None:
    said = call(*words, "--course", course)
    assert said.code == 1
    assert said.err.startswith("dev2cto: ")
    assert len(said.err.splitlines()) >= 1


@pytest.mark.parametrize("name", ["a/b", "..", ".", "-x", "", "a\nb", "\u202e", "x" * 70, "a b", "a\0b"])
def test_a_learner_whose_name_is_none(call: Call, name: str) -> None:
    said = call("status", f"--learner={name}")
    assert said.code == (0 if name == "" else 2)
    if name:
        assert "valid learner name" in said.err


@pytest.mark.parametrize("words", READING)
def test_a_home_that_is_a_file(
    call: Call, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("in the way")
    assert call(*words).code in (0, 3)
    monkeypatch.setenv("DEV2CTO_HOME", "/proc/nowhere")
    assert call(*words).code in (0, 3)


@pytest.mark.parametrize("words", [("reset", "all", "--yes"), ("trust",), ("merge", "{there}")])
def test_what_must_be_written_and_cannot_be(
    call: Call, words: tuple[str, ...], elsewhere: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEV2CTO_HOME", "/proc/nowhere")
    there = str(elsewhere.record.directory)
    said = call(*(word.replace("{there}", there) for word in words))
    assert said.code == 3
    assert said.err.startswith("dev2cto: Not saved")


@pytest.mark.parametrize("words", [*READING, ("reset", "all", "--yes"), ("backup",), ("doctor",)])
def test_a_record_of_a_newer_version_is_refused_untouched(
    call: Call, words: tuple[str, ...], elsewhere: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    take(elsewhere, elsewhere.quiz("t2"))
    elsewhere.record.close()
    journal = next(elsewhere.record.directory.glob("laptop*.jsonl"))
    header = json.loads(journal.read_text().splitlines()[0])
    del header["c"]
    header["h"]["schema"] = 99
    header["n"] = 999
    body = json.dumps(header, separators=(",", ":"))[1:].encode()
    with journal.open("ab") as file:
        file.write(b'{"c":"%08x",' % crc32(body) + body + b"\n")
    before = journal.read_bytes()
    said = call(*words)
    if words not in (("show",), ("doctor",), ("backup",)):
        assert said.code == 3, said
        assert "newer" in said.err
    assert journal.read_bytes() == before


def test_an_error_nobody_foresaw_leaves_a_file_and_a_plain_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(options: object) -> int:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr("dev2cto.cli.commands.run", broken)
    assert main(["status"]) == 1
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    (log,) = (tmp_path / "home" / "cache").glob("error-*.txt")
    assert "ZeroDivisionError: unforeseen" in log.read_text()
    assert str(log) in printed


def test_surroundings_of_every_sort(tmp_path: Path) -> None:
    latin = {**ENV, "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0", "COLUMNS": "1"}
    assert program("show", "s-contracts", env=latin).code == 0
    assert program("export", env={**latin, "PYTHONIOENCODING": "ascii"}).code == 0
    assert program("status", env={**ENV, "TERM": "no-such-terminal", "COLUMNS": "3", "LINES": "x"}).code == 0
    assert program("doctor", env={**ENV, "TERM": "no-such-terminal", "COLUMNS": "3"}).code in (0, 1)
    assert program("--help", env={**ENV, "COLUMNS": "2"}).code == 0


def test_a_reader_that_stops_reading(tmp_path: Path) -> None:
    assert program(shell="{} show s-contracts | head -1; exit ${PIPESTATUS[0]}", env=ENV).code == 0
    assert program(shell="{} show | head -c 0; exit ${PIPESTATUS[0]}", env=ENV).code == 0
    assert program(shell="{} show >&-", env=ENV).code == 0
    assert program(shell="{} show <&- >&- 2>&-", env=ENV).code == 0
    assert program(shell="{} show nonsense 2>&-", env=ENV).code == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_under_the_output(tmp_path: Path) -> None:
    said = program(shell="{} show > /dev/full", env=ENV)
    assert said.code == 1
    assert "No space left" in said.err


def test_a_course_whose_files_are_junk_is_reported_and_not_thrown(call: Call, tmp_path: Path) -> None:
    course = shutil.copytree(COURSE, tmp_path / "course")
    for path in course.rglob("*.yaml"):
        if path.name != "course.yaml":
            path.write_bytes(b"\xff\x00\x01junk: [")
    for words in (*READING, ("doctor",), ("check",), ("show", "1")):
        said = call(*words, "--course", str(course))
        assert said.code in (0, 1)
    assert "not valid UTF-8" in call("check", "--course", str(course)).out
    (course / "course.yaml").write_text("title: [")
    for words in READING:
        said = call(*words, "--course", str(course))
        assert said.code == 1
        assert "course.yaml:" in said.err.splitlines()[1]
