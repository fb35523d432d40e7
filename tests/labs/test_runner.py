"""Labs that misbehave: each is really run, is stopped within its limit, and says why."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dev2cto.errors import LabError
from dev2cto.labs import landlock
from dev2cto.labs.landlock import SCOPES_SINCE
from dev2cto.labs.result import CONFINED, CheckResult, LabRun, Limits, Raw
from dev2cto.labs.runner import run_lab, run_lab_now
from dev2cto.labs.supervised_run import SupervisedProgram, run_supervised

pytestmark = pytest.mark.skipif(os.name != "posix", reason="labs run on Linux and macOS")

KERNEL = landlock.version()
"""What it can keep a process from; see labs/landlock.py."""
LANDLOCK = KERNEL >= 1

CHECK = '''
import lab


class Adding(lab.Case):
    def test_small(self):
        """Adds two numbers"""
        work = lab.load("work")
        a = lab.rng("small").randrange(1000)
        self.expect(work.add(a, 1), a + 1, given=f"add({a}, 1)")

    def test_again(self):
        """Adds the other way round"""
        self.expect(lab.load("work").add(1, 2), 3, given="add(1, 2)")
'''
RIGHT = "def add(a, b):\n    return a + b\n"


def make_lab(folder: Path, work: str = RIGHT, check: str = CHECK, **more: str) -> tuple[Path, Path]:
    """A lab with that check.py, and a workspace with work.py and more files: both folders."""
    lab_folder, workspace = folder / "lab", folder / "workspace"
    lab_folder.mkdir()
    workspace.mkdir()
    (lab_folder / "check.py").write_text(textwrap.dedent(check))
    for name, text in {"work": work, **more}.items():
        (workspace / f"{name}.py").write_text(textwrap.dedent(text))
    return lab_folder, workspace


def run(folder: Path, work: str = RIGHT, check: str = CHECK, seed: int = 7, **limits: float) -> LabRun:
    """Make such a lab and run it; five seconds unless told."""
    bounds = Limits(
        seconds=limits.get("seconds", 5),
        memory_mb=int(limits.get("memory_mb", 256)),
        processes=int(limits.get("processes", 8)),
        output_kb=64,
    )
    return run_lab_now(*make_lab(folder, work, check), seed, bounds)


BOUNDED = "import os, time\nEND = time.time() + 2\n"
"""Should the guard fail, a bomb of these tests ends by itself."""


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true within ten seconds: what these tests leave alive would run for twenty."""
    until = time.monotonic() + 10
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def survivors(folder: str) -> bool:
    """Whether, after a moment to go, a lab with its workspace below the folder still runs."""

    def gone() -> bool:
        listing = subprocess.run(["ps", "axeww", "-o", "command="], capture_output=True, text=True, check=True)
        return f"LAB_FOLDER={folder}" not in listing.stdout

    return not eventually(gone)


def reason(folder: Path, work: str, **limits: float) -> str:
    """Why a run of that work.py was stopped; it did not pass, took no longer than allowed, and left nothing alive."""
    began = time.monotonic()
    result = run(folder, work, CHECK, 7, **limits)
    assert not result.passed
    assert time.monotonic() - began < limits.get("seconds", 5) + 10
    assert not survivors(str(folder))
    return result.stopped


