"""Checks that run the course's code: starters fail, solutions pass on several seeds, code prints what items claim."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dev2cto.course import loader
from dev2cto.course.loader import Loaded
from dev2cto.exercises.code import Code
from dev2cto.exercises.mutants import module_of
from dev2cto.exercises.mutation_run import run_mutants_now
from dev2cto.items.output import Output
from dev2cto.labs import workspace
from dev2cto.labs.result import LabRun
from dev2cto.labs.runner import run_lab_now
from dev2cto.labs.scratch import scratch_folder
from dev2cto.labs.snippet import run_python
from dev2cto.yaml.tree import Problem, Problems

SEEDS = (1, 20261, 987654321)
"""A solution must pass on every seed; hard-coded answers pass on one at most."""
TRIVIAL = """
import unittest


class Trivial(unittest.TestCase):
    def test_nothing(self):
        pass
"""
PrintLine = Callable[[str], None]


def runnable(root: Path) -> tuple[Loaded[Code] | Output, ...]:
    """Return the labs and the items with code that `check_code` runs, in course order."""
    found = Problems()
    course = loader.load_course(root, found)
    things: list[Loaded[Code] | Output] = []
    for folder in course.modules if course else ():
        for lab in loader.load_exercises(root, folder, found):
            if isinstance(lab.value, Code):
                things.append(Loaded(lab.value, lab.path))
        bank = loader.load_bank(root, folder, found)
        things += [item for item in bank if isinstance(item, Output) and item.lang == "python"]
    return tuple(things)


def listings(things: Iterable[Loaded[Code] | Output]) -> tuple[str, ...]:
    """Return the code of items among them; trusting a course includes trusting this code."""
    return tuple(thing.code for thing in things if isinstance(thing, Output))


def check_code(things: Iterable[Loaded[Code] | Output], code: Path, say: PrintLine) -> Iterator[Problem]:
    """Run these labs, from their files below `code`, and items; yield the problems found.

    `say` is called with progress messages.
    """
    for thing in things:
        if isinstance(thing, Output):
            say(f"{thing.id} ...")
            printed = run_python(thing.code)
            if printed.rstrip() != thing.stdout.rstrip():
                mark = thing.where.mark("stdout")
                yield Problem(thing.where.path, mark, "R702", f"the code prints {printed!r}", "correct stdout")
        else:
            say(f"{thing.value.id} ...")
            yield from _lab(code, thing.path, thing.value)


def _lab(root: Path, path: str, lab: Code) -> Iterator[Problem]:
    source = (root / path).parent
    mark = lab.where.mark("files")
    with scratch_folder("check") as scratch:
        copy = workspace.materialize(source, scratch, lab.id)
        if _run(source, copy.folder, SEEDS[0], lab).passed:
            yield Problem(path, mark, "R703", "the unchanged starter passes all checks", "leave something to do")
        if lab.by_mutants and (noticed := _trivially_noticed(source, copy.folder, lab)) >= lab.needed:
            message = f"a test that only imports the code notices {noticed} of {len(lab.mutants)} mutants"
            hint = f"{lab.needed} are required: make mutants fail in a test, not at import"
            yield Problem(path, lab.where.mark("kill"), "R705", message, hint)
        for name in lab.files:
            target = copy.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / "solution" / name, target)
        for seed in SEEDS[:1] if lab.by_mutants else SEEDS:
            run = _run(source, copy.folder, seed, lab)
            if not run.passed:
                failing = next((f"{c.title}: {c.message}" for c in run.checks if c.status != "passed"), "")
                yield Problem(path, mark, "R704", f"the solution fails with seed {seed}: {run.stopped or failing}")
                break
            for number, mutant in enumerate(lab.mutants):
                if mutant.file in (run.survivors or ()):
                    message = f"the solution does not notice that {mutant.name}"
                    yield Problem(path, lab.where.mark("mutants", number, "name"), "R704", message)


def _trivially_noticed(source: Path, folder: Path, lab: Code) -> int:
    """Return how many mutants are noticed by a test that only imports the code."""
    imports = "".join(f"import {module_of(name)}\n" for name in lab.subject if name.endswith(".py"))
    for name in lab.tests:
        (folder / name).write_text(imports + TRIVIAL, encoding="utf-8")
    run = _run(source, folder, SEEDS[0], lab)
    return 0 if run.survivors is None else len(lab.mutants) - len(run.survivors)


def _run(source: Path, folder: Path, seed: int, lab: Code) -> LabRun:
    if lab.by_mutants:
        return run_mutants_now(source, folder, seed, lab)
    return run_lab_now(source, folder, seed, lab.limits)
