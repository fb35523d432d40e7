"""The descendants of the supervising process: finding, measuring and killing them.

On Linux it becomes the subreaper: a process that daemonises becomes its child instead of escaping, and a run is over
exactly when no child is left. Elsewhere (macOS) descendants are tracked through ps by parent and process group; one
that daemonises between two polls (0.1 s) may escape, and then only its CPU limit ends it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def prctl(option: int, value: int) -> bool:
    """Call Linux's prctl. Return whether it succeeded; False elsewhere."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def process_tree(follow: bool) -> ProcProcessTree:
    """What watches the descendants here; with `follow`, as on macOS."""
    subreaper = not follow and prctl(PR_SET_CHILD_SUBREAPER, 1)
    listed = os.path.exists(f"/proc/self/task/{os.getpid()}/children")  # not every kernel has it
    return ProcProcessTree() if subreaper and listed else PsProcessTree()


def kill_process(pid: int) -> None:
    """Kill that process, if it still exists."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


class ProcProcessTree:
    """The descendants of a subreaper, read from /proc."""

    every = 0.004
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


class PsProcessTree(ProcProcessTree):
    """The descendants without /proc or a subreaper: found through ps by parent, or by a process group seen before."""

    every = 0.1

    def __init__(self) -> None:
        self.groups: set[int] = set()
        self.quiet = 0
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
