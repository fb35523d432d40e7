"""No test sees the machine's own settings, terminal, home or clock."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from dev2cto import symbols
from dev2cto.study.study import Study
from tests.support import fork_server
from tests.support.pty_driver import Start, Terminal
from tests.support.studies import COURSE, FakeClock, keep_outline, open_study

collect_ignore_glob = ["sample_course/*", "exercises/diffs/figures_review/*"]
"""Tests that learners are to write, and their solutions."""

FORGET = (
    "DEV2CTO_COURSE", "DEV2CTO_LEARNER", "DEV2CTO_PLAIN", "DEV2CTO_SEED", "DEV2CTO_DISPLAY", "EDITOR", "VISUAL",
    "NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE",
    "TMUX", "STY", "SSH_CONNECTION", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
    "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip
MEMORY = 4 << 30
"""Bytes that must be free there; a run of all tests takes an eighth of it."""


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two for each core with `-n auto`: every other test waits for a terminal, a program or a disk most of its time."""
    cores = yield
    return cores if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else 2 * cores


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With `-n`, processes that have nothing left take tests from the others."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


LONG = (
    "test_two_hundred_screens_opened_and_closed_leave_little_behind", "test_every_screen_is_drawn_as_textual_would",
    "test_a_proof_holds", "test_it_is_clean", "test_every_kind_of_item_is_answered_alike",
    "test_both_ways_show_the_same_in_real_terminals", "test_a_long_paste_arrives_whole_and_in_order",
    "test_keys_are_saved_while_the_line_stalls_and_shown_after_it",
    "test_a_program_whose_line_stalls_leaves_when_asked",
    "test_a_fork_bomb_is_stopped_and_none_of_it_is_left", "test_a_kill_costs_at_most_three_seconds_of_typing",
    "test_full_screen", "test_a_lost_line_leads_back_to_it", "test_what_the_learner_wrote_is_shown_harmless",
    "test_killed_after_any_key_it_goes_on_with_what_was_there", "test_trust_is_given_and_taken_back",
)  # fmt: skip
"""Tests of some seconds."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long tests, an equal share in each process, so that none is waited for at the end."""
    processes: int = getattr(config, "workerinput", {}).get("workercount", 1)
    long = [item for item in items if item.name.partition("[")[0] in LONG]
    short = iter([item for item in items if item.name.partition("[")[0] not in LONG])
    left, items[:] = len(items), []
    for number in range(processes):
        share = long[number::processes]
        size = left // (processes - number)
        items += [*share, *islice(short, max(0, size - len(share)))]
        left -= size
    items += short


hypothesis.settings.register_profile("suite", derandomize=True, database=None)
hypothesis.settings.load_profile("suite")  # the same examples in every run; tests/proofs looks for others


sys.dont_write_bytecode = False
"""Each process rewrites the assertions of all tests, half of the time for collecting them, unless that is kept."""


def pytest_configure() -> None:
    """Files of tests are in memory where there is room for it: a disk syncs for 3 ms, and hundreds of times a test."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY:
        os.environ.setdefault("TMPDIR", str(memory))
        tempfile.tempdir = None


def pytest_collection_finish() -> None:
    """Never scan again what was loaded to be tested, and collect garbage less often: it is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def pytest_unconfigure() -> None:
    """Wait for what was started."""
    fork_server.close_all()


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home of its own, a plain terminal, UTC."""
    for name in FORGET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DEV2CTO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DEV2CTO_WELCOME", "0")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    symbols.use("auto")
    symbols.for_lines(False)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def study(tmp_path: Path, clock: FakeClock) -> Iterator[Study]:
    """A study of the test course."""
    study = open_study(tmp_path / "records", clock)
    yield study
    study.record.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program in real terminals, on one record unless told otherwise; what runs at the end is killed."""
    running: list[Terminal] = []

    def begin(*arguments: str, home: Path = tmp_path / "home", course: Path | None = COURSE, **how: Any) -> Terminal:
        keep_outline(home, course)
        running.append(Terminal(home, course, *arguments, **how))
        return running[-1]

    yield begin
    for terminal in running:
        terminal.kill()
