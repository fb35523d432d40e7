"""Runs a code lab: the learner's files against check.py, in a process that cannot outlive or outgrow its limits.

The program starts guard.py, which starts harness.py in a session of its own; see there what each enforces.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.exercises.files import contained, files_under, harmless
from dev2cto.exercises.guarded import Program, run_guarded
from dev2cto.exercises.labrun import CLOSED, LabRun, Limits, judge

HERE = Path(__file__).resolve().parent
FLAGS = ("-s", "-S", "-P", "-B", "-X", "utf8")
"""No site packages, no user's packages, no folder of the script on the path, no .pyc beside the course."""


async def run_lab(lab_folder: Path, workspace: Path, seed: int, limits: Limits) -> LabRun:
    """Run the lab's checks on the files in `workspace` (the folder of this exercise), off the event loop.

    When it is cancelled, everything that it started is dead before CancelledError goes on.
    Raises LabError where check.py or the workspace cannot be used.
    """
    stop = threading.Event()
    run = asyncio.ensure_future(asyncio.to_thread(run_lab_now, lab_folder, workspace, seed, limits, stop))
    try:
        return await asyncio.shield(run)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait((run,))
        raise


def run_lab_now(
    lab_folder: Path,
    workspace: Path,
    seed: int,
    limits: Limits,
    stop: threading.Event | None = None,
    follow: bool = False,
) -> LabRun:
    """The same, on this thread; setting `stop` ends it within a tenth of a second. Raises LabError as `run_lab`.

    `follow` watches through ps, as on macOS, where Linux has better means.
    """
    check = contained(lab_folder, "check.py")
    if not check.is_file():
        raise LabError("This lab has no check.py.", "The course is not complete; install or fetch it again.")
    if not workspace.is_dir():
        raise LabError(f"{workspace} is missing.", "Lay the lab out again: a fresh copy goes there.")
    if os.name != "posix" or not sys.executable:
        raise LabError("Labs run on Linux and macOS only.")
    before = set(files_under(workspace))
    scratch = Path(tempfile.mkdtemp(prefix="dev2cto-lab-")).resolve()
    setup = {
        "lab": str(HERE / "lab.py"),
        "check": str(check.resolve()),
        "memory_mb": limits.memory_mb,
        "closed": CLOSED,
    }
    program = Program(
        command=(sys.executable, *FLAGS, str(HERE / "harness.py"), json.dumps(setup)),
        folder=workspace.resolve(),
        environment=environment(lab_folder.resolve(), workspace.resolve(), seed, scratch),
        scratch=scratch,
    )
    try:
        raw = run_guarded(program, limits, stop or threading.Event(), follow)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return judge(raw, seed, limits, (*_deleted(before, workspace), *_shadowing(workspace)))


def environment(lab_folder: Path, workspace: Path, seed: int, scratch: Path) -> dict[str, str]:
    """All that the learner's process knows of ours: no secrets, nothing of the user's Python, a home of its own."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
        "LAB_SEED": str(seed),
        "LAB_FOLDER": str(workspace),
        "LAB_DATA": str(lab_folder / "data"),
    }


def _deleted(before: set[str], workspace: Path) -> list[str]:
    gone = sorted(before - set(files_under(workspace)))
    if not gone:
        return []
    names = ", ".join(harmless(name) for name in gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
    return [f"Your program deleted {names} from your folder. A fresh copy of the lab brings the starter files back."]


def _shadowing(workspace: Path) -> list[str]:
    names = {path.name.removesuffix(".py") for path in workspace.glob("*") if path.suffix == ".py" or path.is_dir()}
    return [
        f"{name} in your folder has the name of a module of Python itself, and `import {name}` gives that one. "
        "Rename yours."
        for name in sorted(names & (sys.stdlib_module_names | {"lab"}))
        if (workspace / f"{name}.py").is_file() or (workspace / name / "__init__.py").is_file()
    ]
