"""dev2cto reset: start something over."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.commands.backup import make_backup
from dev2cto.cli.output import emit, write
from dev2cto.errors import UsageError
from dev2cto.paths import data_dir
from dev2cto.study.queries.other_records import option_words
from dev2cto.study.state.reset_commands import LEVELS, reset, scope, undo
from dev2cto.study.study import Study

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments

HELP = "start something over; can be undone"
ARGUMENTS: Arguments = {
    "level": {"nargs": "?", "choices": LEVELS},
    "id": {"nargs": "?", "default": "", "metavar": "ID"},
    "--yes": {"action": "store_true", "help": "do not ask for confirmation"},
    "--list": {"action": "store_true", "help": "list the active resets"},
    "--undo": {"metavar": "RESET", "help": "undo a reset"},
    "--erase": {"action": "store_true", "help": "with 'all': delete the answers permanently, after a backup"},
}

HIDDEN = (
    "All answers and promises in {what} will be hidden (this can be undone). Your notes, highlights and settings stay."
)
ERASED = "All answers, promises, notes and highlights in {what} will be PERMANENTLY ERASED. Your settings stay."


def run(options: Namespace) -> int:
    """Reset something, list resets or undo one. A reset asks for confirmation (unless --yes) and makes a backup."""
    study = open_study(options)
    with study.record:
        if options.list:
            return listing(study)
        if options.undo:
            undo(study, options.undo)
            emit([f"Reset undone in {study.course.title}: the hidden answers count again."])
            return 0
        if not options.level:
            raise UsageError("Reset what?", "For example: dev2cto reset quiz m01. To list resets: dev2cto reset --list")
        if options.level != "all" and not options.id:
            raise UsageError(
                f"Which {options.level}?", f"Use dev2cto reset {options.level} ID. To list the ids: dev2cto show"
            )
        if options.erase and options.level != "all":
            raise UsageError("--erase only works with 'all'.", "dev2cto reset all --erase")
        scope(study, options.level, options.id)
        study.record.check_writable()
        part = "everything" if options.level == "all" else f"{options.level} {options.id}"
        what = f"{part} of {study.course.title}"
        if not options.yes and not confirmed(f"{ERASED if options.erase else HIDDEN} Type yes to continue: ", what):
            emit(["Nothing was changed."])
            return 1
        saved = make_backup(study.record, data_dir() / ".backups")
        if not options.erase:
            id = reset(study, options.level, options.id)
            undo_command = shlex.join(["dev2cto", *option_words(study), "reset", "--undo", id])
            emit([f"Backup: {saved}", f"Reset: {what}. To undo it: {undo_command}"])
            return 0
        from dev2cto.record.erase import erase_all

        erase_all(study.record)
    emit(
        [
            f"Backup: {saved}",
            f"Erased from the record of {study.course.title} and its internal copies.",
            f"Not erased: the backups in {saved.parent}, the lab files in {study.workspace},",
            "and anything you exported, backed up or copied elsewhere. Delete them yourself if you want.",
        ]
    )
    return 0


def listing(study: Study) -> int:
    """Print the active resets; returns the exit code."""
    resets = study.resets.all
    emit([f"{r.id}  {r.at[:16]}  {r.level} {r.about}" for r in resets] or ["There are no active resets."])
    return 0


def confirmed(question: str, what: str) -> bool:
    """Whether the learner typed yes to a question about that part. Raises UsageError if there is no terminal."""
    if not sys.stdin.isatty():
        raise UsageError("This needs a confirmation, but there is no terminal.", "Add --yes to confirm.")
    write(question.format(what=what))
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() == "yes"
