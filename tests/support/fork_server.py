"""Programs in terminals without a Python started for each: a server that has imported dev2cto forks itself.

What it forks has a process, session, terminal and environment of its own, as one that was started; only what is
imported was so before. Run as a program, this file is the server.
"""

from __future__ import annotations

import json
import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

PROGRAM = (sys.executable, "-m", "dev2cto")
AT_IMPORT = ("PYTHON", "TEXTUAL", "LC_", "LANG", "TERM_PROGRAM", "COLORTERM", "NO_COLOR")
"""Beginnings of the names of variables that count while Python starts or modules are imported."""
PRELOADED = (
    "dev2cto.cli.launcher", "dev2cto.plain.main", "dev2cto.tui.app", "dev2cto.tui.screens.home",
    "dev2cto.tui.screens.quiz", "dev2cto.tui.screens.reading", "textual.drivers.linux_driver",
)  # fmt: skip


class ForkServer:
    """A server for programs with an environment like that one, as far as it counts at the start."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                env=dict(environment),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self._answers = self._ours.makefile()

    def start(self, words: Sequence[str], environment: Mapping[str, str], terminal: str) -> int:
        """Start `dev2cto` with these arguments in the terminal of that name; returns the process."""
        pid: int = self._ask({"words": list(words), "environment": dict(environment), "terminal": terminal})
        return pid

    def ended(self, pid: int) -> int | None:
        """The status with which that process ended, as os.waitpid gives it; None while it runs."""
        status: int | None = self._ask({"pid": pid})
        return status

    def _ask(self, request: dict[str, Any]) -> Any:
        self._ours.sendall(json.dumps(request | {"folder": os.getcwd()}).encode() + b"\n")
        answer = self._answers.readline()
        assert answer, "the fork server has ended"
        return json.loads(answer)

    def close(self) -> None:
        """End the server, not what it started."""
        self._answers.close()
        self._ours.close()
        self._process.wait()


_servers: dict[tuple[tuple[str, str], ...], ForkServer] = {}


def server_for(words: Sequence[str], environment: Mapping[str, str]) -> ForkServer | None:
    """This process's server for that command; None for other programs, and where another Python would be started."""
    if tuple(words[: len(PROGRAM)]) != PROGRAM or not hasattr(os, "fork"):
        return None
    counts = tuple(sorted((name, value) for name, value in environment.items() if name.startswith(AT_IMPORT)))
    if counts not in _servers:
        if _servers:
            return None  # seldom enough that a start takes less than a server
        _servers[counts] = ForkServer(environment)
    return _servers[counts]


def close_all() -> None:
    """End this process's servers."""
    while _servers:
        _servers.popitem()[1].close()


def serve(connection: socket.socket) -> dict[str, Any] | None:
    """Answer requests until the other side has gone; in each process that is forked, return what asked for it."""
    requests = connection.makefile()
    for line in requests:
        request = json.loads(line)
        if "pid" in request:
            pid, status = os.waitpid(request["pid"], os.WNOHANG)
            answer: int | None = status if pid else None
        else:
            assert threading.active_count() == 1, "a fork beside threads may hang"
            answer = os.fork()
            if not answer:
                return dict(request)
        connection.sendall(json.dumps(answer).encode() + b"\n")
    return None


def become(request: dict[str, Any]) -> None:
    """Make this forked process what a started one is: session, terminal, environment, arguments."""
    os.setsid()
    terminal = os.open(request["terminal"], os.O_RDWR)  # the terminal of the new session
    for fd in range(3):
        os.dup2(terminal, fd)
    os.closerange(3, 64)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    for fd, name in enumerate(("stdin", "stdout", "stderr")):
        before = getattr(sys, name)
        stream = open(fd, "w" if fd else "r", encoding=before.encoding, errors=before.errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.path.insert(0, request["folder"])
    sys.argv = ["", *request["words"][len(PROGRAM) :]]


if __name__ == "__main__":
    import gc

    gc.disable()
    for module in PRELOADED:
        __import__(module)
    gc.freeze()
    gc.enable()
    asked = serve(socket.socket(fileno=int(sys.argv[1])))
    if asked is not None:
        become(asked)
        runpy.run_module("dev2cto", run_name="__main__", alter_sys=True)
