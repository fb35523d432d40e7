"""What the full-screen face costs, as ratios to an empty Textual app and to less in the same run.

    python tests/bench/bench_face.py [--runs 5]

Bytes repeat exactly and are what to look at first; wall times vary with the machine. Instructions are counted with
valgrind where that is installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support import SHIPPED
from tests.terminal import Terminal

EMPTY = """
from textual.app import App, ComposeResult
from textual.widgets import Footer, Static

class Empty(App[None]):
    BINDINGS = [("x", "nothing", "Nothing")]
    pressed = 0

    def compose(self) -> ComposeResult:
        yield Static("READY-TO-GO", id="s")
        yield Footer()

    def action_nothing(self) -> None:
        self.pressed += 1
        self.query_one("#s", Static).update(f"pressed {self.pressed}")

Empty().run()
"""
SIZE = (100, 30)
QUIET = 0.3
"""Seconds without output after which a screen is taken to be finished."""


def timed(do: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def cost(terminal: Terminal, *keys: str, ready: str = "") -> tuple[int, float]:
    """Bytes and milliseconds until the screen has answered these keys."""
    before = terminal.bytes
    began = time.perf_counter()
    last = began
    for key in keys:
        os.write(terminal.fd, key.encode())
        terminal.read(2.0)
        last = time.perf_counter()
    while terminal.read(QUIET) or (ready and ready not in terminal.text):
        last = time.perf_counter()
    return terminal.bytes - before, (last - began) * 1000


class Table:
    """Rows of measured values with their floor."""

    def __init__(self) -> None:
        self.values: dict[str, list[tuple[float, float]]] = {}

    def add(self, name: str, value: float, floor: float) -> None:
        """One run's value and its floor."""
        self.values.setdefault(name, []).append((value, floor))

    def show(self) -> None:
        """Medians and ratios."""
        print(f"{'what':<44} {'ours':>10} {'floor':>10} {'ratio':>7}")
        for name, pairs in self.values.items():
            ours = statistics.median(v for v, _ in pairs)
            floor = statistics.median(f for _, f in pairs)
            ratio = f"{statistics.median(v / f for v, f in pairs if f):7.2f}" if floor else "      -"
            print(f"{name:<44} {ours:>10,.1f} {floor:>10,.1f} {ratio}")


def start(command: list[str], home: Path, ready: str) -> tuple[Terminal, float, float]:
    """The program once it shows `ready`, ms to the first output and ms until ready."""
    began = time.perf_counter()
    terminal = Terminal(home, None, size=SIZE, command=command)
    while not terminal.bytes:
        terminal.read(0.01)
    first = (time.perf_counter() - began) * 1000
    while ready not in terminal.text:
        terminal.read(0.01)
        if time.perf_counter() - began > 30:
            raise SystemExit(f"{command} never showed {ready!r}:\n{terminal.text}")
    until = (time.perf_counter() - began) * 1000
    terminal.settle()
    return terminal, first, until


def one_run(table: Table, folder: Path) -> None:
    """All measurements once."""
    home, empty = folder / "home", folder / "empty.py"
    empty.write_text(EMPTY)
    ours = [sys.executable, "-m", "dev2cto"]
    floor, _, floor_ready = start([sys.executable, str(empty)], home, "READY-TO-GO")
    _, floor_key = cost(floor, "x")
    memory = rss(floor.pid)
    floor_quit = timed(lambda: (os.write(floor.fd, b"\x11"), floor.wait()))
    app, first, ready = start(ours, home, "quit")
    table.add("first output, ms (floor: empty app ready)", first, floor_ready)
    table.add("home ready, ms (floor: empty app)", ready, floor_ready)
    table.add("start, bytes (floor: empty app)", app.bytes, floor.bytes)
    table.add("memory, MiB (floor: empty app)", rss(app.pid), memory)
    moved, ms = cost(app, "\x1b[B")
    table.add("one move in a list, bytes", moved, 0)
    table.add("one move in a list, ms (floor: a key there)", ms, floor_key)
    cost(app, "1")
    opened, ms = cost(app, "\r", ready="section 1 of")
    table.add("open a reading, ms (floor: empty app ready)", ms, floor_ready)
    table.add("open a reading, bytes", opened, 0)
    page, _ = cost(app, " ")
    line, _ = cost(app, "\x1b[B")
    pager = less(folder)
    less_page, _ = cost(pager, " ")
    less_line, _ = cost(pager, "\x1b[B")
    pager.kill()
    table.add("page in a reading, bytes (floor: less)", page, less_page)
    table.add("line in a reading, bytes (floor: less)", line, less_line)
    cost(app, "e")
    typed = [cost(app, char)[0] for char in "some words"]
    table.add("a character typed, bytes", statistics.median(typed), 0)
    before = app.bytes
    app.settle(1.0)
    app.read(2.0)
    table.add("idle for two seconds, bytes", app.bytes - before, 0)
    table.add("quit, ms (floor: empty app)", timed(lambda: (os.write(app.fd, b"\x11"), app.wait())), floor_quit)


def less(folder: Path) -> Terminal:
    """A pager over the same text."""
    text = subprocess.run(
        [sys.executable, "-m", "dev2cto", "show", "m01-one-click"],
        capture_output=True, text=True, check=True, env={**os.environ, "DEV2CTO_HOME": str(folder / "home")},
    ).stdout  # fmt: skip
    (folder / "text").write_text(text)
    terminal = Terminal(folder, None, size=SIZE, command=["less", str(folder / "text")])
    terminal.settle(0.3)
    return terminal


def rss(pid: int) -> float:
    """Resident memory, MiB."""
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def instructions(command: list[str], home: Path) -> float | None:
    """Millions of instructions of a command, by valgrind."""
    if shutil.which("valgrind") is None:
        return None
    done = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command],
        capture_output=True, text=True, check=False,
        env={**os.environ, "DEV2CTO_HOME": str(home), "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    found = [line for line in done.stderr.splitlines() if "refs:" in line]
    return int(found[0].rpartition(":")[2].replace(",", "")) / 1e6 if found else None


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    os.environ.setdefault("DEV2CTO_COURSE", str(SHIPPED))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "dev2cto", "status"], capture_output=True, check=True,
                       env={**os.environ, "DEV2CTO_HOME": str(folder / "home")})  # fmt: skip
        for _ in range(runs):
            shutil.rmtree(folder / "home" / "records", ignore_errors=True)
            one_run(table, folder)
        table.show()
        status = instructions([sys.executable, "-m", "dev2cto", "status"], folder / "home")
        textual = instructions([sys.executable, "-c", "import textual.app, textual.widgets._footer"], folder / "home")
        if status is None or textual is None:
            print("instructions: valgrind is not installed, so they are not counted")
        else:
            print(f"status: {status:,.0f} M instructions; importing Textual alone: {textual:,.0f} M")


if __name__ == "__main__":
    main()
