"""What a large record costs: starts, the daily backup, export, merge, restore and search, beside parsing its bytes.

    python -m tests.bench.bench_large [--answers 100000] [--times 3]

Each command runs as a program of its own on a record of that many answered questions (an answer, a card, a review and
an attempt each). Beside it, taken in turns: a program that reads the same journal line by line, and parses each line;
beside a command that reads an archive, it unpacks that. Only the ratio of the two means anything, and the peak of
memory. It fails where a limit is passed, as these do: a restore parses what it takes, encodes it, and parses what was
written; a merge of what is partly here compares lines; both compute sums and cards after that. A start costs more than
twice as much as parsing; a merge of a new machine is a start and the computing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dev2cto.course.curriculum import Curriculum
from dev2cto.record.journal.codec import encode_line
from tests.bench.bench_record import question
from tests.support.pty_driver import Terminal
from tests.support.studies import COURSE, record_of

MEMORY = 150.0
"""MB that a command may take."""

RATIO = 2.5
"""How many times longer than reading and parsing the same bytes a command may take."""

HOME = 1.15
"""How many times more of the processor home may take when a backup is due, until it is shown."""

PARSE = """
import gzip, json, sys
with (gzip.open if sys.argv[1].endswith(".gz") else open)(sys.argv[1], "rb") as file:
    for line in file:
        if line.startswith(b'{"c"'):
            json.loads(line)
