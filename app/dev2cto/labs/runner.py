"""Runs a code lab: the learner's files against check.py, in a process that cannot outlive or outgrow its limits.

The program starts supervisor.py, which starts harness.py in a session of its own; see there what each enforces.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.result import CLOSED, LabRun, Limits, Raw, summarize
from dev2cto.labs.safe_files import files_under, printable, resolve_inside
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised

HERE = Path(__file__).resolve().parent
FLAGS = ("-s", "-S", "-P", "-B", "-X", "utf8")
"""No site packages, no user's packages, no folder of the script on the path, no .pyc beside the course."""


async def run_lab(lab_folder: Path, workspace: Path, seed: int, limits: Limits) -> LabRun:
    """Run the lab's checks on the files in `workspace` (the folder of this exercise), off the event loop.

    When it is cancelled, everything that it started is dead before CancelledError goes on.
    Raises LabError where check.py or the workspace cannot be used.
    """
    return await off_the_loop(lambda stop: run_lab_now(lab_folder, workspace, seed, limits, stop))


async def off_the_loop(run: Callable[[threading.Event], LabRun]) -> LabRun:
    """Run that in a thread; when this is cancelled, set the event that it is given and wait for it to end."""
    stop = threading.Event()
    running = asyncio.ensure_future(asyncio.to_thread(run, stop))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait((running,))
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
    check = resolve_inside(lab_folder, "check.py")
    if not check.is_file():
        raise LabError("This lab has no check.py.", "The course is not complete; install or fetch it again.")
    before = usable(workspace)
    setup = {"check": str(check.resolve())}
    raw = run_harness(setup, lab_folder, workspace, seed, limits, stop or threading.Event(), follow)
    return summarize(raw, seed, limits, notes_on(workspace, before))


def usable(workspace: Path) -> set[str]:
    """The files in the learner's folder. Raises LabError where it cannot be run in."""
    if not workspace.is_dir():
        raise LabError(f"{workspace} is missing.", "Lay the lab out again: a fresh copy goes there.")
    if os.name != "posix" or not sys.executable:
        raise LabError("Labs run on Linux and macOS only.")
    return set(files_under(workspace))


def run_harness(
    setup: Mapping[str, object],
    lab_folder: Path,
    workspace: Path,
    seed: int,
    limits: Limits,
    stop: threading.Event,
    follow: bool = False,
    scratch: Path | None = None,
) -> Raw:
    """One guarded run of harness.py with that setup, in the learner's folder.

    `scratch` is a folder for what it writes elsewhere, a new one where none is given; it is removed afterwards.
    """
    scratch = scratch or new_scratch()
    known = {"lab": str(HERE / "lab.py"), "check": "", "tests": [], "paths": []}
    whole = {**known, "memory_mb": limits.memory_mb, "closed": CLOSED, **setup}
    program = SupervisedProgram(
        command=(sys.executable, *FLAGS, str(HERE / "harness.py"), json.dumps(whole)),
        folder=workspace.resolve(),
        environment=environment(lab_folder.resolve(), workspace.resolve(), seed, scratch),
        scratch=scratch,
    )
    try:
        return run_supervised(program, limits, stop, follow)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def new_scratch() -> Path:
    """A folder for one run."""
    return Path(tempfile.mkdtemp(prefix="dev2cto-lab-")).resolve()


def notes_on(workspace: Path, before: set[str]) -> tuple[str, ...]:
    """What the learner should know of the folder: files that are gone, names that hide modules."""
    return (*_deleted(before, workspace), *_shadowing(workspace))


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
    names = ", ".join(printable(name) for name in gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
    return [f"Your program deleted {names} from your folder. A fresh copy of the lab brings the starter files back."]


def _shadowing(workspace: Path) -> list[str]:
    names = {path.name.removesuffix(".py") for path in workspace.glob("*") if path.suffix == ".py" or path.is_dir()}
    return [
        f"{name} in your folder has the name of a module of Python itself, and `import {name}` gives that one. "
        "Rename yours."
        for name in sorted(names & (sys.stdlib_module_names | {"lab"}))
        if (workspace / f"{name}.py").is_file() or (workspace / name / "__init__.py").is_file()
    ]
