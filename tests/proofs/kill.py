"""Kills a learner's program with signal 9 at random moments and looks for every acknowledged answer.

    python -m tests.proofs.kill [--times 300] [--seed 1]

The program answers, types, looks for other sessions, closes and opens again as fast as it can, and writes down (in a
pipe, which outlives it) what was reported to it as saved. After each kill the record must open and have all of it, and
of the typed text at most what was typed since the last save may be missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.recovery.repair import UNFINISHED
from tests.support.unchecked import anything


def opened(folder: Path) -> Record:
    """The record, opened as the program does."""
    return open_directory(folder / "record", clock=SystemClock(), cache=folder / "cache", device="desk", check=anything)


def learn(folder: Path, pipe: int, seed: int) -> None:
    """What the program does until it is killed."""

    def tell(**what: object) -> None:
        os.write(pipe, json.dumps(what).encode() + b"\n")

    chance = random.Random(seed)
    record = opened(folder)
    number = 0
    while True:
        number += 1
        with record.batch():
            id = record.table("answers").insert({"by": seed, "number": number, "text": "x" * chance.randrange(600)})
            record.table("cards").put(f"q{number % 20}", {"by": seed, "number": number})
        tell(answer=id, card=f"q{number % 20}", number=number)
        record.put_draft("memo", f"{seed} {number} " + "y" * chance.randrange(3000), number)
        if chance.random() < 0.3:
            record.save_live()
            tell(draft=number)
        if chance.random() < 0.02:
            record.close()
            tell(draft=number)
            record = opened(folder)


def main() -> None:
    """Runs the proof; exit status 1 where something acknowledged is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    chance = random.Random(wanted.seed)
    answers: set[str] = set()
    cards: dict[str, tuple[int, int]] = {}
    torn = 0
    for seed in range(wanted.times):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                learn(folder, writing, seed)
            except BaseException as problem:  # the parent says what went wrong
                os.write(writing, json.dumps({"problem": repr(problem)}).encode() + b"\n")
            os._exit(1)
        os.close(writing)
        time.sleep(0.03 + chance.random() * 0.12)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        draft = 0
        with os.fdopen(reading, "rb") as lines:
            for line in lines:
                said = json.loads(line)
                if "problem" in said:
                    sys.exit(f"the program failed: {said['problem']}")
                if "answer" in said:
                    answers.add(said["answer"])
                    cards[said["card"]] = seed, said["number"]
                draft = said.get("draft", draft)
        with opened(folder) as record:
            missing = answers - dict(record.table("answers").stream()).keys()
            if missing or record.lost:
                sys.exit(f"kill {seed}: {len(missing)} acknowledged answers are missing in {folder}; {record.lost}")
            for card, written in cards.items():
                doc: Mapping[str, Any] = record.table("cards").get(doc_id=card) or {}
                if (doc.get("by", -1), doc.get("number", -1)) < written:
                    sys.exit(f"kill {seed}: card {card} is older than what was acknowledged in {folder}")
            found = record.newest_draft("memo")
            if draft and (found is None or [int(n) for n in found.text.split()[:2]] < [seed, draft]):
                sys.exit(f"kill {seed}: the text saved last is missing in {folder}")
            torn += any(damage.what == UNFINISHED for damage in record.damage)
    shutil.rmtree(folder)
    print(f"{wanted.times} kills, {len(answers)} acknowledged answers, none missing; {torn} torn lines cut off")


if __name__ == "__main__":
    main()