"""


class Cost(NamedTuple):
    """What one run cost."""

    seconds: float
    """Of the processor, which other programs on the machine change less than the clock on the wall."""
    megabytes: float


class Case(NamedTuple):
    """A command and what must be done before each run of it."""

    name: str
    command: list[str]
    prepare: Callable[[], None]
    ratio: float = RATIO
    code: int = 0
    packed: bool = False
    """Whether it reads an archive."""


def build(journal: Path, answers: int) -> None:
    """A journal of that many answers to the items of the sample course."""
    items = [item.id for module in Curriculum.open(COURSE).outline.modules for item in module.items]
    modules = {item.id: m.id for m in Curriculum.open(COURSE).outline.modules for item in m.items}
    chance = random.Random(answers)
    journal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(journal, "wb") as file:
        header = {"format": 1, "schema": 1, "writer": journal.name.removesuffix(".jsonl")}
        file.write(encode_line({"n": 0, "t": 1, "h": header}))
        for number in range(answers):
            documents = question(number, chance)
            item = items[number % len(items)]
            module = modules[item]
            documents["answers"][1].update(item=item, module=module, context="quiz", scored=True, response="a", draw={})
            documents["reviews"][1]["card"] = item
            documents["cards"] = item, documents["cards"][1]
            documents["attempts"][1].update(
                quiz=module, module=module, items=items[:12], started="2026-01-01T09:00:00+00:00"
            )
            body = {table: {id: doc} for table, (id, doc) in documents.items()}
            file.write(encode_line({"n": number + 1, "t": 1_790_000_000_000 + number * 60_000, "p": body}))


def run(command: list[str], home: Path, code: int = 0) -> Cost:
    """Run a program to its end."""
    environment = {**os.environ, "DEV2CTO_HOME": str(home), "DEV2CTO_COURSE": str(COURSE), "DEV2CTO_WELCOME": "0"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    if process.returncode != code:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {said}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20))


def cases(folder: Path, home: Path, journal: Path) -> list[Case]:
    """The commands that are measured."""
    program = [sys.executable, "-m", "dev2cto"]
    other, archive = folder / "other", folder / "backup.tar.gz"
    run([*program, "backup", str(archive)], home)

    def without_checkpoint() -> None:
        for checkpoint in (home / "cache").glob("record-*"):  # the course's own cache stays
            shutil.rmtree(checkpoint)

    backups = journal.parent / "backups"

    def never_backed_up() -> None:
        shutil.rmtree(backups, ignore_errors=True)

    def another_day() -> None:
        note = json.loads((backups / "manifest.json").read_bytes())
        (backups / note["archive"]["file"]).rename(backups / "2020-01-01.tar.gz")
        note["archive"]["file"], note["changed_at"] = "2020-01-01.tar.gz", 0
        (backups / "manifest.json").write_text(json.dumps(note))

    back_up = [sys.executable, "-c", BACKUP, str(journal.parent), str(home / "cache")]

    def empty() -> None:
        shutil.rmtree(other, ignore_errors=True)

    def nothing() -> None:
        pass

    return [
        Case("start without checkpoint", [*program, "status"], without_checkpoint),
        Case("start with checkpoint", [*program, "status"], nothing),
        Case("first backup", back_up, never_backed_up),
        Case("daily backup", back_up, another_day, 0.5),
        Case("start with a backup due", [*back_up, "0"], never_backed_up, 0.3),
        Case("export", [*program, "export", str(folder / "export.json")], nothing),
        Case("export without checkpoint", [*program, "export", str(folder / "export.json")], without_checkpoint),
        Case("search", [*program, "search", "percent"], nothing),
        Case(
            "restore", ["env", f"DEV2CTO_HOME={other}", *program, "restore", "--yes", str(archive)], empty, packed=True
        ),
        Case("merge of what is here", [*program, "merge", str(archive)], nothing, packed=True),
        Case("merge of a folder", ["env", f"DEV2CTO_HOME={other}", *program, "merge", str(journal.parent)], empty),
        Case(
            "merge of an archive", ["env", f"DEV2CTO_HOME={other}", *program, "merge", str(archive)], empty, packed=True
        ),
    ]


def shown(home: Path) -> Cost:
    """Start the full screen, wait for home, and leave: what it cost until home was shown (Linux only)."""
    terminal = Terminal(home, COURSE, fresh=True)
    while "? help" not in terminal.text:
        terminal.read(0.005)
    seconds = terminal.worked()
    status = Path(f"/proc/{terminal.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    terminal.press("ctrl+q")
    terminal.wait()
    return Cost(seconds, peak / 1024)


def home_with_a_backup_due(home: Path, backups: Path, times: int) -> bool:
    """Print what home costs when the daily backup is due, beside home when it is not; whether it is within limits."""
    without, due = [], []
    shown(home)
    for _ in range(times + 2):
        without.append(shown(home))
        shutil.rmtree(backups, ignore_errors=True)
        due.append(shown(home))
    usual = statistics.median(cost.seconds for cost in without)
    seconds, peak = statistics.median(cost.seconds for cost in due), max(cost.megabytes for cost in due)
    ok = seconds / usual <= HOME and peak <= MEMORY
    print(
        f"{'ok  ' if ok else 'OVER'} {'home with a backup due':<26} {seconds:6.2f} s, {seconds / usual:5.2f} times home"
        f" (at most {HOME}), {peak:4.0f} MB (at most {MEMORY:.0f})",
        flush=True,
    )
    return ok


BACKUP = """
import sys
from pathlib import Path
from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
record = open_directory(Path(sys.argv[1]), clock=SystemClock(), cache=Path(sys.argv[2]))
record.wait_for_backup(float(sys.argv[3]) if sys.argv[3:] else 600)
record.save_and_close()
"""


def main() -> int:
    """Run the benchmark; the exit code is 1 if a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", default="", help="measure only cases whose name contains this")
    wanted = parser.parse_args()
    passed = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = folder / "home"
        journal = record_of(home) / "bench.0.jsonl"
        build(journal, wanted.answers)
        run([sys.executable, "-m", "dev2cto", "status"], home)
        print(f"{wanted.answers} answers, {journal.stat().st_size / 1e6:.0f} MB")
        for case in cases(folder, home, journal):
            if wanted.only not in case.name:
                continue
            floors, costs = [], []
            for _ in range(wanted.times):
                source = folder / "backup.tar.gz" if case.packed else journal
                floors.append(run([sys.executable, "-c", PARSE, str(source)], home))
                case.prepare()
                costs.append(run(case.command, home, case.code))
            floor = statistics.median(cost.seconds for cost in floors)
            seconds = statistics.median(cost.seconds for cost in costs)
            peak = max(cost.megabytes for cost in costs)
            ok = seconds / floor <= case.ratio and peak <= MEMORY
            passed = passed and ok
            print(
                f"{'ok  ' if ok else 'OVER'} {case.name:<26} {seconds:6.2f} s, {seconds / floor:5.2f} times parsing"
                f" (at most {case.ratio}), {peak:4.0f} MB (at most {MEMORY:.0f})",
                flush=True,
            )
        if wanted.only in "home with a backup due":
            passed = home_with_a_backup_due(home, journal.parent / "backups", wanted.times) and passed
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
