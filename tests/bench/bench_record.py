"""What the record costs: one answered question, and opening it for home, at 100 and at 50,000 answers.

    python -m tests.bench.bench_record [--sizes 100 50000] [--times 300]

One answered question is one batch of four documents: answer, card, review, attempt. Beside it, taken in turns: writing
and syncing the same bytes, and SQLite (WAL, synchronous=FULL) committing the same four rows into a database of the
same size. Instructions are counted by valgrind where it is installed. Only ratios mean anything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.journal.codec import encode_line
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record

ITEMS = 1000
"""Items in the course: no more cards than these, however many answers."""

HOME = ("place", "positions", "drafts", "sums", "sections", "cards", "settings", "resets", "bookmarks", "notes")
"""The tables that home shows something of; of the attempts it looks at the one that `place` names."""


def question(number: int, chance: random.Random) -> dict[str, tuple[str, dict[str, Any]]]:
    """The documents of one answered question, by table, with their ids."""
    at = datetime.fromtimestamp(1_790_000_000 + number * 60, UTC).isoformat()
    item, attempt = f"step-{number % 10}-item-{number % ITEMS:04}", f"{number // 12:021x}"
    answer = {
        "at": at,
        "module": f"step-{number % 10}",
        "item": item,
        "fingerprint": f"{chance.getrandbits(64):016x}",
        "kind": "single",
        "context": "quiz",
        "attempt": attempt,
        "response": [str(chance.randrange(4))],
        "draw": {"order": chance.sample("0123", 4), "given": {}},
        "confidence": chance.randrange(1, 4),
        "hints": 0,
        "score": chance.choice([0, 0.5, 1]),
        "max": 1,
        "scored": True,
        "ms": chance.randrange(3000, 60_000),
    }
    card = {"due": at, "stability": chance.random() * 90, "difficulty": chance.random() * 10, "last": at, "reviews": 2}
    review = {"card": item, "rating": chance.randrange(1, 5), "at": at, "ms": answer["ms"]}
    items = [f"step-{number % 10}-item-{n:04}" for n in range(12)]
    quiz = {"quiz": f"quiz-{number % 10}", "mode": "practice", "seed": number, "items": items, "state": "done"}
    quiz |= {"started": at, "finished": at, "score": 0.8}
    id = f"{1_790_000_000_000 + number * 60_000:011x}{chance.getrandbits(40):010x}"
    return {
        "answers": (id, answer),
        "cards": (item, card),
        "reviews": (id, review),
        "attempts": (attempt, quiz),
    }


def answer(record: Record, documents: dict[str, tuple[str, dict[str, Any]]]) -> None:
    """Saves one answered question."""
    with record.batch():
        for table, (id, doc) in documents.items():
            record.table(table).put(id, doc)


def build(directory: Path, cache: Path, size: int) -> None:
    """A record of that many answers, with what else a learner has, opened and closed once."""
    chance = random.Random(size)
    directory.mkdir(mode=0o700)
    writer = "bench.0"
    lines = [encode_line({"n": 0, "t": 1, "h": {"format": 1, "schema": 1, "writer": writer}})]
    for number in range(size):
        documents = question(number, chance)
        body = {table: {id: doc} for table, (id, doc) in documents.items()}
        lines.append(encode_line({"n": number + 1, "t": number + 2, "p": body}))
    (directory / f"{writer}.jsonl").write_bytes(b"".join(lines))
    with opened(directory, cache) as record, record.batch():
        for number in range(60):
            record.table("sums").put(f"objective-{number}", {"best": 0.8, "last": 0.8, "attempts": 4})
            record.table("sections").put(f"reading-{number}#intro", {"read_at": "2026-11-23T09:00:00+00:00"})
        record.table("settings").put("goal", {"value": "90", "at": "2026-11-23T09:00:00+00:00"})
        place: dict[str, Any] = {"screen": "home", "ids": [], "response": None, "cursor": 3, "extra": {}}
        record.table("place").put(record.writer, {**place, "at": "2026-11-23T09:00:00+00:00"})
    with opened(directory, cache) as record:
        record.wait_for_backup(60)


def opened(directory: Path, cache: Path | None) -> Record:
    """The record, opened as the program does."""
    return open_directory(directory, clock=SystemClock(), cache=cache, device="bench")


def time_answers(folder: Path, directory: Path, cache: Path, size: int, times: int) -> None:
    """Prints what one answered question costs."""
    chance = random.Random(1)
    record = opened(directory, cache)
    database = sqlite_of(folder / f"{size}.sqlite", size)
    floor = os.open(folder / f"{size}.floor", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    took: dict[str, list[float]] = {"record": [], "floor": [], "sqlite": []}
    for number in range(times):
        documents = question(size + number, chance)
        begun = time.perf_counter()
        answer(record, documents)
        took["record"].append(time.perf_counter() - begun)
        line = encode_line(
            {"n": number, "t": number, "p": {table: {id: doc} for table, (id, doc) in documents.items()}}
        )
        begun = time.perf_counter()
        os.write(floor, line)
        os.fsync(floor)
        took["floor"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        with database:
            insert(database, documents)
        took["sqlite"].append(time.perf_counter() - begun)
    record.close()
    database.close()
    os.close(floor)
    ms = {name: statistics.median(values) * 1000 for name, values in took.items()}
    print(
        f"one answered question at {size:>6}: record {ms['record']:.3f} ms, write+fsync {ms['floor']:.3f}, "
        f"SQLite WAL FULL {ms['sqlite']:.3f}; ratio to write+fsync {ms['record'] / ms['floor']:.2f} (goal 2.5), "
        f"to SQLite {ms['record'] / ms['sqlite']:.2f} (goal 1.0)"
    )


def sqlite_of(path: Path, size: int) -> sqlite3.Connection:
    """A database with the same rows, one table for each table."""
    chance = random.Random(size)
    database = sqlite3.connect(path)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    for table in question(0, chance):
        database.execute(f"create table {table} (id text primary key, doc text not null)")
    with database:
        for number in range(size):
            insert(database, question(number, chance))
    database.execute("pragma wal_checkpoint(truncate)")
    return database


def insert(database: sqlite3.Connection, documents: dict[str, tuple[str, dict[str, Any]]]) -> None:
    """The four rows of one answered question."""
    for table, (id, doc) in documents.items():
        text = json.dumps(doc, ensure_ascii=False, separators=(",", ":"))
        database.execute(f"insert or replace into {table} values (?, ?)", (id, text))


HOME_PROGRAM = """
import json, sys, time
from pathlib import Path
if sys.argv[4] == "textual":
    import textual.app
