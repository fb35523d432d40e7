"""Supervises a lab's process and all its descendants, and leaves none of them alive.

Started by path as a separate process between the program and the lab, so that the lab cannot outlive the program
however the program ends: when this process's stdin closes, all its descendants are killed.

On Linux it becomes the subreaper: a process that daemonises becomes its child instead of escaping, and the run is over
exactly when no child is left. Elsewhere (macOS) it tracks descendants through ps by parent and process group; one that
daemonises between two polls (0.1 s) may escape, and then only its CPU limit ends it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import runpy
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024
LANDLOCK = os.path.join(os.path.dirname(os.path.abspath(__file__)), "landlock.py")
restrict_writes = runpy.run_path(LANDLOCK)["restrict_writes"]
KILLING = 5.0
"""Seconds after which it gives up on processes that cannot be killed (uninterruptible sleep)."""


def prctl(option: int, value: int) -> bool:
    """Call Linux's prctl. Return whether it succeeded; False elsewhere."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


@dataclass
class ProcProcessTree:
    """The descendants of a subreaper, read from /proc."""

    every: float = 0.004
    """Seconds between polls."""

    def look(self, most: int = sys.maxsize) -> dict[int, int]:
        """Return resident KB by pid of this process's descendants; stops at `most` + 1 living ones.

        A process that has ended but is not yet reaped has 0 KB.
        """
        found: dict[int, int] = {}
        living = 0
        todo = self.children(os.getpid())
        while todo and living <= most:
            pid = todo.pop()
            if pid not in found:
                found[pid] = self.resident(pid)
                living += found[pid] > 0
                todo += self.children(pid)
        return found

    def kill(self) -> None:
        """Kill all current descendants: direct children first, then those below them.

        A fork bomb that daemonises adds direct children and keeps forking during a full scan; one read finds them.
        """
        killed = set(self.children(os.getpid()))
        for pid in killed:
            kill_process(pid)
        below = [child for pid in killed for child in self.children(pid)]
        while below:
            pid = below.pop()
            if pid not in killed:
                killed.add(pid)
                below += self.children(pid)
                kill_process(pid)

    @staticmethod
    def children(pid: int) -> list[int]:
        """Return the children of all threads of that process."""
        found: list[int] = []
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/children") as file:
                    found += map(int, file.read().split())
        return found

    @staticmethod
    def resident(pid: int) -> int:
        """Return the resident memory of that process in KB; 0 if it has ended."""
        try:
            with open(f"/proc/{pid}/statm") as file:
                return int(file.read().split()[1]) * PAGE_KB
        except (OSError, ValueError, IndexError):
            return 0

    def memory_kb(self, look: dict[int, int]) -> int:
        """Return their total memory in KB; pages shared by forks are counted once (PSS) if the kernel reports it."""
        total = 0
        for pid in look:
            with contextlib.suppress(OSError, ValueError, IndexError), open(f"/proc/{pid}/smaps_rollup") as file:
                total += int(file.read().partition("\nPss:")[2].split()[0])
        return total or sum(look.values())

    def gone(self) -> bool:
        """Reap processes that have ended. Return whether no descendant is left."""
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return True
        return False


@dataclass
class PsProcessTree(ProcProcessTree):
    """The descendants without /proc or a subreaper: found through ps by parent, or by a process group seen before."""

    every: float = 0.1
    groups: set[int] = field(default_factory=set)
    quiet: int = 0
    """Number of consecutive polls that found no process."""

    def look(self, most: int = sys.maxsize) -> dict[int, int]:
        """Return resident KB by pid of the living processes known to descend from this one."""
        columns = ["pid=", "ppid=", "pgid=", "rss="]
        with subprocess.Popen(["ps", "-axo", ",".join(columns)], stdout=subprocess.PIPE, text=True) as ps:
            rows = [line.split() for line in ps.communicate()[0].splitlines()]
        table = {int(r[0]): (int(r[1]), int(r[2]), int(r[3])) for r in rows if len(r) == 4}
        mine, found = {os.getpid()}, dict[int, int]()
        table = {pid: row for pid, row in table.items() if pid not in (os.getpid(), ps.pid)}
        while True:
            more = {
                pid: kb
                for pid, (parent, group, kb) in table.items()
                if pid not in found and (parent in mine or group in self.groups)
            }
            if not more:
                break
            found |= more
            mine |= set(more)
            self.groups |= {table[pid][1] for pid in more} - {os.getpgid(0)}
        self.quiet = 0 if found else self.quiet + 1
        return found

    def kill(self) -> None:
        """Kill all current descendants."""
        for pid in self.look():
            kill_process(pid)

    def gone(self) -> bool:
        """Reap processes that have ended. Return whether two consecutive polls found none."""
        super().gone()
        return self.quiet >= 2


