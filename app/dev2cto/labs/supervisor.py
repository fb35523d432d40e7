"""Supervises a lab's process and all its descendants, and leaves none of them alive.

Started as a separate process between the program and the lab, so that the lab cannot outlive the program however the
program ends: when this process's stdin closes, all its descendants are killed. It has a guard above it, which does only
that if the supervisor itself is killed. What counts as a descendant, see process_tree.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from functools import partial
from typing import Any

from dev2cto.labs.disk_use import DiskUse
from dev2cto.labs.landlock import confine
from dev2cto.labs.process_tree import PR_SET_PDEATHSIG, ProcProcessTree, PsProcessTree, prctl, process_tree

KILLING = 5.0
"""Seconds after which it gives up on processes that cannot be killed (uninterruptible sleep)."""


def watch(
    lab: subprocess.Popen[bytes], watched: ProcProcessTree, disk: DiskUse, limits: dict[str, float]
) -> dict[str, Any]:
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
        if (written := disk.exceeded(look)) is not None:
            return {"limit": "disk", "reached": written}
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


def prepare(existing: int, limits: dict[str, float], writable: list[str]) -> None:
    """Run in the child before exec: die with the supervisor, and set the kernel's outer limits.

    Writes are restricted to the `writable` folders, and TCP is cut off, if the kernel supports it.

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
    confine(writable)


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
    if supervisor := os.fork():
        os.close(setup["output"])
        os.close(setup["report"])
        guard(supervisor, watched)
    else:
        supervise(setup)


def guard(supervisor: int, watched: ProcProcessTree) -> None:
    """Wait for the supervisor to end; if it was killed, kill what is left of its lab. SIGTERM has it killed."""
    signal.signal(signal.SIGTERM, lambda *_: os.kill(supervisor, signal.SIGKILL))
    if os.waitpid(supervisor, 0)[1]:
        kill_descendants(watched)


def supervise(setup: dict[str, Any]) -> None:
    """Run the lab as `main` says, and write the verdict to stdout as JSON."""
    watched = process_tree(setup["follow"])
    writable = [setup["folder"], setup["scratch"]]
    disk = DiskUse(writable, setup["limits"]["disk_mb"])
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
    verdict = watch(lab, watched, disk, setup["limits"])
    killed, left = kill_descendants(watched)
    if verdict.get("limit") == "cancelled":  # the parent may have died and cannot clean up
        import shutil

        shutil.rmtree(setup["scratch"], ignore_errors=True)
    os.write(1, json.dumps({**verdict, "killed": killed, "left": left}).encode())