def test_right_code_passes_every_check_in_source_order(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.passed
    assert [(c.title, c.status) for c in result.checks] == [
        ("Adds two numbers", "passed"),
        ("Adds the other way round", "passed"),
    ]
    assert (result.stopped, result.notes, result.output, result.seed) == ("", (), "", 7)


def test_a_wrong_result_shows_given_expected_and_got(tmp_path: Path) -> None:
    check = run(tmp_path, "def add(a, b):\n    return a - b\n").checks[1]
    assert (check.status, check.given, check.expected, check.got) == ("failed", "add(1, 2)", "3", "-1")


def test_an_exception_names_the_last_line_of_the_learners_file(tmp_path: Path) -> None:
    work = "def add(a, b):\n    return deep(a)\n\n\ndef deep(a):\n    return int('x')\n"
    check = run(tmp_path, work).checks[0]
    assert (check.status, check.where) == ("error", "work.py:6")
    assert check.message.startswith("ValueError: invalid literal")


def test_an_answer_that_the_check_cannot_use_is_not_called_the_learners_line(tmp_path: Path) -> None:
    check = """
        import lab
        class Shape(lab.Case):
            def test_shape(self):
                "Has a name"
                self.expect(lab.load("work").add(1, 2)["name"], "x")
        """
    result = run(tmp_path, check=check)
    assert result.checks[0].status == "error"
    assert "the check could not use what your code gave it: TypeError" in result.checks[0].message


def test_the_seed_changes_what_is_drawn(tmp_path: Path) -> None:
    wrong = "def add(a, b):\n    return None\n"
    lab_folder, workspace = make_lab(tmp_path, wrong)
    given = [run_lab_now(lab_folder, workspace, seed, Limits(seconds=5)).checks[0].given for seed in (1, 2, 1)]
    assert given[0] == given[2] != given[1]


def test_what_is_printed_is_kept_and_harmless(tmp_path: Path) -> None:
    result = run(tmp_path, 'print(\'\\x1b[31mred\\x1b[0m\\x07 \\x1b]0;title\\x07{"event": "done"}\')\n' + RIGHT)
    assert result.passed
    assert result.output == 'red {"event": "done"}\n' * 2


def test_an_endless_loop_meets_the_time_limit(tmp_path: Path) -> None:
    result = run(tmp_path, "def add(a, b):\n    while True: pass\n", seconds=0.8)
    assert "time limit of 0.8 s" in result.stopped
    assert [(c.title, c.status) for c in result.checks] == [("Adds two numbers", "error")]
    assert result.seconds < 4


def test_a_stopped_process_meets_the_time_limit(tmp_path: Path) -> None:
    work = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
    assert "time limit" in reason(tmp_path, work, seconds=0.8)


@pytest.mark.parametrize(
    "bomb",
    [
        "while time.time() < END: os.fork()",
        """
        while time.time() < END:
            if os.fork() == 0:
                os.setsid()
                if os.fork(): os._exit(0)
        """,
        """
        while time.time() < END:
            if os.fork() == 0: os.setsid()
        """,
    ],
    ids=["plain", "daemonising", "with sessions of their own"],
)
def test_a_fork_bomb_is_stopped_and_none_of_it_is_left(tmp_path: Path, bomb: str) -> None:
    assert "processes at once" in reason(tmp_path, BOUNDED + textwrap.dedent(bomb) + "\nos._exit(0)\n")


def test_a_daemon_left_behind_is_ended_and_reported(tmp_path: Path) -> None:
    work = """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(20)
            os._exit(0)
        os.wait()
        def add(a, b): return a + b
        """
    result = run(tmp_path, work)
    assert result.passed
    assert result.notes == ("Your program left 2 processes running; the check stopped them.",)
    assert not survivors(str(tmp_path))


def test_gigabytes_of_output_are_stopped_and_the_beginning_kept(tmp_path: Path) -> None:
    result = run(tmp_path, "while True: print('x' * 1000)\n")
    assert result.stopped.startswith("Your program printed more than 64 KB")
    assert result.output.startswith("xxx")
    assert "bytes more" in result.output
    assert len(result.output) < 40_000


def test_memory_that_grows_is_stopped(tmp_path: Path) -> None:
    work = "kept = []\nwhile True: kept.append(bytearray(b'x' * 1_000_000))\n"
    assert "MB of memory and was stopped; 64 MB are allowed" in reason(tmp_path, work, memory_mb=64)


def test_memory_that_forks_share_counts_once(tmp_path: Path) -> None:
    work = """
        import os, time
        kept = b"x" * 70_000_000
        for _ in range(3):
            if os.fork() == 0:
                time.sleep(20)
        time.sleep(0.2)
        def add(a, b): return a + b
        """
    assert run(tmp_path, work).passed


def test_memory_over_several_processes_counts_together(tmp_path: Path) -> None:
    work = "import os, time\nfor _ in range(3): os.fork()\nkept = bytearray(b'x' * 20_000_000)\ntime.sleep(9)\n"
    assert "MB of memory" in reason(tmp_path, work, memory_mb=96, processes=20)


def test_one_giant_piece_of_memory_is_refused(tmp_path: Path) -> None:
    assert "more memory than the limit of 256 MB" in reason(tmp_path, "kept = bytearray(4 * 10**9)\n")


def test_a_giant_file_is_refused(tmp_path: Path) -> None:
    assert "File too large" in reason(tmp_path, "open('big', 'wb').truncate(10**10)\n")


@pytest.mark.parametrize(
    ("work", "why"),
    [
        ("def add(a, b)\n    return a + b\n", "work.py cannot be imported. Line 1: SyntaxError: expected ':'"),
        ("import sys\nsys.exit(3)\n", "work.py cannot be imported. Line 2: your code ended the program with sys.exit"),
        (
            "import os\nos._exit(0)\n",
            "ended the whole process during a check, with exit code 0. Does it call os._exit?",
        ),
        ("import os\nos._exit(97 + 1)\n", "with exit code 98"),
        ("import nowhere\n", "Line 1: ModuleNotFoundError: No module named 'nowhere'"),
        ("raise KeyboardInterrupt\n", "work.py cannot be imported. Line 1: KeyboardInterrupt"),
        ("import os\nos.closerange(3, 500)\n", "closed a file descriptor that it did not open"),
        ("import os\nfor fd in range(3, 200): os.dup2(1, fd)\n", "closed a file descriptor that it did not open"),
        ("import ctypes\nctypes.string_at(0)\n", "crashed during a check with signal 11"),
        ("import os\nos.kill(os.getpid(), 9)\n", "was killed during a check"),
        (
            "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(5)\n",
            "Operation not permitted" if KERNEL >= SCOPES_SINCE else "that supervises the run was killed",
        ),
    ],
)
def test_code_that_ends_or_breaks_the_run_is_reported(tmp_path: Path, work: str, why: str) -> None:
    assert why in reason(tmp_path, work)


def test_closing_the_standard_streams_harms_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "import os\nos.closerange(0, 3)\n" + RIGHT).passed


