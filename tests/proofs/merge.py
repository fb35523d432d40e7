"""Lets two machines answer and merge each other's record all the time, kills them, and looks for every answer.

    python -m tests.proofs.merge [--rounds 60] [--processes 1] [--seed 1]

In each round one program, or several, runs on each of two copies of a record. It answers, types, opens and closes as
fast as it can, and merges the other copy's folder while that is being written, or an archive that it makes of it. What
was reported as saved is written down in a pipe, which outlives the program. At a random moment all are killed with
signal 9. Each record must then open and have what was acknowledged on it; at the end both merge once more and must be
the same.
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
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.backup.backup import backup
from dev2cto.record.merge import merge
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from dev2cto.record.recovery.repair import UNFINISHED
from tests.support.unchecked import anything

DEVICES = ("laptop", "server")
LONG = "long " * 20_000
"""A text that lies in a file of its own."""


def opened(folder: Path, device: str) -> Record:
    """That machine's copy, opened as the program does."""
    return open_directory(
        folder / device, clock=SystemClock(), cache=folder / f"cache-{device}", device=device, check=anything
    )


def learn(folder: Path, device: str, pipe: int, seed: int) -> None:
    """What the program on one machine does until it is killed."""

    def tell(**what: object) -> None:
        os.write(pipe, json.dumps(what).encode() + b"\n")

    chance = random.Random(f"{seed} {device} {os.getpid()}")
    other = folder / DEVICES[device == DEVICES[0]]
    record = opened(folder, device)
    number = 0
    while True:
        number += 1
        with record.batch():
            id = record.table("answers").insert({"by": device, "seed": seed, "text": "x" * chance.randrange(600)})
            record.table("cards").put(f"q{number % 20}", {"by": device, "seed": seed, "number": number})
        tell(table="answers", id=id)
        if chance.random() < 0.02:
            tell(table="submissions", id=record.table("submissions").insert({"text": f"{device} {id} {LONG}"}))
        record.put_draft("memo", f"{device} {seed} {number}", number)
        if chance.random() < 0.1 and other.exists():
            archive = folder / f"carried-to-{device}-{os.getpid()}.tar.gz"
            archive.unlink(missing_ok=True)
            source = other if chance.random() < 0.7 else backup(other, archive).path
            tell(merged=merge(record, [source]).entries)
        if chance.random() < 0.02:
            record.close()
            record = opened(folder, device)


def one_round(folder: Path, seed: int, processes: int, alive: float) -> tuple[set[tuple[str, str]], int]:
    """Run so many programs on each machine for `alive` seconds; return what was acknowledged, and how much was merged.

    Exits with status 1 where a program failed, or a record lacks what was acknowledged on its machine.
    """
    children = []
    for device in DEVICES * processes:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                learn(folder, device, writing, seed)
            except BaseException:  # the parent says what went wrong
                os.write(writing, json.dumps({"problem": traceback.format_exc()[-3000:]}).encode() + b"\n")
            os._exit(1)
        os.close(writing)
        children.append((device, child, reading))
    time.sleep(alive)
    for _, child, _ in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    acknowledged: set[tuple[str, str]] = set()
    merged = 0
    for device, _, reading in children:
        with os.fdopen(reading, "rb") as lines:
            said: list[dict[str, Any]] = [json.loads(line) for line in lines]
        for problem in (words["problem"] for words in said if "problem" in words):
            sys.exit(f"round {seed}: the program on {device} failed in {folder}:\n{problem}")
        here = {(words["table"], words["id"]) for words in said if "id" in words}
        merged += sum(words.get("merged", 0) for words in said)
        with opened(folder, device) as record:
            look(record, here, f"round {seed}, {device}, {folder}")
        acknowledged |= here
    return acknowledged, merged


def look(record: Record, acknowledged: set[tuple[str, str]], where: str) -> None:
    """Exits with status 1 where something acknowledged is missing, or anything but a torn last line is damaged."""
    here = {(table, id) for table in ("answers", "submissions") for id in dict(record.table(table).stream())}
    damage = [damage for damage in record.damage if damage.what != UNFINISHED]
    missing = acknowledged - here
    if missing or record.lost or damage:
        sys.exit(f"{where}: {len(missing)} acknowledged documents are missing; {damage} {record.lost}")


def main() -> None:
    """Runs the proof; exit status 1 where something acknowledged is missing, or the copies differ at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--processes", type=int, default=1, help="on each machine")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    chance = random.Random(wanted.seed)
    acknowledged: set[tuple[str, str]] = set()
    merged = 0
    for number in range(wanted.rounds):
        known, came = one_round(folder, wanted.seed * 1000 + number, wanted.processes, 0.1 + chance.random() * 0.5)
        acknowledged |= known
        merged += came
    laptop, server = (opened(folder, device) for device in DEVICES)
    for record, other in ((laptop, server), (server, laptop), (laptop, server)):
        merge(record, [other.directory])
    for record, other in ((laptop, server), (server, laptop)):
        look(record, acknowledged, str(record.directory))
        if again := merge(record, [other.directory]).entries:
            sys.exit(f"{record.directory}: {again} entries arrive again and again")
    if laptop.storage.read() != server.storage.read():
        sys.exit(f"the copies in {folder} differ")
    laptop.close()
    server.close()
    for device in DEVICES:
        with opened(folder, device) as record:
            look(record, acknowledged, f"{device} in {folder}, opened again")
            for id in sorted(id for table, id in acknowledged if table == "submissions"):
                text: Mapping[str, Any] = record.table("submissions").get(doc_id=id) or {}
                if not str(text.get("text")).endswith(LONG):
                    sys.exit(f"{device} in {folder}: the text {id} is not complete")
    shutil.rmtree(folder)
    print(
        f"{wanted.rounds} rounds on two machines, {len(acknowledged)} acknowledged answers and texts, none missing;"
        f" {merged} entries merged on the way"
    )


if __name__ == "__main__":
    main()
