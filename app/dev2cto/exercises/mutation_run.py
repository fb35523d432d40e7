"""Runs the learner's tests on the code under test and then on each of its mutants."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.exercises.code import Code
from dev2cto.exercises.mutants import Mutant, mutated, subject_texts
from dev2cto.labs.result import CheckResult, LabRun, Limits, Raw, summarize
from dev2cto.labs.runner import notes_on, off_the_loop, run_harness, usable
from dev2cto.labs.safe_files import read_text
from dev2cto.labs.scratch import scratch_folder

PATIENCE, LEAST = 10, 2.0
"""Time limit on a mutant: this many times as long as on the code, but at least this many seconds."""
CLOSE = 1.5
"""With less than this many times as long, a slow test cannot be told from one that hangs."""
NO_TESTS = "Your files contain no tests yet: write methods named test_... in a subclass of unittest.TestCase."
FIRST = "Your tests must pass on the original code first; the mutants were not tried."


async def run_mutants(lab_folder: Path, workspace: Path, seed: int, lab: Code) -> LabRun:
    """Judge the learner's tests in `workspace`, off the event loop; cancellation works as in `run_lab`.

    Raises LabError if the lab's files or the workspace cannot be used.
    """
    return await off_the_loop(lambda stop: run_mutants_now(lab_folder, workspace, seed, lab, stop))


def run_mutants_now(
    lab_folder: Path, workspace: Path, seed: int, lab: Code, stop: threading.Event | None = None
) -> LabRun:
    """Judge the learner's tests on this thread. The limits apply to all runs together."""
    return _Judging(lab_folder, workspace, seed, lab, stop or threading.Event()).run()


class _Judging:
    """One check of the learner's tests."""

    def __init__(self, lab_folder: Path, workspace: Path, seed: int, lab: Code, stop: threading.Event) -> None:
        self.lab_folder, self.workspace, self.seed, self.lab, self.stop = lab_folder, workspace, seed, lab, stop
        self.subject = subject_texts(lab_folder, lab.subject)
        self.began = time.monotonic()

    def run(self) -> LabRun:
        """Run the tests on the original code, then on the mutants while time is left."""
        before = usable(self.workspace)
        mutants = [(mutant, mutated(self.lab_folder, self.subject, mutant)) for mutant in self.lab.mutants]
        raw = self.tried(self.subject, self.lab.limits)
        plain = summarize(raw, self.seed, self.lab.limits, nothing=NO_TESTS)
        notes = (*plain.notes, *self.changed_here(), *notes_on(self.workspace, before))
        if not plain.passed:
            failed_first = tuple(sorted(plain.checks, key=lambda check: check.status == "passed"))
            notes = notes if plain.stopped else (FIRST, *notes)
            return dataclasses.replace(plain, checks=failed_first, notes=notes)
        survivors: list[Mutant] = []
        stopped = ""
        for n, (mutant, texts) in enumerate(mutants):
            share = self.share(len(mutants) - n, raw.seconds)
            if share < CLOSE * raw.seconds:
                stopped = self.too_slow(raw.seconds)
                break
            outcome = self.tried(texts, dataclasses.replace(self.lab.limits, seconds=share))
            if failed := outcome.verdict.get("failed"):
                raise LabError(f"The check could not be started: {failed}.")
            if outcome.struck == "cancelled" or self.stop.is_set():
                stopped = "The check was cancelled."
                break
            if summarize(outcome, self.seed, self.lab.limits).passed:
                survivors.append(mutant)
        checks = self.checks(len(plain.checks), survivors) if not stopped else plain.checks
        return dataclasses.replace(
            plain,
            checks=checks,
            stopped=stopped,
            notes=notes,
            seconds=round(time.monotonic() - self.began, 3),
            survivors=None if stopped else tuple(mutant.file for mutant in survivors),
        )

    def share(self, left: int, plain: float) -> float:
        """Return the seconds for the next of `left` mutants; `plain` is the time the original code took."""
        remaining = self.lab.limits.seconds - (time.monotonic() - self.began)
        return min(remaining / left, max(LEAST, PATIENCE * plain))

    def too_slow(self, plain: float) -> str:
        """Return the message that there is no time for all mutants."""
        return (
            f"Your tests take {plain:.1f} s on the original code; with {len(self.lab.mutants)} mutants that is more "
            f"than the limit of {self.lab.limits.seconds:g} s. Does one of them sleep or wait?"
        )

    def checks(self, tests: int, survivors: list[Mutant]) -> tuple[CheckResult, ...]:
        """Return the results to show: the tests pass, how many mutants they notice, and which they miss."""
        every, needed = len(self.lab.mutants), self.lab.needed
        noticed = every - len(survivors)
        passing = "Your test passes" if tests == 1 else f"All {tests} of your tests pass"
        return (
            CheckResult(f"{passing} on the original code", "passed"),
            CheckResult(
                f"{noticed} of {every} mutants noticed; {needed} required",
                "passed" if noticed >= needed else "failed",
            ),
            *(CheckResult(f"Not noticed: {mutant.name.removesuffix('.')}.", "missed") for mutant in survivors),
        )

    def tried(self, texts: Mapping[str, str], limits: Limits) -> Raw:
        """Run the learner's tests on that version of the code, the only one they can import."""
        folder = self.workspace.resolve()
        tests = [str(folder / name) for name in self.lab.tests if (folder / name).is_file()]
        if not tests:
            raise LabError(
                f"Missing in your folder: {' and '.join(self.lab.tests)}.", "A fresh copy of the lab restores it."
            )
        with scratch_folder("lab") as scratch:
            place = scratch / "code"
            for name, text in texts.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(text, encoding="utf-8")
            if (self.lab_folder / "data").is_dir():
                (place / "data").symlink_to((self.lab_folder / "data").resolve())
            setup = {"tests": tests, "paths": [str(place), str(folder)]}
            return run_harness(setup, self.lab_folder, self.workspace, self.seed, limits, self.stop, scratch=scratch)

    def changed_here(self) -> tuple[str, ...]:
        """Return a warning if the learner's folder has changed copies of the code under test, which are read-only."""
        found = []
        for name, text in self.subject.items():
            try:
                found += [name] if read_text(self.workspace / name) != text else []
            except LabError:
                continue
        names = " and ".join(found)
        return (f"Changed in your folder: {names}. Your tests are judged on the lab's original.",) if found else ()
