"""A course file broken in any way: a message with its place, never an exception, and the rest works."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dev2cto.course.check.check import check_course
from dev2cto.course.curriculum import Curriculum
from dev2cto.course.outline_builder import build_outline
from dev2cto.course.outline_cache import outline_of
from dev2cto.errors import CourseError
from tests.support.fake_learner import take
from tests.support.studies import COURSE, FakeClock, open_study

Break = Callable[[Path], object]
PLACE = re.compile(r"^[^:\n]+:\d+:\d+: (error|warning) [A-Z]\d+: .+")
FILES = (
    "modules/01-calls/module.yaml",
    "modules/01-calls/readings/1-contracts.yaml",
    "modules/01-calls/bank.yaml",
    "modules/02-weighing/exercises/waits/exercise.yaml",
    "modules/02-weighing/exercises/friday/exercise.yaml",
    "glossary.yaml",
    "sources.yaml",
    "facts.yaml",
)
OF_THEIR_MODULE = FILES[:5]


def to(content: bytes) -> Break:
    return lambda path: path.write_bytes(content)


def edit(old: str, new: str) -> Break:
    """Replace the first match of a pattern."""

    def change(path: Path) -> None:
        text, count = re.subn(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.M)
        assert count, path
        path.write_text(text, encoding="utf-8")

    return change


def replaced(make: Break) -> Break:
    """Something else is in the file's place."""

    def change(path: Path) -> None:
        path.unlink()
        make(path)

    return change


def outside(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def pipe(path: Path) -> None:
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(path.parent)
    try:
        server.bind(path.name)
    finally:
        os.chdir(here)
        server.close()


BREAKS: dict[str, Break] = {
    "empty": to(b""),
    "white space": to(b" \n\n  \n"),
    "only a comment": to(b"# nothing\n"),
    "missing": lambda path: path.unlink(),
    "a list": to(b"- one\n- two\n"),
    "a word": to(b"no\n"),
    "null": to(b"~\n"),
    "binary junk": to(bytes(range(256)) * 40),
    "zeros": to(b"\0" * 5000),
    "ten megabytes of [": to(b"[" * 10_000_000),
    "a megabyte of [": to(b"[" * 1_000_000),
    "a megabyte of {": to(b"{a: " * 250_000),
    "deep nesting": to(b"".join(b" " * n + b"a:\n" for n in range(900))),
    "long line": to(b"a: " + b"x" * 1_500_000),
    "a tab": edit(r"^( *)(\S)", r"\t\2"),
    "a tab inside": edit(r"^  (\S)", r"\t\1"),
    "another key": edit(r"^( *-? *)(id|terms|items|sources|facts):", r"\1idd:"),
    "a key twice": edit(r"^(\w+:.*)$", r"\1\n\1"),
    "an anchor": edit(r": (\S)", r": &x \1"),
    "an alias": edit(r": (\S.*)$", r": *x"),
    "a tag": edit(r": (\S)", r": !!python/object:os.system \1"),
    "a second document": edit(r"\Z", "\n---\na: b\n"),
    "a cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] + b'\n"'),
    "an open quote": edit(r": (\S)", r': "\1'),
    "a colon": edit(r"(: \w[^\n]*)$", r"\1: again: and again"),
    "latin-1": lambda path: path.write_bytes(path.read_text("utf-8").replace("e", "é").encode("latin-1")),
    "utf-16": lambda path: path.write_bytes(path.read_text("utf-8").encode("utf-16")),
    "a lone surrogate": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b"\xed\xa0\x80", 1)),
    "a control character": edit(r": (\S)", ": \x07\\1"),
    "a directory": replaced(lambda path: path.mkdir()),
    "a dangling link": replaced(lambda path: path.symlink_to("nowhere")),
    "a link to itself": replaced(lambda path: path.symlink_to(path.name)),
    "a link out": replaced(outside),
    "a link to a device": replaced(lambda path: path.symlink_to("/dev/zero")),
    "a pipe": replaced(lambda path: os.mkfifo(path)),
    "a socket": replaced(pipe),
}
HARMLESS = {
    ("glossary.yaml", "missing"), ("sources.yaml", "missing"), ("facts.yaml", "missing"),
    ("modules/01-calls/bank.yaml", "missing"), ("modules/01-calls/readings/1-contracts.yaml", "missing"),
    ("modules/02-weighing/exercises/waits/exercise.yaml", "missing"),
}  # fmt: skip
"""What may be missing; references to it are reported."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the test course."""
    return shutil.copytree(COURSE, tmp_path / "course")


def all_of(curriculum: Curriculum) -> list[str]:
    """Opens everything; the messages of what is refused."""
    refused = []
    for module in curriculum.outline.modules:
        curriculum.bank(module.id)
        parts = [(curriculum.reading, r.id) for r in module.readings]
        parts += [(curriculum.exercise, e.id) for e in module.exercises]  # type: ignore[misc]  # both take an id
        parts += [(curriculum.item, i.id) for i in module.items]  # type: ignore[misc]
        for read, id in parts:
            try:
                read(id)
            except CourseError as error:
                refused.append(error.message)
    return [*refused, f"{len(curriculum.glossary)} {len(curriculum.sources)} {len(curriculum.facts)}"]


