"""Runs a code lab: check.py tests the learner's files in a process with enforced limits.

This program starts supervisor.py, which starts harness.py in a separate session; each documents what it enforces.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.labs.result import CLOSED, LabRun, Limits, Raw, summarize
from dev2cto.labs.safe_files import files_under, printable, resolve_inside
from dev2cto.labs.scratch import scratch_folder
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised

HERE = Path(__file__).resolve().parent
FLAGS = ("-s", "-S", "-P", "-B", "-X", "utf8")
"""No user site, no site packages, no script folder on sys.path, no .pyc files written, UTF-8 mode.

Not -I: it would ignore PYTHONHASHSEED. Nothing else of the user's environment gets there, see `environment`.
"""


async def run_lab(lab_folder: Path, workspace: Path, seed: int, limits: Limits) -> LabRun:
    """Run the lab's checks on the files in `workspace` (this exercise's folder) without blocking the event loop.

    On cancellation, everything it started is dead before CancelledError propagates.
    Raises LabError if check.py or the workspace cannot be used.
    """
    return await off_the_loop(lambda stop: run_lab_now(lab_folder, workspace, seed, limits, stop))


async def off_the_loop(run: Callable[[threading.Event], LabRun]) -> LabRun:
    """Call `run` in a thread; on cancellation, set the event passed to it and wait for it to return."""
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
    """As `run_lab`, but on this thread; setting `stop` ends it within a tenth of a second.

    `follow` tracks processes through ps, as on macOS, even on Linux. Raises LabError as `run_lab`.
    """
    check = resolve_inside(lab_folder, "check.py")
    if not check.is_file():
        raise LabError("This lab has no check.py.", "The course is incomplete; reinstall or download it again.")
    before = usable(workspace)
    setup = {"check": str(check.resolve())}
    raw = run_harness(setup, lab_folder, workspace, seed, limits, stop or threading.Event(), follow)
    return summarize(raw, seed, limits, notes_on(workspace, before))


def usable(workspace: Path) -> set[str]:
    """Return the files in the learner's folder. Raises LabError if labs cannot run in it or on this system."""
    if not workspace.is_dir():
        raise LabError(f"{workspace} is missing.", "Make a fresh copy of the lab.")
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
    """Run harness.py once with that setup in the learner's folder, under the supervisor.

    `scratch` is the folder for its other files; by default a new one, which is removed afterwards.
    """
    if scratch is None:
        with scratch_folder("lab") as new:
            return run_harness(setup, lab_folder, workspace, seed, limits, stop, follow, new)
    defaults = {"lab": str(HERE / "lab.py"), "check": "", "tests": [], "paths": []}
    complete = {**defaults, "memory_mb": limits.memory_mb, "closed": CLOSED, **setup}
    program = SupervisedProgram(
        command=(sys.executable, *FLAGS, str(HERE / "harness.py"), json.dumps(complete)),
        folder=workspace.resolve(),
        environment=environment(lab_folder.resolve(), workspace.resolve(), seed, scratch),
        scratch=scratch,
    )
    return run_supervised(program, limits, stop, follow)


def notes_on(workspace: Path, before: set[str]) -> tuple[str, ...]:
    """Return notes on the learner's folder: files that the run deleted, names that clash with the standard library."""
    return (*_deleted(before, workspace), *_shadowing(workspace))


def environment(lab_folder: Path, workspace: Path, seed: int, scratch: Path) -> dict[str, str]:
    """Return the lab's complete environment: no secrets, none of the user's Python settings, `scratch` as home."""
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
    return [f"Your program deleted {names} from your folder. To restore starter files, make a fresh copy of the lab."]


def _shadowing(workspace: Path) -> list[str]:
    names = {path.name.removesuffix(".py") for path in workspace.glob("*") if path.suffix == ".py" or path.is_dir()}
    return [
        f"{name} in your folder has the same name as a module of Python's standard library, and `import {name}` "
        "imports that one. Rename yours."
        for name in sorted(names & (sys.stdlib_module_names | {"lab"}))
        if (workspace / f"{name}.py").is_file() or (workspace / name / "__init__.py").is_file()
    ]
