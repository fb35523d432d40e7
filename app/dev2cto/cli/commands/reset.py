"""dev2cto reset: start something over."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.commands.backup import make_backup
from dev2cto.cli.output import emit
from dev2cto.errors import UsageError
from dev2cto.paths import data_dir
from dev2cto.study.queries.other_records import option_words
from dev2cto.study.state.reset_commands import reset, scope, undo
from dev2cto.study.study import Study

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Reset, list or undo resets; a backup comes first, and a question unless --yes."""
    study = open_study(options)
    with study.record:
        if options.list:
            return listing(study)
        if options.undo:
            undo(study, options.undo)
            emit([f"Taken back in {study.course.title}: what the reset hid counts again."])
            return 0
        if not options.level:
            raise UsageError("What is to be reset?", "For example: dev2cto reset quiz m01, or dev2cto reset --list")
        if options.level != "all" and not options.id:
            raise UsageError(
                f"Which {options.level}?", f"dev2cto reset {options.level} ID; dev2cto show lists the ids."
            )
        if options.erase and options.level != "all":
            raise UsageError("--erase goes with 'all' only.", "dev2cto reset all --erase")
        scope(study, options.level, options.id)
        study.record.check_writable()
        part = "everything" if options.level == "all" else f"{options.level} {options.id}"
        what = f"{part} of {study.course.title}"
        gone = "ERASED FOR GOOD" if options.erase else "set aside (it can be undone)"
        if not options.yes and not confirmed(f"All answers in {what} will be {gone}. Go on? Type yes: "):
            emit(["Nothing was changed."])
            return 1
        saved = make_backup(study.record, data_dir() / ".backups")
        if not options.erase:
            id = reset(study, options.level, options.id)
            take_back = shlex.join(["dev2cto", *option_words(study), "reset", "--undo", id])
            emit([f"Backup: {saved}", f"Reset: {what}. To take it back: {take_back}"])
            return 0
        from dev2cto.record.erase import erase_all

        erase_all(study.record)
    emit(
        [
            f"Backup: {saved}",
            f"Erased from the record of {study.course.title} and from the copies it keeps itself.",
            f"What remains until you delete it: all backups in {saved.parent}, the files of labs in {study.workspace},",
            "and what you exported, backed up or copied elsewhere.",
        ]
    )
    return 0


def listing(study: Study) -> int:
    """The resets in force."""
    resets = study.resets.all
    emit([f"{r.id}  {r.at[:16]}  {r.level} {r.about}" for r in resets] or ["No resets are in force."])
    return 0


def confirmed(question: str) -> bool:
    """Whether the learner typed yes. Raises UsageError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("This needs a yes.", "Add --yes where nobody can be asked.")
    sys.stdout.write(question)
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() == "yes"
