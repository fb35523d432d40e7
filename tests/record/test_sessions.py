"""Several sessions on one record: known to each other, side by side without loss, one taking over from another."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev2cto.record import sessions
from dev2cto.record.journal import codec, slots
from dev2cto.record.record import Record
from dev2cto.record.sessions import TakeoverResult
from tests.support.pty_driver import spawned

if TYPE_CHECKING:
    from tests.record.conftest import Opener

Start = Callable[[str], "subprocess.Popen[bytes]"]

BEGIN = """
import os, signal, sys, time
from pathlib import Path
from dev2cto.clock import SystemClock
from dev2cto.record.opening import open_directory
record = open_directory(Path(sys.argv[1]), clock=SystemClock(), device="desk", check=lambda *_: None)
"""

LEAVES_ON_HANGUP = """
def leave(*_):
    record.save_and_close()
    sys.exit(129)
signal.signal(signal.SIGHUP, leave)
record.table("answers").insert({"i": 1})
record.put_draft("memo", "half typed", 4)
print("up", flush=True)
while True:
    time.sleep(0.05)
"""


def answers(record: Record) -> list[int]:
    return sorted(doc["i"] for doc in record.table("answers").all())


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts another process on the record and waits until it says that it is up."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(program: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", BEGIN + textwrap.dedent(program), str(tmp_path / "record")]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


def test_another_session_is_known_with_all_that_tells_it(opened: Opener, start: Start) -> None:
    other = start(LEAVES_ON_HANGUP)
    record = opened()
    (session,) = record.others()
    assert session.pid == other.pid
    assert session.host == os.uname().nodename
    assert session.here
    assert session.writer == "desk.0"
    assert record.writer == "desk.1"
    assert answers(record) == [1]


def test_continue_here_takes_over_and_brings_everything(opened: Opener, start: Start) -> None:
    other = start(LEAVES_ON_HANGUP)
    record = opened()
    record.table("answers").insert({"i": 2})
    (session,) = record.others()
    assert record.take_over(session, wait=60) == TakeoverResult(True)
    assert other.wait(60) == 129
    assert record.others() == ()
    assert answers(record) == [1, 2]
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "half typed"
    assert record.take_over(session) == TakeoverResult(True)


def test_a_session_stopped_with_ctrl_z_wakes_up_to_leave(opened: Opener, start: Start) -> None:
    other = start(LEAVES_ON_HANGUP)
    os.kill(other.pid, signal.SIGSTOP)
    os.waitpid(other.pid, os.WUNTRACED)
    record = opened()
    (session,) = record.others()
    assert record.take_over(session, wait=60) == TakeoverResult(True)
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "half typed"


def test_a_session_that_does_not_leave_is_reported(opened: Opener, start: Start) -> None:
    start('signal.signal(signal.SIGHUP, signal.SIG_IGN)\nprint("up", flush=True)\ntime.sleep(60)')
    record = opened()
    (session,) = record.others()
    came_of_it = record.take_over(session, wait=0.3)
    assert not came_of_it.ok
    assert "did not quit" in came_of_it.reason


def test_no_lock_outlives_its_session(opened: Opener, start: Start) -> None:
    other = start(LEAVES_ON_HANGUP)
    other.kill()
    other.wait()
    record = opened()
    assert record.others() == ()
    assert record.writer == "desk.0"
    assert answers(record) == [1]


def test_a_number_that_belongs_to_another_program_now_is_never_signalled(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = opened(), opened()
    (session,) = two.others()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        taken = sessions.request_takeover(two.directory, session._replace(pid=stranger.pid), 0.2)
        assert not taken.ok
        assert "is not visible" in taken.reason
        assert stranger.poll() is None
        elsewhere = session._replace(host="elsewhere", here=False)
        assert "runs on elsewhere" in two.take_over(elsewhere).reason
    finally:
        stranger.kill()
        stranger.wait()
        one.close()


def test_a_dropped_line_loses_nothing(opened: Opener, tmp_path: Path) -> None:
    """The terminal goes away under a session; its handler saves without it."""
    program = BEGIN + LEAVES_ON_HANGUP
    child, terminal = spawned([sys.executable, "-c", program, str(tmp_path / "record")], os.environ)
    assert b"up" in os.read(terminal, 100)
    record = opened()
    (session,) = record.others()
    assert session.tty.startswith("/dev/")
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 129
    record.refresh()
    draft = record.newest_draft("memo")
    assert draft is not None
    assert draft.text == "half typed"


HAMMER = """
print("up", flush=True)
sys.stdin.readline()
me = os.getpid()
for i in range(150):
    with record.batch():
        record.table("answers").insert({"who": me, "i": i})
        record.table("cards").put(f"q{i % 5}", {"who": me, "i": i})
    record.put_draft("memo", f"{me} typed {i}", i)
    if i % 10 == 0:
        record.save_live()
        record.refresh()
