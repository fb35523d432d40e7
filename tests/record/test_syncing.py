"""Tools that copy files (git, rsync) bring two machines' records together without conflicts and without loss."""

from __future__ import annotations

import itertools
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

ROOT = Path(__file__).parent.parent.parent
DEVICES = ("laptop", "server")


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


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
            laptop.table("answers").insert({"i": 2 * number})
            laptop.put_draft("memo", f"laptop {number}", number)
        server.table("answers").insert({"i": 2 * number + 1})
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


def recipe(about: str) -> list[str]:
    """The commands that the README gives under a comment that begins with this word."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    _, _, after = text.partition(f"    # {about}")
    lines = itertools.takewhile(lambda line: line.startswith("    "), after.splitlines()[1:])
    return [line.strip() for line in lines]


def shell(command: str, cwd: Path, **env: str) -> None:
    """Runs a line as a learner types it; git has a name for the learner."""
    who = {f"GIT_{role}_{part}": f"{cwd.name}@x" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    subprocess.run(["bash", "-c", command], cwd=cwd, check=True, capture_output=True, env={**os.environ, **who, **env})


def learn(opened: Opener, folder: Path, number: int) -> None:
    """One sitting on one machine, which finds nothing to repair."""
    with opened(folder, device=folder.name) as record:
        record.table("answers").insert({"i": number})
        record.put_draft("memo", f"{folder.name} {number}", number)
        assert not record.damage
        assert not record.restored
        assert not record.lost


def texts(record: Record) -> set[str]:
    """All versions of the draft."""
    return {draft.text for draft in (record.newest_draft("memo"), *record.other_drafts("memo")) if draft}


@pytest.mark.parametrize("autocrlf", ["false", "true"])
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_git_recipe_of_the_readme(autocrlf: str, tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    ignore, attributes, commit, pull_and_push = recipe("git")
    shell(f"git init -q --bare -b main {tmp_path / 'hub'}", tmp_path)
    laptop, server = tmp_path / "laptop", tmp_path / "server"
    for number, folder in enumerate((laptop, server)):
        learn(opened, folder, number)
        shell(f"git init -q -b main && git remote add hub {tmp_path / 'hub'} && {ignore}", folder)
        shell(f"git config core.autocrlf {autocrlf}; {attributes}", folder)
        shell(commit, folder)
        clock.move(60)
    shell("git push -q hub main", laptop)
    shell("git pull -q --no-rebase --no-edit --allow-unrelated-histories hub main && git push -q hub main", server)
    for number in range(2, 8):
        folder = (laptop, server)[number % 2]
        learn(opened, folder, number)
        clock.move(60)
        shell(f"{commit} && {pull_and_push}", folder)
    shell(pull_and_push, laptop)
    for folder in (laptop, server):
        assert answers(opened(folder, device=folder.name)) == list(range(8))
    tracked = run("git", "ls-files", cwd=laptop).split()
    assert not any(b"\r" in path.read_bytes() for path in tmp_path.glob("*/*.jsonl"))
    assert tracked == [".gitattributes", ".gitignore", "laptop.0.jsonl", "server.0.jsonl"]


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_the_rsync_recipe_of_the_readme(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    """Both machines learn between two syncs: what lies here of the other machine is older than what it has."""
    (copy,) = recipe("rsync")
    for number in range(4):
        for part, device in enumerate(DEVICES):
            learn(opened, tmp_path / device, 2 * number + part)
        clock.move(60)
        written_at(tmp_path, number * 10)
        for here, there in (DEVICES, DEVICES[::-1]):
            shell(copy.replace("server:.local/share/dev2cto/learner/", f"{tmp_path / there}/"), tmp_path / here)
    for device in DEVICES:
        record = opened(tmp_path / device, device=device)
        assert answers(record) == list(range(8))
        assert texts(record) == {"laptop 6", "server 7"}
        assert not record.restored


def written_at(folder: Path, seconds: int) -> None:
    """Sets the times of what each machine wrote itself, so that no test has to wait for another second."""
    stamp = time.time() + seconds
    for device in DEVICES:
        for journal in (folder / device).glob(f"*{device}.*jsonl"):
            os.utime(journal, (stamp, stamp))


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_rsync_while_the_course_is_open(tmp_path: Path, opened: Opener, clock: HandClock) -> None:
    (copy,) = recipe("rsync")
    server = opened(tmp_path / "server", device="server")
    for number in range(4):
        learn(opened, tmp_path / "laptop", 2 * number)
        server.table("answers").insert({"i": 2 * number + 1})
        clock.move(60)
        written_at(tmp_path, number * 10)
        for here, there in (DEVICES, DEVICES[::-1]):
            shell(copy.replace("server:.local/share/dev2cto/learner/", f"{tmp_path / there}/"), tmp_path / here)
        server.refresh()
        assert answers(server) == list(range(2 * number + 2))
    assert answers(opened(tmp_path / "laptop", device="laptop", readonly=True)) == list(range(8))
    server.table("answers").insert({"i": 8})
    assert not server.lost
