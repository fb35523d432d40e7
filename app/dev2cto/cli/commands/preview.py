"""dev2cto preview: show a file of a course, or one part of it, as the learner sees it, with its problems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_curriculum
from dev2cto.cli.output import emit
from dev2cto.errors import CourseError, UsageError
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "show a file of a course, or one part of it"
ARGUMENTS: Arguments = {
    "path": {"metavar": "PATH", "help": "a file of a course, or the id of a reading, item or exercise"}
}


def run(options: Namespace) -> int:
    """Print a reading, bank, item or exercise, given by file or id; the exit code is 1 if it has problems."""
    from dev2cto.cli.preview_text import bank_lines, diff_lines, exercise_lines, reading_lines
    from dev2cto.course import loader
    from dev2cto.course.model import Reading
    from dev2cto.exercises.diffs.diff import Diff
    from dev2cto.yaml.tree import Problems

    path = expanded(options.path).resolve()
    item = ""
    if not path.is_file() and (found := file_of(options)):
        path, item = found
    root = next((p for p in path.parents if (p / "course.yaml").is_file()), None)
    if not path.is_file() or root is None:
        hint = "Give a .yaml file of a course, or the id of a reading, item or exercise."
        raise UsageError(f"{options.path} is not a file of a course.", hint)
    options.course = str(root)
    curriculum = open_curriculum(options)
    name, problems = str(path.relative_to(root)), Problems()
    if path.name == "bank.yaml":
        items = loader.load_bank(root, path.parent.name, problems)
        lines = bank_lines(curriculum, tuple(i for i in items if item in ("", i.id)))
    elif path.name == "exercise.yaml":
        exercise = loader.load_exercise(root, name, problems)
        lines = exercise_lines(curriculum, exercise) if exercise else []
        if isinstance(exercise, Diff):
            lines += diff_lines(curriculum, exercise, path.parent)
    elif path.parent.name == "readings":
        reading = loader.load_file(root, name, Reading, problems)
        lines = reading_lines(curriculum, reading) if reading else []
    else:
        raise CourseError(f"{path.name} has nothing to preview.", "Preview a reading, a bank or an exercise.")
    faults = problems.sorted()
    emit([*lines, *(str(p) for p in faults)])
    return 1 if faults else 0


def file_of(options: Namespace) -> tuple[Path, str] | None:
    """Return the file that defines an id, and the id if it is an item's (else ""); None for an unknown id."""
    curriculum, id = open_curriculum(options), options.path
    root = curriculum.root.resolve()
    for module in curriculum.outline.modules:
        places = {r.id: r.path for r in module.readings} | {e.id: e.path for e in module.exercises}
        if id in places:
            return root / places[id], ""
        if any(item.id == id for item in module.items):
            return root / "modules" / module.folder / "bank.yaml", id
    return None
