"""Spoiled documents, headers, clocks, lines, archives and courses: no traceback, no hang, nothing taken in silence.

    python -m tests.proofs.fuzz                        # 20,000 documents, 500 archives, 500 courses: ten minutes
    python -m tests.proofs.fuzz --documents 200 --archives 5 --courses 5

Each batch of documents is another machine's file in a full record. The commands, and sessions whose clocks jump, must
work within two seconds of processor time each, find every answer of before, keep what was typed last, and account for
each document: it is used, or older than what is, or set aside, or its line is reported. An archive is whole or an
error; a course has messages for its mistakes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from dev2cto.cli.main import main as dev2cto
from dev2cto.clock import SystemClock, within_limits
from dev2cto.record.journal.codec import decode_line
from dev2cto.record.opening import open_directory
from dev2cto.study.queries.home import one_time_notices
from dev2cto.study.state.notes import notes
from dev2cto.study.study import Study
from tests.support import mutations
from tests.support.every_session import do_everything
from tests.support.mutations import Line
from tests.support.studies import COURSE, FakeClock, open_study_in, opened, record_of

BATCH = 100
"""Documents in one journal."""
LONGEST = 2.0
"""Seconds of processor time of a command or a session."""
READING = (
    ("status",),
    ("next",),
    ("review",),
    ("search", "queue"),
    ("export",),
    ("export", "transcript"),
    ("doctor",),
    ("reset", "--list"),
)
OF_COURSES = (("check",), ("status",), ("show",), ("show", "s-contracts"), ("search", "key"), ("preview", "t-x-note"))


def call(*words: str) -> tuple[int, str]:
    """Run a command; return its exit code and what it printed. Fails if it crashes or takes too long."""
    out, begun = io.StringIO(), time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = dev2cto([*words])
        except SystemExit as left:
            code = int(left.code or 0)
    took = time.process_time() - begun
    assert "Something went wrong" not in out.getvalue(), (words, last_crash())
    assert took < LONGEST, (words, took)
    return code, out.getvalue()


def last_crash() -> str:
    """The end of the newest error file."""
    files = sorted(Path(os.environ["DEV2CTO_HOME"], "cache").glob("error-*.txt"), key=lambda path: path.stat().st_mtime)
    return files[-1].read_text()[-3000:] if files else ""


@contextlib.contextmanager
def home_like(template: Path) -> Iterator[Path]:
    """A copy of a home that the commands use."""
    folder = Path(tempfile.mkdtemp())
    try:
        home = Path(shutil.copytree(template, folder / "home"))
        os.environ["DEV2CTO_HOME"] = str(home)
        yield home
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def full_home(folder: Path) -> Path:
    """A home with a record that has something in every table."""
    os.environ |= {"DEV2CTO_HOME": str(folder), "DEV2CTO_COURSE": str(COURSE), "TERM": "xterm"}
    clock = FakeClock()
    study = open_study_in(record_of(folder), clock)
    with study.record:
        do_everything(study, clock)
    return folder


def documents_of(home: Path) -> list[tuple[str, str, mutations.Doc]]:
    """Some documents of every table."""
    with open_directory(record_of(home), clock=SystemClock(), readonly=True) as record:
        tables = {table: sorted(record.docs(table).items()) for table in sorted(record.tables())}
    return [(table, id, doc) for table, docs in tables.items() for id, doc in docs[:12]]


def use_record(home: Path, lines: Sequence[Line], clocks: Sequence[datetime]) -> None:
    """Judge a record with these lines of another machine, in sessions of this one that begin at these times."""
    directory = record_of(home)
    before = len(open_directory(directory, clock=SystemClock(), readonly=True).docs("answers"))
    header = mutations.raw_line(
        {"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": "other.0", "pid": 1, "host": "h", "since": 1.0}}
    )
    path = directory / "other.0.jsonl"
    path.write_bytes(header + b"".join(line.data for line in lines))
    path.chmod(0o600)
    account_for(directory, lines)
    for words in READING:
        code, _ = call(*words)
        assert code in (0, 1), words
    for number, at in enumerate(clocks):
        begun = time.process_time()
        use_session(home, FakeClock(within_limits(at)), number, before)
        assert time.process_time() - begun < LONGEST


def use_session(home: Path, clock: FakeClock, number: int, before: int) -> None:
    """What a session does that begins at that time, after `number` others; it finds what the last one saved."""
    record = open_directory(record_of(home), clock=clock, device="desk", cache=home / "cache")
    study = Study(opened(COURSE), record, clock, Random(number))
    with record:
        assert not record.readonly_reason
        for mine in (record.table("bookmarks").get(doc_id="mine"), record.newest_draft("memo")) if number else ():
            label = mine["label"] if isinstance(mine, Mapping) else mine and mine.text
            assert label == f"session {number - 1}", (label, number, clock.at)
        study.refresh()
        study.home()
        one_time_notices(study)
        notes(study)
        study.review()
        for label in ("written over", f"session {number}"):
            record.table("bookmarks").put("mine", {"label": label, "at": study.now()})
            record.put_draft("memo", label, 0)
            record.save_live()
    assert len(record.docs("answers")) >= before


def account_for(directory: Path, lines: Sequence[Line]) -> None:
    """Every document is used, older than what is used, set aside, or in a line that is reported."""
    with open_directory(directory, clock=SystemClock(), readonly=True) as record:
        aside = {key[1:] for key in record.reader.set_aside}
        reported = any(damage.file == "other.0.jsonl" for damage in record.damage)
        for line in lines:
            read = decode_line(line.data[:-1])
            assert read is not None or reported, line.data[:300]
            for table, id in line.puts if read else ():
                used = id in record.reader.store.table(table).versions
                assert used or (table, id) in aside, (table, id, line.data[:300])


def use_archive(home: Path, archive: Path, answers: int, data: bytes) -> None:
    """Judge an archive: what it held arrives, or the exit code says that it did not."""
    archive.write_bytes(data)
    for words in (("restore", str(archive)), ("merge", "--erasures", "leave", str(archive))):
        code, said = call(*words)
        assert code in (0, 1, 3), (words, said)
        assert code == 0 or "dev2cto: " in said, said
    with open_directory(record_of(home), clock=SystemClock(), readonly=True) as record:
        held = len(record.docs("answers"))
    assert held == answers if code == 0 else held in (0, answers), (code, held)
    assert call("status")[0] == 0


def use_course(course: Path, name: str, data: bytes) -> None:
    """Judge a course with this file; the file is put back."""
    held = (course / name).read_bytes()
    (course / name).write_bytes(data)
    try:
        for words in OF_COURSES:
            code, said = call(*words, "--course", str(course))
            assert code in (0, 1, 2), (words, said)
    finally:
        (course / name).write_bytes(held)


def repeat(judge: Callable[..., None], what: st.SearchStrategy[object], times: int, start: int, *, find: bool) -> None:
    """Judge that many examples; with `find`, a failing one is made smaller."""
    if times < 1:
        return
    phases = (Phase.generate, Phase.shrink) if find else (Phase.generate,)
    how = settings(
        max_examples=times, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )
    seed(start)(how(given(what)(judge)))()


def main() -> None:
    """Run the proof; it ends with the first example that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--archives", type=int, default=500)
    parser.add_argument("--courses", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-shrink", action="store_true", help="show the first failing example as it is")
    wanted = parser.parse_args()
    find = not wanted.no_shrink
    folder = Path(tempfile.mkdtemp())
    home = full_home(folder / "full")
    known = documents_of(home)
    one = st.one_of(
        *[mutations.documents(known)] * 5, mutations.headers(), mutations.clocks(known), mutations.shapes_of_lines()
    )
    size = max(1, min(BATCH, wanted.documents))

    def judge_lines(found: tuple[Sequence[Line], Sequence[datetime]]) -> None:
        with home_like(home) as copy:
            use_record(copy, *found)

    lines = st.tuples(st.lists(one, min_size=size, max_size=size), mutations.machine_clocks(FakeClock().now()))
    repeat(judge_lines, lines, wanted.documents // size, wanted.seed, find=find)
    archive = folder / "saved.tar.gz"
    os.environ["DEV2CTO_HOME"] = str(home)
    assert call("backup", str(archive))[0] == 0
    data = archive.read_bytes()
    answers = sum(1 for table, *_ in _all(home) if table == "answers")
    (folder / "empty").mkdir()

    def judge_archive(spoiled: bytes) -> None:
        with home_like(folder / "empty") as copy:
            use_archive(copy, folder / "spoiled.tar.gz", answers, spoiled)

    repeat(judge_archive, mutations.spoiled(data), wanted.archives, wanted.seed, find=find)
    course = Path(shutil.copytree(COURSE, folder / "course"))
    texts = [(str(path.relative_to(course)), path.read_text("utf-8")) for path in sorted(course.rglob("*.yaml"))]

    def judge_course(file: tuple[str, bytes]) -> None:
        with home_like(folder / "empty"):
            use_course(course, *file)

    repeat(judge_course, mutations.course_files(texts), wanted.courses, wanted.seed, find=find)
    shutil.rmtree(folder)
    print(
        f"{wanted.documents // size * size} documents, {wanted.archives} archives and {wanted.courses} courses:"
        " no crash, no hang, nothing taken in silence"
    )


def _all(home: Path) -> list[tuple[str, str]]:
    with open_directory(record_of(home), clock=SystemClock(), readonly=True) as record:
        return [(table, id) for table in record.tables() for id in record.docs(table)]


if __name__ == "__main__":
    main()
