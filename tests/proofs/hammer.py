"""Lets several programs write the same record as fast as they can, and looks for every answer.

python -m tests.proofs.hammer [--seconds 20] [--processes 4]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.unchecked import anything


def opened(folder: Path) -> Record:
    """The record, for writing."""
    return open_directory(folder / "record", clock=SystemClock(), cache=folder / "cache", device="desk", check=anything)


def hammer(folder: Path, me: int, seconds: float) -> int:
    """Answers until the time is over; returns how many."""
    record = open_directory(
        folder / "record", clock=SystemClock(), cache=folder / "cache", device="desk", check=anything
    )
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        with record.batch():
            record.table("answers").put(f"{me}-{number}", {"me": me, "number": number})
            record.table("cards").put(f"q{number % 9}", {"me": me, "number": number})
        record.put_draft("memo", f"{me} {number}", 1)
        if number % 20 == 0:
            record.save_live()
            record.refresh()
            record.others()
        if number % 500 == 499:
            record.close()
            record = open_directory(
                folder / "record", clock=SystemClock(), cache=folder / "cache", device="desk", check=anything
            )
        number += 1
    record.close()
    return number


def main() -> None:
    """Runs the proof; exit status 1 where an answer is missing or a program failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--processes", type=int, default=4)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    children = []
    for me in range(wanted.processes):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                (folder / f"count-{me}").write_text(str(hammer(folder, me, wanted.seconds)))
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    if any(statuses):
        sys.exit(f"a program failed; see {folder}")
    counts = [int((folder / f"count-{me}").read_text()) for me in range(wanted.processes)]
    answers = {f"{me}-{number}" for me, count in enumerate(counts) for number in range(count)}
    for cache in (folder / "cache", None):
        record = open_directory(folder / "record", clock=SystemClock(), cache=cache, readonly=True, check=anything)
        missing = answers - dict(record.table("answers").stream()).keys()
        if missing or record.damage or record.lost:
            sys.exit(f"{len(missing)} answers are missing in {folder}; {record.damage} {record.lost}")
    shutil.rmtree(folder)
    print(f"{wanted.processes} programs, {sum(counts)} answers in {wanted.seconds:g} seconds, none missing")


if __name__ == "__main__":
    main()
