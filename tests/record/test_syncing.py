"""Tools that copy files (git, rsync) bring two machines' records together without conflicts and without loss."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.record.record import Record

if TYPE_CHECKING:
    from tests.record.conftest import HandClock, Opener

LEFT_OUT = ["backups", "damaged", "ballast", ".*"]
"""What is each machine's own business."""

DEVICES = ("laptop", "server")


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.all("answers").values())


def run(*command: str | Path, cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_merges_without_conflicts(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    """In every round both machines learn, one of them with the course open all the time, then both pull and push."""

    def git(device: str, *arguments: str) -> str:
        mail = ["-c", f"user.name={device}", "-c", f"user.email={device}@example.org"]
        return run("git", *mail, *arguments, cwd=tmp_path / device)

    run("git", "init", "--bare", "-b", "main", tmp_path / "hub")
    for device in DEVICES:
        run("git", "clone", "-q", tmp_path / "hub", tmp_path / device)
        (tmp_path / device / ".git" / "info" / "exclude").write_text("\n".join(LEFT_OUT))
    opened(tmp_path / "laptop", device="laptop").close()
    git("laptop", "add", ".")
    git("laptop", "commit", "-qm", "begin")
    git("laptop", "push", "-q", "-u", "origin", "HEAD:main")
    git("server", "pull", "-q", "origin", "main")
    server = opened(tmp_path / "server", device="server")
    for number in range(6):
        with opened(tmp_path / "laptop", device="laptop") as laptop:
            laptop.add("answers", {"i": 2 * number})
            laptop.put_draft("memo", f"laptop {number}", number)
        server.add("answers", {"i": 2 * number + 1})
        server.put_draft("memo", f"server {number}", number)
        server.save_live()
        clock.move(60)
        for device in ("laptop", "server", "laptop"):
            git(device, "add", ".")
            if git(device, "status", "--porcelain"):
                git(device, "commit", "-qm", f"round {number}")
            git(device, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
            git(device, "push", "-q", "origin", "HEAD:main")
    server.refresh()
    with opened(tmp_path / "laptop", device="laptop") as laptop:
        for record in (laptop, server):
            assert answers(record) == list(range(12))
            texts = {draft.text for draft in (record.newest_draft("memo"), *record.other_drafts("memo")) if draft}
            assert texts == {"laptop 5", "server 5"}
            assert not record.damage
            assert not record.lost


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync_in_both_directions(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    server = opened(tmp_path / "server", device="server")
    left_out = [f"--exclude={name}" for name in LEFT_OUT]
    for number in range(4):
        with opened(tmp_path / "laptop", device="laptop") as laptop:
            laptop.add("answers", {"i": 2 * number})
        server.add("answers", {"i": 2 * number + 1})
        clock.move(60)
        stamp = time.time() + number * 10
        for journal in (*(tmp_path / "laptop").glob("laptop.*"), *(tmp_path / "server").glob("server.*")):
            os.utime(journal, (stamp, stamp))
        for here, there in (DEVICES, DEVICES[::-1]):
            run("rsync", "-rtu", *left_out, f"{tmp_path / here}/", f"{tmp_path / there}/")
        server.refresh()
        assert answers(server) == list(range(2 * number + 2))
    assert answers(opened(tmp_path / "laptop", device="laptop", readonly=True)) == list(range(8))
    server.add("answers", {"i": 8})
    assert not server.lost
