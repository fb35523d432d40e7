"""What the full-screen face costs, beside an empty Textual app, less and mc in the same run.

    python tests/bench/bench_face.py [--runs 5] [--quick]

Bytes repeat exactly and instructions (counted by valgrind where it is installed) nearly so: over a budget in these, the
exit code is 1. Wall times vary by a third on a shared machine; they, and the row of a course four times as large as the
finished one, are printed, with their budgets, for reading only.
`--quick` leaves the instructions out, which take some minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.bench_record import build
from tests.support.pty_driver import Terminal
from tests.support.studies import SHIPPED, record_of

EMPTY = """
from textual.app import App, ComposeResult
from textual.widgets import Footer, Static

class Empty(App[None]):
    BINDINGS = [("x", "nothing", "Nothing"), ("q", "quit", "Quit")]
    pressed = 0

    def compose(self) -> ComposeResult:
        yield Static("READY-TO-GO", id="s")
        yield Footer()

    def action_nothing(self) -> None:
        self.pressed += 1
        self.query_one("#s", Static).update(f"pressed {self.pressed}")

Empty().run()
"""
MARKDOWN = """
from pathlib import Path
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Markdown, Static

TEXT = Path({text!r}).read_text()

class Page(Screen[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown(TEXT)
        yield Footer()

class Shown(App[None]):
    BINDINGS = [("m", "open", "Open"), ("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Static("READY-TO-GO")
        yield Footer()

    def action_open(self) -> None:
        self.push_screen(Page())

Shown().run()
"""
DARK = """
from types import SimpleNamespace
from dev2cto.bootstrap import open_study

study = open_study(SimpleNamespace(course=None, learner="learner"))
study.set("theme", "dark")
study.record.save_and_close()
"""
SEARCH = """
import time
from types import SimpleNamespace
from dev2cto.bootstrap import open_study
from dev2cto.study.queries.search import search_all

study = open_study(SimpleNamespace(course=None, learner="learner"), readonly=True)
search_all(study, "latency")
began = time.perf_counter()
search_all(study, "queue budget")
print((time.perf_counter() - began) * 1000)
"""
OURS = [sys.executable, "-m", "dev2cto"]
SIZE = (100, 30)
QUIET = 0.3
"""Seconds without output after which a screen is taken to be finished."""
HOME = "quit"
"""Text that only the home screen shows."""
READING = "min left"
LONG, LONG_MODULE = 3000, "01-full-stack"
"""Words of the long reading, and the module that has enough of them."""
FINISHED, MOST_MODULES = 10, 40
"""Modules of a course about as large as the finished one, and of one four times as large."""


@dataclass
class Figure:
    """One thing measured, some times: pairs of a value and its floor, and what the ratio (or the value) may be."""

    unit: str
    budget: str
    ratio: float = 0
    most: float = 0
    gates: bool = False
    pairs: list[tuple[float, float]] = field(default_factory=list)

    @property
    def value(self) -> float:
        """The median."""
        return statistics.median(v for v, _ in self.pairs)

    @property
    def share(self) -> float:
        """The median of the ratios to the floor; 0 without a floor."""
        shares = [v / f for v, f in self.pairs if f]
        return statistics.median(shares) if shares else 0

    @property
    def over(self) -> bool:
        """Whether the budget is exceeded."""
        return bool(self.ratio and self.share > self.ratio) or bool(self.most and self.value > self.most)


class Table:
    """Everything measured."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = {}

    def add(
        self,
        name: str,
        value: float,
        floor: float = 0,
        *,
        unit: str = "ms",
        ratio: float = 0,
        most: float = 0,
        gates: bool = False,
    ) -> None:
        """One run's value with its floor; the budget is the most the ratio, or the value, may be."""
        budget = " ".join([f"{ratio:g} x" if ratio else "", f"{most:,.0f} {unit}" if most else ""]).strip()
        figure = self.figures.setdefault(name, Figure(unit, budget, ratio, most, gates))
        figure.pairs.append((value, floor))

    def show(self) -> bool:
        """Print medians and ratios; whether everything that is a gate stays within its budget."""
        print(f"{'what':<52}{'ours':>11} {'':<5}{'floor':>10} {'ratio':>6}  {'budget':<18}")
        for name, figure in self.figures.items():
            floors = [f for _, f in figure.pairs if f]
            floor = f"{statistics.median(floors):,.1f}" if floors else ""
            share = f"{figure.share:.2f}" if figure.share else ""
            word = ("OVER" if figure.gates else "over") if figure.over else ("within" if figure.budget else "")
            print(f"{name:<52}{figure.value:>11,.1f} {figure.unit:<5}{floor:>10} {share:>6}  {figure.budget:<18}{word}")
        return not any(figure.over and figure.gates for figure in self.figures.values())


def timed(do: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def cost(terminal: Terminal, *keys: str, ready: str = "") -> tuple[int, float]:
    """Bytes and milliseconds until the screen has answered these keys."""
    before = terminal.bytes
    began = last = time.perf_counter()
    for key in keys:
        os.write(terminal.fd, key.encode())
        terminal.read(2.0)
        last = time.perf_counter()
    if ready:
        until(terminal, ready)
        last = time.perf_counter()
    while terminal.read(QUIET):
        last = time.perf_counter()
    return terminal.bytes - before, (last - began) * 1000


def until(terminal: Terminal, wanted: str, seconds: float = 30) -> None:
    """Read until the screen shows it."""
    end = time.perf_counter() + seconds
    while wanted not in terminal.text:
        terminal.read(0.005)
        if time.perf_counter() > end:
            raise SystemExit(f"{wanted!r} was never shown:\n{terminal.text}")


def opening(terminal: Terminal, key: str, shown: str) -> tuple[float, float]:
    """Milliseconds from a key until the screen shows a text, and of CPU until nothing happens any more."""
    began, used = time.perf_counter(), cpu(terminal.pid)
    os.write(terminal.fd, key.encode())
    until(terminal, shown)
    took = (time.perf_counter() - began) * 1000
    terminal.settle()
    return took, cpu(terminal.pid) - used


def start(command: list[str], home: Path, ready: str) -> tuple[Terminal, float, float]:
    """The program once it shows `ready`, ms to the first output and ms until ready."""
    began = time.perf_counter()
    terminal = Terminal(home, None, size=SIZE, command=command)
    while not terminal.bytes:
        terminal.read(0.005)
    first = (time.perf_counter() - began) * 1000
    until(terminal, ready)
    ready_ms = (time.perf_counter() - began) * 1000
    terminal.settle()
    return terminal, first, ready_ms


def one_run(table: Table, folder: Path) -> None:
    """What a learner waits for and a line carries, once."""
    home, empty = folder / "home", folder / "empty.py"
    floor, _, floor_ready = start([sys.executable, str(empty)], home, "READY-TO-GO")
    floor_cpu = cpu(floor.pid)
    _, floor_key = cost(floor, "x")
    memory = rss(floor.pid)
    floor_quit = timed(lambda: (os.write(floor.fd, b"q"), floor.wait()))
    app, first, ready = start(OURS, home, HOME)
    table.add("first output (floor: empty app ready)", first, floor_ready, ratio=0.15)
    table.add("home ready (floor: empty app ready)", ready, floor_ready, ratio=1.5)
    commander = mc(folder)
    table.add("start (floor: mc)", app.bytes, commander, unit="bytes", ratio=1.5 if commander else 0, gates=True)
    moved, ms = cost(app, "\x1b[B")
    table.add("a move in a list", moved, unit="bytes", most=300, gates=True)
    table.add("a move in a list (floor: a key in the empty app)", ms, floor_key, ratio=3)
    cost(app, "\x1b[A")
    app.settle(1.5)
    took, used = opening(app, "\r", READING)
    table.add("open a reading (floor: empty app ready)", took, floor_ready, ratio=0.5)
    table.add("open a reading, CPU (floor: start of the empty app)", used, floor_cpu, ratio=0.5)
    long, _, _ = start([*OURS, "--course", str(folder / "long")], folder / "long-home", HOME)
    long.settle(1.5)
    took, used = opening(long, "\r", READING)
    long.kill()
    shutil.rmtree(folder / "long-home")
    widget, _, _ = start([sys.executable, str(folder / "markdown.py")], home, "READY-TO-GO")
    widget.settle(1.5)
    widget_took, widget_used = opening(widget, "m", heading(folder))
    widget.kill()
    table.add(f"open {LONG:,} words (floor: empty app ready)", took, floor_ready, ratio=0.5)
    table.add(f"open {LONG:,} words (floor: Markdown widget)", took, widget_took, ratio=0.15)
    table.add(f"open {LONG:,} words, CPU (floor: start of the empty app)", used, floor_cpu, ratio=0.5)
    table.add(f"open {LONG:,} words, CPU (floor: Markdown widget)", used, widget_used, ratio=0.15)
    app.settle(1.5)
    page, _ = cost(app, " ")
    app.settle(1.5)
    line, _ = cost(app, "\x1b[B")
    pager = less(folder)
    less_page, _ = cost(pager, " ")
    less_line, _ = cost(pager, "\x1b[B")
    pager.kill()
    table.add("a page in a reading (floor: less)", page, less_page, unit="bytes", ratio=2.5, most=4000, gates=True)
    table.add("a line in a reading (floor: less)", line, less_line, unit="bytes", most=600, gates=True)
    table.add("memory while reading (floor: empty app)", rss(app.pid), memory, unit="MiB", ratio=1.5)
    cost(app, "e", ready="save or leave")
    typed = [cost(app, char)[0] for char in "some words"]
    table.add("a character typed", statistics.median(typed), unit="bytes", most=150, gates=True)
    os.write(app.fd, b"word " * 400)
    app.settle(1.0)
    typed = [cost(app, char)[0] for char in "some words"]
    table.add("a character typed in a text of 2,000", statistics.median(typed), unit="bytes", most=150, gates=True)
    app.settle(2.0)
    before, ticks = app.bytes, cpu(app.pid)
    end = time.perf_counter() + 5
    while time.perf_counter() < end:
        app.read(0.5)
    table.add("idle for a second", (app.bytes - before) / 5, unit="bytes", most=0.001, gates=True)
    table.add("idle for a second, CPU", (cpu(app.pid) - ticks) / 5, most=2)
    table.add("memory after writing 2,000 characters", rss(app.pid), memory, unit="MiB")
    table.add("quit (floor: empty app)", timed(lambda: (os.write(app.fd, b"\x11"), app.wait())), floor_quit, ratio=1.5)


def of_themes(table: Table, folder: Path) -> None:
    """A move and a page in colours of their own: those of the dark theme, in 24 bits."""
    home = folder / "dark"
    os.environ["COLORTERM"] = "truecolor"
    subprocess.run([sys.executable, "-c", DARK], env={**os.environ, "DEV2CTO_HOME": str(home)}, check=True)
    app, _, _ = start(OURS, home, HOME)
    cost(app, "\x1b[B")
    table.add("a move in a list, dark theme", cost(app, "\x1b[B")[0], unit="bytes", most=550, gates=True)
    cost(app, "\x1b[A")
    cost(app, "\x1b[A")
    cost(app, "\r", ready=READING)
    app.settle(1.5)
    table.add("a page in a reading, dark theme", cost(app, " ")[0], unit="bytes", most=7500, gates=True)
    app.kill()
    del os.environ["COLORTERM"]


def less(folder: Path) -> Terminal:
    """A pager over the same text."""
    terminal = Terminal(folder, None, size=SIZE, command=["less", str(folder / "text")])
    terminal.settle(0.3)
    return terminal


def mc(folder: Path) -> int:
    """Bytes that mc sends until it is drawn; 0 where it is not installed."""
    if shutil.which("mc") is None:
        return 0
    terminal = Terminal(folder, None, size=SIZE, command=["mc", "-u", str(folder)])
    terminal.settle(1.0)
    sent = terminal.bytes
    terminal.kill()
    return sent


def rss(pid: int) -> float:
    """Resident memory, MiB."""
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def cpu(pid: int) -> float:
    """Milliseconds of CPU so far."""
    return sum(int(p.read_text().split()[0]) for p in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e6


def in_processes(table: Table) -> None:
    """What needs no screen: search over the whole course, and checking it."""
    done = subprocess.run([sys.executable, "-c", SEARCH], capture_output=True, text=True, check=True)
    table.add("search over the whole course", float(done.stdout), most=10)
    table.add(
        "check of the whole course", timed(lambda: subprocess.run([*OURS, "check"], capture_output=True)), most=3000
    )


def millions(command: Sequence[str], home: Path, *steps: tuple[str, str], patient: bool = False) -> float:
    """Millions of instructions of a program in a terminal: each step waits for a text and presses a key.

    `patient`: the first key only when the program has nothing more to do.
    """
    counts = home.with_suffix(".counts")
    tool = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        f"--cachegrind-out-file={counts}",
        "--log-file=/dev/null",
    ]
    os.environ["PYTHONHASHSEED"] = "0"
    terminal = Terminal(home, None, size=SIZE, command=[*tool, f"--cachegrind-out-file={counts}", *command])
    for number, (wanted, key) in enumerate(steps):
        until(terminal, wanted, 300) if wanted else None
        idle(terminal) if patient and not number else None
        os.write(terminal.fd, key.encode())
    terminal.wait()
    return float(re.findall(r"^summary: (\d+)", counts.read_text(), re.MULTILINE)[0]) / 1e6


def idle(terminal: Terminal) -> None:
    """Wait until it has done nothing to speak of for as long as it has worked so far; what is put off is done then."""
    since, used = time.perf_counter(), cpu(terminal.pid)
    while time.perf_counter() - since < 1.5 + used / 1000:
        terminal.read(0.1)
        if cpu(terminal.pid) - used > 100:
            since, used = time.perf_counter(), cpu(terminal.pid)


def instructions(table: Table, folder: Path) -> None:
    """The same whatever else the machine does."""
    if shutil.which("valgrind") is None:
        print("valgrind is not installed: instructions are not counted")
        return
    home, script = folder / "home", [sys.executable, str(folder / "empty.py")]
    at_once = ("", "q")
    floor = millions(script, home, at_once)

    def add(name: str, value: float, against: float, ratio: float) -> None:
        table.add(name, value, against, unit="M", ratio=ratio, gates=True)

    ours = millions(OURS, home, at_once)
    add("home, instructions (floor: empty app)", ours, floor, 1.25)
    add("status, instructions (floor: empty app)", millions([*OURS, "status"], home), floor, 0.25)
    add("next, instructions (floor: empty app)", millions([*OURS, "next"], home), floor, 0.25)
    millions([*OURS, "search", "sharding"], home)  # builds the index
    add("search, instructions (floor: empty app)", millions([*OURS, "search", "sharding"], home), floor, 0.3)
    long, widget = [*OURS, "--course", str(folder / "long")], [sys.executable, str(folder / "markdown.py")]
    opened = millions(long, folder / "long-home", (HOME, "\r"), (READING, "\x11"), patient=True)
    opened -= millions(long, folder / "long-home-2", (HOME, "\x11"), patient=True)
    theirs = millions(widget, home, ("READY-TO-GO", "m"), (heading(folder), "q"), patient=True)
    theirs -= millions(widget, home, ("READY-TO-GO", "q"), patient=True)
    add(f"open {LONG:,} words, instructions (floor: empty app)", opened, floor, 0.5)
    add(f"open {LONG:,} words, instructions (floor: Markdown)", opened, theirs, 0.15)
    of_large_records(table, folder)


def of_large_records(table: Table, folder: Path) -> None:
    """Home after years of study, beside home with 100 answers; and with a course that has grown besides."""
    few, _ = of_home(folder, 100, OURS)
    for name, modules, gates in (
        ("50,000 answers", 0, True),
        (f"{FINISHED} modules, 50,000 answers", FINISHED, True),
        (f"{MOST_MODULES} modules, 50,000 answers", MOST_MODULES, False),
    ):
        course = enlarged(folder / f"course-{modules}", modules) if modules else None
        many, memory = of_home(folder, 50_000, [*OURS, *(["--course", str(course)] if course else [])], course)
        table.add(f"home, {name}", many, few, unit="M", ratio=1.05, gates=gates)
        plain, _, _ = start(OURS, folder / "home-100", HOME)
        table.add(f"home, {name}: memory", memory, rss(plain.pid), unit="MiB", ratio=1.1)
        plain.kill()


def of_home(folder: Path, answers: int, command: list[str], course: Path | None = None) -> tuple[float, float]:
    """Millions of instructions and MiB of home with a record of so many answers."""
    home = folder / f"home-{answers}"
    if not home.exists():
        (home / "records").mkdir(0o700, parents=True)
        build(home / "records" / "learner", home / "cache", answers)
    if course is not None:
        shutil.copytree(home / "records" / "learner", record_of(home, course), ignore=shutil.ignore_patterns("courses"))
    for _ in range(2):  # takes in what the other writer left, and makes the index of the course
        terminal, _, _ = start(command, home, HOME)
        terminal.kill()
    counted = millions(command, home, ("", "q"))
    terminal, _, _ = start(command, home, HOME)
    memory = rss(terminal.pid)
    terminal.kill()
    return counted, memory


def enlarged(to: Path, modules: int) -> Path:
    """The course with its modules again and again, so many in all; every id gets a letter of its own."""
    shutil.copytree(SHIPPED, to)
    names = sorted(path.name for path in (to / "modules").iterdir())
    listed = []
    for letter in "abcdefghij"[: modules // len(names)]:
        for name in names:
            copy = to / "modules" / f"{letter}{name}"
            shutil.copytree(SHIPPED / "modules" / name, copy)
            listed.append(f"  - {copy.name}\n")
            for path in copy.rglob("*.yaml"):
                path.write_text(re.sub(r"\bm(\d\d)\b", rf"{letter}m\1", path.read_text()))
    for name in names:
        shutil.rmtree(to / "modules" / name)
    text = (to / "course.yaml").read_text()
    begin = text.index("modules:\n") + len("modules:\n")
    rest = re.sub(r"^(  - .*\n)+", "", text[begin:])
    (to / "course.yaml").write_text(text[:begin] + "".join(listed) + rest)
    return to


def lengthened(to: Path) -> str:
    """A course whose first reading has the long text, with its checks; returns that text as plain Markdown."""
    shutil.copytree(SHIPPED, to)
    folder = to / "modules" / LONG_MODULE
    head = yaml.safe_load((folder / "module.yaml").read_text())
    files = {doc["id"]: (path, doc) for path in folder.glob("readings/*.yaml")
             for doc in [yaml.safe_load(path.read_text())]}  # fmt: skip
    path, first = files[head["readings"][0]]
    sections: list[dict[str, str]] = []
    for id in head["readings"]:
        for section in files[id][1]["sections"]:
            if sum(len(s["text"].split()) for s in sections) < LONG:
                sections.append({**section, "id": f"s{len(sections)}"})
    first["sections"] = sections
    path.write_text(yaml.safe_dump(first, allow_unicode=True, sort_keys=False))
    course = yaml.safe_load((to / "course.yaml").read_text())
    course["modules"] = [LONG_MODULE]
    (to / "course.yaml").write_text(yaml.safe_dump(course, allow_unicode=True, sort_keys=False))
    return "\n\n".join(f"## {section['heading']}\n\n{section['text']}" for section in sections)


def heading(folder: Path) -> str:
    """The first heading of the long text."""
    return (folder / "long.md").read_text().partition("\n")[0].removeprefix("## ")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--quick", action="store_true")
    wanted = options.parse_args()
    os.environ.setdefault("DEV2CTO_COURSE", str(SHIPPED))
    os.environ["DEV2CTO_WELCOME"] = "0"
    for name in ("PYTHONDONTWRITEBYTECODE", "COLORTERM", "NO_COLOR"):
        os.environ.pop(name, None)
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DEV2CTO_HOME"] = str(folder / "home")
        (folder / "empty.py").write_text(EMPTY)
        text = subprocess.run([*OURS, "show", "m01-one-click"], capture_output=True, text=True, check=True).stdout
        (folder / "text").write_text(text)
        (folder / "long.md").write_text(lengthened(folder / "long"))
        (folder / "markdown.py").write_text(MARKDOWN.format(text=str(folder / "long.md")))
        for _ in range(wanted.runs):
            shutil.rmtree(folder / "home" / "records", ignore_errors=True)
            one_run(table, folder)
        of_themes(table, folder)
        in_processes(table)
        table.show() if not wanted.quick else None
        if not wanted.quick:
            shutil.rmtree(folder / "home" / "records", ignore_errors=True)
            subprocess.run([*OURS, "status"], capture_output=True, check=True)
            instructions(table, folder)
        fits = table.show()
    raise SystemExit(0 if fits else 1)


if __name__ == "__main__":
    main()
