"""Goes through a whole course by keys and by lines, is killed on the way, and compares the transcripts.

    python -m tests.proofs.drive [COURSE] [--kills 20] [--thorough] [--short] [--seed 1]

From an empty record, every question is answered (a third of them wrongly at first), every exercise done, and the
transcript opened at the end: once by lines, once in the full screen. Then both again, ended by SIGKILL at random lines
and keys and continued. All must come to the same transcript. What a driven learner does is in `tests/driven/`.
`--thorough` continues with quizzes and final forms until every item was asked; `--short` leaves out the undisturbed run
in the full screen. Without COURSE it is the sample course, cut short; `course` is the shipped one, which takes many
times as long.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import itertools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key

from dev2cto.export.transcript import Format, render
from dev2cto.plain.main import run_plain
from dev2cto.plain.screens import transcript as transcript_screen
from dev2cto.plain.session_end import SessionEnded
from dev2cto.study.queries.transcript import transcript
from dev2cto.study.state.course_trust import is_trusted, trust
from dev2cto.study.study import Study
from tests.driven import lines, screen
from tests.driven.plan import Plan
from tests.support.capstone import cut_short
from tests.support.pilot_driver import LOOK, Driver, has_work, opened
from tests.support.studies import FakeClock, open_study, outline

KEYS_A_LINE = 3
"""About as many keys take one as far as a line."""
FORMATS: tuple[Format, ...] = ("md", "text", "csv")
LONGEST = 1500
"""Keys or lines that lead to nothing, after which the learner is lost."""
REACHED: tuple[str, ...] = ("answers", "attempts", "submissions", "marks", "sections", "sums")
CHARACTERS = {_character_to_key(char): char for char in map(chr, range(0x20, 0x2200)) if char.isprintable()}
"""What keys type: an answer may have a unit such as the euro sign."""
PAUSE = 10
"""Seconds between a kill and the next start."""


@dataclass
class Learner:
    """One session of a driven learner; it ends by SIGKILL before key or line number `limit`, if that comes."""

    study: Study
    plan: Plan
    clock: FakeClock
    begin: FakeClock
    chance: random.Random
    limit: int = 0
    keys: int = 0
    at: Any = None
    here: int = 0
    seen: str = ""
    """What was on the way to the transcript, and in it."""
    log: list[str] = field(default_factory=list)

    def beat(self, key: str) -> None:
        """Before each key or line: time passes, chance is set, and it may be the last."""
        self.plan.beat(self.clock, self.begin)
        self.keys += 1
        reached = [len(self.study.record.table(table)) for table in REACHED]
        self.here = self.here + 1 if reached == self.at else 0
        self.at = reached
        self.log = [*self.log[-40:], key]
        if self.here > LONGEST:
            raise AssertionError(f"lost at {self.plan.part} after {self.log}")
        if self.keys == self.limit:
            if self.chance.random() < 0.5:
                self.study.record.save_live()  # as three seconds later
            os.kill(os.getpid(), signal.SIGKILL)


async def by_keys(learner: Learner, *, resume: bool) -> None:
    """Go through the course in the full screen, and to the transcript."""
    async with opened(learner.study, resume=resume) as driver:
        try:
            while (part := learner.plan.part) is not None:
                await press(driver, learner, *screen.moves(driver, learner.plan, part))
            while driver.name != "HomePage":
                await press(driver, learner, screen.leave(driver.page)[0])
            for key in "pt":
                await press(driver, learner, key)
        except Exception as error:
            raise AssertionError(f"{learner.plan.part}: {learner.log}\n{driver.text}") from error
        assert driver.name == "TranscriptPage", driver.text
        learner.seen = driver.text
        await press(driver, learner, "ctrl+q")


async def press(driver: Driver, learner: Learner, *moves: screen.Move) -> None:
    """Keys and pasted texts, faster than a hand, then all that follows."""
    app = driver.app
    assert app._driver is not None
    for move in moves:
        if isinstance(move, events.Paste):
            await settle(driver)  # keys take longer than a paste, which is not to come before them
        learner.beat(move if isinstance(move, str) else "paste")
        event = events.Key(move, CHARACTERS.get(move)) if isinstance(move, str) else move
        event.set_sender(app)
        app._driver.send_message(event)
    await settle(driver)


async def settle(driver: Driver) -> None:
    """Until every key has done its work, however long that takes: a pause alone ends after a second."""
    app = driver.app
    await driver.pilot.pause()
    while (
        any(each.message_queue_size for each in (app, app.screen, app.focused) if each is not None)
        or any(worker.is_running for worker in app.workers)
        or has_work(app)
    ):
        await asyncio.sleep(LOOK)
        await driver.pilot.pause()


class Typist:
    """Types line by line what comes next; ends the program when the transcript was read."""

    terminal = False

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.resumed: Callable[[], None] = lambda: None

    def line(self) -> str:
        """The next line."""
        learner = self.learner
        part = learner.plan.part
        try:
            typed = lines.line(learner.plan, part) if part is not None else self.end()
        except Exception:
            learner.seen = traceback.format_exc()
            raise SessionEnded(9) from None
        learner.beat(typed)
        return typed

    def end(self) -> str:
        """To the transcript, and out."""
        if lines.waits_in(transcript_screen.run):
            self.learner.seen = "transcript"
        return lines.to_transcript(bool(self.learner.seen))

    def wait(self, seconds: float) -> bool:
        """There is always something to read."""
        return True


def by_lines(learner: Learner, *, resume: bool) -> None:
    """Go through the course by lines, and to the transcript."""
    out = io.StringIO()
    code = run_plain(learner.study, resume=resume, source=Typist(learner), out=out)
    assert code == 0, f"{learner.plan.part}: {learner.log}\n{out.getvalue()[-3000:]}\n{learner.seen}"
    assert learner.seen == "transcript"
    learner.seen = out.getvalue()


def session(front: str, home: Path, course: Path, limit: int, number: int, *, thorough: bool) -> dict[str, Any]:
    """One session, from the beginning or where the one before was killed; what came of it."""
    os.environ |= {"DEV2CTO_HOME": str(home), "TERM": "xterm-256color", "TZ": "UTC", "TEXTUAL_ANIMATIONS": "none"}
    clock, begin = FakeClock(), FakeClock()
    for each in (clock, begin):
        each.pass_(seconds=PAUSE * number)
    study = open_study(home / "records", clock, course=course)
    if not is_trusted(study):
        trust(study)
    learner = Learner(study, Plan(study, thorough=thorough), clock, begin, random.Random(number), limit)
    if front == "screen":
        asyncio.run(by_keys(learner, resume=number > 0))
        study.record.save_and_close()
    else:
        by_lines(learner, resume=number > 0)
    assert "It is not a certificate" in " ".join(learner.seen.split()), learner.seen
    again = open_study(home / "records", clock, course=course, readonly=True)
    made = transcript(again)
    assert not Plan(again, thorough=thorough).part
    return {"keys": learner.keys, "transcript": {form: render(made, form) for form in FORMATS}}


def forked(*arguments: Any, **options: Any) -> dict[str, Any]:
    """A session in a process of its own; empty where it was killed. Ends the program where it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            found = session(*arguments, **options)
        except BaseException:
            found = {"problem": traceback.format_exc()}
        with os.fdopen(writing, "w") as pipe:
            json.dump(found, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        received = pipe.read()
    _, status = os.waitpid(child, 0)
    found = dict(json.loads(received)) if received else {}
    if "problem" in found:
        sys.exit(f"{arguments[0]}: {found['problem']}")
    if not found and os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        sys.exit(f"{arguments[0]}: the session ended with {os.waitstatus_to_exitcode(status)}")
    return found


def main() -> None:
    """Runs the proof; exit status 1 where a transcript differs or the learner gets stuck."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("course", nargs="?", type=Path)
    parser.add_argument("--kills", type=int, default=20, help="in each front end")
    parser.add_argument("--thorough", action="store_true", help="until every item was asked")
    parser.add_argument("--short", action="store_true", help="leave out the undisturbed run in the full screen")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    course = (wanted.course or cut_short(folder)).resolve()
    outline(course)
    way = Way(course, folder, random.Random(wanted.seed), thorough=wanted.thorough)
    keys = way.undisturbed("lines")
    if not wanted.short:
        way.undisturbed("screen")
    if wanted.kills:
        way.killed("lines", wanted.kills, keys)
        way.killed("screen", wanted.kills, keys * KEYS_A_LINE)
    shutil.rmtree(folder)
    print(f"{len(way.first['text'].splitlines())} lines of transcript, the same in every run")


@dataclass
class Way:
    """The way through one course, gone several times; the first transcript is what the others are compared with."""

    course: Path
    folder: Path
    chance: random.Random
    thorough: bool
    first: dict[str, str] = field(default_factory=dict)

    def session(self, front: str, home: str, limit: int = 0, number: int = 0) -> dict[str, Any]:
        """One session in a process of its own."""
        return forked(front, self.folder / home, self.course, limit, number, thorough=self.thorough)

    def undisturbed(self, front: str) -> int:
        """In one session; how many keys or lines that takes."""
        began = time.monotonic()
        found = self.session(front, front)
        self.compare(found, f"{front}, undisturbed")
        print(f"{front}: {found['keys']:,} keys or lines in {time.monotonic() - began:.1f} s", flush=True)
        return int(found["keys"])

    def killed(self, front: str, kills: int, keys: int) -> None:
        """Killed about so many times on a way of about so many keys."""
        began, number, home = time.monotonic(), 0, f"{front}, killed"
        found: dict[str, Any] = {}
        while not found:
            limit = self.chance.randint(1, max(2, 2 * keys // kills)) if number < kills else 0
            found = self.session(front, home, limit, number)
            number += not found
        self.compare(found, f"{front}, killed {number} times")
        print(f"{front}: killed {number} times, the same in {time.monotonic() - began:.1f} s", flush=True)

    def compare(self, found: dict[str, Any], what: str) -> None:
        """End the program where a transcript differs from the first one."""
        self.first = self.first or found["transcript"]
        for form, text in self.first.items():
            both = itertools.zip_longest(text.splitlines(), found["transcript"][form].splitlines())
            for n, (one, other) in enumerate(both, 1):
                if one != other:
                    sys.exit(f"{what}: line {n} of the transcript ({form}) is\n  {other}\nand not\n  {one}")


if __name__ == "__main__":
    main()
