"""dev2cto check: check a course for mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dev2cto.cli.output import emit, emit_json, write
from dev2cto.paths import cache_dir, course_dir
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments
    from dev2cto.yaml.tree import Problem

HELP = "check a course for mistakes"
ARGUMENTS: Arguments = {
    "dir": {"nargs": "?", "metavar": "DIR", "help": "the folder of the course (default: --course)"},
    "--format": {"choices": ["text", "json", "github"], "default": "text"},
    "--run": {"action": "store_true", "help": "also run labs and the code in items (requires trust)"},
}


def run(options: Namespace) -> int:
    """Print all problems; the exit code is 1 if any is an error. Course code is only run with --run."""
    from dev2cto.course.check.check import check_course

    folder = course_dir(options.dir or options.course)
    problems = list(check_course(folder, datetime.now(UTC).date(), cache_dir()))
    if options.run:
        problems += run_code(folder, options)
    match options.format:
        case "json":
            emit_json([as_document(p) for p in problems])
        case "github":
            emit([as_github(folder, p) for p in problems])
        case _:
            emit([*(" ".join(str(p).split("\n")) for p in problems), summary(problems)])
    return 1 if any(p.severity == "error" for p in problems) else 0


def run_code(folder: Path, options: Namespace) -> list[Problem]:
    """Return the problems found by running labs and items' code. Raises LabError if the course is not trusted."""
    from dev2cto.bootstrap import open_study
    from dev2cto.course.check.lab_check import check_code, listings, runnable
    from dev2cto.paths import is_shipped
    from dev2cto.study.state.course_trust import code_of_course

    def say(text: str) -> None:
        write(f"{text}\n", error=True)

    things = runnable(folder)
    if is_shipped(folder):
        return list(check_code(things, folder, say))
    options.course = str(folder)
    with code_of_course(open_study(options, readonly=True), listings(things)) as code:
        return list(check_code(things, code, say))


def summary(problems: Sequence[Problem]) -> str:
    """Return the last line of the text output."""
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    if not problems:
        return "No problems found."
    return f"{pluralize(errors, 'error')}, {pluralize(warnings, 'warning')}"


def as_document(problem: Problem) -> dict[str, object]:
    """Return a problem as a JSON document."""
    return {
        "path": problem.path,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_github(folder: Path, problem: Problem) -> str:
    """Return a problem as a GitHub workflow command, which annotates the line in a pull request."""
    text = f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}"
    path = escaped(str(folder / problem.path)).replace(":", "%3A").replace(",", "%2C")
    place = f"file={path},line={problem.mark.line},col={problem.mark.column}"
    return f"::{problem.severity} {place},title={problem.code}::{escaped(text)}"


def escaped(text: str) -> str:
    """Return a text as a workflow command takes it, so that a line break in it cannot begin another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
