"""dev2cto restore: restore answers from a backup; later ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev2cto.bootstrap import open_study
from dev2cto.cli.output import emit
from dev2cto.paths import expanded

if TYPE_CHECKING:
    from argparse import Namespace

    from dev2cto.cli.arguments import Arguments
    from dev2cto.record.backup.restoring import RestorePlan

HELP = "restore answers from a backup"
ARGUMENTS: Arguments = {
    "archive": {"metavar": "BACKUP"},
    "--partial": {"action": "store_true", "help": "use the intact part of a damaged backup"},
    "--yes": {"action": "store_true", "help": "restore; without --yes, only show what would change"},
}


def run(options: Namespace) -> int:
    """Print what would be restored; with --yes, restore it. The exit code is 1 if the backup is damaged."""
    study = open_study(options)
    with study.record:
        plan = study.restore(expanded(options.archive), dry_run=not options.yes, partial=options.partial)
    emit([f"Record of {study.course.title}: {study.record.directory}", *described(plan)])
    emit(["Done." if options.yes else "Nothing was changed. Add --yes to do it."])
    return 1 if plan.damage else 0


def described(plan: RestorePlan) -> list[str]:
    """Return the plan as lines of text."""
    lines = [f"Backup {plan.source}: {plan.documents} entries to restore."]
    for change in plan.tables:
        lines.append(f"  {change.table:<12} {change.back} restored, {change.changed} changed, {change.kept} kept")
    if plan.texts:
        lines.append(f"  {plan.texts} large texts")
    if plan.later_resets:
        lines.append(f"  {len(plan.later_resets)} later resets remain active. To list them: dev2cto reset --list")
    lines += [f"  Damaged: {words}." for words in plan.damage]
    return [*lines, *(f"  {words}." for words in plan.notes)]
