"""Runs the learner's tests on the code they are for, and then on each mutant of it."""

from __future__ import annotations

import dataclasses
import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from dev2cto.errors import LabError
from dev2cto.exercises.code import Code
from dev2cto.exercises.mutants import Mutant, mutated, subject_texts
from dev2cto.labs.result import CheckResult, LabRun, Limits, Raw, summarize
from dev2cto.labs.runner import new_scratch, notes_on, off_the_loop, run_harness, usable
from dev2cto.labs.safe_files import read_text

PATIENCE, LEAST = 10, 2.0
"""On a mutant the tests may take so many times as long as on the code, or so many seconds if that is more."""
CLOSE = 1.5
"""Less than so many times as long is not enough to tell a test that hangs from one that is slow."""
NO_TESTS = (
    "Your files hold no tests yet: methods whose names begin with test, in a class that derives from unittest.TestCase."
)
FIRST = "Your tests must pass on the code as it is; its mutants were not tried."


async def run_mutants(lab_folder: Path, workspace: Path, seed: int, lab: Code) -> LabRun:
    """Judge the learner's tests in `workspace`, off the event loop; cancelled as `run_lab` is.

    Raises LabError where the lab's files or the workspace cannot be used.
    """
    return await off_the_loop(lambda stop: run_mutants_now(lab_folder, workspace, seed, lab, stop))


def run_mutants_now(
    lab_folder: Path, workspace: Path, seed: int, lab: Code, stop: threading.Event | None = None
) -> LabRun:
    """The same, on this thread. The limits hold for all runs together."""
    return _Judging(lab_folder, workspace, seed, lab, stop or threading.Event()).run()


class _Judging:
    """One check of the learner's tests."""

    def __init__(self, lab_folder: Path, workspace: Path, seed: int, lab: Code, stop: threading.Event) -> None:
        self.lab_folder, self.workspace, self.seed, self.lab, self.stop = lab_folder, workspace, seed, lab, stop
        self.subject = subject_texts(lab_folder, lab.subject)
        self.began = time.monotonic()

    def run(self) -> LabRun:
        """First on the code as it is, then on the mutants, while time is left."""
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
        """Seconds for the next of so many mutants; `plain` is how long the tests take on the code as it is."""
        remaining = self.lab.limits.seconds - (time.monotonic() - self.began)
        return min(remaining / left, max(LEAST, PATIENCE * plain))

    def too_slow(self, plain: float) -> str:
        """Why there is no time for all mutants."""
        return (
            f"Your tests take {plain:.1f} s on the code as it is; with {len(self.lab.mutants)} mutants that is more "
            f"than the limit of {self.lab.limits.seconds:g} s. Does one of them wait?"
        )

    def checks(self, tests: int, survivors: list[Mutant]) -> tuple[CheckResult, ...]:
        """What is shown: that the tests pass, how many mutants they notice, and which they do not."""
        every, needed = len(self.lab.mutants), self.lab.needed
        noticed = every - len(survivors)
        passing = "Your test passes" if tests == 1 else f"All {tests} of your tests pass"
        return (
            CheckResult(f"{passing} on the code as it is", "passed"),
            CheckResult(
                f"{noticed} of {every} mutants are noticed; {needed} are needed",
                "passed" if noticed >= needed else "failed",
            ),
            *(CheckResult(f"Nobody noticed that {mutant.name.removesuffix('.')}.", "missed") for mutant in survivors),
        )

    def tried(self, texts: Mapping[str, str], limits: Limits) -> Raw:
        """The learner's tests on that version of the code, which is all that they can import of it."""
        folder, scratch = self.workspace.resolve(), new_scratch()
        place = scratch / "code"
        try:
            for name, text in texts.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(text, encoding="utf-8")
            if (self.lab_folder / "data").is_dir():
                (place / "data").symlink_to((self.lab_folder / "data").resolve())
            setup = {
                "tests": [str(folder / name) for name in self.lab.tests if (folder / name).is_file()],
                "paths": [str(place), str(folder)],
            }
            if not setup["tests"]:
                raise LabError(f"{' and '.join(self.lab.tests)} is missing.", "A fresh copy of the lab brings it back.")
            return run_harness(setup, self.lab_folder, self.workspace, self.seed, limits, self.stop, scratch=scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def changed_here(self) -> tuple[str, ...]:
        """Files of the code under test that differ in the learner's folder, where they are only to be read."""
        found = []
        for name, text in self.subject.items():
            try:
                found += [name] if read_text(self.workspace / name) != text else []
            except LabError:
                continue
        names = " and ".join(found)
        return (f"{names} was changed in your folder; your tests are judged on the lab's own.",) if found else ()