record.close()
"""


def test_processes_that_hammer_the_same_record_lose_nothing(opened: Opener, start: Start) -> None:
    running = [start(HAMMER) for _ in range(3)]
    for process in running:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    assert [process.wait(60) for process in running] == [0, 0, 0]
    record = opened()
    wanted = {(process.pid, i) for process in running for i in range(150)}
    assert {(doc["who"], doc["i"]) for doc in record.table("answers").all()} == wanted
    texts = {draft.text for draft in (record.newest_draft("memo"), *record.other_drafts("memo")) if draft}
    assert texts == {f"{process.pid} typed 149" for process in running}
    assert not record.damage
    assert not record.lost


def no_locks(*_: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_where_locks_do_not_work_each_session_has_a_file_of_its_own(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", no_locks)
    one, two = opened(), opened()
    assert one.writer != two.writer
    one.table("answers").insert({"i": 1})
    two.table("answers").insert({"i": 2})
    one.put_draft("memo", "one", 1)
    two.put_draft("memo", "two", 1)
    one.save_live()
    two.save_live()
    one.refresh()
    two.refresh()
    assert answers(one) == answers(two) == [1, 2]
    assert len(one.other_drafts("memo")) == 1
    assert [session.writer for session in one.others()] == [two.writer]
    two.close()
    one.wait_for_backup(5)  # which reads the other's file, and here in the process that is looked at for having it open
    assert one.others() == ()
    one.close()
    three = opened()
    assert answers(three) == [1, 2]
    three.wait_for_backup(5)
    assert three.others() == ()


def test_sessions_side_by_side_see_each_other_after_a_refresh(opened: Opener) -> None:
    one, two, looking = opened(), opened(), opened(readonly=True)
    one.table("answers").insert({"i": 1})
    two.table("answers").insert({"i": 2})
    assert two.refresh()
    assert not two.refresh()
    assert answers(two) == [1, 2]
    assert looking.refresh()
    assert answers(looking) == [1, 2]
    assert {session.writer for session in looking.others()} == {"desk.0", "desk.1"}
    one.table("cards").put("q1", {"n": 1})
    two.refresh()
    two.table("cards").put("q1", {"n": 2})
    one.refresh()
    assert one.table("cards").get(doc_id="q1") == {"n": 2}
    two.table("cards").remove(doc_ids=["q1"])
    one.refresh()
    assert one.table("cards").get(doc_id="q1") is None


def test_a_closed_record_refuses_and_closes_again(opened: Opener) -> None:
    record = opened()
    record.close()
    record.close()
    assert record.save_and_close() == ""
    assert record.readonly_reason


def test_a_journal_replaced_while_it_is_being_locked_is_not_the_one_written(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 1})
    journal, real = record.directory / "desk.0.jsonl", fcntl.flock

    def replaced_meanwhile(fd: int, how: int) -> None:
        if not how & fcntl.LOCK_EX:
            return real(fd, how)
        monkeypatch.setattr(fcntl, "flock", real)
        twin = journal.with_name("twin")
        more = codec.encode_line({"n": 2, "t": 2_000_000_000_000, "p": {"answers": {"x": {"i": 3}}}})
        twin.write_bytes(journal.read_bytes() + more)
        twin.replace(journal)
        return real(fd, how)

    monkeypatch.setattr(fcntl, "flock", replaced_meanwhile)
    record = opened()
    record.table("answers").insert({"i": 2})
    assert not record.damage
    assert answers(opened(readonly=True)) == [1, 2, 3]


def test_a_journal_replaced_before_its_first_line_is_taken_again(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as record:
        record.table("answers").insert({"i": 1})
    path = record.directory / "desk.0.jsonl"

    def replaced_meanwhile(directory: Path, device: str, first: int) -> tuple[str, int]:
        monkeypatch.setattr(slots, "acquire", claim)
        claimed = claim(directory, device, first)
        twin = path.with_name("twin")
        twin.write_bytes(path.read_bytes())
        twin.replace(path)
        return claimed

    claim = slots.acquire
    monkeypatch.setattr(slots, "acquire", replaced_meanwhile)
    record = opened()
    record.table("answers").insert({"i": 2})
    assert record.readonly_reason == ""
    assert answers(opened(readonly=True)) == [1, 2]