def test_waiting_for_input_is_reported(tmp_path: Path) -> None:
    result = run(tmp_path, "def add(a, b):\n    return input()\n")
    assert "waits for input" in result.checks[0].message
    assert result.checks[0].where == "work.py:2"


def test_deleting_its_own_files_is_reported(tmp_path: Path) -> None:
    result = run(tmp_path, "import os\nos.remove('work.py')\n" + RIGHT)
    assert [c.status for c in result.checks] == ["passed", "error"]
    assert result.checks[1].message == "work.py is missing from your folder"
    assert result.notes[0].startswith("Your program deleted work.py")


def test_deleting_its_own_folder_is_reported(tmp_path: Path) -> None:
    result = run(tmp_path, "import os, shutil\nshutil.rmtree(os.getcwd())\n" + RIGHT)
    assert not result.passed
    assert result.notes[0].startswith("Your program deleted work.py")


def test_a_module_that_hides_one_of_pythons_own_is_reported_and_does_no_harm(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path, "import random, json\n" + RIGHT, random="x = 1\n", unittest="x = 1\n")
    result = run_lab_now(lab_folder, workspace, 1, Limits(seconds=5))
    assert result.passed
    assert [note.split(" in ")[0] for note in result.notes] == ["random", "unittest"]


def test_helpers_of_the_learner_are_imported_and_imported_afresh(tmp_path: Path) -> None:
    helper = "calls = 0\ndef total(a, b):\n    global calls\n    calls += 1\n    return a + b if calls == 1 else 0\n"
    lab_folder, workspace = make_lab(tmp_path, "from helper import total as add\n", helper=helper)
    assert run_lab_now(lab_folder, workspace, 1, Limits(seconds=5)).passed


IGNORING = """
    import os, signal, time
    for number in range(1, 32):
        try: signal.signal(number, signal.SIG_IGN)
        except OSError: pass
    """


def test_ignoring_every_signal_helps_nobody(tmp_path: Path) -> None:
    assert "time limit" in reason(tmp_path, textwrap.dedent(IGNORING) + "while True: pass\n", seconds=0.8)


def test_a_daemon_that_ignores_every_signal_is_ended(tmp_path: Path) -> None:
    daemon = "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: time.sleep(20)\n    os._exit(0)\n"
    result = run(tmp_path, textwrap.dedent(IGNORING) + daemon + RIGHT)
    assert result.passed
    assert "the check stopped" in result.notes[0]
    assert not survivors(str(tmp_path))


def test_stopping_the_process_that_watches_gains_no_time(tmp_path: Path) -> None:
    work = "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)\nwhile True: pass\n"
    why = "Operation not permitted" if KERNEL >= SCOPES_SINCE else "time limit"
    assert why in reason(tmp_path, work, seconds=0.8)


def test_killing_the_process_that_watches_leaves_nothing_alive(tmp_path: Path) -> None:
    work = """
        import os, signal, time
        if os.fork():
            os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(20)
        """
    assert not run(tmp_path, work).passed
    assert not survivors(str(tmp_path))


def test_a_watching_process_that_is_kept_stopped_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dev2cto.labs.supervised_run.GRACE", 1.0)
    work = "import os, signal\nwhile True: os.kill(os.getppid(), signal.SIGSTOP)\n"
    assert not run(tmp_path, work, seconds=0.5).passed
    assert not survivors(str(tmp_path))


