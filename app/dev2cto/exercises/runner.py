"""Runs a code lab: the learner's files against check.py, in a process that cannot outlive or outgrow its limits.

The program starts guard.py, which starts harness.py in a session of its own; see there what each enforces. Here the
output and the report are read and turned into words for the learner.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

from dev2cto.errors import LabError
from dev2cto.exercises.files import contained, files_under, harmless
from dev2cto.exercises.labrun import CLOSED, LabRun, Limits, Raw, judge

HERE = Path(__file__).resolve().parent
FILE_MB = 128
"""The largest file that a lab may write."""
KEPT_KB = 32
"""How much of the output is kept; what is printed beyond that is counted only."""
REPORT_KB = 2_048
GRACE = 8.0
"""Seconds beyond the limit after which a guard that does not answer is killed."""
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
    scratch = Path(tempfile.mkdtemp(prefix="dev2cto-lab-"))
    try:
        run = _Run(limits, stop or threading.Event(), follow)
        raw = run.run(lab_folder.resolve(), check.resolve(), workspace.resolve(), seed, scratch.resolve())
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


class _Run:
    """One run: feeds on three pipes until the guard has ended."""

    def __init__(self, limits: Limits, stop: threading.Event, follow: bool) -> None:
        self.limits, self.stop, self.follow = limits, stop, follow
        self.output, self.report, self.verdict = bytearray(), bytearray(), bytearray()
        self.printed = 0
        self.struck = ""

    def run(self, lab_folder: Path, check: Path, workspace: Path, seed: int, scratch: Path) -> Raw:
        """Run to the end; afterwards no process of it is left."""
        output, output_in = os.pipe()
        report, report_in = os.pipe()
        limits = {name: getattr(self.limits, name) for name in ("seconds", "memory_mb", "processes")}
        harness = {
            "lab": str(HERE / "lab.py"),
            "check": str(check),
            "report": report_in,
            "closed": CLOSED,
            "limits": {**limits, "file_mb": FILE_MB},
        }
        setup = {
            "command": [sys.executable, *FLAGS, str(HERE / "harness.py"), json.dumps(harness)],
            "folder": str(workspace),
            "environment": environment(lab_folder, workspace, seed, scratch),
            "limits": limits,
            "output": output_in,
            "report": report_in,
            "follow": self.follow,
        }
        began = time.monotonic()
        try:
            guard = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", str(HERE / "guard.py"), json.dumps(setup)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(output_in, report_in),
                start_new_session=True,
            )
        finally:
            os.close(output_in)
            os.close(report_in)
        try:
            self.read(guard, output, report, began + self.limits.seconds + GRACE)
        finally:
            _dismiss(guard)
            os.close(output)
            os.close(report)
        if not self.verdict:
            _end_group(bytes(self.report))
        verdict = json.loads(self.verdict or b"{}")
        seconds = time.monotonic() - began
        return Raw(bytes(self.report), verdict, self.struck, bytes(self.output), self.printed, seconds)

    def read(self, guard: subprocess.Popen[bytes], output: int, report: int, latest: float) -> None:
        """Take in what comes until the guard closes its pipe, or until `latest`."""
        assert guard.stdin is not None
        assert guard.stdout is not None
        verdict = guard.stdout.fileno()
        with DefaultSelector() as selector:
            for fd in (output, report, verdict):
                os.set_blocking(fd, False)
                selector.register(fd, EVENT_READ)
            while verdict in selector.get_map() and time.monotonic() < latest:
                if self.stop.is_set() and not self.struck:
                    self.struck = "cancelled"
                if self.struck and not guard.stdin.closed:
                    guard.stdin.close()  # the guard sees it and ends everything
                for key, _ in selector.select(0.05):
                    if not self.take(key.fd, output, report):
                        selector.unregister(key.fd)
            for fd in (output, report):  # what still lies in the pipes
                for _ in range(32):
                    if fd not in selector.get_map() or not self.take(fd, output, report):
                        break

    def take(self, fd: int, output: int, report: int) -> bool:
        """Read once; False at the end of the pipe, or where nothing is there."""
        try:
            data = os.read(fd, 65_536)
        except BlockingIOError:
            return False
        sink, most = {output: (self.output, KEPT_KB), report: (self.report, REPORT_KB)}.get(fd, (self.verdict, 64))
        sink += data[: max(most * 1024 - len(sink), 0)]
        if fd == output:
            self.printed += len(data)
            if self.printed > self.limits.output_kb * 1024 and not self.struck:
                self.struck = "output"
        return bool(data)


def _dismiss(guard: subprocess.Popen[bytes]) -> None:
    """Let the guard end what is left, whatever brought us here, and kill it only if it hangs."""
    assert guard.stdin is not None
    assert guard.stdout is not None
    guard.stdin.close()
    try:
        guard.wait(GRACE)
    except subprocess.TimeoutExpired:
        guard.kill()
        guard.wait()
    guard.stdout.close()


def _end_group(report: bytes) -> None:
    """The guard itself was killed: end the lab's own process group at least; its first event names it."""
    try:
        pid = json.loads(report.split(b"\n")[0])["pid"]
        if isinstance(pid, int) and pid > 1:
            os.killpg(pid, signal.SIGKILL)
    except (ValueError, KeyError, TypeError, ProcessLookupError, PermissionError):
        return


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