def watch(lab: subprocess.Popen[bytes], watched: ProcProcessTree, limits: dict[str, float]) -> dict[str, Any]:
    """Wait for the lab to end. Return `{"ended": exit code}`, or the limit that was exceeded and the value reached."""
    deadline = time.monotonic() + limits["seconds"]
    most_kb = limits["memory_mb"] * 1024
    while True:
        for _ in range(1000):  # bounded, since orphans may end faster than they can be reaped
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == lab.pid:
                return {"ended": os.waitstatus_to_exitcode(status)}
            if pid == 0:
                break
        if time.monotonic() > deadline:
            return {"limit": "seconds"}
        look = watched.look(int(limits["processes"]))
        living = sum(kb > 0 for kb in look.values())
        if living > limits["processes"]:
            return {"limit": "processes", "reached": living}
        if sum(look.values()) > most_kb and (used := watched.memory_kb(look)) > most_kb:
            return {"limit": "memory", "reached": used // 1024}
        if select.select([0], [], [], watched.every)[0] and not os.read(0, 1024):
            return {"limit": "cancelled"}


def kill_descendants(watched: ProcProcessTree) -> tuple[int, int]:
    """Kill all descendants until none is left or `KILLING` seconds have passed.

    Return how many were alive at first, and how many are left.
    """
    until = time.monotonic() + KILLING
    living = sum(kb > 0 for kb in watched.look(100).values())
    while not watched.gone():
        if time.monotonic() > until:
            return living, len(watched.look(100))
        watched.kill()
    return living, 0


def kill_process(pid: int) -> None:
    """Kill that process, if it still exists."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def prepare(existing: int, limits: dict[str, float], writable: list[str]) -> None:
    """Run in the child before exec: die with the supervisor, and set the kernel's outer limits.

    Writes are restricted to the `writable` folders if the kernel supports it.

    The limit on address space exceeds the memory limit, since threads reserve a lot of it. The kernel's process limit
    counts all processes and threads of the user (`existing` ones included), and other programs may start some
    meanwhile; it has slack too, and only stops a fork bomb from growing forever. The documented limits are enforced by
    `watch`.
    """
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.nice(5)
    bounds = {
        "RLIMIT_AS": (limits["memory_mb"] + 1024) * 1_048_576,
        "RLIMIT_FSIZE": limits["file_mb"] * 1_048_576,
        "RLIMIT_CPU": limits["seconds"] + 2,
        "RLIMIT_CORE": 0,
    }
    if existing:
        bounds["RLIMIT_NPROC"] = existing + limits["processes"] + 256
    for name, bound in bounds.items():
        with contextlib.suppress(AttributeError, OSError, ValueError):  # macOS lacks or refuses some
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            value = int(bound) if hard == resource.RLIM_INFINITY else min(int(bound), hard)
            resource.setrlimit(kind, (value, value))
    restrict_writes(writable)


def process_tree(follow: bool) -> ProcProcessTree:
    """What watches the descendants here; with `follow`, as on macOS."""
    subreaper = not follow and prctl(PR_SET_CHILD_SUBREAPER, 1)
    listed = os.path.exists(f"/proc/self/task/{os.getpid()}/children")  # not every kernel has it
    return ProcProcessTree() if subreaper and listed else PsProcessTree()


def processes_of_user() -> int:
    """Return how many processes and threads the user has; 0 for root, to whom the kernel's limit does not apply."""
    user, count = os.getuid(), 0
    if user == 0 or sys.platform != "linux":
        return 0
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError):
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == user:
                count += len(os.listdir(f"/proc/{name}/task"))
    return count


def main(setup: dict[str, Any]) -> None:
    """Run `command` in `folder` with `environment`; `output` and `report` are file descriptors that it inherits.

    `follow` tracks processes as on macOS; `scratch` is a folder to remove if the parent program has died or cancelled.
    """
    watched = process_tree(setup["follow"])
    writable = [setup["folder"], setup["scratch"], "/dev"]
    try:
        lab = subprocess.Popen(
            setup["command"],
            cwd=setup["folder"],
            env=setup["environment"],
            stdin=subprocess.DEVNULL,
            stdout=setup["output"],
            stderr=setup["output"],
            pass_fds=(setup["report"],),
            start_new_session=True,
            preexec_fn=partial(prepare, processes_of_user(), setup["limits"], writable),
        )
    except (OSError, subprocess.SubprocessError) as error:
        os.write(1, json.dumps({"failed": str(error), "left": 0}).encode())
        return
    os.close(setup["output"])
    os.close(setup["report"])
    if isinstance(watched, PsProcessTree):
        watched.groups.add(lab.pid)
    verdict = watch(lab, watched, setup["limits"])
    killed, left = kill_descendants(watched)
    if verdict.get("limit") == "cancelled":  # the parent may have died and cannot clean up
        import shutil

        shutil.rmtree(setup["scratch"], ignore_errors=True)
    os.write(1, json.dumps({**verdict, "killed": killed, "left": left}).encode())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