@pytest.mark.skipif(not LANDLOCK, reason="this kernel cannot keep a process from writing")
@pytest.mark.parametrize(
    "work",
    [
        "open('../slip.txt', 'w')",
        "import os; os.remove('../lab/check.py')",
        "import os; os.rename('work.py', '../work.py')",
        "import os; os.truncate('../lab/check.py', 0)",
        "import shutil; shutil.rmtree('..')",
        "import os; os.mkdir('../more')",
        "import os; os.symlink('/etc', '../link')",
        "import subprocess; subprocess.run(['/bin/sh', '-c', 'echo x > ../slip.txt'], check=True)",
    ],
)
def test_nothing_outside_its_folder_is_written(tmp_path: Path, work: str) -> None:
    result = run(tmp_path, f"{work}\n{RIGHT}")
    assert not result.passed
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lab", "workspace"]
    assert (tmp_path / "lab/check.py").read_text() == textwrap.dedent(CHECK)
    if "/bin/sh" not in work:
        assert any("PermissionError" in check.message for check in result.checks)
        assert CONFINED in result.notes


def test_its_own_folder_the_scratch_and_devices_can_be_written(tmp_path: Path) -> None:
    work = """
        import os, tempfile
        os.makedirs('a/b', exist_ok=True)
        open('a/b/c', 'w').write('x')
        os.rename('a/b/c', 'a/c')
        tempfile.NamedTemporaryFile().write(b'x')
        open('/dev/null', 'w').write('x')
        open('/dev/zero', 'r+b', buffering=0).write(b'x')
        """
    assert run(tmp_path, textwrap.dedent(work) + RIGHT).passed


def test_a_thread_that_goes_on_does_not_hold_the_run(tmp_path: Path) -> None:
    work = "import threading, time\nthreading.Thread(target=time.sleep, args=(20,)).start()\n" + RIGHT
    result = run(tmp_path, work)
    assert result.passed
    assert result.seconds < 4


def test_nothing_of_our_environment_reaches_the_learners_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    work = "import os, sys\nprint(sorted(os.environ), os.environ['HOME'], hash('a'), sys.path)\n" + RIGHT
    monkeypatch.setenv("HOME", "/home/of/the/learner")
    first = run(tmp_path, work).output.splitlines()[0]
    assert "SECRET_TOKEN" not in first
    assert "PYTHONPATH" not in first
    assert "/home/of/the/learner" not in first
    assert "site-packages" not in first


def test_sets_and_hashes_are_the_same_in_every_run(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path, "print({'a', 'b', 'c', 'd', 'e'}, hash('a'))\n" + RIGHT)
    outputs = {run_lab_now(lab_folder, workspace, seed, Limits(seconds=5)).output for seed in (1, 2)}
    assert len(outputs) == 1


def test_a_run_passes_only_when_it_went_through_with_every_check_passed() -> None:
    passed, failed = CheckResult("a", "passed"), CheckResult("b", "failed")
    assert LabRun(1, (passed, passed), "", (), "", 0).passed
    assert not LabRun(1, (passed, failed), "", (), "", 0).passed
    assert not LabRun(1, (passed,), "The time limit is over.", (), "", 0).passed
    assert not LabRun(1, (), "", (), "", 0).passed


def test_a_check_that_is_broken_is_not_blamed_on_the_learner(tmp_path: Path) -> None:
    result = run(tmp_path, check="import lab\n1 / 0\n")
    assert result.stopped.startswith("The checks cannot start: the check could not use")


def test_a_check_without_checks_is_reported(tmp_path: Path) -> None:
    assert "contains no checks" in run(tmp_path, check="import lab\n").stopped


def test_a_lab_without_check_or_workspace_is_refused(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path)
    with pytest.raises(LabError, match="missing"):
        run_lab_now(lab_folder, workspace / "nowhere", 1, Limits())
    (lab_folder / "check.py").unlink()
    with pytest.raises(LabError, match="no check"):
        run_lab_now(lab_folder, workspace, 1, Limits())
    outside = tmp_path / "outside.py"
    outside.write_text(CHECK)
    (lab_folder / "check.py").symlink_to(outside)
    with pytest.raises(LabError, match="leads out"):
        run_lab_now(lab_folder, workspace, 1, Limits())


SLEEPER = """
    import os, time
    if os.fork() == 0:
        os.setsid()
    open('started', 'w').close()
    time.sleep(20)
    """


async def test_cancelling_ends_everything_before_it_goes_on(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path, SLEEPER)
    task = asyncio.create_task(run_lab(lab_folder, workspace, 1, Limits(seconds=10)))
    while not (workspace / "started").exists():
        await asyncio.sleep(0.02)
    task.cancel()
    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 8, "longer than the time limit"
    assert not survivors(str(tmp_path))


