"""Flips bits, cuts and overwrites journals of a real record at thousands of random places.

    python -m tests.proofs.flips [--times 5000] [--seed 1]

Half of the time the record's own backups are there: then nothing may be missing. Without them every line that is
intact, and every line in which a single bit has flipped, must be read, and the damage must be reported.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.journal.codec import decode_line
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.unchecked import anything

HURTS = ("flip", "flip", "two flips", "cut", "noise", "hole", "swap")


def opened(directory: Path) -> Record:
    """The record, as the program opens it."""
    return open_directory(directory, clock=SystemClock(), device="desk", check=anything)


def hurt(data: bytes, how: str, chance: random.Random) -> bytes:
    """A damaged copy of a journal."""
    bad, at = bytearray(data), chance.randrange(len(data))
    match how:
        case "flip":
            bad[at] ^= 1 << chance.randrange(8)
        case "two flips":
            for place in (at, chance.randrange(len(data))):
                bad[place] ^= 1 << chance.randrange(8)
        case "cut":
            del bad[at:]
        case "noise":
            bad[at : at + 40] = chance.randbytes(40)
        case "hole":
            bad[at : at + 512] = bytes(len(bad[at : at + 512]))
        case "swap":
            bad[at : at + 30] = bad[at : at + 30][::-1]
    return bytes(bad)


def main() -> None:
    """Runs the proof; exit status 1 where something is missing that should not be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance, folder = random.Random(wanted.seed), Path(tempfile.mkdtemp())
    with opened(folder / "whole") as record:
        for i in range(60):
            with record.batch():
                record.table("answers").insert({"i": i, "text": 'é"\n' * chance.randrange(60)})
                record.table("cards").put(f"q{i % 7}", {"i": i})
    data = (folder / "whole" / "desk.0.jsonl").read_bytes()
    count = {how: [0, 0] for how in HURTS}
    for number in range(wanted.times):
        how, backed_up = chance.choice(HURTS), number % 2 == 0
        bad = hurt(data, how, chance)
        shutil.copytree(folder / "whole", folder / "bad")
        (folder / "bad" / "desk.0.jsonl").write_bytes(bad)
        if not backed_up:
            shutil.rmtree(folder / "bad" / "backups")
        with opened(folder / "bad") as record:
            found = {doc["i"] for doc in record.table("answers").all()}
            intact = {doc["i"] for line in bad.split(b"\n") if (entry := decode_line(line)) for doc in puts(entry)}
            missing = set(range(60)) - found
            if missing and (backed_up or missing & intact or how == "flip"):
                sys.exit(f"{how}: answers {sorted(missing)} are missing in {folder}")
            if bad != data and not (record.damage or record.restored or record.lost or how == "cut"):
                sys.exit(f"{how}: damage was not reported in {folder}")
            count[how][0] += 1
            count[how][1] += len(missing)
        with opened(folder / "bad") as record:
            if {doc["i"] for doc in record.table("answers").all()} != found or record.damage:
                sys.exit(f"{how}: the second opening differs in {folder}")
        shutil.rmtree(folder / "bad")
    shutil.rmtree(folder)
    print(
        ", ".join(f"{how}: {times} times, {lost} answers lost without backups" for how, (times, lost) in count.items())
    )


def puts(entry: dict[str, Any]) -> list[dict[str, int]]:
    """The answers that a line puts."""
    return list(entry.get("p", {}).get("answers", {}).values())


if __name__ == "__main__":
    main()