ELSEWHERE = ("empty", "missing", "a list", "binary junk", "a tab", "another key", "a key twice", "a link out", "a pipe")
"""Ways to break the files that are read as the others are."""
CASES = [(file, name) for file in FILES for name in (BREAKS if file in FILES[:3] else ELSEWHERE)]


@pytest.mark.parametrize(("file", "name"), CASES)
def test_a_broken_file_is_reported_with_its_place_and_the_rest_works(
    course: Path, file: str, name: str, tmp_path: Path
) -> None:
    BREAKS[name](course / file)
    problems = check_course(course, date(2026, 11, 23))
    assert all(PLACE.match(str(problem)) for problem in problems)
    assert all(problem.mark.line >= 1 and problem.mark.column >= 1 for problem in problems)
    if (file, name) not in HARMLESS:
        assert any(problem.path == file for problem in problems), [str(p) for p in problems]
    outline = outline_of(course, tmp_path / "cache")
    assert outline_of(course, tmp_path / "cache") == outline
    assert [module.folder for module in outline.modules] == ["01-calls", "02-weighing", "11-capstone"]
    if file in OF_THEIR_MODULE and (file, name) not in HARMLESS:
        reported = "\n".join(outline.modules[0].broken + outline.modules[1].broken)
        assert f"{file}:" in reported
    all_of(Curriculum(course, outline))
    study = open_study(tmp_path, FakeClock(), course=course)
    assert len(study.home().steps) == 3
    for module in outline.modules:
        study.step(module.id)
    if not file.startswith("modules/01"):
        assert study.reading("s-contracts").read == set()
        assert take(study, study.quiz("t1")).score == 1
    if not file.startswith("modules/02"):
        assert study.reading("t-measuring").check("middle") is not None
        assert take(study, study.quiz("t2")).passed
        assert study.exercise("t-x-friday")
    study.record.close()


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_course_yaml_is_one_clear_error(course: Path, name: str) -> None:
    BREAKS[name](course / "course.yaml")
    try:
        outline = build_outline(course)
    except CourseError as error:
        reported = error.message.splitlines()[1:]
    else:
        reported = list(outline.broken)
        assert len(outline.modules) == 3
    assert reported
    assert all(PLACE.match(line) for line in reported)
    assert any(problem.path == "course.yaml" for problem in check_course(course, date(2026, 11, 23)))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("modules/01-calls/bank.yaml", "kind: single", "kind: singel", "single"),
        ("modules/01-calls/bank.yaml", "objective: s-contract", "objektive: s-contract", "objective"),
        ("modules/01-calls/bank.yaml", "answer: 12$", "answer: no", "no"),
        ("modules/01-calls/bank.yaml", "tol: 0.5", "tol: 1e999", "tol"),
        ("modules/01-calls/bank.yaml", "tol: 0.5", "tol: nan", "tol"),
        ("modules/01-calls/bank.yaml", "tol: 0.5", "tol: " + "9" * 5000, "tol"),
        ("modules/01-calls/bank.yaml", "lines: .2, 4.", "lines: [" + "9" * 5000 + "]", "lines"),
        ("modules/01-calls/bank.yaml", "answer: net", "answer: 9**9**9**net", "too large"),
        ("modules/01-calls/bank.yaml", "answer: net", "answer: __import__('os').getcwd() +", "no meaning"),
        ("modules/01-calls/bank.yaml", "from: 80, to: 160, step: 20", "from: 0, to: 1e300, step: 1", "'net' has"),
        ("modules/01-calls/readings/1-contracts.yaml", "minutes: 9", "minutes: nine", "minutes"),
        ("modules/01-calls/readings/1-contracts.yaml", "minutes: 9", "minutes: " + "9" * 5000, "minutes"),
        ("modules/01-calls/readings/1-contracts.yaml", "id: retry", "id: twice", "twice"),
        ("modules/01-calls/module.yaml", "quiz: .minutes: 15.", "quiz: yes", "quiz"),
        ("modules/01-calls/module.yaml", "s-reading-short", "s-reading-shrt", "s-reading-shrt"),
        (
            "modules/02-weighing/exercises/waits/exercise.yaml",
            "data/requests.csv",
            "../../../../../etc/passwd",
            "passwd",
        ),
        ("modules/02-weighing/exercises/friday/exercise.yaml", "goto: weekend", "goto: nowhere", "nowhere"),
    ],
)
def test_a_mistake_is_reported_where_it_is(course: Path, file: str, old: str, new: str, says: str) -> None:
    path = course / file
    text = path.read_text(encoding="utf-8")
    found = re.search(old, text, re.M)
    assert found
    line = text.count("\n", 0, found.start()) + 1
    path.write_text(text[: found.start()] + new + text[found.end() :], encoding="utf-8")
    problems = [p for p in check_course(course, date(2026, 11, 23)) if p.path == file]
    assert any(says in f"{p.message} {p.hint}" and abs(p.mark.line - line) <= 2 for p in problems), [
        str(p)[:300] for p in problems
    ]
    all_of(Curriculum.open(course))


