"""What a lab cannot reach: places outside its folders, more disk than it is given, the network, and our environment."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dev2cto.labs import disk_use, scratch, supervised_run
from dev2cto.labs.landlock import SCOPES_SINCE, TCP_SINCE
from dev2cto.labs.result import CONFINED, Limits, Raw
from dev2cto.labs.scratch import remove_remains, scratch_folder
from dev2cto.labs.snippet import run_python
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised
from tests.labs.test_runner import KERNEL, LANDLOCK, RIGHT, eventually, reason, run

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.mark.skipif(not LANDLOCK, reason="this kernel cannot keep a process from writing")
@pytest.mark.parametrize(
    "work",
    [
        "open('/dev/shm/dev2cto-slip', 'w')",
        "open('/tmp/dev2cto-slip', 'w')",
        "open('/var/tmp/dev2cto-slip', 'w')",
        "import multiprocessing; multiprocessing.Lock()",
        "from multiprocessing.shared_memory import SharedMemory; SharedMemory(create=True, size=10)",
        "import os; os.mkfifo('/dev/shm/dev2cto-slip')",
    ],
)
def test_nothing_is_written_to_shared_memory_or_temporary_folders_of_all(tmp_path: Path, work: str) -> None:
    result = run(tmp_path, f"{work}\n{RIGHT}")
    assert not result.passed
    assert any("PermissionError" in check.message for check in result.checks)
    assert CONFINED in result.notes
    assert not [slip for place in ("/dev/shm", "/tmp", "/var/tmp") for slip in Path(place).glob("dev2cto-slip")]


@pytest.mark.skipif(not LANDLOCK, reason="this kernel cannot keep a process from writing")
def test_a_missing_folder_does_not_end_the_confinement(tmp_path: Path) -> None:
    raw = guarded(tmp_path, "open('/tmp/dev2cto-slip', 'w')", scratch=tmp_path / "missing")
    assert b"PermissionError" in raw.output


@pytest.mark.skipif(KERNEL < TCP_SINCE, reason="this kernel cannot keep a process from the network")
@pytest.mark.parametrize(
    "work",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)",
        "import socket; socket.create_server(('127.0.0.1', 0))",
    ],
)
def test_no_tcp_connection_is_opened_or_waited_for(tmp_path: Path, work: str) -> None:
    result = run(tmp_path, f"{work}\n{RIGHT}")
    assert any("PermissionError" in check.message for check in result.checks)


@pytest.mark.skipif(KERNEL < SCOPES_SINCE, reason="this kernel cannot keep a process from signals")
def test_no_process_outside_is_signalled(tmp_path: Path) -> None:
    result = run(tmp_path, f"import os, signal\nos.kill({os.getpid()}, signal.SIGCONT)\n{RIGHT}")
    assert any("PermissionError" in check.message for check in result.checks)


WRITING = {
    "large files": "for n in range(9): open(f'f{n}', 'wb').write(b'x' * 8_000_000)",
    "in the temporary folder": "for n in range(9): open(f'{tempfile.gettempdir()}/f{n}', 'wb').write(b'x' * 8_000_000)",
    "deep": "os.makedirs('a/b/c')\nfor n in range(9): open(f'a/b/c/f{n}', 'wb').write(b'x' * 8_000_000)",
    "deleted and open": """
files = []
for n in range(9):
    files.append(open('f', 'wb'))
    os.remove('f')
    files[-1].write(b'x' * 8_000_000)
