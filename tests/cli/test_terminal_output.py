"""No byte of a course, a record, an archive or a file name reaches a terminal unfiltered, whatever the command."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dev2cto.bootstrap import open_study
from dev2cto.cli import commands
from dev2cto.cli.parser import parser
from dev2cto.record.journal.codec import encode_line
from dev2cto.study.state.notes import write_note
from tests.support.cli_runner import Call, Said
from tests.support.fake_learner import take
from tests.support.studies import COURSE, PACKAGE

ATTACKS = {
    "clipboard": "\x1b]52;c;aGVsbG8=\x07",
    "title": "\x1b]0;owned\x1b\\",
    "clear": "\x1b[2J\x1b[3;1H",
    "report": "\x1b[6n\x1bP+q544e\x1b\\",
    "C1": "\x9b31m\x9d0;owned\x9c",
    "bidi": "\u202eexe\u2066\u2069\u200f",
    "unseen": "\u200b\ufeff\x00\x08\x7f\x0e",
    "unfinished": "\x1b]52;c;\x1bPq\x1b[",
}
EVIL = "".join(ATTACKS.values())
IN_NAMES = EVIL.replace("\x00", "").replace("/", "")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
EXACT = ("kind", "level", "id", "stat", "when", "code", "stdout", "answer", "value", "unit", "art", "lang", "change")


def texts(path: Path) -> Any:
    """What a YAML file holds, each scalar as it was typed."""
    return yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)


def spoiled(node: object, key: str = "") -> object:
    """A part of a YAML file with the attacks in every text that is prose."""
    match node:
        case dict():
            return {name: spoiled(value, str(name)) for name, value in node.items()}
        case list():
            return [spoiled(value, key) for value in node]
        case str() if " " in node and key not in EXACT:
            head, space, tail = node.partition(" ")
            return f"{head}{space}{EVIL}{tail}"
    return node


@pytest.fixture
def hostile_course(tmp_path: Path) -> Path:
    """A course full of escapes that loads, and in it a module and a reading that do not."""
    course = Path(shutil.copytree(COURSE, tmp_path / f"course{IN_NAMES}"))
    for path in course.rglob("*.yaml"):
        path.write_text(yaml.safe_dump(spoiled(texts(path)), sort_keys=False), "utf-8")
    for folder in (course / "modules/03-bad", course / f"modules/02-weighing/exercises/x{IN_NAMES}"):
        folder.mkdir()
        for name in ("module.yaml", "exercise.yaml"):
            (folder / name).write_text(yaml.safe_dump({"id": EVIL, EVIL: EVIL}))
    (course / "modules/01-calls/readings/9-bad.yaml").write_text(yaml.safe_dump({"id": EVIL, EVIL: 1, "kind": EVIL}))
    bank = texts(course / "modules/01-calls/bank.yaml")
    bank["items"].append({"id": EVIL, "kind": EVIL, EVIL: EVIL})
    (course / "modules/01-calls/bank.yaml").write_text(yaml.safe_dump(bank, sort_keys=False))
    about = texts(course / "course.yaml")
    about |= {"authors": [f"A {EVIL}"], "licence": f"L {EVIL}"}
    about["modules"].append("03-bad")
    (course / "course.yaml").write_text(yaml.safe_dump(about, sort_keys=False))
    return course


def hostile_archive(folder: Path, journal: bytes) -> Path:
    """An archive with such names, and lines of another machine that says such things of itself."""
    path = folder / f"archive{IN_NAMES}.tar.gz"
    header = {"format": 1, "schema": 1, "writer": "laptop.0", "pid": 1, "host": EVIL, "tty": EVIL, "since": 1.0}
    lines = encode_line({"n": 0, "t": 1, "h": header}) + encode_line(
        {
            "n": 1,
            "t": 2,
            "p": {
                "resets": {f"r{EVIL}": {"level": "item", "about": EVIL, "at": "2026-01-02T03:04:05+00:00"}},
                EVIL: {},
            },
        }
    )
    members = {"laptop.0.jsonl": lines, "desk.0.jsonl": journal, f"x{IN_NAMES}.jsonl": b"{junk", EVIL: b"x"}
    with tarfile.open(path, "w:gz") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def check_all(said: Said) -> None:
    """What a command printed moves no cursor, sets no title, and reads as it is."""
    for text in (said.out, said.err):
        found = FORBIDDEN.search(text)
        assert found is None, repr(text[max(0, found.start() - 200) : found.end() + 40])


def words_of_every_command(archive: Path, folder: Path, course: Path) -> dict[str, list[tuple[str, ...]]]:
    """Ways to call each command, by its name."""
    return {
        "backup": [(EVIL.replace("\x00", ""),), (str(folder),), (f"{archive}/{IN_NAMES}",)],
        "check": [(), ("--format", "json"), ("--format", "github"), (IN_NAMES,), ("--run",)],
        "doctor": [(), ("--json",)],
        "export": [
            (),
            (f"{archive}/{IN_NAMES}",),
            ("transcript",),
            ("transcript", "--format", "csv"),
            ("transcript", "--format", "text"),
            ("--portfolio", str(folder / IN_NAMES)),
            (EVIL, EVIL),
        ],
        "merge": [(str(archive),), (IN_NAMES,), (str(folder),)],
        "new": [("reading", EVIL), ("item", "t-q-x", "--kind", EVIL), ("item", "t-q-x", "--module", "nope")],
        "next": [(), ("--json",)],
        "packet": [(), ("t-x-note",), ("t-x-note", "-"), (EVIL,), ("--back", IN_NAMES), ("--back", str(archive))],
        "preview": [
            ("s-contracts",),
            ("t-x-note",),
            (IN_NAMES,),
            (str(course / "modules/01-calls/bank.yaml"),),
            (str(course / "modules/02-weighing/bank.yaml"),),
        ],
        "reset": [("--list",), ("quiz", EVIL), ("all",), ("quiz", "t2", "--yes"), ("--undo", EVIL)],
        "restore": [(str(archive),), (str(archive), "--yes"), (IN_NAMES,)],
        "review": [()],
        "script": [(), ("t-x-note",), (EVIL,)],
        "search": [("key",), (EVIL,)],
        "show": [(), ("1",), ("2",), ("s-contracts",), ("t-x-note",), (EVIL,), ("nothing",)],
        "status": [(), ("--json",)],
        "trust": [(), ("--revoke",)],
        "where": [(), ("--json",)],
    }


@pytest.fixture
def told(call: Call, hostile_course: Path, tmp_path: Path) -> Callable[[str], int]:
    """Calls a command in each of its ways, with such a record, and returns how many lines it printed."""
    study = open_study(parser().parse_args(["--course", str(hostile_course), "--learner", "learner"]))
    with study.record:
        take(study, study.quiz("t2"))
        write_note(study, "s-contracts#retry", f"my note {EVIL}")
        study.keep_draft("t-x-note", EVIL)
        journal = next(study.record.directory.glob("*.jsonl")).read_bytes()
    (study.record.directory / f"old{IN_NAMES}.jsonl").write_bytes(b"{junk\n")
    ways = words_of_every_command(hostile_archive(tmp_path, journal), tmp_path, hostile_course)
    assert sorted(ways) == sorted(commands.names())

    def calling(command: str) -> int:
        printed = 0
        for words in ways[command]:
            said = call(command, *words, "--course", str(hostile_course))
            check_all(said)
            printed += len((said.out + said.err).splitlines())
        return printed

    return calling


@pytest.mark.parametrize("command", commands.names())
def test_no_command_prints_an_escape(
    told: Callable[[str], int], command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert told(command) > 0


def test_json_keeps_what_it_may_not_print(call: Call, hostile_course: Path) -> None:
    """A program reads the very characters; a terminal sees escapes of JSON."""
    said = call("status", "--json", "--course", str(hostile_course))
    check_all(said)
    assert EVIL in json.loads(said.out)["steps"][0]["title"] + json.loads(said.out)["title"]


@pytest.mark.parametrize("command", commands.names())
def test_a_course_that_cannot_be_read_is_reported_without_escapes(
    call: Call, hostile_course: Path, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    about = texts(hostile_course / "course.yaml") | {"url": EVIL, EVIL: EVIL}
    (hostile_course / "course.yaml").write_text(yaml.safe_dump(about))
    for words in words_of_every_command(tmp_path / "none.tar.gz", tmp_path / "out", hostile_course)[command]:
        check_all(call(command, *words, "--course", str(hostile_course)))


@pytest.mark.parametrize("words", [(EVIL,), ("--course", EVIL), ("--" + EVIL,), ("show", "--learner", EVIL)])
def test_what_was_typed_is_not_sent_back(call: Call, words: tuple[str, ...]) -> None:
    check_all(call(*words))


def test_a_file_name_begins_no_command_for_the_build_that_reads_the_output(call: Call, tmp_path: Path) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    folder = course / "modules" / "03\n::add-mask::x,y"
    folder.mkdir()
    (folder / "module.yaml").write_text("junk: [")
    about = texts(course / "course.yaml")
    about["modules"].append(folder.name)
    (course / "course.yaml").write_text(yaml.safe_dump(about))
    for way in ("github", "text"):
        lines = call("check", "--format", way, "--course", str(course)).out.splitlines()
        assert not any(line.startswith("::add-mask") for line in lines)


def test_there_is_one_door() -> None:
    """Below `cli` only output.py touches the streams; the front ends have doors of their own."""
    others = []
    for path in (*(PACKAGE / "cli").rglob("*.py"), *PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or path.name == "output.py":
                continue
            called = ast.unparse(node.func)
            if called == "print" or called.endswith(("stdout.write", "stderr.write", "stdout.buffer.write")):
                others.append(f"{path.name}:{node.lineno}")
    assert others == []
