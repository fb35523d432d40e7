"""What supervises a lab, part by part: each of these faults is one that a lab can cause."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dev2cto.labs import process_tree, supervisor
from dev2cto.labs.result import Limits
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised
from tests.labs.test_runner import LANDLOCK

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

SUPERVISING = """
import json, os, subprocess, threading, time
from dev2cto.labs import process_tree as p, supervisor as s
from dev2cto.labs.disk_use import DiskUse

p.prctl(p.PR_SET_CHILD_SUBREAPER, 1)
tree = p.ProcProcessTree()

def until(condition):
    end = time.monotonic() + 15
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)

def state(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
"""


def supervising(code: str) -> Any:
    """What that code prints as JSON, in a process that supervises as the program's own does."""
    done = subprocess.run([sys.executable, "-c", SUPERVISING + code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_one_kill_reaches_all_generations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killing one generation at a time, a bomb of an ordinary user's lived for seconds, until it ended by itself."""
    below = {os.getpid(): [1, 2], 1: [3], 3: [4, 5]}
    killed: list[int] = []
    monkeypatch.setattr(process_tree.ProcProcessTree, "children", staticmethod(lambda pid: below.get(pid, [])))
    monkeypatch.setattr(process_tree, "kill_process", killed.append)
    process_tree.ProcProcessTree().kill()
    assert {*killed[:2]} == {1, 2}
    assert sorted(killed) == [1, 2, 3, 4, 5]


@linux
def test_children_of_threads_are_seen() -> None:
    assert supervising("""
started, go = [], threading.Event()
def start():
    started.append(subprocess.Popen(["sleep", "20"]).pid)
    go.wait(15)
thread = threading.Thread(target=start)
thread.start()
until(lambda: started)
print(json.dumps(started[0] in tree.look()))
tree.kill()
go.set()
""")


@linux
def test_what_has_ended_does_not_hide_what_lives() -> None:
    assert (
        supervising("""
for _ in range(9):
    subprocess.Popen(["sleep", "20"])
ended = [subprocess.Popen(["true"]).pid for _ in range(12)]
until(lambda: all(state(pid) == "Z" for pid in ended))
print(json.dumps(sum(kb > 0 for kb in tree.look(8).values())))
tree.kill()
""")
        == 9
    )


@linux
def test_the_end_of_a_lab_is_seen_behind_hundreds_of_orphans() -> None:
    assert supervising("""
orphans = []
for _ in range(300):
    pid = os.fork()
    if not pid:
        os._exit(0)
    orphans.append(pid)
lab = subprocess.Popen(["true"])
until(lambda: all(state(pid) == "Z" for pid in (*orphans, lab.pid)))
keep, write = os.pipe()
os.dup2(keep, 0)
print(json.dumps(s.watch(lab, tree, DiskUse([], 1), {"seconds": 0.5, "memory_mb": 256, "processes": 8})))
""") == {"ended": 0}


def test_where_the_kernel_does_not_share_out_memory_it_is_added_up() -> None:
    assert process_tree.ProcProcessTree().memory_kb({2**22 + 1: 70, 2**22 + 2: 5}) == 75


def test_processes_that_do_not_die_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Undying(process_tree.ProcProcessTree):
        """Waits for a disk for ever."""

        def look(self, most: int = 0) -> dict[int, int]:
            return {7: 100}

        def kill(self) -> None:
            pass

        def gone(self) -> bool:
            return False

    monkeypatch.setattr(supervisor, "KILLING", 0.0)
    assert supervisor.kill_descendants(Undying()) == (1, 1)


@pytest.mark.parametrize(
    ("follow", "subreaper", "listed", "how"),
    [
        (False, True, True, process_tree.ProcProcessTree),
        (True, True, True, process_tree.PsProcessTree),
        (False, False, True, process_tree.PsProcessTree),
        (False, True, False, process_tree.PsProcessTree),
    ],
)
def test_processes_are_followed_by_ps_where_the_kernel_does_not_list_them(
    monkeypatch: pytest.MonkeyPatch, follow: bool, subreaper: bool, listed: bool, how: type
) -> None:
    monkeypatch.setattr(process_tree, "prctl", lambda *_: subreaper)
    monkeypatch.setattr("os.path.exists", lambda _: listed)
    assert type(process_tree.process_tree(follow)) is how


def test_by_ps_what_a_short_program_left_in_its_group_is_ended(tmp_path: Path) -> None:
    """It has lost its parent before anybody looked."""
    program = SupervisedProgram(("/bin/sh", "-c", "sleep 20 & echo $!"), tmp_path, {}, tmp_path / "scratch")
    raw = run_supervised(program, Limits(seconds=5), threading.Event(), follow=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(raw.output), 0)


BOUNDED = """
import json, os, resource
from dev2cto.labs import supervisor as s

if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
s.prepare(s.processes_of_user() + 12 - 256, {"memory_mb": 256, "file_mb": 1, "seconds": 3, "processes": 8}, [])
names = ("AS", "FSIZE", "CPU", "CORE")
bounds = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in names}
children = []
try:
    for _ in range(200):
        children.append(os.fork())
        if not children[-1]:
            os.read(0, 1)
            os._exit(0)
    refused = False
except BlockingIOError:
    refused = True
try:
    open("/tmp/dev2cto-slip", "w")
    written = True
except PermissionError:
    written = False
print(json.dumps({**bounds, "refused": refused, "written": written}))
"""


def bounded() -> Mapping[str, Any]:
    """What an ordinary user's lab may do: root, as whom tests may run, has no bound to its processes."""
    command = [sys.executable, "-c", BOUNDED]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lab:
        assert lab.stdout is not None
        found: Mapping[str, Any] = json.loads(lab.stdout.readline())
        lab.communicate()
    return found


@linux
def test_the_kernel_bounds_what_grows_faster_than_anybody_looks() -> None:
    """On a busy machine a bomb of an ordinary user outlived the looks at it for seconds without."""
    found = bounded()
    assert found["refused"]
    assert (found["AS"], found["FSIZE"], found["CPU"], found["CORE"]) == (1280 * 2**20, 2**20, 5, 0)


@linux
@pytest.mark.skipif(not LANDLOCK, reason="this kernel cannot keep a process from writing")
def test_an_ordinary_user_is_kept_from_writing_elsewhere() -> None:
    assert not bounded()["written"]