""",
    "without a name": "for n in range(9): os.write(os.memfd_create('f'), b'x' * 8_000_000)",
    "very many": "for n in range(400): open(f'f{n}', 'wb').close()",
}


@pytest.mark.parametrize("how", WRITING)
def test_a_lab_that_fills_the_disk_is_stopped(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux" and how in ("deleted and open", "without a name"):
        pytest.skip("looks into /proc")
    monkeypatch.setattr(supervised_run, "DISK_MB", 40)
    monkeypatch.setattr(supervised_run, "START", supervised_run.START.replace(
        "main(json", "from dev2cto.labs import disk_use; disk_use.MOST_ENTRIES = 300\nmain(json"
    ))  # fmt: skip
    work = f"import os, tempfile, time\n{WRITING[how]}\ntime.sleep(20)\n"
    assert "and was stopped. Is there a loop that writes?" in reason(tmp_path, work)


def test_what_was_there_before_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x" * 200_000)
    (tmp_path / "more").mkdir()
    disk = disk_use.DiskUse([str(tmp_path), str(tmp_path)], most_mb=0.1)
    assert disk.exceeded([]) is None
    (tmp_path / "more/new").write_bytes(b"x" * 200_000)
    assert disk.exceeded([]) is None, "it is not measured at each look"
    disk.due = 0
    assert disk.exceeded([]) == 0
    (tmp_path / "old").unlink()
    disk.due = 0
    assert disk.exceeded([]) is None


def guarded(folder: Path, code: str, scratch: Path | None = None, seconds: float = 20) -> Raw:
    program = SupervisedProgram((sys.executable, "-c", code), folder, {"A": "b"}, scratch or folder)
    return run_supervised(program, Limits(seconds=seconds), threading.Event())


DAEMON = """
import os, subprocess, time
daemon = subprocess.Popen(["sleep", "60"], start_new_session=True)
with open("pids", "w") as pids:
    print(os.getppid(), daemon.pid, file=pids)
time.sleep(60)
"""


@contextmanager
def running(folder: Path, code: str) -> Iterator[tuple[list[int], list[Raw]]]:
    """The pids that the program writes into its pipe while it runs, and, after the block, what came of the run."""
    os.mkfifo(folder / "pids")
    found: list[Raw] = []
    thread = threading.Thread(target=lambda: found.append(guarded(folder, code)))
    thread.start()
    yield [int(word) for word in (folder / "pids").read_text().split()], found
    thread.join(60)
    assert found


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@linux
def test_no_orphan_is_left_after_the_supervisor_is_killed(tmp_path: Path) -> None:
    """Its direct child dies with it; a daemon had another parent by then, and lived on."""
    with running(tmp_path, DAEMON) as ((supervisor, daemon), found):
        assert lives(daemon)
        os.kill(supervisor, signal.SIGKILL)
    assert not found[0].verdict
    assert eventually(lambda: not lives(daemon))


@linux
def test_no_orphan_is_left_after_the_guard_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, DAEMON) as ((supervisor, daemon), _):
        guard = int(Path(f"/proc/{supervisor}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(guard, signal.SIGKILL)
        for child in Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
    assert eventually(lambda: not lives(daemon))
    assert eventually(lambda: not lives(supervisor))


@linux
def test_neither_the_supervisor_nor_its_guard_has_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lab of the same user can read it in /proc, where no kernel keeps it from that."""
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    with running(tmp_path, DAEMON) as ((supervisor, daemon), _):
        guard = int(Path(f"/proc/{supervisor}/stat").read_text().rpartition(")")[2].split()[1])
        for pid in (supervisor, guard):
            assert b"s3cret" not in Path(f"/proc/{pid}/environ").read_bytes()
        os.kill(supervisor, signal.SIGKILL)
    assert eventually(lambda: not lives(daemon))


def test_folders_of_runs_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run_python("open('x', 'w').write('y'); print(1)") == "1\n"
    (tmp_path / "lab of this test").mkdir()
    assert run(tmp_path / "lab of this test").passed
    assert [path.name for path in tmp_path.iterdir()] == ["lab of this test"]


def test_remains_of_killed_programs_are_removed_and_what_is_in_use_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    remains, young, other = (tmp_path / name for name in ("dev2cto-lab-abc123", "dev2cto-lab-young", "dev2cto-mine"))
    for folder in (remains, young, other):
        folder.mkdir()
        (folder / "file").write_text("x")
    long_ago = time.time() - 2 * scratch.YOUNG
    with scratch_folder("lab") as used:
        for folder in (remains, other, used):
            os.utime(folder, (long_ago, long_ago))
        (tmp_path / "dev2cto-lab-link").symlink_to(other)
        os.utime(tmp_path / "dev2cto-lab-link", (long_ago, long_ago), follow_symlinks=False)
        remove_remains(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {used.name, young.name, other.name, "dev2cto-lab-link"}
        assert (other / "file").exists()
