"""Runs a program under supervisor.py, which lets nothing that descends from it outlive or outgrow its limits."""

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

HERE = Path(__file__).resolve().parent
KEPT_KB = 32
"""How much of the output is kept; what is printed beyond that is counted only."""
REPORT_KB = 2_048
FILE_MB = 128
"""The largest file that a program may write."""
GRACE = 8.0
"""Seconds beyond the limit after which a guard that does not answer is killed."""
PROMPT = 0.5
"""Seconds beyond the limit after which a guard that the program has stopped is told to go on."""


@dataclass(frozen=True, slots=True)
class SupervisedProgram:
    """What to run. Its environment is all there is, but for REPORT: the descriptor on which it may report."""

    command: tuple[str, ...]
    folder: Path
    """Where it starts."""
    environment: Mapping[str, str]
    scratch: Path
    """A folder that is removed at the end, even if this process is gone by then."""


def run_supervised(program: SupervisedProgram, limits: Limits, stop: threading.Event, follow: bool = False) -> Raw:
    """Run it to its end, a limit, or `stop`; afterwards no process of it is left.

    `follow` watches through ps, as on macOS, where Linux has better means.
    """
    return _Run(limits, stop, follow).run(program)


class _Run:
    """One run: feeds on three pipes until the guard has ended."""

    def __init__(self, limits: Limits, stop: threading.Event, follow: bool) -> None:
        self.limits, self.stop, self.follow = limits, stop, follow
        self.output, self.report, self.verdict = bytearray(), bytearray(), bytearray()
        self.printed = 0
        self.struck = ""

    def run(self, program: SupervisedProgram) -> Raw:
        """Start the guard and read what comes."""
        output, output_in = os.pipe()
        report, report_in = os.pipe()
        limits = {name: getattr(self.limits, name) for name in ("seconds", "memory_mb", "processes")}
        setup = {
            "command": program.command,
            "folder": str(program.folder),
            "environment": {**program.environment, "REPORT": str(report_in)},
            "scratch": str(program.scratch),
            "limits": {**limits, "file_mb": FILE_MB},
            "output": output_in,
            "report": report_in,
            "follow": self.follow,
        }
        began = time.monotonic()
        try:
            guard = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", str(HERE / "supervisor.py"), json.dumps(setup)],
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
                if self.struck or time.monotonic() > latest - GRACE + PROMPT:
                    guard.send_signal(signal.SIGCONT)
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
    guard.send_signal(signal.SIGCONT)
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