from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
begun = time.perf_counter()
record = open_directory(Path(sys.argv[1]), clock=SystemClock(), cache=Path(sys.argv[2]), device="bench")
for table in sys.argv[5:]:
    dict(record.table(table).stream())
record.table("attempts").get(doc_id=sys.argv[3])
took = time.perf_counter() - begun
try:
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
except OSError:
    peak = "0"
record.save_and_close()
print(json.dumps({"ms": took * 1000, "kB": int(peak)}))
"""
"""Opens a record and reads what home shows; alone, or beside Textual, which home cannot do without."""


def time_home(folder: Path, sizes: list[int], beside: str) -> None:
    """Prints what opening for home costs at these sizes, each in processes of its own.

    Without Textual it is not home: it shows what the record costs by itself.
    """
    seen: dict[int, dict[str, float]] = {}
    for size in sizes:
        runs = [run_home(folder, size, beside) for _ in range(7)]
        seen[size] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        seen[size]["instructions"] = instructions(folder, size, beside)
    least = seen[sizes[0]]
    goals = (" (goal 1.1)", " (goal 1.05)") if beside == "textual" else ("", "")
    for size in sizes:
        now = seen[size]
        counted = f"{now['instructions'] / 1e6:.1f} M instructions" if now["instructions"] else "no valgrind"
        print(
            f"home at {size:>6}, {beside:<7}: opened in {now['ms']:.1f} ms, process {now['kB'] / 1024:.1f} MB, "
            f"{counted}; ratios to {sizes[0]}: memory {now['kB'] / least['kB']:.3f}{goals[0]}, "
            f"instructions {now['instructions'] / (least['instructions'] or 1):.3f}{goals[1]}"
        )


def command(folder: Path, size: int, beside: str) -> list[str]:
    """The command that opens one record for home."""
    attempt = f"{(size - 1) // 12:021x}"
    record, cache = str(folder / f"record-{size}"), str(folder / "cache")
    return [sys.executable, "-c", HOME_PROGRAM, record, cache, attempt, beside, *HOME]


def run_home(folder: Path, size: int, beside: str) -> dict[str, float]:
    """One opening in a fresh process."""
    ran = subprocess.run(command(folder, size, beside), capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout)
    return {"ms": float(found["ms"]), "kB": float(found["kB"])}


def instructions(folder: Path, size: int, beside: str) -> float:
    """Instructions of the whole process that opens for home; 0 without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return 0.0
    tool = [valgrind, "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={folder}/cachegrind"]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run([*tool, *command(folder, size, beside)], capture_output=True, check=True, env=environment)
    text = (folder / "cachegrind").read_text()
    return float(text.rsplit("summary:", 1)[1].split()[0])


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 50_000])
    parser.add_argument("--times", type=int, default=300)
    wanted = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a start would compile the program again, which hides all else
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in wanted.sizes:
            build(folder / f"record-{size}", folder / "cache", size)
        for beside in ("alone", "textual"):
            time_home(folder, wanted.sizes, beside)
        for size in wanted.sizes:
            time_answers(folder, folder / f"record-{size}", folder / "cache", size, wanted.times)


if __name__ == "__main__":
    main()
