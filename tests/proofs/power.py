"""Cuts the power at random moments: only what was synced is certain, the rest is there, half there, or noise.

    python -m tests.proofs.power [--times 600] [--seed 1]

Every sync of a file or a folder is noted. At a random moment an image of the disk is made: of each file what was
synced, and of what was written since a random part, zeros, or nothing; of each folder the names that were synced, and
newer ones by chance. The record in the image must open and hold everything that was acknowledged before: its own
answers and those of another machine's record, which it merges on the way.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dev2cto.clock import SystemClock
from dev2cto.record.merge import merge
from dev2cto.record.opening import open_directory
from dev2cto.record.record import Record
from tests.support.unchecked import anything


class Disk:
    """What is certain to be on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contents: dict[int, bytes] = {}
        """What was synced of each file, by inode."""
        self.names: dict[Path, dict[str, int]] = {}
        """What was synced of each folder: inode by name."""
        self._sync = os.fsync
        os.fsync = self._note  # type: ignore[assignment]  # the proof is about this very call

    def _note(self, fd: int) -> None:
        self._sync(fd)
        path = Path(os.readlink(f"/proc/self/fd/{fd}"))
        if path.is_dir():
            self.names[path] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            self.contents[os.fstat(fd).st_ino] = os.pread(fd, os.fstat(fd).st_size, 0)

    def image(self, target: Path, chance: random.Random) -> None:
        """What a disk may hold after the power was cut now."""
        for folder in [self.root, *(path for path in self.root.rglob("*") if path.is_dir())]:
            copy = target / folder.relative_to(self.root)
            copy.mkdir(mode=0o700)
            certain = self.names.get(folder, {})
            now = {entry.name: entry.inode() for entry in os.scandir(folder) if entry.is_file()}
            for name in certain.keys() | now.keys():
                inode = certain.get(name)
                if inode is None or (name in now and chance.random() < 0.5):
                    inode = now.get(name, inode)
                if name not in certain and chance.random() < 0.5:
                    continue
                data = self._survives(folder / name, inode, chance)
                if data is not None:
                    (copy / name).write_bytes(data)

    def _survives(self, path: Path, inode: int | None, chance: random.Random) -> bytes | None:
        synced = self.contents.get(inode or 0)
        try:
            now = path.read_bytes() if path.stat().st_ino == inode else None
        except OSError:
            now = None
        if now is None or now == synced:
            return synced
        if synced is None or not now.startswith(synced):
            return chance.choice([now, synced, now[: chance.randrange(len(now) + 1)]])
        new = now[len(synced) :]
        cut = new[: chance.randrange(len(new) + 1)]
        return synced + chance.choice([b"", new, cut, bytes(len(cut)), cut + bytes(chance.randrange(600))])

    def forget(self) -> None:
        """Gives the call back."""
        os.fsync = self._sync


def learn_elsewhere(other: Record, chance: random.Random) -> set[str]:
    """What another machine answers meanwhile; some of it lies in a file of its own."""
    table = other.table(chance.choice(["answers", "answers", "submissions"]))
    return {table.insert({"text": "z" * chance.choice([20, 900, 90_000])}) for _ in range(chance.randrange(1, 4))}


def main() -> None:
    """Runs the proof; exit status 1 where something acknowledged is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    answers = cuts = merged = 0
    for run in range(wanted.times // 20 + 1):
        chance = random.Random(wanted.seed * 1_000_003 + run)
        root = folder / f"disk-{run}"
        root.mkdir(mode=0o700)
        disk = Disk(root)
        acknowledged: set[str] = set()
        elsewhere: set[str] = set()
        typed = ""
        other = open_directory(folder / f"other-{run}", clock=SystemClock(), device="laptop", check=anything)
        record = open_directory(root / "record", clock=SystemClock(), device="desk", check=anything)
        for step in range(60):
            acknowledged.add(record.table("answers").insert({"step": step, "text": "x" * chance.randrange(900)}))
            record.table("cards").put("q", {"step": step})
            record.put_draft("memo", "y" * chance.randrange(5000), step)
            if chance.random() < 0.4:
                record.save_live()
                draft = record.newest_draft("memo")
                typed = draft.text if draft else ""
            if chance.random() < 0.05:
                record.close()
                record = open_directory(root / "record", clock=SystemClock(), device="desk", check=anything)
                draft = record.newest_draft("memo")
                typed = draft.text if draft else ""
            if chance.random() < 0.3:
                elsewhere |= learn_elsewhere(other, chance)
            if chance.random() < 0.15:
                merged += merge(record, [other.directory]).entries
                acknowledged |= elsewhere
                if chance.random() < 0.5:
                    merge(other, [record.directory])
            if chance.random() < 0.34 and cuts < wanted.times:
                cuts += 1
                check(disk, folder / "image", chance, acknowledged, step, typed)
        record.save_and_close()
        other.save_and_close()
        disk.forget()
        answers += len(acknowledged)
        shutil.rmtree(root)
    shutil.rmtree(folder)
    print(f"{cuts} power cuts, {answers} acknowledged answers, {merged} of them merged, none missing")


def text_of(record: Record, id: str) -> str | None:
    """The complete text of an answer or a submission, or None if it is not there."""
    found: Mapping[str, Any] = (
        record.table("answers").get(doc_id=id) or record.table("submissions").get(doc_id=id) or {}
    )
    text = found.get("text")
    return text if isinstance(text, str) else None


def check(disk: Disk, image: Path, chance: random.Random, answers: set[str], step: int, typed: str) -> None:
    """Opens the record after one power cut; ends the program where something is missing."""
    image.mkdir()
    disk.image(image / "disk", chance)
    with open_directory(image / "disk" / "record", clock=SystemClock(), device="desk", check=anything) as record:
        texts = {id: text_of(record, id) for id in answers}
        missing = {id for id, text in texts.items() if text is None or len({*text}) > 1}
        card, draft = record.table("cards").get(doc_id="q"), record.newest_draft("memo")
        if missing or record.lost or record.readonly_reason:
            sys.exit(f"missing: {sorted(missing)} {record.lost} {record.readonly_reason} in {image}")
        if card is None or card["step"] < step:
            sys.exit(f"the card is {card}, acknowledged was step {step}; in {image}")
        if typed and (draft is None or draft.cursor < 0 or (draft.text != typed and not draft.text.startswith("y"))):
            sys.exit(f"the text saved last is missing in {image}")
    shutil.rmtree(image)


if __name__ == "__main__":
    main()
