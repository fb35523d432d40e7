"""Runs a program under supervisor.py, which enforces limits on it and all its descendants."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

from dev2cto.labs.result import Limits, Raw

START = """
import json, sys
sys.path.append(sys.argv[1])
from dev2cto.labs.supervisor import main
main(json.loads(sys.argv[2]))
"""
PACKAGE = Path(__file__).resolve().parents[2]
"""The folder from which this package is imported, for an interpreter that sees nothing but the standard library."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
"""The supervisor's; a lab can read it on some systems."""
KEPT_KB = 32
"""How much of the output is kept; the rest is only counted."""
REPORT_KB = 2_048
FILE_MB = 128
"""The largest file that a program may write."""
DISK_MB = 256
"""The most that it may add to its folders, and keep in deleted files, together."""
GRACE = 8.0
"""Seconds beyond the time limit after which an unresponsive supervisor is killed."""
PROMPT = 0.5
"""Seconds beyond the time limit after which SIGCONT is sent, in case the program has stopped the supervisor."""


@dataclass(frozen=True, slots=True)
class SupervisedProgram:
    """What to run."""

    command: tuple[str, ...]
    folder: Path
    """Its working directory."""
    environment: Mapping[str, str]
    """The complete environment, except for REPORT, which is added: the file descriptor for the report."""
    scratch: Path
    """A folder that the supervisor removes if this process dies; the caller removes it otherwise."""


def run_supervised(program: SupervisedProgram, limits: Limits, stop: threading.Event, follow: bool = False) -> Raw:
    """Run the program until it ends, exceeds a limit, or `stop` is set; afterwards none of its processes is left.

    `follow` tracks processes through ps, as on macOS, even on Linux.
    """
    return _Run(limits, stop, follow).run(program)


class _Run:
    """One run: reads output, report and verdict from three pipes until the supervisor has ended."""

    def __init__(self, limits: Limits, stop: threading.Event, follow: bool) -> None:
        self.limits, self.stop, self.follow = limits, stop, follow
        self.output, self.report, self.verdict = bytearray(), bytearray(), bytearray()
        self.printed = 0
        self.struck = ""

    def run(self, program: SupervisedProgram) -> Raw:
        """Start the supervisor and read until it ends."""
        output, output_in = os.pipe()
        report, report_in = os.pipe()
        limits = {name: getattr(self.limits, name) for name in ("seconds", "memory_mb", "processes")}
        setup = {
            "command": program.command,
            "folder": str(program.folder),
            "environment": {**program.environment, "REPORT": str(report_in)},
            "scratch": str(program.scratch),
            "limits": {**limits, "file_mb": FILE_MB, "disk_mb": DISK_MB},
            "output": output_in,
            "report": report_in,
            "follow": self.follow,
        }
        began = time.monotonic()
        try:
            supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-c", START, str(PACKAGE), json.dumps(setup)],
                env=ENVIRONMENT,
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
            self.read(supervisor, output, report, began + self.limits.seconds + GRACE)
        finally:
            _dismiss(supervisor)
            os.close(output)
            os.close(report)
        if not self.verdict:
            _end_group(bytes(self.report))
        verdict = json.loads(self.verdict or b"{}")
        seconds = time.monotonic() - began
        return Raw(bytes(self.report), verdict, self.struck, bytes(self.output), self.printed, seconds)

    def read(self, supervisor: subprocess.Popen[bytes], output: int, report: int, latest: float) -> None:
        """Read the pipes until the supervisor closes its own, or until the monotonic time `latest`."""
        assert supervisor.stdin is not None
        assert supervisor.stdout is not None
        verdict = supervisor.stdout.fileno()
        with DefaultSelector() as selector:
            for fd in (output, report, verdict):
                selector.register(fd, EVENT_READ)
            while verdict in selector.get_map() and time.monotonic() < latest:
                if self.stop.is_set() and not self.struck:
                    self.struck = "cancelled"
                if self.struck and not supervisor.stdin.closed:
                    supervisor.stdin.close()  # makes the supervisor kill everything
                if self.struck or time.monotonic() > latest - GRACE + PROMPT:
                    _signal(supervisor, signal.SIGCONT)
                for key, _ in selector.select(0.05):
                    if not self.take(key.fd, output, report):
                        selector.unregister(key.fd)

    def take(self, fd: int, output: int, report: int) -> bool:
        """Read all that a pipe holds now. Return False at its end."""
        data = os.read(fd, 65_536)
        sink, most = {output: (self.output, KEPT_KB), report: (self.report, REPORT_KB)}.get(fd, (self.verdict, 64))
        sink += data[: max(most * 1024 - len(sink), 0)]
        if fd == output:
            self.printed += len(data)
            if self.printed > self.limits.output_kb * 1024 and not self.struck:
                self.struck = "output"
        return bool(data)


def _dismiss(supervisor: subprocess.Popen[bytes]) -> None:
    """Let the supervisor kill all processes and end; if it hangs, have its guard do so; kill both only as the last."""
    assert supervisor.stdin is not None
    assert supervisor.stdout is not None
    supervisor.stdin.close()
    for end in (supervisor.terminate, lambda: _signal(supervisor, signal.SIGKILL)):
        try:
            supervisor.wait(GRACE)
            break
        except subprocess.TimeoutExpired:
            end()
    supervisor.wait()
    supervisor.stdout.close()


def _signal(supervisor: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to the supervisor and its guard, which is the process that was started."""
    if supervisor.poll() is None:
        os.killpg(supervisor.pid, number)


def _end_group(report: bytes) -> None:
    """Kill at least the lab's process group after the supervisor was killed; the report's first event has its id."""
    try:
        pid = json.loads(report.split(b"\n")[0])["pid"]
        if isinstance(pid, int) and pid > 1:
            os.killpg(pid, signal.SIGKILL)
    except (ValueError, KeyError, TypeError, ProcessLookupError, PermissionError):
        return