def test_the_same_id_in_two_modules_breaks_nothing(course: Path, tmp_path: Path) -> None:
    shutil.copytree(course / "modules/01-calls", course / "modules/03-again")
    edit("  - 02-weighing", "  - 02-weighing\n  - 03-again\n  - 04-nowhere")(course / "course.yaml")
    assert check_course(course, date(2026, 11, 23))
    study = open_study(tmp_path, course=course)
    assert len(study.home().steps) == 5
    assert study.home().steps[3].broken > 0
    for module in study.course.modules:
        study.step(module.id)
    study.record.close()


def test_folders_that_are_links_or_files(course: Path, tmp_path: Path) -> None:
    away = shutil.copytree(course / "modules/02-weighing", tmp_path / "away")
    shutil.rmtree(course / "modules/02-weighing")
    (course / "modules/02-weighing").symlink_to(away)
    outline = build_outline(course)
    assert any("outside the course folder" in problem for problem in outline.modules[1].broken)
    assert outline.modules[1].readings == ()
    assert outline.modules[1].exercises == ()
    shutil.rmtree(course / "modules/01-calls/readings")
    (course / "modules/01-calls/readings").write_text("a file")
    assert build_outline(course).modules[0].readings == ()
    outline_of(course, tmp_path / "cache")


def test_a_cache_that_is_junk_costs_nothing_but_time(course: Path, tmp_path: Path) -> None:
    outline = outline_of(course, tmp_path)
    (file,) = tmp_path.glob("course-*.json")
    good = file.read_bytes()
    stamp = good[: good.index(b',"outline"') if b',"outline"' in good else good.index(b', "outline"')]
    outlines = [stamp + b', "outline": ' + end for end in (b"3}", b"{}}", b'{"modules": [[]]}}')]
    outlines.append(good.replace(b'"sections": [', b'"sections": [7,'))
    for junk in (b"", b"[]", b"\xff", b"1", b"[" * 100_000, *outlines):
        file.write_bytes(junk)
        assert outline_of(course, tmp_path) == outline
    file.unlink()
    file.mkdir()
    assert outline_of(course, tmp_path) == outline


def test_a_folder_that_cannot_be_read(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real_list, real_scan = os.listdir, os.scandir

    def refuse(path: object) -> None:
        if str(path).endswith("01-calls/readings"):
            raise PermissionError(13, "Permission denied", str(path))

    def listing(path: str) -> list[str]:
        refuse(path)
        return real_list(path)

    def scanning(path: str) -> object:
        refuse(path)
        return real_scan(path)

    monkeypatch.setattr(os, "listdir", listing)
    monkeypatch.setattr(os, "scandir", scanning)
    outline = outline_of(course, tmp_path)
    assert any("readings:1:1: error C405" in problem for problem in outline.modules[0].broken)
    assert outline.modules[0].items


def test_a_file_that_cannot_be_read(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = "modules/01-calls/bank.yaml"
    real = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if str(self).endswith(file):
            raise PermissionError(13, "Permission denied", str(self))
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    outline = build_outline(course)
    assert any("Permission denied" in problem for problem in outline.modules[0].broken)
    assert outline.modules[1].broken == ()


WHOLE = {path: (COURSE / path).read_bytes() for path in FILES}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    file=st.sampled_from(FILES),
    edits=st.lists(
        st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
    ),
)
@example(file=FILES[0], edits=[(0, 40, b"\xef\xbb\xbf")])
@example(file=FILES[2], edits=[(300, 0, b"\x85")])
def test_random_edits_never_throw(file: str, edits: list[tuple[int, int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        course = shutil.copytree(COURSE, Path(folder) / "course")
        data = bytearray(WHOLE[file])
        for at, length, new in edits:
            at %= len(data) + 1
            data[at : at + length] = new
        (course / file).write_bytes(data)
        outline = build_outline(course)
        assert len(outline.modules) == 3
        all_of(Curriculum(course, outline))
        problems = check_course(course, date(2026, 11, 23))
        assert all(PLACE.match(str(problem)) for problem in problems)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 20), st.binary(max_size=8)), max_size=4))
def test_random_edits_of_course_yaml_throw_what_is_foreseen(edits: list[tuple[int, int, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        course = shutil.copytree(COURSE, Path(folder) / "course")
        data = bytearray((COURSE / "course.yaml").read_bytes())
        for at, length, new in edits:
            data[at : at + length] = new
        (course / "course.yaml").write_bytes(data)
        try:
            outline = build_outline(course)
        except CourseError as error:
            hint = error.hint
        else:
            hint = "none is needed"
            all_of(Curriculum(course, outline))
        assert hint
        check_course(course, date(2026, 11, 23))
