"""dev2cto merge: merge records of other machines into this one."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.commands.backup import make_backup
from dev2cto.cli.output import emit, write
from dev2cto.errors import UsageError
from dev2cto.paths import data_dir, expanded
from dev2cto.record.erase_marks import asked_of
from dev2cto.record.layout import PENDING, learner_of
from dev2cto.record.merge import Consent
from dev2cto.text import pluralize

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from pathlib import Path

    from dev2cto.cli.arguments import Arguments
    from dev2cto.study.study import Study

HELP = "merge records of other machines into yours"
ARGUMENTS: Arguments = {
    "sources": {"nargs": "*", "metavar": "DIR|BACKUP"},
    "--partial": {"action": "store_true", "help": "use the intact part of a damaged backup"},
    "--erasures": {
        "choices": ["take", "leave"],
        "help": "erase here, after a backup, what was erased elsewhere, or leave it (default: ask); needs no DIR",
    },
}

OPEN_ELSEWHERE = "Another session has the record open; the files follow at a start after it has ended."


def run(options: Namespace) -> int:
    """Merge the records; order and repetition make no difference. The exit code is 1 if a source was damaged.

    Without sources it is only about what a sync tool has brought of erasures made elsewhere.
    """
    study, sources = open_study(options), [expanded(source) for source in options.sources]
    with study.record:
        if not sources and not asked_of(study.record.directory, study.record.reader.store):
            if options.erasures is None:
                raise UsageError("Merge what?", "Give a record's folder or a backup: dev2cto merge DIR|BACKUP")
            emit(["No other machine asks to erase anything here."])
            return 0
        backups = data_dir() / ".backups"
        consent = Consent(partial(erasures_wanted, options.erasures), lambda: make_backup(study.record, backups))
        merged = study.merge(sources, partial=options.partial, consent=consent)
    labs = [folder for source in sources if (folder := labs_beside(study, source)) is not None]
    texts = f" and {merged.texts} large texts" if merged.texts else ""
    spared = pluralize(merged.spared, "document")
    emit([
        f"Record of {study.course.title}: {study.record.directory}",
        *([f"Backup: {merged.backup}"] if merged.backup else []),
        *([f"Merged: {merged.entries} new entries{texts}."] if sources else []),
        *(f"{words}." for words in (*merged.damage, *merged.notes)),
        *([f"Erased here for good, as elsewhere: {pluralize(merged.erased, 'document')}."] if merged.erased else []),
        *([OPEN_ELSEWHERE] if merged.erased and (study.record.directory / PENDING).exists() else []),
        *([f"Kept here although erased elsewhere: {spared}. The next merge asks again."] if merged.spared else []),
        *(f"Its lab files are still in {folder}; copy what you need to {study.workspace}." for folder in labs),
    ])  # fmt: skip
    return 1 if merged.damage else 0


def erasures_wanted(chosen: str | None, documents: Mapping[str, int]) -> bool:
    """Whether the learner agrees to erase that many documents of each table. Raises UsageError if nobody can be asked.

    `chosen` is the answer given on the command line, if any.
    """
    counted = ", ".join(f"{count} of {table}" for table, count in sorted(documents.items()))
    what = f"{pluralize(sum(documents.values()), 'document')} of this record ({counted})"
    if chosen is None and not sys.stdin.isatty():
        raise UsageError(
            f"Nothing was changed: it would erase {what} for good, as was done elsewhere, and there is no terminal to"
            " ask on.",
            "Add --erasures take to erase them here too, after a backup, or --erasures leave to keep them.",
        )
    emit([f"What was erased elsewhere would be erased here for good: {what}."])
    if chosen is None:
        write("A backup is made first. Type yes to erase it here too; anything else keeps it: ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().lower() == "yes"
    return chosen == "take"


def labs_beside(study: Study, source: Path) -> Path | None:
    """Return the workspace folder of another record of this learner, or None if there is none."""
    learner, real = learner_of(study.record.directory).resolve(), source.resolve()
    if not real.is_relative_to(learner):
        return None
    folder = study.workspace_root / real.relative_to(learner)
    return folder if folder.is_dir() and folder != study.workspace else None