async def test_it_runs_beside_an_event_loop(tmp_path: Path) -> None:
    assert (await run_lab(*make_lab(tmp_path), 1, Limits(seconds=5))).passed


def test_stopping_from_another_thread_says_so(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path, SLEEPER)
    stop, results = threading.Event(), list[LabRun]()
    limits = Limits(seconds=10)
    thread = threading.Thread(target=lambda: results.append(run_lab_now(lab_folder, workspace, 1, limits, stop)))
    thread.start()
    while not (workspace / "started").exists():
        time.sleep(0.02)
    stop.set()
    thread.join(60)
    assert results[0].stopped == "The check was cancelled."


def test_the_lab_dies_with_the_program(tmp_path: Path) -> None:
    lab_folder, workspace = make_lab(tmp_path, SLEEPER)
    program = (
        "from pathlib import Path; from dev2cto.labs.runner import run_lab_now, Limits; "
        f"run_lab_now(Path({str(lab_folder)!r}), Path({str(workspace)!r}), 1, Limits(seconds=15))"
    )
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    app = subprocess.Popen([sys.executable, "-c", program], env={**os.environ, "TMPDIR": str(scratch)})
    while not (workspace / "started").exists():
        time.sleep(0.02)
    assert list(scratch.iterdir())
    app.send_signal(signal.SIGKILL)
    app.wait()
    assert not survivors(str(tmp_path))
    assert eventually(lambda: not list(scratch.iterdir()))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells the lab")
def test_the_lab_dies_with_the_program_and_the_process_that_watches(tmp_path: Path) -> None:
    work = SLEEPER.replace("open('started', 'w').close()", "open('started', 'w').write(str(os.getppid()))")
    lab_folder, workspace = make_lab(tmp_path, work.replace("os.setsid()", "os._exit(0)"))
    program = (
        "from pathlib import Path; from dev2cto.labs.runner import run_lab_now, Limits; "
        f"run_lab_now(Path({str(lab_folder)!r}), Path({str(workspace)!r}), 1, Limits(seconds=15))"
    )
    app = subprocess.Popen([sys.executable, "-c", program])
    while not (workspace / "started").exists() or not (workspace / "started").read_text():
        time.sleep(0.02)
    watching = int((workspace / "started").read_text())
    os.kill(watching, signal.SIGSTOP)
    app.kill()
    app.wait()
    os.kill(watching, signal.SIGKILL)
    assert not survivors(str(tmp_path))


def test_any_program_can_be_run_guarded(tmp_path: Path) -> None:
    def guarded(*command: str, folder: Path = tmp_path, seconds: float = 5) -> Raw:
        program = SupervisedProgram(command, folder, {"A": "b"}, tmp_path / "scratch")
        return run_supervised(program, Limits(seconds=seconds), threading.Event())

    raw = guarded("/bin/sh", "-c", "echo $A; exit 3")
    assert (raw.output, raw.printed, raw.verdict["ended"], raw.struck) == (b"b\n", 2, 3, "")
    assert guarded("/bin/sleep", "9", seconds=0.5).verdict["limit"] == "seconds"
    assert "No such file" in guarded(str(tmp_path / "no program")).verdict["failed"]
    assert "No such file" in guarded("/bin/true", folder=tmp_path / "gone").verdict["failed"]


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (RIGHT, ""),
        ("import time\ntime.sleep(20)\n", "time limit"),
        (
            "import os, time\nfor _ in range(12):\n    if os.fork() == 0: time.sleep(20)\ntime.sleep(20)\n",
            "processes at",
        ),
        ("kept = bytearray(b'x' * 300_000_000)\nimport time\ntime.sleep(20)\n", "MB of memory"),
    ],
    ids=["right", "time", "processes", "memory"],
)
def test_the_limits_hold_where_only_ps_tells_of_processes(tmp_path: Path, work: str, why: str) -> None:
    lab_folder, workspace = make_lab(tmp_path, work)
    limits = Limits(seconds=1.2 if why == "time limit" else 5, memory_mb=256)
    result = run_lab_now(lab_folder, workspace, 1, limits, follow=True)
    assert why in result.stopped
    assert result.passed == (not why)
    assert not survivors(str(tmp_path))


def test_a_daemon_that_ps_has_seen_is_ended(tmp_path: Path) -> None:
    work = """
        import os, time
        if os.fork() == 0:
            os.setsid()
            time.sleep(20)
            os._exit(0)
        time.sleep(0.4)
        def add(a, b): return a + b
        """
    lab_folder, workspace = make_lab(tmp_path, work)
    assert run_lab_now(lab_folder, workspace, 1, Limits(seconds=5), follow=True).passed
    assert not survivors(str(tmp_path))
